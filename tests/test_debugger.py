"""JupyterLab's debugger, message by message and in the browser."""

import time
from queue import Empty

import pytest
from conftest import BUILD
from ipykernel.compiler import murmur2_x86
from lab import cell, idle, menu, output, run as run_cell, save
from playwright.sync_api import expect

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


def test_steps(debugger):
    request = run(debugger, CODE, 8)
    debugger.breakpoints(CODE)
    assert debugger.step("stepIn") == ("add", 2)
    assert debugger.step("next") == ("add", 3)
    assert debugger.values() == {"a": "0", "b": "0", "sum": "0"}
    assert debugger.step("stepOut")[0] == "cell"
    assert debugger.step("next") == ("cell", 8)
    assert debugger.values() == {"i": "2"}
    assert debugger.step("next") == ("cell", 10)
    assert debugger.end(request)["status"] == "ok"


def test_recursion(debugger):
    code = "func fact(n int) int {\n    if n < 2 {\n        return 1\n    }\n    return n * fact(n-1)\n}\nfact(4)"
    request = run(debugger, code, 3)
    assert debugger.stack() == [("fact", 3), ("fact", 5), ("fact", 5), ("fact", 5), ("cell", 7)]
    assert [debugger.values(frame=i)["n"] for i in range(4)] == ["1", "2", "3", "4"]
    assert debugger.end(request)["status"] == "ok"


def test_functions_of_other_cells(session):
    """Cells that ran before the debugger came too."""
    session.run("type Shape struct{ Side int }\nfunc (s Shape) Area() int {\n    area := s.Side * s.Side\n    return area\n}")
    session.run("func twice[T int | float64](x T) T {\n    y := x + x\n    return y\n}")
    debugger = Debugger(session).attach()
    request = run(debugger, "s := Shape{3}\narea := s.Area()\ntwice(area)\n", 2)
    assert debugger.step("stepIn") == ("Shape.Area", 3)
    assert debugger.values() == {"s": "{Side: 3}"}
    assert debugger.step("stepOut") == ("cell", 3)
    assert debugger.step("stepIn") == ("twice", 2)
    assert debugger.values() == {"x": "9"}
    assert debugger.variables()["x"]["type"] == "int"
    assert debugger.end(request)["status"] == "ok"


CLOSURES = """\
seq := func(yield func(int) bool) {
    for i := range 3 {
        if !yield(i) {
            return
        }
    }
}
scale := 10
for v := range seq {
    w := v * scale
    if w == 10 {
        break
    }
}
sum := 0
each := func(f func(int)) { f(1); f(2) }
each(func(n int) {
    sum += n
})
sum"""


def test_closures_and_ranges_over_functions(debugger):
    request = run(debugger, CLOSURES, 10)
    assert debugger.stack() == [("cell", 10), ("func literal", 3), ("cell", 9)]
    assert debugger.values() == {"v": "0"}
    debugger.breakpoints(CLOSURES)
    assert debugger.step("next") == ("cell", 11)
    assert debugger.values() == {"v": "0", "w": "0"}
    assert debugger.step("next") == ("cell", 10)
    assert debugger.values() == {"v": "1"}
    assert debugger.breakpoints(CLOSURES, 18) == [18]
    debugger("continue", threadId=debugger.thread)
    debugger.stopped()
    assert debugger.stack() == [("func literal", 18), ("func literal", 16), ("cell", 17)]
    assert debugger.values() == {"n": "1"}
    assert debugger.step("next")[0] == "func literal"
    debugger.breakpoints(CLOSURES)
    assert debugger.end(request)["status"] == "ok"


def test_breakpoints_move_to_statements(debugger):
    code = "// nothing\n\nx := 1\nif x > 0 {\n    // no statement\n    x++\n}\nx"
    assert debugger.breakpoints(code, 1, 5, 7) == [3, 6, 8]
    path = debugger("dumpCell", code=code)["sourcePath"]
    info = debugger("debugInfo")
    assert info["breakpoints"] == [{"source": path, "breakpoints": [{"line": 3}, {"line": 6}, {"line": 8}]}]
    assert debugger("source", source={"path": path})["content"] == code
    beyond = debugger("setBreakpoints", source={"path": path}, breakpoints=[{"line": 9}])["breakpoints"]
    assert [b["verified"] for b in beyond] == [False]
    assert not debugger.request("setBreakpoints", source={"path": "elsewhere"}, breakpoints=[])["success"]


