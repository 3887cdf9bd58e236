"""Every message that a kernel sends in a test is checked against the messaging specification, whoever receives it: a client of
the test, a front end that the test starts, or JupyterLab in the browser.

The schemas are those of jupyter_kernel_test, without the fields that it would allow beyond them, and here those of the messages
that it does not know.
"""

import datetime
import itertools
import json
import os
import struct
from pathlib import Path

import jupyter_kernel_test.msgspec_v5 as spec
from jsonschema import Draft4Validator, ValidationError
from jupyter_client.jsonutil import extract_dates
from jupyter_client.session import Session

TEXT, OBJECT, BOOL, INT = ({"type": kind} for kind in ("string", "object", "boolean", "integer"))
TEXTS = {"type": "array", "items": TEXT}
OK = {"enum": ["ok"]}
FAILED = {"status": {"enum": ["error"]}, "ename": TEXT, "evalue": TEXT, "traceback": TEXTS}

# What the content of a message has, and (with ?) may have.
OWN = {
    "iopub_welcome": {"subscription": TEXT},
    "comm_open": {"comm_id": TEXT, "target_name": TEXT, "target_module?": {}, "data": OBJECT},
    "comm_msg": {"comm_id": TEXT, "data": OBJECT},
    "comm_close": {"comm_id": TEXT, "data": OBJECT},
    "create_subshell_reply": {"status": OK, "subshell_id": TEXT},
    "delete_subshell_reply": {"status": OK},
    "list_subshell_reply": {"status": OK, "subshell_id": TEXTS},
    "usage_reply": {
        "status": OK, "hostname": TEXT, "pid": INT, "kernel_cpu": {"type": "number"}, "kernel_memory": INT, "cpu_count": INT,
        "host_cpu_percent": {"type": "number"}, "host_virtual_memory": OBJECT,
    },
    "debug_reply": {
        "type": {"enum": ["response"]}, "seq": INT, "request_seq": INT, "success": BOOL, "command": TEXT, "body": OBJECT, "message?": TEXT,
    },
    "debug_event": {"type": {"enum": ["event"]}, "seq": INT, "event": TEXT, "body": OBJECT},
    "input_request": {"prompt": TEXT, "password": BOOL},
}  # fmt: skip
NEWER = {"kernel_info_reply": {"supported_features": TEXTS}}  # than jupyter_kernel_test
HEADER = {"msg_id": TEXT, "session": TEXT, "username": TEXT, "date": {}, "msg_type": TEXT, "version": TEXT}


def schema(fields):
    """The schema of an object with fields, whose names may end in ?."""
    properties = {name.removesuffix("?"): kind for name, kind in fields.items()}
    required = [name for name in fields if not name.endswith("?")]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def content_schema(kind, status):
    """The schema of a message's content."""
    if status == "aborted":
        return schema({"status": {"enum": ["aborted"]}})
    if status == "error" and kind.endswith("_reply"):
        ran = {"execution_count": INT, "payload": {"type": "array"}, "user_expressions": OBJECT} if kind == "execute_reply" else {}
        return schema(FAILED | ran)
    if kind in OWN:
        return schema(OWN[kind])
    known = spec.schema_fragments[kind]
    properties = known["properties"] | NEWER.get(kind, {})
    return {"type": "object", "required": list(properties), "additionalProperties": False} | known | {"properties": properties}


def check(msg):
    """Raises ValidationError if a message is not as specified."""
    spec.msg_structure_validator.validate(msg)
    header, parent, content = msg["header"], msg["parent_header"], msg["content"]
    Draft4Validator(schema(HEADER)).validate(header)
    if not isinstance(extract_dates(header["date"]), datetime.datetime):
        raise ValidationError(f"{header['date']} is no date")
    if parent and not (parent.get("msg_id") and parent.get("msg_type")):
        raise ValidationError(f"parent {parent} is no header")
    Draft4Validator(content_schema(header["msg_type"], content.get("status"))).validate(content)
    if header["msg_type"] in ("display_data", "update_display_data", "execute_result"):
        for mime, value in content["data"].items():
            if isinstance(value, str) == mime.endswith("json"):
                raise ValidationError(f"{mime} is {value!r}")


checked = set()  # the types of messages seen


def note(msg):
    """Checks a message and writes down what is wrong with it: who receives it may swallow an exception."""
    checked.add(msg["header"]["msg_type"])
    try:
        check(msg)
    except Exception as e:
        with open(os.environ["SCHEMA_FAILURES"], "a") as f:
            print(f"{msg['header']} {msg['content']}: {e!r}", file=f)


def check_all():
    """Makes every Session of jupyter_client check what it receives."""
    deserialize = Session.deserialize

    def and_check(self, *args, **kwargs):
        msg = deserialize(self, *args, **kwargs)
        if isinstance(msg["content"], dict):  # else jupyter_server passes it on, and the browser's are checked
            note(msg)
        return msg

    Session.deserialize = and_check


def check_frame(frame):
    """Checks what Jupyter's server sends to the browser: a number of offsets, the offsets, and at them the parts of a message."""
    if isinstance(frame, str):
        return
    offsets = struct.unpack_from(f"<{struct.unpack_from('<Q', frame)[0]}Q", frame, 8)
    channel, *parts = (frame[begin:end] for begin, end in itertools.pairwise(offsets))
    header, parent, metadata, content = map(json.loads, parts[:4])
    if content.get("execution_state") not in ("restarting", "dead"):  # which the server itself says
        note({"header": header, "parent_header": parent, "metadata": metadata, "content": content})


# A program that is started with this environment checks what it receives, too: Python imports sitecustomize.
PROGRAMS = {"PYTHONPATH": str(Path(__file__).parent / "checked")}
