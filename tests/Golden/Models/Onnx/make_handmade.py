"""Models put together by hand, with what they compute by NumPy in float64.

Debian: apt-get install python3-onnx; then /usr/bin/python3 make_handmade.py
"""
import math
import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from fixtures import path, write_expected

FLOAT, DOUBLE, FLOAT16 = TensorProto.FLOAT, TensorProto.DOUBLE, TensorProto.FLOAT16


def numbers(seed, *shape, dtype=np.float32, span=1.0):
    return np.random.RandomState(seed).uniform(-span, span, shape).astype(dtype)


def relu(x):
    return np.maximum(x, 0)


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def wide(*arrays):
    return [np.asarray(a).astype(np.float64) for a in arrays]


def save(name, nodes, tensors, shape, inputs, outputs, opset=13, dtype=FLOAT, external=None):
    """tensors: dict of arrays or TensorProtos; shape with its batch axis."""
    protos = [t if isinstance(t, TensorProto) else numpy_helper.from_array(t, k) for k, t in tensors.items()]
    graph = helper.make_graph(nodes, "network", [helper.make_tensor_value_info("input", dtype, shape)],
                              [helper.make_tensor_value_info("output", DOUBLE if dtype == DOUBLE else FLOAT, None)], protos)
    model = helper.make_model(graph, producer_name="hand", opset_imports=[helper.make_opsetid("", opset)])
    model.ir_version = 7
    if external:
        target = path(external)
        if os.path.exists(target):
            os.remove(target)
        onnx.save_model(model, path(name + ".onnx"), save_as_external_data=True, all_tensors_to_one_file=True, location=external, size_threshold=0)
    else:
        with open(path(name + ".onnx"), "wb") as file:
            file.write(model.SerializeToString())
    write_expected(name, inputs, outputs)


def gemm():
    x, w, b, v = numbers(1, 5, 4, span=3), numbers(2, 4, 6), numbers(3, 6), numbers(4, 3, 6)
    X, W, B, V = wide(x, w, b, v)
    nodes = [helper.make_node("Gemm", ["input", "W", "B"], ["h"], name="first", alpha=0.5, beta=2.0),
             helper.make_node("Relu", ["h"], ["r"]),
             helper.make_node("Gemm", ["r", "V"], ["output"], name="second", transB=1)]
    save("hand-gemm", nodes, {"W": w, "B": b, "V": v}, ["n", 4], x, relu(0.5 * X @ W + 2 * B) @ V.T)


def double():
    x, w, b = numbers(1, 5, 4, dtype=np.float64, span=3), numbers(2, 4, 6, dtype=np.float64), numbers(3, 6, dtype=np.float64)
    v = numbers(4, 6, 2, dtype=np.float64)
    x = x.astype(np.float32).astype(np.float64)
    nodes = [helper.make_node("MatMul", ["input", "fc1.weight"], ["m"]), helper.make_node("Add", ["fc1.bias", "m"], ["h"]),
             helper.make_node("Tanh", ["h"], ["t"]), helper.make_node("MatMul", ["t", "fc2.weight"], ["output"])]
    save("hand-double", nodes, {"fc1.weight": w, "fc1.bias": b, "fc2.weight": v}, ["n", 4], x, np.tanh(x @ w + b) @ v, dtype=DOUBLE)


def external():
    x, w, b, v = numbers(1, 5, 4, span=3), numbers(2, 4, 6), numbers(3, 6), numbers(4, 6, 3)
    X, W, B, V = wide(x, w, b, v)
    nodes = [helper.make_node("Gemm", ["input", "fc1.weight", "fc1.bias"], ["h"]), helper.make_node("Relu", ["h"], ["r"]),
             helper.make_node("MatMul", ["r", "fc2.weight"], ["output"])]
    save("hand-external", nodes, {"fc1.weight": w, "fc1.bias": b, "fc2.weight": v}, ["n", 4], x, relu(X @ W + B) @ V, external="hand-external.bin")


