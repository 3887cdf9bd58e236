"""What goes on beside a running cell: subshells, %attach and %runs; and what outlives a kernel."""

import time

import pytest
from session import Session

TRAINING = """
bar := display.Handle()
for i := 0; ; i++ {
    fmt.Println("step", i)
    bar.Update(fmt.Sprint("loss ", i))
    time.Sleep(20 * time.Millisecond)
}"""


@pytest.fixture
def training(session):
    """A session in which a cell prints a line every 20 ms."""
    session.training = session.client.execute(TRAINING)
    wait(lambda: stream(session, session.training).count("\n") > 5)
    yield session
    session.manager.interrupt_kernel()
    assert "interrupt" in session.shown(session.training).error


def wait(condition, timeout=20):
    end = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < end


def stream(session, request):
    """The text that the request's next message brings."""
    msg = session.client.get_iopub_msg(timeout=20)
    session.text = getattr(session, "text", "")
    if msg["parent_header"].get("msg_id") == request and msg["msg_type"] == "stream":
        session.text += msg["content"]["text"]
    return session.text


def execute_in(session, subshell, code):
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    return session.send("execute_request", content, subshell)


def test_subshell(training):
    subshell = training.control("create_subshell_request")["subshell_id"]
    assert training.shown(execute_in(training, subshell, "x := 6\nx * 7"), timeout=10).result == "42"
    assert training.shown(execute_in(training, subshell, 'fmt.Print("here ", x)'), timeout=10).stdout == "here 6"
    assert "boom" in training.shown(execute_in(training, subshell, 'panic("boom")'), timeout=10).error
    reply = training.client.complete("strings.Repea", 13, reply=True, timeout=10)
    assert [match.removeprefix("strings.") for match in reply["content"]["matches"]] == ["Repeat"]
    training.control("delete_subshell_request", subshell_id=subshell)
    assert training.control("list_subshell_request")["subshell_id"] == []


def test_attach_and_runs(training):
    runs = training.shown(training.client.execute("%runs"), timeout=10)
    assert "running" in runs.displays[0]["text/plain"] and "In[1]" in runs.displays[0]["text/plain"]
    request = training.client.execute("%attach")
    training.text = ""
    wait(lambda: "step 0\n" in stream(training, request))  # from the beginning
    reached = training.text.count("\n")
    wait(lambda: stream(training, request).count("\n") > reached + 20)  # and on
    numbers = [int(line.split()[1]) for line in training.text.splitlines()]
    assert numbers == list(range(len(numbers)))


def test_attach_after_the_end(session):
    session.run('fmt.Println("a")\ndisplay.Show(display.HTML("<b>b</b>"))\npanic("c")')
    shown = session.run("%attach 1")
    assert shown.stdout == "a\n" and "panic" in shown.stderr and shown.error is None
    assert shown.displays[0]["text/html"] == "<b>b</b>"
    assert "In[9] is not kept" in session.run("%attach 9").error


def test_usage(session):
    usage = session.control("usage_request")
    assert usage["kernel_memory"] > 1 << 20 and usage["host_virtual_memory"]["total"] > usage["kernel_memory"]


def test_history_outlives_the_kernel(session):
    session.run('s := "remember me"')
    with Session() as other:
        reply = other.client.history(hist_access_type="search", pattern="*remember me*", n=1, reply=True, timeout=10)
        assert [code for _, _, code in reply["content"]["history"]] == ['s := "remember me"']
        reply = other.client.history(hist_access_type="range", session=0, reply=True, timeout=10)
        assert reply["content"]["history"] == []
