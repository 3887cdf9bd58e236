"""Bad input: what a cell's author reads, and what the session keeps."""

import json
import signal
import time

import pytest


def test_every_type_error_with_its_place_and_nothing_run(session):
    shown = session.run('fmt.Println("ran")\nx := 1 + "a"\ny := undefinedThing')
    assert shown.stdout == ""
    assert "2:6" in shown.error or "2:10" in shown.error
    assert "3:6: undefined: undefinedThing" in shown.error
    lines = shown.error.splitlines()
    source = next(i for i, line in enumerate(lines) if "y := undefinedThing" in line)
    column = lines[source].index("undefinedThing")
    assert lines[source + 1][column] == "^"


def test_syntax_error(session):
    shown = session.run('fmt.Println("ran")\nx := )')
    assert shown.stdout == "" and "2:6" in shown.error


def test_shape_mismatch_names_shapes_op_and_line(session):
    shown = session.run("a := tensor.Ones(2, 3)\nb := tensor.Ones(4, 5)\na.MatMul(b)")
    assert "MatMul" in shown.error
    for size in "2345":
        assert size in shown.error
    assert "In[1]:3" in shown.error
    assert "goroutine" not in shown.error


def test_panic_keeps_variables(session):
    shown = session.run('a := 41\npanic("oops")')
    assert "oops" in shown.error and "In[1]:2" in shown.error
    assert session.run("a + 1").result == "42"


@pytest.mark.parametrize("by", ["message", "signal"])
def test_interrupt_keeps_variables(session, by):
    session.run("a := 41")
    if by == "message":
        interrupt = session.manager.interrupt_kernel
    else:
        interrupt = lambda: session.manager.signal_kernel(signal.SIGINT)  # noqa: E731
    request = session.client.execute("for { a++; a-- }")
    time.sleep(0.5)
    start = time.monotonic()
    interrupt()
    reply = session.client.get_shell_msg(timeout=10)
    while reply["parent_header"].get("msg_id") != request:
        reply = session.client.get_shell_msg(timeout=10)
    assert reply["content"]["status"] == "error"
    assert time.monotonic() - start < 5
    assert session.run("a - a + 42").result == "42"


def test_restart_forgets(session):
    session.run("a := 41")
    session.manager.restart_kernel()
    session.client.wait_for_ready(timeout=30)
    assert "undefined: a" in session.run("a").error


def test_the_kernel_outlives_a_wrong_signature(session):
    stranger = session.manager.client()
    stranger.session.key = b"wrong"
    stranger.start_channels()
    stranger.execute("os.Exit(1)")
    for channel in (stranger.shell_channel, stranger.control_channel):
        channel.socket.send(b"garbage")
        channel.socket.send_multipart([b"<IDS|MSG>", b"", json.dumps({}).encode()])
    time.sleep(0.2)
    stranger.stop_channels()
    assert session.run("1 + 1").result == "2"
