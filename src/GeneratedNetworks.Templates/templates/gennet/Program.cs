using GeneratedNetworks;

float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1];
float[] targets = [0, 1, 1, 0];
XorNet network = new(seed: 1);
XorNet.Trainer trainer = new(network) { LearningRate = 0.05f };
for (int step = 0; step < 1000; step++)
    trainer.Step(inputs, targets);
float[] outputs = new float[4];
network.Forward(inputs, outputs);
for (int i = 0; i < 4; i++)
    Console.WriteLine($"{inputs[2 * i]} xor {inputs[2 * i + 1]} = {outputs[i]:f2}");

// Go to the definition of Forward or Step: it is C#, generated from these lines.
[GeneratedNetwork(2)]
[Dense(4, Activation.Tanh)]
[Dense(1, Activation.Sigmoid)]
[Training(Loss.BinaryCrossEntropy, Optimizer.Adam)]
public sealed partial class XorNet;
