"""Convolutions, pools, norms, branches, several inputs and outputs from PyTorch's exporter, beside what PyTorch computes of them in float64.

Of several inputs and outputs, a row holds one after another. Debian: apt-get install python3-torch python3-onnx; then /usr/bin/python3 make_graphs.py
"""
import copy
import json
import warnings

import torch
from torch import nn

from fixtures import path, write_expected

warnings.filterwarnings("ignore")
torch.manual_seed(71)


def trained(module):
    """Statistics and affine parameters that are no defaults."""
    for part in module.modules():
        if isinstance(part, (nn.BatchNorm1d, nn.BatchNorm2d)):
            nn.init.uniform_(part.running_mean, -0.5, 0.5)
            nn.init.uniform_(part.running_var, 0.5, 2)
        if isinstance(part, (nn.BatchNorm1d, nn.BatchNorm2d, nn.LayerNorm)) and part.weight is not None:
            nn.init.uniform_(part.weight, 0.5, 1.5)
            nn.init.uniform_(part.bias, -0.5, 0.5)
    return module


def save(name, module, *shapes, opset=13, inputs=("input",), outputs=("output",), samples=3):
    module = trained(module).eval()
    values = [torch.rand(samples, *shape) * 4 - 2 for shape in shapes]
    axes = {key: {0: "batch"} for key in (*inputs, *outputs)}
    torch.onnx.export(module, tuple(value[:1] for value in values), path(name + ".onnx"), opset_version=opset, input_names=list(inputs), output_names=list(outputs),
                      dynamic_axes=axes, do_constant_folding=True, training=torch.onnx.TrainingMode.PRESERVE)
    exact = copy.deepcopy(module).double()
    with torch.no_grad():
        results = exact(*[value.double() for value in values])
    results = results if isinstance(results, tuple) else (results,)
    rows = [torch.cat([value[i].double().flatten() for value in values]) for i in range(samples)]
    answers = [torch.cat([result[i].flatten() for result in results]) for i in range(samples)]
    write_expected(name, [row.numpy() for row in rows], [row.numpy() for row in answers])
    if len(outputs) > 1:
        with open(path(name + ".json")) as file:
            expected = json.load(file)
        with open(path(name + ".json"), "w", newline="\n") as file:
            json.dump({"output": ", ".join(outputs), **expected}, file, indent=1)
            file.write("\n")


class Residual(nn.Module):
    """Two branches that meet in a sum, and a value that is read twice."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 4, 3, padding=1)
        self.second = nn.Conv2d(4, 4, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(4)
        self.head = nn.Linear(4, 3)

    def forward(self, x):
        x = torch.relu(self.first(x))
        x = torch.relu(x + self.norm(self.second(x)))
        return self.head(x.mean((2, 3)))


class Heads(nn.Module):
    """An actor and a critic over one trunk."""

    def __init__(self):
        super().__init__()
        self.trunk = nn.Linear(5, 7)
        self.actor = nn.Linear(7, 3)
        self.critic = nn.Linear(7, 1)

    def forward(self, x):
        x = torch.tanh(self.trunk(x))
        return torch.softmax(self.actor(x), 1), self.critic(x)


class Fusion(nn.Module):
    """An image and a vector; the picture's features are flattened channels first."""

    def __init__(self):
        super().__init__()
        self.look = nn.Sequential(nn.Conv2d(2, 3, 3, stride=2), nn.LeakyReLU(0.25), nn.Flatten())
        self.out = nn.Linear(3 * 3 * 2 + 4, 3)

    def forward(self, image, vector):
        return self.out(torch.cat([self.look(image), vector], 1))


class Gate(nn.Module):
    """Products and differences of values, and channels side by side."""

    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(2, 3, 1)
        self.b = nn.Conv2d(2, 3, 3, padding=1)
        self.out = nn.Conv2d(6, 2, 1)

    def forward(self, x):
        a, b = self.a(x), torch.sigmoid(self.b(x))
        return self.out(torch.cat([a * b, a - b], 1))


class Sequence(nn.Module):
    """A signal: convolutions over time, then a layer and a norm at each step."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(3, 4, 3, padding=2, dilation=2)
        self.step = nn.Linear(4, 5)
        self.norm = nn.LayerNorm(5)
        self.out = nn.Linear(5, 2)

    def forward(self, x):
        x = torch.relu(self.conv(x.transpose(1, 2))).transpose(1, 2)
        return torch.log_softmax(self.out(self.norm(self.step(x))), -1)


class Decoder(nn.Module):
    """A vector that becomes an image."""

    def __init__(self):
        super().__init__()
        self.begin = nn.Linear(4, 3 * 2 * 3)
        self.grow = nn.ConvTranspose2d(3, 2, 3, stride=2, padding=1, output_padding=1)
        self.end = nn.ConvTranspose2d(2, 2, (2, 3), stride=(1, 2), bias=False)

    def forward(self, x):
        x = torch.relu(self.begin(x)).view(-1, 3, 2, 3)
        return torch.tanh(self.end(torch.relu(self.grow(x))))


class Pixels(nn.Module):
    """A class for each pixel, and a constant that is repeated over the channels."""

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.tensor([0.5, 2.0]).view(2, 1, 1))
        self.conv = nn.Conv2d(2, 3, 3, padding=1)

    def forward(self, x):
        return torch.softmax(self.conv(x * self.scale + 0.25), 1)


def main():
    save("graph-small", nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 5, 3), nn.ReLU(), nn.Flatten(), nn.Linear(5 * 2 * 2, 3)), (1, 10, 11))
    save("graph-residual", Residual(), (3, 5, 7))
    save("graph-heads", Heads(), (5,), outputs=("policy", "value"))
    save("graph-fusion", Fusion(), (2, 7, 6), (4,), inputs=("image", "vector"))
    save("graph-gate", Gate(), (2, 4, 3))
    save("graph-sequence", Sequence(), (6, 3))
    save("graph-sequence-opset17", Sequence(), (6, 3), opset=17)
    save("graph-decoder", Decoder(), (4,))
    save("graph-pixels", Pixels(), (2, 3, 4))
    save("graph-depthwise", nn.Sequential(nn.ZeroPad2d((0, 1, 0, 1)), nn.Conv2d(3, 6, 3, stride=2, groups=3), nn.PReLU(6), nn.Conv2d(6, 4, 1, groups=2), nn.ReLU6(),
                                          nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 2)), (3, 8, 7))
    save("graph-pools", nn.Sequential(nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True), nn.AvgPool2d((2, 3), stride=1, padding=(1, 0)), nn.AvgPool2d(2, count_include_pad=False, padding=1)), (2, 8, 9))
    save("graph-signal", nn.Sequential(nn.Conv1d(2, 4, 5, stride=2), nn.BatchNorm1d(4), nn.ELU(), nn.MaxPool1d(3, 2), nn.AvgPool1d(2), nn.ConvTranspose1d(4, 3, 3, stride=2), nn.Flatten(),
                                       nn.Linear(3 * 5, 2)), (2, 27))
    save("graph-instance", nn.Sequential(nn.Conv2d(2, 3, 2), nn.LayerNorm([3, 3, 4]), nn.GELU(), nn.Flatten(), nn.Linear(36, 2)), (2, 4, 5))
    save("graph-global-max", nn.Sequential(nn.Conv2d(2, 3, 2), nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(3, 2)), (2, 4, 5))


main()
