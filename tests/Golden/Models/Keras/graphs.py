#!/usr/bin/python3
"""Writes Keras models that branch and models with windows, and what plain loops over their definitions compute in float64.

Needs python3-h5py and python3-numpy. With python3-torch, the loops are held against PyTorch before anything is written.
"""
import numpy as np

import make
from make import archive, dense, expect, functional, layer2, layer3, legacy, normalize, relu, sequential3, softmax, tensor3, wide

make.rng = np.random.default_rng(31)
weights, samples = make.weights, make.samples


def same(extent, k, stride, dilation=1):
    """Before and behind: TensorFlow's border, the odd element behind."""
    total = max((-(-extent // stride) - 1) * stride + (k - 1) * dilation + 1 - extent, 0)
    return total // 2, total - total // 2


def windows(x, kernel, strides, dilations, pads, fill):
    """For each position: its place, and the elements under the window, [kernel.., channels]."""
    axes = len(kernel)
    padded = np.pad(x, [*pads, (0, 0)], constant_values=fill)
    reach = [(k - 1) * d + 1 for k, d in zip(kernel, dilations)]
    extents = [(padded.shape[i] - reach[i]) // strides[i] + 1 for i in range(axes)]
    for place in np.ndindex(*extents):
        yield place, padded[tuple(slice(p * s, p * s + r, d) for p, s, r, d in zip(place, strides, reach, dilations))]


def slide(x, kernel, strides, dilations, pads, one, fill=0.0):
    found = {place: one(seen) for place, seen in windows(x, kernel, strides, dilations, pads, fill)}
    extents = [1 + max(place[i] for place in found) for i in range(len(kernel))]
    result = np.zeros([*extents, len(next(iter(found.values())))])
    for place, value in found.items():
        result[place] = value
    return result


def borders(x, kernel, strides, dilations, padding):
    if padding == "causal":
        return [((kernel[0] - 1) * dilations[0], 0)]
    return [same(n, *one) if padding == "same" else (0, 0) for n, *one in zip(x.shape, kernel, strides, dilations)]


def conv(x, w, b=None, strides=None, padding="valid", dilations=None, groups=1):
    kernel = w.shape[:-2]
    strides, dilations = strides or [1] * len(kernel), dilations or [1] * len(kernel)
    part, filters = w.shape[-2], w.shape[-1] // groups

    def one(seen):
        return np.concatenate([np.tensordot(seen[..., g * part:(g + 1) * part], wide(w)[..., g * filters:(g + 1) * filters], len(kernel) + 1) for g in range(groups)])
    return slide(x, kernel, strides, dilations, borders(x, kernel, strides, dilations, padding), one) + (0 if b is None else wide(b))


def depthwise(x, w, b=None, strides=None, padding="valid", dilations=None):
    kernel = w.shape[:-2]
    strides, dilations = strides or [1] * len(kernel), dilations or [1] * len(kernel)

    def one(seen):
        return (seen[..., None] * wide(w)).sum(tuple(range(len(kernel)))).ravel()
    return slide(x, kernel, strides, dilations, borders(x, kernel, strides, dilations, padding), one) + (0 if b is None else wide(b))


def transposed(x, w, b, strides, padding="valid", more=None):
    """more: output_padding."""
    axes = len(strides)
    full = np.zeros([*((n - 1) * s + k + s for n, s, k in zip(x.shape, strides, w.shape)), w.shape[-2]])
    for place in np.ndindex(*x.shape[:-1]):
        full[tuple(slice(p * s, p * s + k) for p, s, k in zip(place, strides, w.shape))] += wide(w) @ x[place]
    cut = []
    for i in range(axes):
        n, s, k = x.shape[i], strides[i], w.shape[i]
        reach = (n - 1) * s + k
        if padding == "same":
            length = n * s if more is None else (n - 1) * s + k % 2 + more[i]
            # What TensorFlow takes off in front: this is the gradient of a convolution with its border.
            before = max(reach - length, 0) // 2
        else:
            length = n * s + max(k - s, 0) if more is None else reach + more[i]
            before = 0
        cut.append(slice(before, before + length))
    return full[tuple(cut)] + wide(b)


def pool(x, size, strides=None, padding="valid", average=False):
    strides = strides or size
    ones = [1] * len(size)
    pads = borders(x, size, strides, ones, padding)
    flat = tuple(range(len(size)))
    if average:
        return slide(x, size, strides, ones, pads, lambda seen: np.nanmean(seen, flat), np.nan)
    return slide(x, size, strides, ones, pads, lambda seen: seen.max(flat), -np.inf)


def standard(x, axes, gamma, beta, epsilon):
    over = tuple(range(x.ndim - axes, x.ndim))
    return (x - x.mean(over, keepdims=True)) / np.sqrt(x.var(over, keepdims=True) + epsilon) * wide(gamma) + wide(beta)


def slope(x, alpha):
    return np.where(x < 0, alpha * x, x)


def softmax_last(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def norm_weights(channels):
    return [weights(channels) + 1, weights(channels), weights(channels), weights(channels) ** 2 + np.float32(0.5)]


BN = ["gamma", "beta", "moving_mean", "moving_variance"]


def kb(w, b=None):
    return [("kernel", w)] + ([("bias", b)] if b is not None else [])


def signals():
    """Every layer of signals, one after the other."""
    c1, b1 = weights(3, 3, 4), weights(4)
    c2, b2 = weights(2, 2, 6), weights(6)
    d, bd = weights(3, 6, 2), weights(12)
    sd, sp, sb = weights(3, 12, 1), weights(1, 12, 5), weights(5)
    t, bt = weights(3, 4, 5), weights(4)
    w, b = weights(4, 3), weights(3)
    archive("signals-3.keras", sequential3(
        layer3("InputLayer", "input", batch_shape=[None, 13, 3]),
        layer3("Conv1D", "causal", filters=4, kernel_size=[3], strides=[1], padding="causal", dilation_rate=[2], groups=1, activation="relu", use_bias=True, data_format="channels_last"),
        layer3("Conv1D", "grouped", filters=6, kernel_size=[2], strides=[2], padding="same", dilation_rate=[1], groups=2, activation="tanh", use_bias=True),
        layer3("DepthwiseConv1D", "each", kernel_size=[3], strides=[1], padding="same", depth_multiplier=2, activation="linear", use_bias=True, dilation_rate=[1]),
        layer3("SeparableConv1D", "separable", filters=5, kernel_size=3, strides=1, padding="same", depth_multiplier=1, activation="elu", use_bias=True),
        layer3("MaxPooling1D", "greatest", pool_size=[2], strides=[2], padding="same", data_format="channels_last"),
        layer3("Conv1DTranspose", "longer", filters=4, kernel_size=[3], strides=[2], padding="same", output_padding=None, activation="softsign", use_bias=True),
        layer3("AveragePooling1D", "mean", pool_size=[3], strides=[2], padding="same"),
        layer3("SpatialDropout1D", "drop", rate=0.2, seed=None),
        layer3("GlobalMaxPooling1D", "all", keepdims=False),
        layer3("Dense", "scores", units=3, activation="softmax", use_bias=True)),
        [("conv1d", "causal", [c1, b1]), ("conv1d_1", "grouped", [c2, b2]), ("depthwise_conv1d", "each", [d, bd]), ("separable_conv1d", "separable", [sd, sp, sb]),
         ("conv1d_transpose", "longer", [t, bt]), ("dense", "scores", [w, b])])

    def run(x):
        x = relu(conv(x.reshape(13, 3), c1, b1, padding="causal", dilations=[2]))
        x = np.tanh(conv(x, c2, b2, [2], "same", groups=2))
        x = depthwise(x, d, bd, padding="same")
        x = conv(depthwise(x, sd, padding="same"), sp, sb)
        x = pool(np.where(x > 0, x, np.expm1(x)), [2], padding="same")
        x = transposed(x, t, bt, [2], "same")
        x = pool(x / (1 + np.abs(x)), [3], [2], "same", average=True)
        return softmax(dense(x.max(0), w, b))
    expect("signals-3", samples(39, 3), run)


def images():
    """Keras 2, a chain over images: zeros around, windows of unequal extents, slopes, limits, and one number for each channel."""
    c1, b1 = weights(3, 2, 2, 4), weights(4)
    d, bd = weights(3, 3, 4, 2), weights(8)
    c2 = weights(2, 2, 4, 6)
    sd, sp, sb = weights(2, 2, 6, 2), weights(1, 1, 12, 3), weights(3)
    alpha = weights(1, 1, 3)
    w, b = weights(6, 2), weights(2)
    legacy("images-2.h5", {"class_name": "Sequential", "config": {"name": "s", "layers": [
        layer2("InputLayer", "input_1", batch_input_shape=[None, 9, 8, 2]),
        layer2("ZeroPadding2D", "zeros", padding=[[1, 0], [2, 1]], data_format="channels_last"),
        layer2("Conv2D", "first", filters=4, kernel_size=[3, 2], strides=[2, 1], padding="valid", dilation_rate=[1, 1], groups=1, activation="linear", use_bias=True),
        layer2("LeakyReLU", "leaky", alpha=0.20000000298023224),
        layer2("DepthwiseConv2D", "each", kernel_size=[3, 3], strides=[2, 2], padding="same", depth_multiplier=2, activation="linear", use_bias=True, dilation_rate=[1, 1]),
        layer2("ReLU", "limited", max_value=1.5, negative_slope=0.0, threshold=0.0),
        layer2("Conv2D", "wide", filters=6, kernel_size=[2, 2], strides=[1, 1], padding="same", dilation_rate=[2, 2], groups=2, activation="linear", use_bias=False),
        layer2("SeparableConv2D", "separable", filters=3, kernel_size=[2, 2], strides=[1, 1], padding="same", depth_multiplier=2, activation="linear", use_bias=True),
        layer2("PReLU", "slopes", shared_axes=[1, 2]),
        layer2("MaxPooling2D", "greatest", pool_size=[2, 2], strides=[1, 2], padding="same"),
        layer2("AveragePooling2D", "mean", pool_size=[1, 2], strides=None, padding="valid"),
        layer2("Flatten", "flatten", data_format="channels_last"),
        layer2("Dense", "out", units=2, activation="linear", use_bias=True)]}},
        [("zeros", []), ("first", kb(c1, b1)), ("leaky", []), ("each", [("depthwise_kernel", d), ("bias", bd)]), ("limited", []), ("wide", kb(c2)),
         ("separable", [("depthwise_kernel", sd), ("pointwise_kernel", sp), ("bias", sb)]), ("slopes", [("alpha", alpha)]), ("greatest", []), ("mean", []), ("flatten", []),
         ("out", kb(w, b))], "2.11.0")

    def run(x):
        x = np.pad(x.reshape(9, 8, 2), [(1, 0), (2, 1), (0, 0)])
        x = slope(conv(x, c1, b1, [2, 1]), 0.20000000298023224)
        x = np.clip(depthwise(x, d, bd, [2, 2], "same"), 0, 1.5)
        x = conv(x, c2, None, None, "same", [2, 2], 2)
        x = slope(conv(depthwise(x, sd, padding="same"), sp, sb), wide(alpha))
        x = pool(pool(x, [2, 2], [1, 2], "same"), [1, 2], average=True)
        return dense(x.ravel(), w, b)
    expect("images-2", samples(144, 3), run)


def transposes():
    """Every crop of transposed convolutions; windows smaller than strides, and borders that the file says."""
    a, ba = weights(3, 3, 3, 2), weights(3)
    b, bb = weights(2, 4, 2, 3), weights(2)
    c, bc = weights(3, 2, 2, 2), weights(2)
    d, bd = weights(2, 2, 1, 2), weights(1)

    def layer(name, filters, kernel, strides, padding, more=None, activation="tanh"):
        return layer3("Conv2DTranspose", name, filters=filters, kernel_size=kernel, strides=strides, padding=padding, output_padding=more, activation=activation, use_bias=True,
                      dilation_rate=[1, 1])
    archive("transposes-3.keras", sequential3(
        layer3("InputLayer", "input", batch_shape=[None, 1, 2, 2]), layer("same", 3, [3, 3], [2, 1], "same"), layer("valid", 2, [2, 4], [3, 2], "valid"),
        layer("longer", 2, [3, 2], [2, 2], "same", [1, 0]), layer("last", 1, [2, 2], [2, 1], "valid", [1, 0], "linear")),
        [("conv2d_transpose", "same", [a, ba]), ("conv2d_transpose_1", "valid", [b, bb]), ("conv2d_transpose_2", "longer", [c, bc]), ("conv2d_transpose_3", "last", [d, bd])])

    def run(x):
        x = np.tanh(transposed(x.reshape(1, 2, 2), a, ba, [2, 1], "same"))
        x = np.tanh(transposed(x, b, bb, [3, 2]))
        x = np.tanh(transposed(x, c, bc, [2, 2], "same", [1, 0]))
        return transposed(x, d, bd, [2, 1], "valid", [1, 0])
    expect("transposes-3", samples(4, 2), run)


def residual():
    """Keras 2: blocks with a path around, as residual networks have them; the second with a convolution on it."""
    c = [weights(3, 3, 2, 4), weights(3, 3, 4, 4), weights(3, 3, 4, 6), weights(1, 1, 4, 6)]
    b = [weights(4), weights(4), weights(6), weights(6)]
    n = [norm_weights(4), norm_weights(4), norm_weights(6)]
    w, bw = weights(6, 3), weights(3)

    def convolution(i, filters, k, stride, source, use_bias=True):
        return (layer2("Conv2D", f"conv2d_{i}", filters=filters, kernel_size=[k, k], strides=[stride, stride], padding="same", dilation_rate=[1, 1], groups=1, activation="linear",
                       use_bias=use_bias, data_format="channels_last"), make.node2(source))

    def norm(i, source, **more):
        layer = layer2("BatchNormalization", f"norm_{i}", axis=[3], momentum=0.95, epsilon=0.001, center=True, scale=True)
        layer["config"].update(more)
        return layer, make.node2(source)

    def act(name, source):
        return layer2("Activation", name, activation="relu"), make.node2(source)
    config = functional(2, [
        (layer2("InputLayer", "image", batch_input_shape=[None, 6, 6, 2]), []), convolution(0, 4, 3, 1, "image"), norm(0, "conv2d_0"), act("act_0", "norm_0"),
        convolution(1, 4, 3, 1, "act_0"), norm(1, "conv2d_1"), (layer2("Add", "add"), [[["act_0", 0, 0, {}], ["norm_1", 0, 0, {}]]]), act("act_1", "add"),
        convolution(2, 6, 3, 2, "act_1"), norm(2, "conv2d_2", trainable=False), convolution(3, 6, 1, 2, "act_1"),
        (layer2("Add", "add_1"), [[["conv2d_3", 0, 0, {}], ["norm_2", 0, 0, {}]]]), act("act_2", "add_1"),
        (layer2("GlobalAveragePooling2D", "means", data_format="channels_last", keepdims=True), make.node2("act_2")),
        (layer2("Flatten", "flatten"), make.node2("means")),
        (layer2("Dense", "classes", units=3, activation="softmax", use_bias=True), make.node2("flatten"))], ["classes"])
    legacy("residual-2.h5", config, [(f"conv2d_{i}", kb(c[i], b[i])) for i in range(4)] + [(f"norm_{i}", list(zip(BN, n[i]))) for i in range(3)] + [("classes", kb(w, bw))], "2.4.0")

    def bn(x, i):
        return normalize(x, *map(wide, n[i]), 0.001)

    def run(x):
        x = relu(bn(conv(x.reshape(6, 6, 2), c[0], b[0], padding="same"), 0))
        x = relu(x + bn(conv(x, c[1], b[1], padding="same"), 1))
        x = relu(conv(x, c[3], b[3], [2, 2], "same") + bn(conv(x, c[2], b[2], [2, 2], "same"), 2))
        return softmax(dense(x.mean((0, 1)), w, bw))
    expect("residual-2", samples(72, 3), run)


def joins():
    """Two inputs, every join, and several positions at a time."""
    w1, b1, w2 = weights(3, 4), weights(4), weights(5, 4)
    g, h = weights(4) + 1, weights(4)
    g2, h2 = weights(4, 4) + 1, weights(4, 4)
    w3, b3 = weights(4, 3), weights(3)
    alpha = weights(2, 4)
    config = functional(3, [
        (layer3("InputLayer", "left", batch_shape=[None, 2, 3]), []), (layer3("InputLayer", "right", batch_shape=[None, 2, 5]), []),
        (layer3("Dense", "steps", units=4, activation="tanh", use_bias=True), make.node3("left")),
        (layer3("Dense", "others", units=4, activation="linear", use_bias=False), make.node3("right")),
        (layer3("Subtract", "difference"), make.node3("steps", "others")),
        (layer3("PReLU", "slopes", shared_axes=None), make.node3("difference")),
        (layer3("Multiply", "product"), make.node3("steps", "slopes")),
        (layer3("Average", "mean"), make.node3("steps", "others", "product")),
        (layer3("LayerNormalization", "norm", axis=-1, epsilon=0.001, center=True, scale=True), make.node3("mean")),
        (layer3("Concatenate", "longer", axis=1), make.node3("norm", "difference")),
        (layer3("LayerNormalization", "norm_1", axis=[1, 2], epsilon=0.01, center=True, scale=True), make.node3("longer")),
        (layer3("Concatenate", "wider", axis=-1), make.node3("longer", "norm_1")),
        (layer3("Reshape", "row", target_shape=[1, 8, 4]), make.node3("wider")),
        (layer3("Permute", "turned", dims=[2, 1, 3]), make.node3("row")),
        (layer3("Dense", "classes", units=3, activation="softmax", use_bias=True), make.node3("turned"))], ["classes"])
    config["config"]["input_layers"] = [["left", 0, 0], ["right", 0, 0]]
    archive("joins-3.keras", config, [
        ("dense", "steps", [w1, b1]), ("dense_1", "others", [w2]), ("p_re_lu", "slopes", [alpha]), ("layer_normalization", "norm", [g, h]),
        ("layer_normalization_1", "norm_1", [g2, h2]), ("dense_2", "classes", [w3, b3])])

    def run(x):
        steps, others = np.tanh(dense(x[:6].reshape(2, 3), w1, b1)), dense(x[6:].reshape(2, 5), w2)
        difference = steps - others
        mean = (steps + others + steps * slope(difference, wide(alpha))) / 3
        longer = np.concatenate([standard(mean, 1, g, h, 0.001), difference], 0)
        wider = np.concatenate([longer, standard(longer, 2, g2, h2, 0.01)], -1)
        return softmax_last(dense(wider.reshape(8, 1, 4), w3, b3))
    expect("joins-3", samples(16), run)


def shared():
    """One layer in two places: Keras 2 and 3 number what reads it in their own ways."""
    w, b, v = weights(3, 4), weights(4), weights(4, 1)
    n = norm_weights(4)
    gamma = [n[0], n[1], n[2], n[3]]
    config = functional(2, [
        (layer2("InputLayer", "a", batch_input_shape=[None, 3]), []), (layer2("InputLayer", "b", batch_input_shape=[None, 3]), []),
        (layer2("Dense", "encode", units=4, activation="relu", use_bias=True), make.node2("a") + make.node2("b")),
        (layer2("BatchNormalization", "norm", axis=[1], momentum=0.99, epsilon=0.001, center=True, scale=True), [[["encode", 0, 0, {}]], [["encode", 1, 0, {}]]]),
        (layer2("Subtract", "difference"), [[["norm", 0, 0, {}], ["norm", 1, 0, {}]]]),
        (layer2("Dense", "distance", units=1, activation="sigmoid", use_bias=False), make.node2("difference"))], ["distance"])
    config["config"]["input_layers"] = [["a", 0, 0], ["b", 0, 0]]
    legacy("shared-2.h5", config, [("encode", kb(w, b)), ("norm", list(zip(BN, gamma))), ("distance", kb(v))], "2.15.0")

    def run(x):
        left, right = (normalize(relu(dense(part, w, b)), *map(wide, gamma), 0.001) for part in (x[:3], x[3:]))
        return make.sigmoid(dense(left - right, v))
    expect("shared-2", samples(6), run)

    def tensor(source, place):
        found = tensor3(source)
        found["config"]["keras_history"] = [source, place, 0]
        return found

    def call(*tensors):
        return {"args": list(tensors) if len(tensors) == 1 else [list(tensors)], "kwargs": {}}
    config = functional(3, [
        (layer3("InputLayer", "a", batch_shape=[None, 3]), []), (layer3("InputLayer", "b", batch_shape=[None, 3]), []),
        (layer3("Dense", "encode", units=4, activation="relu", use_bias=True), [call(tensor("a", 0)), call(tensor("b", 0))]),
        (layer3("Multiply", "product"), [call(tensor("encode", 0), tensor("encode", 1))]),
        (layer3("Dense", "likeness", units=1, activation="sigmoid", use_bias=False), [call(tensor("product", 0))])], ["likeness"])
    config["config"]["input_layers"] = [["b", 0, 0], ["a", 0, 0]]
    config["config"]["output_layers"] = ["likeness", 0, 0]
    archive("shared-3.keras", config, [("dense", "encode", [w, b]), ("dense_1", "likeness", [v])])


def pools():
    """Pools side by side, behind zeros that some of them count."""
    w, b = weights(14, 2), weights(2)
    config = functional(3, [
        (layer3("InputLayer", "image", batch_shape=[None, 5, 4, 2]), []),
        (layer3("ReLU", "positive", max_value=None, negative_slope=0.0, threshold=0.0), make.node3("image")),
        (layer3("ZeroPadding2D", "zeros", padding=[[1, 1], [1, 1]]), make.node3("positive")),
        (layer3("MaxPooling2D", "greatest", pool_size=[3, 3], strides=[3, 3], padding="valid"), make.node3("zeros")),
        (layer3("AveragePooling2D", "counting", pool_size=[3, 3], strides=[3, 3], padding="valid"), make.node3("zeros")),
        (layer3("AveragePooling2D", "inside", pool_size=[3, 2], strides=[3, 3], padding="same"), make.node3("image")),
        (layer3("GlobalMaxPooling2D", "most", keepdims=False), make.node3("image")),
        (layer3("GlobalAveragePooling2D", "means", keepdims=False), make.node3("inside")),
        (layer3("Flatten", "flat"), make.node3("greatest")), (layer3("GlobalAveragePooling2D", "counted", keepdims=False), make.node3("counting")),
        (layer3("Concatenate", "all", axis=1), make.node3("flat", "counted", "most", "means")),
        (layer3("Dense", "out", units=2, activation="linear", use_bias=True), make.node3("all"))], ["out"])
    archive("pools-3.keras", config, [("dense", "out", [w, b])])

    def run(x):
        x = x.reshape(5, 4, 2)
        zeros = np.pad(relu(x), [(1, 1), (1, 1), (0, 0)])
        greatest, counting = pool(zeros, [3, 3]), pool(zeros, [3, 3], average=True)
        inside = pool(x, [3, 2], [3, 3], "same", average=True)
        return dense(np.concatenate([greatest.ravel(), counting.mean((0, 1)), x.max((0, 1)), inside.mean((0, 1))]), w, b)
    expect("pools-3", samples(40, 3), run)


def refused():
    """Models that are well formed and not supported."""
    w = weights(4, 4)
    stored = [("dense", kb(w))]

    def one(name, *layers):
        legacy(f"refused-{name}.h5", {"class_name": "Sequential", "config": {"name": "s", "layers": list(layers)}}, stored, "2.11.0")
    one("channels-first", layer2("Conv2D", "conv2d", batch_input_shape=[None, 3, 4, 4], filters=2, kernel_size=[3, 3], data_format="channels_first"))
    one("slopes", layer2("PReLU", "slopes", batch_input_shape=[None, 4, 4, 2], shared_axes=[1]))
    one("zeros", layer2("ZeroPadding1D", "zeros", batch_input_shape=[None, 4, 2], padding=[1, 1]))
    one("moved", layer2("Permute", "turned", batch_input_shape=[None, 4, 2], dims=[2, 1]))


def check():
    """The loops against PyTorch, where that is installed."""
    try:
        import torch
        from torch.nn import functional as F
    except ImportError:
        return
    for padding, strides, dilations, groups in (("valid", [2, 1], [1, 1], 1), ("same", [2, 3], [1, 1], 2), ("same", [1, 1], [2, 3], 1)):
        x, w = np.random.default_rng(1).normal(size=(9, 8, 4)), np.random.default_rng(2).normal(size=(3, 2, 4 // groups, 6))
        pads = borders(x, (3, 2), strides, dilations, padding)
        given = F.pad(torch.tensor(x).permute(2, 0, 1)[None], [*pads[1], *pads[0]])
        found = F.conv2d(given, torch.tensor(w).permute(3, 2, 0, 1), stride=strides, dilation=dilations, groups=groups)[0].permute(1, 2, 0).numpy()
        assert np.abs(found - conv(x, w, None, strides, padding, dilations, groups)).max() < 1e-12
        v = np.random.default_rng(3).normal(size=(3, 2, 4, 2))
        found = F.conv2d(given, torch.tensor(v).permute(2, 3, 0, 1).reshape(8, 1, 3, 2), stride=strides, dilation=dilations, groups=4)[0].permute(1, 2, 0).numpy()
        assert np.abs(found - depthwise(x, v, None, strides, padding, dilations)).max() < 1e-12
    x, w = np.random.default_rng(1).normal(size=(3, 4, 2)), np.random.default_rng(2).normal(size=(3, 4, 5, 2))
    found = F.conv_transpose2d(torch.tensor(x).permute(2, 0, 1)[None], torch.tensor(w).permute(3, 2, 0, 1), stride=[2, 3])[0].permute(1, 2, 0).numpy()
    assert np.abs(found - transposed(x, w, np.zeros(5), [2, 3])).max() < 1e-12
    # "same" is the gradient of a convolution with that border, by its input.
    for k, s, n in ((3, 2, 4), (4, 2, 3), (5, 3, 3), (2, 3, 3)):
        w = np.random.default_rng(4).normal(size=(k, 2, 3))
        image = torch.zeros(1, 2, n * s, dtype=torch.float64, requires_grad=True)
        out = F.conv1d(F.pad(image, same(n * s, k, s)), torch.tensor(w).permute(2, 1, 0), stride=s)
        x = np.random.default_rng(5).normal(size=(n, 3))
        (out[0] * torch.tensor(x).T).sum().backward()
        assert np.abs(image.grad[0].T.numpy() - transposed(x, w, np.zeros(2), [s], "same")).max() < 1e-12
    # And with a border that the file says, of one that gives as many positions.
    for k, s, n, more in ((3, 2, 4, 1), (3, 2, 4, 0), (2, 2, 3, 0), (2, 2, 3, 1), (5, 3, 3, 2)):
        length = (n - 1) * s + k % 2 + more
        if -(-length // s) != n:
            continue
        w = np.random.default_rng(4).normal(size=(k, 2, 3))
        image = torch.zeros(1, 2, length, dtype=torch.float64, requires_grad=True)
        out = F.conv1d(F.pad(image, same(length, k, s)), torch.tensor(w).permute(2, 1, 0), stride=s)
        x = np.random.default_rng(5).normal(size=(n, 3))
        (out[0] * torch.tensor(x).T).sum().backward()
        assert np.abs(image.grad[0].T.numpy() - transposed(x, w, np.zeros(2), [s], "same", [more])).max() < 1e-12


if __name__ == "__main__":
    check()
    signals()
    images()
    transposes()
    residual()
    joins()
    shared()
    pools()
    refused()
