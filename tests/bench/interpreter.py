"""Interpreted Go beside CPython: loops, calls, methods and calls of compiled functions, µs a run and the ratio.

Each of programs/*.txt holds a number, a function run in Go, and the same in Python, parted by ---. The rounds alternate
between both and the best of each counts, so that a busy machine harms both alike. Both must give the same result.
"""

import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))
from session import Session  # noqa: E402

ROUNDS = 7


def in_go(session, code, n):
    session.run(code)
    shown = session.run(f"start := time.Now()\nresult := run({n})\nfmt.Println(time.Since(start).Nanoseconds(), result)")
    if shown.error:
        sys.exit(shown.error)
    spent, result = shown.stdout.split()
    return int(spent) / 1e3, float(result)


def in_python(code, n):
    names = {}
    exec(code, names)
    began = time.perf_counter_ns()
    result = names["run"](n)
    return (time.perf_counter_ns() - began) / 1e3, float(result)


def main():
    with tempfile.TemporaryDirectory() as prefix:
        subprocess.run([ROOT / "gophergrad", "install", "--prefix", prefix], check=True, stdout=subprocess.DEVNULL)
        os.environ["JUPYTER_PATH"] = f"{prefix}/share/jupyter"
        print(f"{'program':14}{'gophergrad µs':>15}{'CPython ' + platform.python_version() + ' µs':>20}{'ratio':>8}")
        with Session() as session:
            for path in sorted((HERE / "programs").glob("*.txt")):
                n, go, python = path.read_text().split("\n---\n")
                rounds = [(in_go(session, go, n), in_python(python, int(n))) for _ in range(ROUNDS)]
                if len({result for sides in rounds for _, result in sides}) != 1:
                    sys.exit(f"{path.stem}: the results differ")
                ours, theirs = (min(sides[i][0] for sides in rounds) for i in range(2))
                print(f"{path.stem:14}{ours:15.0f}{theirs:20.0f}{ours / theirs:8.2f}", flush=True)


if __name__ == "__main__":
    main()
