"""Times operations here and in PyTorch, side by side: python autograd/testdata/bench.py [threads]

Prints nanoseconds an operation, their ratio, and Go's allocations an operation.
"""
import os, pathlib, re, subprocess, sys, time
import torch
import torch.nn.functional as F

threads = sys.argv[1] if len(sys.argv) > 1 else "1"
torch.set_num_threads(int(threads))
R = torch.randn
small, small2, leaf = R(4, 4), R(4, 4), R(4, 4, requires_grad=True)
big, big2, row = R(1000, 1000), R(1000, 1000), R(1000)
x, w, bias, image, weights = R(64, 1000), R(100, 1000), R(100), R(16, 16, 32, 32), R(32, 16, 3, 3)
index, signal, trained = torch.randint(0, 1000, (1000,)), R(64, 1024), R(64, 1000, requires_grad=True)


def backward(y, leaf):
    y.sum().backward()
    leaf.grad = None


ops = {
    "add 4x4": lambda: small + small2, "mul scalar 4x4": lambda: small * 2, "add 4x4 recorded": lambda: leaf + small,
    "matmul 4x4": lambda: small @ small2, "sum 4x4": lambda: small.sum(), "view 4x4": lambda: small.view(16),
    "add backward 4x4": lambda: backward(leaf + small, leaf), "add 1000x1000": lambda: big + big2,
    "add row 1000x1000": lambda: big + row, "add transposed 1000x1000": lambda: big + big2.t(), "exp 1000x1000": lambda: big.exp(),
    "sum 1000x1000": lambda: big.sum(), "sum rows 1000x1000": lambda: big.sum(1), "softmax 1000x1000": lambda: big.softmax(1),
    "max 1000x1000": lambda: big.max(1), "sort 64x1024": lambda: signal.sort(1), "fft 64x1024": lambda: torch.fft.fft(signal, dim=1),
    "index 1000x1000": lambda: big.index_select(0, index), "linear 64x1000x100": lambda: F.linear(x, w, bias),
    "layer norm 64x1000": lambda: F.layer_norm(x, (1000,), row, row),
    "layer norm backward 64x1000": lambda: backward(F.layer_norm(trained, (1000,), row, row), trained),
    "conv 16x16x32x32": lambda: F.conv2d(image, weights, padding=1), "max pool 16x16x32x32": lambda: F.max_pool2d(image, 2),
    "randn 64x1000": lambda: torch.randn(64, 1000),
}


def nanoseconds(f):
    best, n = float("inf"), 1
    while True:
        start = time.perf_counter_ns()
        for _ in range(n):
            f()
        spent = time.perf_counter_ns() - start
        best = min(best, spent / n)
        if spent > 1e8:
            return best
        n *= 2


root = pathlib.Path(__file__).parents[2]
out = subprocess.run(["go", "test", "./autograd", "-run", "^$", "-bench", "^BenchmarkOps$", "-benchtime", "100ms"], cwd=root, text=True,
                     env=os.environ | {"GOMAXPROCS": threads}, capture_output=True, check=True).stdout
ours = {re.sub(r"-\d+$", "", m[1]).replace("_", " "): (float(m[2]), int(m[3]))
        for m in re.finditer(r"BenchmarkOps/(\S+)\s+\d+\s+([\d.]+) ns/op\s+\d+ B/op\s+(\d+) allocs", out)}
missing = set(ours) ^ set(ops)
assert not missing, missing
print(f"{'':32}{'here':>12}{'PyTorch':>12}{'ratio':>8}{'allocs':>8}   ({threads} threads, torch {torch.__version__})")
for name, f in ops.items():
    (ns, allocs), torch_ns = ours[name], nanoseconds(f)
    print(f"{name:32}{ns:12.0f}{torch_ns:12.0f}{ns / torch_ns:8.2f}{allocs:8}")
