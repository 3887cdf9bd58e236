"""JupyterLab and Notebook 7 in a real browser: what test_lab.py needs. The fixtures are known to all tests."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request

import pytest
import schema
from conftest import BUILD, ROOT
from playwright.sync_api import expect, sync_playwright

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
TOKEN = "test"

# No question to the reader, and every cell in the page, seen or not.
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},
}


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory):
    """A copy of the notebooks: running all cells must not touch the checkout."""
    folder = tmp_path_factory.mktemp("notebooks")
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="module")
def lab(kernelspec, notebooks, tmp_path_factory):
    """`make lab` on a free port; its address."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    for extension, settings in SETTINGS.items():
        path = home / "lab" / "user-settings" / "@jupyterlab" / f"{extension}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(settings))
    env = os.environ | {"JUPYTER_CONFIG_DIR": str(home)}
    env.pop("JUPYTER_PATH")  # `make lab` installs its own kernelspec
    env.pop("MAKEFLAGS", None)
    arguments = f"--no-browser --port={port} --IdentityProvider.token={TOKEN} --notebook-dir={notebooks}"
    BUILD.mkdir(exist_ok=True)
    with open(BUILD / "jupyterlab.log", "w") as log:
        server = subprocess.Popen(
            ["make", "lab", f"ARGS={arguments}"],
            cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/api/status?token={TOKEN}", server)
        yield address
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(30)


def wait_for(url, server):
    for _ in range(240):
        assert server.poll() is None, (BUILD / "jupyterlab.log").read_text()
        try:
            return urllib.request.urlopen(url)
        except OSError:
            time.sleep(0.5)
    raise TimeoutError("JupyterLab did not start")


@pytest.fixture(scope="module")
def page():
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 1600})
        page.on("websocket", lambda socket: socket.on("framereceived", schema.check_frame))
        page.set_default_timeout(60_000)
        expect.set_options(timeout=60_000)  # how fast the machine is is not what these tests look at
        yield page
        browser.close()


@pytest.fixture
def opened(page, lab, notebooks):
    """Opens a notebook, written anew with the cells that are given."""

    def open(name, cells=None, front="lab/tree"):
        if cells:
            write(notebooks / name, cells)
        page.goto(f"{lab}/{front}/{name}?token={TOKEN}&reset")
        expect(page.locator(".jp-CodeCell").last).to_be_visible()
        if cells and front == "lab/tree":
            expect(idle(page)).to_be_visible()
        return page

    return open


def write(path, cells):
    def code(i, source):
        return {"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}

    spec = {"name": "gophergrad", "display_name": "Go (gophergrad)", "language": "go"}
    cells = [code(i, source) for i, source in enumerate(cells)]
    path.write_text(json.dumps({"cells": cells, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}))


def cell(page, n):
    """The n-th code cell, from 0."""
    return page.locator(".jp-CodeCell").nth(n)


def output(page, n):
    return cell(page, n).locator(".jp-OutputArea-output")


def edit(page, n, text=""):
    """Puts the cursor at the end of a cell and types."""
    cell(page, n).locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def run(page, n):
    edit(page, n)
    page.keyboard.press("Control+Enter")


def idle(page):
    """The status bar's words; the notebook's own indicator is idle before there is a kernel."""
    return page.get_by_text("Go (gophergrad) | Idle")


def menu(page, *path):
    page.get_by_role("menuitem", name=path[0], exact=True).click()
    for item in path[1:]:
        page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{re.escape(item)}$")).click()


def save(page):
    """Saves the notebook and waits until the server has it: a page that is left drops what it has not sent."""
    with page.expect_response(lambda answer: answer.request.method == "PUT" and "/api/contents/" in answer.url) as answer:
        menu(page, "File", "Save Notebook")
    assert answer.value.ok


def run_all(page):
    """Runs all cells of a notebook without outputs until each has its number, or one has failed."""
    menu(page, "Edit", "Clear Outputs of All Cells")
    menu(page, "Run", "Run All Cells")
    last = page.locator(".jp-CodeCell .jp-InputPrompt").last.filter(has_text=re.compile(r"\[\d+\]:"))
    expect(last.or_(errors(page)).first).to_be_attached(timeout=180_000)
    expect(idle(page)).to_be_visible()


def errors(page):
    """Errors, and what cells print to stderr: JupyterLab renders both as one type."""
    return page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']")
