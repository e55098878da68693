#!/usr/bin/python3
"""Writes layers.json: small networks, and what PyTorch computes of them in float64: outputs, losses, gradients, and parameters after some steps.

Debian: apt-get install python3-torch; then /usr/bin/python3 make_torch.py

A case is written once, as attributes and as PyTorch at the same time: every method of Case adds one attribute and one function. Values are channels last and
parameters lie as the generator has them; what PyTorch wants otherwise is turned around here.
"""
import json
import os

import torch
from torch.nn import functional as F

CASES = []
HERE = os.path.dirname(os.path.abspath(__file__))
STEPS, BATCH = 3, 3
torch.set_default_dtype(torch.float64)

ACTIVATIONS = {"Identity": lambda z: z, "Tanh": torch.tanh, "Relu": torch.relu, "Sigmoid": torch.sigmoid, "Softmax": lambda z: torch.softmax(z, -1)}
LOSSES = {
    "MeanSquaredError": lambda y, t: ((y - t) ** 2).mean(),
    "SquaredError": lambda y, t: ((y - t) ** 2).sum() / (2 * len(y)),
    "CrossEntropy": lambda y, t: -(t * torch.log(y)).sum() / len(y),
}
OPTIMIZERS = {
    "Sgd": (lambda parameters, rate: torch.optim.SGD(parameters, lr=rate), 0.1),
    "Momentum": (lambda parameters, rate: torch.optim.SGD(parameters, lr=rate, momentum=0.9), 0.05),
    "Adam": (lambda parameters, rate: torch.optim.Adam(parameters, lr=rate), 0.01),
}


def rounded(tensor):
    """To numbers that both precisions have, and that are short to write."""
    return torch.round(tensor * 256) / 256


def flat(tensors):
    """Far below what is tested."""
    return [round(value, 12) for tensor in tensors for value in tensor.detach().reshape(-1).tolist()]


def each(value, axes):
    return [value] * axes if isinstance(value, int) else list(value)


def array(value):
    """As C# 7.3 says it."""
    return str(value) if isinstance(value, int) else "new[] { " + ", ".join(map(str, value)) + " }"


def channels_first(x):
    return x.movedim(-1, 1)


def channels_last(x):
    return x.movedim(1, -1)


