"""Recurrent networks from PyTorch's exporter, beside what PyTorch computes of them in float64; and two that it does not write, beside their formulas in NumPy.

A row holds one sequence, step after step. Debian: apt-get install python3-torch python3-onnx; then /usr/bin/python3 make_sequences.py
"""
import copy
import warnings

import numpy as np
import torch
from onnx import TensorProto, helper, numpy_helper, save_model
from torch import nn

from fixtures import path, write_expected

warnings.filterwarnings("ignore")
torch.manual_seed(20)
np.random.seed(21)


class Net(nn.Module):
    """A recurrent layer and a head over all steps, over the last step, or over the last state."""

    def __init__(self, recurrent, outputs, reads="all"):
        super().__init__()
        self.recurrent = recurrent
        self.head = nn.Linear(recurrent.hidden_size, outputs)
        self.reads = reads

    def forward(self, x):
        states, last = self.recurrent(x)
        if self.reads == "last":
            return self.head(states[:, -1] if self.recurrent.batch_first else states[-1])
        if self.reads == "slice":
            return self.head(states[:, -1:]).flatten(1)
        if self.reads == "state":
            return self.head((last[0] if isinstance(last, tuple) else last)[-1])
        return self.head(states)


class Words(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(9, 3)
        self.recurrent = nn.GRU(3, 4, batch_first=True)
        self.head = nn.Linear(4, 9)

    def forward(self, x):
        return torch.log_softmax(self.head(self.recurrent(self.words(x))[0]), -1)


class Mixed(nn.Module):
    """A convolution, two kinds of layers, a norm and a way around."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(2, 4, 3)
        self.first = nn.GRU(4, 4, batch_first=True)
        self.norm = nn.LayerNorm(4)
        self.second = nn.LSTM(4, 3, batch_first=True, bias=False)
        self.head = nn.Linear(3, 2)

    def forward(self, x):
        x = torch.relu(self.conv(x)).transpose(1, 2)
        x = x + self.norm(self.first(x)[0])
        return self.head(self.second(x)[0][:, -1])


class Before(nn.Module):
    """A layer before the recurrent one, time first all the way."""

    def __init__(self):
        super().__init__()
        self.into = nn.Linear(3, 4)
        self.recurrent = nn.RNN(4, 5)
        self.head = nn.Linear(5, 2)

    def forward(self, x):
        return self.head(self.recurrent(torch.tanh(self.into(x)))[0])


def save(name, module, steps, features, time_first=False, opset=13, vocabulary=0, fixed=False, channels_first=False):
    module = module.eval()
    shape = (3, steps) if vocabulary else (3, features, steps) if channels_first else (3, steps, features)
    values = torch.randint(0, vocabulary, shape) if vocabulary else torch.rand(shape) * 4 - 2
    batches = [value[None].transpose(0, 1) if time_first else value[None] for value in values]
    axes = None if fixed else {"input": {1 if time_first else 0: "batch"}}
    torch.onnx.export(module, batches[0] if fixed else torch.cat(batches, 1 if time_first else 0), path(name + ".onnx"), opset_version=opset, input_names=["input"], output_names=["output"],
                      dynamic_axes=axes, do_constant_folding=True)
    exact = copy.deepcopy(module).double()
    with torch.no_grad():
        answers = [exact(batch if vocabulary else batch.double()) for batch in batches]
    write_expected(name, [value.double().numpy() for value in values], [answer.numpy() for answer in answers])


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def hand_gru():
    """Batch first, the reset gate before the product, two biases: n = tanh(Wx + b + R(r * h) + c). Its last state alone is read."""
    inputs, units, steps = 2, 3, 4
    w = np.random.uniform(-1, 1, (1, 3 * units, inputs)).astype(np.float32)
    r = np.random.uniform(-1, 1, (1, 3 * units, units)).astype(np.float32)
    b = np.random.uniform(-1, 1, (1, 6 * units)).astype(np.float32)
    node = helper.make_node("GRU", ["input", "gru.W", "gru.R", "gru.B"], ["", "state"], name="gru", hidden_size=units, layout=1)
    squeeze = helper.make_node("Squeeze", ["state", "axes"], ["output"])
    graph = helper.make_graph([node, squeeze], "gru", [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["batch", steps, inputs])],
                              [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["batch", units])],
                              [numpy_helper.from_array(w, "gru.W"), numpy_helper.from_array(r, "gru.R"), numpy_helper.from_array(b, "gru.B"),
                               numpy_helper.from_array(np.array([1], np.int64), "axes")])
    save_model(helper.make_model(graph, producer_name="hand", opset_imports=[helper.make_opsetid("", 14)]), path("sequence-hand-gru.onnx"))
    rows = np.random.uniform(-2, 2, (3, steps, inputs))
    w, r, b = w[0].astype(np.float64), r[0].astype(np.float64), b[0].astype(np.float64)
    answers = []
    for row in rows:
        h = np.zeros(units)
        for x in row:
            a = w @ x + b[:3 * units] + b[3 * units:]
            z = sigmoid(a[:units] + r[:units] @ h)
            reset = sigmoid(a[units:2 * units] + r[units:2 * units] @ h)
            n = np.tanh(a[2 * units:] + r[2 * units:] @ (reset * h))
            h = (1 - z) * n + z * h
        answers.append(h)
    write_expected("sequence-hand-gru", rows, answers)


def hand_lstm():
    """Batch first, all steps, the lengths of all rows as a constant, zeros as its initial states."""
    inputs, units, steps = 3, 2, 5
    w = np.random.uniform(-1, 1, (1, 4 * units, inputs)).astype(np.float32)
    r = np.random.uniform(-1, 1, (1, 4 * units, units)).astype(np.float32)
    b = np.random.uniform(-1, 1, (1, 8 * units)).astype(np.float32)
    zeros = np.zeros((1, 1, units), np.float32)
    node = helper.make_node("LSTM", ["input", "w", "r", "b", "lengths", "zeros", "zeros"], ["states"], name="lstm", hidden_size=units, layout=1, activations=["Sigmoid", "Tanh", "Tanh"])
    squeeze = helper.make_node("Squeeze", ["states", "axes"], ["output"])
    graph = helper.make_graph([node, squeeze], "lstm", [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, steps, inputs])],
                              [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, steps, units])],
                              [numpy_helper.from_array(w, "w"), numpy_helper.from_array(r, "r"), numpy_helper.from_array(b, "b"), numpy_helper.from_array(zeros, "zeros"),
                               numpy_helper.from_array(np.array([steps], np.int32), "lengths"), numpy_helper.from_array(np.array([2], np.int64), "axes")])
    save_model(helper.make_model(graph, producer_name="hand", opset_imports=[helper.make_opsetid("", 14)]), path("sequence-hand-lstm.onnx"))
    rows = np.random.uniform(-2, 2, (3, steps, inputs))
    w, r, b = w[0].astype(np.float64), r[0].astype(np.float64), b[0].astype(np.float64)
    answers = []
    for row in rows:
        h, c, states = np.zeros(units), np.zeros(units), []
        for x in row:
            i, o, f, g = np.split(w @ x + b[:4 * units] + r @ h + b[4 * units:], 4)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
            states.append(h)
        answers.append(np.array(states))
    write_expected("sequence-hand-lstm", rows, answers)


def main():
    save("sequence-gru", Net(nn.GRU(3, 4, batch_first=True), 2), 5, 3)
    save("sequence-gru-last", Net(nn.GRU(3, 4, batch_first=True), 2, "last"), 7, 3, opset=11)
    save("sequence-gru-slice", Net(nn.GRU(2, 3, batch_first=True), 2, "slice"), 4, 2)
    save("sequence-gru-time-first", Net(nn.GRU(3, 4), 2, "last"), 6, 3, time_first=True)
    save("sequence-lstm", Net(nn.LSTM(3, 4), 2), 5, 3, time_first=True, opset=9)
    save("sequence-lstm-stacked", Net(nn.LSTM(3, 4, 2, batch_first=True), 2, "state"), 5, 3)
    save("sequence-lstm-fixed", Net(nn.LSTM(2, 3, 2, batch_first=True), 2), 4, 2, fixed=True, opset=14)
    save("sequence-rnn", Net(nn.RNN(3, 4, batch_first=True), 2, "last"), 50, 3)
    save("sequence-rnn-relu", Net(nn.RNN(2, 3, nonlinearity="relu", bias=False), 2, "state"), 5, 2, time_first=True, fixed=True)
    save("sequence-rnn-before", Before(), 4, 3, time_first=True)
    save("sequence-words", Words(), 6, 1, vocabulary=9)
    save("sequence-mixed", Mixed(), 8, 2, channels_first=True)
    hand_gru()
    hand_lstm()


main()
