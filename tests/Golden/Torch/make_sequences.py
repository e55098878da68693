#!/usr/bin/python3
"""Writes sequences.json: small networks that read windows step by step, and what PyTorch computes of them in float64.

Debian: apt-get install python3-torch; then /usr/bin/python3 make_sequences.py

Three parts. "networks" is as layers.json; of networks with many parameters, "gradients" and "trained" are some of the numbers ("every"). "streams" are windows that
go on, one after another, from the memory that the window before left: a constant of the next one, from before the update. "lengths" are rows of unequal length, by
packed sequences. What is recurrent runs through torch.nn.RNN, GRU and LSTM wherever these have it, and each of its states is compared with Keras' definition in
plain NumPy on the way.
"""
import json
import os

import torch

from sequence import OPTIMIZERS, Sequence

HERE = os.path.dirname(os.path.abspath(__file__))

NETWORKS = [
    # Gated recurrent units, the reset behind the product.
    Sequence("gru of one step", (1, 2)).gru(3),
    Sequence("gru of one unit", (7, 2)).gru(1, every=True),
    Sequence("gru, all states", (7, 1), optimizer="Adam").gru(8, every=True).dense(1, per_step=True),
    Sequence("gru, the last state", (7, 6), optimizer="Momentum").gru(16).dense(2),
    Sequence("gru of fifty steps", (50, 1)).gru(8, every=True).dense(1, per_step=True),
    Sequence("gru of 40 units", (7, 1)).gru(40, every=True).dense(1, per_step=True),
    Sequence("gru without bias", (7, 9), optimizer="RmsProp").gru(3, bias=False).dense(2),
    Sequence("stacked grus", (7, 2)).gru(8, every=True).gru(3, every=True).gru(4).dense(2),
    Sequence("a frozen gru", (7, 2)).gru(3, every=True, frozen=True).gru(3).dense(2),

    # The reset in front of it.
    Sequence("gru, reset before", (7, 2), optimizer="AdamW").gru(8, every=True, reset_after=False).dense(1, per_step=True),
    Sequence("gru of one step, reset before", (1, 6)).gru(3, reset_after=False).dense(2),
    Sequence("gru of fifty steps, reset before", (50, 2), optimizer="Nesterov").gru(3, reset_after=False).dense(2),
    Sequence("gru of 17 units, reset before, without bias", (7, 6)).gru(17, reset_after=False, bias=False).dense(1),
    Sequence("one gru over the other kind", (7, 6)).gru(3, every=True, reset_after=False).gru(8, every=True),

    # Long short-term memory.
    Sequence("lstm of one step and unit", (1, 1)).lstm(1),
    Sequence("lstm, all states", (7, 6), optimizer="Adam").lstm(8, every=True).dense(1, per_step=True),
    Sequence("lstm, the last state", (7, 2), optimizer="Momentum").lstm(16).dense(2),
    Sequence("lstm of fifty steps", (50, 1)).lstm(3, every=True).dense(1, per_step=True),
    Sequence("lstm of 17 units", (7, 1), optimizer="Nesterov").lstm(17, every=True).dense(1, per_step=True),
    Sequence("lstm of 40 units", (7, 1)).lstm(40, every=True).dense(1, per_step=True),
    Sequence("lstm with a forget bias", (7, 2), optimizer="AdamW").lstm(3, forget_bias=1.5).dense(2),
    Sequence("lstm with a clipped cell", (7, 2)).lstm(8, every=True, clip=0.3125).dense(2, per_step=True),
    Sequence("lstm with a clipped cell, fifty steps", (50, 1), optimizer="RmsProp").lstm(3, clip=0.25).dense(1),
    Sequence("lstm without bias", (7, 9)).lstm(3, bias=False).dense(2),
    Sequence("stacked lstms", (7, 2)).lstm(3, every=True).lstm(8, every=True).lstm(3).dense(2),

    # Simple ones.
    Sequence("rnn, all states", (7, 2)).rnn(8, every=True).dense(1, per_step=True),
    Sequence("rnn, relu", (7, 6), optimizer="Momentum").rnn(16, "Relu", every=True).rnn(3, "Relu").dense(2),
    Sequence("rnn of 40 units", (7, 1)).rnn(40).dense(1),
    Sequence("rnn of fifty steps", (50, 2), optimizer="RmsProp").rnn(3, every=True).dense(1, per_step=True),
    Sequence("rnn of 17 units without bias", (7, 9), optimizer="Adam").rnn(17, bias=False).dense(2),
    Sequence("rnn of one unit and step", (1, 1)).rnn(1, every=True),

    # Ids.
    Sequence("embedding alone", (7,), loss="CrossEntropy").embedding(11, 3).dense(4, "Softmax", per_step=True),
    Sequence("embedding and gru", (7,), loss="CrossEntropy", optimizer="AdamW").embedding(13, 6).gru(8).dense(3, "Softmax"),
    Sequence("embedding and lstm, a class for each position", (7,), loss="CrossEntropy", optimizer="Momentum").embedding(5, 2).lstm(8, every=True).dense(5, "Softmax", per_step=True),
    (Sequence("ids beside numbers", {"x": (7, 2), "ids": (7,)}, optimizer="Momentum").reading("ids").embedding(5, 3).concat("x", "embedding1").gru(8, every=True)
     .dense(1, per_step=True)),

    # With other layers.
    Sequence("dense before and behind", (7, 6)).dense(3, "Tanh", per_step=True).gru(8, every=True).dense(3, "Tanh", per_step=True).rnn(2),
    Sequence("normalized states", (7, 2)).gru(8, every=True).layer_norm().lstm(3, every=True).layer_norm().dense(1, per_step=True),
    Sequence("a skip around a gru", (7, 6), optimizer="Adam").gru(6, every=True).sum("gru1", "x").dense(1, per_step=True),
    Sequence("a skip around an lstm, side by side", (7, 2)).lstm(3, every=True).concat("x", "lstm1").rnn(3, every=True).dense(2, per_step=True),
    Sequence("states with two readers", (7, 2)).gru(3, every=True).gru(3, every=True).sum("gru1", "gru2").lstm(3).dense(1),
    Sequence("causal convolutions and a gru", (50, 1)).causal(3, 3).causal(3, 3, dilation=2).causal(3, 2, dilation=4).gru(8).dense(1),
    (Sequence("two heads on a gru", (7, 2), optimizer="Nesterov").gru(8, every=True).dense(3, "Softmax", per_step=True).head("dense1", "CrossEntropy")
     .reading("gru1").dense(1, per_step=True).head("dense2", "MeanSquaredError", 0.5)),
    (Sequence("a head on all states and one on the last", (7, 6)).gru(3, every=True).dense(1, per_step=True).head("dense1", "SquaredError")
     .reading("gru1").lstm(3).dense(2, "Softmax").head("dense2", "CrossEntropy", 2)),
    (Sequence("two sequences", {"near": (7, 2), "far": (7, 1)}).reading("near").gru(3, every=True).reading("far").lstm(3, every=True).concat("gru1", "lstm1")
     .dense(1, per_step=True)),
    Sequence("two classes at every step", (7, 2), loss="BinaryCrossEntropy").gru(3, every=True).dense(2, "Sigmoid", per_step=True),
    Sequence("half squares at every step", (7, 2), loss="SquaredError").rnn(3, every=True).dense(2, per_step=True),
]

