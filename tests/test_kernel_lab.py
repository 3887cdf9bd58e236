"""In a real browser: widgets that go on after the page was loaded again, and training that survives its page."""

import json
import re

import pytest
from conftest import BUILD
from playwright.sync_api import expect
from test_lab import TOKEN, idle, lab, menu, notebooks, page, run_all  # noqa: F401 (fixtures)

WIDGETS = [
    "display.Interact(func(n int) any {\n\treturn display.HTML(fmt.Sprintf(`<i class='square'>%d</i>`, n*n))\n}, "
    'widgets.NewIntSlider("n", 3, 0, 10))',
    'label := widgets.NewHTML("<i>not yet</i>")\n'
    'widgets.HBox(widgets.NewButton("Press", func() { label.SetValue("<i class=\'pressed\'>pressed</i>") }), label)',
]
TRAINING = [
    "for i := 0; ; i++ {\n\tfmt.Println(\"step\", i)\n\ttime.Sleep(50 * time.Millisecond)\n}",
    "%attach",
]


def write(folder, name, cells):
    def code(i, source):
        return {"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}

    spec = {"name": "gophergrad", "display_name": "Go (gophergrad)", "language": "go"}
    cells = [code(i, source) for i, source in enumerate(cells)]
    notebook = {"cells": cells, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}
    (folder / name).write_text(json.dumps(notebook))


@pytest.fixture
def opened(page, lab, notebooks):  # noqa: F811
    def open(name, cells=None):
        if cells:
            write(notebooks, name, cells)
        page.goto(f"{lab}/lab/tree/{name}?token={TOKEN}&reset")
        expect(page.locator(".jp-CodeCell").last).to_be_visible()
        return page

    return open


def drag(page, pixels):  # noqa: F811
    handle = page.locator(".noUi-handle").first
    handle.wait_for()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + pixels, y, steps=10)
    page.mouse.up()


def test_widgets(opened):
    page = opened("widgets.ipynb", WIDGETS)  # noqa: F811
    expect(idle(page)).to_be_visible()
    run_all(page)
    square = page.locator(".square")
    expect(square).to_have_text("9")
    drag(page, 200)
    expect(square).to_have_text("100")
    page.get_by_role("button", name="Press", exact=True).click()
    expect(page.locator(".pressed")).to_be_visible()
    page.screenshot(path=BUILD / "widgets.png")
    menu(page, "File", "Save Notebook")

    page = opened("widgets.ipynb")  # the states are the kernel's
    expect(page.locator(".pressed")).to_be_visible()
    expect(square).to_have_text("100")
    drag(page, -400)
    expect(square).to_have_text("0")


def test_training_survives_its_page(opened):
    page = opened("training.ipynb", TRAINING)  # noqa: F811
    expect(idle(page)).to_be_visible()
    page.locator(".jp-CodeCell").first.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".jp-OutputArea-output").first).to_contain_text("step 5")

    page = opened("training.ipynb")
    attach = page.locator(".jp-CodeCell").last
    attach.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    output = attach.locator(".jp-OutputArea-output")
    expect(output).to_contain_text(re.compile(r"step 0\nstep 1\n"))
    reached = int(output.inner_text().split()[-1])
    expect(output).to_contain_text(f"step {reached + 20}")  # and it goes on
    page.screenshot(path=BUILD / "attach.png")
    menu(page, "Kernel", "Interrupt Kernel")
    expect(idle(page)).to_be_visible()
