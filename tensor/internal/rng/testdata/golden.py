"""Writes golden.json: what PyTorch's CPU generator and NumPy's RandomState draw.

    python golden.py > golden.json

Arrays are base64 of little-endian bytes; long ones are given by their SHA-256.
"""
import base64, hashlib, json, sys
import numpy as np, torch

SEEDS = [0, 1, 42, 2**32 - 1, 2**40 + 7]
SIZES = [0, 1, 2, 15, 16, 17, 24, 31, 100, 1000]
MANY = SIZES + [50000]  # where every number goes through the C library
F32, F64 = torch.float32, torch.float64


def raw(a, limit=800):
    b = np.ascontiguousarray(a).tobytes()
    return base64.b64encode(b).decode() if len(b) <= limit else hashlib.sha256(b).hexdigest()


def draws(op, fill, seed=torch.manual_seed, seeds=SEEDS, sizes=SIZES):
    """One stream a seed, all sizes in turn, so that cached normals and part-used states carry over."""
    want = []
    for s in seeds:
        seed(s)
        want.append([raw(fill(n)) for n in sizes])
    return {"op": op, "seeds": seeds, "sizes": sizes, "want": want}


cases = [
    draws("rand f32", lambda n: torch.rand(n)),
    draws("uniform f32", lambda n: torch.empty(n).uniform_(-0.3, 0.37)),
    draws("rand f64", lambda n: torch.rand(n, dtype=F64)),
    draws("uniform f64", lambda n: torch.empty(n, dtype=F64).uniform_(-0.3, 0.37)),
    draws("randn f32", lambda n: torch.randn(n)),
    draws("normal f32", lambda n: torch.empty(n).normal_(1.7, 0.3)),
    draws("randn f64", lambda n: torch.randn(n, dtype=F64), sizes=MANY),
    draws("normal f64", lambda n: torch.empty(n, dtype=F64).normal_(1.7, 0.3)),
    draws("randint 10", lambda n: torch.randint(-3, 10, (n,))),
    draws("randint 2^28", lambda n: torch.randint(0, 2**28, (n,))),
    draws("randint 2^28-1", lambda n: torch.randint(0, 2**28 - 1, (n,))),
    draws("randint 2^40", lambda n: torch.randint(-5, 2**40, (n,))),
    draws("randperm", lambda n: torch.randperm(n)),
    draws("bernoulli 0.3", lambda n: torch.empty(n, dtype=F64).bernoulli_(0.3)),
    draws("bernoulli f32 0.3", lambda n: torch.empty(n).bernoulli_(0.3).double()),
    draws("dropout 0.7", lambda n: (torch.nn.functional.dropout(torch.ones(n), 0.7) != 0).double()),
    draws("exponential f64", lambda n: torch.empty(n, dtype=F64).exponential_(1.5), sizes=MANY),
    draws("exponential f32", lambda n: torch.empty(n).exponential_(1.5)),
    draws("numpy rand", lambda n: np.random.rand(n), np.random.seed, SEEDS[:4]),
    draws("numpy randint", lambda n: np.random.randint(-3, 11, n), np.random.seed, SEEDS[:4]),
    draws("numpy randint wide", lambda n: np.random.randint(0, 2**40, n), np.random.seed, SEEDS[:4]),
    draws("numpy randint of one", lambda n: np.random.randint(7, 8, n), np.random.seed, SEEDS[:1]),
    draws("numpy permutation", np.random.permutation, np.random.seed, SEEDS[:4]),
    draws("numpy exponential", lambda n: np.random.exponential(2.5, n), np.random.seed, SEEDS[:4], MANY),
    draws("numpy poisson 3.5", lambda n: np.random.poisson(3.5, n), np.random.seed, SEEDS[:4], SIZES),
    draws("numpy poisson 70", lambda n: np.random.poisson(70, n), np.random.seed, SEEDS[:4], MANY),
    draws("numpy randn", lambda n: np.random.randn(n), np.random.seed, SEEDS[:4], MANY),
]

states = []
for drawn in [0, 1, 3, 623, 624, 625]:
    g = torch.Generator().manual_seed(2**40 + 7)
    if drawn == 3:
        torch.randn(3, generator=g)  # leaves a cached normal behind
    else:
        torch.rand(drawn, generator=g)
    states.append({"drawn": drawn, "sha256": hashlib.sha256(g.get_state().numpy().tobytes()).hexdigest(),
                   "next": raw(torch.randn(5, generator=g))})


def lines(items):
    return "[\n" + ",\n".join(json.dumps(item, separators=(",", ":")) for item in items) + "\n]"


print(f'{{"torch": "{torch.__version__}", "numpy": "{np.__version__}", "cases": {lines(cases)}, "states": {lines(states)}}}')
