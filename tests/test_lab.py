"""A reader's way in a real browser: all cells run, help while writing, input, widgets, and training that survives its page."""

import os
import re
import signal
from urllib.parse import unquote

from conftest import BUILD
from lab import cell, edit, errors, idle, menu, output, run, run_all, save
from playwright.sync_api import expect

WRITING = [
    '_ = "😀"; strings.Repl',  # two units of JavaScript, one code point
    "strings.Repeat",
    "for i := 0; ; i++ {\n\tfmt.Println(i)\n\ttime.Sleep(20 * time.Millisecond)\n}",
    'name, _ := display.Input("your name ")\nsecret, _ := display.Password("and a secret ")\nfmt.Print(name, len(secret))',
]
SHOWN = [
    "x := tensor.Randn(3, 4)\nx",
    'display.Line("loss", []float64{3, 2, 1.5, 1.2, 1.1})',
    "tensor.Ones(2, 3).MatMul(tensor.Ones(2, 3))",
    'bar := display.NewProgress(50)\nfor i := range 50 {\n\tbar.Tick("step", i)\n\ttime.Sleep(5 * time.Millisecond)\n}',
    'p := widgets.NewIntProgress("steps", 20_000)\ndisplay.Show(p)\nfor i := range 20_001 {\n\tp.SetValue(i)\n}',
]
WIDGETS = [
    "display.Interact(func(n int) any {\n\treturn display.HTML(fmt.Sprintf(`<i class='square'>%d</i>`, n*n))\n}, "
    'widgets.NewIntSlider("n", 3, 0, 10))',
    'label := widgets.NewHTML("<i>not yet</i>")\n'
    'widgets.HBox(widgets.NewButton("Press", func() { label.SetValue("<i class=\'pressed\'>pressed</i>") }), label)',
    's := widgets.NewIntSlider("a long description", 1, 0, 1000)\ns.SetLayout("width", "600px")\n'
    's.SetStyle("description_width", "initial")\nfail := widgets.NewButton("Fail", func() { panic("on purpose") })\n'
    'fail.SetLook("danger")\nwidgets.HBox(s, fail)',
    "s.SetValue(900)",
    "calls := 0\ndisplay.Interact(func(n int) any {\n\tcalls++\n\ttime.Sleep(200 * time.Millisecond)\n\t"
    "return display.HTML(fmt.Sprintf(`<b class='slow'>%d</b>`, n))\n}, widgets.NewIntSlider(`slow`, 0, 0, 1000))",
    "calls",
]
TRAINING = [
    "h := display.Handle()\nvar losses []float64\nfor i := 0; ; i++ {\n\tlosses = append(losses, 1/float64(i+1))\n\t"
    "h.Update(display.Line(fmt.Sprint(`epoch `, i), losses))\n\tfmt.Println(`step`, i)\n\ttime.Sleep(50 * time.Millisecond)\n}",
    "%attach",
]


def test_run_all_cells_of_a_tutorial(opened):
    page = opened("08_optim.ipynb")
    expect(idle(page)).to_be_visible()
    run_all(page)
    plots = page.locator(".jp-RenderedSVG, .jp-RenderedImage")
    if plots.count() > 0:
        plots.last.scroll_into_view_if_needed()
    page.screenshot(path=BUILD / "lab.png")
    assert errors(page).all_inner_texts() == []
    assert re.search(r"\d+\.\d+", "\n".join(page.locator(".jp-OutputArea-output").all_inner_texts()))
    assert plots.count() > 0


