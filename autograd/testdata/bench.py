"""Times operations here and in PyTorch, side by side: python autograd/testdata/bench.py [threads [pattern]]

Prints nanoseconds an operation, their ratio, and Go's allocations an operation; pattern is a regular expression of names.
"""
import os, pathlib, re, subprocess, sys, time
import torch
import torch.nn.functional as F

threads = sys.argv[1] if len(sys.argv) > 1 else "1"
pattern = sys.argv[2] if len(sys.argv) > 2 else "."
torch.set_num_threads(int(threads))
R, I = torch.randn, torch.randint


def backward(y, *leaves):
    y.sum().backward()
    for leaf in leaves:
        leaf.grad = None


def square(n):
    x, y, row, leaf = R(n, n), R(n, n), R(n), R(n, n, requires_grad=True)
    positive, mask, index, indices = x.abs() + 0.1, x > 0, I(0, n, (n,)), I(0, n, (n, n))
    param, m, v = [leaf.detach().clone()], [R(n, n)], [positive.clone()]
    step = [torch.tensor(1.0)]
    return {
        "add": lambda: x + y, "add row": lambda: x + row, "add column": lambda: x + row[:, None],
        "add transposed": lambda: x + y.t(), "add inplace": lambda: y.add_(row), "mul scalar": lambda: x * 2,
        "div": lambda: x / positive, "pow 3": lambda: x ** 3, "gt": lambda: x > y, "where": lambda: torch.where(mask, x, y),
        "relu": lambda: x.relu(), "exp": lambda: x.exp(), "log": lambda: positive.log(), "sqrt": lambda: positive.sqrt(),
        "sin": lambda: x.sin(), "tanh": lambda: x.tanh(), "sigmoid": lambda: x.sigmoid(), "gelu": lambda: F.gelu(x),
        "clone": lambda: x.clone(), "transposed copy": lambda: x.t().contiguous(), "to float64": lambda: x.double(),
        "to bfloat16": lambda: x.bfloat16(), "cat": lambda: torch.cat([x, y], 1), "sum": lambda: x.sum(),
        "sum rows": lambda: x.sum(1), "sum columns": lambda: x.sum(0), "var rows": lambda: x.var(1), "max": lambda: x.max(),
        "max rows": lambda: x.max(1), "argmax columns": lambda: x.argmax(0), "cumsum rows": lambda: x.cumsum(1),
        "cumsum columns": lambda: x.cumsum(0), "softmax rows": lambda: x.softmax(1), "softmax columns": lambda: x.softmax(0),
        "log softmax": lambda: x.log_softmax(1), "sort": lambda: x.sort(1), "topk": lambda: x.topk(4, 1),
        "index select": lambda: x.index_select(0, index), "index columns": lambda: x.index_select(1, index),
        "gather": lambda: x.gather(1, indices), "scatter add": lambda: x.scatter_add(1, indices, y),
        "embedding": lambda: F.embedding(index, x), "matmul": lambda: x @ y, "matmul transposed": lambda: x @ y.t(),
        "matmul vector": lambda: x @ row, "tril": lambda: x.tril(), "view": lambda: x.view(n * n),
        "add recorded": lambda: leaf + y, "add backward": lambda: backward(leaf + y, leaf),
        "gelu backward": lambda: backward(F.gelu(leaf), leaf),
        "adam": lambda: torch._fused_adam_(param, [x], m, v, [], step, lr=1e-3, beta1=0.9, beta2=0.999, weight_decay=0.0,
                                           eps=1e-8, amsgrad=False, maximize=False),
    }


