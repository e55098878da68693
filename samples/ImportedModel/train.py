"""Trains the network of this sample with PyTorch and writes digits.onnx and expected.csv beside this file.

    python3 samples/ImportedModel/train.py

Written for PyTorch 1.13 (Debian: python3-torch, python3-onnx). The seed is fixed; other versions may end with other digits.
"""
from collections import OrderedDict

import torch
from torch import nn

import digits
from digits import TRAINED_ON

pixels, labels = digits.read()


class Scaling(nn.Module):
    """Pixels come as they are, from 0 to 16, and leave with a mean of 0 and a deviation of 1; some are always 0 and stay so."""

    def __init__(self, samples):
        super().__init__()
        self.register_buffer("mean", samples.mean(dim=0))
        self.register_buffer("deviation", samples.std(dim=0).clamp(min=1))

    def forward(self, x):
        return (x - self.mean) / self.deviation


torch.manual_seed(0)
torch.set_num_threads(1)
network = nn.Sequential(OrderedDict(
    scaling=Scaling(pixels[:TRAINED_ON]),
    strokes=nn.Linear(64, 48),
    relu=nn.ReLU(),
    dropout=nn.Dropout(0.2),
    shapes=nn.Linear(48, 24),
    tanh=nn.Tanh(),
    digits=nn.Linear(24, 10),
))
optimizer = torch.optim.Adam(network.parameters(), lr=0.003)
loss = nn.CrossEntropyLoss()
for epoch in range(60):
    network.train()
    for batch in torch.randperm(TRAINED_ON).split(32):
        optimizer.zero_grad()
        loss(network(pixels[batch]), labels[batch]).backward()
        optimizer.step()

model = nn.Sequential(OrderedDict(network.named_children(), softmax=nn.Softmax(dim=1))).eval()
with torch.no_grad():
    outputs = model(pixels[TRAINED_ON:])
correct = int((outputs.argmax(dim=1) == labels[TRAINED_ON:]).sum())
print(f"test accuracy {100 * correct / len(outputs):.2f} % ({correct} of {len(outputs)})")

with torch.no_grad():
    exact = model.double()(pixels[TRAINED_ON:TRAINED_ON + digits.COMPARED].double())
digits.write_expected("expected.csv", exact)

torch.onnx.export(
    model.float(), torch.zeros(1, 64), str(digits.here / "digits.onnx"), opset_version=13,
    input_names=["pixels"], output_names=["probabilities"], dynamic_axes={"pixels": {0: "batch"}, "probabilities": {0: "batch"}})
