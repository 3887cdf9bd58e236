"""The mock kernel seen by jupyter_client: jupyter_kernel_test's whole suite, and what that leaves out.

Run by `go test`, which installs the kernelspec "mock" and sets JUPYTER_PATH.
"""
import queue
import signal
import tempfile
import time
import unittest

import jupyter_kernel_test
from jupyter_client.manager import KernelManager, start_new_kernel
from jupyter_client.session import Session
from jupyter_kernel_test.msgspec_v5 import validate_message

TIMEOUT = 15


class Conformance(jupyter_kernel_test.KernelTests):
    kernel_name = "mock"
    language_name = "mock"
    file_extension = ".mock"
    code_hello_world = "print hello, world"
    code_stderr = "warn oops"
    completion_samples = [
        {"text": "p", "matches": {"print", "page"}},
        {"text": "print ü", "matches": {"über"}},
        {"text": "zz", "matches": set()},
    ]
    complete_code_samples = ["print x", ""]
    incomplete_code_samples = ["print x\\"]
    invalid_code_samples = ["?"]
    code_page_something = "page help"
    code_generate_error = "fail boom"
    code_execute_result = [{"code": f"value {i}", "result": str(i)} for i in range(3)]
    code_display_data = [{"code": "display d", "mime": "text/plain"}, {"code": "png", "mime": "image/png"}]
    code_history_pattern = "value 2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "print"
    code_clear_output = "clear"


class Welcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "mock"
    support_iopub_welcome = True


