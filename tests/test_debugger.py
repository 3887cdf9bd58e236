"""JupyterLab's debugger, message by message."""

import time
from queue import Empty

import pytest

CODE = """\
func add(a, b int) int {
    sum := a + b
    return sum
}

total := 0
for i := range 3 {
    total = add(total, i)
}
total"""


class Debugger:
    """A debugger's side of the protocol."""

    def __init__(self, session):
        self.session, self.client, self.seq = session, session.client, 0
        self.seen = []  # messages of IOPub that nothing has asked for yet

    def request(self, command, **arguments):
        """The whole response."""
        self.seq += 1
        content = {"type": "request", "seq": self.seq, "command": command, "arguments": arguments}
        msg = self.client.session.msg("debug_request", content)
        self.client.control_channel.send(msg)
        while True:
            reply = self.client.get_control_msg(timeout=20)
            if reply["parent_header"]["msg_id"] == msg["header"]["msg_id"]:
                break
        assert reply["msg_type"] == "debug_reply" and reply["content"]["request_seq"] == self.seq
        assert reply["content"]["command"] == command
        return reply["content"]

    def __call__(self, command, **arguments):
        """The body of a response, which must be a success."""
        reply = self.request(command, **arguments)
        assert reply["success"], reply
        return reply["body"]

    def attach(self):
        self("initialize", clientID="test", adapterID="")
        self("attach")
        return self

    def breakpoints(self, code, *lines):
        """Sets the breakpoints of a cell; the lines they got."""
        path = self("dumpCell", code=code)["sourcePath"]
        reply = self("setBreakpoints", source={"path": path}, breakpoints=[{"line": line} for line in lines])
        self("configurationDone")
        return [b["line"] for b in reply["breakpoints"]]

    def await_message(self, wanted, timeout=20):
        end = time.monotonic() + timeout
        while True:
            for i, msg in enumerate(self.seen):
                if wanted(msg):
                    del self.seen[: i + 1]
                    return msg
            assert time.monotonic() < end, [(m["msg_type"], m["content"]) for m in self.seen]
            try:
                self.seen.append(self.client.get_iopub_msg(timeout=0.2))
            except Empty:
                pass

    def stopped(self, reason="breakpoint"):
        """Waits for a stop; its body."""
        event = self.await_message(lambda m: m["msg_type"] == "debug_event" and m["content"]["event"] == "stopped")
        body = event["content"]["body"]
        assert body["reason"] == reason and body["allThreadsStopped"]
        self.thread = body["threadId"]
        return body

    def stack(self):
        """The functions and lines of the stopped goroutine."""
        self.frames = self("stackTrace", threadId=self.thread)["stackFrames"]
        return [(f["name"], f["line"]) for f in self.frames]

    def variables(self, scope="Locals", frame=0):
        """The variables of a frame, by name."""
        self.stack()
        (scope,) = (s for s in self("scopes", frameId=self.frames[frame]["id"])["scopes"] if s["name"] == scope)
        return self.expand(scope)

    def expand(self, variable):
        return {v["name"]: v for v in self("variables", variablesReference=variable["variablesReference"])["variables"]}

    def values(self, *args, **kwargs):
        return {name: v["value"] for name, v in self.variables(*args, **kwargs).items()}

    def step(self, command):
        """Makes a step; where it ends."""
        self(command, threadId=self.thread)
        self.stopped("step")
        return self.stack()[0]

    def evaluate(self, expression, frame=0):
        self.stack()
        return self("evaluate", expression=expression, frameId=self.frames[frame]["id"])["result"]

    def end(self, request):
        """Lets a cell go on; how it ended."""
        self("continue", threadId=self.thread)
        return self.reply(request)

    def reply(self, request):
        while True:
            reply = self.client.get_shell_msg(timeout=20)
            if reply["parent_header"]["msg_id"] == request:
                return reply["content"]


@pytest.fixture
def debugger(session):
    return Debugger(session).attach()


def run(debugger, code, *lines):
    """Runs a cell with breakpoints up to the first of them."""
    assert debugger.breakpoints(code, *lines) == list(lines)
    request = debugger.client.execute(code)
    debugger.stopped()
    return request


def test_breakpoint(debugger):
    request = run(debugger, CODE, 2)
    assert debugger.stack() == [("add", 2), ("cell", 8)]
    assert debugger.values() == {"a": "0", "b": "0"}
    assert debugger.values(frame=1) == {"i": "0"}
    assert debugger.values("Globals")["total"] == "0"
    debugger("continue", threadId=debugger.thread)
    debugger.stopped()
    assert debugger.values() == {"a": "0", "b": "1"}
    debugger.breakpoints(CODE)
    assert debugger.end(request)["status"] == "ok"
    result = debugger.await_message(lambda m: m["msg_type"] == "execute_result")
    assert result["content"]["data"]["text/plain"] == "3"
