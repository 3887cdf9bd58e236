"""Writes ops.json.gz: what PyTorch computes for every sample of the op table.

    go test ./autograd -run TestEveryOp -samples /tmp/samples.json
    python tensor/testdata/golden.py /tmp/samples.json
"""
import gzip, json, math, pathlib, sys, warnings
import torch
import torch.nn.functional as F

warnings.simplefilter("ignore")
TYPES = {n: getattr(torch, n) for n in ("float32 float64 float16 bfloat16 int8 int16 int32 int64 uint8 bool "
                                        "complex64 complex128").split()}


def weight(i, seed):
    x = 0.5 + (i + 1) * 0.6180339887498949 + seed * 0.2941
    return 2 * (x - math.floor(x)) - 1


def number(v):
    v = float(v)
    if math.isnan(v):
        return 2e300
    if math.isinf(v):
        return math.copysign(1e300, v)
    return float(f"{v:.11g}")


def flat(t):
    if t._is_zerotensor():
        t = torch.zeros(t.shape, dtype=t.dtype)
    if t.is_complex():
        t = torch.view_as_real(t.resolve_conj())
    return [number(v) for v in t.detach().to(torch.float64).flatten().tolist()]


def evaluate(torch_expr, ins, dtype, grad, ints=torch.int64):
    xs = []
    for i in ins:
        t = torch.tensor(i["Values"], dtype=torch.float64).reshape(i["Shape"] or [])
        if i["DType"] == "bool":
            xs.append(t.to(torch.bool))
        elif i["DType"] == "int64":
            xs.append(t.to(ints))
        else:
            t = t.to(dtype)
            xs.append(t.requires_grad_() if grad and t.is_floating_point() else t)
    names = dict(zip("xyzuvw", xs), xs=xs, torch=torch, F=F)
    out = eval(torch_expr, names)
    return xs, [out] if isinstance(out, torch.Tensor) else list(out)


def golden(entry):
    expr, ins = entry["Torch"], entry["In"] or []
    torch.set_default_dtype(torch.float64)
    try:
        xs, out = evaluate(expr, ins, torch.float64, True)
    except Exception:  # some have no derivative and refuse to be recorded
        xs, out = evaluate(expr, ins, torch.float64, False)
    g = {"Torch": expr, "Out": [flat(o) for o in out], "Shapes": [list(o.shape) for o in out], "Grads": [], "DTypes": {}}
    reals = [torch.view_as_real(o.resolve_conj()) if o.is_complex() else o for o in out]
    losses = [(o.flatten() * torch.tensor([weight(j, 50 + i) for j in range(o.numel())], dtype=torch.float64)).sum()
              for i, o in enumerate(reals) if o.requires_grad]
    if losses:
        floats = [x for x in xs if x.requires_grad]
        try:
            grads = torch.autograd.grad(sum(losses), floats, allow_unused=True)
            g["Grads"] = [flat(torch.zeros_like(x) if d is None else d) for x, d in zip(floats, grads)]
        except RuntimeError as e:
            if "is not implemented" not in str(e):
                raise
    torch.set_default_dtype(torch.float32)
    indices = any(i["DType"] not in ("int64", "bool") for i in ins)  # integers beside floating-point inputs
    for name, dtype in TYPES.items():
        try:
            if ("complex" in expr or "polar" in expr) and dtype.itemsize == 2 and dtype.is_floating_point:
                raise TypeError("there is no complex32 on our side")
            if "matrix_exp" in expr and dtype.itemsize == 2 and dtype.is_floating_point:
                raise TypeError("PyTorch's is not a number")
            out = evaluate(expr, ins, dtype, False, torch.int64 if indices else dtype)[1]
            g["DTypes"][name] = {"DTypes": [str(o.dtype).removeprefix("torch.") for o in out], "Out": flat(out[0])}
        except Exception:
            pass
    return g


CRASHES = {"native_batch_norm_backward#0 no 2", "native_batch_norm_backward#0 no 3", "pdist#0 no 4"}  # PyTorch's process
entries = json.load(open(sys.argv[1]))
result = {}
for key, entry in entries.items():
    if key in CRASHES:
        continue
    try:
        result[key] = golden(entry)
    except Exception as e:  # as may be where a sample's inputs are made 0-d or empty
        if key.split("#")[1].isdigit():
            print(f"{key}: {entry['Torch']}: {e}", file=sys.stderr)
path = pathlib.Path(__file__).with_name("ops.json.gz")
with open(path, "wb") as f, gzip.GzipFile(fileobj=f, mode="wb", mtime=0, filename="") as z:
    z.write(json.dumps(result, sort_keys=True, separators=(",", ":")).encode())
print(len(result), "goldens by PyTorch", torch.__version__, path.stat().st_size, "bytes", file=sys.stderr)