class Client(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.manager, cls.client = start_new_kernel(kernel_name="mock")

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel()

    def published(self, msg_id, client=None):
        """What the kernel publishes for a request, from busy to idle."""
        messages = []
        while not messages or messages[-1]["content"].get("execution_state") != "idle":
            message = (client or self.client).get_iopub_msg(timeout=TIMEOUT)
            if message["parent_header"].get("msg_id") == msg_id:
                messages.append(message)
                if not message["msg_type"].startswith("comm_"):  # no schema
                    validate_message(message)
        return messages

    def replied(self, msg_id, get=None):
        while True:
            message = (get or self.client.get_shell_msg)(timeout=TIMEOUT)
            if message["parent_header"].get("msg_id") == msg_id:
                return message

    def execute(self, code, **options):
        msg_id = self.client.execute(code, **options)
        reply = self.replied(msg_id)
        return reply["content"], [m for m in self.published(msg_id) if m["msg_type"] not in ("status", "execute_input")]

    def wait_until_running(self, msg_id):
        while True:
            message = self.client.get_iopub_msg(timeout=TIMEOUT)
            if message["msg_type"] == "execute_input" and message["parent_header"]["msg_id"] == msg_id:
                return

    def test_interrupt(self):
        for interrupt in (self.manager.interrupt_kernel, lambda: self.manager.signal_kernel(signal.SIGINT)):
            msg_id = self.client.execute("sleep 1h")
            self.wait_until_running(msg_id)
            interrupt()
            self.assertEqual(self.replied(msg_id)["content"]["ename"], "Interrupted")
            self.published(msg_id)
            self.assertEqual(self.execute("print alive")[0]["status"], "ok")

    def test_control_while_busy(self):
        msg_id = self.client.execute("sleep 1h")
        self.wait_until_running(msg_id)
        info = self.client.session.msg("kernel_info_request", {})
        self.client.control_channel.send(info)
        reply = self.replied(info["header"]["msg_id"], self.client.get_control_msg)
        validate_message(reply, "kernel_info_reply")
        completion = self.client.complete("p")
        validate_message(self.replied(completion), "complete_reply")
        self.manager.interrupt_kernel()
        self.replied(msg_id)
        self.published(msg_id)

    def test_stop_on_error(self):
        ids = [self.client.execute(code) for code in ("fail now", "print no", "print neither")]
        statuses = [self.replied(i)["content"]["status"] for i in ids]
        self.assertEqual(statuses, ["error", "aborted", "aborted"])
        ids = [self.client.execute(code, stop_on_error=False) for code in ("fail now", "print yes")]
        self.assertEqual([self.replied(i)["content"]["status"] for i in ids], ["error", "ok"])
        self.published(ids[-1])

    def test_update_display(self):
        _, outputs = self.execute("display a\nupdate b")
        self.assertEqual([m["msg_type"] for m in outputs], ["display_data", "update_display_data"])
        self.assertEqual({m["content"]["transient"]["display_id"] for m in outputs}, {"id"})

    def test_user_expressions(self):
        reply, _ = self.execute("", user_expressions={"a": "x", "b": "bad"})
        self.assertEqual(reply["user_expressions"]["a"]["data"], {"text/plain": "<x>"})
        self.assertEqual(reply["user_expressions"]["b"]["evalue"], "undefined: bad")

    def test_stdin(self):
        msg_id = self.client.execute("password Secret?", allow_stdin=True)
        question = self.client.get_stdin_msg(timeout=TIMEOUT)
        self.assertEqual((question["msg_type"], question["parent_header"]["msg_id"]), ("input_request", msg_id))
        self.assertEqual(question["content"], {"prompt": "Secret?", "password": True})
        self.client.input("größe")
        texts = [m["content"]["text"] for m in self.published(msg_id) if m["msg_type"] == "stream"]
        self.assertEqual("".join(texts), "got größe")
        self.replied(msg_id)

    def test_comm(self):
        session, shell = self.client.session, self.client.shell_channel
        for msg_type, content, expected in (
            ("comm_open", {"comm_id": "c", "target_name": "echo", "data": {}}, ["comm_msg"]),
            ("comm_msg", {"comm_id": "c", "data": {"x": 1}}, ["comm_msg", "stream"]),
            ("comm_close", {"comm_id": "c", "data": {}}, ["stream"]),
            ("comm_open", {"comm_id": "d", "target_name": "nobody", "data": {}}, ["comm_close"]),
        ):
            message = session.msg(msg_type, content)
            shell.send(message)
            outputs = [m["msg_type"] for m in self.published(message["header"]["msg_id"])]
            self.assertEqual([t for t in outputs if t != "status"], expected)
        info = self.replied(self.client.comm_info())
        validate_message(info, "comm_info_reply")

    def test_many_lines(self):
        _, outputs = self.execute("\n".join(f"print {i}" for i in range(20000)))
        self.assertEqual("".join(m["content"]["text"] for m in outputs).split(), [str(i) for i in range(20000)])

    def test_two_clients(self):
        other = self.manager.client()
        other.start_channels()
        other.wait_for_ready(timeout=TIMEOUT)
        msg_id = self.client.execute("print shared")
        mine, theirs = self.published(msg_id), self.published(msg_id, other)
        self.assertEqual([m["header"]["msg_id"] for m in mine], [m["header"]["msg_id"] for m in theirs])
        self.replied(msg_id)
        other.stop_channels()

    def test_wrong_key(self):
        stranger = self.manager.client(session=Session(key=b"not the key"))
        stranger.start_channels(iopub=False, hb=False, control=False, stdin=False)
        stranger.execute("print intruder")
        with self.assertRaises(queue.Empty):
            stranger.get_shell_msg(timeout=0.3)
        stranger.stop_channels()
        self.assertEqual(self.execute("print fine")[0]["status"], "ok")

    def test_ipc(self):
        with tempfile.TemporaryDirectory() as folder:
            manager = KernelManager(kernel_name="mock", transport="ipc", ip=folder + "/k")
            manager.start_kernel()
            client = manager.client()
            client.start_channels()
            client.wait_for_ready(timeout=TIMEOUT)
            self.assertIn("stream", [m["msg_type"] for m in self.published(client.execute("print ipc"), client)])
            client.stop_channels()
            manager.shutdown_kernel()

    def test_restart(self):
        for code in ("", "hang"):  # deaf cells cannot hold a restart up for long
            manager, client = start_new_kernel(kernel_name="mock")
            client.execute(code)
            time.sleep(0.1)
            began = time.monotonic()
            manager.restart_kernel()
            self.assertLess(time.monotonic() - began, 4.5)
            client.wait_for_ready(timeout=TIMEOUT)
            self.assertEqual(client.execute_interactive("print again", timeout=TIMEOUT, output_hook=lambda _: None)["content"]["execution_count"], 1)
            client.stop_channels()
            manager.shutdown_kernel()
            self.assertFalse(manager.is_alive())


if __name__ == "__main__":
    unittest.main(verbosity=2)
