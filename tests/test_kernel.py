"""jupyter_kernel_test: the protocol as Jupyter's own test suite checks it."""

import jupyter_kernel_test as jkt  # its classes by name would be collected, too


class TestKernel(jkt.KernelTests):
    kernel_name = "gophergrad"
    language_name = "go"
    file_extension = ".go"

    code_hello_world = 'fmt.Println("hello, world")'
    code_stderr = 'fmt.Fprintln(os.Stderr, "oops")'
    code_generate_error = 'panic("oops")'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": 'strings.Repeat("ab", 2)', "result": "abab"},
        {"code": "[]int{1, 2}", "result": "[1 2]"},
        {"code": "tensor.Ones(2, 2)", "mime": "text/html"},
    ]
    code_display_data = [
        {"code": 'display.Show(display.HTML("<b>b</b>"))', "mime": "text/html"},
        {"code": 'display.Show(display.Line("loss", []float64{3, 2, 1}))', "mime": "image/svg+xml"},
    ]
    code_clear_output = "display.Clear(false)"
    code_page_something = "?strings.Repeat"
    code_inspect_sample = "strings.Repeat"
    code_history_pattern = "6 ?*"
    supported_history_operations = ("tail", "range", "search")

    completion_samples = [
        {"text": "strings.Repe", "matches": {"Repeat"}},
        {"text": "tensor.Rand"},
    ]
    complete_code_samples = ["x := 1", "for i := range 3 {\n}", "// comment", ""]
    incomplete_code_samples = ["for i := range 3 {", "fmt.Println(", "x := `raw", "1 +"]
    invalid_code_samples = ["x := )", "for }"]


class TestIopubWelcome(jkt.IopubWelcomeTests):
    kernel_name = "gophergrad"
    support_iopub_welcome = True
