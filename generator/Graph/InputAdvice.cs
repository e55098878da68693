using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>What to declare where a layer cannot read the network's own input for its number of axes.</summary>
internal static class InputAdvice
{
    /// <summary>Channels that images have, the most usual first.</summary>
    private static readonly int[] Channels = [1, 3, 4];

    /// <summary>What the message says, with the way out.</summary>
    public static IEnumerable<string> Words(LayerFault fault, Value read, NetworkModel model, EquatableArray<GraphInput> inputs)
    {
        if (fault.Remedy is null)
            return fault.Arguments;
        bool isDeclared = fault.Axes > 0 && model.Architecture is null && inputs.Any(input => input.Value == read);
        string remedy = isDeclared ? Of(read.Shape.Dimensions, fault.Axes, model.Inputs.Count == 0 ? "GeneratedNetwork(" : $"Input(\"{read.Name}\", ") : fault.Remedy;
        return [.. fault.Arguments.Take(fault.Arguments.Length - 1), $"{fault.Arguments[fault.Arguments.Length - 1]}: {remedy}"];
    }

    private static string Of(EquatableArray<int> shape, int axes, string attribute)
    {
        if (shape.Count > axes)
            return $"write {Declared(shape.Skip(shape.Count - axes))}, without the batch, which no shape has" + (axes == 2 ? ", or take a layer for images" : "");
        if (shape.Count == axes - 1)
            return $"write {Declared(shape.Append(1))} for one {(axes == 2 ? "feature a step" : "channel")}";
        foreach (int channels in Channels.Where(channels => shape[0] % channels == 0))
        {
            int side = (int)Math.Round(Math.Sqrt(shape[0] / channels));
            if (side > 1 && side * side * channels == shape[0])
                return $"write {Declared([side, side, channels])} if the image is as high as it is wide";
        }

        return $"write [{attribute}height, width, channels)], such as {Declared([1, shape[0], 1])}";

        string Declared(IEnumerable<int> sizes) => $"[{attribute}{string.Join(", ", sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)))})]";
    }
}
