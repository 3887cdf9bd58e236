"""Many cells, a killed kernel, clients that go away; and that the messages of all tests were checked."""

import os
import signal
import time
from pathlib import Path

import jupyter_client.session
import pytest
import schema


def resident(session):
    """MiB of memory that the kernel has when all that can be collected is."""
    assert session.run('import "runtime/debug"\ndebug.FreeOSMemory()').error is None
    status = Path(f"/proc/{session.manager.provisioner.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def test_many_cells_leave_nothing(session):
    def cells(n):
        for i in range(n):
            assert session.run(f"x := {i}\ntensor.Ones(64, 64)\nx + 1").result == str(i + 1)

    cells(500)
    before = resident(session)
    cells(1500)
    assert resident(session) - before < 40


def test_lines_are_not_lost(session):
    shown = session.run("for i := range 100000 {\n\tfmt.Println(i)\n}")
    assert shown.stdout == "".join(f"{i}\n" for i in range(100_000))


def test_a_flood_is_cut_with_a_notice(session):
    began = time.monotonic()
    line = "x" * 1023
    shown = session.run(f'for range 100_000 {{\n\tfmt.Println("{line}")\n}}')
    assert shown.stdout.endswith("the rest is not shown]\n") and len(shown.stdout) < 3 << 20
    assert time.monotonic() - began < 30
    assert session.run("1 + 1").result == "2"


def test_updates(session):
    shown = session.run("h := display.Handle()\nfor i := range 1001 {\n\th.Update(i)\n}")
    assert [d["text/plain"] for d in shown.displays] == [str(i) for i in range(1001)]


def test_a_progress_bar_whose_loop_was_left(session):
    shown = session.run('bar := display.NewProgress(50)\nfor i := range 31 {\n\tbar.Tick("step", i)\n}')
    assert "31/50" in shown.displays[-1]["text/plain"] and "step 30" in shown.displays[-1]["text/html"]


def test_killed_kernel_starts_again(session):
    session.run("x := 1")
    os.kill(session.manager.provisioner.pid, signal.SIGKILL)
    while session.manager.is_alive():
        time.sleep(0.01)
    session.manager.restart_kernel(now=True)
    session.client.wait_for_ready(timeout=30)
    shown = session.run("x")
    assert "undefined: x" in shown.error and "ended without warning" in shown.stderr
    session.manager.restart_kernel()
    session.client.wait_for_ready(timeout=30)
    assert session.run("1").stderr == ""


def test_a_killed_kernel_leaves_nothing_behind(session):
    file = Path(session.manager.connection_file)
    session.manager.shutdown_kernel(now=True)
    assert list(file.parent.glob(file.name + "*")) == []


def test_what_cells_started_ends_with_the_kernel(session):
    def started(code):
        return int(session.run(f'import ("os/exec"; "syscall")\n{code}\nc.Start()\nfmt.Print(c.Process.Pid)').stdout)

    deaf = started("c := exec.Command(`sh`, `-c`, `trap '' TERM; while :; do sleep 1; done`)")
    daemon = started("c := exec.Command(`sleep`, `60`)\nc.SysProcAttr = &syscall.SysProcAttr{Setsid: true}")
    session.client.shutdown()
    while session.manager.is_alive():
        time.sleep(0.01)
    os.kill(daemon, signal.SIGKILL)  # which was to live on
    with pytest.raises(ProcessLookupError):
        for _ in range(1000):  # until somebody has waited for it
            os.kill(deaf, 0)
            time.sleep(0.01)


def test_client_killed_in_the_middle_of_a_cell(session):
    session.client.execute('time.Sleep(500 * time.Millisecond)\ny := "done"')
    time.sleep(0.2)
    session.client.stop_channels()
    session.client = session.manager.client(session=jupyter_client.session.Session(key=session.manager.session.key))
    session.client.start_channels()
    session.client.wait_for_ready(timeout=30)
    assert session.run("y").result == "done"


def message(kind, content, **header):
    head = {"msg_id": "1", "session": "s", "username": "u", "date": "2026-01-01T00:00:00Z", "msg_type": kind, "version": "5.5"}
    return {"header": head | header, "parent_header": {}, "metadata": {}, "content": content}


@pytest.mark.parametrize(
    "wrong",
    [
        message("comm_msg", {}),
        message("comm_msg", {"comm_id": "1", "data": {}, "more": 1}),
        message("status", {"execution_state": "asleep"}),
        message("status", {"execution_state": "idle"}, date=""),
        message("display_data", {"data": {"text/html; charset=x": ""}, "metadata": {}}),
        message("display_data", {"data": {"application/json": "{}"}, "metadata": {}}),
        message("complete_reply", {"status": "error", "ename": "e", "evalue": "v"}),
        message("unheard_of", {}),
    ],
)
def test_wrong_messages_are_noticed(session, failures, wrong):
    assert session.run("fmt.Println(1); 2").result == "2"
    assert {"status", "stream", "execute_input", "execute_result", "execute_reply", "kernel_info_reply"} <= schema.checked
    assert failures.read_text() == ""
    schema.note(wrong)
    assert failures.read_text() != ""
    failures.write_text("")


def test_a_page_connects_when_a_cell_has_used_up_all_files(session):
    opening = """import "syscall"
syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{300, 300})
var open []*os.File
for {
    f, err := os.Open(os.DevNull)
    if err != nil {
        fmt.Println(err)
        break
    }
    open = append(open, f)
}"""
    assert "too many open files" in session.run(opening).stdout
    for _ in range(2):  # loaded again and again
        client = session.manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=10)
        client.stop_channels()
