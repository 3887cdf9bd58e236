"""Writes golden.json: what PyTorch computes, for the tests of nn and nn/optim.

Run it with a Python that has torch: python golden.py
"""
import json, os
import torch, torch.nn as nn

torch.set_num_threads(1)
out = {}


def flat(t):
    return [float(v) for v in t.detach().double().flatten()]


def module(name, build, *shape, dtype=torch.float32, **kw):
    """A layer's parameters, its output for a drawn input, and all gradients."""
    torch.manual_seed(0)
    m = build()
    x = torch.randn(*shape) if "x" not in kw else kw["x"]()
    if x.is_floating_point():
        x.requires_grad_(True)
    y = m(x)
    if isinstance(y, tuple):
        y = y[0]
    g = torch.linspace(-1, 1, y.numel()).view(y.shape)
    y.backward(g)
    case = {"repr": repr(m), "x": flat(x), "y": flat(y), "shape": list(y.shape), "state": {k: flat(v) for k, v in m.state_dict().items()},
            "grads": {k: flat(p.grad) for k, p in m.named_parameters()}}
    if x.is_floating_point():
        case["gx"] = flat(x.grad)
    m.eval()
    y = m(x)
    case["eval"] = flat(y[0] if isinstance(y, tuple) else y)
    out.setdefault("modules", {})[name] = case


# initial values, bit for bit
out["init"] = {}
for seed in range(3):
    torch.manual_seed(seed)
    l, c = nn.Linear(7, 5), nn.Conv2d(3, 4, 3)
    e, r = nn.Embedding(6, 3), nn.LSTM(3, 4)
    out["init"][str(seed)] = {k: flat(p) for n, m in [("linear", l), ("conv", c), ("embedding", e), ("lstm", r)]
                              for k, p in ((n + "." + k, p) for k, p in m.named_parameters())}
for name, f in {
    "xavier_uniform": lambda w: nn.init.xavier_uniform_(w, 2.0), "xavier_normal": nn.init.xavier_normal_,
    "kaiming_uniform": lambda w: nn.init.kaiming_uniform_(w, nonlinearity="relu"),
    "kaiming_normal": lambda w: nn.init.kaiming_normal_(w, nonlinearity="relu"), "eye": nn.init.eye_,
    "trunc_normal": lambda w: nn.init.trunc_normal_(w, 0.5, 2.0, -1.0, 1.5),
    "orthogonal": nn.init.orthogonal_,
}.items():
    torch.manual_seed(0)
    out["init"][name] = {"w": flat(f(torch.empty(4, 6)))}

# layers
module("linear", lambda: nn.Linear(4, 3), 5, 4)
module("linear3d", lambda: nn.Linear(4, 3, bias=False), 2, 3, 4)
module("sequential", lambda: nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Sequential(nn.Linear(8, 3), nn.Softmax(dim=1))), 5, 4)
for a in ["ReLU", "ReLU6", "Sigmoid", "LogSigmoid", "Tanh", "Tanhshrink", "SELU", "SiLU", "Mish", "Softsign", "Hardswish", "Hardsigmoid",
          "LeakyReLU", "ELU", "CELU", "Hardshrink", "Softshrink", "GELU", "Hardtanh", "Softplus", "PReLU", "Identity"]:
    module(a, getattr(nn, a), 4, 5)
module("gelu_tanh", lambda: nn.GELU(approximate="tanh"), 4, 5)
for a in ["Softmax", "LogSoftmax", "Softmin"]:
    module(a, lambda a=a: getattr(nn, a)(dim=1), 4, 5)
