#!/usr/bin/python3
"""Writes the TensorFlow Lite models of this folder, field by field of the published schema, and what NumPy computes from them in float64.

Needs python3-flatbuffers and python3-numpy. The same models come out on every run.
"""
import numpy as np

from fixtures import *


def relu(x):
    return np.maximum(x, 0)


def relu6(x):
    return np.clip(x, 0, 6)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def elu(x):
    return np.where(x > 0, x, np.expm1(x))


def erf(x):
    from math import erf as one
    return np.vectorize(one)(x)


def gelu(x):
    return x * (1 + erf(x / np.sqrt(2))) / 2


def gelu_tanh(x):
    return x / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x ** 3)))


def softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum()


def log_softmax(x):
    return x - x.max() - np.log(np.exp(x - x.max()).sum())


rng = np.random.default_rng(20)


def weights(*shape):
    return wide(rng.normal(size=shape) / np.sqrt(shape[-1]) * 1.5)


def samples(*shape, count=5):
    # Sixty-fourths are the same in 32 bits and in 64.
    return [np.round(rng.normal(size=shape) * 128) / 64 for _ in range(count)]


def float_model():
    w1, b1, w2, b2 = weights(8, 4), weights(8), weights(3, 8), weights(3)
    for name, outside in (("float", False), ("outside", True)):
        m = Model([1, 4], [-1, 4])
        m.dense(w1, b1, RELU, "StatefulPartitionedCall/digits/hidden/Relu;StatefulPartitionedCall/digits/hidden/BiasAdd")
        m.dense(w2, b2, name="StatefulPartitionedCall/digits/scores/MatMul")
        m.add("SOFTMAX", [1, 3], options=(9, {0: ("Float32", 1.0)}), name="StatefulPartitionedCall:0")
        m.write(name, outside)
        expect(name, samples(4), lambda x: softmax(w2 @ relu(w1 @ x + b1) + b2))


def fused():
    w = [weights(6, 5), weights(7, 6), weights(6, 7), weights(4, 6), weights(3, 4)]
    b = [weights(6), None, weights(6), weights(4), weights(3)]
    m = Model([1, 5])
    for i, f in enumerate([RELU, RELU6, RELU_N1_TO_1, TANH, NONE]):
        m.dense(w[i], b[i], f)
    m.write("fused")

    def run(x):
        x = relu(w[0] @ x + b[0])
        x = relu6(w[1] @ x)
        x = np.clip(w[2] @ x + b[2], -1, 1)
        x = np.tanh(w[3] @ x + b[3])
        return w[4] @ x + b[4]
    expect("fused", samples(5), run)


def activations():
    steps = [
        ("LOGISTIC", None, sigmoid), ("ELU", None, elu), ("HARD_SWISH", None, lambda x: x * relu6(x + 3) / 6), ("GELU", (116, {}), gelu),
        ("GELU", (116, {0: ("Bool", True)}), gelu_tanh), ("LEAKY_RELU", (75, {0: ("Float32", 0.01)}), lambda x: np.where(x > 0, x, 0.01 * x)),
        ("RELU", None, relu), ("RELU6", None, relu6), ("RELU_N1_TO_1", None, lambda x: np.clip(x, -1, 1)), ("TANH", None, np.tanh),
        ("LOG_SOFTMAX", None, log_softmax),
    ]
    m = Model([1, 4])
    ws = []
    for code, options, _ in steps:
        w, b = weights(4, 4), weights(4)
        ws.append((w, b))
        m.dense(w, b)
        m.add(code, [1, 4], options=options)
    m.write("activations")

    def run(x):
        for (w, b), (_, _, f) in zip(ws, steps):
            x = f(w @ x + b)
        return x
    expect("activations", samples(4), run)


