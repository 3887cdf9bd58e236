"""Writes print_golden.json: tensors as PyTorch prints them.

    python print_golden.py > print_golden.json

Elements are given as little-endian bytes in base64, repeated until they fill the shape. A dtype reads float64 here,
not torch.float64, which also moves line breaks, so PyTorch's printer runs from its source with that one change.
"""
import base64, inspect, itertools, json, sys, types
import torch, torch._tensor_str as original

printer = types.ModuleType("printer")
source = inspect.getsource(original)
changed = source.replace('"dtype=" + str(self.dtype)', '"dtype=" + str(self.dtype).removeprefix("torch.")')
assert changed != source
sys.modules["printer"] = printer
exec(changed, printer.__dict__)

F32, F64, F16, BF16 = torch.float32, torch.float64, torch.float16, torch.bfloat16
C64, C128 = torch.complex64, torch.complex128
SHAPES = [(), (1,), (5,), (30,), (3, 4), (2, 3, 4), (2, 1, 3, 2)]
inf, nan = float("inf"), float("nan")
cases = []


def add(values, shape, dtype, grad="", **options):
    data = torch.tensor(values, dtype=dtype)
    n = torch.Size(shape).numel()
    t = data.repeat(n // max(1, len(data)) + 1)[:n].reshape(shape)
    if grad == "leaf":
        t.requires_grad_()
    elif grad:
        t = t.requires_grad_() * 1
    printer.set_printoptions(profile="default")
    printer.set_printoptions(**options)
    raw = data.view(torch.uint8).numpy().tobytes() if dtype == BF16 else data.numpy().tobytes()
    cases.append({"dtype": str(dtype)[6:], "shape": list(shape), "data": base64.b64encode(raw).decode(), "grad": grad,
                  "options": options, "text": printer._str(t)})


floats = [[1.5, -2.25, 0.125], [1, 2, -3], [0], [-0.0, 0], [1e-5, 1], [0.5, 1234.5], [1e9, 2e9], [1e8, 1], [12345678, 1],
          [nan, 1.5], [inf, 2, -inf], [inf, nan], [-inf, 0.001, 12], [1e-8, 3e-9], [3.4e38, 1e-38], [999.99999, 0.99999],
          [1e-4, 0.1], [9.9e-5, 0.05], [100000.5, 100.25], [0.33333334, 0.66666669, -1e-3], [1e5, 1, 0], [1e8, 1e5]]
for values, dtype in itertools.product(floats, [F32, F64]):
    add(values, (len(values),), dtype)
    add(values, (2, 7), dtype)
for shape, dtype in itertools.product(SHAPES, [F32, F64]):
    add([0.1, -1.7, 2.25, 3, 100.125], shape, dtype)
    add([4, -12, 7], shape, dtype)
    add([1e-7, -3], shape, dtype)
for dtype in [F16, BF16]:
    add([0.5, 1.25, -3], (3, 3), dtype)
    add([60000, 0.5], (4,), dtype)
for shape, dtype in itertools.product(SHAPES, [C64, C128]):
    add([0.5 + 1j, -2.25 - 3j, 4j], shape, dtype)
    add([1e-7 + 2j, complex(nan, inf), complex(-0.0, -0.0)], shape, dtype)
    add([1 + 2j, 300 - 1j], shape, dtype, "leaf")
for shape in [(0,), (2, 0), (40, 30), (1001,)]:
    add([] if 0 in shape else [0.5 + 1j, -2.25 - 3j], shape, C64)
    add([] if 0 in shape else [5 + 1j, -22 - 3j], shape, C128, "MulBackward0")
for shape, dtype in itertools.product(SHAPES, [torch.int64, torch.int32, torch.uint8, torch.int8, torch.int16]):
    add([1, 20, 3, 0, 117], shape, dtype)
for shape in SHAPES:
    add([-(2**63), 2**63 - 1, 0], shape, torch.int64)
    add([True, False, False], shape, torch.bool)
for shape, dtype in itertools.product([(0,), (2, 0), (0, 3, 4)], [F32, F64, torch.int64, torch.bool, torch.uint8]):
    add([], shape, dtype)
for shape in [(1000,), (1001,), (5000,), (40, 30), (6, 200), (7, 200), (10, 11, 12), (1001, 1), (1, 1001), (2, 3, 4, 100)]:
    add([0.5, -1.25, 3, 1e-3, 2e4, 7.125, 8], shape, F32)
    add([1, -22, 333], shape, torch.int64)
    add([True, False], shape, torch.bool)
for n in range(1, 40, 3):  # suffixes that just fit and just do not
    add([0.25], (n,), F64)
    add([0.25], (n,), F32, "leaf")
    add([0.25], (n,), F64, "MulBackward0")
for shape in [(), (0,), (0, 2), (3,), (2, 2), (30, 50)]:
    for grad in ["leaf", "MulBackward0"]:
        add([1.5, -2] if shape != (0,) else [], shape, F32, grad)
for options in [{"precision": 2}, {"precision": 8}, {"precision": 0}, {"threshold": 5}, {"threshold": 5, "edgeitems": 1},
                {"threshold": 5, "edgeitems": 0}, {"edgeitems": 0}, {"linewidth": 40}, {"linewidth": 5}, {"sci_mode": True},
                {"sci_mode": False}]:
    for shape, values in itertools.product([(), (9,), (7, 8)], [[0.1, -1.7, 2.25], [1, 2, 3], [1e-7, 3], [0, inf]]):
        add(values, shape, F32, **options)
for options in [{"profile": "short"}, {"profile": "full"}, {"profile": "full", "precision": 1}]:
    add([0.1, -1.7, 2.25], (7, 1), F32, **options)
    add([1, 2, 3], (1100,), torch.int64, **options)

json.dump({"torch": torch.__version__, "cases": cases}, sys.stdout, separators=(",\n", ":"))
