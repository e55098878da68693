#!/usr/bin/python3
"""Writes models with TensorFlow Lite's fused LSTM, and what NumPy computes from them in float64. Needs python3-flatbuffers and python3-numpy."""
import numpy as np

from fixtures import *

rng = np.random.default_rng(44)


def weights(*shape):
    return wide(rng.normal(size=shape) / np.sqrt(shape[-1]) * 1.5)


def samples(*shape, count=5):
    # Sixty-fourths are the same in 32 bits and in 64.
    return [np.round(rng.normal(size=shape) * 128) / 64 for _ in range(count)]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def lstm(x, w, r, b, clip):
    h, c, states = np.zeros(len(r[0])), np.zeros(len(r[0])), []
    for row in x:
        i, f, g, o = (w[k] @ row + r[k] @ h + b[k] for k in range(4))
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        if clip > 0:
            c = np.clip(c, -clip, clip)
        h = sigmoid(o) * np.tanh(c)
        states.append(h)
    return np.array(states)


def add_lstm(m, shape, w, r, b, clip, **change):
    """Matrices of the gates input, forget, cell, output; two tensors that keep the states."""
    units = len(r[0])
    matrices = [m.constant(f"{kind}_{k}", part[k].astype(np.float32)) for kind, part in (("kernel", w), ("recurrent", r)) for k in range(4)]
    biases = [m.constant(f"bias_{k}", b[k].astype(np.float32)) for k in range(4)]
    states = [m.tensor(f"state_{k}", [1, units], FLOAT32) for k in range(2)]
    inputs = matrices + [-1] * 3 + biases + [-1] * 2 + states + [-1] * 4
    for position, value in change.get("inputs", {}).items():
        inputs[position - 1] = value
    m.add("UNIDIRECTIONAL_SEQUENCE_LSTM", shape, inputs, (71, {0: ("Int8", change.get("function", TANH)), 1: ("Float32", clip), 2: ("Float32", 0.0), 3: ("Bool", change.get("time_major", False)), 4: ("Bool", False)}))


def main():
    w, r, b = [weights(4, 3) for _ in range(4)], [weights(4, 4) for _ in range(4)], [weights(4) for _ in range(4)]
    w2, r2, b2 = [weights(3, 4) for _ in range(4)], [weights(3, 3) for _ in range(4)], [weights(3) for _ in range(4)]
    v = weights(2, 15)
    m = Model([1, 5, 3], [-1, 5, 3])
    add_lstm(m, [1, 5, 4], w, r, b, 0.0)
    add_lstm(m, [1, 5, 3], w2, r2, b2, 0.25)
    m.add("RESHAPE", [1, 15], [m.constant("shape", np.int32([-1, 15]))], (17, {}))
    m.dense(v, None)
    m.write("sequence-lstm")
    expect("sequence-lstm", samples(5, 3), lambda x: v @ lstm(lstm(np.reshape(x, (5, 3)), w, r, b, 0), w2, r2, b2, 0.25).ravel())

    for name, change in (("time", dict(time_major=True)), ("function", dict(function=RELU)), ("coupled", dict(inputs={1: -1}))):
        m = Model([1, 5, 3])
        add_lstm(m, [1, 5, 4], w, r, b, 0.0, **change)
        m.write(f"refused-lstm-{name}")
    m = Model([1, 5, 3])
    add_lstm(m, [1, 5, 4], w, r, b, 0.0, inputs={9: m.constant("peephole", weights(4).astype(np.float32))})
    m.write("refused-lstm-peephole")


main()
