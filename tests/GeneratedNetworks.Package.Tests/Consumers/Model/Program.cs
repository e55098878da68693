using System;
using GeneratedNetworks;

float[] outputs = new float[3];
Near.Forward([1, 0], outputs);
Console.Write($"outputs {outputs[0]}");
Second.Forward([1, 0], outputs);
Console.Write($" {outputs[0]}");
new Elsewhere().Forward([1, 0], outputs);
Console.WriteLine($" {outputs[0]}");
float[] probabilities = new float[Digits.OutputSize];
Digits.Forward(new float[Digits.InputSize], probabilities);
float sum = 0;
foreach (float probability in probabilities)
    sum += probability;
Console.WriteLine($"{Digits.ParameterCount} parameters, sum {sum:f4}");

[GeneratedNetwork(2)]
[Dense(3)]
[Weights("net.safetensors")]
internal static partial class Near;

[GeneratedNetwork(2)]
[Dense(3)]
[Weights("zweite/net.safetensors")]
internal static partial class Second;

[GeneratedNetwork(2)]
[Dense(3)]
[Weights("elsewhere/net.safetensors")]
[Training(Loss.SquaredError)]
internal sealed partial class Elsewhere;

[GeneratedNetwork(Model = "digits.onnx")]
internal static partial class Digits;
