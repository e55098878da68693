#!/usr/bin/python3
"""Writes Keras models in the layouts of its versions, and what NumPy computes from them in float64.

Needs python3-h5py and python3-numpy. Architectures are spelled as Keras spells them; the weights lie where Keras puts them.
"""
import io
import json
import os
import zipfile

import h5py
import numpy as np

FOLDER = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(7)


def weights(*shape, kind=np.float32):
    return (rng.normal(size=shape) / np.sqrt(shape[0]) * 1.5).astype(kind)


def samples(size, count=5):
    # Sixty-fourths are the same in 32 bits and in 64.
    return np.round(rng.normal(size=(count, size)) * 128) / 64


def expect(name, inputs, function, **named):
    """named: the model's and the output's name where they are not the fixture's and the only one."""
    rows = {"inputs": inputs.tolist(), "outputs": [np.ravel(function(x)).tolist() for x in inputs]}
    head = "".join(f' "{k}": {json.dumps(v)},\n' for k, v in named.items())
    with open(os.path.join(FOLDER, name + ".json"), "w") as out:
        out.write("{\n" + head + ",\n".join(f' "{k}": [\n' + ",\n".join("  " + json.dumps(row) for row in v) + "\n ]" for k, v in rows.items()) + "\n}\n")


def legacy(name, config, layers, version, prefix="", dataset=None):
    """layers: (name, [(variable, array)]), as save_model wrote them to HDF5."""
    with h5py.File(os.path.join(FOLDER, name), "w") as file:
        file.attrs["keras_version"] = version
        file.attrs["backend"] = "tensorflow"
        if config:
            file.attrs["model_config"] = json.dumps(config)
        group = file.create_group("model_weights")
        group.attrs["layer_names"] = [layer.encode() for layer, _ in layers]
        group.attrs["backend"] = b"tensorflow"
        group.attrs["keras_version"] = version.encode()
        for layer, variables in layers:
            of_layer = group.create_group(layer)
            names = [f"{prefix}{layer}/{variable}" + ("" if version[0] == "3" else ":0") for variable, _ in variables]
            of_layer.attrs["weight_names"] = [title.encode() for title in names]
            for title, (_, array) in zip(names, variables):
                of_layer.create_dataset(title, data=array, **(dataset or {}))
        optimizer = file.create_group("optimizer_weights")
        optimizer.attrs["weight_names"] = [b"iteration"]
        optimizer.create_dataset("iteration", data=np.int64(3))


def archive(name, config, layers, version="3.3.3", root="layers", method=zipfile.ZIP_STORED, names=True, dataset=None):
    """layers: (group, layer's name, [array])."""
    store = io.BytesIO()
    with h5py.File(store, "w") as file:
        for group, title, arrays in layers:
            variables = file.create_group(f"{root}/{group}/vars")
            if names:
                variables.attrs["name"] = title
            for i, array in enumerate(arrays):
                variables.create_dataset(str(i), data=array, **(dataset or {}))
        file.create_group("vars")
        file.create_group("optimizer/vars").create_dataset("0", data=np.int64(3))
    with zipfile.ZipFile(os.path.join(FOLDER, name), "w", method) as out:
        for member, content in (
                ("metadata.json", json.dumps({"keras_version": version, "date_saved": "2024-05-01@10:00:00"})), ("config.json", json.dumps(config)),
                ("model.weights.h5", store.getvalue())):
            # The same bytes on every run.
            info = zipfile.ZipInfo(member, (1980, 1, 1, 0, 0, 0))
            info.compress_type = method
            out.writestr(info, content)


def layer2(kind, name, **config):
    """A layer as Keras 2 spells it."""
    return {"class_name": kind, "config": {"name": name, "trainable": True, "dtype": "float32", **config}}


