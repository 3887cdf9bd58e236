"""Writes the files that the tests read: python interchange.py, with torch, numpy and safetensors."""
import collections, os
import numpy as np, torch
from safetensors.torch import save_file

here = os.path.dirname(os.path.abspath(__file__))
tensors = collections.OrderedDict(
    (str(d).split(".")[1], torch.arange(6).reshape(2, 3).to(d)) for d in
    [torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool])
tensors["scalar"] = torch.tensor(2.5)
tensors["empty"] = torch.zeros(0, 4)
save_file(tensors, os.path.join(here, "torch.safetensors"))
base = torch.arange(12.0).reshape(3, 4)
torch.save({**tensors, "transposed": base.t(), "column": base[:, 1], "nested": {"epoch": 3, "list": [torch.ones(1)], "name": "left out"},
            "parameter": torch.nn.Parameter(torch.ones(2))}, os.path.join(here, "torch.pt"))
arrays = {k: v.numpy() for k, v in tensors.items() if k != "bfloat16"}
arrays["fortran"] = np.asfortranarray(base.numpy())
np.savez(os.path.join(here, "numpy.npz"), **arrays)
