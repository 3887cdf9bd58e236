"""Writes random_golden.json: what PyTorch's random functions return.

    python random_golden.py > random_golden.json

Every function draws for several sizes in turn from one seed. Results are given as SHA-256 of their bytes, and by
their first values for a reader.
"""
import hashlib, json, sys
import torch
import torch.nn.functional as F

SIZES = [1, 2, 7, 15, 16, 17, 40, 100, 1000, 40000]
H, B, D = torch.float16, torch.bfloat16, torch.float64


def weights(n, dtype=torch.float32):
    return ((torch.arange(n, dtype=D) * 7 % 5 + 1) / 8).to(dtype)


def uneven(n, dtype=torch.float32):
    return ((torch.arange(n, dtype=D) * 7919 % 1009 + 1) / 1013).to(dtype)


def flipped(n, dtype=torch.float32):
    return torch.zeros(n, 3, dtype=dtype).t()


cases = {
    "rand": torch.rand, "rand float64": lambda n: torch.rand(n, dtype=D), "rand float16": lambda n: torch.rand(n, dtype=H),
    "rand bfloat16": lambda n: torch.rand(n, dtype=B), "randn": torch.randn, "randn float16": lambda n: torch.randn(n, dtype=H),
    "randn bfloat16": lambda n: torch.randn(n, dtype=B), "randn matrix": lambda n: torch.randn(n, 3), "randn_like": lambda n: torch.randn_like(torch.zeros(n, 2)),
    "rand_like transposed": lambda n: torch.rand_like(torch.zeros(n, 2).t()), "randn_like transposed": lambda n: torch.randn_like(torch.zeros(n, 2).t()),
    "rand_like": lambda n: torch.rand_like(torch.zeros(n, 2)), "randint": lambda n: torch.randint(-3, 11, (n,)),
    "randint int32": lambda n: torch.randint(0, 1000, (n,), dtype=torch.int32), "randint wide": lambda n: torch.randint(0, 2**40, (n,)),
    "randperm": torch.randperm, "normal": lambda n: torch.normal(weights(n), weights(n) * 2),
    "normal_": lambda n: torch.empty(n).normal_(1.5, 0.3), "normal_ strided": lambda n: flipped(n).normal_(),
    "uniform_": lambda n: torch.empty(n).uniform_(-1, 3), "uniform_ float64": lambda n: torch.empty(n, dtype=D).uniform_(-1, 3),
    "uniform_ float16": lambda n: torch.empty(n, dtype=H).uniform_(-1, 3), "uniform_ bfloat16": lambda n: torch.empty(n, dtype=B).uniform_(-1, 3),
    "uniform_ strided": lambda n: flipped(n).uniform_(), "bernoulli": lambda n: torch.bernoulli(weights(n)),
    "bernoulli float64": lambda n: torch.bernoulli(weights(n, D)), "bernoulli float16": lambda n: torch.bernoulli(weights(n, H)),
    "bernoulli_": lambda n: torch.empty(n).bernoulli_(0.3), "bernoulli_ float64": lambda n: torch.empty(n, dtype=D).bernoulli_(0.3),
    "exponential_": lambda n: torch.empty(n).exponential_(1.5), "exponential_ float16": lambda n: torch.empty(n, dtype=H).exponential_(1.5),
    "cauchy_": lambda n: torch.empty(n).cauchy_(0.5, 1.5), "log_normal_": lambda n: torch.empty(n).log_normal_(0.5, 1.5),
    "cauchy_ float64": lambda n: torch.empty(n, dtype=D).cauchy_(0.5, 1.5), "cauchy_ float16": lambda n: torch.empty(n, dtype=H).cauchy_(),
    "log_normal_ float64": lambda n: torch.empty(n, dtype=D).log_normal_(-1, 0.3), "log_normal_ strided": lambda n: flipped(n).log_normal_(),
    "geometric_": lambda n: torch.empty(n).geometric_(0.3), "geometric_ float16": lambda n: torch.empty(n, dtype=H).geometric_(0.9),
    "poisson": lambda n: torch.poisson(weights(n) * 4), "poisson of many": lambda n: torch.poisson(weights(n, D) * 1000),
    "randn float64": lambda n: torch.randn(n, dtype=D), "normal_ float64": lambda n: torch.empty(n, dtype=D).normal_(1.5, 0.3),
    "exponential_ float64": lambda n: torch.empty(n, dtype=D).exponential_(1.5), "geometric_ float64": lambda n: torch.empty(n, dtype=D).geometric_(0.3),
    "randint int8": lambda n: torch.randint(-9, 100, (n,), dtype=torch.int8),
    "randint bool": lambda n: torch.randint(0, 2, (n,), dtype=torch.bool), "randint float32": lambda n: torch.randint(0, 50, (n,), dtype=torch.float32),
    "randn complex64": lambda n: torch.randn(n, dtype=torch.complex64), "rand complex128": lambda n: torch.rand(n, dtype=torch.complex128),
    "bernoulli_ bfloat16": lambda n: torch.empty(n, dtype=B).bernoulli_(0.3), "poisson float64": lambda n: torch.poisson(weights(n, D)),
    "multinomial": lambda n: torch.multinomial(weights(n), min(n, 1000)), "multinomial one": lambda n: torch.multinomial(weights(n), 1),
    "multinomial replacement": lambda n: torch.multinomial(weights(n), 20, True),
    "multinomial replacement float64": lambda n: torch.multinomial(weights(n, D), 20, True),
    "multinomial replacement rows": lambda n: torch.multinomial(weights(3 * n).view(3, n), 5, True),
    "multinomial replacement bfloat16": lambda n: torch.multinomial(uneven(n, B), 20, True), "multinomial replacement uneven": lambda n: torch.multinomial(uneven(n), 20, True),
    "uniform_ narrow float16": lambda n: torch.empty(n, dtype=H).uniform_(-2.904, -2.755), "randn complex128": lambda n: torch.randn(n, dtype=torch.complex128),
    "multinomial one replacement": lambda n: torch.multinomial(weights(n), 1, True),
    "dropout": lambda n: F.dropout(weights(n), 0.3), "dropout transposed": lambda n: F.dropout(torch.ones(n, 3).t(), 0.5), "dropout float64": lambda n: F.dropout(weights(n, D), 0.7),
    "uniform_ narrow": lambda n: torch.empty(n).uniform_(1e6, 1e6 + 1), "uniform_ narrow float64": lambda n: torch.empty(n, dtype=D).uniform_(1e15, 1e15 + 1),
    "uniform_ complex64 strided": lambda n: flipped(n, torch.complex64).uniform_(-1, 2), "normal_ complex128": lambda n: torch.empty(n, dtype=torch.complex128).normal_(1.5, 0.3),
    "randn_like complex64 transposed": lambda n: torch.randn_like(flipped(n, torch.complex64)), "dropout complex64": lambda n: F.dropout(weights(n, torch.complex64), 0.3),
    "bernoulli_ int64 strided": lambda n: flipped(n, torch.int64).bernoulli_(0.3), "bernoulli_ bool": lambda n: torch.zeros(n, dtype=torch.bool).bernoulli_(0.3),
    "geometric_ int32": lambda n: torch.zeros(n, dtype=torch.int32).geometric_(0.3), "randint bfloat16 wide": lambda n: torch.randint(-1001, 1000, (n,), dtype=B),
    "random_ float16": lambda n: torch.empty(n, dtype=H).random_(2049, 4095), "randint_like transposed": lambda n: torch.randint_like(flipped(n, torch.int16), -5, 500),
    "randperm int32": lambda n: torch.randperm(n, dtype=torch.int32),
    "dropout of none": lambda n: torch.cat([F.dropout(weights(n), 0.0), torch.rand(n)]),
}
for name in "float32 float64 float16 bfloat16 int8 int16 int32 int64 uint8 bool".split():
    cases[f"random_() {name}"] = lambda n, d=getattr(torch, name): flipped(n, d).random_()


def raw(t):
    t = t.contiguous()
    return (t.view(torch.int16) if t.dtype == B else t).numpy().tobytes()


def golden(draw, seed):
    torch.manual_seed(seed)
    return [{"n": n, "sha256": hashlib.sha256(raw(t)).hexdigest(), "first": (torch.view_as_real(t) if t.is_complex() else t).flatten()[:2].double().tolist()} for n in SIZES for t in [draw(n)]]


json.dump({name: {seed: golden(draw, seed) for seed in (0, 1, 42)} for name, draw in cases.items()}, sys.stdout, separators=(",", ":"))
