#!/usr/bin/python3
"""Networks for images, signals and graphs, exported by PyTorch, with what it computes from them in float64.

Debian: apt-get install python3-torch python3-onnx; then /usr/bin/python3 make_torch.py
"""
import copy
import os
import sys
import warnings

import torch
from torch import nn
import torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from expected import write_expected  # noqa: E402

warnings.filterwarnings("ignore")
EPSILON = 2.0 ** -17  # The same in 32 bits and in 64.


def spread(model):
    """Statistics and scales as of a trained network, and not the first ones."""
    torch.manual_seed(11)
    for module in model.modules():
        for name, value in [*module.named_parameters(recurse=False), *module.named_buffers(recurse=False)]:
            if value.dtype == torch.float32 and isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d, nn.LayerNorm, nn.InstanceNorm2d, nn.PReLU)):
                drawn = torch.randn(value.shape)
                value.data = drawn ** 2 + 0.5 if name == "running_var" else drawn * 0.5 + (1 if name == "weight" else 0)
    return model.eval()


def save(name, model, *shapes, opset=13, outputs=("y",), samples=3):
    model = spread(model)
    inputs = [[torch.round(torch.randn(1, *shape) * 128) / 64 for shape in shapes] for _ in range(samples)]
    names = [f"x{i}" for i in range(len(shapes))]
    torch.onnx.export(
        model, tuple(inputs[0]), os.path.join(HERE, name + ".onnx"), input_names=names, output_names=list(outputs), opset_version=opset,
        training=torch.onnx.TrainingMode.PRESERVE, dynamic_axes={title: {0: "batch"} for title in [*names, *outputs]})
    exact = copy.deepcopy(model).double()
    with torch.no_grad():
        made = [exact(*[value.double() for value in row]) for row in inputs]
    write_expected(HERE, name, [[value.double().numpy() for value in row] for row in inputs],
                   [[value.numpy() for value in (row if isinstance(row, tuple) else (row,))] for row in made])


class Image(nn.Module):
    """Strides, groups, dilation, depthwise, a residual sum, normalisation before and behind, both pools with their edges."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 8, 3, stride=2, padding=1)
        self.norm = nn.BatchNorm2d(8, eps=EPSILON)
        self.depthwise = nn.Conv2d(8, 8, (3, 5), padding=(1, 2), groups=8, bias=False)
        self.slope = nn.PReLU(8)
        self.grouped = nn.Conv2d(8, 12, 3, dilation=2, padding=2, groups=4)
        self.last = nn.Linear(12 * 2 * 1, 5)

    def forward(self, x):
        x = F.relu6(self.norm(self.first(x)))
        x = x + self.slope(self.depthwise(x))
        x = F.max_pool2d(x, 3, stride=2, ceil_mode=True)
        x = F.leaky_relu(self.grouped(x), 0.125)
        x = F.avg_pool2d(x, (2, 3), stride=(2, 2), padding=(1, 1), count_include_pad=True)
        return torch.log_softmax(self.last(torch.flatten(x, 1)), 1)


class Signal(nn.Module):
    """Causal by a padding of its own, LayerNorm per step, a product, a mean over time."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv1d(2, 6, 3, dilation=2)
        self.norm = nn.LayerNorm(6, eps=EPSILON)
        self.gate = nn.Conv1d(6, 6, 1)
        self.back = nn.ConvTranspose1d(6, 4, 4, stride=3, padding=1, output_padding=2)

    def forward(self, x):
        x = torch.tanh(self.first(F.pad(x, (4, 0))))
        x = self.norm(x.transpose(1, 2)).transpose(1, 2)
        a, b = torch.chunk(x, 2, dim=1)
        x = torch.cat([a * torch.sigmoid(b), torch.clamp(a - b, -0.5, 0.75)], 1) * self.gate(x)
        return self.back(x).mean(2)


class Graph(nn.Module):
    """An image and a vector come in, actions and a value go out."""

    def __init__(self):
        super().__init__()
        self.see = nn.Conv2d(1, 4, 3, stride=2)
        self.feel = nn.Linear(3, 5)
        self.both = nn.Linear(4 + 5, 6)
        self.act = nn.Linear(6, 2)
        self.judge = nn.Linear(6, 1)

    def forward(self, image, vector):
        seen = F.adaptive_avg_pool2d(F.elu(self.see(image)), 1).flatten(1)
        x = torch.relu(self.both(torch.cat([seen, torch.tanh(self.feel(vector))], 1)))
        return torch.tanh(self.act(x)), self.judge(x), torch.softmax(x[:, 1:5:2], 1)


class UNet(nn.Module):
    """Down and up again, with the way across."""

    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(2, 4, 3, padding=1)
        self.deep = nn.Conv2d(4, 6, 3, padding=1)
        self.up = nn.ConvTranspose2d(6, 4, (2, 3), stride=2, padding=(0, 1), output_padding=(0, 1), groups=2)
        self.norm = nn.InstanceNorm2d(8, eps=EPSILON, affine=True)
        self.out = nn.Conv2d(8, 1, 1)

    def forward(self, x):
        across = F.silu(self.down(x))
        up = self.up(F.gelu(self.deep(F.max_pool2d(across, 2))))
        return torch.sigmoid(self.out(self.norm(torch.cat([across, up], 1))))


class Shapes(nn.Module):
    """Shapes that are computed: the export writes Shape, Gather, Unsqueeze, Concat, ConstantOfShape and Expand."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 3, 2)

    def forward(self, x):
        y = self.conv(x)
        n, c, h, w = y.shape
        y = y.permute(0, 2, 3, 1).reshape(n, h * w, c)
        start = torch.zeros(n, 1, c, dtype=y.dtype)
        y = torch.cat([start.expand(n, 2, c), y], 1)
        return y[:, -1] + y.amax(1) - y[:, ::2].sum(1)


save("image", Image(), (3, 11, 9))
save("signal", Signal(), (2, 8))
save("graph", Graph(), (1, 7, 8), (3,), outputs=("act", "judge", "share"))
save("unet", UNet(), (2, 6, 4))
save("shapes", Shapes(), (2, 4, 5))
