"""ipywidgets as their front end sees them, compared with what ipywidgets itself sends."""

from session import Session

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
            state = opened[content["comm_id"]] = content["data"]["state"]
            for path, value in zip(content["data"]["buffer_paths"], msg["buffers"], strict=True):
                state[path[0]] = bytes(value)
        elif content.get("execution_state") == "idle":
            return opened


def test_as_ipywidgets_has_them(session):
    ours = comms(
        session,
        """widgets.NewIntSlider("n", 3, 0, 10).SetStyle("description_width", "initial")
        widgets.NewFloatSlider("x", .5, 0, 1, .1)
        widgets.NewDropdown("d", "a", "b")
        widgets.NewButton("go", nil)
        widgets.NewIntProgress("p", 10)
        widgets.NewHTML("<b>h</b>").SetLayout("width", "300px")
        widgets.NewOutput()
        widgets.NewImage("png", []byte("PNG"))
        widgets.VBox(); widgets.HBox()""",
    )
    with Session("python3") as python:
        theirs = comms(
            python,
            """from ipywidgets import *
IntSlider(description="n", value=3, min=0, max=10)
FloatSlider(description="x", value=.5, min=0, max=1, step=.1)
Dropdown(description="d", options=["a", "b"])
Button(description="go")
IntProgress(description="p", max=10)
HTML("<b>h</b>", placeholder="")
Output()
Image(value=b"PNG")
VBox(); HBox();""",
        )
    by_name = {state["_model_name"]: state for state in theirs.values()}
    by_name["FloatSliderModel"]["readout_format"] = ".4~g"  # d3 knows it, the check in ipywidgets does not
    assert len(ours) == 12  # with a layout and a style
    for state in ours.values():
        expected = by_name[state["_model_name"]]
        assert state == {property: expected[property] for property in state}


def test_a_failing_function_is_shown(session):
    made = comms(session, "display.Interact(func(n int) any { return 100 / n }, widgets.NewIntSlider(`n`, 1, 0, 10))")
    ids = {state["_model_name"]: i for i, state in made.items()}
    (output,) = shown_by(ids, move(session, ids["IntSliderModel"], 0))
    assert output["name"] == "stderr" and "divide by zero" in output["text"] and "In[1]:1" in output["text"]
    (output,) = shown_by(ids, move(session, ids["IntSliderModel"], 4))
    assert output["data"]["text/plain"] == "25"
    assert session.run("1 + 1").result == "2"


def move(session, slider, to):
    """Moves a slider and gives the messages that answer, none of which may be output below the cell."""
    data = {"method": "update", "state": {"value": to}, "buffer_paths": []}
    request, messages = session.send("comm_msg", {"comm_id": slider, "data": data}), []
    while not messages or messages[-1]["content"].get("execution_state") != "idle":
        messages.append(session.client.get_iopub_msg(timeout=20))
        assert messages[-1]["msg_type"] in ("comm_msg", "status"), messages[-1]
    assert messages[-1]["parent_header"]["msg_id"] == request
    return messages


def shown_by(ids, messages):
    """What the output widget shows after some messages."""
    return [m["content"]["data"]["state"]["outputs"] for m in messages if m["content"].get("comm_id") == ids["OutputModel"]][-1]


def test_each_call_of_interact_replaces_what_the_last_showed(session):
    code = """display.Interact(func(n int) (any, error) {
    fmt.Println("n is", n)
    fmt.Print("same line")
    display.Show(n * n)
    println("err")
    if n > 5 {
        return nil, fmt.Errorf("%d is too large", n)
    }
    return nil, nil
}, widgets.NewIntSlider("n", 3, 0, 10))"""
    request = session.client.execute(code)
    made, messages = {}, []
    while not messages or messages[-1]["content"].get("execution_state") != "idle":
        messages.append(session.client.get_iopub_msg(timeout=20))
        if messages[-1]["msg_type"] == "comm_open":
            made[messages[-1]["content"]["data"]["state"]["_model_name"]] = messages[-1]["content"]["comm_id"]
    assert [m["msg_type"] for m in messages if m["msg_type"] in ("stream", "error", "display_data")] == ["display_data"]
    assert messages[-1]["parent_header"]["msg_id"] == request

    def expected(n):
        return [
            {"output_type": "stream", "name": "stdout", "text": f"n is {n}\nsame line"},
            {"output_type": "display_data", "data": {"text/plain": str(n * n)}, "metadata": {}},
            {"output_type": "stream", "name": "stderr", "text": "err\n"},
        ]

    assert shown_by(made, messages) == expected(3)
    assert shown_by(made, move(session, made["IntSliderModel"], 4)) == expected(4)
    *first, error = shown_by(made, move(session, made["IntSliderModel"], 6))
    assert first == expected(6) and error["data"]["text/plain"] == "6 is too large"


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

    def moved(to):
        data = {"method": "update", "state": {"value": to}, "buffer_paths": []}
        return updates(session, session.send("comm_msg", {"comm_id": ids["IntSliderModel"], "data": data}))

    echo, shown = moved(5)
    assert echo == (ids["IntSliderModel"], {"method": "echo_update", "state": {"value": 5}, "buffer_paths": []})
    assert shown[1]["state"]["outputs"][0]["data"]["text/plain"] == "25"
    assert [data["state"] for _, data in moved(11)] == [{"value": 5}]  # beyond its end
    assert [data["state"] for _, data in moved("x")] == [{"value": 5}]


def test_slider_steers_a_running_cell(session):
    (slider,) = comms(session, 'rate := widgets.NewIntSlider("rate", 1, 0, 10)')
    request = session.client.execute("for rate.Value() != 7 {\n\ttime.Sleep(time.Millisecond)\n}\nfmt.Print(rate.Value())")
    subshell = session.control("create_subshell_request")["subshell_id"]  # as JupyterLab does for comms
    data = {"method": "update", "state": {"value": 7}, "buffer_paths": []}
    session.send("comm_msg", {"comm_id": slider, "data": data}, subshell)
    assert session.shown(request, timeout=10).stdout == "7"


def test_a_page_that_is_loaded_again_finds_its_widgets(session):
    made = comms(session, 'b := widgets.NewButton("go", func() { panic("clicked") })\nwidgets.HBox(b)')
    session.send("comm_open", {"comm_id": "c", "target_name": "jupyter.widget.control", "data": {}})
    request = session.send("comm_msg", {"comm_id": "c", "data": {"method": "request_states"}})
    ((comm, data),) = updates(session, request)
    assert comm == "c" and data["method"] == "update_states"
    assert {i: model["state"] for i, model in data["states"].items()} == made
    button = next(i for i, state in made.items() if state["_model_name"] == "ButtonModel")
    session.send("comm_msg", {"comm_id": button, "data": {"method": "custom", "content": {"event": "click"}}})
    while True:  # the panic of its function is shown below the cell that made it
        msg = session.client.get_iopub_msg(timeout=20)
        if msg["msg_type"] == "stream":
            assert "clicked" in msg["content"]["text"] and msg["parent_header"]["msg_type"] == "execute_request"
            break