def test_writing_cells(opened):
    page = opened("writing.ipynb", WRITING)
    edit(page, 0)
    page.keyboard.press("Tab")
    proposals = page.locator(".jp-Completer-item")
    expect(proposals.first).to_be_visible()
    page.screenshot(path=BUILD / "completion.png")
    expect(page.locator(".jp-Completer-match")).to_have_text(["Replace", "ReplaceAll", "Replacer"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(cell(page, 0)).to_contain_text("strings.ReplaceAll")

    edit(page, 1)
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".jp-Tooltip")).to_contain_text("Repeat(s string, count int) string")
    page.screenshot(path=BUILD / "help.png")
    page.keyboard.press("Escape")

    run(page, 2)
    expect(output(page, 2).first).to_contain_text("5\n")
    menu(page, "Kernel", "Interrupt Kernel")
    expect(idle(page)).to_be_visible()
    expect(output(page, 2).last).to_contain_text("interrupted")

    run(page, 3)
    question, prompt = page.locator(".jp-Stdin-input").last, page.locator(".jp-Stdin-prompt").last
    expect(prompt).to_have_text("your name ")
    question.fill("Ada")
    page.screenshot(path=BUILD / "input.png")
    question.press("Enter")
    expect(prompt).to_have_text("and a secret ")
    expect(question).to_have_attribute("type", "password")
    question.fill("12345")
    question.press("Enter")
    expect(output(page, 3).last).to_contain_text("Ada5")
    assert "12345" not in cell(page, 3).inner_text()


def test_restart_and_run_all_in_the_dark(opened):
    page = opened("shown.ipynb", SHOWN)
    menu(page, "Settings", "Theme", "JupyterLab Dark")
    try:
        run(page, 1)
        expect(cell(page, 1).locator(".jp-InputPrompt")).to_contain_text("[1]:")
        menu(page, "Kernel", "Restart Kernel and Run All Cells…")
        page.get_by_role("button", name="Confirm Kernel Restart").click()
        expect(cell(page, 2).locator(".jp-InputPrompt")).to_contain_text("[3]:")  # which fails
        expect(output(page, 2)).to_contain_text("inner sizes 3 and 2 differ")
        expect(idle(page)).to_be_visible()
        expect(cell(page, 3).locator(".jp-InputPrompt")).to_contain_text("[ ]:")  # and those behind it do not run
        for n in (3, 4):
            run(page, n)
        expect(output(page, 3)).to_contain_text("50/50")
        expect(cell(page, 4).locator(".progress-bar")).to_have_attribute("style", re.compile("width: 100%"))
        page.mouse.move(0, 0)
        page.screenshot(path=BUILD / "dark.png")
    finally:
        menu(page, "Settings", "Theme", "JupyterLab Light")


def test_a_killed_kernel_starts_again(opened):
    page = opened("killed.ipynb", ["x := 1\nfmt.Print(os.Getpid())", "x"])
    run(page, 0)
    expect(output(page, 0)).to_be_visible()
    os.kill(int(output(page, 0).inner_text()), signal.SIGKILL)
    dialog = page.get_by_role("dialog").filter(has_text="Kernel Restarting")
    dialog.get_by_role("button", name="Ok").click()
    expect(idle(page)).to_be_visible()
    run(page, 1)
    expect(output(page, 1).last).to_contain_text("undefined: x")
    expect(output(page, 1).first).to_contain_text("ended without warning")
    page.screenshot(path=BUILD / "killed.png")


FLOOD = """line := strings.Repeat("x", 1<<16)
for range 1 << 14 {
	fmt.Println(line)
}"""


def test_a_gigabyte_freezes_nothing(opened):
    page = opened("flood.ipynb", [FLOOD, "6 * 7"])
    run(page, 0)
    run(page, 1)
    expect(output(page, 1)).to_have_text("42")
    expect(output(page, 0).last).to_contain_text("the rest is not shown")


FRAMES = """for i := range 2500 {
	display.Clear(true)
	display.Show(fmt.Sprint("frame ", i))
}
panic("the last frame")"""


def test_frames_in_a_tight_loop(opened):
    page = opened("frames.ipynb", [FRAMES])
    run(page, 0)
    expect(output(page, 0).last).to_contain_text("panic: the last frame")
    expect(output(page, 0).first).to_have_text("frame 2499")


def drag(page, slider, pixels, steps=10):
    handle = page.locator(".noUi-handle").nth(slider)
    handle.wait_for()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + pixels, y, steps=steps)
    page.mouse.up()