def layer3(kind, name, **config):
    """A layer as Keras 3 spells it."""
    policy = {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": None}
    return {"module": "keras.layers", "class_name": kind, "config": {"name": name, "trainable": True, "dtype": policy, **config}, "registered_name": None}


def sequential3(*layers, **more):
    return {"module": "keras", "class_name": "Sequential", "config": {"name": "sequential", "trainable": True, "layers": list(layers), **more},
            "registered_name": None, "compile_config": None}


def node2(source):
    return [[[source, 0, 0, {}]]]


def tensor3(source):
    return {"class_name": "__keras_tensor__", "config": {"shape": [None, 6], "dtype": "float32", "keras_history": [source, 0, 0]}}


def node3(*sources):
    tensors = [tensor3(source) for source in sources]
    return [{"args": tensors if len(tensors) == 1 else [tensors], "kwargs": {"mask": None}}]


def functional(version, layers, outputs):
    """layers: (layer, nodes)."""
    made = [{**layer, "name": layer["config"]["name"], "inbound_nodes": nodes} for layer, nodes in layers]
    config = {"name": "model", "trainable": True, "layers": made, "input_layers": [[made[0]["name"], 0, 0]], "output_layers": [[name, 0, 0] for name in outputs]}
    return {"class_name": "Functional", "config": config} | ({"module": "keras.src.models.functional", "registered_name": "Functional"} if version == 3 else {})


def wide(array):
    return array.astype(np.float64)


def relu(x):
    return np.maximum(x, 0)


def softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def erf(x):
    from math import erf as one
    return np.vectorize(one)(x)


def normalize(x, gamma, beta, mean, variance, epsilon):
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta


def dense(x, w, b=None):
    return x @ wide(w) + (0 if b is None else wide(b))


def keras2():
    w1, b1, w2, b2 = weights(4, 8), weights(8), weights(8, 3), weights(3)
    config = {"class_name": "Sequential", "config": {"name": "sequential", "layers": [
        layer2("Dense", "hidden", batch_input_shape=[None, 4], units=8, activation="relu", use_bias=True),
        layer2("Dropout", "dropout", rate=0.25, noise_shape=None, seed=None),
        layer2("Dense", "scores", units=3, activation="softmax", use_bias=True)]}}
    legacy("sequential-2.h5", config, [("hidden", [("kernel", w1), ("bias", b1)]), ("dropout", []), ("scores", [("kernel", w2), ("bias", b2)])], "2.11.0")
    expect("sequential-2", samples(4), lambda x: softmax(dense(relu(dense(x, w1, b1)), w2, b2)))

    # The oldest layout: the layers are the configuration, there is no version, and the input has its own axes.
    w = weights(6, 2)
    config = {"class_name": "Sequential", "config": [
        layer2("Flatten", "flatten_1", batch_input_shape=[None, 2, 3], data_format="channels_last"),
        layer2("Dense", "dense_1", units=2, activation="tanh", use_bias=False)]}
    legacy("oldest.hdf5", config, [("flatten_1", []), ("dense_1", [("kernel", w)])], "1.2.2")
    expect("oldest", samples(6), lambda x: np.tanh(dense(x, w)))


def packed():
    """A functional model with normalisations on both sides of dense layers, in datasets that are compressed."""
    w1, b1, w2 = weights(6, 40), weights(40), weights(40, 4, kind=np.float64)
    b2 = weights(4, kind=np.float64)
    first = [weights(6) + 1, weights(6), weights(6), weights(6) ** 2 + np.float32(0.25)]
    second = [weights(40), weights(40) ** 2 + np.float32(0.5)]
    config = functional(2, [
        (layer2("InputLayer", "input_1", batch_input_shape=[None, 6], sparse=False), []),
        (layer2("BatchNormalization", "standard", axis=[1], momentum=0.99, epsilon=0.001, center=True, scale=True), node2("input_1")),
        (layer2("Dense", "wide", units=40, activation="linear", use_bias=True), node2("standard")),
        (layer2("BatchNormalization", "middle", axis=[1], momentum=0.99, epsilon=0.01, center=False, scale=False), node2("wide")),
        (layer2("Activation", "elu", activation="elu"), node2("middle")),
        (layer2("Dense", "out", units=4, activation="sigmoid", use_bias=True), node2("elu"))], ["out"])
    bn = ["gamma", "beta", "moving_mean", "moving_variance"]
    dataset = dict(compression="gzip", shuffle=True, chunks=True, fletcher32=True)
    legacy("packed-2.h5", config, [
        ("input_1", []), ("standard", list(zip(bn, first))), ("wide", [("kernel", w1), ("bias", b1)]), ("middle", list(zip(bn[2:], second))), ("elu", []),
        ("out", [("kernel", w2), ("bias", b2)])], "2.15.0", dataset=dataset)

    def run(x):
        x = normalize(x, *map(wide, first), 0.001)
        x = normalize(dense(x, w1, b1), 1, 0, *map(wide, second), 0.01)
        x = np.where(x > 0, x, np.expm1(x))
        return sigmoid(dense(x, w2, b2))
    expect("packed-2", samples(6), run)

    # Chunks that do not divide the extents, and a tree of them.
    w = weights(50, 7)
    config = sequential3(layer3("InputLayer", "input", batch_shape=[None, 50], sparse=False), layer3("Dense", "dense", units=7, activation="linear", use_bias=False))
    archive("chunks-3.keras", config, [("dense", "dense", [w])], method=zipfile.ZIP_DEFLATED, dataset=dict(compression="gzip", chunks=(4, 3)))
    expect("chunks-3", samples(50, 3), lambda x: dense(x, w))


def keras3():
    """All activations, by name, one after the other."""
    steps = [
        ("relu", relu), ("relu6", lambda x: np.clip(x, 0, 6)), ("elu", lambda x: np.where(x > 0, x, np.expm1(x))),
        ("selu", lambda x: 1.0507009873554805 * np.where(x > 0, x, 1.6732632423543772 * np.expm1(x))), ("gelu", lambda x: x * (1 + erf(x / np.sqrt(2))) / 2),
        ("silu", lambda x: x * sigmoid(x)), ("mish", lambda x: x * np.tanh(np.log1p(np.exp(x)))), ("softplus", lambda x: np.log1p(np.exp(x))),
        ("softsign", lambda x: x / (1 + np.abs(x))), ("tanh", np.tanh), ("sigmoid", sigmoid), ("log_sigmoid", lambda x: -np.log1p(np.exp(-x))),
        ("hard_sigmoid", lambda x: np.clip(x / 6 + 0.5, 0, 1)), ("hard_silu", lambda x: x * np.clip(x / 6 + 0.5, 0, 1)), ("hard_tanh", lambda x: np.clip(x, -1, 1)),
        ("linear", lambda x: x), ("log_softmax", lambda x: x - x.max() - np.log(np.exp(x - x.max()).sum())),
    ]
    layers, stored, parts = [layer3("InputLayer", "input_layer", batch_shape=[None, 4])], [], []
    for i, (name, f) in enumerate(steps):
        w, b = weights(4, 4), weights(4)
        title = "dense" if i == 0 else f"dense_{i}"
        layers.append(layer3("Dense", f"my_{name}", units=4, activation=name, use_bias=True))
        stored.append((title, f"my_{name}", [w, b]))
        parts.append((w, b, f))
    archive("activations-3.keras", sequential3(*layers), stored)

    def run(x):
        for w, b, f in parts:
            x = f(dense(x, w, b))
        return x
    expect("activations-3", samples(4), run)

    # Layers of every class, activations that are layers, and an axis that is only there.
    w1, b1, w2, w3, b3 = weights(12, 5), weights(5), weights(5, 5, kind=np.float16), weights(5, 3), weights(3)
    bn = [weights(5), weights(5), weights(5), weights(5) ** 2 + np.float32(0.5)]
    config = functional(3, [
        (layer3("InputLayer", "image", batch_shape=[None, 2, 2, 3], sparse=False), []),
        (layer3("Rescaling", "rescaling", scale=0.25, offset=-1.0), node3("image")),
        (layer3("Reshape", "reshape", target_shape=[-1, 3]), node3("rescaling")),
        (layer3("Flatten", "flatten", data_format="channels_last"), node3("reshape")),
        (layer3("Dense", "first", units=5, activation="linear", use_bias=True), node3("flatten")),
        (layer3("ReLU", "re_lu", max_value=6.0, negative_slope=0.0, threshold=0.0), node3("first")),
        (layer3("Reshape", "row", target_shape=[1, 5]), node3("re_lu")),
        (layer3("Dense", "second", units=5, use_bias=False, activation={
            "module": "keras.layers", "class_name": "LeakyReLU", "config": {"name": "leaky_re_lu", "negative_slope": 0.009999999776482582}, "registered_name": None}),
         node3("row")),
        (layer3("BatchNormalization", "norm", axis=-1, epsilon=0.001, center=True, scale=True), node3("second")),
        (layer3("ELU", "elu", alpha=1.0), node3("norm")),
        (layer3("Dropout", "dropout", rate=0.5, seed=None, noise_shape=None), node3("elu")),
        (layer3("Flatten", "again", data_format="channels_last"), node3("dropout")),
        (layer3("Dense", "third", units=3, activation="linear", use_bias=True), node3("again")),
        (layer3("Softmax", "softmax", axis=-1), node3("third"))], ["softmax"])
    archive("layers-3.keras", config, [
        ("dense", "first", [w1, b1]), ("dense_1", "second", [w2]), ("batch_normalization", "norm", bn), ("dense_2", "third", [w3, b3])])

    def run_layers(x):
        x = np.clip(dense(x * 0.25 - 1, w1, b1), 0, 6)
        x = dense(x, w2)
        x = np.where(x > 0, x, 0.01 * x)
        x = normalize(x, *map(wide, bn), 0.001)
        x = np.where(x > 0, x, np.expm1(x))
        return softmax(dense(x, w3, b3))
    expect("layers-3", samples(12), run_layers)

    # The first version of the archive, which had another place for layers and no names, and HDF5 as Keras 3 writes it.
    w, b = weights(3, 2), weights(2)
    archive("archive-2.keras", {"module": "keras", "class_name": "Sequential", "registered_name": None, "config": {"name": "s", "layers": [
        layer3("InputLayer", "input_1", batch_input_shape=[None, 3]), layer3("Dense", "dense", units=2, activation="tanh", use_bias=True)]}},
        [("dense", "dense", [w, b])], "2.12.0", "_layer_checkpoint_dependencies", names=False)
    expect("archive-2", samples(3), lambda x: np.tanh(dense(x, w, b)))
    config = {"class_name": "Sequential", "config": {"name": "sequential", "trainable": True, "build_input_shape": [None, 3],
                                                    "layers": [layer3("Dense", "dense", units=2, activation="softsign", use_bias=True)]}}
    legacy("hdf5-3.h5", config, [("dense", [("kernel", w), ("bias", b)])], "3.5.0", prefix="sequential/")
    expect("hdf5-3", samples(3), lambda x: dense(x, w, b) / (1 + np.abs(dense(x, w, b))))


def refused():
    """Models that are well formed and not supported."""
    w, b = weights(4, 4), weights(4)
    stored = [("dense", [("kernel", w), ("bias", b)])]

    def one(name, *layers):
        legacy(name + ".h5", {"class_name": "Sequential", "config": {"name": "s", "layers": list(layers)}}, stored, "2.11.0")
    given = dict(batch_input_shape=[None, 4], units=4, use_bias=True)
    one("refused-conv", layer2("Conv3D", "conv3d", batch_input_shape=[None, 4, 4, 4, 1], filters=2))
    one("refused-hard-sigmoid", layer2("Dense", "dense", activation="hard_sigmoid", **given))
    one("refused-exponential", layer2("Dense", "dense", activation="exponential", **given))
    one("refused-slope", layer2("Dense", "dense", activation="linear", **given), layer2("ReLU", "re_lu", threshold=0.5))
    one("refused-shape", layer2("Dense", "dense", batch_input_shape=[None, 5], units=4, use_bias=True, activation="relu"))
    one("refused-axis", layer2("BatchNormalization", "norm", batch_input_shape=[None, 3, 4], axis=[1]))
    legacy("refused-weights.h5", None, stored, "2.11.0")
    legacy("refused-branch.h5", functional(2, [
        (layer2("InputLayer", "x", batch_input_shape=[None, 4]), []), (layer2("Dense", "dense", units=4, activation="relu", use_bias=True), node2("x")),
        (layer2("Maximum", "maximum"), [[["dense", 0, 0, {}], ["x", 0, 0, {}]]])], ["maximum"]), stored, "2.11.0")
    # Data in other places, with which a model could read any file that its reader may read.
    for name, change in (("link", lambda f: f["model_weights"].__setitem__("dense", h5py.ExternalLink("/etc/hostname", "/"))),
                         ("soft-link", lambda f: f["model_weights"].__setitem__("dense", h5py.SoftLink("/optimizer_weights"))),
                         ("data", lambda f: f.create_dataset("model_weights/dense", (4, 4), np.float32, external=[("/etc/hostname", 0, 64)]))):
        one(f"refused-{name}", layer2("Dense", "dense", activation="relu", **given))
        with h5py.File(os.path.join(FOLDER, f"refused-{name}.h5"), "a") as file:
            del file["model_weights/dense"]
            change(file)
    archive("refused-name.keras", sequential3(
        layer3("InputLayer", "x", batch_shape=[None, 4]), layer3("Dense", "mine", units=4, activation="relu", use_bias=True)), [("dense", "another", [w, b])])
    archive("refused-class.keras", {"module": "my", "class_name": "MyModel", "config": {"layers": []}}, [])


def refused_later():
    """Models inside of models, and weights in integers with scales beside them."""
    w, b, v = weights(4, 6), weights(6), weights(6, 2)
    inner2 = {"class_name": "Sequential", "config": {"name": "encoder", "layers": [
        layer2("InputLayer", "inner", batch_input_shape=[None, 4]), layer2("Dense", "hidden", units=6, activation="relu", use_bias=True)]}}
    legacy("refused-nested.h5", {"class_name": "Sequential", "config": {"name": "s", "build_input_shape": [None, 4], "layers": [
        layer2("InputLayer", "x", batch_input_shape=[None, 4]), inner2, layer2("Dense", "out", units=2, activation="linear", use_bias=False)]}},
        [("encoder", [("kernel", w), ("bias", b)]), ("out", [("kernel", v)])], "2.11.0")
    inner3 = sequential3(layer3("InputLayer", "inner", batch_shape=[None, 4]), layer3("Dense", "hidden", units=6, activation="relu", use_bias=True))
    inner3["config"]["name"] = "encoder"
    archive("refused-nested.keras", sequential3(
        layer3("InputLayer", "x", batch_shape=[None, 4]), inner3, layer3("Dense", "out", units=2, activation="linear", use_bias=False)),
        [("encoder/layers/dense", "hidden", [w, b]), ("dense", "out", [v])])
    scale = 127 / np.abs(w).max(0)
    archive("refused-int8.keras", sequential3(
        layer3("InputLayer", "x", batch_shape=[None, 4]), layer3("Dense", "dense", units=6, activation="relu", use_bias=True)),
        [("dense", "dense", [np.round(w * scale).astype(np.int8), b, scale.astype(np.float32)])])


def normalizations():
    """Statistics as weights for each feature, as two numbers of the configuration, and the way back; far from 0."""
    mean, variance = np.float32([101325, 2015, -3, 0]), np.float32([160000, 16, 0.25, 0])
    w, b = weights(4, 3), weights(3)
    far = np.round(wide(mean) + np.sqrt(wide(variance)) * rng.normal(size=(6, 4)), 2).astype(np.float32).astype(np.float64)
    far[:, 3] = np.array([0, 0, 1, -1, 0, 2]) * 1e-7
    deviation = np.maximum(np.sqrt(wide(variance)), 1e-7)
    config = sequential3(
        layer3("InputLayer", "x", batch_shape=[None, 4]), layer3("Normalization", "scaled", axis=[-1], invert=False, mean=None, variance=None),
        layer3("Dense", "dense", units=3, activation="tanh", use_bias=True))
    archive("normalization-3.keras", config, [("normalization", "scaled", [mean, variance, np.int64(100)]), ("dense", "dense", [w, b])])
    expect("normalization-3", far, lambda x: np.tanh(dense((x - wide(mean)) / deviation, w, b)))

    # Keras 2: numbers for all features, a Rescaling, and the inverse behind the last layer.
    back_mean, back_variance = np.float32([5, -7, 2]), np.float32([4, 0.5, 9])
    legacy("normalization-2.h5", {"class_name": "Sequential", "config": {"name": "s", "layers": [
        layer2("Normalization", "scaled", batch_input_shape=[None, 4], axis=[], invert=False, mean=2.5, variance=6.25),
        layer2("Rescaling", "rescaling", scale=0.5, offset=-0.125), layer2("Dense", "dense", units=3, activation="tanh", use_bias=True),
        layer2("Normalization", "back", axis=[1], invert=True, mean=None, variance=None)]}},
        [("scaled", []), ("rescaling", []), ("dense", [("kernel", w), ("bias", b)]),
         ("back", [("mean", back_mean), ("variance", back_variance), ("count", np.int64(9))])], "2.11.0")
    expect("normalization-2", samples(4), lambda x: np.tanh(dense((x - 2.5) / 2.5 * 0.5 - 0.125, w, b)) * np.sqrt(wide(back_variance)) + wide(back_mean))


def heads():
    """A model of two outputs."""
    w, b, p, v = weights(4, 6), weights(6), weights(6, 2), weights(6, 1)
    archive("heads-3.keras", functional(3, [
        (layer3("InputLayer", "x", batch_shape=[None, 4]), []), (layer3("Dense", "trunk", units=6, activation="relu", use_bias=True), node3("x")),
        (layer3("Dense", "policy", units=2, activation="softmax", use_bias=False), node3("trunk")),
        (layer3("Dense", "value", units=1, activation="linear", use_bias=False), node3("trunk"))], ["policy", "value"]),
        [("dense", "trunk", [w, b]), ("dense_1", "policy", [p]), ("dense_2", "value", [v])])
    inputs = samples(4)
    expect("heads-3-policy", inputs, lambda x: softmax(dense(relu(dense(x, w, b)), p)), model="heads-3", output="policy")
    expect("heads-3-value", inputs, lambda x: dense(relu(dense(x, w, b)), v), model="heads-3", output="value")


if __name__ == "__main__":
    keras2()
    packed()
    keras3()
    refused()
    normalizations()
    heads()
    refused_later()