CONTINUED = [
    Sequence("stream of stacked grus", (8, 2), optimizer="Adam").gru(8, every=True).gru(3, every=True).dense(1, per_step=True),
    Sequence("stream of a gru, reset before", (5, 1)).gru(8, every=True, reset_after=False).dense(1, per_step=True),
    Sequence("stream of an lstm", (8, 1), optimizer="Momentum").lstm(8, every=True).dense(1, per_step=True),
    Sequence("stream of an lstm with a clipped cell", (4, 2)).lstm(3, every=True, clip=0.375).dense(1, per_step=True),
    Sequence("stream of an rnn", (7, 3)).rnn(8, every=True).dense(2, per_step=True),
    Sequence("stream of single steps", (1, 2)).gru(3, every=True).lstm(3, every=True).dense(1, per_step=True),
    Sequence("stream of causal convolutions and a gru", (5, 1), optimizer="Adam").causal(3, 3).causal(3, 3, dilation=2).gru(8, every=True).dense(1, per_step=True),
    Sequence("stream with a skip", (6, 1)).lstm(3, every=True).dense(1, per_step=True).sum("dense1", "x"),
    Sequence("stream that says its last state", (7, 2)).gru(3, every=True).lstm(3).dense(2),
]

UNEVEN = [
    Sequence("lengths, gru, all states", (9, 2)).gru(8, every=True).dense(1, per_step=True).uneven(4, 9, 1, 7),
    Sequence("lengths, gru, the last state", (9, 2), optimizer="Adam").gru(8).dense(2).uneven(9, 3, 1, 6),
    Sequence("lengths, gru, reset before", (9, 1)).gru(3, every=True, reset_after=False).gru(3, reset_after=False).dense(2).uneven(2, 9, 5, 8),
    Sequence("lengths, stacked lstms, all states", (9, 2), optimizer="Momentum").lstm(3, every=True).lstm(8, every=True).dense(1, per_step=True).uneven(8, 2, 9, 5),
    Sequence("lengths, lstm, the last state", (9, 2)).lstm(8).dense(2).uneven(1, 2, 3, 9),
    Sequence("lengths, lstm with a clipped cell", (9, 1)).lstm(3, every=True, clip=0.375).dense(2, per_step=True).uneven(6, 9, 4, 1),
    Sequence("lengths, rnn, a class for each position", (9, 2), loss="CrossEntropy").rnn(8, every=True).dense(3, "Softmax", per_step=True).uneven(3, 9, 9, 1),
    Sequence("lengths of ids", (9,), loss="CrossEntropy", optimizer="AdamW").embedding(7, 3).gru(8).dense(3, "Softmax").uneven(5, 9, 2, 4),
    Sequence("lengths, causal convolution, normalized gru", (9, 2)).causal(3, 3, dilation=2).gru(8, every=True).layer_norm().dense(1, per_step=True).uneven(9, 1, 6, 3),
    (Sequence("lengths, a head on all states and one on the last", (9, 2)).gru(3, every=True).dense(1, per_step=True).head("dense1", "MeanSquaredError")
     .reading("gru1").gru(3).dense(2).head("dense2", "MeanSquaredError", 0.5).uneven(7, 9, 2, 3)),
    Sequence("lengths that are all the same", (5, 2)).gru(3, every=True).dense(1, per_step=True).uneven(3, 3, 3),
]

