#!/usr/bin/python3
"""Writes Keras models of images, signals and graphs in the layouts of Keras 2 and 3, and what PyTorch computes from them in float64.

Needs python3-h5py, python3-numpy and python3-torch. Architectures are spelled as Keras spells them; the weights lie where Keras puts them.
"""
import io
import json
import os
import sys
import zipfile

import h5py
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from expected import conv, depthwise, images, numbers, padded, pool, transposed, write_expected  # noqa: E402

rng = np.random.default_rng(17)


def layer(kind, name, version, **config):
    if version == 3:
        policy = {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": None}
        return {"module": "keras.layers", "class_name": kind, "config": {"name": name, "trainable": True, "dtype": policy, **config}, "registered_name": None}
    return {"class_name": kind, "config": {"name": name, "trainable": True, "dtype": "float32", **config}}


def nodes(version, sources):
    """One use of a layer that reads the values of others."""
    if version == 2:
        return [[[source, 0, 0, {}] for source in sources]] if sources else []
    tensors = [{"class_name": "__keras_tensor__", "config": {"shape": [None], "dtype": "float32", "keras_history": [source, 0, 0]}} for source in sources]
    return [{"args": tensors if len(tensors) == 1 else [tensors], "kwargs": {}}] if sources else []


def write(name, version, layers, outputs):
    """layers: (class, name, sources, settings, [(variable, array)])."""
    made = [{**layer(kind, title, version, **settings), "name": title, "inbound_nodes": nodes(version, sources)} for kind, title, sources, settings, _ in layers]
    inputs = [title for kind, title, *_ in layers if kind == "InputLayer"]
    config = {"class_name": "Functional", "config": {
        "name": "model", "trainable": True, "layers": made, "input_layers": [[title, 0, 0] for title in inputs], "output_layers": [[title, 0, 0] for title in outputs]}}
    if version == 2:
        with h5py.File(os.path.join(HERE, name + ".h5"), "w") as file:
            file.attrs["keras_version"] = "2.11.0"
            file.attrs["model_config"] = json.dumps(config)
            group = file.create_group("model_weights")
            group.attrs["layer_names"] = [title.encode() for _, title, *_ in layers]
            for _, title, _, _, variables in layers:
                of_layer = group.create_group(title)
                of_layer.attrs["weight_names"] = [f"{title}/{variable}:0".encode() for variable, _ in variables]
                for variable, array in variables:
                    of_layer.create_dataset(f"{title}/{variable}:0", data=array.astype(np.float32))
        return
    store = io.BytesIO()
    counts = {}
    with h5py.File(store, "w") as file:
        for kind, title, _, _, variables in layers:
            place = SNAKE.get(kind, kind.lower())
            number = counts.get(place, 0)
            counts[place] = number + 1
            group = file.create_group(f"layers/{place}_{number}/vars" if number else f"layers/{place}/vars")
            group.attrs["name"] = title
            for i, (_, array) in enumerate(variables):
                group.create_dataset(str(i), data=array.astype(np.float32))
    with zipfile.ZipFile(os.path.join(HERE, name + ".keras"), "w", zipfile.ZIP_DEFLATED) as out:
        for member, content in (("metadata.json", json.dumps({"keras_version": "3.3.3"})), ("config.json", json.dumps(config)), ("model.weights.h5", store.getvalue())):
            out.writestr(zipfile.ZipInfo(member, (1980, 1, 1, 0, 0, 0)), content)


# Keras's own names of the classes' groups.
SNAKE = {
    "InputLayer": "input_layer", "Conv1D": "conv1d", "Conv2D": "conv2d", "DepthwiseConv1D": "depthwise_conv1d", "DepthwiseConv2D": "depthwise_conv2d",
    "SeparableConv1D": "separable_conv1d", "SeparableConv2D": "separable_conv2d", "Conv1DTranspose": "conv1d_transpose", "Conv2DTranspose": "conv2d_transpose",
    "MaxPooling1D": "max_pooling1d", "MaxPooling2D": "max_pooling2d", "AveragePooling1D": "average_pooling1d", "AveragePooling2D": "average_pooling2d",
    "GlobalAveragePooling1D": "global_average_pooling1d", "GlobalAveragePooling2D": "global_average_pooling2d", "GlobalMaxPooling1D": "global_max_pooling1d",
    "GlobalMaxPooling2D": "global_max_pooling2d", "BatchNormalization": "batch_normalization", "LayerNormalization": "layer_normalization", "PReLU": "p_re_lu",
    "ZeroPadding1D": "zero_padding1d", "ZeroPadding2D": "zero_padding2d", "ReLU": "re_lu",
}


def normalize(x, gamma, beta, mean, variance, epsilon):
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta


def layer_normalize(x, gamma, beta, axes, epsilon):
    mean = x.mean(axes, keepdims=True)
    return gamma * (x - mean) / np.sqrt(((x - mean) ** 2).mean(axes, keepdims=True) + epsilon) + beta


def image(version):
    """Strides and both paddings, groups, dilations, a padding by a layer, normalisations, slopes by channel, a sum, a product, all pools of images."""
    w1, b1, wd, bd, w2, ws, wp, bp = (numbers(rng, 3, 2, 2, 4), numbers(rng, 4), numbers(rng, 3, 3, 4, 2), numbers(rng, 8), numbers(rng, 2, 2, 4, 6),
                                      numbers(rng, 3, 3, 6, 2), numbers(rng, 1, 1, 12, 4), numbers(rng, 4))
    gamma, beta, mean, variance = numbers(rng, 8), numbers(rng, 8), numbers(rng, 8), numbers(rng, 8) ** 2 + 0.5
    variance = variance.astype(np.float32).astype(np.float64)
    slope = numbers(rng, 1, 1, 8)
    last = dict(data_format="channels_last")
    write(f"image-{version}", version, [
        ("InputLayer", "x", [], dict(**{"batch_shape" if version == 3 else "batch_input_shape": [None, 9, 8, 2]}), []),
        ("ZeroPadding2D", "around", ["x"], dict(padding=[[1, 0], [2, 1]], **last), []),
        ("Conv2D", "first", ["around"], dict(filters=4, kernel_size=[3, 2], strides=[2, 3], padding="same", dilation_rate=[1, 1], groups=1, activation="relu6" if version == 3 else "tanh", use_bias=True, **last),
         [("kernel", w1), ("bias", b1)]),
        ("DepthwiseConv2D", "each", ["first"], dict(kernel_size=[3, 3], strides=[1, 1], padding="same", depth_multiplier=2, dilation_rate=[2, 2], activation="linear", use_bias=True, **last),
         [("depthwise_kernel", wd), ("bias", bd)]),
        ("BatchNormalization", "norm", ["each"], dict(axis=[3], epsilon=0.001, center=True, scale=True),
         [("gamma", gamma), ("beta", beta), ("moving_mean", mean), ("moving_variance", variance)]),
        ("PReLU", "slope", ["norm"], dict(shared_axes=[1, 2]), [("alpha", slope)]),
        ("Multiply", "times", ["slope", "each"], {}, []),
        ("Add", "sum", ["times", "norm", "norm"], {}, []),
        ("Conv2D", "grouped", ["sum"], dict(filters=6, kernel_size=[2, 2], strides=[1, 1], padding="same", dilation_rate=[1, 1], groups=2, activation="linear", use_bias=False, **last), [("kernel", w2)]),
        ("AveragePooling2D", "mean", ["grouped"], dict(pool_size=[2, 2], strides=[2, 1], padding="same", **last), []),
        ("SeparableConv2D", "apart", ["mean"], dict(filters=4, kernel_size=[3, 3], strides=[1, 1], padding="same", depth_multiplier=2, dilation_rate=[1, 1], activation="tanh", use_bias=True, **last),
         [("depthwise_kernel", ws), ("pointwise_kernel", wp), ("bias", bp)]),
        ("MaxPooling2D", "most", ["apart"], dict(pool_size=[2, 2], strides=None, padding="valid", **last), []),
        ("Cropping2D", "cut", ["apart"], dict(cropping=[[1, 0], [0, 1]], **last), []),
        ("GlobalMaxPooling2D", "peak", ["cut"], dict(keepdims=True, **last), []),
        ("Subtract", "less", ["most", "peak"], {}, []),
        ("GlobalAveragePooling2D", "all", ["less"], dict(keepdims=False, **last), []),
        ("Flatten", "flat", ["less"], dict(**last), []),
        ("Concatenate", "joined", ["all", "flat"], dict(axis=-1), [])], ["joined"])

    def run(x):
        x = conv(padded(x, [(1, 0), (2, 1)]), w1, b1, [2, 3], padding="same")
        each = depthwise(np.clip(x, 0, 6) if version == 3 else np.tanh(x), wd, bd, dilations=[2, 2], padding="same")
        norm = normalize(each, gamma, beta, mean, variance, 0.001)
        x = np.where(norm > 0, norm, slope * norm) * each + 2 * norm
        x = pool(conv(x, w2, groups=2, padding="same"), [2, 2], [2, 1], "same", True)
        x = np.tanh(conv(depthwise(x, ws, padding="same"), wp, bp))
        less = pool(x, [2, 2], [2, 2], "valid", False) - x[1:, :-1].max((0, 1))
        return np.concatenate([less.mean((0, 1)), less.ravel()])
    xs = images(rng, 9, 8, 2)
    write_expected(HERE, f"image-{version}", [[x] for x in xs], [[run(x)] for x in xs])


def signal(version):
    """A causal convolution that skips, one for each channel, both transposed ones, normalisation over the last axis and over two, pools of signals."""
    w1, b1, wd, wt, bt = numbers(rng, 3, 2, 4), numbers(rng, 4), numbers(rng, 2, 4, 1), numbers(rng, 5, 3, 4), numbers(rng, 3)
    w2, b2 = numbers(rng, 2, 2, 2, 1), numbers(rng, 2)
    g1, o1, g2, o2 = numbers(rng, 4), numbers(rng, 4), numbers(rng, 12, 3), numbers(rng, 12, 3)
    write(f"signal-{version}", version, [
        ("InputLayer", "x", [], dict(**{"batch_shape" if version == 3 else "batch_input_shape": [None, 12, 2]}), []),
        ("Conv1D", "causal", ["x"], dict(filters=4, kernel_size=[3], strides=[1], padding="causal", dilation_rate=[2], groups=1, activation="elu", use_bias=True, data_format="channels_last"),
         [("kernel", w1), ("bias", b1)]),
        ("LayerNormalization", "step", ["causal"], dict(axis=[-1], epsilon=0.001, center=True, scale=True), [("gamma", g1), ("beta", o1)]),
        ("DepthwiseConv1D", "each", ["step"], dict(kernel_size=[2], strides=[2], padding="valid", depth_multiplier=1, dilation_rate=[1], activation="linear", use_bias=False, data_format="channels_last"),
         [("depthwise_kernel", wd)]),
        ("Conv1DTranspose", "back", ["each"], dict(filters=3, kernel_size=[5], strides=[2], padding="same", output_padding=None, dilation_rate=[1], activation="linear", use_bias=True, data_format="channels_last"),
         [("kernel", wt), ("bias", bt)]),
        ("LayerNormalization", "sample", ["back"], dict(axis=[1, 2], epsilon=0.01, center=True, scale=True), [("gamma", g2), ("beta", o2)]),
        ("ZeroPadding1D", "around", ["sample"], dict(padding=[1, 2]), []),
        ("Cropping1D", "cut", ["around"], dict(cropping=[0, 1]), []),
        ("AveragePooling1D", "mean", ["cut"], dict(pool_size=[3], strides=[2], padding="same", data_format="channels_last"), []),
        ("MaxPooling1D", "most", ["cut"], dict(pool_size=[2], strides=[2], padding="same", data_format="channels_last"), []),
        ("Maximum", "greater", ["mean", "most"], {}, []),
        ("Average", "between", ["mean", "greater"], {}, []),
        ("Reshape", "square", ["x"], dict(target_shape=[4, 6, 1]), []),
        ("Conv2DTranspose", "wide", ["square"], dict(filters=2, kernel_size=[2, 2], strides=[3, 2], padding="valid", output_padding=None, dilation_rate=[1, 1], activation="relu", use_bias=True,
                                                    data_format="channels_last"), [("kernel", w2), ("bias", b2)]),
        ("GlobalMaxPooling1D", "peak", ["between"], dict(data_format="channels_last", keepdims=False), []),
        ("GlobalAveragePooling1D", "all", ["between"], dict(data_format="channels_last", keepdims=False), [])], ["between", "wide", "peak", "all"])

    def run(x):
        v = conv(x, w1, b1, dilations=[2], padding="causal")
        v = layer_normalize(np.where(v > 0, v, np.expm1(v)), g1, o1, -1, 0.001)
        v = transposed(depthwise(v, wd, strides=[2]), wt, bt, [2], "same")
        v = padded(layer_normalize(v, g2, o2, (0, 1), 0.01), [(1, 2)])[:-1]
        mean, most = pool(v, [3], [2], "same", True), pool(v, [2], [2], "same", False)
        between = (mean + np.maximum(mean, most)) / 2
        # A window smaller than its stride: the rows behind the last one hold the bias alone.
        wide = np.maximum(transposed(x.reshape(4, 6, 1), w2, b2, [3, 2], "valid"), 0)
        return [between, wide, between.max(0), between.mean(0)]
    xs = images(rng, 12, 2)
    write_expected(HERE, f"signal-{version}", [[x] for x in xs], [run(x) for x in xs])


def several(version):
    """Two inputs, two outputs; a value that is broadcast, and a transposed convolution with a length of its own."""
    w, k, v = numbers(rng, 2, 2, 1, 3), numbers(rng, 2, 3), numbers(rng, 3, 3, 2, 3)
    shape = "batch_shape" if version == 3 else "batch_input_shape"
    write(f"several-{version}", version, [
        ("InputLayer", "image", [], {shape: [None, 4, 3, 1]}, []),
        ("InputLayer", "vector", [], {shape: [None, 2]}, []),
        ("Conv2D", "see", ["image"], dict(filters=3, kernel_size=[2, 2], strides=[1, 1], padding="valid", activation="tanh", use_bias=False, data_format="channels_last"), [("kernel", w)]),
        ("Dense", "feel", ["vector"], dict(units=3, activation="sigmoid", use_bias=False), [("kernel", k)]),
        ("Reshape", "everywhere", ["feel"], dict(target_shape=[1, 1, 3]), []),
        ("Multiply", "gated", ["see", "everywhere"], {}, []),
        ("Conv2DTranspose", "larger", ["gated"], dict(filters=2, kernel_size=[3, 3], strides=[2, 2], padding="same", output_padding=[1, 0], activation="linear", use_bias=False, data_format="channels_last"),
         [("kernel", v)])], ["larger", "gated"])

    def run(x, u):
        gated = np.tanh(conv(x, w)) / (1 + np.exp(-u @ k))
        return [transposed(gated, v, None, [2, 2], "same", [6, 3]), gated]
    xs, us = images(rng, 4, 3, 1), images(rng, 2)
    write_expected(HERE, f"several-{version}", [[x, u] for x, u in zip(xs, us)], [run(x, u) for x, u in zip(xs, us)])


for version in (2, 3):
    image(version)
    signal(version)
    several(version)
