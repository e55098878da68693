"""Models written by PyTorch's exporter, with what the same modules compute in float64.

Debian: apt-get install python3-torch python3-onnx; then /usr/bin/python3 make_torch.py
"""
import copy
import warnings

import numpy as np
import torch
from torch import nn

from fixtures import path, write_expected

warnings.filterwarnings("ignore")


def save(name, module, shape, opset=13, batch="batch", span=3.0):
    """shape is that of one sample; batch is a name for a free axis, or a number."""
    module.eval()
    inputs = torch.from_numpy(np.random.RandomState(7).uniform(-span, span, (6, *shape)).astype(np.float32))
    free = isinstance(batch, str)
    torch.onnx.export(module, inputs[:2] if free else inputs[:batch], path(name + ".onnx"), opset_version=opset, input_names=["input"],
                      output_names=["output"], dynamic_axes={"input": {0: batch}, "output": {0: batch}} if free else None)
    with torch.no_grad():
        expected = copy.deepcopy(module).double()(inputs.double())
    write_expected(name, inputs.numpy(), expected.numpy())


class Net(nn.Module):
    """Two dense layers with a function between them and one behind."""

    def __init__(self, hidden, output=None):
        super().__init__()
        self.fc1 = nn.Linear(5, 9)
        self.hidden = hidden
        self.fc2 = nn.Linear(9, 4)
        self.output = output or nn.Identity()

    def forward(self, x):
        return self.output(self.fc2(self.hidden(self.fc1(x))))


class Hand(nn.Module):
    """A function written out by hand, as people do."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


class Viewed(nn.Module):
    """Images flattened by their run-time size."""

    def __init__(self):
        super().__init__()
        self.features = nn.Linear(2 * 3 * 4, 6)
        self.head = nn.Linear(6, 3)

    def forward(self, x):
        x = x.view(x.size(0), -1)
        return torch.log_softmax(self.head(torch.relu(self.features(x))), dim=1)


class ChannelsLast(nn.Module):
    """Channels moved behind the pixels before they are flattened."""

    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm2d(2)
        self.fc = nn.Linear(24, 5)

    def forward(self, x):
        return self.fc(torch.flatten(torch.relu(self.norm(x)).permute(0, 2, 3, 1), 1))


def trained(module):
    """Statistics of a batch normalisation that has seen data."""
    generator = torch.Generator().manual_seed(3)
    for part in module.modules():
        if isinstance(part, (nn.BatchNorm1d, nn.BatchNorm2d)):
            with torch.no_grad():
                part.running_mean.copy_(torch.randn(part.num_features, generator=generator))
                part.running_var.copy_(torch.rand(part.num_features, generator=generator) + 1)
                part.weight.copy_(torch.rand(part.num_features, generator=generator) + 0.5)
                part.bias.copy_(torch.randn(part.num_features, generator=generator))
    return module


def main():
    torch.manual_seed(1)
    functions = {
        "relu": nn.ReLU(), "leaky-relu": nn.LeakyReLU(), "elu": nn.ELU(), "selu": nn.SELU(), "celu": nn.CELU(), "gelu": nn.GELU(), "silu": nn.SiLU(),
        "mish": nn.Mish(), "softplus": nn.Softplus(), "softsign": nn.Softsign(), "tanh": nn.Tanh(), "sigmoid": nn.Sigmoid(),
        "hard-sigmoid": nn.Hardsigmoid(), "hard-tanh": nn.Hardtanh(), "hard-tanh-wide": nn.Hardtanh(-0.5, 2.5), "hard-swish": nn.Hardswish(),
        "relu6": nn.ReLU6(), "log-sigmoid": nn.LogSigmoid(), "identity": nn.Identity(),
        "gelu-tanh-hand": Hand(lambda x: 0.5 * x * (1 + torch.tanh(0.7978845608028654 * (x + 0.044715 * torch.pow(x, 3))))),
        "silu-hand": Hand(lambda x: x / (1 + torch.exp(-x))),
        "hard-swish-hand": Hand(lambda x: x * nn.functional.relu6(x + 3) / 6),
        "scaled": Hand(lambda x: (x - 0.5) / 2 * 3),
    }
    for name, function in functions.items():
        save("torch-" + name, Net(function), (5,))
    for name in ("hard-swish", "gelu", "mish", "silu"):
        save(f"torch-{name}-opset17", Net(functions[name]), (5,), opset=17)
    for name in ("relu", "selu", "relu6"):
        save(f"torch-{name}-opset9", Net(functions[name], nn.Softmax(dim=1)), (5,), opset=9)
    save("torch-softmax", Net(nn.Tanh(), nn.Softmax(dim=-1)), (5,))
    save("torch-log-softmax", Net(nn.Tanh(), nn.LogSoftmax(dim=-1)), (5,))
    save("torch-log-of-softmax", Net(nn.Tanh(), Hand(lambda x: torch.log(torch.softmax(x, 1)))), (5,))
    save("torch-fixed-batch", Net(nn.ReLU()), (5,), batch=1)
    save("torch-no-bias", nn.Sequential(nn.Linear(5, 7, bias=False), nn.Tanh(), nn.Linear(7, 2, bias=False)), (5,))
    save("torch-batch-norm", trained(nn.Sequential(nn.BatchNorm1d(5), nn.Linear(5, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.BatchNorm1d(8), nn.Linear(8, 3),
                                                   nn.BatchNorm1d(3))), (5,))
    save("torch-flatten", nn.Sequential(nn.Flatten(), nn.Linear(24, 6), nn.ReLU(), nn.Dropout(0.3), nn.Linear(6, 3), nn.Softmax(dim=1)), (2, 3, 4))
    save("torch-rows", Net(nn.GELU(), nn.Softmax(dim=-1)), (3, 5))
    save("torch-view", Viewed(), (2, 3, 4))
    save("torch-channels-last", trained(ChannelsLast()), (2, 3, 4))


main()
