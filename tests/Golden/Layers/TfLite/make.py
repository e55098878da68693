#!/usr/bin/python3
"""Writes TensorFlow Lite models of images and signals, field by field of the published schema, and what PyTorch computes from them in float64.

Needs python3-flatbuffers, python3-numpy and python3-torch. The same models come out on every run.
"""
import os
import sys

import flatbuffers
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from expected import conv, depthwise, images, numbers, padded, pool, transposed, write_expected  # noqa: E402

FLOAT32, INT32, INT8 = 0, 2, 9
TYPES = {"float32": FLOAT32, "int32": INT32, "int8": INT8}
CODES = {
    "ADD": 0, "AVERAGE_POOL_2D": 1, "CONCATENATION": 2, "CONV_2D": 3, "DEPTHWISE_CONV_2D": 4, "FULLY_CONNECTED": 9, "MAX_POOL_2D": 17, "MUL": 18, "RESHAPE": 22,
    "SOFTMAX": 25, "PAD": 34, "MEAN": 40, "SUB": 41, "DIV": 42, "SQUEEZE": 43, "PRELU": 54, "PADV2": 60, "SLICE": 65, "TRANSPOSE_CONV": 67, "EXPAND_DIMS": 70,
    "LEAKY_RELU": 98,
}
SAME, VALID = 0, 1
NONE, RELU, RELU_N1_TO_1, RELU6, TANH = 0, 1, 2, 3, 4
rng = np.random.default_rng(31)


class Model:
    """Tensors, buffers and operators, written as a FlatBuffer at the end."""

    def __init__(self):
        self.tensors, self.buffers, self.operators, self.codes = [], [b""], [], []

    def tensor(self, shape, kind=FLOAT32, data=None, scales=None, axis=0, zero=0):
        buffer = 0
        if data is not None:
            buffer = len(self.buffers)
            self.buffers.append(data)
        self.tensors.append((list(shape), kind, buffer, scales, axis, zero))
        return len(self.tensors) - 1

    def constant(self, array, **more):
        array = np.asarray(array, order="C")
        array = array.astype(np.float32) if array.dtype == np.float64 else array
        return self.tensor(array.shape, TYPES[array.dtype.name], array.tobytes(), **more)

    def add(self, code, inputs, shape, options=None, **more):
        """options: the number in the schema's union, and fields as (kind, value) by their places."""
        if code not in self.codes:
            self.codes.append(code)
        result = self.tensor(shape, **more)
        self.operators.append((self.codes.index(code), inputs, [result], options))
        return result

    def write(self, name, inputs, outputs):
        b = flatbuffers.Builder(1024)

        def vector(values, prepend, size):
            b.StartVector(size, len(values), size)
            for value in reversed(values):
                getattr(b, prepend)(value)
            return b.EndVector()

        def table(count, fields):
            b.StartObject(count)
            for slot, (kind, value) in sorted(fields.items()):
                if kind == "Offset":
                    b.PrependUOffsetTRelativeSlot(slot, value, 0)
                else:
                    getattr(b, f"Prepend{kind}Slot")(slot, value, None)
            return b.EndObject()

        def ints(values):
            return "Offset", vector(values, "PrependInt32", 4)

        def offsets(values):
            return "Offset", vector(values, "PrependUOffsetTRelative", 4)

        def tensor(i, t):
            shape, kind, buffer, scales, axis, zero = t
            fields = {0: ints(shape), 1: ("Int8", kind), 2: ("Uint32", buffer), 3: ("Offset", b.CreateString(f"t{i}"))}
            if scales is not None:
                fields[4] = ("Offset", table(7, {
                    2: ("Offset", vector([float(s) for s in scales], "PrependFloat32", 4)), 3: ("Offset", vector([zero] * len(scales), "PrependInt64", 8)), 6: ("Int32", axis)}))
            return table(10, fields)

        def operator(o):
            code, given, made, options = o
            fields = {0: ("Uint32", code), 1: ints(given), 2: ints(made)}
            if options:
                kind, values = options
                values = {slot: ints(value) if how == "Ints" else (how, value) for slot, (how, value) in values.items()}
                fields |= {3: ("Uint8", kind), 4: ("Offset", table(8, values))}
            return table(12, fields)

        def data(content):
            b.StartVector(1, len(content), 16)
            b.head = b.head - len(content)
            b.Bytes[b.head:b.head + len(content)] = content
            return table(3, {0: ("Offset", b.EndVector())})

        buffers = offsets([data(content) if content else table(3, {}) for content in self.buffers])
        graph = table(5, {
            0: offsets([tensor(i, t) for i, t in enumerate(self.tensors)]), 1: ints(inputs), 2: ints(outputs),
            3: offsets([operator(o) for o in self.operators]), 4: ("Offset", b.CreateString("main"))})
        codes = offsets([table(4, {0: ("Int8", CODES[code]), 2: ("Int32", 1), 3: ("Int32", CODES[code])}) for code in self.codes])
        b.Finish(table(8, {0: ("Uint32", 3), 1: codes, 2: offsets([graph]), 3: ("Offset", b.CreateString("field by field")), 4: buffers}), file_identifier=b"TFL3")
        with open(os.path.join(HERE, name + ".tflite"), "wb") as out:
            out.write(bytes(b.Output()))


