"""A running kernel seen as Jupyter's own client sees it."""

import re
import time
from dataclasses import dataclass, field
from queue import Empty

from jupyter_client import KernelManager

ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Shown:
    """What one cell showed."""

    stdout: str = ""
    stderr: str = ""
    result: str | None = None
    bundle: dict = field(default_factory=dict)  # the result in every MIME type
    displays: list[dict] = field(default_factory=list)
    error: str | None = None

    def add(self, msg):
        content = msg["content"]
        match msg["msg_type"]:
            case "stream":
                setattr(self, content["name"], getattr(self, content["name"]) + content["text"])
            case "execute_result":
                self.bundle = content["data"]
                self.result = self.bundle["text/plain"]
            case "display_data" | "update_display_data":
                self.displays.append(content["data"])
            case "error":
                lines = [content["ename"], content["evalue"], *content["traceback"]]
                self.error = ANSI.sub("", "\n".join(lines))


class Session:
    """Starts a kernel, runs cells in it and shuts it down."""

    def __init__(self, name="gophergrad", **options):
        self.manager = KernelManager(kernel_name=name, **options)

    def __enter__(self):
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        try:
            self.client.wait_for_ready(timeout=30)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def run(self, code, interrupt_after=None, timeout=60):
        """Runs a cell to its idle; interrupt_after seconds it is interrupted."""
        return self.shown(self.client.execute(code), interrupt_after, timeout)

    def shown(self, request, interrupt_after=None, timeout=60):
        """What a cell that was sent shows, up to its idle."""
        start, interrupted = time.monotonic(), interrupt_after is None
        shown = Shown()
        while True:
            elapsed = time.monotonic() - start
            if elapsed > timeout:
                raise TimeoutError(f"not idle after {timeout} s, shown so far: {shown}")
            if not interrupted and elapsed >= interrupt_after:
                interrupted = True
                self.manager.interrupt_kernel()
            try:
                msg = self.client.get_iopub_msg(timeout=0.05)
            except Empty:
                if not self.manager.is_alive():
                    raise RuntimeError(f"the kernel died, shown so far: {shown}") from None
                continue
            if msg["parent_header"].get("msg_id") != request:
                continue
            if msg["msg_type"] == "status" and msg["content"]["execution_state"] == "idle":
                self.reply = self.client.get_shell_msg(timeout=timeout)["content"]
                return shown
            shown.add(msg)

    def send(self, msg_type, content, subshell=None):
        """Sends a message on shell and gives its id."""
        msg = self.client.session.msg(msg_type, content)
        msg["header"]["subshell_id"] = subshell
        self.client.shell_channel.send(msg)
        return msg["header"]["msg_id"]

    def control(self, msg_type, **content):
        """Asks on control and gives the reply's content."""
        msg = self.client.session.msg(msg_type, content)
        self.client.control_channel.send(msg)
        while True:
            reply = self.client.get_control_msg(timeout=20)
            if reply["parent_header"]["msg_id"] == msg["header"]["msg_id"]:
                assert reply["content"]["status"] == "ok"
                return reply["content"]