def typed_fields():
    """float_data, double_data and int32_data instead of raw bytes; half precisions; a cast from half."""
    x, w, h = numbers(1, 5, 4, span=3), numbers(2, 4, 6), numbers(3, 6, 3, dtype=np.float16)
    brain = np.frombuffer((numbers(5, 3).view(np.uint32) & 0xFFFF0000).tobytes(), np.float32)
    half = TensorProto(name="fc2.weight", data_type=FLOAT16, dims=[6, 3], int32_data=[int(v) for v in h.view(np.uint16).ravel()])
    brains = TensorProto(name="fc2.bias", data_type=TensorProto.BFLOAT16, dims=[3], int32_data=[int(v >> 16) for v in brain.view(np.uint32)])
    floats = TensorProto(name="fc1.weight", data_type=FLOAT, dims=[4, 6], float_data=[float(v) for v in w.ravel()])
    X, W, H, B = wide(x, w, h, brain)
    nodes = [helper.make_node("Gemm", ["input", "fc1.weight"], ["h"]), helper.make_node("Sigmoid", ["h"], ["s"]),
             helper.make_node("Cast", ["s"], ["s16"], to=FLOAT16), helper.make_node("Cast", ["s16"], ["s32"], to=FLOAT),
             helper.make_node("Cast", ["fc2.weight"], ["w2"], to=FLOAT), helper.make_node("Cast", ["fc2.bias"], ["b2"], to=FLOAT),
             helper.make_node("Gemm", ["s32", "w2", "b2"], ["output"])]
    save("hand-half", nodes, {"a": floats, "b": half, "c": brains}, ["n", 4], x, 1 / (1 + np.exp(-(X @ W))) @ H + B)


def normalised():
    """Pixels of a fixed batch, as whole numbers, scaled before the first layer; statistics one by one; results scaled back."""
    x = np.random.RandomState(1).randint(0, 256, (6, 2, 2, 3))
    mean, std, w = numbers(2, 3, span=100) + 128, numbers(3, 3, span=10) + 60, numbers(4, 12, 5)
    X, M, S, W = wide(x, mean, std, w)
    nodes = [helper.make_node("Cast", ["input"], ["f"], to=FLOAT), helper.make_node("Sub", ["f", "mean"], ["c"]),
             helper.make_node("Div", ["c", "std"], ["z"]), helper.make_node("Flatten", ["z"], ["v"]),
             helper.make_node("MatMul", ["v", "dense/kernel:0"], ["m"]), helper.make_node("Elu", ["m"], ["e"]),
             helper.make_node("Mul", ["e", "two"], ["d"]), helper.make_node("Sub", ["one", "d"], ["output"])]
    z = ((X - M) / S).reshape(6, 12) @ W
    save("hand-normalised", nodes, {"mean": mean, "std": std, "dense/kernel:0": w, "two": np.float32(2), "one": np.ones(1, np.float32)},
         [6, 2, 2, 3], x, 1 - 2 * np.where(z > 0, z, np.expm1(z)), dtype=TensorProto.UINT8)


def batch_norm():
    """Before, between and behind dense layers, with channels of images, in double."""
    kinds = {"s": 0.5, "b": 0.0, "m": 0.0, "v": 1.5}
    stats = {k + str(i): numbers(10 * i + j, c, dtype=np.float64, span=0.5) + kinds[k]
             for i, c in enumerate((2, 5)) for j, k in enumerate(("s", "b", "m", "v"))}
    x, w, u = numbers(1, 6, 2, 3, span=3).astype(np.float64), numbers(2, 6, 5, dtype=np.float64), numbers(3, 5, 2, dtype=np.float64)
    nodes = [helper.make_node("BatchNormalization", ["input", "s0", "b0", "m0", "v0"], ["n0"], epsilon=0.25),
             helper.make_node("Flatten", ["n0"], ["f"]), helper.make_node("MatMul", ["f", "w"], ["h"], name="one"),
             helper.make_node("BatchNormalization", ["h", "s1", "b1", "m1", "v1"], ["n1"], epsilon=0.5),
             helper.make_node("Softplus", ["n1"], ["p"]), helper.make_node("MatMul", ["p", "u"], ["output"], name="two")]
    a = (x - stats["m0"][:, None]) / np.sqrt(stats["v0"][:, None] + 0.25) * stats["s0"][:, None] + stats["b0"][:, None]
    h = (a.reshape(6, 6) @ w - stats["m1"]) / np.sqrt(stats["v1"] + 0.5) * stats["s1"] + stats["b1"]
    save("hand-batch-norm", nodes, {**stats, "w": w, "u": u}, ["n", 2, 3], x, np.log1p(np.exp(h)) @ u, dtype=DOUBLE)


