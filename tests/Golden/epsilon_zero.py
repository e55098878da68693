#!/usr/bin/python3
"""Writes epsilon-zero.json: what PyTorch makes of a network under optimizers whose epsilon is 0, in float64.

Debian: apt-get install python3-torch; then /usr/bin/python3 epsilon_zero.py
"""
import json
import os

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
RATE, STEPS = 0.01, 5
OPTIMIZERS = {"Adam": torch.optim.Adam, "AdamW": torch.optim.AdamW, "RmsProp": torch.optim.RMSprop}

torch.manual_seed(5)
torch.set_default_dtype(torch.float64)
XOR = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]])
TARGETS = torch.tensor([[0.0], [1], [1], [0]])

# In float32, so that both precisions start from the same numbers; weights are [in, out], row by row, and biases behind them.
INITIAL = [tensor.to(torch.float32).double() for tensor in (torch.randn(2, 4), torch.randn(4), torch.randn(4, 1), torch.randn(1))]


def flat(parameters):
    """One list in canonical order; null for what is no number."""
    return [None if value != value else value for tensor in parameters for value in tensor.detach().reshape(-1).tolist()]


def train(make, inputs, steps):
    parameters = [tensor.clone().requires_grad_() for tensor in INITIAL]
    # Biases are not decayed.
    groups = [{"params": parameters[::2]}, {"params": parameters[1::2], "weight_decay": 0}]
    optimizer = make(groups, lr=RATE, eps=0)
    run = []
    for _ in range(steps):
        optimizer.zero_grad()
        outputs = torch.sigmoid(torch.tanh(inputs @ parameters[0] + parameters[1]) @ parameters[2] + parameters[3])
        torch.nn.functional.binary_cross_entropy(outputs, TARGETS).backward()
        optimizer.step()
        run.append(flat(parameters))
    return run


dead = XOR.clone()
dead[:, 1] = 0
runs = {name: {"parameters_after_each_step": train(make, XOR, STEPS), "with_a_dead_input_after_one_step": train(make, dead, 1)[0]} for name, make in OPTIMIZERS.items()}
assert all(value is not None for run in runs.values() for step in run["parameters_after_each_step"] for value in step)
assert all(run["with_a_dead_input_after_one_step"].count(None) == 4 for run in runs.values())
with open(os.path.join(HERE, "epsilon-zero.json"), "w", newline="\n") as file:
    json.dump({"name": "epsilon-zero", "precision": "float64", "inputs": XOR.tolist(), "targets": TARGETS.tolist(),
               "network": "2-4-1 tanh, sigmoid; mean binary cross-entropy", "learning_rate": RATE, "initial": flat(INITIAL), "runs": runs}, file, indent=1)
    file.write("\n")
