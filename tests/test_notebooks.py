"""Every notebook of the lecture runs in nbclient and `gophergrad run`."""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import PROGRAM, ROOT
from nbclient import NotebookClient

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def test_there_are_notebooks():
    assert NOTEBOOKS


@each_notebook
def test_is_valid_and_has_its_outputs(path):
    nb = nbformat.read(path, as_version=4)
    nbformat.validate(nb)
    assert nb.metadata.kernelspec.name == "gophergrad"
    assert any(cell.get("outputs") for cell in nb.cells)


@pytest.fixture
def copy(path, tmp_path):
    """The notebook where it may leave files."""
    return shutil.copy(path, tmp_path)


@each_notebook
def test_nbclient(path, tmp_path):
    nb = nbformat.read(path, as_version=4)
    NotebookClient(nb, timeout=300, resources={"metadata": {"path": tmp_path}}).execute()
    assert [c.execution_count for c in nb.cells if c.cell_type == "code" and c.source.strip()]


@pytest.mark.parametrize("path", NOTEBOOKS[:1], ids=lambda path: path.stem)
def test_jupyter_execute(copy):  # which is nbclient's
    jupyter = Path(sys.executable).parent / "jupyter"
    subprocess.run([jupyter, "execute", copy], check=True, timeout=300)


@each_notebook
def test_gophergrad_run(copy, tmp_path):
    out = tmp_path / "out.ipynb"
    subprocess.run([PROGRAM, "run", copy, "-o", out], check=True, timeout=300)
    nbformat.validate(nbformat.read(out, as_version=4))
