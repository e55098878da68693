"""What the scripts beside this one share: a model and what is expected of it, written side by side."""
import json
import os

HERE = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(HERE, name)


def write_expected(name, inputs, outputs):
    """Rows of float64 numbers; every digit that is needed to give them back."""
    with open(path(name + ".json"), "w", newline="\n") as file:
        json.dump({"inputs": [[float(v) for v in row.ravel()] for row in inputs],
                   "outputs": [[float(v) for v in row.ravel()] for row in outputs]}, file, indent=1)
        file.write("\n")
