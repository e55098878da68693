using GeneratedNetworks;

namespace ImportedDigits;

/// <summary>The network of digits.onnx as it was trained: static members, nothing to create and nothing that can change.</summary>
[GeneratedNetwork(Model = "digits.onnx")]
public static partial class Reader;

/// <summary>The same network, starting from the same parameters, and open to more training.</summary>
[GeneratedNetwork(Model = "digits.onnx")]
[Training(Loss.CrossEntropy, Optimizer.Adam)]
public sealed partial class Student;

/// <summary>The convolutional network of low.onnx, which knows 0 to 4: the convolutions stay as they are, the last layer can learn other digits.</summary>
[GeneratedNetwork(Model = "low.onnx", FrozenLayers = 3)]
[Training(Loss.CrossEntropy, Optimizer.Adam)]
public sealed partial class HighDigits;
