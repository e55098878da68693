"""One step of a network with a memory, from PyTorch's exporter: its states are inputs and outputs. Beside it what PyTorch computes over 5 steps from zeros: a line of inputs, a line of outputs."""
import copy
import warnings

import torch
from torch import nn

from fixtures import path

warnings.filterwarnings("ignore")
torch.manual_seed(29)


class Step(nn.Module):
    """Two layers, whose states lie one upon the other, and a third of another kind."""

    def __init__(self):
        super().__init__()
        self.before = nn.Linear(3, 4)
        self.lstm = nn.LSTM(4, 3, num_layers=2)
        self.gru = nn.GRU(3, 2, batch_first=True)
        self.head = nn.Linear(2, 2)

    def forward(self, x, h0, c0, g0):
        states, (h1, c1) = self.lstm(torch.tanh(self.before(x)).unsqueeze(0), (h0, c0))
        states, g1 = self.gru(states.transpose(0, 1), g0)
        return self.head(states[:, 0]), h1, c1, g1


def main():
    module = Step().eval()
    names = ["h0", "c0", "g0"]
    torch.onnx.export(module, (torch.rand(2, 3), torch.zeros(2, 2, 3), torch.zeros(2, 2, 3), torch.zeros(1, 2, 2)), path("stream-step.onnx"), opset_version=13,
                      input_names=["x", *names], output_names=["y", "h1", "c1", "g1"],
                      dynamic_axes={"x": {0: "batch"}, **{name: {1: "batch"} for name in names}}, do_constant_folding=True)
    exact = copy.deepcopy(module).double()
    with torch.no_grad(), open(path("stream-step.csv"), "w", newline="\n") as file:
        frames = (torch.rand(5, 1, 3) * 4 - 2).double()
        states = [torch.zeros(2, 1, 3).double(), torch.zeros(2, 1, 3).double(), torch.zeros(1, 1, 2).double()]
        outputs = []
        for frame in frames:
            output, *states = exact(frame, *states)
            outputs.append(output)
        for row in (frames, torch.cat(outputs)):
            file.write(",".join(repr(number) for number in row.flatten().tolist()) + "\n")


main()