def integers():
    for name, per_channel in (("int8", False), ("int8-per-channel", True)):
        m = Model([1, 6], input_type=INT8, quantization=([0.05], [3], 0))
        value = None
        layers = []
        scale_in = 0.05
        for i, (units, inputs) in enumerate([(9, 6), (4, 9)]):
            q = rng.integers(-127, 128, size=(units, inputs)).astype(np.int8)
            scale = np.float32(rng.uniform(0.004, 0.02, size=units if per_channel else 1))
            bias_scale = np.float32(scale_in * scale)
            bias = rng.integers(-2000, 2000, size=units).astype(np.int32)
            weight = m.constant(f"kernel{i}", q, (scale.tolist(), [0] * len(scale), 0))
            biases = m.constant(f"bias{i}", bias, (bias_scale.tolist(), [0] * len(scale), 0))
            layers.append((q * scale.astype(np.float64)[:, None], bias * bias_scale.astype(np.float64)))
            m.dense(weight, biases, RELU if i == 0 else NONE, kind=INT8, quantization=([0.1], [-5], 0))
            scale_in = 0.1
        m.add("DEQUANTIZE", [1, 4])
        m.write(name)
        (w1, b1), (w2, b2) = layers

        # What a result's type can stand for limits it: -123 and 132 steps of 0.1 from its zero point, and nothing below 0 behind the RELU.
        least, greatest = -123 * np.float64(np.float32(0.1)), 132 * np.float64(np.float32(0.1))
        expect(name, samples(6), lambda x: np.clip(w2 @ np.clip(w1 @ x + b1, 0, greatest) + b2, least, greatest))

    # Asymmetric bytes, as converters wrote them first, and weights alone in integers.
    m = Model([1, 5])
    q = rng.integers(0, 256, size=(4, 5)).astype(np.uint8)
    b = weights(4)
    m.add("QUANTIZE", [1, 5], kind=UINT8, quantization=([0.02], [128], 0))
    m.dense(m.constant("kernel", q, ([0.0078125], [131], 0)), b, TANH)
    q2 = rng.integers(-127, 128, size=(2, 4)).astype(np.int8)
    m.dense(m.constant("kernel2", q2, ([0.015625], [], 0)), None)
    m.write("uint8")
    w1 = (q.astype(np.float64) - 131) * 0.0078125
    step = np.float64(np.float32(0.02))
    expect("uint8", samples(5), lambda x: q2 * 0.015625 @ np.tanh(w1 @ np.clip(x, -128 * step, 127 * step) + b))


def half():
    m = Model([1, 7], [-1, 7])
    ws = [(weights(6, 7).astype(np.float16), weights(6).astype(np.float16)), (weights(2, 6).astype(np.float16), weights(2).astype(np.float16))]
    for w, b in ws:
        made = []
        for array in (w, b):
            small = m.constant("half", array)
            made.append(m.tensor("single", array.shape, FLOAT32))
            m.operator("DEQUANTIZE", [small], [made[-1]])
        m.dense(made[0], made[1], TANH)
    m.write("float16")

    def run(x):
        for w, b in ws:
            x = np.tanh(w.astype(np.float64) @ x + b)
        return x
    expect("float16", samples(7), run)


def elementwise():
    """Constants of several shapes before, between and after dense layers, from both sides, and every way to change a shape."""
    mean, factor, w, b, last = weights(3), weights(2, 1), weights(5, 6), weights(5), weights(1, 5)
    m = Model([1, 2, 3], [-1, 2, 3])
    m.add("SUB", [1, 2, 3], [m.constant("mean", mean.astype(np.float32))], (28, {}))
    m.add("DIV", [1, 2, 3], [m.constant("deviation", np.float32(0.75).reshape(()))], (29, {}))
    m.add("MUL", [1, 2, 3], [m.constant("factor", factor.astype(np.float32))], (21, {}))
    m.add("EXPAND_DIMS", [1, 2, 3, 1], [m.constant("axis", np.int32(-1).reshape(()))])
    m.add("SQUEEZE", [1, 2, 3], options=(30, {0: ("Ints", [3])}))
    m.add("RESHAPE", [1, 6], [m.constant("shape", np.int32([-1, 6]))])
    m.dense(w, None)
    m.add("ADD", [1, 5], [m.constant("shift", b.astype(np.float32))], (11, {0: ("Int8", TANH)}))
    m.add("SUB", [1, 5], [m.constant("one", np.float32([1]))], (28, {}), value_at=1)
    m.add("RESHAPE", [1, 5, 1], options=(17, {0: ("Ints", [1, 5, -1])}))
    m.add("RESHAPE", [1, 5], [m.constant("shape", np.int32([1, 5]))])
    m.add("MUL", [1, 5], [m.constant("last", last.astype(np.float32))], (21, {0: ("Int8", RELU_N1_TO_1)}), value_at=1)
    m.write("elementwise")

    def run(x):
        x = ((x.reshape(2, 3) - mean) / 0.75 * factor).reshape(6)
        x = 1 - np.tanh(w @ x + b)
        return np.clip(last[0] * x, -1, 1)
    expect("elementwise", samples(2, 3), run)