def convolution(padding, strides, fused=NONE, dilations=(1, 1)):
    return 1, {0: ("Int8", padding), 1: ("Int32", strides[1]), 2: ("Int32", strides[0]), 3: ("Int8", fused), 4: ("Int32", dilations[1]), 5: ("Int32", dilations[0])}


def of_depth(padding, strides, multiplier, fused=NONE, dilations=(1, 1)):
    return 2, {0: ("Int8", padding), 1: ("Int32", strides[1]), 2: ("Int32", strides[0]), 3: ("Int32", multiplier), 4: ("Int8", fused),
               5: ("Int32", dilations[1]), 6: ("Int32", dilations[0])}


def window(padding, size, strides, fused=NONE):
    return 5, {0: ("Int8", padding), 1: ("Int32", strides[1]), 2: ("Int32", strides[0]), 3: ("Int32", size[1]), 4: ("Int32", size[0]), 5: ("Int8", fused)}


def out_first(w):
    """[height, width, in, out] as [out, height, width, in]."""
    return np.ascontiguousarray(np.transpose(w, (3, 0, 1, 2)))


def relu6(x):
    return np.clip(x, 0, 6)


def windows():
    """Every window with both paddings, strides, dilations and functions of its own."""
    w1, b1, w2, b2, w3, w4, b4, slope = (numbers(rng, 3, 2, 2, 4), numbers(rng, 4), numbers(rng, 3, 3, 4, 2), numbers(rng, 8), numbers(rng, 2, 3, 4, 6),
                                         numbers(rng, 3, 4, 3, 6), numbers(rng, 3), numbers(rng, 1, 1, 3))
    m = Model()
    x = m.tensor([1, 10, 7, 2])
    a = m.add("CONV_2D", [x, m.constant(out_first(w1)), m.constant(b1)], [1, 5, 3, 4], convolution(SAME, (2, 3), RELU6))
    d = m.add("DEPTHWISE_CONV_2D", [a, m.constant(w2.reshape(1, 3, 3, 8)), m.constant(b2)], [1, 5, 3, 8], of_depth(SAME, (1, 1), 2, TANH, (2, 1)))
    # Two groups, by weights of half as many channels.
    g = m.add("CONV_2D", [d, m.constant(out_first(w3))], [1, 4, 1, 6], convolution(VALID, (1, 1), NONE))
    q = m.add("AVERAGE_POOL_2D", [g], [1, 2, 1, 6], window(SAME, (3, 2), (2, 2), RELU))
    t = m.add("TRANSPOSE_CONV", [m.constant(np.int32([1, 4, 3, 3])), m.constant(np.transpose(w4, (2, 0, 1, 3))), q, m.constant(b4)], [1, 4, 3, 3],
              (49, {0: ("Int8", SAME), 1: ("Int32", 3), 2: ("Int32", 2)}))
    p = m.add("PRELU", [t, m.constant(slope)], [1, 4, 3, 3])
    y = m.add("MAX_POOL_2D", [p], [1, 2, 2, 3], window(SAME, (2, 2), (2, 2), RELU_N1_TO_1))
    m.write("windows", [x], [y])

    def run(v):
        v = relu6(conv(v, w1, b1, [2, 3], padding="same"))
        v = np.tanh(depthwise(v, w2, b2, dilations=[2, 1], padding="same"))
        v = np.maximum(pool(conv(v, w3, groups=2), [3, 2], [2, 2], "same", True), 0)
        v = transposed(v, w4, b4, [2, 3], "same")
        v = np.where(v > 0, v, slope * v)
        return np.clip(pool(v, [2, 2], [2, 2], "same", False), -1, 1)
    xs = images(rng, 10, 7, 2)
    write_expected(HERE, "windows", [[v] for v in xs], [[run(v)] for v in xs])


