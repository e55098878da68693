"""The pictures of samples/Digits, and the numbers to compare with, for the scripts beside this file."""
import csv
import pathlib

import torch

TRAINED_ON = 1437  # The sample tests on the rows behind.
COMPARED = 40

here = pathlib.Path(__file__).resolve().parent


def read():
    """All pictures, 64 pixels from 0 to 16 each, and their digits."""
    with open(here.parent / "Digits" / "digits.csv", newline="") as file:
        rows = [[float(cell) for cell in row] for row in list(csv.reader(file))[1:]]
    return torch.tensor([row[:64] for row in rows]), torch.tensor([int(row[64]) for row in rows])


def write_expected(name, outputs):
    """Outputs in float64, so that the numbers to compare with have no rounding of their own; one row for each sample."""
    with open(here / name, "w", newline="\n") as file:
        for row in outputs.tolist():
            file.write(",".join(f"{value:.9g}" for value in row) + "\n")
