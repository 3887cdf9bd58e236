"""The command line: what it refuses, and what Jupyter sees of an installation."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import PROGRAM

DATA = Path(__file__).parent / "testdata"


def gophergrad(*args, **options):
    return subprocess.run([PROGRAM, *args], capture_output=True, text=True, timeout=60, **options)


@pytest.fixture
def bad(tmp_path):
    (tmp_path / "text.ipynb").write_text("no json")
    (tmp_path / "old.ipynb").write_text('{"nbformat": 3}')
    (tmp_path / "connection.json").write_text('{"shell_port": ')
    (tmp_path / "notes.txt").write_text("")
    return tmp_path


@pytest.mark.parametrize(
    "args, says",
    [
        (["frobnicate"], "frobnicate"),
        (["run"], "one notebook or Go program"),
        (["run", "a.ipynb", "b.ipynb"], "2 given"),
        (["run", "absent.ipynb"], "absent.ipynb"),
        (["run", "absent.go"], "absent.go"),
        (["run", "text.ipynb"], "text.ipynb is not a notebook"),
        (["run", "old.ipynb"], "nbformat"),
        (["run", "notes.txt"], "notes.txt"),
        (["kernel"], "connection-file"),
        (["kernel", "-f", "absent.json"], "absent.json"),
        (["kernel", "-f", "connection.json"], "connection.json"),
        (["install", "--user", "--sys-prefix"], "sys-prefix"),
        (["install", "--name", "a b", "--prefix", "p"], "a b"),
        (["uninstall", "--prefix", "nowhere"], "nowhere"),
    ],
)
def test_refusal_is_one_line_and_non_zero(bad, args, says):
    done = gophergrad(*args, cwd=bad)
    assert done.returncode != 0
    assert len(done.stderr.splitlines()) == 1 and says in done.stderr
    assert done.stdout == ""


def test_jupyter_lists_the_installed_kernelspec(tmp_path):
    env = os.environ | {"JUPYTER_DATA_DIR": str(tmp_path), "JUPYTER_PATH": ""}

    def listed():
        command = [Path(sys.executable).parent / "jupyter", "kernelspec", "list", "--json"]
        return json.loads(subprocess.check_output(command, env=env))["kernelspecs"]

    assert gophergrad("install", "--name", "go-here", env=env).returncode == 0
    spec = listed()["go-here"]
    assert spec["resource_dir"] == str(tmp_path / "kernels" / "go-here")
    assert spec["spec"]["display_name"] == "Go (gophergrad)"
    assert "go-here" in gophergrad("doctor", env=env).stdout
    assert gophergrad("uninstall", "--name", "go-here", env=env).returncode == 0
    assert "go-here" not in listed()


def test_run_writes_the_executed_notebook(tmp_path):
    out = tmp_path / "out.ipynb"
    done = gophergrad("run", DATA / "smoke.ipynb", "-o", out)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "one\ntwo\n42\n"
    nb = nbformat.read(out, as_version=4)
    nbformat.validate(nb)
    code = [cell for cell in nb.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == [1, 2, 3, None]
    assert [o.output_type for o in code[0].outputs] == ["stream"]
    assert code[1].outputs[0].data["text/plain"] == "42"
    assert code[2].outputs[0].output_type == "error"


def test_run_stops_at_the_first_failing_cell(tmp_path):
    nb = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(s) for s in ["x := 1", "undefinedThing", 'fmt.Println("never")']]
    )
    nbformat.write(nb, tmp_path / "fails.ipynb")
    done = gophergrad("run", tmp_path / "fails.ipynb", "-o", tmp_path / "out.ipynb")
    assert done.returncode == 1
    assert "never" not in done.stdout
    assert "undefined: undefinedThing" in done.stderr
    assert "cell 2" in done.stderr.splitlines()[-1]
    counts = [c.execution_count for c in nbformat.read(tmp_path / "out.ipynb", as_version=4).cells]
    assert counts == [1, 2, None]


def test_run_a_go_program(tmp_path):
    program = tmp_path / "hello.go"
    program.write_text('package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("hello") }\n')
    done = gophergrad("run", program)
    assert (done.returncode, done.stdout) == (0, "hello\n")