def refused():
    """Models that are well formed and not supported."""
    m = Model([1, 4, 4, 1])
    m.add("CONV_2D", [1, 2, 2, 1], [m.constant("kernel", np.zeros((1, 3, 3, 1), np.float32)), m.constant("bias", np.zeros(1, np.float32))])
    m.write("refused-conv")
    m = Model([1, 4])
    m.add("CUSTOM", [1, 4], custom="MyOperator")
    m.write("refused-custom")
    m = Model([1, 2])
    m.add("SOFTMAX", [1, 2], options=(9, {0: ("Float32", 0.25)}))
    m.write("refused-beta")
    m = Model([1, 2])
    m.dense(weights(2, 2), None)
    positive = m.tensor("positive", [1, 2], FLOAT32)
    m.operator("LOGISTIC", [m.inputs[0]], [positive])
    m.operator("DIV", [m.value, positive], [m.tensor("quotient", [1, 2], FLOAT32)], (29, {}))
    m.value = len(m.tensors) - 1
    m.write("refused-branch")
    m = Model([1, 4])
    m.dense(weights(2, 5), None)
    m.write("refused-shape")

    # Four hundred layers of the same four kilobytes: a small file that is a large network.
    m = Model([1, 64])
    shared = m.constant("kernel", rng.integers(-127, 128, size=(64, 64)).astype(np.int8), ([0.01], [0], 0))
    for _ in range(400):
        m.dense(shared, None, name="x")
    m.write("refused-shared")


def limits(scale, zero, kind):
    scale = np.float64(np.float32(scale))
    return scale * (np.iinfo(kind).min - zero), scale * (np.iinfo(kind).max - zero)


def quantized(name, kind, steps, reference, scale_in=0.05, zero_in=0, count=60, signs=(0, 0, 0)):
    """Dense layers with weights of int8 and results of a type each: (units, scale, zero point, operator behind, its scale and zero point)."""
    number = {"int8": INT8, "uint8": UINT8}[kind]
    m = Model([1, 4], input_type=number, quantization=([scale_in], [zero_in], 0))
    inputs, layers, scale_before = 4, [], scale_in
    for i, (units, scale, zero, code, behind) in enumerate(steps):
        q = rng.integers(-127, 128, size=(units, inputs)).astype(np.int8)
        q = signs[i] * np.abs(q) if signs[i] else q
        bias = rng.integers(-600, 600, size=units).astype(np.int32)
        step = np.float32(0.02)
        bias_step = np.float32(np.float32(scale_before) * step)
        m.dense(m.constant(f"kernel{i}", q, ([step], [0], 0)), m.constant(f"bias{i}", bias, ([bias_step], [0], 0)), kind=number,
                quantization=([scale], [zero], 0), name=f"model/layer{i}/MatMul;model/layer{i}/Relu")
        layers.append((q * np.float64(step), bias * np.float64(bias_step)))
        inputs, scale_before = units, scale
        if code:
            m.add(code, [1, units], kind=number, quantization=([behind[0]], [behind[1]], 0))
            scale_before = behind[0]
    m.write(name)
    # Numbers that the input's type can stand for.
    low, high = limits(scale_in, zero_in, kind)
    xs = [np.clip(np.round(rng.normal(size=4) * 128) / 64, low, high) for _ in range(count)]
    expect(name, xs, lambda x: reference(x, layers))


def in_range():
    """Activations that converters leave out, since the range of the result does what they do."""
    reached = set()

    def hit(x, ends, name):
        reached.update((name, i) for i, out in enumerate((x < ends[0], x > ends[1])) if np.any(out))
        return np.clip(x, *ends)

    def run(ends):
        def reference(x, layers):
            for i, ((w, b), end) in enumerate(zip(layers, ends)):
                x = hit(w @ x + b, end, i)
            return x
        return reference
    ends = [limits(0.03, 0, "uint8"), limits(0.05, 128, "uint8")]
    quantized("relu-in-range", "uint8", [(6, 0.03, 0, None, None), (2, 0.05, 128, None, None)], run(ends), zero_in=128)
    assert len(reached) == 4, reached
    reached.clear()
    ends = [(0, 6), limits(0.05, 0, "int8")]
    quantized("relu6-in-range", "int8", [(6, 6 / 255, -128, None, None), (2, 0.05, 0, None, None)], run(ends))
    assert len(reached) == 4, reached

    # A sigmoid's range ends one step below 1, as its values are rounded; a tanh's likewise: nothing is limited there.
    def smooth(x, layers):
        (w, b), (v, c), (u, d) = layers
        s = 1 / (1 + np.exp(-np.clip(w @ x + b, *limits(0.2, 0, "int8"))))
        t = np.tanh(np.clip(v @ s + c, *limits(0.05, 0, "int8")))
        return np.clip(u @ t + d, *limits(0.1, 0, "int8"))
    quantized("smooth-in-range", "int8", [(5, 0.2, 0, "LOGISTIC", (1 / 256, -128)), (4, 0.05, 0, "TANH", (1 / 128, 0)), (2, 0.1, 0, None, None)], smooth)


