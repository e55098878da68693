"""Keras' definitions of recurrent layers in plain NumPy: all states of a batch, and how near anything came to a point where a derivative jumps."""
import numpy


def sigmoid(z):
    return 1 / (1 + numpy.exp(-z))


def keras_rnn(x, h, w, u, b, activation):
    states, margin = [], numpy.inf
    for t in range(x.shape[1]):
        z = x[:, t] @ w + h @ u + (0 if b is None else b)
        margin = min(margin, abs(z).min()) if activation == "Relu" else margin
        h = numpy.maximum(z, 0) if activation == "Relu" else numpy.tanh(z)
        states.append(h)
    return numpy.stack(states, 1), margin


def keras_gru(x, h, w, u, b, reset_after):
    units, states = h.shape[1], []
    update, reset, new = slice(0, units), slice(units, 2 * units), slice(2 * units, None)
    b = numpy.zeros((2, 3 * units)) if b is None else b if reset_after else numpy.stack([b, 0 * b])
    for t in range(x.shape[1]):
        inner, outer = x[:, t] @ w + b[0], h @ u + b[1]
        z, r = sigmoid(inner[:, update] + outer[:, update]), sigmoid(inner[:, reset] + outer[:, reset])
        n = numpy.tanh(inner[:, new] + (r * outer[:, new] if reset_after else (r * h) @ u[:, new]))
        h = z * h + (1 - z) * n
        states.append(h)
    return numpy.stack(states, 1), numpy.inf


def keras_lstm(x, start, w, u, b, clip):
    h, c = numpy.split(start, 2, 1)
    states, margin = [], numpy.inf
    for t in range(x.shape[1]):
        i, f, g, o = numpy.split(x[:, t] @ w + h @ u + (0 if b is None else b), 4, 1)
        c = sigmoid(f) * c + sigmoid(i) * numpy.tanh(g)
        if clip:
            margin = min(margin, abs(abs(c) - clip).min())
            c = numpy.clip(c, -clip, clip)
        h = sigmoid(o) * numpy.tanh(c)
        states.append(h)
    return numpy.stack(states, 1), margin
