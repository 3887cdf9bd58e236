"""Records what PyTorch and NumPy compute where test_lecture.py runs the lecture in Go.

    pip install torch numpy && python record.py > recorded.json
"""

import json

import numpy as np
import torch
from torch import nn

N, D_IN, H, D_OUT = 64, 1000, 100, 10


def gradients_by_hand():
    np.random.seed(0)
    x, y, z = (np.random.randn(3, 4) for _ in range(3))
    xt, yt = (torch.tensor(a, requires_grad=True) for a in (x, y))
    (xt * yt + torch.tensor(z)).sum().backward()
    show = lambda t: str(t).replace("torch.float64", "float64")  # noqa: E731
    return {"grad_x": show(xt.grad), "grad_y": show(yt.grad)}


def data():
    torch.manual_seed(0)
    return torch.randn(N, D_IN), torch.randn(N, D_OUT)


def tensors_only():
    (x, y), lr, losses = data(), 1e-6, []
    w1, w2 = torch.randn(D_IN, H), torch.randn(H, D_OUT)
    for _ in range(500):
        h = x.mm(w1)
        h_relu = h.clamp(min=0)
        y_pred = h_relu.mm(w2)
        losses.append((y_pred - y).pow(2).sum().item())
        grad_y_pred = 2.0 * (y_pred - y)
        grad_h = grad_y_pred.mm(w2.t())
        grad_h[h < 0] = 0
        w1 -= lr * x.t().mm(grad_h)
        w2 -= lr * h_relu.t().mm(grad_y_pred)
    return losses


def autograd():
    (x, y), lr, losses = data(), 1e-6, []
    w1 = torch.randn(D_IN, H, requires_grad=True)
    w2 = torch.randn(H, D_OUT, requires_grad=True)
    for _ in range(500):
        loss = (x.mm(w1).clamp(min=0).mm(w2) - y).pow(2).sum()
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses


def by_hand_then_adam():
    """Sections 7 and 8: the same model, first updated by hand, then by Adam."""
    x, y = data()
    model = nn.Sequential(nn.Linear(D_IN, H), nn.ReLU(), nn.Linear(H, D_OUT))
    by_hand, adam = [], []
    for _ in range(500):
        loss = nn.functional.mse_loss(model(x), y)
        model.zero_grad()
        loss.backward()
        by_hand.append(loss.item())
        with torch.no_grad():
            for p in model.parameters():
                p -= 1e-2 * p.grad
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-4)
    for _ in range(500):
        loss = nn.functional.mse_loss(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        adam.append(loss.item())
    return by_hand, adam


class ParallelBlock(nn.Module):
    def __init__(self, d_in, d_out):
        super().__init__()
        self.linear1, self.linear2 = nn.Linear(d_in, d_out), nn.Linear(d_in, d_out)

    def forward(self, x):
        return (self.linear1(x) * self.linear2(x)).clamp(min=0)


def custom_modules():
    """Section 9's two models, trained by the optimizers of its text and of the lecture."""
    losses = []
    for make, optimizer in [
        (lambda: nn.Sequential(nn.Linear(D_IN, H), nn.ReLU(), nn.Linear(H, D_OUT)), torch.optim.SGD),
        (lambda: nn.Sequential(ParallelBlock(D_IN, H), ParallelBlock(H, H), nn.Linear(H, D_OUT)), torch.optim.Adam),
    ]:
        x, y = data()
        model = make()
        opt = optimizer(model.parameters(), lr=1e-4)
        losses.append([])
        for _ in range(500):
            loss = nn.functional.mse_loss(model(x), y)
            opt.zero_grad()
            loss.backward()
            opt.step()
            losses[-1].append(loss.item())
    return losses


by_hand, adam = by_hand_then_adam()
sgd, parallel = custom_modules()
printed = {"4": tensors_only()[99::100], "5": autograd()[99::100], "7": by_hand[99::100]}
early = {"8": adam[:100:20], "9 SGD": sgd[:100:20], "9 parallel": parallel[:100:20]}
print(json.dumps({"1": gradients_by_hand()} | printed | early, indent=1))
