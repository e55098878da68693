"""Quantized graphs in the forms QDQ, QOperator and dynamic, with what their numbers stand for by NumPy in float64: without the rounding of values,
and with the limits of their ranges. Every limit is reached by some inputs.

Debian: apt-get install python3-onnx; then /usr/bin/python3 make_quantized.py
"""
import numpy as np
from onnx import TensorProto as T
from onnx import helper

from make_policies import expect, hit, relu, save, value

N = helper.make_node
R = np.random.RandomState(13)


def numbers(*shape, scale=1.0):
    return (R.randn(*shape) * scale).astype(np.float32)


def quantize(values, scale):
    return np.clip(np.round(values / scale), -127, 127).astype(np.int8)


def pair(x, name, scale, zero):
    """Nodes and tensors of a QuantizeLinear and a DequantizeLinear."""
    tensors = {name + "_scale": np.float32(scale), name + "_zero": zero}
    nodes = [N("QuantizeLinear", [x, name + "_scale", name + "_zero"], [name + "_q"], name="/" + name + "/QuantizeLinear"),
             N("DequantizeLinear", [name + "_q", name + "_scale", name + "_zero"], [name], name="/" + name + "/DequantizeLinear")]
    return nodes, tensors


def limits(scale, zero):
    kind = np.iinfo(zero.dtype)
    scale = np.float64(np.float32(scale))
    return scale * (kind.min - int(zero)), scale * (kind.max - int(zero))


def qdq():
    """A ReLU6 and a clip to [-1, 1] that were left out before their pairs; a sigmoid whose pair does not limit it; 16 bits."""
    w = [numbers(4, 6), numbers(6, 5, scale=0.5), numbers(5, 4), numbers(4, 3, scale=3)]
    b = numbers(6)
    steps = [("p", 6 / 255, np.uint8(0)), ("q", 2 / 254, np.int8(0)), ("s", 1 / 256, np.uint8(0)), ("t", 1 / 16384, np.int16(0))]
    nodes, t = [], {f"w{i}": v for i, v in enumerate(w)}
    t["b"] = b
    x = "x"
    for i, (name, scale, zero) in enumerate(steps):
        nodes.append(N("MatMul", [x, f"w{i}"], [f"m{i}"], name=f"/layer{i}/MatMul"))
        x = f"m{i}"
        if i == 0:
            nodes.append(N("Add", [x, "b"], ["a0"]))
            x = "a0"
        if i == 2:
            nodes.append(N("Sigmoid", [x], ["s0"]))
            x = "s0"
        made, tensors = pair(x, name, scale, zero)
        nodes += made
        t.update(tensors)
        x = name
    nodes[-1].output[0] = "y"
    save("qdq-limits", nodes, [value("x", [None, 4])], [value("y", [None, 3])], t, 13)
    X = numbers(200, 4)
    W = [v.astype(np.float64) for v in w]
    low, high = limits(2 / 254, np.int8(0))
    h = hit(X @ W[0] + b.astype(np.float64), 0, 6)
    h = hit(h @ W[1], low, high)
    h = 1 / (1 + np.exp(-(h @ W[2])))
    expect("qdq-limits", X, hit(h @ W[3], *limits(1 / 16384, np.int16(0))))


def qlinear():
    """QLinearMatMul with a scale for each column, and QGemm with a bias in steps and its result limited, then one that gives floating-point numbers."""
    w0, w1, w2 = numbers(4, 6), numbers(5, 6), numbers(5, 3)
    s0 = (np.abs(w0).max(0) / 127).astype(np.float32)
    s1, s2 = np.float32(np.abs(w1).max() / 127), np.float32(np.abs(w2).max() / 127)
    q0, q1, q2 = quantize(w0, s0), quantize(w1, s1), quantize(w2, s2)
    sx, sh, sg = np.float32(0.02), np.float32(0.03), np.float32(0.02)
    c = R.randint(-3000, 3000, 5).astype(np.int32)
    t = dict(sx=sx, zx=np.uint8(120), s0=s0, z0=np.zeros(6, np.int8), sh=sh, zh=np.uint8(0), s1=s1, z1=np.int8(3), sg=sg, zg=np.uint8(100), s2=s2, z2=np.int8(0),
             q0=q0, q1=q1, q2=q2, c=c)
    nodes = [N("QuantizeLinear", ["x", "sx", "zx"], ["xq"]), N("QLinearMatMul", ["xq", "sx", "zx", "q0", "s0", "z0", "sh", "zh"], ["h"], name="first"),
             N("QGemm", ["h", "sh", "zh", "q1", "s1", "z1", "c", "sg", "zg"], ["g"], name="second", domain="com.microsoft", transB=1, alpha=0.5),
             N("QGemm", ["g", "sg", "zg", "q2", "s2", "z2", ""], ["y"], name="third", domain="com.microsoft")]
    save("qoperator", nodes, [value("x", [None, 4])], [value("y", [None, 3])], t, 13, ["com.microsoft"])
    X = numbers(200, 4, scale=1.5)
    f = [np.float64(v) for v in (sx, sh, sg, s1, s2)]
    x = hit(X.astype(np.float64), -120 * f[0], 135 * f[0])
    h = hit(x @ (q0 * s0.astype(np.float64)), 0, 255 * f[1])
    alpha = 0.5
    g = hit(alpha * (h @ ((q1.astype(np.float64) - 3) * f[3]).T) + c * (alpha * f[1] * f[3]), -100 * f[2], 155 * f[2])
    expect("qoperator", X, g @ (q2 * f[4]))


def dynamic():
    """Ranges that each run chooses: products of weights in integers, and nothing is limited."""
    w0, w1 = numbers(4, 6), numbers(6, 3)
    s0, s1 = (np.abs(w0).max(0) / 127).astype(np.float32), np.float32(np.abs(w1).max() / 127)
    q0, q1 = quantize(w0, s0), (quantize(w1, s1).astype(np.int16) + 128).astype(np.uint8)
    b = numbers(6)
    t = {"fc.weight_quantized": q0, "fc.weight_zero": np.zeros(6, np.int8), "s0": s0, "b": b, "out.weight_quantized": q1, "out.weight_zero": np.uint8(128), "s1": s1}
    nodes = [N("DynamicQuantizeLinear", ["x"], ["x_q", "x_s", "x_z"]), N("MatMulInteger", ["x_q", "fc.weight_quantized", "x_z", "fc.weight_zero"], ["i0"]),
             N("Cast", ["i0"], ["f0"], to=T.FLOAT), N("Mul", ["x_s", "s0"], ["p0"]), N("Mul", ["f0", "p0"], ["m0"]), N("Add", ["m0", "b"], ["a0"]), N("Relu", ["a0"], ["r"]),
             N("DynamicQuantizeLinear", ["r"], ["r_q", "r_s", "r_z"]), N("MatMulInteger", ["r_q", "out.weight_quantized", "r_z", "out.weight_zero"], ["i1"]),
             N("Cast", ["i1"], ["f1"], to=T.FLOAT), N("Mul", ["r_s", "s1"], ["p1"]), N("Mul", ["p1", "f1"], ["y"])]
    save("qdynamic", nodes, [value("x", [None, 4])], [value("y", [None, 3])], t, 13)
    X = numbers(20, 4, scale=3)
    h = relu(X @ (q0 * s0.astype(np.float64)) + b.astype(np.float64))
    expect("qdynamic", X, h @ ((q1.astype(np.float64) - 128) * np.float64(s1)))


for make in (qdq, qlinear, dynamic):
    make()
