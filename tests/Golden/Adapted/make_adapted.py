#!/usr/bin/env python3
"""Means and deviations that Adapt must set, by NumPy in float64: python3 tests/Golden/Adapted/make_adapted.py (Debian: python3-numpy).

The network: 3 x 2 inputs, Normalize, Flatten, Dense(4, Tanh), Clip(-0.5, 0.75), Normalize(Clip = 2), Dense(2, Sigmoid). A feature is an element of the
last axis; deviations are population ones, as those of Keras' Normalization and scikit-learn's StandardScaler, and 1 for a feature that is constant.
"""
import json
import os

import numpy as np

random = np.random.default_rng(12)
x = random.normal([101325.0, 0.1], [400.0, 0.0], size=(41, 3, 2))
w = random.normal(size=(6, 4)).round(3)
b = np.array([0.25, -0.5, 0.0, 40.0])  # the last unit ends above the clip for every sample

def moments(values):
    flat = values.reshape(-1, values.shape[-1])
    mean, deviation = flat.mean(axis=0), flat.std(axis=0)
    constant = flat.min(axis=0) == flat.max(axis=0)
    return np.where(constant, flat[0], mean), np.where(constant, 1.0, deviation)

mean1, deviation1 = moments(x)
hidden = np.clip(np.tanh(((x - mean1) / deviation1).reshape(41, 6) @ w + b), -0.5, 0.75)
mean2, deviation2 = moments(hidden)
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "adapted.json")
with open(path, "w", encoding="utf-8") as file:
    json.dump({
        "source": "make_adapted.py, NumPy " + np.__version__,
        "inputs": x.ravel().tolist(),
        "weight": w.ravel().tolist(),
        "bias": b.tolist(),
        "mean1": mean1.tolist(),
        "deviation1": deviation1.tolist(),
        "mean2": mean2.tolist(),
        "deviation2": deviation2.tolist(),
    }, file)
    file.write("\n")
