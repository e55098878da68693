using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>A network to be written: its layers as they were declared, and the numbers of their parameters in canonical order.</summary>
/// <param name="Inputs">One at least; the one of most networks has no name.</param>
/// <param name="Layers">In the order in which they run.</param>
/// <param name="Outputs">The layers that are declared outputs; none for the last layer, without a name.</param>
/// <param name="Tensors">The parameters.</param>
internal sealed record ExportNetwork(
    IReadOnlyList<ExportInput> Inputs, IReadOnlyList<ExportLayer> Layers, IReadOnlyList<string> Outputs, IReadOnlyList<ExportTensor> Tensors)
{
    /// <summary>In which order the axes of each output lie in the file; none: as ours.</summary>
    public IReadOnlyList<AxisOrder> OutputOrders { get; init; } = [];

    /// <summary>Whether the file computes one frame of a stream, and what layers remember comes in and goes out.</summary>
    public bool Streams { get; init; }

    /// <summary>A network of one input and one output without names.</summary>
    public static ExportNetwork Chain(IReadOnlyList<int> inputShape, IReadOnlyList<ExportLayer> layers, IReadOnlyList<ExportTensor> tensors) =>
        new([new ExportInput(null, inputShape)], layers, [], tensors);

    public static ExportNetwork Of<T>(INetwork<T> network)
        where T : struct
    {
        T[] parameters = new T[network.ParameterCount];
        network.GetParameters(parameters);
        double[] numbers = parameters as double[] ?? Array.ConvertAll((float[])(object)parameters, number => (double)number);
        List<ExportTensor> tensors = [];
        foreach (NetworkParameter parameter in network.ParameterLayout)
            tensors.Add(new ExportTensor(parameter.Name, parameter.Shape.ToArray(), numbers.AsSpan(parameter.Offset, parameter.Length).ToArray()));
        List<ExportInput> inputs = [];
        List<ExportLayer> layers = [];
        List<string> outputs = [];
        foreach (string line in network.Info.Declaration.Split('\n'))
        {
            DeclarationLine words = new(line);
            switch (words.Word())
            {
                case "input":
                    int[] shape = words.Numbers();
                    string? name = words.IsQuoted ? words.Quoted() : null;

                    // The name by which layers read it stands behind that of a file.
                    inputs.Add(new ExportInput(words.IsQuoted ? words.Quoted() : name, shape));
                    break;
                case "layer":
                    layers.Add(ExportLayer.Read(words));
                    break;
                case "output":
                    outputs.Add(words.Quoted());
                    break;
            }
        }

        return new ExportNetwork(inputs, layers, outputs, tensors);
    }
}

/// <summary>A value that the caller passes in.</summary>
/// <param name="Name">What layers call it; null where nothing is declared by name.</param>
/// <param name="Shape">The extents of one sample, channels last.</param>
internal sealed record ExportInput(string? Name, IReadOnlyList<int> Shape)
{
    /// <summary>In which order its axes lie in the file.</summary>
    public AxisOrder Order { get; init; }
}

/// <summary>Numbers with a name and a shape.</summary>
internal sealed record ExportTensor(string Name, IReadOnlyList<int> Shape, double[] Values);