def conditional(debugger, code, line, **breakpoint):
    """Sets one breakpoint; what became of it."""
    path = debugger("dumpCell", code=code)["sourcePath"]
    return debugger("setBreakpoints", source={"path": path}, breakpoints=[{"line": line} | breakpoint])["breakpoints"][0]


def test_conditions(debugger):
    code = "func half(n int) int {\n    n /= 2\n    return n\n}\nsum := 0\nfor i := range 20 {\n    sum += half(i)\n}\nsum"
    assert conditional(debugger, code, 3, condition="n == 4 && sum > 0")["verified"]
    (known,) = debugger("debugInfo")["breakpoints"]
    assert known["breakpoints"] == [{"line": 3, "condition": "n == 4 && sum > 0"}]
    request = debugger.client.execute(code)
    debugger.stopped()
    assert debugger.values() == {"n": "4"} and debugger.values(frame=1) == {"i": "8"}
    assert conditional(debugger, code, 7, condition="half(i) == 9 && i%2 == 1")["verified"]  # in which nothing stops
    debugger("continue", threadId=debugger.thread)
    debugger.stopped()
    assert debugger.values() == {"i": "19"}
    conditional(debugger, code, 9, condition="nothing > 0")
    debugger("continue", threadId=debugger.thread)
    assert "undefined: nothing" in debugger.stopped()["text"]
    assert debugger.end(request)["status"] == "ok"

    assert "no expression" in conditional(debugger, code, 9, condition="i >")["message"]
    assert not conditional(debugger, code, 9, hitCondition="3")["verified"]
    assert not conditional(debugger, code, 9, logMessage="here")["verified"]
    assert debugger("debugInfo")["breakpoints"] == []


def test_a_condition_that_never_ends(debugger):
    code = "func forever() bool {\n    for {\n    }\n}\nx := 1\nx"
    conditional(debugger, code, 6, condition="forever()")
    request = debugger.client.execute(code)
    time.sleep(1)
    debugger.session.manager.interrupt_kernel()
    assert debugger.reply(request)["ename"] == "interrupted"
    assert debugger.session.run("x").result == "1"


def test_interrupt_while_stopped(debugger):
    code = "func f() {\n    defer fmt.Print(`deferred`)\n    x := 1\n    _ = x\n}\nf()"
    request = run(debugger, code, 4)
    waiting = debugger.client.execute("1")
    debugger.reply(debugger.client.kernel_info())  # it has arrived
    debugger.session.manager.interrupt_kernel()
    assert debugger.reply(request)["ename"] == "interrupted"
    assert debugger.reply(waiting)["status"] == "aborted"
    assert debugger.await_message(lambda m: m["msg_type"] == "stream")["content"]["text"] == "deferred"
    assert debugger("debugInfo")["stoppedThreads"] == []
    request = run(debugger, code, 3)  # and it goes on stopping
    assert debugger.end(request)["status"] == "ok"


def test_restart_while_stopped(debugger):
    run(debugger, CODE, 2)
    debugger.session.manager.restart_kernel()
    debugger.client.wait_for_ready(timeout=30)
    again = Debugger(debugger.session)
    assert not again("debugInfo")["isStarted"]
    again.attach()
    request = run(again, CODE, 3)
    assert again.stack() == [("add", 3), ("cell", 8)]
    again.breakpoints(CODE)
    assert again.end(request)["status"] == "ok"


VALUES = """\
type point struct {
    X, Y int
    next *point
}
func look(p *point, names []string, ages map[string]int, t *tensor.Tensor, any any, err error) {
    fmt.Print()
}
look(&point{1, 2, &point{X: 3}}, []string{"a", "b"}, map[string]int{"y": 2, "x": 1}, tensor.Arange(0, 6, 1).Reshape(2, 3), point{X: 5}, io.EOF)"""


