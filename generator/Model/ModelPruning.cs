using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Generator.Model;

/// <summary>Leaves out of a file's network what one value does not need: layers of other branches, their tensors, and inputs that nothing reads any more.</summary>
internal static class ModelPruning
{
    private const string InputOfOne = "x";

    /// <summary>The network that ends in its last layer.</summary>
    public static ModelNetwork OfLast(ModelNetwork network)
    {
        LayerModel[] layers = [.. network.Layers];
        Dictionary<string, int> byName = new(StringComparer.Ordinal);
        for (int i = 0; i < layers.Length; i++)
        {
            if (NameOf(layers[i]) is { } name)
                byName[name] = i;
        }

        bool[] isNeeded = new bool[layers.Length];
        HashSet<string> inputs = new(StringComparer.Ordinal);
        isNeeded[layers.Length - 1] = true;
        for (int i = layers.Length - 1; i >= 0; i--)
        {
            if (!isNeeded[i])
                continue;
            string[] read = [.. ReadBy(layers[i])];
            if (read.Length == 0 && i > 0)
                isNeeded[i - 1] = true;
            foreach (string name in read)
            {
                if (byName.TryGetValue(name, out int at))
                    isNeeded[at] = true;
                else
                    inputs.Add(name);
            }
        }

        HashSet<string> gone = new(layers.Where((_, i) => !isNeeded[i]).Select(NameOf).OfType<string>(), StringComparer.Ordinal);
        ModelNetwork pruned = network with
        {
            Layers = new(layers.Where((_, i) => isNeeded[i])),
            Tensors = new(network.Tensors.Where(tensor => !gone.Contains(LayerOf(tensor)))),
        };
        if (network.Inputs.Count == 0)
            return pruned;
        InputModel[] kept = [.. network.Inputs.Where(input => inputs.Contains(input.Name))];
        return kept.Length == 1 ? WithInput(pruned, kept[0]) : pruned with { Inputs = new(kept), InputShape = new([kept.Sum(input => input.Shape.Aggregate(1, (product, extent) => product * extent))]) };
    }

    // The only input of a network has no name of its own.
    private static ModelNetwork WithInput(ModelNetwork network, InputModel input)
    {
        return network with
        {
            Inputs = default,
            InputShape = input.Shape,
            InputName = input.Name,
            Layers = new(network.Layers.Select(layer => layer with { Arguments = new(layer.Arguments.Select(Renamed)) })),
        };

        Argument Renamed(Argument argument) => argument.Value switch
        {
            string name when argument.Name == "From" && name == input.Name => argument with { Value = InputOfOne },
            EquatableArray<string> names when argument.Name == "from" => argument with { Value = new EquatableArray<string>(names.Select(name => name == input.Name ? InputOfOne : name)) },
            _ => argument,
        };
    }

    private static IEnumerable<string> ReadBy(LayerModel layer) => layer.Arguments.SelectMany(argument => argument switch
    {
        { Name: "From", Value: string name } => [name],
        { Name: "from", Value: EquatableArray<string> names } => names,
        _ => Enumerable.Empty<string>(),
    });

    private static string? NameOf(LayerModel layer) => layer.Arguments.FirstOrDefault(argument => argument.Name == "Name")?.Value as string;

    private static string LayerOf(ModelTensor tensor) => tensor.Name.Substring(0, Math.Max(0, tensor.Name.LastIndexOf('.')));
}