def quantize(values, axis=None):
    """Symmetric int8 with one scale, or one a column."""
    peak = np.abs(values).max() if axis is None else np.abs(values).max(axis=1 - axis)
    scale = (peak / 127).astype(np.float32)
    q = np.clip(np.round(values / (scale if axis in (None, 1) else scale[:, None])), -128, 127).astype(np.int8)
    return q, scale


def qdq():
    """Weights and biases quantized, pairs around every value; their ranges limit, one of them as a Relu does that was left out."""
    x, w, b, v = numbers(1, 6, 4, span=3), numbers(2, 4, 8), numbers(3, 8), numbers(4, 3, 8)
    qw, sw = quantize(w, axis=1)
    qv, sv = quantize(v)
    bias_scale = (np.float32(0.03) * sw).astype(np.float32)
    qb = np.round(b / bias_scale).astype(np.int32)
    tensors = {"x_scale": np.float32(0.03), "x_zero": np.int8(3), "fc1.weight_quantized": qw, "w_scale": sw, "w_zero": np.zeros(8, np.int8),
               "fc1.bias_quantized": qb, "b_scale": bias_scale, "b_zero": np.zeros(8, np.int32), "h_scale": np.float32(0.02), "h_zero": np.int8(-128),
               "fc2.weight_quantized": qv, "v_scale": sv, "v_zero": np.int8(0), "y_scale": np.float32(0.05), "y_zero": np.int8(10)}
    nodes = [helper.make_node("QuantizeLinear", ["input", "x_scale", "x_zero"], ["xq"]),
             helper.make_node("DequantizeLinear", ["xq", "x_scale", "x_zero"], ["xd"]),
             helper.make_node("DequantizeLinear", ["fc1.weight_quantized", "w_scale", "w_zero"], ["wd"], axis=1),
             helper.make_node("DequantizeLinear", ["fc1.bias_quantized", "b_scale", "b_zero"], ["bd"], axis=0),
             helper.make_node("Gemm", ["xd", "wd", "bd"], ["h"]),
             helper.make_node("QuantizeLinear", ["h", "h_scale", "h_zero"], ["hq"]),
             helper.make_node("DequantizeLinear", ["hq", "h_scale", "h_zero"], ["hd"]),
             helper.make_node("DequantizeLinear", ["fc2.weight_quantized", "v_scale", "v_zero"], ["vd"]),
             helper.make_node("Transpose", ["vd"], ["vt"]), helper.make_node("MatMul", ["hd", "vt"], ["y"]),
             helper.make_node("QuantizeLinear", ["y", "y_scale", "y_zero"], ["yq"]),
             helper.make_node("DequantizeLinear", ["yq", "y_scale", "y_zero"], ["output"])]
    X, QW, SW, QB, SB, QV, SV = wide(x, qw, sw, qb, bias_scale, qv, sv)
    step = [float(np.float32(s)) for s in (0.03, 0.02, 0.05)]
    X = np.clip(X, -131 * step[0], 124 * step[0])
    H = np.clip(X @ (QW * SW) + QB * SB, 0, 255 * step[1])
    save("hand-qdq", nodes, tensors, ["n", 4], x, np.clip(H @ (QV * SV).T, -138 * step[2], 117 * step[2]))


def quantized_input():
    """An input of int8 that is dequantized first, as in models converted for small devices."""
    x = np.random.RandomState(1).randint(-128, 128, (6, 4))
    w = numbers(2, 4, 3)
    X, W, S = wide(x, w, np.float32(0.05))
    nodes = [helper.make_node("DequantizeLinear", ["input", "s", "z"], ["f"]), helper.make_node("MatMul", ["f", "w"], ["m"], name="head"),
             helper.make_node("Softmax", ["m"], ["output"])]
    save("hand-quantized-input", nodes, {"s": np.float32(0.05), "z": np.int8(-7), "w": w}, ["n", 4], x, softmax((X + 7) * S @ W), dtype=TensorProto.INT8)


