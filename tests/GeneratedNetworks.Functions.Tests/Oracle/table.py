#!/usr/bin/env python3
"""Writes functions.csv: values of the activations in 50 digits at chosen doubles, for the tests to hold generated code against.

Each line holds the function, the bits of the argument, the bits of the nearest double to the value, and what is left of the value in units of
that double's last place. The formulas are the definitions, not those of the generated code. Needs python3 with mpmath.
"""
import os
import random
import struct
from mpmath import mp, mpf, erfc, exp, expm1, log, log1p, sqrt, pi, tanh, cos

mp.dps = 50

ALPHA, SCALE = mpf("1.6732632423543772848170429916717"), mpf("1.0507009873554804934193349852946")


def sigmoid(z):
    return 1 / (1 + exp(-z)) if z > 0 else exp(z) / (1 + exp(z))


def softplus(z):
    return log1p(exp(z)) if z < 0 else z + log1p(exp(-z))


FUNCTIONS = {
    "Exp": (exp, -745, 709.7),
    "Log": (lambda z: log(z), None, None),
    "Tanh": (tanh, -20, 20),
    "Sigmoid": (sigmoid, -745, 40),
    "Silu": (lambda z: z * sigmoid(z), -751, 40),
    "Mish": (lambda z: z * tanh(softplus(z)), -751, 40),
    "Softplus": (softplus, -745, 40),
    "LogSigmoid": (lambda z: -softplus(-z), -40, 745),
    "Elu": (lambda z: z if z > 0 else expm1(z), -40, 5),
    "Selu": (lambda z: SCALE * (z if z > 0 else ALPHA * expm1(z)), -40, 5),
    "Gelu": (lambda z: z * erfc(-z / sqrt(mpf(2))) / 2, -9, 9),
    "GeluTanh": (lambda z: z * sigmoid(2 * sqrt(2 / pi) * (z + mpf("0.044715") * z ** 3)), -9, 9),
    "Cos": (cos, 0, 6.283185307179586),
}


def bits(x):
    return struct.unpack("<Q", struct.pack("<d", x))[0]


def from_bits(b):
    return struct.unpack("<d", struct.pack("<Q", b))[0]


def nearest(value):
    """The nearest double and the rest in units of its last place; below the normal range the place is 2^-1074."""
    if value == 0:
        return 0.0, mpf(0)
    exponent = max(int(mp.floor(log(abs(value), 2))) - 52, -1074)
    units = mp.nint(value / mpf(2) ** exponent)
    near = mp.ldexp(units, exponent)
    place = mpf(2) ** max(int(mp.floor(log(abs(near), 2))) - 52, -1074) if near != 0 else mpf(2) ** -1074
    return float(near), (value - near) / place


def arguments(name, low, high):
    rng = random.Random(name)
    if low is None:  # Log: every exponent, and close to 1
        points = [from_bits(rng.randrange(1, bits(1.7976931348623157e308))) for _ in range(120)]
        return points + [1 + rng.uniform(-0.4, 0.5) for _ in range(80)] + [1 + rng.uniform(-1, 1) * 10 ** rng.uniform(-15, -3) for _ in range(40)] + [5e-324, 1.0]
    points = [rng.uniform(low, high) for _ in range(80)]
    points += [rng.uniform(max(low, -3), min(high, 3)) for _ in range(100)]
    points += [10 ** rng.uniform(-18, 0.5) * (1 if low == 0 else rng.choice((-1, 1))) for _ in range(60)]
    return points


def main():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "functions.csv")
    with open(path, "w", encoding="ascii", newline="\n") as file:
        for name, (f, low, high) in FUNCTIONS.items():
            for z in arguments(name, low, high):
                near, rest = nearest(f(mpf(z)))
                file.write(f"{name},{bits(z):016X},{bits(near):016X},{float(rest):.3f}\n")


if __name__ == "__main__":
    main()
