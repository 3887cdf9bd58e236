"""What a cell prints by any way, and what it reads."""

import pytest
from session import Session


@pytest.mark.parametrize(
    "code, stdout, stderr",
    [
        ('fmt.Println("a"); println("b")', "a\n", "b\n"),
        ('fmt.Print("a"); fmt.Fprint(os.Stdout, "b"); fmt.Print("c")', "abc", ""),
        ('import "log"\nlog.SetFlags(0); log.Print("logged")', "", "logged\n"),
        ('import "syscall"\nsyscall.Write(1, []byte("raw")); syscall.Write(2, []byte("err"))', "raw", "err"),
        ('import "os/exec"\nc := exec.Command("echo", "child"); c.Stdout = os.Stdout; c.Run()', "child\n", ""),
        ('done := make(chan bool); go func() { fmt.Print("late"); done <- true }(); <-done', "late", ""),
    ],
    ids=["println", "os.Stdout", "log", "descriptors", "child", "goroutine"],
)
def test_captured(session, code, stdout, stderr):
    shown = session.run(code)
    assert shown.error is None
    assert (shown.stdout, shown.stderr) == (stdout, stderr)


def answer(session, code, *lines):
    """Runs a cell that asks, and answers."""
    client = session.client
    request = client.execute(code, allow_stdin=True)
    for line in lines:
        question = client.get_stdin_msg(timeout=20)
        assert question["msg_type"] == "input_request"
        assert question["parent_header"]["msg_id"] == request
        client.input(line)
    return session.shown(request)


@pytest.mark.parametrize(
    "code",
    [
        'var n int; var s string\nfmt.Scan(&n, &s)\nfmt.Print(n*2, " ", s)',
        "r := bufio.NewReader(os.Stdin)\nvar n int; var s string\nfmt.Fscan(r, &n, &s)\n"
        'fmt.Print(n*2, " ", s)',
        'sc := bufio.NewScanner(os.Stdin)\nsc.Scan()\nfmt.Print(strings.Replace(sc.Text(), "21", "42", 1))',
    ],
    ids=["fmt.Scan", "bufio.Reader", "bufio.Scanner"],
)
def test_input(session, code):
    assert answer(session, code, "21 größe").stdout == "42 größe"


def test_input_ends_with_eof(session):
    code = "b, err := io.ReadAll(os.Stdin)\nfmt.Print(string(b), err)"
    assert answer(session, code, "one", "two", "\x04").stdout == "one\ntwo\n<nil>"


def test_input_is_interruptible(session):
    shown = session.run("var s string\nfmt.Scan(&s)", interrupt_after=1, timeout=10)
    assert "interrupt" in shown.error
    assert session.client.get_stdin_msg(timeout=1)["msg_type"] == "input_request"  # nobody answers it
    assert answer(session, "var t string\nfmt.Scan(&t)\nfmt.Print(t)", "again").stdout == "again"


def test_input_without_stdin(session):
    request = session.client.execute("var u string\n_, err := fmt.Scan(&u)\nfmt.Print(err)", allow_stdin=False)
    assert session.shown(request).stdout == "the front end cannot ask for input"


def until(session, msg_type):
    """The next message of a type."""
    while (msg := session.client.get_iopub_msg(timeout=20))["msg_type"] != msg_type:
        pass
    return msg


def test_late_output_goes_to_its_cell(session):
    first = session.client.execute("go func() {\n\ttime.Sleep(300 * time.Millisecond)\n\tfmt.Print(`late`)\n}()")
    session.shown(first)
    second = session.client.execute('fmt.Print("early")\ntime.Sleep(600 * time.Millisecond)')
    streams = [until(session, "stream") for _ in range(2)]
    assert [(s["content"]["text"], s["parent_header"]["msg_id"]) for s in streams] == [("early", second), ("late", first)]


def test_a_display_is_updated_from_another_cell(session):
    first = session.client.execute("h := display.Handle()\nh.Update(1)")
    shown = until(session, "display_data")
    session.shown(first)
    second = session.client.execute("h.Update(2)")
    updated = until(session, "update_display_data")
    assert updated["parent_header"]["msg_id"] == second and updated["content"]["data"]["text/plain"] == "2"
    assert updated["content"]["transient"] == shown["content"]["transient"] != {}


# Front ends draw what follows a carriage return over the line.
def test_carriage_returns(session):
    shown = session.run('for i := range 101 {\n\tfmt.Printf("\\r%3d %%", i)\n}')
    assert shown.stdout == "".join(f"\r{i:3d} %" for i in range(101))


def test_sockets_in_the_file_system(kernelspec, tmp_path):
    with Session(transport="ipc", ip=str(tmp_path / "k")) as s:
        assert answer(s, "var n int\nfmt.Scan(&n)\nfmt.Print(n * 2)", "21").stdout == "42"
        s.manager.interrupt_kernel()
        s.manager.shutdown_kernel()
    assert list(tmp_path.iterdir()) == []