def test_values(debugger):
    request = run(debugger, VALUES, 6)
    found = debugger.variables()
    assert {name: v["type"] for name, v in found.items()} == {
        "p": "*point", "names": "[]string", "ages": "map[string]int", "t": "*tensor.Tensor", "any": "any (point)",
        "err": "error (*errors.errorString)",
    }  # fmt: skip
    assert found["names"]["value"] == '["a" "b"]' and found["names"]["indexedVariables"] == 2
    assert found["err"]["value"] == "EOF" and found["any"]["value"] == "{X: 5, Y: 0, next: nil}"
    p = debugger.expand(found["p"])
    assert {name: v["value"] for name, v in p.items() if name != "next"} == {"X": "1", "Y": "2"}
    assert debugger.expand(p["next"])["X"]["value"] == "3"
    assert p["next"]["evaluateName"] == "p.next" and debugger.evaluate("p.next.X + p.Y") == "5"
    assert [v["value"] for v in debugger.expand(found["names"]).values()] == ['"a"', '"b"']
    second = debugger("variables", variablesReference=found["names"]["variablesReference"], filter="indexed", start=1, count=1)
    assert [v["name"] for v in second["variables"]] == ["[1]"]
    assert {name: v["value"] for name, v in debugger.expand(found["ages"]).items()} == {'["x"]': "1", '["y"]': "2"}
    assert debugger.expand(found["any"])["X"]["value"] == "5"
    assert found["t"]["value"] == "[2 3] int64 on cpu"
    assert debugger.expand(found["t"])["shape"]["value"] == "[2 3]"
    rich = debugger("richInspectVariables", variableName="t", frameId=debugger.frames[0]["id"])
    assert "tensor([[0, 1, 2" in rich["data"]["text/plain"] and "<table" in rich["data"]["text/html"]
    assert debugger.end(request)["status"] == "ok"


def test_evaluate(debugger):
    request = run(debugger, CODE, 3)
    assert debugger.evaluate("sum + a + total + 40") == "40"
    assert debugger.evaluate("add(sum, 5)") == "5"  # runs through, breakpoint or not
    assert debugger.evaluate("i * 2", frame=1) == "0"
    assert debugger.evaluate("sum = 7") == ""
    assert debugger.values()["sum"] == "7"
    debugger.evaluate("fmt.Print(sum)")
    assert debugger.await_message(lambda m: m["msg_type"] == "stream")["content"]["text"] == "7"
    wrong = debugger.request("evaluate", expression="nothing", frameId=debugger.frames[0]["id"])
    assert not wrong["success"] and "undefined: nothing" in wrong["message"]
    wrong = debugger.request("evaluate", expression='panic("oh")', frameId=debugger.frames[0]["id"])
    assert not wrong["success"] and "oh" in wrong["message"]
    debugger("copyToGlobals", srcVariableName="sum", dstVariableName="kept", srcFrameId=debugger.frames[0]["id"])
    assert debugger.values("Globals")["kept"] == "7"
    debugger.breakpoints(CODE)
    assert debugger.end(request)["status"] == "ok"
    assert debugger.session.run("kept + total").result == "17"


def test_other_requests_while_stopped(debugger):
    request = run(debugger, CODE, 2)
    complete = debugger.client.complete("strings.Repea", 13)
    assert debugger.reply(complete)["matches"]
    assert debugger.reply(debugger.client.inspect("fmt.Println", 8))["found"]
    assert [t["id"] for t in debugger("threads")["threads"]] == [debugger.thread]
    assert debugger("debugInfo")["stoppedThreads"] == [debugger.thread]
    assert not debugger.request("stackTrace", threadId=77)["success"]
    assert "no frobnicate" in debugger.request("frobnicate")["message"]
    debugger.breakpoints(CODE)
    assert debugger.end(request)["status"] == "ok"
    assert not debugger.request("next", threadId=1)["success"]


def test_panic(debugger):
    code = "func head(list []int) int {\n    n := len(list) + 3\n    return list[n]\n}\n\nhead(nil)"
    caught = "func() {\n    defer func() { recover() }()\n    head(nil)\n}()"
    debugger("setExceptionBreakpoints", filters=["uncaught panics"])
    request = debugger.client.execute(code)
    stop = debugger.stopped("exception")
    assert "index out of range" in stop["text"]
    assert debugger.stack() == [("head", 3), ("cell", 6)]
    assert debugger.values() == {"list": "[]", "n": "3"}
    assert debugger.end(request)["ename"] == "runtime error"
    assert debugger.session.run(caught).error is None
    debugger("setExceptionBreakpoints", filters=[])
    assert "out of range" in debugger.session.run(code).error