module("threshold", lambda: nn.Threshold(0.1, 20.0), 4, 5)
module("flatten", lambda: nn.Flatten(), 2, 3, 4)
module("unflatten", lambda: nn.Unflatten(1, (2, 3)), 2, 6)
module("prelu3", lambda: nn.PReLU(3), 2, 3, 4)
module("conv1d", lambda: nn.Conv1d(2, 3, 3, padding=1), 2, 2, 7)
module("conv2d", lambda: nn.Conv2d(2, 4, 3), 2, 2, 6, 5)
module("conv2d_all", lambda: nn.Conv2d(4, 6, (3, 2), stride=(2, 1), padding=(1, 2), dilation=(1, 2), groups=2, bias=False), 2, 4, 7, 8)
module("conv3d", lambda: nn.Conv3d(2, 3, 2), 1, 2, 4, 4, 3)
module("convt2d", lambda: nn.ConvTranspose2d(3, 2, 3, stride=2, padding=1, output_padding=1), 2, 3, 4, 4)
module("maxpool2d", lambda: nn.MaxPool2d(2), 2, 2, 6, 5)
module("maxpool2d_all", lambda: nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True), 1, 2, 6, 6)
module("avgpool2d", lambda: nn.AvgPool2d(2, 2), 2, 2, 6, 5)
module("avgpool2d_all", lambda: nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False), 1, 2, 6, 6)
module("adaptiveavg", lambda: nn.AdaptiveAvgPool2d((2, 3)), 2, 2, 5, 7)
module("adaptivemax", lambda: nn.AdaptiveMaxPool2d(2), 2, 2, 5, 7)
module("batchnorm1d", lambda: nn.BatchNorm1d(3), 6, 3)
module("batchnorm1d_3d", lambda: nn.BatchNorm1d(3), 4, 3, 5)
module("batchnorm2d", lambda: nn.BatchNorm2d(3), 2, 3, 4, 4)
module("batchnorm2d_opts", lambda: nn.BatchNorm2d(3, eps=1e-3, momentum=None, affine=False), 2, 3, 4, 4)
module("instancenorm2d", lambda: nn.InstanceNorm2d(3, affine=True), 2, 3, 4, 4)
module("layernorm", lambda: nn.LayerNorm(5), 3, 4, 5)
module("layernorm2", lambda: nn.LayerNorm([4, 5], elementwise_affine=False), 3, 4, 5)
module("groupnorm", lambda: nn.GroupNorm(2, 4), 2, 4, 3)
module("rmsnorm", lambda: nn.RMSNorm(5, eps=1e-6), 3, 5)
module("dropout", lambda: nn.Dropout(0.3), 6, 7)
module("embedding", lambda: nn.Embedding(6, 3, padding_idx=2), x=lambda: torch.tensor([[0, 2, 5], [5, 1, 2]]))
module("rnn", lambda: nn.RNN(3, 4), 5, 2, 3)
module("rnn_relu", lambda: nn.RNN(3, 4, num_layers=2, nonlinearity="relu", bidirectional=True), 5, 2, 3)
module("lstm", lambda: nn.LSTM(3, 4, num_layers=2), 5, 2, 3)
module("lstm_bi", lambda: nn.LSTM(3, 4, bidirectional=True, batch_first=True, bias=False), 2, 5, 3)
module("gru", lambda: nn.GRU(3, 4, num_layers=2), 5, 2, 3)


class SelfAttention(nn.Module):
    def __init__(self):
        super().__init__()
        self.attn = nn.MultiheadAttention(6, 2, batch_first=True)

    def forward(self, x):
        return self.attn(x, x, x)[0]


module("attention", SelfAttention, 2, 3, 6)

# losses
torch.manual_seed(0)
x, t = torch.randn(4, 5), torch.randn(4, 5)
labels, ignoring = torch.tensor([1, 0, 4, 2]), torch.tensor([1, -100, 4, 2])
w, probs = torch.tensor([0.5, 1, 2, 1, 0.1]), torch.softmax(t, 1)
bits = (t > 0).float()
image, classes = torch.randn(2, 3, 2, 2), torch.randint(0, 3, (2, 2, 2))
sign = torch.tensor([1.0, -1, 1, -1])
inputs = dict(x=x, t=t, w=w, probs=probs, bits=bits, image=image, labels=labels, ignoring=ignoring, classes=classes, sign=sign,
              unit=torch.sigmoid(x), logp=torch.log_softmax(x, 1), sharp=torch.tensor([0.0, 1.0, 0.0, 1.0]), sharpt=torch.tensor([0.0, 1.0, 1.0, 0.0]))
