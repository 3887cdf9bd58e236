"""Every message that a test receives from a kernel is checked against the messaging specification.

The schemas are those of jupyter_kernel_test, which is strict about fields up to its own version 5.1, and here those of
the messages that it does not know.
"""

import jupyter_kernel_test.msgspec_v5 as spec
from jsonschema import Draft4Validator
from jupyter_client.session import Session

TEXT, OBJECT, BOOL = {"type": "string"}, {"type": "object"}, {"type": "boolean"}
OK = {"enum": ["ok"]}

OWN = {
    "iopub_welcome": {"subscription": TEXT},
    "comm_open": {"comm_id": TEXT, "target_name": TEXT, "data": OBJECT},
    "comm_msg": {"comm_id": TEXT, "data": OBJECT},
    "comm_close": {"comm_id": TEXT, "data": OBJECT},
    "create_subshell_reply": {"status": OK, "subshell_id": TEXT},
    "delete_subshell_reply": {"status": OK},
    "list_subshell_reply": {"status": OK, "subshell_id": {"type": "array", "items": TEXT}},
    "interrupt_reply": {"status": OK},
    "usage_reply": {"status": OK, "hostname": TEXT, "pid": {"type": "integer"}, "kernel_memory": {"type": "integer"}},
    "debug_reply": {
        "type": {"enum": ["response"]}, "seq": {"type": "integer"}, "request_seq": {"type": "integer"}, "success": BOOL,
        "command": TEXT, "body": OBJECT,
    },
    "debug_event": {"type": {"enum": ["event"]}, "seq": {"type": "integer"}, "event": TEXT, "body": OBJECT},
    "input_request": {"prompt": TEXT, "password": BOOL},
    "aborted": {"status": {"enum": ["aborted"]}},
}


def check(msg):
    """Raises ValidationError if a message is not as specified."""
    kind, content = msg["header"]["msg_type"], msg["content"]
    if content.get("status") == "aborted":
        kind = "aborted"
    elif content.get("status") == "error" and kind.endswith("_reply"):
        spec.get_error_reply_validator(2).validate(content)
        return
    if kind in OWN:
        spec.msg_structure_validator.validate(msg)
        Draft4Validator({"type": "object", "properties": OWN[kind], "required": list(OWN[kind])}).validate(content)
    else:
        spec.validate_message(msg, kind)


checked = set()  # the types of messages seen


def check_all():
    """Makes every Session of jupyter_client check what it receives."""
    deserialize = Session.deserialize

    def and_check(self, *args, **kwargs):
        msg = deserialize(self, *args, **kwargs)
        check(msg)
        checked.add(msg["header"]["msg_type"])
        return msg

    Session.deserialize = and_check
