package kernel

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// schemas are the header and the contents of all messages that a kernel may send, by the messaging specification: field → what it is.
// A name with ? may be absent. Words parted by | are the texts allowed. Every message that a test receives is checked.
var schemas = map[string]map[string]string{
	"header": {"msg_id": "string", "session": "string", "username": "string", "date": "date", "msg_type": "string", "version": "string"},

	"status":              {"execution_state": "starting|busy|idle"},
	"iopub_welcome":       {"subscription": "string"},
	"stream":              {"name": "stdout|stderr", "text": "string"},
	"execute_input":       {"code": "string", "execution_count": "int"},
	"execute_result":      {"execution_count": "int", "data": "bundle", "metadata": "object", "transient?": "object"},
	"display_data":        {"data": "bundle", "metadata": "object", "transient?": "object"},
	"update_display_data": {"data": "bundle", "metadata": "object", "transient": "object"},
	"clear_output":        {"wait": "bool"},
	"error":               {"ename": "string", "evalue": "string", "traceback": "texts"},
	"input_request":       {"prompt": "string", "password": "bool"},
	"comm_open":           {"comm_id": "string", "target_name": "string", "data": "object"},
	"comm_msg":            {"comm_id": "string", "data": "object"},
	"comm_close":          {"comm_id": "string", "data": "object"},

	"execute_reply": {"status": "ok", "execution_count": "int", "payload": "list", "user_expressions": "object"},
	"kernel_info_reply": {
		"status": "ok", "protocol_version": "string", "implementation": "string", "implementation_version": "string",
		"language_info": "object", "banner": "string", "help_links": "list", "supported_features": "texts", "debugger": "bool",
	},
	"complete_reply":        {"status": "ok", "matches": "texts", "cursor_start": "int", "cursor_end": "int", "metadata": "object"},
	"inspect_reply":         {"status": "ok", "found": "bool", "data": "bundle", "metadata": "object"},
	"is_complete_reply":     {"status": "complete|incomplete|invalid|unknown", "indent?": "string"},
	"history_reply":         {"status": "ok", "history": "list"},
	"comm_info_reply":       {"status": "ok", "comms": "object"},
	"shutdown_reply":        {"status": "ok", "restart": "bool"},
	"interrupt_reply":       {"status": "ok"},
	"create_subshell_reply": {"status": "ok", "subshell_id": "string"},
	"delete_subshell_reply": {"status": "ok"},
	"list_subshell_reply":   {"status": "ok", "subshell_id": "texts"},
	"usage_reply": {
		"status": "ok", "hostname": "string", "pid": "int", "kernel_cpu": "number", "kernel_memory": "int", "cpu_count": "int",
		"host_cpu_percent": "number", "host_virtual_memory": "object",
	},
}

// conforms checks a message's content.
func conforms(msgType string, content map[string]any) error {
	schema := schemas[msgType]
	if schema == nil {
		return fmt.Errorf("there is no schema of %s", msgType)
	}
	if content["status"] == "error" && strings.HasSuffix(msgType, "_reply") {
		failed := map[string]string{"status": "error", "ename": "string", "evalue": "string", "traceback": "texts"}
		if msgType == "execute_reply" {
			for _, field := range []string{"execution_count", "payload", "user_expressions"} {
				failed[field+"?"] = schema[field]
			}
		}
		schema = failed
	}
	if content["status"] == "aborted" {
		schema = map[string]string{"status": "aborted"}
	}
	for field, kind := range schema {
		name, optional := strings.CutSuffix(field, "?")
		if value, there := content[name]; !there && optional {
			continue
		} else if !is(value, kind) {
			return fmt.Errorf("%s of %s is %#v, want %s", name, msgType, value, kind)
		}
	}
	for name := range content {
		if schema[name] == "" && schema[name+"?"] == "" {
			return fmt.Errorf("%s has %s, which the specification does not know", msgType, name)
		}
	}
	return nil
}

func is(value any, kind string) bool {
	switch v := value.(type) {
	case string:
		if kind == "date" {
			_, err := time.Parse(time.RFC3339Nano, v)
			return err == nil
		}
		return kind == "string" || slices.Contains(strings.Split(kind, "|"), v)
	case bool:
		return kind == "bool"
	case float64:
		return kind == "number" || kind == "int" && v == float64(int(v))
	case []any:
		return kind == "list" || kind == "texts" && !slices.ContainsFunc(v, func(e any) bool { _, text := e.(string); return !text })
	case map[string]any:
		if kind != "bundle" {
			return kind == "object"
		}
		for mime := range v {
			if !strings.Contains(mime, "/") || strings.Contains(mime, ";") {
				return false
			}
		}
		return true
	}
	return false
}
