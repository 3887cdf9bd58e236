"""The lecture's training loops as compiled Go and in a cell: µs a step of each, and their ratio.

Both sides are made from one source text, loops/*.cells: declarations, set-up and the loop, parted by ---.
Each side stays one process; the rounds alternate between them and the best of each counts, so that both are warm
and a busy machine harms both alike. Both must print the same last loss.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))
from session import Session  # noqa: E402

MODULE = "github.com/gophergrad/gophergrad"
PACKAGES = {"fmt": "fmt", "os": "os", "time": "time"} | {
    Path(path).name: f"{MODULE}/{path}" for path in ("tensor", "autograd", "nn", "nn/optim")
}
STEPS, ROUNDS = 300, 5


def timed(loop):
    """The loop with a line printed after its own: the microseconds a step took."""
    return (
        f"steps := {STEPS}\nstart := time.Now()\n{loop}\n"
        'fmt.Println("µs", float64(time.Since(start).Nanoseconds())/1e3/float64(steps))'
    )


def program(declarations, setup, loop):
    """A program that runs a round for every byte of its standard input."""
    text = f"{declarations}\nfunc round() {{\n{setup}\n{timed(loop)}\n}}\n" + """
func main() {
	for b := make([]byte, 1); ; {
		if n, _ := os.Stdin.Read(b); n == 0 { return }
		round()
	}
}
"""
    used = [path for name, path in PACKAGES.items() if re.search(rf"\b{name}\.", text)]
    return "package main\n" + "".join(f'import "{path}"\n' for path in used) + text


def compiled(name, parts):
    """Builds and starts the loop's program and returns a function that runs a round."""
    folder = ROOT / "build" / "_bench" / name  # the underscore hides it from ./...
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.go").write_text(program(*parts))
    subprocess.run(["go", "build", "-o", folder / "loop", "."], cwd=folder, check=True)
    env = os.environ | {"GOGC": "400"}  # the kernel's setting (memory.go): collections are no part of the ratio
    process = subprocess.Popen([folder / "loop"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)

    def round():
        process.stdin.write(".")
        process.stdin.flush()
        return process.stdout.readline() + process.stdout.readline()

    return round


def in_cells(session, parts):
    """Declares in the kernel and returns a function that sets up and runs the loop."""
    declarations, setup, loop = parts

    def run(code):
        shown = session.run(code, timeout=300)
        if shown.error:
            sys.exit(shown.error)
        return shown.stdout

    def round():
        run(setup)
        return run(timed(loop))

    run(declarations)
    return round


def measure(sides):
    """Best µs a step of each side, and their last losses."""
    best, losses = [float("inf")] * len(sides), [None] * len(sides)
    for _ in range(ROUNDS):
        for i, side in enumerate(sides):
            losses[i], us = re.fullmatch(r"(\d+ \S+)\nµs (\S+)\n", side()).groups()
            best[i] = min(best[i], float(us))
    return best, losses


def main():
    with tempfile.TemporaryDirectory() as prefix:
        subprocess.run([ROOT / "gophergrad", "install", "--prefix", prefix], check=True, stdout=subprocess.DEVNULL)
        os.environ["JUPYTER_PATH"] = f"{prefix}/share/jupyter"
        print(f"{'loop':14}{'compiled µs':>14}{'cell µs':>14}{'ratio':>8}")
        for path in sorted((HERE / "loops").glob("*.cells")):
            parts = path.read_text().split("\n---\n")
            with Session() as session:
                (go, cell), losses = measure([compiled(path.stem, parts), in_cells(session, parts)])
            if losses[0] != losses[1]:
                sys.exit(f"{path.stem}: the last loss is {losses[0]} compiled, {losses[1]} in the cell")
            print(f"{path.stem:14}{go:14.1f}{cell:14.1f}{cell / go:8.2f}", flush=True)


if __name__ == "__main__":
    main()