class Case:
    """A network under construction."""

    def __init__(self, name, shape, loss="MeanSquaredError", optimizer="Sgd", values=None):
        self.name, self.shape, self.loss, self.optimizer = name, list(shape), loss, optimizer
        self.layers, self.functions, self.parameters, self.trained, self.kinds = [], [], [], [], set()
        self.numbers = {}
        self.at, self.source = list(shape), None
        self.shapes = {"x": self.at}
        self.generator = torch.Generator().manual_seed(sum(map(ord, name)))
        self.values = values or (lambda size: torch.rand(size, generator=self.generator) * 2 - 1)
        CASES.append(self)

    def random(self, *size, scale=0.5, shift=0.0):
        return rounded((torch.rand(size, generator=self.generator) * 2 - 1) * scale + shift)

    def parameter(self, tensor, trained=True):
        self.parameters.append(tensor)
        self.trained.append(trained)
        return len(self.parameters) - 1

    def reading(self, name):
        """The next layer reads this value."""
        self.source, self.at = name, self.shapes[name]
        return self

    def add(self, kind, arguments, function, name=None, word=None):
        """function: of what is read, of all values by name, the parameters, and whether it is training."""
        source, self.source = self.source, None
        word = word or kind.lower()
        self.numbers[word] = self.numbers.get(word, 0) + 1
        said = name or f"{word}{self.numbers[word]}"
        words = [*arguments, *([f'Name = "{name}"'] if name else []), *([f'From = "{source}"'] if source else [])]
        self.layers.append(f"[{kind}({', '.join(words)})]" if words else f"[{kind}]")
        self.kinds.add(kind)
        self.functions.append((said, source, function))
        with torch.no_grad():
            read = torch.zeros(2, *self.at)
            values = {known: torch.zeros(2, *shape) for known, shape in self.shapes.items()}
            self.at = list(function(read, values, self.parameters, False).shape[1:])
        self.shapes[said] = self.at
        return self

    # What there is besides layers of windows.

    def dense(self, units, activation="Identity", per_step=False, bias=True):
        size = self.at[-1] if per_step else torch.Size(self.at).numel()
        w = self.parameter(self.random(size, units, scale=(3 / size) ** 0.5))
        b = self.parameter(self.random(units, scale=0.2)) if bias else None

        def function(x, values, p, training):
            z = (x if per_step else x.reshape(len(x), -1)) @ p[w]
            return ACTIVATIONS[activation](z if b is None else z + p[b])

        arguments = [str(units), f"Activation.{activation}"] + ([] if bias else ["UseBias = false"]) + (["PerStep = true"] if per_step else [])
        return (self.needs("Dense.PerStep") if per_step else self).add("Dense", arguments, function)

    def needs(self, argument):
        self.kinds.add(argument)
        return self

    def activation(self, function):
        return self.add("Activation", [f"Activation.{function}"], lambda x, values, p, training: ACTIVATIONS[function](x))

    def join(self, kind, names, function):
        return self.add(kind, [f'"{name}"' for name in names], lambda x, values, p, training: function([values[name] for name in names]))

    def sum(self, *names):
        return self.join("Add", names, sum)

    def product(self, *names):
        return self.join("Multiply", names, lambda values: torch.stack(values).prod(0))

    def concat(self, *names):
        return self.join("Concat", names, lambda values: torch.cat(values, -1))

    def reshape(self, *shape):
        return self.add("Reshape", list(map(str, shape)), lambda x, values, p, training: x.reshape(len(x), *shape))

    def layer_norm(self, axes=1, epsilon=1e-5, scale=True, offset=True):
        shape = self.at[len(self.at) - axes:]
        g = self.parameter(self.random(*shape, scale=0.5, shift=1.0)) if scale else None
        b = self.parameter(self.random(*shape)) if offset else None
        arguments = ([f"Epsilon = {epsilon}"] if epsilon != 1e-5 else []) + ([f"LastAxes = {axes}"] if axes != 1 else [])
        arguments += ([] if scale else ["UseScale = false"]) + ([] if offset else ["UseOffset = false"])
        return self.add("LayerNorm", arguments, lambda x, values, p, training: F.layer_norm(
            x, shape, None if g is None else p[g], None if b is None else p[b], epsilon))

    def prelu(self, shared=False):
        s = self.parameter(self.random(1 if shared else self.at[-1], scale=0.4, shift=0.25))
        return self.add("PRelu", ["Shared = true"] if shared else [], lambda x, values, p, training: channels_last(F.prelu(channels_first(x), p[s])) if x.dim() > 2 else F.prelu(x, p[s]))

    def batch_norm(self, epsilon=1e-5, momentum=0.9, unbiased=True):
        c = self.at[-1]
        g, b = self.parameter(self.random(c, scale=0.5, shift=1.0)), self.parameter(self.random(c))
        m, v = self.parameter(self.random(c, scale=0.2), trained=False), self.parameter(self.random(c, scale=0.3, shift=1.0), trained=False)
        arguments = ([f"Epsilon = {epsilon}"] if epsilon != 1e-5 else []) + ([f"Momentum = {momentum}"] if momentum != 0.9 else [])
        arguments += [] if unbiased else ["UnbiasedVariance = false"]

        def function(x, values, p, training):
            first = channels_first(x) if x.dim() > 2 else x
            count = first.numel() / c
            if not training or unbiased:
                y = F.batch_norm(first, p[m], p[v], p[g], p[b], training, 1 - momentum, epsilon)
            else:
                mean, variance = p[m].clone(), p[v].clone()
                y = F.batch_norm(first, mean, variance, p[g], p[b], True, 1 - momentum, epsilon)
                p[v].copy_(momentum * p[v] + (variance - momentum * p[v]) * (count - 1) / count)
                p[m].copy_(mean)
            return channels_last(y) if x.dim() > 2 else y

        return self.add("BatchNorm", arguments, function)

    # Layers of windows.

    def window(self, kernel, stride, dilation, padding, pads, default_stride):
        """Sizes for each axis, the elements around, and what the attribute says of it."""
        axes = len(self.at) - 1
        kernels, dilations = each(kernel, axes), each(dilation, axes)
        strides = each(default_stride if stride is None else stride, axes)
        around = [(0, 0)] * axes
        if padding == "Same":
            around = []
            for n, k, s, d in zip(self.at, kernels, strides, dilations):
                total = max((-(-n // s) - 1) * s + (k - 1) * d + 1 - n, 0)
                around.append((total // 2, total - total // 2))
        elif padding == "Causal":
            around = [((kernels[0] - 1) * dilations[0], 0)]
        elif pads is not None:
            around = [(pads[i], pads[i + axes]) for i in range(axes)]
        arguments = [] if stride is None else [f"Stride = {stride}" if isinstance(stride, int) else f"Strides = {array(stride)}"]
        arguments += [] if dilation == 1 else [f"Dilation = {dilation}" if isinstance(dilation, int) else f"Dilations = {array(dilation)}"]
        arguments += [f"Padding = Padding.{padding}"] if padding else [f"Pads = {array([end for axis in range(axes) for end in (pads[axis], pads[axis + axes])])}"] if pads is not None else []
        return axes, kernels, strides, dilations, around, arguments

    def max_pool(self, size, stride=None, padding=None, pads=None, ceil=False):
        axes, kernels, strides, _, around, arguments = self.window(size, stride, 1, padding, pads, size)
        pool = F.max_pool1d if axes == 1 else F.max_pool2d

        def function(x, values, p, training):
            first = channels_first(x)
            if all(before == after for before, after in around):
                return channels_last(pool(first, kernels, strides, [before for before, _ in around], 1, ceil))
            assert not ceil
            return channels_last(pool(F.pad(first, [n for pair in around[::-1] for n in pair], value=-torch.inf), kernels, strides))

        return self.add(f"MaxPool{axes}D", [array(size), *arguments, *(["CeilMode = true"] if ceil else [])], function, word="maxpool")

    def average_pool(self, size, stride=None, padding=None, pads=None, ceil=False, count_padding=False):
        axes, kernels, strides, _, around, arguments = self.window(size, stride, 1, padding, pads, size)
        pool = F.avg_pool1d if axes == 1 else F.avg_pool2d

        def function(x, values, p, training):
            first = channels_first(x)
            if all(before == after for before, after in around):
                return channels_last(pool(first, kernels, strides, [before for before, _ in around], ceil, count_padding))
            assert not ceil
            padded = [n for pair in around[::-1] for n in pair]
            sums = pool(F.pad(first, padded), kernels, strides)
            return channels_last(sums if count_padding else sums / pool(F.pad(torch.ones_like(first), padded), kernels, strides))

        arguments += (["CeilMode = true"] if ceil else []) + (["CountPadding = true"] if count_padding else [])
        return self.add(f"AveragePool{axes}D", [array(size), *arguments], function, word="averagepool")

    def global_pool(self, largest=False):
        def function(x, values, p, training):
            positions = x.reshape(len(x), -1, x.shape[-1])
            return F.max_pool1d(channels_first(positions), positions.shape[1])[..., 0] if largest else positions.mean(1)

        return self.add("GlobalMaxPool" if largest else "GlobalAveragePool", [], function, word="globalpool")

    def conv(self, filters, kernel, activation="Identity", stride=None, dilation=1, padding=None, pads=None, groups=1, bias=True):
        axes, kernels, strides, dilations, around, arguments = self.window(kernel, stride, dilation, padding, pads, 1)
        fan = torch.Size(kernels).numel() * self.at[-1] // groups
        w = self.parameter(self.random(*kernels, self.at[-1] // groups, filters, scale=(3 / fan) ** 0.5))
        b = self.parameter(self.random(filters, scale=0.2)) if bias else None
        apply = F.conv1d if axes == 1 else F.conv2d

        def function(x, values, p, training):
            first = F.pad(channels_first(x), [n for pair in around[::-1] for n in pair])
            weight = p[w].movedim((-1, -2), (0, 1))
            return ACTIVATIONS[activation](channels_last(apply(first, weight, None if b is None else p[b], strides, 0, dilations, groups)))

        arguments = [str(filters), array(kernel), f"Activation.{activation}", *arguments, *([f"Groups = {groups}"] if groups > 1 else []), *([] if bias else ["UseBias = false"])]
        return self.add(f"Conv{axes}D", arguments, function, word="conv")

    def depthwise(self, kernel, activation="Identity", multiplier=1, stride=None, dilation=1, padding=None, pads=None, bias=True):
        axes, kernels, strides, dilations, around, arguments = self.window(kernel, stride, dilation, padding, pads, 1)
        c = self.at[-1]
        w = self.parameter(self.random(*kernels, c, multiplier, scale=(3 / torch.Size(kernels).numel()) ** 0.5))
        b = self.parameter(self.random(c * multiplier, scale=0.2)) if bias else None
        apply = F.conv1d if axes == 1 else F.conv2d

        def function(x, values, p, training):
            first = F.pad(channels_first(x), [n for pair in around[::-1] for n in pair])
            weight = p[w].reshape(*kernels, c * multiplier, 1).movedim((-2, -1), (0, 1))
            return ACTIVATIONS[activation](channels_last(apply(first, weight, None if b is None else p[b], strides, 0, dilations, c)))

        arguments = [array(kernel), f"Activation.{activation}", *([f"Multiplier = {multiplier}"] if multiplier > 1 else []), *arguments, *([] if bias else ["UseBias = false"])]
        return self.add(f"DepthwiseConv{axes}D", arguments, function, word="depthwise")

    def transposed(self, filters, kernel, activation="Identity", stride=1, dilation=1, padding=None, pads=None, output_padding=0, bias=True):
        axes = len(self.at) - 1
        kernels, strides, dilations = each(kernel, axes), each(stride, axes), each(dilation, axes)
        w = self.parameter(self.random(*kernels, filters, self.at[-1], scale=(3 / (torch.Size(kernels).numel() * self.at[-1])) ** 0.5))
        b = self.parameter(self.random(filters, scale=0.2)) if bias else None
        apply = F.conv_transpose1d if axes == 1 else F.conv_transpose2d
        sizes = self.at[:axes]

        def function(x, values, p, training):
            weight = p[w].movedim((-1, -2), (0, 1))
            full = apply(channels_first(x), weight, None, strides, 0, 0, 1, dilations)
            for axis, (n, k, s, d) in enumerate(zip(sizes, kernels, strides, dilations)):
                span = (k - 1) * d + 1
                if padding == "Same":
                    before, length = max(span - s, 0) // 2, n * s
                elif pads is not None:
                    before = pads[axis]
                    length = (n - 1) * s - before - pads[axis + axes] + span + output_padding
                else:
                    before, length = 0, (n - 1) * s + span + output_padding if output_padding else n * s + max(span - s, 0)
                missing = max(before + length - full.shape[2 + axis], 0)
                full = F.pad(full, [0, 0] * (axes - 1 - axis) + [0, missing]).narrow(2 + axis, before, length)
            y = channels_last(full)
            return ACTIVATIONS[activation](y if b is None else y + p[b])

        arguments = [str(filters), array(kernel), f"Activation.{activation}"]
        arguments += [] if stride == 1 else [f"Stride = {stride}" if isinstance(stride, int) else f"Strides = {array(stride)}"]
        arguments += [] if dilation == 1 else [f"Dilation = {dilation}"]
        arguments += [f"Padding = Padding.{padding}"] if padding else [f"Pads = {array([end for axis in range(axes) for end in (pads[axis], pads[axis + axes])])}"] if pads is not None else []
        arguments += ([f"OutputPadding = {output_padding}"] if output_padding else []) + ([] if bias else ["UseBias = false"])
        return self.add(f"Conv{axes}DTranspose", arguments, function, word="transposed")

    # What becomes of it.

    def run(self, inputs, parameters, training):
        values, x = {"x": inputs}, inputs
        for name, source, function in self.functions:
            x = function(values[source] if source else x, values, parameters, training)
            values[name] = x
        return x

    def record(self):
        inputs = rounded(self.values((BATCH, *self.shape)))
        outputs = torch.Size(self.at).numel()
        if self.loss == "CrossEntropy":
            # A class for each position, and the mean over all of them.
            classes = self.at[-1]
            targets = F.one_hot(torch.randint(classes, (BATCH * (outputs // classes),), generator=self.generator), classes).double()
        else:
            targets = self.random(BATCH, outputs, scale=1)
        loss = lambda y: LOSSES[self.loss](y.reshape(len(targets), -1), targets)
        parameters = [tensor.clone().requires_grad_(trained) for tensor, trained in zip(self.parameters, self.trained)]
        learned = [tensor for tensor, trained in zip(parameters, self.trained) if trained]
        x = inputs.clone().requires_grad_()
        evaluated = self.run(inputs, self.parameters, False)
        make, rate = OPTIMIZERS[self.optimizer]
        optimizer = make(learned, rate)
        for step in range(STEPS):
            optimizer.zero_grad()
            value = loss(self.run(x if step == 0 else inputs, parameters, True))
            value.backward()
            if step == 0:
                first = value.item()
                gradients = flat([torch.zeros_like(tensor) if tensor.grad is None else tensor.grad for tensor in parameters])
            optimizer.step()
        return {
            "name": self.name, "shape": self.shape, "layers": self.layers, "needs": sorted(self.kinds), "loss": self.loss, "optimizer": self.optimizer,
            "learningRate": rate, "steps": STEPS, "parameters": flat(self.parameters), "inputs": flat([inputs]), "targets": flat([targets]),
            "outputs": flat([evaluated]), "evaluationLoss": loss(evaluated).item(), "trainingLoss": first, "gradients": gradients, "inputGradients": flat([x.grad]),
            "trained": flat(parameters),
        }





def grid(numbers):
    """Few different values, so that windows have ties."""
    return lambda size: torch.randint(numbers, size, generator=torch.Generator().manual_seed(7)).double() / 2


# Pools.
Case("max of 2x2", (8, 8, 3)).max_pool(2).dense(4)
Case("max over odd sizes, Same", (7, 9, 3)).max_pool(3, stride=2, padding="Same").dense(5, "Tanh").dense(2)
Case("max that overlaps, ties", (7, 7, 2), values=grid(3)).max_pool(3, stride=1).dense(3)
Case("max of even windows, Same, ties", (6, 5, 1), values=grid(2)).max_pool(2, stride=1, padding="Same").dense(3)
Case("max with a ceiling", (7, 9, 4)).max_pool([2, 4], stride=[2, 3], pads=[1, 1, 1, 1], ceil=True).dense(3)
Case("pairs with a ceiling", (7, 5, 9)).max_pool(2, ceil=True).dense(3)
Case("pairs of a signal with a ceiling", (9, 4)).max_pool(2, ceil=True).dense(3)
Case("pairs with a ceiling after an activation", (5, 7, 3)).conv(4, 3, "Tanh").max_pool(2, ceil=True).dense(3)
Case("max with strides beyond the window", (5, 6, 17)).max_pool([1, 2], stride=[3, 3]).dense(3)
Case("max with pads", (5, 6, 9)).max_pool([3, 2], stride=[2, 1], pads=[1, 0, 2, 1]).dense(2)
Case("max of a signal", (3, 2)).dense(40, "Tanh").reshape(5, 8).max_pool(3, stride=2, padding="Same").dense(2)
Case("max of a causal signal", (7, 3)).max_pool(3, stride=1, padding="Causal").dense(2)
Case("max of one element", (1, 1, 3)).max_pool(3, padding="Same").dense(2)
Case("average of 2x2", (8, 8, 3), optimizer="Adam").average_pool(2).dense(4)
Case("average over odd sizes, Same", (7, 9, 5)).average_pool(3, stride=2, padding="Same").dense(3)
Case("average with counted padding", (7, 5, 2)).average_pool(3, stride=2, pads=[1, 1, 1, 1], count_padding=True).dense(3)
Case("average with a ceiling", (8, 6, 3)).average_pool(3, stride=2, ceil=True).dense(3)
Case("average with a ceiling and counted padding", (6, 8, 3)).average_pool([3, 3], stride=[2, 2], pads=[1, 1, 1, 1], ceil=True, count_padding=True).dense(3)
Case("average of a signal, Same, counted", (9, 20)).average_pool(4, stride=3, padding="Same", count_padding=True).dense(3)
Case("average of a signal with a ceiling", (8, 3)).average_pool(3, stride=3, ceil=True).dense(2)
Case("global average", (3, 7, 9)).global_pool().dense(3)
Case("global maximum, ties", (3, 5, 7), values=grid(2)).global_pool(largest=True).dense(3, "Tanh").dense(2)
Case("pools after pools", (16, 16, 2), loss="CrossEntropy", optimizer="Momentum").max_pool(2).average_pool(2).max_pool(2, stride=1).global_pool().dense(3, "Softmax")
Case("an average at the end", (6, 3)).dense(12, "Tanh").reshape(4, 3).average_pool(2)
Case("a maximum at the end", (6, 3)).dense(12, "Tanh").reshape(2, 2, 3).global_pool(largest=True)

# Values with several readers.
Case("a value twice in a sum", (4, 6)).dense(5, "Tanh").sum("dense1", "dense1").dense(2)
Case("a value twice in a product", (7,)).dense(9, "Tanh").product("dense1", "dense1").dense(2)
Case("a value twice side by side", (3,)).dense(7, "Tanh").concat("dense1", "dense1").dense(2)
Case("three parts side by side", (6,)).dense(13, "Relu").reading("x").dense(5, "Tanh").reading("x").dense(20).concat("dense1", "dense2", "dense3").dense(3)
Case("parts of parts", (9,), optimizer="Adam").dense(4).reading("x").dense(3, "Relu").concat("dense1", "dense2").reading("x").dense(33, "Relu").concat("concat1", "dense3").dense(2)
Case("two pools of one value", (6, 6, 3)).max_pool(2).reading("x").average_pool(2).concat("maxpool1", "averagepool1").dense(3)
(Case("two branches", (8, 3)).max_pool(2).reading("x").global_pool().reading("maxpool1").dense(12, "Tanh").reading("globalpool1").dense(3)
 .concat("dense1", "dense2").sum("concat1", "concat1").dense(2))

# Normalization and slopes.
Case("normalized rows", (13,)).layer_norm().dense(9, "Tanh").layer_norm().dense(2)
Case("normalized rows of channels", (3, 5, 7), optimizer="Adam").layer_norm().dense(8, "Tanh").dense(2)
Case("normalized over two axes", (3, 5, 7)).layer_norm(axes=2, epsilon=1e-3).dense(4)
Case("normalized over all axes", (1, 2, 33)).layer_norm(axes=3).dense(4)
Case("normalized without a scale", (4, 9)).layer_norm(scale=False).dense(4)
Case("normalized without an offset", (4, 16)).layer_norm(offset=False).dense(4)
Case("normalized alone at the end", (6,)).dense(12, "Tanh").layer_norm(scale=False, offset=False)
Case("normalized at the end", (6,)).dense(13).layer_norm()
Case("slopes of channels", (3, 3, 7)).prelu().dense(9).prelu().dense(2)
Case("one slope for all", (5, 17)).prelu(shared=True).dense(9).prelu(shared=True).dense(2)
Case("a slope at the end", (6,), optimizer="Momentum").dense(13).prelu()

# Dense by steps.
Case("steps", (5, 7)).dense(4, "Tanh", per_step=True).dense(3)
Case("steps of whole vectors", (3, 16), optimizer="Adam").dense(32, "Relu", per_step=True).dense(8, per_step=True)
Case("steps at the end", (4, 3)).dense(2, per_step=True, bias=False)
Case("steps of a picture", (3, 5, 9)).dense(17, "Tanh", per_step=True).max_pool(3, stride=2, padding="Same").dense(1, "Sigmoid", per_step=True)

# Convolutions.
Case("conv 3x3", (7, 9, 3)).conv(5, 3, "Tanh").dense(2)
Case("conv 3x3, Same, stride 2", (7, 8, 3), optimizer="Adam").conv(8, 3, "Relu", stride=2, padding="Same").dense(2)
Case("conv of even windows, Same", (6, 5, 2)).conv(4, [2, 4], "Tanh", padding="Same").dense(2)
Case("conv with dilation", (9, 9, 3)).conv(4, 3, "Tanh", dilation=2).dense(2)
Case("conv with dilation and stride", (9, 11, 2)).conv(4, [3, 2], "Tanh", stride=[2, 3], dilation=[2, 3], padding="Same").dense(2)
Case("conv with pads", (5, 6, 3)).conv(7, 3, "Tanh", stride=2, pads=[1, 0, 2, 1]).dense(2)
Case("conv in groups", (5, 5, 6)).conv(9, 3, "Tanh", groups=3, padding="Same").dense(2)
Case("conv 1x1", (4, 5, 17)).conv(16, 1, "Tanh").conv(3, 1, bias=False).global_pool()
Case("conv after conv", (7, 9, 1), loss="CrossEntropy").conv(9, 3, "Relu").max_pool(2).conv(17, 2, "Relu", padding="Same").global_pool().dense(3, "Softmax")
Case("a class for each pixel", (5, 6, 2), loss="CrossEntropy").conv(7, 3, "Tanh", padding="Same").conv(5, 1, "Softmax")
Case("a class for each step of a signal", (9, 3), loss="CrossEntropy", optimizer="Adam").conv(6, 3, "Relu", padding="Causal").dense(17, "Softmax", per_step=True)
Case("conv of a signal", (16, 3)).conv(8, 5, "Tanh", stride=2, padding="Same").conv(4, 3, "Relu").dense(2)
Case("conv of a causal signal", (9, 4)).conv(5, 3, "Tanh", dilation=2, padding="Causal").conv(3, 2, padding="Causal").dense(2)
Case("conv of a signal with pads and groups", (7, 4)).conv(6, 3, "Tanh", pads=[2, 1], groups=2).dense(2)
Case("conv that adds to its input", (5, 5, 4)).conv(4, 3, "Tanh", padding="Same").sum("x", "conv1").dense(2)
Case("conv larger than its input, Same", (2, 3, 3)).conv(4, 5, "Tanh", padding="Same").dense(2)
Case("depthwise 3x3", (7, 6, 5)).depthwise(3, "Tanh").dense(2)
Case("depthwise 3x3, stride 2", (9, 10, 17)).depthwise(3, "Tanh", stride=2).dense(2)
Case("depthwise 3x3, stride 2, Same", (8, 11, 5)).depthwise(3, "Tanh", stride=2, padding="Same").dense(2)
Case("depthwise with a multiplier, Same, stride 2", (7, 6, 3)).depthwise(3, "Tanh", multiplier=3, stride=2, padding="Same").conv(8, 1, "Relu").dense(2)
Case("depthwise of a signal with dilation", (12, 17)).depthwise(3, "Tanh", dilation=2, padding="Causal").dense(2)
Case("depthwise with pads", (3, 4, 16)).depthwise([2, 3], "Tanh", stride=[1, 2], pads=[0, 1, 1, 2]).dense(2)
Case("transposed, stride 2", (3, 4, 3)).transposed(4, 3, "Tanh", stride=2).dense(2)
Case("transposed, Same", (3, 4, 3)).transposed(5, 4, "Tanh", stride=2, padding="Same").dense(2)
Case("transposed, Same, odd", (3, 4, 2)).transposed(3, 3, "Tanh", stride=2, padding="Same").dense(2)
Case("transposed with gaps", (4, 3, 2)).transposed(3, 2, "Tanh", stride=3).dense(2)
Case("transposed with pads", (5, 4, 2)).transposed(3, 3, "Tanh", stride=2, pads=[1, 0, 1, 1], output_padding=1).dense(2)
Case("transposed signal with dilation", (6, 3)).transposed(4, 3, "Tanh", stride=2, dilation=2).dense(2)
Case("transposed signal, Same", (5, 16)).transposed(8, 5, "Tanh", stride=2, padding="Same").transposed(1, 3, padding="Same")

# Normalization by the batch.
Case("batch norm of features", (7,)).dense(9).batch_norm().activation("Tanh").dense(2)
Case("batch norm of channels", (3, 4, 5), optimizer="Adam").batch_norm().dense(4, "Tanh").dense(2)
Case("batch norm after conv", (6, 6, 3)).conv(8, 3, padding="Same", bias=False).batch_norm(epsilon=1e-3, momentum=0.99).activation("Relu").global_pool().dense(2)
Case("batch norm with a biased variance", (5, 4)).batch_norm(unbiased=False).dense(3)
Case("batch norm twice", (8, 3)).conv(5, 3, "Identity", padding="Same").batch_norm().activation("Relu").conv(5, 3, padding="Same").batch_norm().sum("activation1", "batchnorm2").dense(2)

if __name__ == "__main__":
    assert len({case.name for case in CASES}) == len(CASES)
    records = [case.record() for case in CASES]
    with open(os.path.join(HERE, "layers.json"), "w", newline="\n") as file:
        file.write("[\n" + ",\n".join(json.dumps(record) for record in records) + "\n]\n")
    print(f"{len(records)} networks with PyTorch {torch.__version__}")