losses = {}
for name, f, a, b in [
    ("mse", nn.MSELoss(), "x", "t"), ("mse_sum", nn.MSELoss(reduction="sum"), "x", "t"), ("mse_none", nn.MSELoss(reduction="none"), "x", "t"),
    ("l1", nn.L1Loss(), "x", "t"), ("smooth_l1", nn.SmoothL1Loss(), "x", "t"), ("smooth_l1_beta", nn.SmoothL1Loss(beta=0.5), "x", "t"),
    ("huber", nn.HuberLoss(delta=0.7), "x", "t"), ("bce", nn.BCELoss(), "unit", "bits"), ("bce_soft", nn.BCELoss(reduction="sum"), "unit", "probs"),
    ("bce_sharp", nn.BCELoss(), "sharp", "sharpt"),
    ("bce_logits", nn.BCEWithLogitsLoss(), "x", "bits"), ("bce_logits_w", nn.BCEWithLogitsLoss(pos_weight=w), "x", "bits"),
    ("nll", nn.NLLLoss(), "logp", "labels"), ("nll_w", nn.NLLLoss(weight=w), "logp", "ignoring"),
    ("ce", nn.CrossEntropyLoss(), "x", "labels"), ("ce_w", nn.CrossEntropyLoss(weight=w), "x", "labels"),
    ("ce_ignore", nn.CrossEntropyLoss(), "x", "ignoring"), ("ce_sum", nn.CrossEntropyLoss(reduction="sum"), "x", "labels"),
    ("ce_none", nn.CrossEntropyLoss(reduction="none"), "x", "ignoring"),
    ("ce_smooth", nn.CrossEntropyLoss(label_smoothing=0.1), "x", "labels"),
    ("ce_smooth_w", nn.CrossEntropyLoss(label_smoothing=0.1, weight=w), "x", "ignoring"),
    ("ce_probs", nn.CrossEntropyLoss(), "x", "probs"), ("ce_probs_w", nn.CrossEntropyLoss(weight=w, label_smoothing=0.2), "x", "probs"),
    ("ce_image", nn.CrossEntropyLoss(), "image", "classes"),
    ("kl", nn.KLDivLoss(reduction="batchmean"), "logp", "probs"), ("kl_mean", nn.KLDivLoss(), "logp", "probs"),
    ("kl_log", nn.KLDivLoss(reduction="sum", log_target=True), "logp", "logp"),
    ("soft_margin", nn.SoftMarginLoss(), "x", "bits"), ("hinge_embedding", nn.HingeEmbeddingLoss(), "x", "bits"),
    ("poisson", nn.PoissonNLLLoss(), "x", "unit"), ("multi_margin", nn.MultiMarginLoss(), "x", "labels"),
]:
    u = inputs[a].clone().requires_grad_(True)
    v = inputs[b]
    loss = f(u, v)
    loss.backward(torch.ones_like(loss))
    losses[name] = {"in": a, "target": b, "loss": flat(loss), "grad": flat(u.grad)}
out["losses"] = losses
out["inputs"] = {k: {"shape": list(v.shape), "data": flat(v), "int": not v.is_floating_point()} for k, v in inputs.items()}

