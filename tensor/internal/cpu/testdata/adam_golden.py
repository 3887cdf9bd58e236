"""Writes adam_golden.json: parameters after steps of torch.optim.Adam and AdamW, as base64 of little-endian bytes.

    python adam_golden.py > adam_golden.json
"""
import base64, json, torch

N, STEPS = 37, 4


def raw(t):
    return base64.b64encode(t.detach().numpy().tobytes()).decode()


cases = []
for dtype in [torch.float32, torch.float64]:
    for name, options in [("Adam", {"lr": 1e-3}), ("Adam", {"lr": 0.1, "betas": (0.8, 0.99), "eps": 1e-3, "weight_decay": 0.02}),
                          ("AdamW", {"lr": 0.01, "weight_decay": 0.1})]:
        torch.manual_seed(0)
        p = torch.randn(N, dtype=dtype, requires_grad=True)
        opt = getattr(torch.optim, name)([p], foreach=False, **options)
        case = {"dtype": str(dtype)[6:], "name": name, "options": options, "start": raw(p), "grads": [], "params": []}
        for _ in range(STEPS):
            p.grad = torch.randn(N, dtype=dtype)
            opt.step()
            case["grads"].append(raw(p.grad))
            case["params"].append(raw(p))
        cases.append(case)
print("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]")
