"""Graphs of several outputs and what stands before and behind a network in them, in the node patterns that exporters write, with weights of our own.

Policies of ML-Agents and of Godot RL, classifiers of scikit-learn, normalizers, tied layers and operator set 6; expected results by NumPy in float64.
Debian: apt-get install python3-onnx; then /usr/bin/python3 make_policies.py
"""
import json

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper, numpy_helper

from fixtures import path

N = helper.make_node
R = np.random.RandomState(12)


def numbers(*shape, scale=0.7):
    """Of 32 bits, as files hold them. Computed with, they meet numbers of 64 bits, and results have those."""
    return (R.randn(*shape) * scale).astype(np.float32)


def value(name, shape, kind=T.FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def save(name, nodes, inputs, outputs, tensors, opset, domains=(), ir=7):
    graph = helper.make_graph(nodes, "network", inputs, outputs, [numpy_helper.from_array(np.asarray(v), k) for k, v in tensors.items()])
    sets = [helper.make_opsetid("", opset)] + [helper.make_opsetid(domain, 1) for domain in domains]
    model = helper.make_model(graph, producer_name="hand", opset_imports=sets)
    model.ir_version = ir
    with open(path(name + ".onnx"), "wb") as file:
        file.write(model.SerializeToString())


def expect(fixture, inputs, outputs, model=None, output=None):
    """What a value of a model is; the file and the value are named where the fixture's name or the file's only output does not say them."""
    rows = {"inputs": [[float(v) for v in row.ravel()] for row in inputs], "outputs": [[float(v) for v in row.ravel()] for row in outputs]}
    named = {k: v for k, v in (("model", model), ("output", output)) if v}
    with open(path(fixture + ".json"), "w", newline="\n") as file:
        json.dump({**named, **rows}, file, indent=1)
        file.write("\n")


def wide(tensors):
    return {k: np.asarray(v).astype(np.float64) for k, v in tensors.items()}


def relu(x):
    return np.maximum(x, 0)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def hit(x, low, high):
    """Clips, and makes sure that the inputs reach both ends."""
    assert (x < low).any() and (x > high).any(), (x.min(), x.max())
    return np.clip(x, low, high)


def agents():
    """Continuous actions: normalizer, swish, limits, noise on a branch, and constants as further outputs."""
    t = dict(mean=numbers(5), deviation=np.abs(numbers(5)) + np.float32(0.1), w0=numbers(8, 5), b0=numbers(8), w1=numbers(8, 8), b1=numbers(8),
             w2=numbers(2, 8, scale=3), b2=numbers(2), sigma=numbers(1, 2), zero=np.float32(0), three=np.float32(3),
             version=np.float32([3]), memory=np.float32([0]), actions=np.float32([[2]]))
    nodes = [N("Sub", ["obs_0", "mean"], ["n0"], name="/normalizer/Sub"), N("Div", ["n0", "deviation"], ["n1"], name="/normalizer/Div"),
             N("Clip", ["n1"], ["n2"], min=-5.0, max=5.0), N("Concat", ["n2"], ["n3"], axis=1),
             N("Gemm", ["n3", "w0", "b0"], ["g0"], transB=1, name="/body/0/Gemm"), N("Sigmoid", ["g0"], ["s0"]), N("Mul", ["g0", "s0"], ["a0"]),
             N("Gemm", ["a0", "w1", "b1"], ["g1"], transB=1, name="/body/2/Gemm"), N("Sigmoid", ["g1"], ["s1"]), N("Mul", ["g1", "s1"], ["a1"]),
             N("Gemm", ["a1", "w2", "b2"], ["mu"], transB=1, name="/mu/Gemm"), N("Mul", ["mu", "zero"], ["none"]), N("Add", ["none", "sigma"], ["log"]),
             N("Exp", ["log"], ["spread"]), N("RandomNormalLike", ["mu"], ["noise"], name="/RandomNormalLike"), N("Mul", ["noise", "spread"], ["wide"]),
             N("Add", ["mu", "wide"], ["sample"]), N("Clip", ["sample"], ["limited"], min=-3.0, max=3.0), N("Div", ["limited", "three"], ["continuous_actions"]),
             N("Clip", ["mu"], ["mean_limited"], min=-3.0, max=3.0), N("Div", ["mean_limited", "three"], ["deterministic_continuous_actions"]),
             N("Identity", ["version"], ["version_number"]), N("Identity", ["memory"], ["memory_size"]), N("Identity", ["actions"], ["action_shape"])]
    outputs = [value("version_number", [1]), value("memory_size", [1]), value("continuous_actions", ["batch", 2]), value("action_shape", [1, 1]),
               value("deterministic_continuous_actions", ["batch", 2])]
    save("policy", nodes, [value("obs_0", ["batch", 5])], outputs, t, 9, ir=4)
    x = numbers(40, 5, scale=3)
    w = wide(t)
    n = hit((x - w["mean"]) / w["deviation"], -5, 5)
    g = n @ w["w0"].T + w["b0"]
    g = g * sigmoid(g) @ w["w1"].T + w["b1"]
    mu = g * sigmoid(g) @ w["w2"].T + w["b2"]
    expect("policy-deterministic", x, hit(mu, -3, 3) / 3, "policy", "deterministic_continuous_actions")
    expect("policy-mean", x, mu, "policy", "mu")
    expect("policy-inner", x, g, "policy", "g1")


def masked():
    """Discrete actions: a mask as second input, Multinomial and ArgMax behind; the numbers before the mask are one chain."""
    t = dict(w0=numbers(6, 4), b0=numbers(6), w1=numbers(3, 6), b1=numbers(3), minus=np.float32(-1), one=np.float32(1), huge=np.float32(1e8))
    nodes = [N("Concat", ["obs_0"], ["c"], axis=1), N("Gemm", ["c", "w0", "b0"], ["g"], transB=1), N("Sigmoid", ["g"], ["s"]), N("Mul", ["g", "s"], ["a"]),
             N("Slice", ["action_masks"], ["m"], axes=[1], starts=[0], ends=[3]), N("Gemm", ["a", "w1", "b1"], ["logits"], transB=1),
             N("Mul", ["m", "minus"], ["m1"]), N("Add", ["m1", "one"], ["m2"]), N("Mul", ["logits", "m"], ["l1"], name="Masked"), N("Mul", ["m2", "huge"], ["m3"]),
             N("Sub", ["l1", "m3"], ["l2"]), N("Softmax", ["l2"], ["p"], axis=1), N("Log", ["p"], ["log"]), N("Multinomial", ["log"], ["drawn"], name="Draw"),
             N("Concat", ["drawn"], ["discrete_actions"], axis=1), N("ArgMax", ["p"], ["best"], axis=1), N("Concat", ["best"], ["deterministic_discrete_actions"], axis=1)]
    save("policy-masked", nodes, [value("obs_0", ["batch", 4]), value("action_masks", ["batch", 3])],
         [value("discrete_actions", ["batch", 1], T.INT64), value("deterministic_discrete_actions", ["batch", 1], T.INT64)], t, 9, ir=4)
    x = numbers(6, 4, scale=2)
    w = wide(t)
    g = x @ w["w0"].T + w["b0"]
    expect("policy-masked", x, g * sigmoid(g) @ w["w1"].T + w["b1"], output="logits")


def godot():
    """A state that is handed on beside the network; an actor whose spread is needed for its shape alone."""
    t = dict(w0=numbers(8, 5), b0=numbers(8), w1=numbers(2, 8), b1=numbers(2))
    nodes = [N("Flatten", ["obs"], ["f"], axis=1), N("Concat", ["f"], ["c"], axis=1), N("Gemm", ["c", "w0", "b0"], ["g0"], transB=1), N("Tanh", ["g0"], ["t0"]),
             N("Gemm", ["t0", "w1", "b1"], ["output"], transB=1), N("Identity", ["state_ins"], ["state_outs"])]
    batch = "batch_size"
    save("policy-state", nodes, [value("obs", [batch, 5]), value("state_ins", [batch])], [value("output", [batch, 2]), value("state_outs", [batch])], t, 17, ir=8)
    x, w = numbers(6, 5), wide(t)
    expect("policy-state", x, np.tanh(x @ w["w0"].T + w["b0"]) @ w["w1"].T + w["b1"])

    t = dict(w0=numbers(8, 5), b0=numbers(8), w1=numbers(2, 8), b1=numbers(2), w2=numbers(2, 8), b2=numbers(2), low=np.float32(-20), high=np.float32(2))
    one, zero = numpy_helper.from_array(np.float32([1])), numpy_helper.from_array(np.float32([0]))
    nodes = [N("Cast", ["obs"], ["f0"], to=T.FLOAT), N("Flatten", ["f0"], ["f"], axis=1), N("Gemm", ["f", "w0", "b0"], ["g0"], transB=1), N("Relu", ["g0"], ["r0"]),
             N("Gemm", ["r0", "w1", "b1"], ["mu"], transB=1), N("Gemm", ["r0", "w2", "b2"], ["deviation"], transB=1), N("Clip", ["deviation", "low", "high"], ["d1"]),
             N("Shape", ["mu"], ["s1"]), N("ConstantOfShape", ["s1"], ["ones"], value=one), N("Exp", ["d1"], ["d2"]), N("Mul", ["ones", "d2"], ["d3"]),
             N("Shape", ["mu"], ["s2"]), N("ConstantOfShape", ["s2"], ["zeros"], value=zero), N("Add", ["zeros", "mu"], ["m1"]), N("Add", ["m1", "d3"], ["m2"]),
             N("Shape", ["m2"], ["s3"]), N("Expand", ["mu", "s3"], ["e"]), N("Tanh", ["e"], ["output"]), N("Identity", ["state_ins"], ["state_outs"])]
    save("policy-actor", nodes, [value("obs", [batch, 5]), value("state_ins", [batch])], [value("output", [batch, 2]), value("state_outs", [batch])], t, 17, ir=8)
    x, w = numbers(6, 5), wide(t)
    expect("policy-actor", x, np.tanh(relu(x @ w["w0"].T + w["b0"]) @ w["w1"].T + w["b1"]))


def shape_chain():
    """Shape, Gather, Slice, Unsqueeze, Concat, ConstantOfShape and Expand, all known but for the batch."""
    t = dict(w=numbers(12, 3), zero=np.int64(0), axes=np.int64([0]), rest=np.int64([-1]), first=np.int64([0]), second=np.int64([1]), last=np.int64([3]),
             row=numbers(1, 3))
    nodes = [N("Shape", ["x"], ["s"]), N("Gather", ["s", "zero"], ["n"]), N("Unsqueeze", ["n", "axes"], ["n1"]), N("Concat", ["n1", "rest"], ["to"], axis=0),
             N("Reshape", ["x", "to"], ["f"]), N("MatMul", ["f", "w"], ["m"]), N("Slice", ["s", "first", "second"], ["n2"]), N("Concat", ["n2", "last"], ["wide"], axis=0),
             N("ConstantOfShape", ["wide"], ["zeros"]), N("Add", ["zeros", "row"], ["rows"]), N("Add", ["m", "rows"], ["a"]), N("Shape", ["a"], ["s2"]),
             N("Expand", ["a", "s2"], ["e"]), N("Sigmoid", ["e"], ["y"])]
    save("hand-shape-chain", nodes, [value("x", ["n", 3, 4])], [value("y", ["n", 3])], t, 13)
    x, w = numbers(5, 3, 4), wide(t)
    expect("hand-shape-chain", x, sigmoid(x.reshape(5, 12) @ w["w"] + w["row"]))


def classifiers():
    """scikit-learn's MLPClassifier: labels beside probabilities, and two classes from one probability."""
    def body(last):
        return [N("Cast", ["X"], ["ci"], to=T.FLOAT), N("MatMul", ["ci", "coefficient"], ["m0"], name="MatMul"), N("Add", ["m0", "intercepts"], ["a0"]),
                N("Relu", ["a0"], ["r0"]), N("MatMul", ["r0", "coefficient1"], ["m1"], name="MatMul1"), N("Add", ["m1", "intercepts1"], ["a1"]), N(last, ["a1"], ["out"])]
    label = [N("ArgMax", ["probabilities"], ["best"], axis=1, name="ArgMax"),
             N("ArrayFeatureExtractor", ["classes", "best"], ["class"], domain="ai.onnx.ml"), N("Cast", ["class"], ["c64"], to=T.INT64), N("Reshape", ["c64", "to"], ["label"])]
    t = dict(coefficient=numbers(4, 6), intercepts=numbers(1, 6), coefficient1=numbers(6, 3), intercepts1=numbers(1, 3), classes=np.int32([10, 20, 30]), to=np.int64([-1]))
    maps = onnx.ValueInfoProto()
    maps.name = "output_probability"
    maps.type.sequence_type.elem_type.map_type.key_type = T.INT64
    maps.type.sequence_type.elem_type.map_type.value_type.tensor_type.elem_type = T.FLOAT
    nodes = body("Softmax") + [N("Identity", ["out"], ["probabilities"])] + label + [
        N("ZipMap", ["probabilities"], ["output_probability"], domain="ai.onnx.ml", classlabels_int64s=[10, 20, 30])]
    outputs = [value("label", [None], T.INT64), maps, value("probabilities", [None, 3])]
    save("classifier", nodes, [value("X", [None, 4])], outputs, t, 15, ["ai.onnx.ml"], ir=8)
    x, w = numbers(6, 4), wide(t)
    hidden = relu(x @ w["coefficient"] + w["intercepts"])
    expect("classifier", x, softmax(hidden @ w["coefficient1"] + w["intercepts1"]), output="probabilities")

    for name, order in (("classifier-two", ["not", "out"]), ("classifier-two-turned", ["out", "not"])):
        t = dict(coefficient=numbers(4, 6), intercepts=numbers(1, 6), coefficient1=numbers(6, 1), intercepts1=numbers(1, 1), unity=np.float32(1),
                 classes=np.int32([0, 1]), to=np.int64([-1]))
        nodes = body("Sigmoid") + [N("Sub", ["unity", "out"], ["not"]), N("Concat", order, ["probabilities"], axis=1)] + label
        save(name, nodes, [value("X", [None, 4])], [value("label", [None], T.INT64), value("probabilities", [None, 2])], t, 15, ["ai.onnx.ml"], ir=8)
        w = wide(t)
        p = sigmoid(relu(x @ w["coefficient"] + w["intercepts"]) @ w["coefficient1"] + w["intercepts1"])
        expect(name, x, np.hstack([1 - p, p] if order[0] == "not" else [p, 1 - p]), output="probabilities")


def heads():
    t = dict(w0=numbers(4, 6), b0=numbers(6), w1=numbers(6, 3), b1=numbers(3), wv=numbers(6, 1), bv=numbers(1))
    nodes = [N("Gemm", ["x", "w0", "b0"], ["g"]), N("Relu", ["g"], ["t"]), N("Gemm", ["t", "w1", "b1"], ["policy"]), N("Gemm", ["t", "wv", "bv"], ["value"])]
    save("heads", nodes, [value("x", [None, 4])], [value("policy", [None, 3]), value("value", [None, 1])], t, 13)
    x, w = numbers(5, 4), wide(t)
    h = relu(x @ w["w0"] + w["b0"])
    expect("heads-policy", x, h @ w["w1"] + w["b1"], "heads", "policy")
    expect("heads-value", x, h @ w["wv"] + w["bv"], "heads", "value")


def normalizers():
    """Far from 0, where a mean folded into weights loses the digits; by constants of each operator; by scikit-learn's Scaler."""
    for name, spread in (("far", [400, 4, 30000, 8]), ("far-narrow", [15, 0.5, 300, 0.2])):
        t = dict(mean=np.float32([101325, 2015, 250000, 288.15]), deviation=np.float32(spread), w0=numbers(4, 8), b0=numbers(8), w1=numbers(8, 1), b1=numbers(1))
        nodes = [N("Sub", ["x", "mean"], ["c"], name="/scale/Sub"), N("Div", ["c", "deviation"], ["d"]), N("Gemm", ["d", "w0", "b0"], ["g"]), N("Tanh", ["g"], ["t"]),
                 N("Gemm", ["t", "w1", "b1"], ["y"])]
        save("normalized-" + name, nodes, [value("x", [None, 4])], [value("y", [None, 1])], t, 13)
        x = (t["mean"] + t["deviation"] * R.randn(50, 4)).astype(np.float32)
        w = wide(t)
        expect("normalized-" + name, x, np.tanh((x - w["mean"]) / w["deviation"] @ w["w0"] + w["b0"]) @ w["w1"] + w["b1"])

    # x/255 - 1/2 on images, then a limit that is not symmetric, a mean for each pixel, and a product.
    t = dict(full=np.float32(255), half=np.float32(0.5), pixels=numbers(1, 2, 3, scale=0.2), factor=np.float32([[0.5], [2]]), w=numbers(6, 3))
    nodes = [N("Div", ["x", "full"], ["a"]), N("Sub", ["a", "half"], ["b"]), N("Clip", ["b"], ["c"], min=-0.25, max=0.375), N("Sub", ["c", "pixels"], ["d"]),
             N("Mul", ["d", "factor"], ["e"]), N("Flatten", ["e"], ["f"]), N("MatMul", ["f", "w"], ["y"])]
    save("normalized-pixels", nodes, [value("x", [None, 2, 3])], [value("y", [None, 3])], t, 9)
    x, w = R.randint(0, 256, (20, 2, 3)).astype(np.float32), wide(t)
    c = hit(x.astype(np.float64) / 255 - 0.5, -0.25, 0.375)
    expect("normalized-pixels", x, ((c - w["pixels"]) * w["factor"]).reshape(20, 6) @ w["w"])

    t = dict(w0=numbers(4, 6), b0=numbers(6), w1=numbers(6, 2), to=np.int64([-1, 2]))
    offset, scale = [20.0, 1013.0, 50.0, 3.0], [0.125, 0.05, 0.02, 0.5]
    nodes = [N("Scaler", ["x"], ["s"], domain="ai.onnx.ml", offset=offset, scale=scale), N("MatMul", ["s", "w0"], ["m"]), N("Add", ["m", "b0"], ["a"]),
             N("Relu", ["a"], ["r"]), N("MatMul", ["r", "w1"], ["o"]), N("Reshape", ["o", "to"], ["y"])]
    save("normalized-scaler", nodes, [value("x", [None, 4])], [value("y", [None, 2])], t, 15, ["ai.onnx.ml"], ir=8)
    scale = np.float32(scale).astype(np.float64)
    x = (np.array(offset) + R.randn(20, 4) / scale).astype(np.float32)
    w = wide(t)
    expect("normalized-scaler", x, relu((x - np.array(offset)) * scale @ w["w0"] + w["b0"]) @ w["w1"])


def tied():
    t = dict(w=numbers(4, 4), b0=numbers(4), b1=numbers(4))
    nodes = [N("MatMul", ["x", "w"], ["m0"], name="encode"), N("Add", ["m0", "b0"], ["a0"]), N("Tanh", ["a0"], ["t0"]), N("Transpose", ["w"], ["wt"], perm=[1, 0]),
             N("MatMul", ["t0", "wt"], ["m1"], name="decode"), N("Add", ["m1", "b1"], ["y"])]
    save("tied", nodes, [value("x", [None, 4])], [value("y", [None, 4])], t, 13)
    x, w = numbers(5, 4), wide(t)
    expect("tied", x, np.tanh(x @ w["w"] + w["b0"]) @ w["w"].T + w["b1"])


def old():
    """Operator set 6: operands are repeated where "broadcast" says so, from "axis" on."""
    t = dict(row=numbers(2), w0=numbers(6, 6), b0=numbers(6), w1=numbers(6, 2), b1=numbers(2))
    nodes = [N("Mul", ["x", "row"], ["r"], broadcast=1, axis=1), N("Flatten", ["r"], ["f"]), N("Gemm", ["f", "w0", "b0"], ["g"], broadcast=1, alpha=0.5),
             N("Dropout", ["g"], ["d"], is_test=1), N("Relu", ["d"], ["t"]), N("MatMul", ["t", "w1"], ["m"]), N("Add", ["m", "b1"], ["y"], broadcast=1, axis=1)]
    save("hand-opset6", nodes, [value("x", [1, 2, 3])] + [value(k, list(v.shape)) for k, v in t.items()], [value("y", [1, 2])], t, 6, ir=3)
    x, w = numbers(5, 2, 3), wide(t)
    h = relu(0.5 * (x * w["row"][:, None]).reshape(5, 6) @ w["w0"] + w["b0"])
    expect("hand-opset6", x, h @ w["w1"] + w["b1"])


if __name__ == "__main__":
    for make in (agents, masked, godot, shape_chain, classifiers, heads, normalizers, tied, old):
        make()