def layers():
    x, w, bias, row = R(64, 1000), R(100, 1000), R(100), R(1000)
    image, weights = R(16, 16, 32, 32), R(32, 16, 3, 3, requires_grad=True)
    trained, trained_image = R(64, 1000, requires_grad=True), R(16, 16, 32, 32, requires_grad=True)
    channel, target, signal, odd, long = R(16), I(0, 1000, (64,)), R(64, 1024), R(64, 1000), R(1 << 20)
    batch, batch2, double, double2 = R(64, 64, 64), R(64, 64, 64), R(512, 512).double(), R(512, 512).double()
    big, big2 = R(1000, 1000), R(1000, 1000)

    def norm(image):
        return F.batch_norm(image, None, None, channel, channel, True)

    def conv():
        with torch.no_grad():
            F.conv2d(image, weights, padding=1)

    return {
        "linear 64x1000x100": lambda: F.linear(x, w, bias), "matmul 1000x1000": lambda: big @ big2,
        "matmul float64 512x512": lambda: double @ double2,
        "matmul 64 of 64x64": lambda: batch @ batch2, "sort 64x1000": lambda: x.sort(1), "sort 1048576": lambda: long.sort(0),
        "fft 64x1024": lambda: torch.fft.fft(signal, dim=1), "fft 64x1000": lambda: torch.fft.fft(odd, dim=1),
        "fft columns 64x1024": lambda: torch.fft.fft(signal, dim=0), "rfft 64x1024": lambda: torch.fft.rfft(signal, dim=1),
        "fft 1048576": lambda: torch.fft.fft(long), "layer norm 64x1000": lambda: F.layer_norm(x, (1000,), row, row),
        "layer norm backward 64x1000": lambda: backward(F.layer_norm(trained, (1000,), row, row), trained),
        "batch norm 16x16x32x32": lambda: norm(image),
        "batch norm backward 16x16x32x32": lambda: backward(norm(trained_image), trained_image),
        "conv 16x16x32x32": conv,
        "conv backward 16x16x32x32": lambda: backward(F.conv2d(trained_image, weights, padding=1), trained_image, weights),
        "max pool 16x16x32x32": lambda: F.max_pool2d(image, 2),
        "max pool backward 16x16x32x32": lambda: backward(F.max_pool2d(trained_image, 2), trained_image),
        "cross entropy backward 64x1000": lambda: backward(-trained.log_softmax(1).gather(1, target[:, None]), trained),
        "randn 64x1000": lambda: R(64, 1000), "rand 64x1000": lambda: torch.rand(64, 1000),
    }


def nanoseconds(f):
    best, n, total = float("inf"), 1, 0
    while total < 6e7:
        start = time.perf_counter_ns()
        for _ in range(n):
            f()
        spent = time.perf_counter_ns() - start
        best, total = min(best, spent / n), total + spent
        if spent < 1e6:
            n *= 2
    return best


root = pathlib.Path(__file__).parents[2]
out = subprocess.run(["go", "test", "./autograd", "-run", "^$", "-bench", "^BenchmarkOps$/" + pattern.replace(" ", "_"), "-benchtime", "1x"],
                     cwd=root, text=True, env={"GOGC": "400"} | os.environ | {"GOMAXPROCS": threads}, capture_output=True, check=True).stdout
ours = {re.sub(r"-\d+$", "", m[1]).replace("_", " "): (float(m[2]), int(m[3]))
        for m in re.finditer(r"BenchmarkOps/(\S+)\s+\d+\s+([\d.]+) ns/op\s+(\d+)[.\d]* allocs", out)}
theirs = {}
for n in 4, 256, 3000:
    names = [name for name in ours if name.endswith(f" {n}x{n}")]
    if names:
        ops = square(n)
        theirs |= {name: nanoseconds(ops[name.removesuffix(f" {n}x{n}")]) for name in names}
ops = layers()
theirs |= {name: nanoseconds(ops[name]) for name in ours if name not in theirs}
print(f"{'':32}{'here':>12}{'PyTorch':>12}{'ratio':>8}{'allocs':>8}   ({threads} threads, torch {torch.__version__})")
for name, (ns, allocs) in ours.items():
    print(f"{name:32}{ns:12.0f}{theirs[name]:12.0f}{ns / theirs[name]:8.2f}{allocs:8}")