def test_widgets(opened):
    page = opened("widgets.ipynb", WIDGETS)
    run_all(page)
    square = page.locator(".square")
    expect(square).to_have_text("9")
    drag(page, 0, 200)
    expect(square).to_have_text("100")
    page.get_by_role("button", name="Press", exact=True).click()
    expect(page.locator(".pressed")).to_be_visible()
    wide = page.locator(".widget-slider").nth(1)
    assert wide.bounding_box()["width"] == 600
    expect(wide.locator(".widget-readout")).to_have_text("900")  # which Go has set
    page.get_by_role("button", name="Fail").click()
    expect(output(page, 2).last).to_contain_text("on purpose")

    drag(page, 2, 100, steps=100)  # its function takes its time: the page keeps back all moves but the latest
    expect(page.locator(".slow")).to_have_text(page.locator(".widget-readout").nth(2).inner_text())
    run(page, 5)
    expect(cell(page, 5).locator(".jp-InputPrompt")).to_contain_text("[7]:")
    assert 2 <= int(output(page, 5).last.inner_text()) < 20
    page.screenshot(path=BUILD / "widgets.png")
    save(page)

    page = opened("widgets.ipynb")  # the states are the kernel's
    expect(page.locator(".pressed")).to_be_visible()
    expect(square).to_have_text("100")
    assert page.locator(".widget-slider").nth(1).bounding_box()["width"] == 600
    drag(page, 0, -400)
    expect(square).to_have_text("0")


PLOT = """display.Interact(func(n int) any {
	return display.Line(fmt.Sprintf("to%dth", n), []float64{1, float64(n)})
}, widgets.NewIntSlider("n", 3, 0, 10))"""


def test_a_slider_moves_a_plot(opened):
    page = opened("plot.ipynb", [PLOT])
    run(page, 0)
    plot = output(page, 0).locator("img")
    expect(plot).to_have_attribute("src", re.compile("to3th"))
    drag(page, 0, 200, steps=30)
    expect(plot).to_have_attribute("src", re.compile("to10th"))


def test_training_survives_its_page(opened):
    page = opened("training.ipynb", TRAINING)
    run(page, 0)
    expect(output(page, 0).last).to_contain_text("step 5")

    page = opened("training.ipynb")
    expect(page.get_by_text("Go (gophergrad) | Busy")).to_be_visible()  # else JupyterLab starts another kernel for the cell
    run(page, 1)
    plot, lines = output(page, 1).first, output(page, 1).last
    expect(lines).to_contain_text(re.compile(r"step 0\nstep 1\n"))
    reached = int(lines.inner_text().split()[-1])
    expect(lines).to_contain_text(f"step {reached + 20}")  # and it goes on
    epoch = re.search(r"epoch (\d+)", unquote(plot.locator("img").get_attribute("src")))[1]
    assert int(epoch) > reached
    page.screenshot(path=BUILD / "attach.png")
    menu(page, "Kernel", "Interrupt Kernel")
    expect(idle(page)).to_be_visible()


def test_notebook_7(opened):
    page = opened("notebook.ipynb", [SHOWN[0], SHOWN[1], SHOWN[3], SHOWN[4], *WIDGETS[:2]], front="notebooks")
    expect(page.locator(".jp-Toolbar-kernelName")).to_contain_text("Go (gophergrad)")
    expect(page.locator(".jp-Notebook-ExecutionIndicator")).to_have_attribute("data-status", "idle")
    menu(page, "Run", "Run All Cells")
    expect(page.locator(".jp-CodeCell .jp-InputPrompt").last).to_contain_text("[6]:")
    expect(cell(page, 1).locator("svg").first).to_be_visible()
    expect(page.locator(".square")).to_have_text("9")
    page.get_by_role("button", name="Press", exact=True).click()
    expect(page.locator(".pressed")).to_be_visible()
    page.screenshot(path=BUILD / "notebook7.png")
    assert errors(page).all_inner_texts() == []
