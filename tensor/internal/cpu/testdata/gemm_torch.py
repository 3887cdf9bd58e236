"""Times PyTorch's products as `go test -bench Gemm` times ours, in the same format, for benchstat:

    python gemm_torch.py THREADS
"""
import sys, time
import torch

torch.set_num_threads(int(sys.argv[1]))
SIZES = [(64, 64, 64), (128, 128, 128), (256, 256, 256), (512, 512, 512), (1024, 1024, 1024), (2048, 2048, 2048),
         (64, 100, 1000), (64, 10, 100), (1000, 100, 64), (100, 10, 64), (64, 100, 10)]
for dtype, name in [(torch.float32, "GemmF32"), (torch.float64, "GemmF64")]:
    for m, n, k in SIZES:
        for trans in ["NN", "NT", "TN"]:
            a = torch.rand(k, m, dtype=dtype).t() if trans == "TN" else torch.rand(m, k, dtype=dtype)
            b = torch.rand(n, k, dtype=dtype).t() if trans == "NT" else torch.rand(k, n, dtype=dtype)
            c = torch.empty(m, n, dtype=dtype)
            torch.mm(a, b, out=c)
            runs, start = 0, time.perf_counter()
            while (spent := time.perf_counter() - start) < 0.2:
                torch.mm(a, b, out=c)
                runs += 1
            print(f"Benchmark{name}/{m}x{n}x{k}/{trans} {runs} {spent / runs * 1e9:.0f} ns/op "
                  f"{2 * m * n * k * runs / spent / 1e9:.1f} GFLOP/s", flush=True)