# optimizers: a small network for 12 steps
o = torch.optim
out["optim"] = {}
for name, make in {
    "sgd": lambda p: o.SGD(p, 0.1), "momentum": lambda p: o.SGD(p, 0.1, momentum=0.9, weight_decay=0.01),
    "dampened": lambda p: o.SGD(p, 0.1, momentum=0.9, dampening=0.3), "nesterov": lambda p: o.SGD(p, 0.1, momentum=0.9, nesterov=True),
    "adam": lambda p: o.Adam(p, 0.01), "adam_l2": lambda p: o.Adam(p, 0.01, betas=(0.8, 0.99), weight_decay=0.1, eps=1e-4),
    "amsgrad": lambda p: o.Adam(p, 0.05, amsgrad=True), "adamw": lambda p: o.AdamW(p, 0.01), "adamw_ams": lambda p: o.AdamW(p, 0.05, amsgrad=True, weight_decay=0.1),
    "rmsprop": lambda p: o.RMSprop(p, 0.01), "rmsprop_all": lambda p: o.RMSprop(p, 0.01, momentum=0.9, centered=True, weight_decay=0.01),
    "adagrad": lambda p: o.Adagrad(p, 0.1), "adagrad_all": lambda p: o.Adagrad(p, 0.1, lr_decay=0.1, initial_accumulator_value=0.2, weight_decay=0.01),
    "adadelta": lambda p: o.Adadelta(p, 1.0), "maximize": lambda p: o.SGD(p, 0.001, maximize=True),
    "adamax": lambda p: o.Adamax(p, 0.01, weight_decay=0.01), "nadam": lambda p: o.NAdam(p, 0.01), "radam": lambda p: o.RAdam(p, 0.01),
    "rprop": lambda p: o.Rprop(p, 0.01),
}.items():
    torch.manual_seed(1)
    m = nn.Sequential(nn.Linear(6, 5), nn.Tanh(), nn.Linear(5, 3))
    x, y = torch.randn(8, 6), torch.randn(8, 3)
    opt = make(m.parameters())
    trace = []
    for _ in range(12):
        opt.zero_grad()
        loss = nn.functional.mse_loss(m(x), y)
        loss.backward()
        opt.step()
        trace.append(loss.item())
    out["optim"][name] = {"losses": trace, "params": [v for p in m.parameters() for v in flat(p)]}

# schedules: the learning rate (and momentum) of 30 steps
L = o.lr_scheduler
out["schedules"] = {}
for name, make in {
    "step": lambda s: L.StepLR(s, 5, 0.5), "multistep": lambda s: L.MultiStepLR(s, [3, 10, 11], 0.1), "exponential": lambda s: L.ExponentialLR(s, 0.9),
    "cosine": lambda s: L.CosineAnnealingLR(s, 20, 0.01), "lambda": lambda s: L.LambdaLR(s, lambda e: 1 / (1 + e)),
    "linear": lambda s: L.LinearLR(s, 0.25, 1.0, 8), "constant": lambda s: L.ConstantLR(s, 0.5, 4), "polynomial": lambda s: L.PolynomialLR(s, 12, 2.0),
    "onecycle": lambda s: L.OneCycleLR(s, 1.0, total_steps=30), "onecycle_lin": lambda s: L.OneCycleLR(s, 1.0, total_steps=30, pct_start=0.4, anneal_strategy="linear", three_phase=True),
    "restarts": lambda s: L.CosineAnnealingWarmRestarts(s, 4, 2), "cyclic": lambda s: L.CyclicLR(s, 0.01, 0.1, 4, cycle_momentum=False),
    "warmup": lambda s: L.SequentialLR(s, [L.LinearLR(s, 0.1, 1.0, 5), L.CosineAnnealingLR(s, 25)], [5]),
}.items():
    p = torch.zeros(1, requires_grad=True)
    s = o.SGD([p], 0.2, momentum=0.9)
    sched = make(s)
    rates, momenta = [], []
    for _ in range(29):
        rates.append(s.param_groups[0]["lr"])
        momenta.append(s.param_groups[0]["momentum"])
        s.step()
        sched.step()
    out["schedules"][name] = {"lr": rates, "momentum": momenta}
p = torch.zeros(1, requires_grad=True)
s = o.SGD([p], 1.0)
sched = L.ReduceLROnPlateau(s, factor=0.5, patience=2, cooldown=1, min_lr=0.1)
metrics = [1, 0.9, 0.95, 0.93, 0.92, 0.91, 0.91, 0.91, 0.91, 0.91, 0.91, 0.91, 0.91, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6]
rates = []
for v in metrics:
    sched.step(v)
    rates.append(s.param_groups[0]["lr"])
out["plateau"] = {"metrics": metrics, "lr": rates}

# the lecture's training loops (sections 4 to 9), from one seed each
N, D_in, H, D_out = 64, 1000, 100, 10


def loop(name, build):
    torch.manual_seed(0)
    step = build()
    losses = []
    for t in range(500):
        v = step()
        if t % 100 == 99:
            losses.append(v)
    out.setdefault("lecture", {})[name] = losses