def signal():
    """One axis of positions as an image of width 1; both paddings by an operator, a transposed convolution without padding, means and broadcasts."""
    w1, b1, w2, w3, factor, rows = numbers(rng, 3, 1, 2, 4), numbers(rng, 4), numbers(rng, 5, 1, 4, 2), numbers(rng, 2, 1, 3, 4), numbers(rng, 3), numbers(rng, 8, 1)
    m = Model()
    x = m.tensor([1, 9, 2])
    e = m.add("EXPAND_DIMS", [x, m.constant(np.int32([2]))], [1, 9, 1, 2], (52, {}))
    p = m.add("PAD", [e, m.constant(np.int32([[0, 0], [2, 0], [0, 0], [0, 0]]))], [1, 11, 1, 2], (22, {}))
    c = m.add("CONV_2D", [p, m.constant(out_first(w1)), m.constant(b1)], [1, 9, 1, 4], convolution(VALID, (1, 1), RELU))
    v2 = m.add("PADV2", [c, m.constant(np.int32([[0, 0], [1, 1], [0, 0], [0, 0]])), m.constant(np.float32(-0.25).reshape(()))], [1, 11, 1, 4], (43, {}))
    d = m.add("DEPTHWISE_CONV_2D", [v2, m.constant(w2.reshape(1, 5, 1, 8))], [1, 4, 1, 8], of_depth(VALID, (2, 2), 2))
    s = m.add("SLICE", [d, m.constant(np.int32([0, 0, 0, 4])), m.constant(np.int32([-1, -1, 1, 4]))], [1, 4, 1, 4], (48, {}))
    t = m.add("TRANSPOSE_CONV", [m.constant(np.int32([1, 8, 1, 3])), m.constant(np.transpose(w3, (2, 0, 1, 3))), s], [1, 8, 1, 3],
              (49, {0: ("Int8", VALID), 1: ("Int32", 1), 2: ("Int32", 2), 3: ("Int8", RELU6)}))
    q = m.add("SQUEEZE", [t], [1, 8, 3], (30, {0: ("Ints", [2])}))
    f = m.add("MUL", [q, m.constant(factor)], [1, 8, 3], (21, {}))
    r = m.add("SUB", [m.constant(rows), f], [1, 8, 3], (28, {0: ("Int8", TANH)}))
    k = m.add("MEAN", [r, m.constant(np.int32([1]))], [1, 1, 3], (27, {0: ("Bool", True)}))
    o = m.add("DIV", [r, m.constant(np.float32([0.5, -2, 4]))], [1, 8, 3], (29, {}))
    z = m.add("ADD", [o, k], [1, 8, 3], (11, {}))
    y = m.add("CONCATENATION", [z, m.add("LEAKY_RELU", [f], [1, 8, 3], (75, {0: ("Float32", 0.25)}))], [1, 8, 6], (10, {0: ("Int32", -1)}))
    m.write("signal", [x], [y])

    def run(v):
        v = conv(padded(v[:, None, :], [(2, 0), (0, 0)]), w1, b1)
        v = padded(np.maximum(v, 0), [(1, 1), (0, 0)], -0.25)
        v = depthwise(v, w2, strides=[2, 2])[..., 4:]
        f = relu6(transposed(v, w3, None, [2, 1], "valid", [8, 1]))[:, 0] * factor
        r = np.tanh(rows - f)
        return np.concatenate([r / [0.5, -2, 4] + r.mean(0), np.where(f > 0, f, 0.25 * f)], -1)
    xs = images(rng, 9, 2)
    write_expected(HERE, "signal", [[v] for v in xs], [[run(v)] for v in xs])


def quantised(w, axis):
    """As int8 with one scale for each slice of an axis."""
    others = tuple(i for i in range(w.ndim) if i != axis)
    scales = (np.abs(w).max(others) / 127).astype(np.float32)
    shape = [-1 if i == axis else 1 for i in range(w.ndim)]
    q = np.round(w / scales.astype(np.float64).reshape(shape)).astype(np.int8)
    return q, scales, q * scales.astype(np.float64).reshape(shape)


def hybrid():
    """Weights of int8 in a graph of floating-point numbers: one scale a channel, along two axes, and one for all."""
    w1, w2, w3 = numbers(rng, 4, 3, 3, 2), numbers(rng, 1, 3, 3, 4), numbers(rng, 5, 4)
    q1, s1, w1 = quantised(w1, 0)
    q2, s2, w2 = quantised(w2, 3)
    s3 = np.float32([np.abs(w3).max() / 127])
    q3 = np.round(w3 / np.float64(s3[0])).astype(np.int8)
    b1 = numbers(rng, 4)
    m = Model()
    x = m.tensor([1, 5, 6, 2])
    c = m.add("CONV_2D", [x, m.constant(q1, scales=s1, axis=0), m.constant(b1)], [1, 5, 6, 4], convolution(SAME, (1, 1), RELU))
    d = m.add("DEPTHWISE_CONV_2D", [c, m.constant(q2, scales=s2, axis=3)], [1, 2, 2, 4], of_depth(VALID, (2, 2), 1))
    g = m.add("MEAN", [d, m.constant(np.int32([1, 2]))], [1, 4], (27, {}))
    y = m.add("FULLY_CONNECTED", [g, m.constant(q3, scales=s3)], [1, 5], (8, {}))
    z = m.add("SOFTMAX", [y], [1, 5], (9, {0: ("Float32", 1.0)}))
    m.write("hybrid", [x], [z])

    def run(v):
        v = np.maximum(conv(v, np.transpose(w1, (1, 2, 3, 0)), b1, padding="same"), 0)
        v = depthwise(v, w2[0][..., None], strides=[2, 2]).mean((0, 1))
        e = np.exp(q3 * np.float64(s3[0]) @ v)
        return e / e.sum()
    xs = images(rng, 5, 6, 2)
    write_expected(HERE, "hybrid", [[v] for v in xs], [[run(v)] for v in xs])


