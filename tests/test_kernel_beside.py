"""What goes on beside a running cell: subshells, %attach and %runs, widgets; and what outlives a kernel."""

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


def control(session, msg_type, **content):
    channel = session.client.control_channel
    msg = session.client.session.msg(msg_type, content)
    channel.send(msg)
    while True:
        reply = session.client.get_control_msg(timeout=20)
        if reply["parent_header"]["msg_id"] == msg["header"]["msg_id"]:
            assert reply["content"]["status"] == "ok"
            return reply["content"]


def send(session, msg_type, content, subshell=None):
    msg = session.client.session.msg(msg_type, content)
    msg["header"]["subshell_id"] = subshell
    session.client.shell_channel.send(msg)
    return msg["header"]["msg_id"]


def execute_in(session, subshell, code):
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    return send(session, "execute_request", content, subshell)


def test_subshell(training):
    subshell = control(training, "create_subshell_request")["subshell_id"]
    assert training.shown(execute_in(training, subshell, "x := 6\nx * 7"), timeout=10).result == "42"
    assert training.shown(execute_in(training, subshell, 'fmt.Print("here ", x)'), timeout=10).stdout == "here 6"
    assert "boom" in training.shown(execute_in(training, subshell, 'panic("boom")'), timeout=10).error
    reply = training.client.complete("strings.Repea", 13, reply=True, timeout=10)
    assert [match.removeprefix("strings.") for match in reply["content"]["matches"]] == ["Repeat"]
    control(training, "delete_subshell_request", subshell_id=subshell)
    assert control(training, "list_subshell_request")["subshell_id"] == []


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
    usage = control(session, "usage_request")
    assert usage["kernel_memory"] > 1 << 20 and usage["host_virtual_memory"]["total"] > usage["kernel_memory"]


def test_history_outlives_the_kernel(session):
    session.run('s := "remember me"')
    with Session() as other:
        reply = other.client.history(hist_access_type="search", pattern="*remember me*", n=1, reply=True, timeout=10)
        assert [code for _, _, code in reply["content"]["history"]] == ['s := "remember me"']
        reply = other.client.history(hist_access_type="range", session=0, reply=True, timeout=10)
        assert reply["content"]["history"] == []


def comms(session, code):
    """Runs a cell and gives the states of the widgets it made, by their ids."""
    request, opened = session.client.execute(code), {}
    while True:
        msg = session.client.get_iopub_msg(timeout=20)
        content = msg["content"]
        if msg["parent_header"].get("msg_id") != request:
            continue
        assert msg["msg_type"] != "error", content
        if msg["msg_type"] == "comm_open":
            assert content["target_name"] == "jupyter.widget" and msg["metadata"]["version"] == "2.1.0"
            opened[content["comm_id"]] = content["data"]["state"]
        elif content.get("execution_state") == "idle":
            return opened


def updates(session, request):
    """What a message to a widget has the kernel send to widgets."""
    data = []
    while True:
        msg = session.client.get_iopub_msg(timeout=20)
        if msg["parent_header"].get("msg_id") == request:
            if msg["msg_type"] == "comm_msg":
                data.append((msg["content"]["comm_id"], msg["content"]["data"]))
            elif msg["content"].get("execution_state") == "idle":
                return data


def test_slider_moves_a_plot(session):
    made = comms(session, "display.Interact(func(n int) any { return n * n }, widgets.NewIntSlider(`n`, 3, 0, 10))")
    ids = {state["_model_name"]: i for i, state in made.items()}
    assert made[ids["VBoxModel"]]["children"] == ["IPY_MODEL_" + ids[m] for m in ("IntSliderModel", "OutputModel")]

    def move(to):
        data = {"method": "update", "state": {"value": to}, "buffer_paths": []}
        return updates(session, send(session, "comm_msg", {"comm_id": ids["IntSliderModel"], "data": data}))

    echo, shown = move(5)
    assert echo == (ids["IntSliderModel"], {"method": "echo_update", "state": {"value": 5}, "buffer_paths": []})
    assert shown[1]["state"]["outputs"][0]["data"]["text/plain"] == "25"
    assert [data["state"] for _, data in move(11)] == [{"value": 5}]  # beyond its end
    assert [data["state"] for _, data in move("x")] == [{"value": 5}]


def test_slider_steers_a_running_cell(session):
    (slider,) = comms(session, 'rate := widgets.NewIntSlider("rate", 1, 0, 10)')
    request = session.client.execute("for rate.Value() != 7 {\n\ttime.Sleep(time.Millisecond)\n}\nfmt.Print(rate.Value())")
    subshell = control(session, "create_subshell_request")["subshell_id"]  # as JupyterLab does for comms
    data = {"method": "update", "state": {"value": 7}, "buffer_paths": []}
    send(session, "comm_msg", {"comm_id": slider, "data": data}, subshell)
    assert session.shown(request, timeout=10).stdout == "7"


def test_a_page_that_is_loaded_again_finds_its_widgets(session):
    made = comms(session, 'b := widgets.NewButton("go", func() { panic("clicked") })\nwidgets.HBox(b)')
    send(session, "comm_open", {"comm_id": "c", "target_name": "jupyter.widget.control", "data": {}})
    request = send(session, "comm_msg", {"comm_id": "c", "data": {"method": "request_states"}})
    ((comm, data),) = updates(session, request)
    assert comm == "c" and data["method"] == "update_states"
    assert {i: model["state"] for i, model in data["states"].items()} == made
    button = next(i for i, state in made.items() if state["_model_name"] == "ButtonModel")
    send(session, "comm_msg", {"comm_id": button, "data": {"method": "custom", "content": {"event": "click"}}})
    while True:  # the panic of its function is shown below the cell that made it
        msg = session.client.get_iopub_msg(timeout=20)
        if msg["msg_type"] == "stream":
            assert "clicked" in msg["content"]["text"] and msg["parent_header"]["msg_type"] == "execute_request"
            break
