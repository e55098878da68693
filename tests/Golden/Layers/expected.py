"""What the scripts of the folders share: a model's inputs and outputs beside it, and windows as the frameworks define them, by PyTorch in float64."""
import json
import os

import numpy as np
import torch
import torch.nn.functional as F


def write_expected(folder, name, inputs, outputs):
    """Rows of float64 numbers; all inputs of a model lie one after the other, and so do its outputs."""
    def flat(rows):
        return [[float(v) for value in row for v in np.ravel(value)] for row in rows]
    rows = {"inputs": flat(inputs), "outputs": flat(outputs)}
    with open(os.path.join(folder, name + ".json"), "w", newline="\n") as out:
        out.write("{\n" + ",\n".join(f' "{k}": [\n' + ",\n".join("  " + json.dumps(row) for row in v) + "\n ]" for k, v in rows.items()) + "\n}\n")


def images(rng, *shape, count=3):
    """Sixty-fourths, which are the same in 32 bits and in 64."""
    return [np.round(rng.normal(size=shape) * 128) / 64 for _ in range(count)]


def numbers(rng, *shape, span=1.0):
    """32-bit numbers in float64."""
    return (rng.normal(size=shape) * span).astype(np.float32).astype(np.float64)


def _first(x):
    return torch.from_numpy(np.ascontiguousarray(np.moveaxis(x, -1, 0)))[None]


def _last(x):
    return np.moveaxis(x[0].numpy(), 0, -1)


def same(n, k, s, d=1):
    """TensorFlow's padding before and behind an axis."""
    out = -(-n // s)
    total = max((out - 1) * s + (k - 1) * d + 1 - n, 0)
    return total // 2, total - total // 2


def pads(x, kernel, strides, dilations, padding):
    """Of every axis of positions, in their order."""
    if padding == "same":
        return [same(n, k, s, d) for n, k, s, d in zip(x.shape, kernel, strides, dilations)]
    return [((k - 1) * d if padding == "causal" else 0, 0) for k, d in zip(kernel, dilations)]


def padded(x, ends, value=0.0):
    """x is [positions..., channels]; ends are (before, after) for each axis of positions."""
    return np.pad(x, [*ends, (0, 0)], constant_values=value)


def conv(x, w, b=None, strides=None, dilations=None, padding="valid", groups=1):
    """w is [taps..., channels of a group, results], as Keras has it; padding as Keras and TensorFlow define it."""
    rank = w.ndim - 2
    strides, dilations = strides or [1] * rank, dilations or [1] * rank
    x = padded(x, pads(x, w.shape[:rank], strides, dilations, padding))
    kernel = torch.from_numpy(np.ascontiguousarray(np.transpose(w, (rank + 1, rank, *range(rank)))))
    run = F.conv1d if rank == 1 else F.conv2d
    return _last(run(_first(x), kernel, None if b is None else torch.from_numpy(b), tuple(strides), 0, tuple(dilations), groups))


def depthwise(x, w, b=None, **more):
    """w is [taps..., channels, multiplier]."""
    *taps, channels, multiplier = w.shape
    return conv(x, w.reshape(*taps, 1, channels * multiplier), b, groups=channels, **more)


def transposed(x, w, b, strides, padding, length=None):
    """w is [taps..., results, channels]; length: of the result, where it is not that of Keras by default."""
    rank = w.ndim - 2
    kernel = torch.from_numpy(np.ascontiguousarray(np.transpose(w, (rank + 1, rank, *range(rank)))))
    run = F.conv_transpose1d if rank == 1 else F.conv_transpose2d
    full = _last(run(_first(x), kernel, None, tuple(strides)))
    for axis in range(rank):
        n, k, s = x.shape[axis], w.shape[axis], strides[axis]
        wanted = length[axis] if length else n * s if padding == "same" else n * s + max(k - s, 0)
        before = max((n - 1) * s + k - wanted, 0) // 2 if padding == "same" else 0
        full = np.moveaxis(full, axis, 0)[before:before + wanted]
        full = np.concatenate([full, np.zeros((wanted - full.shape[0], *full.shape[1:]))]) if full.shape[0] < wanted else full
        full = np.moveaxis(full, 0, axis)
    return full + (0 if b is None else b)


def pool(x, size, strides, padding, average):
    """Padding counts for nothing."""
    rank = len(size)
    ends = pads(x, size, strides, [1] * rank, padding)
    run = (F.avg_pool1d if rank == 1 else F.avg_pool2d) if average else (F.max_pool1d if rank == 1 else F.max_pool2d)
    if not average:
        return _last(run(_first(padded(x, ends, -np.inf)), tuple(size), tuple(strides)))
    sums = run(_first(padded(x, ends)), tuple(size), tuple(strides))
    counts = run(_first(padded(np.ones_like(x), ends)), tuple(size), tuple(strides))
    return _last(sums / counts)