def integers():
    """All in int8: what a tensor's type can stand for limits it, behind every operator. A residual sum, and biases of int32."""
    w1, w2 = numbers(rng, 3, 2, 2, 1), numbers(rng, 1, 2, 2, 6)
    q1, s1, w1 = quantised(w1, 0)
    q2, s2, w2 = quantised(w2, 3)
    bias = np.int32([300, -200, 100])
    step = np.float32(0.05)
    bias_scales = (s1 * step).astype(np.float32)
    m = Model()
    x = m.tensor([1, 4, 4, 1], INT8, scales=[step], zero=3)
    c = m.add("CONV_2D", [x, m.constant(q1, scales=s1), m.constant(bias, scales=bias_scales)], [1, 4, 4, 3], convolution(SAME, (1, 1), RELU),
              kind=INT8, scales=[np.float32(0.02)], zero=-128)
    d = m.add("DEPTHWISE_CONV_2D", [c, m.constant(q2, scales=s2, axis=3)], [1, 3, 3, 6], of_depth(VALID, (1, 1), 2), kind=INT8, scales=[np.float32(0.03)], zero=10)
    p = m.add("MAX_POOL_2D", [d], [1, 1, 1, 6], window(VALID, (3, 3), (3, 3)), kind=INT8, scales=[np.float32(0.03)], zero=10)
    y = m.add("ADD", [p, d], [1, 3, 3, 6], (11, {}), kind=INT8, scales=[np.float32(0.04)], zero=0)
    m.write("integers", [x], [y])
    reached = set()

    def held(v, scale, zero, name):
        ends = np.float64(np.float32(scale)) * (-128 - zero), np.float64(np.float32(scale)) * (127 - zero)
        reached.update((name, i) for i, out in enumerate((v < ends[0], v > ends[1])) if np.any(out))
        return np.clip(v, *ends)

    def run(v):
        v = held(np.maximum(conv(v, np.transpose(w1, (1, 2, 3, 0)), bias * bias_scales.astype(np.float64), padding="same"), 0), 0.02, -128, "conv")
        v = held(depthwise(v, w2.reshape(2, 2, 3, 2)), 0.03, 10, "depth")
        return held(held(v.max((0, 1)), 0.03, 10, "pool") + v, 0.04, 0, "sum")
    xs = [np.clip(np.round(rng.normal(size=(4, 4, 1)) * 128) / 64, -6.55, 6.2) for _ in range(8)]
    # Inputs that the type can hold exactly are not needed: the reading is given what they stand for.
    write_expected(HERE, "integers", [[v] for v in xs], [[run(v)] for v in xs])
    assert {("conv", 1), ("depth", 0), ("depth", 1), ("sum", 1)} <= reached, reached


def several():
    """Two inputs and two outputs."""
    w, v = numbers(rng, 2, 2, 1, 3), numbers(rng, 2, 5)
    m = Model()
    image, vector = m.tensor([1, 3, 3, 1]), m.tensor([1, 2])
    c = m.add("CONV_2D", [image, m.constant(out_first(w))], [1, 2, 2, 3], convolution(VALID, (1, 1), TANH))
    g = m.add("MEAN", [c, m.constant(np.int32([1, 2]))], [1, 3], (27, {}))
    both = m.add("CONCATENATION", [g, vector], [1, 5], (10, {0: ("Int32", 1)}))
    y = m.add("FULLY_CONNECTED", [both, m.constant(v)], [1, 2], (8, {}))
    m.write("several", [image, vector], [y, c])
    xs, us = images(rng, 3, 3, 1), images(rng, 2)

    def run(x, u):
        c = np.tanh(conv(x, w))
        return [v @ np.concatenate([c.mean((0, 1)), u]), c]
    write_expected(HERE, "several", [[x, u] for x, u in zip(xs, us)], [run(x, u) for x, u in zip(xs, us)])


windows()
signal()
hybrid()
integers()
several()
