"""The lecture's training loops as compiled Go and in a cell: µs a step of each, and their ratios in time and CPU time.

Both sides are made from one source text, loops/*.cells: declarations, set-up and the loop, parted by ---.
Each side stays one process and the rounds alternate between them, so that both are warm and a busy machine harms both
alike. The best time of each counts; of CPU time, which others take none of, the median ratio of two rounds side by
side, collections included. Both use one processor, since others wait for work by looking for it, and would add to the
CPU time whatever the first one does. Both must print the same last loss.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))
from session import Session  # noqa: E402

MODULE = "github.com/gophergrad/gophergrad"
PACKAGES = {"fmt": "fmt", "os": "os", "syscall": "syscall", "time": "time"} | {
    Path(path).name: f"{MODULE}/{path}" for path in ("tensor", "autograd", "nn", "nn/optim")
}
STEPS, ROUNDS = 60, 60


def timed(loop):
    """The loop with a line printed after its own: the microseconds of time and of CPU time that a step took."""
    return f"""steps := {STEPS}
var before, after syscall.Rusage
syscall.Getrusage(0, &before)
start := time.Now()
{loop}
spent := time.Since(start)
syscall.Getrusage(0, &after)
cpu := after.Utime.Nano() + after.Stime.Nano() - before.Utime.Nano() - before.Stime.Nano()
fmt.Println("µs", float64(spent)/1e3/float64(steps), float64(cpu)/1e3/float64(steps))"""


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
    env = os.environ | {"GOGC": "400"}  # rare collections, as in the kernel
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

    run('import "syscall"\n' + declarations)
    return round


def measure(sides):
    """Of each side the best µs a step and the last loss, and the ratio of their CPU times."""
    best, losses, ratios = [float("inf")] * len(sides), [None] * len(sides), []
    for _ in range(ROUNDS):
        cpu = [0.0] * len(sides)
        for i, side in enumerate(sides):
            losses[i], us, spent = re.fullmatch(r"(\d+ \S+)\nµs (\S+) (\S+)\n", side()).groups()
            best[i], cpu[i] = min(best[i], float(us)), float(spent)
        ratios.append(cpu[1] / cpu[0])
    return best, losses, statistics.median(ratios)


def main():
    os.environ["GOMAXPROCS"] = "1"
    with tempfile.TemporaryDirectory() as prefix:
        subprocess.run([ROOT / "gophergrad", "install", "--prefix", prefix], check=True, stdout=subprocess.DEVNULL)
        os.environ["JUPYTER_PATH"] = f"{prefix}/share/jupyter"
        print(f"{'loop':14}{'compiled µs':>14}{'cell µs':>14}{'ratio':>8}{'CPU ratio':>11}")
        for path in sorted((HERE / "loops").glob("*.cells")):
            parts = path.read_text().split("\n---\n")
            with Session() as session:
                (go, cell), losses, cpu = measure([compiled(path.stem, parts), in_cells(session, parts)])
            if losses[0] != losses[1]:
                sys.exit(f"{path.stem}: the last loss is {losses[0]} compiled, {losses[1]} in the cell")
            print(f"{path.stem:14}{go:14.1f}{cell:14.1f}{cell / go:8.2f}{cpu:11.2f}", flush=True)


if __name__ == "__main__":
    main()
