using System;
using System.IO;
using GeneratedNetworks;

Dataset<float> data = new(2, 1, [0, 0, 0, 1, 1, 0, 1, 1], [0, 1, 1, 0]);
XorNet network = new(seed: 1);
XorNet.Trainer trainer = new(network) { LearningRate = 0.05f };
FitResult result = trainer.Fit(data, new FitOptions { Epochs = 1000, BatchSize = 4 });

string file = Path.Combine(AppContext.BaseDirectory, "xor.safetensors");
network.Save(file);
XorNet loaded = new();
loaded.Load(file);
float[] outputs = new float[4];
loaded.Forward(data.Inputs, outputs);
Console.WriteLine($"xor {string.Join(' ', Array.ConvertAll(outputs, y => y >= 0.5f ? 1 : 0))}");
Console.WriteLine($"accuracy {loaded.Accuracy(data)}, {result.StopReason}");

[GeneratedNetwork(2)]
[Dense(8, Activation.Tanh, Name = "hidden")]
[Dense(1, Activation.Sigmoid)]
[Training(Loss.BinaryCrossEntropy, Optimizer.Adam)]
internal sealed partial class XorNet;
