"""A network of windows, written once as attributes and as PyTorch, and what PyTorch computes of it: see make_sequences.py."""
import numpy
import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import make_torch
from keras_definitions import keras_gru, keras_lstm, keras_rnn
from make_torch import BATCH, STEPS, Case, flat

STREAMS, WINDOWS = 3, 4

# Gradients of one kind that are written, at the most.
MOST = 150

# By one row of targets for each position, wherever these lie. Lengths leave only the positions inside.
LOSSES = {
    "MeanSquaredError": lambda y, t, rows: ((y - t) ** 2).mean(),
    "SquaredError": lambda y, t, rows: ((y - t) ** 2).sum() / (2 * rows),
    "CrossEntropy": lambda y, t, rows: -(t * torch.log(y)).sum(-1).mean(),
    "BinaryCrossEntropy": lambda y, t, rows: F.binary_cross_entropy(y, t),
}
OPTIMIZERS = {
    **make_torch.OPTIMIZERS,
    "Nesterov": (lambda groups, rate: torch.optim.SGD(groups, lr=rate, momentum=0.9, nesterov=True), 0.05),
    "RmsProp": (lambda groups, rate: torch.optim.RMSprop(groups, lr=rate), 0.002),
    "AdamW": (lambda groups, rate: torch.optim.AdamW([{**groups[0], "weight_decay": 0.01}, {**groups[1], "weight_decay": 0}], lr=rate), 0.01),
}


