"""Trains a convolutional network on the digits 0 to 4 with PyTorch, writes low.onnx, and then does what the sample does: the last layer alone learns
what 5 to 9 look like. What PyTorch's network says before and after is in expected_low.csv and expected_high.csv.

    python3 samples/ImportedModel/train_convolutions.py

Written for PyTorch 1.13 (Debian: python3-torch, python3-onnx). The seed is fixed; other versions may end with other numbers.
"""
import torch
from torch import nn

import digits

STEPS = 200  # On all pictures at once, so that there is no order to agree upon.
RATE = 0.03

pixels, labels = digits.read()
pixels = pixels.reshape(-1, 1, 8, 8)


def part(low, trained):
    """The pictures of five digits, which are the classes 0 to 4."""
    rows = slice(0, digits.TRAINED_ON) if trained else slice(digits.TRAINED_ON, None)
    chosen = (labels[rows] < 5) == low
    return pixels[rows][chosen], labels[rows][chosen] % 5


class LowDigits(nn.Module):
    """Two convolutions with a path around the second, a pool, a third convolution that halves the picture, and the head."""

    def __init__(self):
        super().__init__()
        self.edges = nn.Conv2d(1, 8, 3, padding=1)
        self.strokes = nn.Conv2d(8, 8, 3, padding=1)
        self.shapes = nn.Conv2d(8, 16, 3)
        self.head = nn.Linear(64, 5)

    def features(self, x):
        x = torch.relu(self.edges(x / 16))
        x = torch.relu(self.strokes(x) + x)
        x = nn.functional.max_pool2d(x, 2)
        return torch.relu(self.shapes(x)).flatten(1)

    def forward(self, x):
        return torch.softmax(self.head(self.features(x)), dim=1)


def report(name, network, pictures, classes):
    correct = int((network(pictures).argmax(dim=1) == classes).sum())
    print(f"{name}: {100 * correct / len(classes):.2f} % ({correct} of {len(classes)})")


torch.manual_seed(0)
torch.set_num_threads(1)
network = LowDigits()
optimizer = torch.optim.Adam(network.parameters(), lr=0.003)
loss = nn.CrossEntropyLoss()
train, classes = part(low=True, trained=True)
for epoch in range(30):
    for batch in torch.randperm(len(train)).split(32):
        optimizer.zero_grad()
        loss(network.head(network.features(train[batch])), classes[batch]).backward()
        optimizer.step()

network.eval().requires_grad_(False)
report("0 to 4", network, *part(low=True, trained=False))
torch.onnx.export(
    network, torch.zeros(1, 1, 8, 8), str(digits.here / "low.onnx"), opset_version=13,
    input_names=["pixels"], output_names=["probabilities"], dynamic_axes={"pixels": {0: "batch"}, "probabilities": {0: "batch"}})

# From here on in float64: the sample's network starts from the same parameters, and has to end with the same.
network.double()
pixels = pixels.double()
train, classes = part(low=False, trained=True)
test, answers = part(low=False, trained=False)
report("5 to 9 before", network, test, answers)
digits.write_expected("expected_low.csv", network(test[:digits.COMPARED]))
network.head.requires_grad_(True)
optimizer = torch.optim.Adam(network.head.parameters(), lr=RATE)
seen = network.features(train)
for step in range(STEPS):
    optimizer.zero_grad()
    loss(network.head(seen), classes).backward()
    optimizer.step()
report("5 to 9 after", network, test, answers)
digits.write_expected("expected_high.csv", network(test[:digits.COMPARED]).detach())
