"""The front ends without a browser, each by its own command: nbconvert, papermill, jupytext and jupyter console."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pexpect
import pyte
import pytest
import schema
from nbformat import v4

BIN = Path(sys.executable).parent
SPEC = {"name": "gophergrad", "display_name": "Go (gophergrad)", "language": "go"}


@pytest.fixture
def notebook(tmp_path):
    """Writes a notebook of code cells, the first with tags, and gives its path."""

    def write(*sources, tags=()):
        nb = v4.new_notebook(cells=[v4.new_code_cell(s) for s in sources], metadata={"kernelspec": SPEC})
        nb.cells[0].metadata.tags = list(tags)
        path = tmp_path / "in.ipynb"
        nbformat.write(nb, path)
        return path

    return write


def jupyter(command, *arguments):
    """Runs a program of Jupyter's and gives what it says."""
    done = subprocess.run(
        [BIN / command, *arguments], env=os.environ | schema.PROGRAMS,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return done.stdout


def outputs(path):
    """What every code cell of a notebook shows as text."""

    def text(output):
        return output.get("text") or output["data"]["text/plain"]

    cells = nbformat.read(path, as_version=4).cells
    return ["".join(map(text, cell.outputs)) for cell in cells if cell.cell_type == "code"]


# A widget that was made by a cell stays alive in the page that nbconvert writes.
def test_nbconvert(notebook):
    path = notebook("x := 20", "x + 1", 'widgets.NewIntSlider("epochs", x, 0, 30)')
    jupyter("jupyter-nbconvert", "--execute", "--to", "html", path)
    page = path.with_suffix(".html").read_text()
    assert re.search(r"<pre>21\s*</pre>", page)
    (states,) = re.findall(r'<script type="application/vnd.jupyter.widget-state\+json">(.*?)</script>', page, re.S)
    states = [model["state"] for model in json.loads(states)["state"].values()]
    assert {"description": "epochs", "value": 20, "max": 30}.items() <= states[0].items()


# Papermill writes no Go. Its C# is Go as well, as long as the values are numbers, truth values and ASCII texts.
def test_papermill(notebook, tmp_path):
    path, out = notebook(
        'epochs, rate, name, quiet := 2, 0.1, "a", false',
        'fmt.Printf("%v %v %q %v", epochs, rate, name, quiet)',
        tags=["parameters"],
    ), tmp_path / "out.ipynb"
    given = ["-p", "epochs", "5", "-p", "rate", "1e-3", "-p", "name", 'b "c" \\d', "-p", "quiet", "True"]
    jupyter("papermill", path, out, "--language", ".net-csharp", *given)
    assert outputs(out) == ["", "", r'5 0.001 "b \"c\" \\d" true']


def test_jupyter_run(tmp_path):
    path = tmp_path / "file.go"
    path.write_text('x := 6\nfmt.Println("x is", x)')
    assert jupyter("jupyter-run", "--kernel", "gophergrad", path).endswith("x is 6\n")


def test_jupytext(notebook, tmp_path):
    path = notebook("x := 20", "// one more\nx + 1", "%who", "!echo $((x + 1))")
    source, back = tmp_path / "out.go", tmp_path / "back.ipynb"
    jupyter("jupytext", "--to", "go:percent", path, "--output", source)
    assert "\nx := 20\n" in source.read_text()
    jupyter("jupytext", "--to", "ipynb", "--execute", source, "--output", back)

    def sources(path):
        return [cell.source for cell in nbformat.read(path, as_version=4).cells]

    assert sources(back) == sources(path)
    assert outputs(back)[1] == "21" and "int" in outputs(back)[2]


class Console:
    """jupyter console on a terminal whose screen can be read."""

    def __init__(self):
        size = 100, 50
        self.screen = pyte.Screen(*size)
        self.stream = pyte.Stream(self.screen)
        self.child = pexpect.spawn(
            str(BIN / "jupyter-console"), ["--kernel", "gophergrad"],
            env=os.environ | schema.PROGRAMS, encoding="utf-8", dimensions=size[::-1],
        )  # fmt: skip
        self.screen.write_process_input = self.child.send  # the terminal's answers

    def until(self, text, timeout=20):
        """Waits for a text on the screen."""
        end = time.monotonic() + timeout
        while text not in (shown := "\n".join(line.rstrip() for line in self.screen.display)):
            assert time.monotonic() < end, f"{text!r} is not on the screen:\n{shown.rstrip()}"
            try:
                self.stream.feed(self.child.read_nonblocking(4096, timeout=0.1))
            except pexpect.TIMEOUT:
                pass

    def enter(self, line):
        self.child.send(line)
        self.until(line)
        self.child.send("\r")


@pytest.fixture
def console(kernelspec):
    c = Console()
    yield c
    c.child.close(force=True)


def test_console(console):
    console.until("In [1]:")
    console.enter("for i := range 2 {")  # is_complete wants another line
    console.until("   ...:")
    console.enter('fmt.Println("n", i)')
    console.until('   ...:     fmt.Println("n", i)')  # indented
    console.enter("}")
    console.until("n 0\nn 1\n")
    console.until("In [2]:")
    console.child.send("strings.Repl\t")
    console.until("ReplaceAll")
    console.child.send("\x03")  # leaves the line
    console.until("In [2]:")
    console.enter("x := 6; for {}")
    time.sleep(0.5)
    console.child.send("\x03")  # interrupts
    console.until("interrupted")
    console.until("In [3]:")
    console.enter("x * 7")
    console.until("Out[3]: 42")
    console.until("In [4]:")
    console.enter('var s string; fmt.Scan(&s); fmt.Print("got ", s)')
    time.sleep(0.5)
    console.enter("hello")
    console.until("got hello")
    console.until("In [5]:")
    console.enter("exit")
    console.until("undefined: exit; %exit ends a console")
    console.until("In [6]:")
    console.child.send("\x04")
    console.until("really want to exit")
    console.child.send("n\r")
    console.enter("%exit")
    console.child.expect(pexpect.EOF, timeout=20)