def test_goroutines(debugger):
    code = """\
var wg sync.WaitGroup
for i := range 2 {
    wg.Go(func() {
        n := i + 1
        _ = n
    })
}
wg.Wait()"""
    request = run(debugger, code, 5)
    first, thread = debugger.values()["n"], debugger.thread
    assert debugger.stack()[0] == ("func literal", 5)
    debugger("continue", threadId=thread)
    debugger.stopped()
    assert {first, debugger.values()["n"]} == {"1", "2"}
    assert debugger.end(request)["status"] == "ok"


def test_pause(debugger):
    request = debugger.client.execute("n := 0\nfor {\n    n++\n}")
    time.sleep(0.2)
    debugger("pause", threadId=1)
    debugger.stopped("pause")
    assert debugger.stack()[0][0] == "cell"
    assert int(debugger.values("Globals")["n"]) > 0
    debugger.session.manager.interrupt_kernel()
    assert debugger.reply(request)["ename"] == "interrupted"
    assert debugger.session.run("n > 0").result == "true"


def test_disconnect_lets_go(debugger):
    request = run(debugger, CODE, 2)
    debugger("disconnect", restart=False, terminateDebuggee=False)
    assert debugger.reply(request)["status"] == "ok"
    assert debugger("debugInfo")["isStarted"] is False
    assert debugger.session.run(CODE).result == "3"


def test_shutdown_while_stopped(debugger):
    run(debugger, CODE, 2)
    start = time.monotonic()
    debugger.session.manager.shutdown_kernel()
    assert time.monotonic() - start < 5


def test_variables_of_the_session(session):
    session.run('x, s := 3, []int{1}\ntext := "a"')
    debugger = Debugger(session).attach()
    found = {v["name"]: (v["type"], v["value"]) for v in debugger("inspectVariables")["variables"]}
    assert found == {"x": ("int", "3"), "s": ("[]int", "[1]"), "text": ("string", '"a"')}
    rich = debugger("richInspectVariables", variableName="s")
    assert rich["data"]["text/plain"] == "[1]"


def test_what_runs_on_is_not_looked_at(session):
    """A goroutine that began before the debugger came does not stop for it."""
    session.run("counts := map[int]int{}\nstop := make(chan int)\ngo func() {\n    for len(stop) == 0 {\n        counts[1]++\n    }\n}()")
    debugger = Debugger(session).attach()
    assert [v["value"] for v in debugger("inspectVariables")["variables"]] == ["", ""]
    request = run(debugger, CODE, 2)
    assert debugger.values() == {"a": "", "b": ""}
    debugger.breakpoints(CODE)
    assert debugger.end(request)["status"] == "ok"


def test_magics(debugger):
    code = "%time add(1, 2)\nx := 1\n// a comment\nx++\n!true\nx"
    debugger.session.run(CODE)
    assert debugger.breakpoints(code, 2, 3, 5) == [2, 4, 6]
    request = debugger.client.execute(code)
    for line in 2, 4, 6:
        debugger.stopped()
        assert debugger.stack() == [("cell", line)]
        debugger("continue", threadId=debugger.thread)
    assert debugger.reply(request)["status"] == "ok"


SHADOWS = """\
x := 1
{
    x := "inner"
    func() {
        y := x
        x := 2.5
        fmt.Print(x, y)
    }()
}
switch v := any(x).(type) {
case int:
    fmt.Print(v)
}
type pair[T any] struct{ a, b T }
func (p pair[T]) sum(f func(a, b T) T) (total T) {
    defer func() {
        fmt.Print(total)
    }()
    total = f(p.a, p.b)
    return
}
pair[int]{1, 2}.sum(func(a, b int) int { return a + b })"""