class Sequence(Case):
    """A network of windows. Inputs are shapes by name where there are several."""

    def __init__(self, name, shape, loss="MeanSquaredError", optimizer="Sgd"):
        self.decays, self.ids, self.heads = [], {}, []
        self.memory, self.left, self.memory_shapes, self.lengths = None, {}, {}, None
        self.margin, self.bound = numpy.inf, []
        self.inputs = {key: list(value) for key, value in shape.items()} if isinstance(shape, dict) else {"x": list(shape)}
        super().__init__(name, [] if isinstance(shape, dict) else shape, loss, optimizer)
        self.shapes = dict(self.inputs)
        self.at = list(self.inputs.values())[-1]
        if isinstance(shape, dict):
            self.layers += [f'[Input("{key}", {", ".join(map(str, value))})]' for key, value in shape.items()]

    def parameter(self, tensor, trained=True, decays=None):
        self.decays.append(tensor.dim() > 1 if decays is None else decays)
        return super().parameter(tensor, trained)

    def head(self, name, loss, weight=1):
        """One of several outputs."""
        self.heads.append((name, loss, weight))
        self.layers.append(f'[Output("{name}", Loss.{loss}' + (")]" if weight == 1 else f", Weight = {weight})]"))
        return self

    # Layers.

    def embedding(self, vocabulary, dimensions):
        w = self.parameter(self.random(vocabulary, dimensions))
        self.ids[self.source or "x"] = vocabulary

        def function(x, values, p, training):
            y = F.embedding(x.detach().long(), p[w])
            assert numpy.array_equal(y.detach().numpy(), p[w].detach().numpy()[x.detach().numpy().astype(int)])
            return y

        return self.add("Embedding", [str(vocabulary), str(dimensions)], function)

    def rnn(self, units, activation="Tanh", every=False, bias=True):
        w, u, b = self.blocks(units, 1, [units], bias)

        def run(x, h, p):
            return self.through(nn.RNN, x, h, p[w], p[u], None if b is None else torch.stack([p[b], torch.zeros_like(p[b])]), nonlinearity=activation.lower())

        arguments = [f"Activation.{activation}"] if activation != "Tanh" else []
        return self.recurrent("SimpleRnn", "rnn", units, units, arguments, every, bias, False, run, lambda *of: keras_rnn(*of, activation), (w, u, b))

    def gru(self, units, every=False, reset_after=True, bias=True, frozen=False):
        w, u, b = self.blocks(units, 3, [2, 3 * units] if reset_after else [3 * units], bias, frozen)
        own = lambda tensor: torch.cat([tensor[..., units:2 * units], tensor[..., :units], tensor[..., 2 * units:]], -1)

        def run(x, h, p):
            if reset_after:
                return self.through(nn.GRU, x, h, own(p[w]), own(p[u]), None if b is None else own(p[b]))
            return self.step_by_step(x, h, lambda x, h: reset_before(x, h, p[w], p[u], None if b is None else p[b]))

        arguments = [] if reset_after else ["ResetAfter = false"]
        return self.recurrent("Gru", "gru", units, units, arguments, every, bias, frozen, run, lambda *of: keras_gru(*of, reset_after), (w, u, b))

    def lstm(self, units, every=False, bias=True, forget_bias=None, clip=0):
        w, u, b = self.blocks(units, 4, [4 * units], bias)
        if forget_bias is not None:
            self.parameters[b][units:2 * units] += forget_bias

        def run(x, start, p):
            if not clip:
                return self.through(nn.LSTM, x, start, p[w], p[u], None if b is None else torch.stack([p[b], torch.zeros_like(p[b])]))
            return self.step_by_step(x, start, lambda x, start: self.clipped(x, start, p[w], p[u], p[b], clip))

        arguments = ([f"CellClip = {clip}"] if clip else []) + ([] if forget_bias is None else [f"ForgetBias = {forget_bias}"])
        return self.recurrent("Lstm", "lstm", units, 2 * units, arguments, every, bias, False, run, lambda *of: keras_lstm(*of, clip), (w, u, b))

    def causal(self, filters, kernel, dilation=1, activation="Tanh"):
        """A convolution that remembers the frames before a window."""
        before, read = (kernel - 1) * dilation, self.at[-1]
        self.conv(filters, kernel, activation, dilation=dilation, padding="Causal")
        name, source, function = self.functions.pop()
        self.memory_shapes[name] = [before, read]

        def remembering(x, values, p, training):
            known = torch.cat([self.start(name, x, before * read).reshape(len(x), before, read), x], 1)
            self.left[name] = known[:, len(known[0]) - before:].reshape(len(x), -1)
            return function(known, values, p, training)[:, before:]

        self.functions.append((name, source, remembering))
        return self

    # How what is recurrent runs.

    def blocks(self, units, gates, bias_shape, bias, frozen=False):
        # Many parameters are short to write.
        read, part = self.at[-1], 8 if units >= 16 else 1
        coarse = lambda *size, scale: part * self.random(*size, scale=scale / part)
        w = self.parameter(coarse(read, gates * units, scale=(3 / (read + 1)) ** 0.5), not frozen)
        u = self.parameter(coarse(units, gates * units, scale=(2 / units) ** 0.5), not frozen)
        return w, u, self.parameter(self.random(*bias_shape, scale=0.3), not frozen, decays=False) if bias else None

    def recurrent(self, kind, word, units, size, arguments, every, bias, frozen, run, definition, blocks):
        name = f"{word}{self.numbers.get(word, 0) + 1}"
        self.memory_shapes[name] = [size]

        def function(x, values, p, training):
            start = self.start(name, x, size)
            states, self.left[name] = run(x, start, p)
            of = [None if tensor is None else tensor.detach().numpy() for tensor in (x, start, *[None if block is None else p[block] for block in blocks])]
            expected, margin = definition(*of)
            self.margin = min(self.margin, margin)
            for row, length in enumerate([x.shape[1]] * len(x) if self.lengths is None else self.lengths):
                assert abs(expected[row, :length] - states[row, :length].detach().numpy()).max() < 1e-12, self.name
                assert abs(expected[row, length - 1] - self.left[name][row, :units].detach().numpy()).max() < 1e-12, self.name
            return states if every else self.left[name][:, :units]

        arguments = [str(units), *arguments, *(["ReturnSequences = true"] if every else []), *([] if bias else ["UseBias = false"]), *(["Frozen = true"] if frozen else [])]
        for argument in arguments:
            if " = " in argument:
                self.needs(f"{kind}.{argument.split()[0]}")
        return self.add(kind, arguments, function, word=word)

    def start(self, name, x, size):
        return torch.zeros(len(x), size) if self.memory is None else self.memory[name]

    def through(self, kind, x, start, w, u, b, **options):
        """By PyTorch's own module, whose parameters are made of ours so that gradients reach them."""
        units = u.shape[0]
        module = kind(w.shape[0], units, bias=b is not None, batch_first=True, **options)
        tensors = {"weight_ih_l0": w.T, "weight_hh_l0": u.T, **({} if b is None else {"bias_ih_l0": b[0], "bias_hh_l0": b[1]})}
        for key, value in tensors.items():
            delattr(module, key)
            setattr(module, key, value.contiguous())
        first = tuple(part[None].contiguous() for part in start.split(units, 1))
        read = x if self.lengths is None else pack_padded_sequence(x, self.lengths, batch_first=True, enforce_sorted=False)
        states, last = module(read, first if kind is nn.LSTM else first[0])
        if self.lengths is not None:
            states, _ = pad_packed_sequence(states, batch_first=True, total_length=x.shape[1])
        return states, torch.cat(last if kind is nn.LSTM else (last,), -1)[0]

    def step_by_step(self, x, state, step):
        states = []
        for t in range(x.shape[1]):
            h, following = step(x[:, t], state)
            if self.lengths is not None:
                following = torch.where((torch.tensor(self.lengths) > t)[:, None], following, state)
            state = following
            states.append(state[:, :h.shape[1]])
        return torch.stack(states, 1), state

    def clipped(self, x, start, w, u, b, clip):
        h, c = start.chunk(2, 1)
        i, f, g, o = (x @ w + h @ u + b).chunk(4, 1)
        whole = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        self.bound += (whole.detach().abs() > clip).reshape(-1).tolist()
        c = F.hardtanh(whole, -clip, clip)
        h = torch.sigmoid(o) * torch.tanh(c)
        return h, torch.cat([h, c], 1)

    # What becomes of it.

    def outputs(self):
        return self.heads or [(self.functions[-1][0], self.loss, 1)]

    def draw(self, rows):
        """Rows of inputs, side by side, and of targets."""
        parts, targets = [], []
        for name, shape in self.inputs.items():
            size = (rows, torch.Size(shape).numel())
            parts.append(torch.randint(self.ids[name], size, generator=self.generator).double() if name in self.ids else self.random(*size, scale=1))
        for name, loss, _ in self.outputs():
            shape = self.shapes[name]
            if loss == "CrossEntropy":
                targets.append(F.one_hot(torch.randint(shape[-1], (rows, *shape[:-1]), generator=self.generator), shape[-1]).double())
            elif loss == "BinaryCrossEntropy":
                targets.append(torch.randint(2, (rows, *shape), generator=self.generator).double())
            else:
                targets.append(self.random(rows, *shape, scale=1))
        return torch.cat(parts, 1), targets

    def run(self, rows, parameters, training):
        sizes = [torch.Size(shape).numel() for shape in self.inputs.values()]
        values = {name: part.reshape(len(rows), *shape) for (name, shape), part in zip(self.inputs.items(), rows.split(sizes, 1))}
        x = values.get("x")
        for name, source, function in self.functions:
            x = function(values[source] if source else x, values, parameters, training)
            values[name] = x
        return [values[name] for name, _, _ in self.outputs()]

    def inside(self, y):
        """Rows of the positions that count."""
        if self.lengths is None or y.dim() < 3:
            return y.reshape(-1, y.shape[-1])
        return torch.cat([row[:length] for row, length in zip(y, self.lengths)])

    def value(self, outputs, targets):
        return sum(weight * LOSSES[loss](self.inside(y), self.inside(t), len(y)) for (_, loss, weight), y, t in zip(self.outputs(), outputs, targets))

    def learning(self):
        parameters = [tensor.clone().requires_grad_(trained) for tensor, trained in zip(self.parameters, self.trained)]
        make, rate = OPTIMIZERS[self.optimizer]
        groups = [{"params": [tensor for tensor, own, trained in zip(parameters, self.decays, self.trained) if trained and own == decays]} for decays in (True, False)]
        return parameters, make([group for group in groups if group["params"]] if self.optimizer != "AdamW" else groups, rate), rate

    def gradients(self, parameters):
        """Zero where nothing is learned, and never so near to it that an optimizer that divides by their root could go anywhere."""
        gradients = [torch.zeros_like(tensor) if tensor.grad is None else tensor.grad for tensor in parameters]
        small = min((tensor[tensor != 0].abs().min().item() for tensor in gradients if (tensor != 0).any()), default=1)
        assert self.optimizer not in ("RmsProp", "Adam", "AdamW") or small > 2e-7, (self.name, small)
        return gradients

    def every(self):
        """Which gradients are written: a prime, so that they are of all gates, rows and columns."""
        count = sum(tensor.numel() for tensor in self.parameters)
        return next(prime for prime in (1, 7, 11, 13, 19, 29, 47) if count <= MOST * prime)

    def described(self, rate):
        return {
            "name": self.name, "shape": self.shape, "layers": self.layers, "needs": sorted(self.kinds), "loss": None if self.heads else self.loss,
            "optimizer": self.optimizer, "learningRate": rate,
        }

    def rows(self, tensors):
        """Values of several kinds, row by row, without what lies beyond a row's length."""
        if self.lengths is not None:
            tensors = [tensor * (torch.arange(tensor.shape[1]) < torch.tensor(self.lengths)[:, None])[:, :, None] if tensor.dim() > 2 else tensor for tensor in tensors]
        return flat([torch.cat([tensor.reshape(len(tensor), -1) for tensor in tensors], 1)])

    def record(self):
        inputs, targets = self.draw(BATCH if self.lengths is None else len(self.lengths))
        parameters, optimizer, rate = self.learning()
        x = inputs.clone().requires_grad_()
        evaluated = self.run(inputs, self.parameters, False)
        for step in range(STEPS):
            optimizer.zero_grad()
            value = self.value(self.run(x if step == 0 else inputs, parameters, True), targets)
            value.backward()
            found = self.gradients(parameters)
            if step == 0:
                first, gradients = value.item(), flat(found)
            optimizer.step()
        assert self.margin > 1e-4, (self.name, self.margin)
        assert not self.bound or 0.1 < sum(self.bound) / len(self.bound) < 0.9, self.name
        every = self.every()
        return {
            **self.described(rate), "steps": STEPS, "parameters": flat(self.parameters), "inputs": flat([inputs]),
            "targets": flat([torch.cat([t.reshape(len(t), -1) for t in targets], 1)]),
            "outputs": self.rows(evaluated), "evaluationLoss": self.value(evaluated, targets).item(), "trainingLoss": first, "gradients": gradients[::every],
            "inputGradients": [0.0] * inputs.numel() if x.grad is None else flat([x.grad]), "trained": flat(parameters)[::every], "every": every,
        }

    def stream(self):
        """Windows that go on from each other, with an update behind each."""
        parameters, optimizer, rate = self.learning()
        memory = {name: torch.zeros(STREAMS, torch.Size(shape).numel()) for name, shape in self.memory_shapes.items()}
        windows, every = [], self.every()
        for _ in range(WINDOWS):
            inputs, targets = self.draw(STREAMS)
            x, self.memory = inputs.clone().requires_grad_(), memory
            optimizer.zero_grad()
            outputs = self.run(x, parameters, True)
            value = self.value(outputs, targets)
            value.backward()
            memory = {name: self.left[name].detach() for name in self.memory_shapes}
            windows.append({
                "inputs": flat([inputs]), "targets": flat([torch.cat([t.reshape(len(t), -1) for t in targets], 1)]), "outputs": self.rows(outputs),
                "loss": value.item(), "gradients": flat(self.gradients(parameters))[::every], "inputGradients": flat([x.grad]), "memory": self.rows(list(memory.values())),
            })
            optimizer.step()
        assert self.margin > 1e-4, (self.name, self.margin)
        layout = [{"layer": name, "shape": shape} for name, shape in self.memory_shapes.items()]
        return {**self.described(rate), "streams": STREAMS, "memoryLayout": layout, "parameters": flat(self.parameters), "windows": windows, "trained": flat(parameters)[::every], "every": every}

    def uneven(self, *lengths):
        self.lengths = list(lengths)
        return self


def reset_before(x, h, w, u, b):
    """Keras' reset_after = False, ONNX' linear_before_reset = 0."""
    units = h.shape[1]
    a = x @ w if b is None else x @ w + b
    z, r = torch.sigmoid(a[:, :2 * units] + h @ u[:, :2 * units]).chunk(2, 1)
    n = torch.tanh(a[:, 2 * units:] + (r * h) @ u[:, 2 * units:])
    h = z * h + (1 - z) * n
    return h, h