ABOUT = {
    "parameters": "In the order of the layers: kernel [in, gates * units], recurrent [units, gates * units], bias. Gates z, r, n of a Gru, whose bias is [2, 3 * units] "
                  "(input, recurrent) and [3 * units] with ResetAfter = false; i, f, g, o of an Lstm.",
    "inputGradients": "0 for ids.",
    "every": "gradients and trained are every such number, from the first on.",
    "windows": "Rows are streams. The memory of a stream starts at zeros; it has the parts of memoryLayout: the state of SimpleRnn and Gru, h and then c of Lstm, the last "
               "frames that a causal convolution read, the oldest first. It enters a window as a constant and is what the window's own forward pass left, before its update. "
               "An update follows each window; trained is what the parameters are behind the last one.",
    "lengths": "A step at or beyond a row's length changes no state, gives no loss and has no gradient. MeanSquaredError is the mean over all elements of all steps inside, over "
               "the batch as a whole; CrossEntropy the mean over all positions inside. A layer that gives its last state gives that of the row's last step. Outputs beyond a "
               "row's length are written as 0 and mean nothing; inputs and targets there have numbers that must not matter.",
}


def text(record):
    return json.dumps(record, separators=(",", ":"))


if __name__ == "__main__":
    parts = {
        "networks": [network.record() for network in NETWORKS],
        "streams": [network.stream() for network in CONTINUED],
        "lengths": [{**network.record(), "lengths": network.lengths} for network in UNEVEN],
    }
    names = [record["name"] for records in parts.values() for record in records]
    assert len(set(names)) == len(names)
    assert {record["optimizer"] for record in parts["networks"]} == set(OPTIMIZERS)
    with open(os.path.join(HERE, "sequences.json"), "w", newline="\n") as file:
        file.write('{\n"about": ' + text(ABOUT) + "".join(f',\n"{part}": [\n' + ",\n".join(map(text, records)) + "\n]" for part, records in parts.items()) + "\n}\n")
    print(", ".join(f"{len(records)} {part}" for part, records in parts.items()), f"with PyTorch {torch.__version__}")
