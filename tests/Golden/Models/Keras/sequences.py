#!/usr/bin/python3
"""Writes recurrent Keras models in the layouts of its versions, and what NumPy computes from them in float64. Needs python3-h5py and python3-numpy."""
import numpy as np

import make
from make import archive, dense, expect, layer2, layer3, legacy, relu, sequential3, sigmoid, softmax, weights, wide


def sequences(steps, features, count=3):
    return np.round(make.rng.normal(size=(count, steps * features)) * 128) / 64


def simple(x, w, u, b, function=np.tanh):
    h, states = np.zeros(len(u)), []
    for row in x:
        h = function(row @ wide(w) + h @ wide(u) + (0 if b is None else wide(b)))
        states.append(h)
    return np.array(states)


def gru(x, w, u, b, after):
    n = len(u)
    h, states = np.zeros(n), []
    first, second = (wide(b[0]), wide(b[1])) if after else (wide(b), np.zeros(3 * n))
    for row in x:
        a, c = row @ wide(w) + first, h @ wide(u) + second
        z, r = sigmoid(a[:n] + c[:n]), sigmoid(a[n:2 * n] + c[n:2 * n])
        new = np.tanh(a[2 * n:] + (r * c[2 * n:] if after else (r * h) @ wide(u)[:, 2 * n:]))
        h = z * h + (1 - z) * new
        states.append(h)
    return np.array(states)


def lstm(x, w, u, b):
    n = len(u)
    h, c, states = np.zeros(n), np.zeros(n), []
    for row in x:
        i, f, g, o = np.split(row @ wide(w) + h @ wide(u) + wide(b), 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        states.append(h)
    return np.array(states)


FORWARD = dict(use_bias=True, go_backwards=False, stateful=False, unroll=False, return_state=False, dropout=0.0, recurrent_dropout=0.0)


def keras2():
    """Both forms of the GRU, weights inside of cells, a dense layer at every step."""
    w, u, b = weights(3, 12), weights(4, 12), weights(2, 12)
    w2, u2, b2 = weights(4, 9), weights(3, 9), weights(9)
    v, c = weights(3, 2), weights(2)
    config = {"class_name": "Sequential", "config": {"name": "s", "layers": [
        layer2("GRU", "gru", batch_input_shape=[None, 6, 3], units=4, activation="tanh", recurrent_activation="sigmoid", reset_after=True, return_sequences=True, **FORWARD),
        layer2("GRU", "gru_1", units=3, activation="tanh", recurrent_activation="sigmoid", reset_after=False, return_sequences=True, **FORWARD),
        layer2("TimeDistributed", "time_distributed", layer=layer2("Dense", "dense", units=2, activation="tanh", use_bias=True))]}}
    legacy("sequence-gru-2.h5", config, [("gru", [("gru_cell/kernel", w), ("gru_cell/recurrent_kernel", u), ("gru_cell/bias", b)]),
                                         ("gru_1", [("gru_cell_1/kernel", w2), ("gru_cell_1/recurrent_kernel", u2), ("gru_cell_1/bias", b2)]),
                                         ("time_distributed", [("kernel", v), ("bias", c)])], "2.11.0")
    expect("sequence-gru-2", sequences(6, 3), lambda x: np.tanh(dense(gru(gru(x.reshape(6, 3), w, u, b, True), w2, u2, b2, False), v, c)))


def keras3():
    """A table, an LSTM and a simple layer; the last step."""
    table, w, u, b = weights(8, 3), weights(3, 16), weights(4, 16), weights(16)
    w2, u2 = weights(4, 3), weights(3, 3)
    v, c = weights(3, 4), weights(4)
    config = sequential3(
        layer3("InputLayer", "x", batch_shape=[None, 7], dtype="int32"), layer3("Embedding", "words", input_dim=8, output_dim=3, mask_zero=False),
        layer3("LSTM", "first", units=4, activation="tanh", recurrent_activation="sigmoid", unit_forget_bias=True, return_sequences=True, **FORWARD),
        layer3("SimpleRNN", "second", units=3, activation="relu", return_sequences=False, **{**FORWARD, "use_bias": False}),
        layer3("Dense", "dense", units=4, activation="softmax", use_bias=True))
    archive("sequence-words-3.keras", config, [
        ("embedding", "words", [table]), ("lstm/cell", "lstm_cell", [w, u, b]), ("simple_rnn/cell", "simple_rnn_cell", [w2, u2]), ("dense", "dense", [v, c])])
    words = make.rng.integers(0, 8, size=(4, 7)).astype(float)
    expect("sequence-words-3", words, lambda x: softmax(dense(simple(lstm(wide(table)[x.astype(int)], w, u, b), w2, u2, None, relu)[-1], v, c)))

    w, u, b = weights(2, 9), weights(3, 9), weights(2, 9)
    config = sequential3(
        layer3("InputLayer", "x", batch_shape=[None, 5, 2]),
        layer3("GRU", "gru", units=3, activation="tanh", recurrent_activation="sigmoid", reset_after=True, return_sequences=False, **FORWARD))
    archive("sequence-gru-3.keras", config, [("gru/cell", "gru_cell", [w, u, b])])
    expect("sequence-gru-3", sequences(5, 2), lambda x: gru(x.reshape(5, 2), w, u, b, True)[-1])


def refused():
    """Well formed, and not supported: each changes what is computed."""
    w, u, b = weights(3, 16), weights(4, 16), weights(16)
    stored = [("lstm", [("lstm_cell/kernel", w), ("lstm_cell/recurrent_kernel", u), ("lstm_cell/bias", b)])]
    usual = dict(units=4, activation="tanh", recurrent_activation="sigmoid", return_sequences=False, **FORWARD)
    for name, change in (("gates", dict(recurrent_activation="hard_sigmoid")), ("backwards", dict(go_backwards=True)), ("stateful", dict(stateful=True)), ("state", dict(return_state=True))):
        config = {"class_name": "Sequential", "config": {"name": "s", "layers": [layer2("LSTM", "lstm", batch_input_shape=[None, 6, 3], **{**usual, **change})]}}
        legacy(f"refused-lstm-{name}.h5", config, stored, "2.2.4")
    inner = layer2("LSTM", "lstm", **usual)
    legacy("refused-bidirectional.h5", {"class_name": "Sequential", "config": {"name": "s", "layers": [layer2("Bidirectional", "both", batch_input_shape=[None, 6, 3], layer=inner)]}}, stored, "2.11.0")
    legacy("refused-masking.h5", {"class_name": "Sequential", "config": {"name": "s", "layers": [
        layer2("Masking", "masking", batch_input_shape=[None, 6, 3], mask_value=0.0), inner]}}, stored, "2.11.0")
    legacy("refused-mask-zero.h5", {"class_name": "Sequential", "config": {"name": "s", "layers": [
        layer2("Embedding", "words", batch_input_shape=[None, 6], input_dim=5, output_dim=3, mask_zero=True), inner]}},
        [("words", [("embeddings", weights(5, 3))])] + stored, "2.11.0")


if __name__ == "__main__":
    make.rng = np.random.default_rng(17)
    keras2()
    keras3()
    refused()