def one_sided():
    """Results behind a ReLU with weights of one sign, which can leave their range at one end alone."""
    for name, sign, end in (("negative-in-range", -1, 0), ("positive-in-range", 1, 1)):
        passed = set()

        def reference(x, layers):
            (w, b), (v, c) = layers
            inside = v @ np.clip(w @ x + b, *limits(0.03, 0, "uint8")) + c
            low, high = limits(0.05, 128, "uint8")
            passed.update(i for i, out in enumerate((inside < low, inside > high)) if np.any(out))
            return np.clip(inside, low, high)
        quantized(name, "uint8", [(6, 0.03, 0, None, None), (2, 0.05, 128, None, None)], reference, zero_in=128, signs=(0, sign))
        assert passed == {end}, passed


def heads():
    """Two outputs of one trunk."""
    w, b, p, v = weights(6, 4), weights(6), weights(3, 6), weights(1, 6)
    m = Model([1, 4], [-1, 4])
    m.dense(w, b, RELU, "trunk")
    trunk = m.value
    m.dense(p, None, name="policy")
    policy, m.value = m.value, trunk
    m.dense(v, None, name="value")
    m.outputs = [policy, m.value]
    m.write("heads")
    xs = samples(4)
    expect("heads-policy", xs, lambda x: p @ relu(w @ x + b), model="heads", output="policy")
    expect("heads-value", xs, lambda x: v @ relu(w @ x + b), model="heads", output="value")
    expect("heads-trunk", xs, lambda x: relu(w @ x + b), model="heads", output="trunk")


def last_relu6():
    """Whose outputs are at both ends of a fused RELU6: nothing behind it hides them."""
    w1, b1, w2, b2 = weights(6, 4), weights(6), wide(6 * weights(4, 6)), wide(4 * weights(4))
    m = Model([1, 4], [-1, 4])
    m.dense(w1, b1, RELU)
    m.dense(w2, b2, RELU6)
    m.write("last-relu6")
    inside = lambda x: w2 @ relu(w1 @ x + b1) + b2
    xs = samples(4, count=12)
    found = np.concatenate([inside(x) for x in xs])
    assert (found > 6).any() and (found < 0).any() and ((found > 0) & (found < 6)).any()
    expect("last-relu6", xs, lambda x: relu6(inside(x)))


def log_softmax_in_range():
    """A log-softmax of int8, whose range ends at -255/16: the numbers before it are what can be had."""
    w, b = weights(3, 4), weights(3)
    m = Model([1, 4], [-1, 4])
    m.dense(w, b, name="model/logits/MatMul", kind=INT8, quantization=([0.5], [0], 0))
    m.add("LOG_SOFTMAX", [1, 3], name="model/head/LogSoftmax", kind=INT8, quantization=([1 / 16], [127], 0))
    m.write("log-softmax-in-range")
    expect("log-softmax-logits", samples(4), lambda x: w @ x + b, model="log-softmax-in-range", output="model/logits/MatMul")


def scalings():
    """Several scalings in a row, in front of the first dense layer and between a function and a dense layer: the second of them shifts as well."""
    deviation, mean, shift, w1, b1, factor, summand, divisor, w2, b2 = (
        wide(np.abs(weights(4)) + 0.5), weights(4), weights(4), weights(6, 4), weights(6), weights(6), weights(6), wide(np.abs(weights(6)) + 0.5),
        weights(3, 6), weights(3))
    m = Model([1, 4], [-1, 4])
    single = lambda name, values: [m.constant(name, values.astype(np.float32))]
    m.add("DIV", [1, 4], single("deviation", deviation), (29, {}))
    m.add("SUB", [1, 4], single("mean", mean), (28, {}))
    m.add("ADD", [1, 4], single("shift", shift), (11, {}))
    m.dense(w1, b1, TANH)
    m.add("MUL", [1, 6], single("factor", factor), (21, {}))
    m.add("ADD", [1, 6], single("summand", summand), (11, {}))
    m.add("DIV", [1, 6], single("divisor", divisor), (29, {}))
    m.add("SUB", [1, 6], single("again", summand), (28, {}))
    m.dense(w2, b2)
    m.write("scalings")
    expect("scalings", samples(4), lambda x: w2 @ ((np.tanh(w1 @ (x / deviation - mean + shift) + b1) * factor + summand) / divisor - summand) + b2)


float_model()
fused()
activations()
integers()
half()
elementwise()
refused()
in_range()
heads()
last_relu6()
scalings()
log_softmax_in_range()
one_sided()
