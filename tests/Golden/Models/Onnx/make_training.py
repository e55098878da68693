"""What PyTorch makes of normalized-far.onnx and normalized-far-narrow.onnx when they are trained on with their normalizer as it is: the losses before and
after some steps of Adam, all samples of the fixture in each, their expected outputs plus 0.1 as targets. In float32, as networks are trained.

Debian: apt-get install python3-torch python3-onnx; then /usr/bin/python3 make_training.py, after make_policies.py
"""
import json

import onnx
import torch
from onnx import numpy_helper

from fixtures import path

STEPS = (0, 1, 2, 10, 100)
RATES = (0.001, 0.0001)


def losses(name, rate):
    t = {tensor.name: torch.tensor(numpy_helper.to_array(tensor)) for tensor in onnx.load(path(name + ".onnx")).graph.initializer}
    with open(path(name + ".json")) as file:
        expected = json.load(file)
    x, y = torch.tensor(expected["inputs"]), torch.tensor(expected["outputs"]) + 0.1
    parameters = [t[k].clone().requires_grad_() for k in ("w0", "b0", "w1", "b1")]
    optimizer = torch.optim.Adam(parameters, rate)

    def loss():
        w0, b0, w1, b1 = parameters
        return ((torch.tanh((x - t["mean"]) / t["deviation"] @ w0 + b0) @ w1 + b1 - y) ** 2).mean()

    for step in range(max(STEPS) + 1):
        if step in STEPS:
            yield step, loss().item()
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()


for name in ("normalized-far", "normalized-far-narrow"):
    with open(path(name + "-training.csv"), "w", newline="\n") as file:
        file.write("rate,step,loss\n")
        file.writelines(f"{rate},{step},{loss!r}\n" for rate in RATES for step, loss in losses(name, rate))
