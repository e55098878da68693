#!/usr/bin/python3
"""Writes the safetensors files of this folder by the format's definition, and what they hold as float64. Needs python3-numpy."""
import json
import os
import struct

import numpy as np

FOLDER = os.path.dirname(os.path.abspath(__file__))


def write(name, tensors, metadata=None):
    """tensors: (name, type, shape, bytes), in the order of the header."""
    header, data = {}, b""
    if metadata:
        header["__metadata__"] = metadata
    for title, kind, shape, content in tensors:
        header[title] = {"dtype": kind, "shape": shape, "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(FOLDER, name + ".safetensors"), "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + data)


def brain(values):
    """The upper halves of 32-bit numbers."""
    bits = (values.astype(np.float32).view(np.uint32) >> 16).astype(np.uint16)
    return bits.tobytes(), (bits.astype(np.uint32) << 16).view(np.float32).astype(np.float64)


rng = np.random.default_rng(5)
single = rng.normal(size=(3, 2)).astype(np.float32)
double = rng.normal(size=4)
half = rng.normal(size=(2, 2)).astype(np.float16)
half[0, 0] = np.float16(6e-8)
bits, wide = brain(rng.normal(size=5))
counts = np.int64([1, -2])
write("types", [
    ("model.0.weight", "F32", [3, 2], single.tobytes()), ("a scalar", "F64", [], np.float64(0.1).tobytes()), ("model.0.bias", "F64", [4], double.tobytes()),
    ("half", "F16", [2, 2], half.tobytes()), ("brain", "BF16", [5], bits), ("steps", "I64", [2], counts.tobytes()), ("none", "F32", [0, 3], b""),
], {"format": "pt"})
expected = [
    ("model.0.weight", "F32", [3, 2], single), ("a scalar", "F64", [], np.float64([0.1])), ("model.0.bias", "F64", [4], double), ("half", "F16", [2, 2], half),
    ("brain", "BF16", [5], wide), ("steps", "I64", [2], None), ("none", "F32", [0, 3], np.zeros(0)),
]
with open(os.path.join(FOLDER, "types.json"), "w") as out:
    rows = [{"name": n, "type": t, "shape": s, "values": None if v is None else np.ravel(v).astype(np.float64).tolist()} for n, t, s, v in expected]
    out.write("[\n" + ",\n".join("  " + json.dumps(row) for row in rows) + "\n]\n")

# As this library's Save writes it, in both orders of weights.
weight, bias = np.float32([[1, 2, 3], [4, 5, 6]]), np.float32([7, 8, 9])
for name, order, stored in (("saved-in-out", "in,out", weight), ("saved-out-in", "out,in", weight.T)):
    write(name, [("dense1.weight", "F32", list(stored.shape), np.ascontiguousarray(stored).tobytes()), ("dense1.bias", "F32", [3], bias.tobytes())],
          {"generatednetworks.weight_order": order, "generatednetworks.functions": "dense1=Tanh"})