def test_what_names_mean(debugger):
    request = run(debugger, SHADOWS, 7)
    assert debugger.values() == {"y": '"inner"', "x": "2.5"}
    assert debugger.values(frame=1) == {"x": '"inner"'}
    assert debugger.values("Globals")["x"] == "1"
    assert debugger.evaluate("fmt.Sprint(x, y)") == '"2.5inner"'
    assert debugger.evaluate("x + x", frame=1) == '"innerinner"'
    for line, values in (12, {"v": "1"}), (19, {"p": "{a: 1, b: 2}", "total": "0"}), (17, {"p": "{a: 1, b: 2}", "total": "3"}):
        debugger.breakpoints(SHADOWS, line)
        debugger("continue", threadId=debugger.thread)
        debugger.stopped()
        found = debugger.values()
        assert {name: found[name] for name in values} == values
    assert debugger.stack() == [("func literal", 17), ("pair[T].sum", 20), ("cell", 22)]
    assert debugger.end(request)["status"] == "ok"


def test_files_of_cells(debugger):
    """JupyterLab computes them by itself; ipykernel does as it does."""
    info = debugger("debugInfo")
    for n in range(9):
        code = "x := 12345"[:n]
        name = str(murmur2_x86(code, info["hashSeed"]))
        path = debugger("dumpCell", code=code)["sourcePath"]
        assert path == info["tmpFilePrefix"] + name + info["tmpFileSuffix"]


def variable(panel, name):
    """The variable of a name in JupyterLab's tree."""
    return panel.get_by_role("treeitem").filter(has=panel.page.locator(".jp-DebuggerVariables-name", has_text=name)).first


def test_in_the_browser(opened):
    page = opened("debugged.ipynb", [CODE, "t := tensor.Ones(2, 3)"])
    run_cell(page, 1)
    page.locator(".jp-DebuggerBugButton").click()
    sidebar = page.locator("#jp-debugger-sidebar")
    expect(sidebar).to_be_visible()
    gutter = cell(page, 0).locator(".cm-breakpoint-gutter .cm-gutterElement")
    gutter.nth(2).click()  # the first one is no line
    expect(sidebar.locator(".jp-DebuggerBreakpoint")).to_have_count(1)
    run_cell(page, 0)
    frames = sidebar.locator(".jp-DebuggerCallstackFrame")
    expect(frames).to_have_count(2)
    highlight = cell(page, 0).locator(".jp-DebuggerEditor-highlight")
    expect(highlight).to_have_text("    sum := a + b")
    variables = sidebar.locator(".jp-DebuggerVariables")
    expect(frames.first).to_have_text("addCell [*]:2")
    expect(variable(variables, "b")).to_contain_text("0")
    page.locator("[data-command='debugger:next']").click()
    expect(highlight).to_have_text("    return sum")
    expect(variable(variables, "sum")).to_contain_text("0")
    page.screenshot(path=BUILD / "debugger.png")
    sidebar.get_by_label("Scope").select_option("Globals")
    expect(variable(variables, "t")).to_contain_text("[2 3] float32 on cpu")
    variable(variables, "t").hover()
    variables.get_by_title("Render variable: t").click()
    expect(page.locator(".jp-VariableRendererPanel")).to_contain_text("float32")
    page.screenshot(path=BUILD / "debugger-variable.png")
    gutter.nth(2).click()
    expect(sidebar.locator(".jp-DebuggerBreakpoint")).to_have_count(0)
    page.locator("[data-command='debugger:continue']").click()
    expect(output(page, 0)).to_have_text("3")
    page.locator(".jp-DebuggerBugButton").click()


def test_a_page_that_is_loaded_again_while_a_cell_is_stopped(opened):
    page = opened("stopped.ipynb", [CODE, "6 * 7"])
    run_cell(page, 1)
    expect(output(page, 1)).to_have_text("42")  # by then JupyterLab has asked what it asks about the debugger, which a click would disturb
    page.locator(".jp-DebuggerBugButton").click()
    expect(page.locator("#jp-debugger-sidebar")).to_be_visible()
    cell(page, 0).locator(".cm-breakpoint-gutter .cm-gutterElement").nth(2).click()
    expect(page.locator("#jp-debugger-sidebar .jp-DebuggerBreakpoint")).to_have_count(1)
    run_cell(page, 0)
    highlight = cell(page, 0).locator(".jp-DebuggerEditor-highlight")
    expect(highlight).to_have_text("    sum := a + b")
    save(page)

    page = opened("stopped.ipynb")
    expect(highlight).to_have_text("    sum := a + b")
    menu(page, "Kernel", "Interrupt Kernel")
    expect(idle(page)).to_be_visible()
    run_cell(page, 1)
    expect(output(page, 1)).to_have_text("42")