def shapes():
    """Axes that come, go and move; constants folded through all that may stand before them."""
    x, w, b = numbers(1, 6, 3, 2, 2, span=2), numbers(2, 5, 12), numbers(3, 1, 5, 1)
    X, W, B = wide(x, w, b)
    tensors = {"w": w.reshape(5, 3, 4), "b": b, "to": np.array([5, -1], np.int64), "axes": np.array([1], np.int64), "rows": np.array([0, -1], np.int64),
               "last": np.array([2], np.int64), "dead": np.zeros(3, np.float32)}
    nodes = [helper.make_node("Identity", ["input"], ["i"]), helper.make_node("Transpose", ["i"], ["nhwc"], perm=[0, 2, 3, 1]),
             helper.make_node("Reshape", ["w", "to"], ["w2"]), helper.make_node("Identity", ["w2"], ["w3"]),
             helper.make_node("Transpose", ["w3"], ["w4"]), helper.make_node("Cast", ["w4"], ["w5"], to=FLOAT),
             helper.make_node("Relu", ["nhwc"], ["r"]), helper.make_node("Neg", ["dead"], ["dead2"]),
             helper.make_node("Reshape", ["r", "rows"], ["v"]), helper.make_node("Unsqueeze", ["v", "axes"], ["u"]),
             helper.make_node("MatMul", ["u", "w5"], ["m"], name="product"), helper.make_node("Squeeze", ["b", "last"], ["b2"]),
             helper.make_node("Add", ["m", "b2"], ["a"]), helper.make_node("Squeeze", ["a", "axes"], ["s"]),
             helper.make_node("Dropout", ["s"], ["d", "mask"]), helper.make_node("Clip", ["d", "low", "high"], ["output"])]
    tensors.update(low=np.float32(-0.25), high=np.float32(1.5))
    h = relu(X.transpose(0, 2, 3, 1)).reshape(6, 12) @ W.T + B.reshape(5)
    save("hand-shapes", nodes, tensors, ["n", 3, 2, 2], x, np.clip(h, -0.25, 1.5))


def vector():
    """One axis alone is a sample."""
    x, w = numbers(1, 6, 4, span=2), numbers(2, 3, 4)
    X, W = wide(x, w)
    nodes = [helper.make_node("MatMul", ["w", "input"], ["m"], name="left"), helper.make_node("HardSigmoid", ["m"], ["output"])]
    save("hand-vector", nodes, {"w": w}, [4], x, np.clip(np.float64(np.float32(0.2)) * (X @ W.T) + 0.5, 0, 1))


def gelu():
    """Both forms of the operator, which came with set 20; exporters of older sets write formulas."""
    x, w0, w1 = numbers(1, 8, 4, span=3), numbers(2, 4, 6, span=2), numbers(3, 6, 3, span=2)
    X, W0, W1 = wide(x, w0, w1)
    h = X @ W0
    h = h / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (h + 0.044715 * h ** 3))) @ W1
    nodes = [helper.make_node("MatMul", ["input", "w0"], ["a"]), helper.make_node("Gelu", ["a"], ["b"], approximate="tanh"),
             helper.make_node("MatMul", ["b", "w1"], ["c"]), helper.make_node("Gelu", ["c"], ["output"])]
    save("hand-gelu", nodes, {"w0": w0, "w1": w1}, ["n", 4], x, h / 2 * (1 + np.vectorize(math.erf)(h / np.sqrt(2))), opset=20)


def celu():
    """An alpha that is not 1: the value is scaled on both sides of the function."""
    x, w0, w1 = numbers(1, 8, 4, span=3), numbers(2, 4, 6, span=2), numbers(3, 6, 3, span=2)
    X, W0, W1 = wide(x, w0, w1)
    h = X @ W0
    h = np.where(h > 0, h, 0.5 * np.expm1(h / 0.5))
    nodes = [helper.make_node("MatMul", ["input", "w0"], ["a"]), helper.make_node("Celu", ["a"], ["b"], alpha=0.5), helper.make_node("MatMul", ["b", "w1"], ["output"])]
    save("hand-celu", nodes, {"w0": w0, "w1": w1}, ["n", 4], x, h @ W1)


for make in (gemm, double, external, typed_fields, normalised, batch_norm, qdq, quantized_input, shapes, vector, gelu, celu):
    make()
