"""A recurrent network whose number of steps is open, from PyTorch's exporter, and what PyTorch computes of it over 6 and over 9 steps: a line of inputs, a line of outputs."""
import copy
import warnings

import torch
from torch import nn

from fixtures import path

warnings.filterwarnings("ignore")
torch.manual_seed(23)


class Open(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(2, 3, batch_first=True)
        self.head = nn.Linear(3, 2)

    def forward(self, x):
        return self.head(torch.tanh(self.lstm(x)[0]))


def main():
    module = Open().eval()
    torch.onnx.export(module, torch.rand(2, 6, 2), path("open-steps.onnx"), opset_version=13, input_names=["input"], output_names=["output"],
                      dynamic_axes={"input": {0: "batch", 1: "steps"}}, do_constant_folding=True)
    exact = copy.deepcopy(module).double()
    with torch.no_grad(), open(path("open-steps.csv"), "w", newline="\n") as file:
        for steps in (6, 9):
            value = (torch.rand(1, steps, 2) * 4 - 2).double()
            for row in (value, exact(value)):
                file.write(",".join(repr(number) for number in row.flatten().tolist()) + "\n")


main()
