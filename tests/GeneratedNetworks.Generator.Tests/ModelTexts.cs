using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using GeneratedNetworks.Import;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Model files as the build hands them to the generator, written by the library that writes them there.</summary>
internal static class ModelTexts
{
    /// <summary>A model of 2 → 4 tanh → 1 sigmoid, its tensors alone, a square weight of PyTorch's, and one that the converter refused.</summary>
    public static IReadOnlyList<AdditionalText> Xor { get; } =
    [
        Of("xor.onnx", Model([2], Dense("hidden", 2, 4, Activation.Tanh), Dense("output", 4, 1, Activation.Sigmoid))),
        Of("xor.safetensors", Tensors(("dense1.weight", [2, 4]), ("dense1.bias", [4]), ("dense2.weight", [4, 1]), ("dense2.bias", [1]))),
        Of("torch.safetensors", Tensors(("dense1.weight", [4, 2]), ("dense1.bias", [4]), ("dense2.weight", [1, 4]), ("dense2.bias", [1]))),
        Of("square.safetensors", Tensors(("dense1.weight", [2, 2]), ("dense1.bias", [2])) with { IsFromPyTorch = true }),
        Refused("broken.onnx", "broken.onnx: node 'conv1' (Conv): this operator is not supported."),
    ];

    /// <summary>More than a nanoFramework assembly can hold, and a little more than half of it.</summary>
    public static IReadOnlyList<AdditionalText> Large { get; } =
    [
        Of("large.safetensors", Tensors(("dense1.weight", [128, 128]), ("dense1.bias", [128]))),
        Of("half.safetensors", Tensors(("dense1.weight", [64, 128]), ("dense1.bias", [128]))),
    ];

    public static InMemoryText Of(string source, ImportedModel model, string? path = null)
    {
        StringWriter writer = new();
        ModelText.Write(writer, source, model);
        return new InMemoryText(path ?? $"obj/networkmodels/{source}.nnmodel", writer.ToString());
    }

    public static InMemoryText Refused(string source, string message)
    {
        StringWriter writer = new();
        ModelText.WriteError(writer, source, message);
        return new InMemoryText($"obj/networkmodels/{source}.nnmodel", writer.ToString());
    }

    /// <summary>Tensors without layers; their values are 1/64, 2/64, … so that each place has one of its own.</summary>
    public static ImportedModel Tensors(params (string Name, int[] Shape)[] tensors)
    {
        int next = 0;
        return new ImportedModel("safetensors", null, [],
            [.. tensors.Select(tensor => new ImportedTensor(tensor.Name, tensor.Shape, "F32", Values(tensor.Shape, ref next)))]);
    }

    public static ImportedModel Model(int[] inputShape, params (ImportedLayer Layer, int Inputs)[] layers)
    {
        int next = 0;
        List<ImportedTensor> tensors = [];
        foreach ((ImportedLayer layer, int inputs) in layers.Where(layer => layer.Layer.Attribute == "Dense"))
        {
            int units = layer.Get("units", 0);
            string name = layer.Get("Name", "");
            tensors.Add(new(name + ".weight", [inputs, units], "F32", Values([inputs, units], ref next)));
            tensors.Add(new(name + ".bias", [units], "F32", Values([units], ref next)));
        }

        return new ImportedModel("ONNX, opset 13", inputShape, [.. layers.Select(layer => layer.Layer)], tensors);
    }

    public static (ImportedLayer Layer, int Inputs) Dense(string name, int inputs, int units, Activation activation) => (new ImportedLayer("Dense",
    [
        new("units", units), new("activation", activation), new("UseBias", true), new("Name", name),
    ]), inputs);

    private static double[] Values(int[] shape, ref int next)
    {
        double[] values = new double[shape.Aggregate(1, (product, extent) => product * extent)];
        for (int i = 0; i < values.Length; i++)
            values[i] = ++next / 64.0;
        return values;
    }
}

/// <summary>An additional file that lies nowhere.</summary>
internal sealed class InMemoryText(string path, string text) : AdditionalText
{
    public string Text => text;

    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
}