def manual():
    x, y = torch.randn(N, D_in), torch.randn(N, D_out)
    w1, w2 = torch.randn(D_in, H), torch.randn(H, D_out)

    def step():
        nonlocal w1, w2
        h = x.mm(w1)
        r = h.clamp(min=0)
        y_pred = r.mm(w2)
        g = 2.0 * (y_pred - y)
        gh = g.mm(w2.t())
        gh[h < 0] = 0
        g1, g2 = x.t().mm(gh), r.t().mm(g)
        w1 -= 1e-6 * g1
        w2 -= 1e-6 * g2
        return (y_pred - y).pow(2).sum().item()
    return step


def automatic():
    x, y = torch.randn(N, D_in), torch.randn(N, D_out)
    w1, w2 = torch.randn(D_in, H, requires_grad=True), torch.randn(H, D_out, requires_grad=True)

    def step():
        loss = (x.mm(w1).clamp(min=0).mm(w2) - y).pow(2).sum()
        loss.backward()
        with torch.no_grad():
            w1.sub_(1e-6 * w1.grad)
            w2.sub_(1e-6 * w2.grad)
            w1.grad.zero_()
            w2.grad.zero_()
        return loss.item()
    return step


def network(make_model, update):
    def build():
        x, y = torch.randn(N, D_in), torch.randn(N, D_out)
        model = make_model()
        act = update(model)
        f = nn.MSELoss()

        def step():
            loss = f(model(x), y)
            model.zero_grad()
            loss.backward()
            act()
            return loss.item()
        return step
    return build


def by_hand(model):
    def act():
        with torch.no_grad():
            for p in model.parameters():
                p -= 1e-2 * p.grad
    return act


class TwoLayerNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear1, self.linear2 = nn.Linear(D_in, H), nn.Linear(H, D_out)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))


class ParallelBlock(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.linear1, self.linear2 = nn.Linear(i, o), nn.Linear(i, o)

    def forward(self, x):
        return (self.linear1(x) * self.linear2(x)).clamp(min=0)


two = lambda: nn.Sequential(nn.Linear(D_in, H), nn.ReLU(), nn.Linear(H, D_out))
loop("manual", manual)
loop("autograd", automatic)
loop("nn", network(two, by_hand))
loop("optim", network(two, lambda m: o.Adam(m.parameters(), 1e-4).step))
loop("custom", network(TwoLayerNet, lambda m: o.SGD(m.parameters(), 1e-4).step))
loop("parallel", network(lambda: nn.Sequential(ParallelBlock(D_in, H), ParallelBlock(H, H), nn.Linear(H, D_out)), lambda m: o.Adam(m.parameters(), 1e-4).step))


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.pool, self.conv2 = nn.Conv2d(3, 6, 5), nn.MaxPool2d(2, 2), nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(16 * 5 * 5, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x):
        x = self.pool(torch.relu(self.conv1(x)))
        x = self.pool(torch.relu(self.conv2(x)))
        x = x.view(-1, 16 * 5 * 5)
        return self.fc3(torch.relu(self.fc2(torch.relu(self.fc1(x)))))


def lenet():
    model = LeNet()
    opt = o.SGD(model.parameters(), 1e-3, momentum=0.9)
    criterion = nn.CrossEntropyLoss()
    x, labels = torch.randn(4, 3, 32, 32), torch.randint(0, 10, (4,))

    def step():
        opt.zero_grad()
        loss = criterion(model(x), labels)
        loss.backward()
        opt.step()
        return loss.item()
    return step


# oneDNN's convolutions add in another order, which shows in the fourth digit
with torch.backends.mkldnn.flags(enabled=False):
    loop("lenet", lenet)


def digits(v):
    """Seven significant digits; all of them for initial values, which are exact."""
    if isinstance(v, dict):
        return {k: x if k == "init" else digits(x) for k, x in v.items()}
    if isinstance(v, list):
        return [digits(x) for x in v]
    return float(f"{v:.8g}") if isinstance(v, float) else v


with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden.json"), "w") as f:
    json.dump(digits(out), f, indent=None, separators=(",", ":"))
    f.write("\n")
