"""The kernel beside ipykernel in one run: what a user waits for, and the memory it takes.

The rounds alternate between the kernels and the best of each counts, so that a busy machine harms both alike.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from jupyter_client import KernelManager

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS, REPEATS = 3, 40
GOALS = {"start": 0.2, "cell": 0.5, "complete": 0.5, "inspect": 0.5, "lines": 0.5, "memory": 1.0}

CODE = {
    "gophergrad": {
        "cell": "1 + 1",
        "complete": "strings.Rep",
        "inspect": "strings.Repeat",
        "lines": "for i := range 100000 {\n\tfmt.Println(i)\n}",
        "warm": "strings.Repeat",  # what loads what a first cell loads
    },
    "python3": {
        "cell": "1 + 1",
        "complete": "os.path.jo",
        "inspect": "os.path.join",
        "lines": "for i in range(100000):\n    print(i)",
        "warm": "import os",
    },
}


def seconds(action):
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


class Kernel:
    def __init__(self, name):
        self.code, self.manager = CODE[name], KernelManager(kernel_name=name)
        began = time.perf_counter()
        self.manager.start_kernel()
        address = (self.manager.ip, self.manager.shell_port)
        while socket.socket().connect_ex(address):  # zmq would look again only every 100 ms
            time.sleep(0.002)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.kernel_info(reply=True, timeout=60)
        self.times = {"start": time.perf_counter() - began}
        self.client.wait_for_ready(timeout=60)

    def execute(self, code):
        request, lines = self.client.execute(code), 0
        while True:
            msg = self.client.get_iopub_msg(timeout=120)
            if msg["parent_header"].get("msg_id") != request:
                continue
            if msg["msg_type"] == "stream":
                lines += msg["content"]["text"].count("\n")
            elif msg["content"].get("execution_state") == "idle":
                self.client.get_shell_msg(timeout=60)
                return lines

    def lines(self):
        if self.execute(self.code["lines"]) != 100_000:
            sys.exit("lines were lost")

    def measure(self):
        self.execute(self.code["warm"])
        actions = {
            "cell": lambda: self.execute(self.code["cell"]),
            "complete": lambda: self.client.complete(self.code["complete"], reply=True, timeout=60),
            "inspect": lambda: self.client.inspect(self.code["inspect"], reply=True, timeout=60),
        }
        for name, action in actions.items():
            action()
            self.times[name] = min(seconds(action) for _ in range(REPEATS))
        self.memory = self.resident()
        self.times["lines"] = seconds(self.lines)
        return self.times | {"memory": self.memory}

    def resident(self):
        status = Path(f"/proc/{self.manager.provisioner.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def main():
    with tempfile.TemporaryDirectory() as prefix:
        subprocess.run([ROOT / "gophergrad", "install", "--prefix", prefix], check=True, stdout=subprocess.DEVNULL)
        os.environ["JUPYTER_PATH"] = f"{prefix}/share/jupyter"
        os.environ["JUPYTER_DATA_DIR"] = f"{prefix}/data"
        best = {name: {} for name in CODE}
        for _ in range(ROUNDS):
            for name in CODE:
                kernel = Kernel(name)
                for what, value in kernel.measure().items():
                    best[name][what] = min(value, best[name].get(what, value))
                kernel.stop()
    print(f"{'':10}{'gophergrad':>14}{'ipykernel':>14}{'ratio':>8}{'goal':>8}")
    for what, goal in GOALS.items():
        ours, theirs = (best[name][what] for name in CODE)
        unit, scale = ("MiB", 1) if what == "memory" else ("ms", 1000)
        print(f"{what:10}{ours * scale:10.1f} {unit:3}{theirs * scale:10.1f} {unit:3}{ours / theirs:8.2f}{goal:8.2f}")


if __name__ == "__main__":
    main()
