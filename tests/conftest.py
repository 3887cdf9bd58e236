"""Every test here talks to the built program, installed as a kernelspec of its own."""

import os
import subprocess
from pathlib import Path

import pytest
import schema

schema.check_all()
pytest_plugins = ["lab"]

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "gophergrad"
BUILD = ROOT / "build"


@pytest.fixture(scope="session", autouse=True)
def kernelspec(tmp_path_factory):
    """Installs the kernel where only these tests look, under the name gophergrad."""
    prefix = tmp_path_factory.mktemp("prefix")
    subprocess.run([PROGRAM, "install", "--prefix", prefix], check=True)
    os.environ["JUPYTER_DATA_DIR"] = str(prefix / "data")  # the history of cells goes there
    os.environ["JUPYTER_PATH"] = str(prefix / "share" / "jupyter")
    return prefix / "share" / "jupyter" / "kernels" / "gophergrad"


@pytest.fixture(scope="session")
def failures(tmp_path_factory):
    """The file of what was wrong with messages."""
    path = tmp_path_factory.mktemp("schema") / "failures"
    path.touch()
    os.environ["SCHEMA_FAILURES"] = str(path)
    return path


@pytest.fixture(autouse=True)
def checked(failures):
    yield
    wrong = failures.read_text()
    failures.write_text("")
    assert not wrong


@pytest.fixture
def session(kernelspec):
    """A kernel of its own for one test."""
    from session import Session

    with Session() as s:
        yield s


def pytest_terminal_summary(terminalreporter, config):
    for line in config.stash.get(summary, []):
        terminalreporter.write_line(line)


summary = pytest.StashKey[list[str]]()
