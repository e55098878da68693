#!/usr/bin/python3
"""Writes TensorFlow Lite models with windows, branches and joins, and what plain loops over their definitions compute in float64.

Needs python3-flatbuffers and python3-numpy. The same models come out on every run.
"""
import numpy as np

from fixtures import *

rng = np.random.default_rng(53)
SAME, VALID = 0, 1


# What operators compute: values are [height, width, channels] of one sample.

def span(kernel, dilation):
    return (kernel - 1) * dilation + 1


def frame(n, kernel, stride, dilation, padding):
    """Positions along an axis, and how many elements lie before the first."""
    if padding == VALID:
        return (n - span(kernel, dilation)) // stride + 1, 0
    out = -(-n // stride)
    return out, max((out - 1) * stride + span(kernel, dilation) - n, 0) // 2


def taps(x, kernel, strides, dilations, padding):
    """For each position, the elements that its window sees inside of the value: (row, column, [(i, j, element)])."""
    (h, top), (w, left) = (frame(x.shape[a], kernel[a], strides[a], dilations[a], padding) for a in (0, 1))
    for p in range(h):
        for q in range(w):
            seen = []
            for i in range(kernel[0]):
                for j in range(kernel[1]):
                    r, c = p * strides[0] + i * dilations[0] - top, q * strides[1] + j * dilations[1] - left
                    if 0 <= r < x.shape[0] and 0 <= c < x.shape[1]:
                        seen.append((i, j, x[r, c]))
            yield (p, q), seen, (h, w)


def conv(x, f, b, strides=(1, 1), dilations=(1, 1), padding=VALID):
    """f: [out, height, width, in/groups]."""
    out, per_group = f.shape[0], f.shape[3]
    groups = x.shape[2] // per_group
    y = None
    for at, seen, (h, w) in taps(x, f.shape[1:3], strides, dilations, padding):
        y = np.zeros((h, w, out)) if y is None else y
        for o in range(out):
            g = o // (out // groups)
            y[at][o] = sum(float((e[g * per_group:(g + 1) * per_group] * f[o, i, j]).sum()) for i, j, e in seen) + (0 if b is None else b[o])
    return y


def depthwise(x, f, b, strides=(1, 1), dilations=(1, 1), padding=VALID):
    """f: [1, height, width, in·multiplier]."""
    many = f.shape[3] // x.shape[2]
    y = None
    for at, seen, (h, w) in taps(x, f.shape[1:3], strides, dilations, padding):
        y = np.zeros((h, w, f.shape[3])) if y is None else y
        for o in range(f.shape[3]):
            y[at][o] = sum(e[o // many] * f[0, i, j, o] for i, j, e in seen) + (0 if b is None else b[o])
    return y


def transposed(x, f, b, strides, padding, height, width):
    """f: [out, height, width, in]. Every input spreads over the outputs that a convolution of that padding would have read it from."""
    y = np.zeros((height, width, f.shape[0]))
    top, left = (max((-(-(n if padding == SAME else n - k + 1) // s) - 1) * s + k - n, 0) // 2 for n, k, s in zip((height, width), f.shape[1:3], strides))
    for p in range(x.shape[0]):
        for q in range(x.shape[1]):
            for i in range(f.shape[1]):
                for j in range(f.shape[2]):
                    r, c = p * strides[0] + i - top, q * strides[1] + j - left
                    if 0 <= r < height and 0 <= c < width:
                        y[r, c] += f[:, i, j] @ x[p, q]
    return y + (0 if b is None else b)


def pool(x, kernel, strides, padding, function):
    y = None
    for at, seen, (h, w) in taps(x, kernel, strides, (1, 1), padding):
        y = np.zeros((h, w, x.shape[2])) if y is None else y
        y[at] = function(np.array([e for _, _, e in seen]), axis=0)
    return y


def relu(x):
    return np.maximum(x, 0)


def relu6(x):
    return np.clip(x, 0, 6)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# How they are written.

def wide(values):
    return values.astype(np.float32).astype(np.float64)


def weights(*shape):
    return wide(rng.normal(size=shape) / np.sqrt(np.prod(shape[1:])) * 1.5)


def samples(*shape, count=4):
    return [np.round(rng.normal(size=shape) * 128) / 64 for _ in range(count)]


def single(m, name, values):
    return m.constant(name, np.asarray(values).astype(np.float32))


def windowed(m, code, shape, f, b, options, padding, strides, fused, dilations=(1, 1), multiplier=None, **more):
    fields = {0: ("Int8", padding), 1: ("Int32", strides[1]), 2: ("Int32", strides[0])}
    last = 3
    if multiplier is not None:
        fields[3] = ("Int32", multiplier)
        last = 4
    fields[last] = ("Int8", fused)
    if dilations != (1, 1):
        fields[last + 1], fields[last + 2] = ("Int32", dilations[1]), ("Int32", dilations[0])
    f = f if isinstance(f, int) else single(m, "filter", f)
    b = -1 if b is None else b if isinstance(b, int) else single(m, "bias", b)
    m.add(code, [1, *shape], [f, b], (options, fields), **more)


def add_conv(m, shape, f, b, padding=VALID, strides=(1, 1), fused=NONE, dilations=(1, 1), **more):
    windowed(m, "CONV_2D", shape, f, b, 1, padding, strides, fused, dilations, **more)


def add_depthwise(m, shape, f, b, padding=VALID, strides=(1, 1), fused=NONE, dilations=(1, 1), multiplier=0, **more):
    windowed(m, "DEPTHWISE_CONV_2D", shape, f, b, 2, padding, strides, fused, dilations, multiplier, **more)


def add_transposed(m, shape, f, b, padding, strides, fused=NONE, wanted=None):
    fields = {0: ("Int8", padding), 1: ("Int32", strides[1]), 2: ("Int32", strides[0]), 3: ("Int8", fused)}
    wanted = m.constant("shape", np.int32([1, *shape])) if wanted is None else wanted
    inputs = [wanted, single(m, "filter", f)] + ([] if b is None else [single(m, "bias", b)])
    m.add("TRANSPOSE_CONV", [1, *shape], inputs, (49, fields), value_at=2)


def add_pool(m, code, shape, kernel, strides, padding, fused=NONE, **more):
    fields = {0: ("Int8", padding), 1: ("Int32", strides[1]), 2: ("Int32", strides[0]), 3: ("Int32", kernel[1]), 4: ("Int32", kernel[0]), 5: ("Int8", fused)}
    m.add(code, [1, *shape], options=(5, fields), **more)


def add_pad(m, shape, pads, code="PAD", extra=(), **more):
    m.add(code, [1, *shape], [m.constant("pads", np.int32([(0, 0), *pads])), *extra], (22 if code == "PAD" else 43, {}), **more)


def joined(m, code, values, shape, options=None, name=None, kind=FLOAT32, quantization=None):
    result = m.tensor(name or f"model/{code.lower()}_{len(m.operators)}/{code}", [1, *shape], kind, quantization=quantization)
    m.operator(code, values, [result], options)
    m.value = result
    return result


def convolutions():
    f1, b1, f2, b2, f3, w, b = weights(4, 3, 3, 3), weights(4), weights(6, 3, 2, 4), weights(6), weights(4, 2, 2, 3), weights(3, 12), weights(3)
    m = Model([1, 7, 6, 3], [-1, 7, 6, 3])
    add_conv(m, [4, 6, 4], f1, b1, SAME, (2, 1), RELU6, name="model/first/Relu6;model/first/BiasAdd")
    add_conv(m, [2, 4, 6], f2, b2, VALID, (1, 1), TANH, (1, 2))
    add_conv(m, [1, 3, 4], f3, None)
    m.dense(w, b)
    m.write("conv")

    def run(x):
        x = relu6(conv(x, f1, b1, (2, 1), padding=SAME))
        x = np.tanh(conv(x, f2, b2, dilations=(1, 2)))
        x = conv(x, f3, None)
        return np.einsum("oi,i->o", w, x.ravel()) + b
    expect("conv", samples(7, 6, 3), run)


def depthwises():
    f1, b1, f2, b2, f3 = weights(1, 3, 2, 6), weights(6), weights(1, 2, 3, 6), weights(6), weights(1, 3, 3, 6)
    m = Model([1, 6, 5, 2], [-1, 6, 5, 2])
    add_depthwise(m, [3, 5, 6], f1, b1, SAME, (2, 1), RELU, multiplier=3)
    add_depthwise(m, [2, 1, 6], f2, b2, VALID, fused=RELU_N1_TO_1, dilations=(1, 2), multiplier=1)
    add_depthwise(m, [2, 1, 6], f3, None, SAME)
    m.write("depthwise")

    def run(x):
        x = relu(depthwise(x, f1, b1, (2, 1), padding=SAME))
        x = np.clip(depthwise(x, f2, b2, dilations=(1, 2)), -1, 1)
        return depthwise(x, f3, None, padding=SAME)
    expect("depthwise", samples(6, 5, 2), run)


def transposes():
    f1, b1, f2, f3, b3, f4 = weights(3, 3, 2, 2), weights(3), weights(2, 3, 4, 3), weights(2, 2, 1, 2), weights(2), weights(1, 4, 3, 2)
    m = Model([1, 3, 2, 2], [-1, 3, 2, 2])
    add_transposed(m, [6, 4, 3], f1, b1, SAME, (2, 2), RELU)
    add_transposed(m, [8, 13, 2], f2, None, VALID, (1, 3))
    add_transposed(m, [24, 26, 2], f3, b3, VALID, (3, 2))
    add_transposed(m, [47, 51, 1], f4, None, SAME, (2, 2))
    add_pool(m, "AVERAGE_POOL_2D", [3, 3, 1], (21, 25), (20, 24), SAME)
    m.write("transposed")

    def run(x):
        x = relu(transposed(x, f1, b1, (2, 2), SAME, 6, 4))
        x = transposed(x, f2, None, (1, 3), VALID, 8, 13)
        x = transposed(x, f3, b3, (3, 2), VALID, 24, 26)
        x = transposed(x, f4, None, (2, 2), SAME, 47, 51)
        return pool(x, (21, 25), (20, 24), SAME, np.mean)
    expect("transposed", samples(3, 2, 2, count=3), run)


def pools():
    m = Model([1, 7, 5, 3], [-1, 7, 5, 3])
    add_pool(m, "MAX_POOL_2D", [4, 3, 3], (3, 2), (2, 2), SAME)
    first = m.value
    add_pool(m, "AVERAGE_POOL_2D", [4, 3, 3], (2, 3), (1, 1), SAME, RELU)
    mean = m.value
    add_pool(m, "MAX_POOL_2D", [2, 2, 3], (2, 2), (2, 1), VALID)
    m.add("REDUCE_MAX", [1, 3], [m.constant("axes", np.int32([1, 2]))], (27, {}))
    greatest = m.value
    m.value = mean
    m.add("MEAN", [1, 1, 1, 3], [m.constant("axes", np.int32([-2, 1]))], (27, {0: ("Bool", True)}))
    m.add("SQUEEZE", [1, 3], options=(30, {0: ("Ints", [1, 2])}))
    all_mean = m.value
    m.value = first
    m.add("MEAN", [1, 3, 3], [m.constant("axis", np.int32([1]))], (27, {}))
    m.add("RESHAPE", [1, 9], [m.constant("shape", np.int32([-1, 9]))])
    joined(m, "CONCATENATION", [greatest, all_mean, m.value], [15], (10, {0: ("Int32", -1)}))
    m.write("pools")

    def run(x):
        first = pool(x, (3, 2), (2, 2), SAME, np.max)
        mean = relu(pool(first, (2, 3), (1, 1), SAME, np.mean))
        return np.concatenate([pool(mean, (2, 2), (2, 1), VALID, np.max).max(axis=(0, 1)), mean.mean(axis=(0, 1)), first.mean(axis=0).ravel()])
    expect("pools", samples(7, 5, 3), run)


def borders():
    f1, b1, f2 = weights(3, 3, 3, 2), weights(3), weights(1, 2, 2, 3)
    m = Model([1, 6, 6, 2], [-1, 6, 6, 2])
    add_pad(m, [8, 8, 2], [(1, 1), (1, 1), (0, 0)])
    add_conv(m, [3, 3, 3], f1, b1, VALID, (2, 2), RELU)
    add_pad(m, [5, 5, 3], [(1, 1), (0, 2), (0, 0)], "PADV2", [m.constant("zero", np.float32(0).reshape(()))])
    add_pool(m, "MAX_POOL_2D", [2, 2, 3], (3, 3), (2, 2), VALID)
    add_pad(m, [4, 4, 3], [(1, 1), (1, 1), (0, 0)])
    add_pool(m, "AVERAGE_POOL_2D", [3, 3, 3], (2, 2), (1, 1), VALID)
    add_pad(m, [4, 3, 3], [(1, 0), (0, 0), (0, 0)])
    add_depthwise(m, [4, 3, 3], f2, None, SAME)
    m.write("borders")

    def run(x):
        x = relu(conv(np.pad(x, [(1, 1), (1, 1), (0, 0)]), f1, b1, (2, 2)))
        x = pool(np.pad(x, [(1, 1), (0, 2), (0, 0)]), (3, 3), (2, 2), VALID, np.max)
        x = pool(np.pad(x, [(1, 1), (1, 1), (0, 0)]), (2, 2), (1, 1), VALID, np.mean)
        return depthwise(np.pad(x, [(1, 0), (0, 0), (0, 0)]), f2, None, padding=SAME)
    expect("borders", samples(6, 6, 2), run)


def signals():
    """A causal convolution as Keras writes it, and one along the other axis: the zeros come before the axis of extent 1 does."""
    f1, b1, f2, w, b = weights(4, 1, 3, 2), weights(4), weights(3, 2, 1, 4), weights(2, 3), weights(2)
    m = Model([1, 9, 2], [-1, 9, 2])
    add_pad(m, [13, 2], [(4, 0), (0, 0)])
    m.add("EXPAND_DIMS", [1, 1, 13, 2], [m.constant("axis", np.int32(1).reshape(()))])
    add_conv(m, [1, 9, 4], f1, b1, fused=RELU, dilations=(1, 2))
    m.add("SQUEEZE", [1, 9, 4], options=(30, {0: ("Ints", [1])}))
    m.add("RESHAPE", [1, 9, 1, 4], [m.constant("shape", np.int32([-1, 9, 1, 4]))])
    add_conv(m, [4, 1, 3], f2, None, strides=(2, 1))
    m.add("TRANSPOSE", [1, 1, 4, 3], [m.constant("order", np.int32([0, 2, 1, 3]))])
    m.add("RESHAPE", [1, 4, 3], [m.constant("shape", np.int32([1, -1, 3]))])
    kernel, bias = single(m, "kernel", w), single(m, "bias", b)
    m.add("FULLY_CONNECTED", [1, 4, 2], [kernel, bias], (8, {0: ("Int8", TANH), 2: ("Bool", True)}), name="model/each/Tensordot")
    m.add("SOFTMAX", [1, 4, 2], options=(9, {0: ("Float32", 1.0)}))
    m.write("signal")

    def run(x):
        x = relu(conv(np.pad(x, [(4, 0), (0, 0)])[None], f1, b1, dilations=(1, 2)))[0]
        x = conv(x[:, None], f2, None, (2, 1))[:, 0]
        return softmax(np.tanh(np.einsum("ti,oi->to", x, w) + b))
    expect("signal", samples(9, 2), run)


def residuals():
    """Values that several operators read: sums, products, differences, and rectifiers of all kinds."""
    f1, b1, f2, channel, slope, full, shift = weights(4, 3, 3, 4), weights(4), weights(4, 1, 1, 4), weights(1, 1, 4), weights(1, 1, 4), weights(4, 3, 4), weights(4)
    m = Model([1, 4, 3, 4], [-1, 4, 3, 4])
    x = m.value
    add_conv(m, [4, 3, 4], f1, b1, SAME)
    m.add("PRELU", [1, 4, 3, 4], [single(m, "slope", slope)])
    left = m.value
    add_conv(m, [4, 3, 4], f2, None)
    m.add("LEAKY_RELU", [1, 4, 3, 4], options=(75, {0: ("Float32", 0.25)}))
    m.add("MUL", [1, 4, 3, 4], [single(m, "channel", channel)], (21, {}))
    m.add("ADD", [1, 4, 3, 4], [single(m, "shift", shift)], (11, {}), value_at=1)
    sum_ = joined(m, "ADD", [left, m.value], [4, 3, 4], (11, {0: ("Int8", RELU)}))
    difference = joined(m, "SUB", [sum_, x], [4, 3, 4], (28, {0: ("Int8", TANH)}))
    product = joined(m, "MUL", [difference, left], [4, 3, 4], (21, {}))
    m.add("PRELU", [1, 4, 3, 4], [single(m, "full", full)])
    each = m.value
    m.value = product
    m.add("RELU_0_TO_1", [1, 4, 3, 4])
    unit = m.value
    m.value = product
    m.add("MAXIMUM", [1, 4, 3, 4], [single(m, "least", np.float32(-0.25).reshape(()))])
    m.add("MINIMUM", [1, 4, 3, 4], [single(m, "greatest", np.float32([0.5]))])
    all_ = joined(m, "ADD", [joined(m, "ADD", [m.value, each], [4, 3, 4], (11, {})), unit], [4, 3, 4], (11, {}))
    rows = joined(m, "CONCATENATION", [all_, x], [8, 3, 4], (10, {0: ("Int32", 1)}))
    channels = joined(m, "CONCATENATION", [rows, rows], [8, 3, 8], (10, {0: ("Int32", 3), 1: ("Int8", RELU6)}))
    m.write("residual")

    def run(x):
        left = conv(x, f1, b1, padding=SAME)
        left = np.where(left < 0, left * slope, left)
        y = conv(left, f2, None)
        y = np.where(y < 0, y * 0.25, y) * channel + shift
        p = np.tanh(relu(left + y) - x) * left
        y = np.clip(p, -0.25, 0.5) + np.where(p < 0, p * full, p) + np.clip(p, 0, 1)
        y = np.concatenate([y, x])
        return relu6(np.concatenate([y, y], axis=2))
    expect("residual", samples(4, 3, 4), run)


def two():
    """Two inputs, an image and a row, and two outputs."""
    f, b, w, v, c, u = weights(2, 2, 2, 1), weights(2), weights(4, 21), weights(3, 4), weights(3), weights(1, 4)
    m = Model([1, 4, 4, 1], [-1, 4, 4, 1])
    image = m.value
    row = m.tensor("serving_default_speed:0", [1, 3], FLOAT32, signature=[-1, 3])
    m.inputs = [image, row]
    add_conv(m, [3, 3, 2], f, b, fused=RELU)
    m.add("RESHAPE", [1, 18], [m.constant("shape", np.int32([-1, 18]))])
    joined(m, "CONCATENATION", [m.value, row], [21], (10, {0: ("Int32", 1)}))
    m.dense(w, None, RELU, "trunk")
    trunk = m.value
    m.dense(v, c, name="steering")
    m.add("SOFTMAX", [1, 3], options=(9, {0: ("Float32", 1.0)}), name="policy")
    policy, m.value = m.value, trunk
    m.dense(u, None, TANH, name="value")
    m.outputs = [policy, m.value]
    m.write("two")

    def trunk_of(x):
        image = relu(conv(x[:16].reshape(4, 4, 1), f, b))
        return relu(np.einsum("oi,i->o", w, np.concatenate([image.ravel(), x[16:]])))
    xs = samples(19)
    expect("two-policy", xs, lambda x: softmax(np.einsum("oi,i->o", v, trunk_of(x)) + c), model="two", output="policy")
    expect("two-value", xs, lambda x: np.tanh(np.einsum("oi,i->o", u, trunk_of(x))), model="two", output="value")


def computed_shapes():
    """Shapes that the file computes from that of a value, as Keras writes a Reshape and a transposed convolution for any batch."""
    w, f = weights(12, 5), weights(2, 3, 3, 3)
    m = Model([1, 5], [-1, 5])
    m.dense(w, None, RELU)
    value = m.value

    def slice_of(shape, begin, end, name):
        part = m.tensor(name, [], INT32)
        m.operator("STRIDED_SLICE", [shape, m.constant("begin", np.int32([begin])), m.constant("end", np.int32([end])), m.constant("step", np.int32([1]))],
                   [part], (32, {4: ("Int32", 1)}))
        return part

    def number(value, name):
        return m.constant(name, np.int32(value).reshape(()))

    def pack(parts, name):
        packed = m.tensor(name, [len(parts)], INT32)
        m.operator("PACK", parts, [packed], (59, {0: ("Int32", len(parts))}))
        return packed
    shape = m.tensor("shape", [2], INT32)
    m.operator("SHAPE", [value], [shape], (55, {0: ("Int8", INT32)}))
    wanted = pack([slice_of(shape, 0, 1, "batch"), number(2, "two"), number(2, "two"), number(3, "three")], "wanted")
    m.value = value
    m.add("RESHAPE", [1, 2, 2, 3], [wanted])
    image = m.value
    four = m.tensor("shape2", [4], INT32)
    m.operator("SHAPE", [image], [four], (55, {0: ("Int8", INT32)}))
    twice = []
    for axis in (1, 2):
        part = m.tensor("twice", [], INT32)
        m.operator("MUL", [slice_of(four, axis, axis + 1, "extent"), number(2, "stride")], [part], (21, {}))
        twice.append(part)
    out = pack([slice_of(four, 0, 1, "batch"), *twice, number(2, "filters")], "out")
    m.value = image
    add_transposed(m, [4, 4, 2], f, None, SAME, (2, 2), wanted=out)
    m.write("computed-shapes")
    expect("computed-shapes", samples(5), lambda x: transposed(relu(np.einsum("oi,i->o", w, x)).reshape(2, 2, 3), f, None, (2, 2), SAME, 4, 4))


def hybrid():
    """Weights of int8 in a graph of 32-bit numbers: a scale for each filter, for each channel, and one for all."""
    m = Model([1, 5, 5, 2], [-1, 5, 5, 2])
    scales = [wide(rng.uniform(0.004, 0.02, size=n)) for n in (3, 6)]
    q = [rng.integers(-127, 128, size=s).astype(np.int8) for s in ((3, 3, 3, 2), (1, 2, 2, 6), (2, 24))]
    b = weights(3)
    add_conv(m, [3, 3, 3], m.constant("filter", q[0], (scales[0].tolist(), [0] * 3, 0)), b, fused=RELU)
    add_depthwise(m, [2, 2, 6], m.constant("depth", q[1], (scales[1].tolist(), [0] * 6, 3)), None, multiplier=2)
    m.dense(m.constant("kernel", q[2], ([0.0078125], [0], 0)), None)
    m.write("hybrid")
    f, d, w = q[0] * scales[0][:, None, None, None], q[1] * scales[1], q[2] * 0.0078125
    expect("hybrid", samples(5, 5, 2), lambda x: np.einsum("oi,i->o", w, depthwise(relu(conv(x, f, b)), d, None).ravel()))


def int8():
    """Everything in int8: the range of each result limits it. The border is of zero points."""
    step_in, z = np.float64(np.float32(0.05)), -4
    m = Model([1, 6, 6, 2], input_type=INT8, quantization=([0.05], [z], 0))
    x = m.value
    s1, s2 = wide(rng.uniform(0.002, 0.006, size=4)), wide(rng.uniform(0.002, 0.008, size=4))
    q1, q2, q3 = (rng.integers(-127, 128, size=s).astype(np.int8) for s in ((4, 3, 3, 2), (1, 3, 3, 4), (3, 4)))
    ranges = [(0.03, -128), (0.012, -10), (0.04, 5), (0.04, 5), (0.03, 2)]
    limit = [(np.float64(np.float32(s)) * (-128 - p), np.float64(np.float32(s)) * (127 - p)) for s, p in ranges]
    quantization = [([s], [p], 0) for s, p in ranges]

    def bias(count, scales):
        scales = np.float32(scales)
        q = rng.integers(-500, 500, size=count).astype(np.int32)
        return m.constant("bias", q, (scales.tolist(), [0] * count, 0)), q * scales.astype(np.float64)
    add_pad(m, [8, 8, 2], [(1, 1), (1, 1), (0, 0)], kind=INT8, quantization=([0.05], [z], 0))
    i1, b1 = bias(4, step_in * s1)
    add_conv(m, [3, 3, 4], m.constant("filter", q1, (s1.tolist(), [0] * 4, 0)), i1, strides=(2, 2), kind=INT8, quantization=quantization[0])
    first = m.value
    i2, b2 = bias(4, 0.03 * s2)
    add_depthwise(m, [3, 3, 4], m.constant("depth", q2, (s2.tolist(), [0] * 4, 3)), i2, SAME, multiplier=1, kind=INT8, quantization=quantization[1])
    sum_ = joined(m, "ADD", [first, m.value], [3, 3, 4], (11, {}), kind=INT8, quantization=quantization[2])
    add_pool(m, "AVERAGE_POOL_2D", [1, 1, 4], (3, 3), (1, 1), VALID, kind=INT8, quantization=quantization[3])
    m.add("RESHAPE", [1, 4], [m.constant("shape", np.int32([-1, 4]))], kind=INT8, quantization=quantization[3])
    m.dense(m.constant("kernel", q3, ([0.02], [0], 0)), None, kind=INT8, quantization=quantization[4])
    m.add("SOFTMAX", [1, 3], options=(9, {0: ("Float32", 1.0)}), kind=INT8, quantization=([1 / 256], [-128], 0))
    m.add("DEQUANTIZE", [1, 3])
    m.write("int8-conv")
    f, d, w = q1 * s1[:, None, None, None], q2 * s2, q3 * np.float64(np.float32(0.02))
    reached = set()

    def held(i, y):
        reached.update((i, end) for end, out in enumerate((y < limit[i][0], y > limit[i][1])) if np.any(out))
        return np.clip(y, *limit[i])

    def run(x):
        first = held(0, conv(np.pad(x, [(1, 1), (1, 1), (0, 0)]), f, b1, (2, 2)))
        y = held(2, first + held(1, depthwise(first, d, b2, padding=SAME)))
        return softmax(held(4, np.einsum("oi,i->o", w, pool(y, (3, 3), (1, 1), VALID, np.mean).ravel())))
    xs = [np.clip(np.round(rng.normal(size=(6, 6, 2)) * 150) / 64, step_in * (-128 - z), step_in * (127 - z)) for _ in range(12)]
    expect("int8-conv", xs, run)
    assert {(0, 0), (0, 1), (1, 0), (1, 1), (2, 1)} <= reached, reached


def refused():
    m = Model([1, 4, 4, 1])
    add_pad(m, [6, 6, 1], [(1, 1), (1, 1), (0, 0)])
    m.add("RELU", [1, 6, 6, 1])
    m.write("refused-border")
    m = Model([1, 3, 4])
    m.add("TRANSPOSE", [1, 4, 3], [m.constant("order", np.int32([0, 2, 1]))])
    m.write("refused-transpose")
    m = Model([1, 4, 4, 2])
    x = m.value
    m.add("MEAN", [1, 1, 1, 2], [m.constant("axes", np.int32([1, 2]))], (27, {0: ("Bool", True)}))
    joined(m, "MUL", [x, m.value], [4, 4, 2], (21, {}))
    m.write("refused-repeated")
    m = Model([1, 4, 4, 1])
    add_pad(m, [6, 6, 1], [(1, 1), (1, 1), (0, 0)], "PADV2", [m.constant("one", np.float32(1).reshape(()))])
    m.write("refused-pad")
    m = Model([1, 3, 3, 1])
    add_transposed(m, [9, 6, 1], weights(1, 2, 2, 1), None, VALID, (2, 2))
    m.write("refused-extent")


convolutions()
depthwises()
transposes()
pools()
borders()
signals()
residuals()
two()
computed_shapes()
hybrid()
int8()
refused()
