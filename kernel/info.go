package kernel

import "context"

// kernelInfo says what the kernel is. Clients ask again and again until IOPub answers too, on shell and on control.
func (k *Kernel) kernelInfo(context.Context, *request) any {
	info := k.evaluator.Info()
	_, debugger := k.evaluator.(Debuggable)
	features := []string{"kernel subshells"}
	if debugger {
		features = append(features, "debugger")
	}
	return map[string]any{
		"status": "ok", "protocol_version": protocolVersion,
		"implementation": info.Implementation, "implementation_version": info.Version,
		"language_info": info.Language, "banner": info.Banner,
		"help_links": append([]HelpLink{}, info.HelpLinks...), "supported_features": features, "debugger": debugger,
	}
}
