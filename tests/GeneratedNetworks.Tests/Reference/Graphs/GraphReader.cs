using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GeneratedNetworks.Tests.Reference.Graphs;

/// <summary>Reads declarations of sequences from their text, as far as <c>sequences.json</c> has them.</summary>
internal sealed class GraphReader
{
    private readonly List<(string Name, int[] Shape)> _inputs = [];
    private readonly List<GraphLayer> _layers = [];
    private readonly List<GraphHead> _heads = [];
    private readonly Dictionary<string, int> _numbers = [];

    private GraphReader()
    {
    }

    private int Last => _inputs.Count + _layers.Count - 1;

    /// <param name="shape">Of the input, or empty where inputs stand in lines.</param>
    /// <param name="lines">Attributes.</param>
    /// <param name="loss">Of the last layer, or null where outputs stand in lines.</param>
    /// <param name="optimizer">The rule.</param>
    public static GraphSpec Read(int[] shape, IEnumerable<string> lines, Loss? loss, Optimizer optimizer)
    {
        GraphReader reader = new();
        if (shape.Length > 0)
            reader._inputs.Add(("x", shape));
        foreach (string line in lines)
            reader.Read(line);
        if (loss is { } only)
            reader._heads.Add(new(reader.Last, only, 1));
        return new GraphSpec(reader._inputs, reader._layers, reader._heads) { Optimizer = optimizer, InputGradients = true, NamesOutputs = loss is null };
    }

    private void Read(string line)
    {
        string[] parts = line.Trim('[', ']').Split('(', 2);
        string[] arguments = parts.Length == 1 ? [] : parts[1][..^1].Split(", ");
        Dictionary<string, string> named = arguments.Where(argument => argument.Contains(" = ")).Select(argument => argument.Split(" = ")).ToDictionary(pair => pair[0], pair => pair[1]);
        string[] positional = [.. arguments.Where(argument => !argument.Contains(" = ")).Select(argument => argument.Trim('"'))];
        switch (parts[0])
        {
            case "Input":
                _inputs.Add((positional[0], [.. positional[1..].Select(int.Parse)]));
                break;
            case "Output":
                _heads.Add(new(Find(positional[0]), Enum.Parse<Loss>(positional[1].Split('.')[1]), Number(named, "Weight", 1)));
                break;
            default:
                int source = named.Remove("From", out string? from) ? Find(from.Trim('"')) : Last;
                _layers.Add(Layer(parts[0], source, positional, named));
                if (named.Count > 0)
                    throw new NotSupportedException($"{string.Join(", ", named.Keys)} of {line}");
                break;
        }
    }

    private GraphLayer Layer(string kind, int source, string[] positional, Dictionary<string, string> named)
    {
        int[] shape = ShapeOf(source);
        Activation activation = positional.FirstOrDefault(argument => argument.StartsWith("Activation.", StringComparison.Ordinal)) is { } text
            ? Enum.Parse<Activation>(text.Split('.')[1])
            : kind == "SimpleRnn" ? Activation.Tanh : Activation.Identity;
        bool bias = Flag(named, "UseBias", true), every = Flag(named, "ReturnSequences", false), frozen = Flag(named, "Frozen", false);
        int[] joined = kind is "Add" or "Concat" ? [.. positional.Select(Find)] : [];
        int First() => int.Parse(positional[0], CultureInfo.InvariantCulture);
        switch (kind)
        {
            case "Embedding":
                return new GraphEmbedding(Name("embedding"), source, shape, First(), int.Parse(positional[1], CultureInfo.InvariantCulture)) { Frozen = frozen };
            case "SimpleRnn":
                return new GraphSimpleRnn(Name("rnn"), source, shape, First(), activation, bias, every) { Frozen = frozen };
            case "Gru":
                return new GraphGru(Name("gru"), source, shape, First(), Flag(named, "ResetAfter", true), bias, every) { Frozen = frozen };
            case "Lstm":
                // The first value of a bias, and of what is computed nothing.
                named.Remove("ForgetBias");
                return new GraphLstm(Name("lstm"), source, shape, First(), Number(named, "CellClip", 0), bias, every) { Frozen = frozen };
            case "Dense":
                return new GraphDense(Name("dense"), source, shape, First(), bias, Flag(named, "PerStep", false)) { Activation = activation, Frozen = frozen };
            case "Conv1D":
                Around around = named.Remove("Padding", out string? padding) ? Enum.Parse<Around>(padding.Split('.')[1]) : Around.Valid;
                GraphWindow window = new([int.Parse(positional[1], CultureInfo.InvariantCulture)], [1], [(int)Number(named, "Dilation", 1)], around, []);
                return new GraphConvolution(Name("conv"), source, shape, window, First(), 1, bias) { Activation = activation, Frozen = frozen };
            case "LayerNorm":
                return new GraphLayerNorm(Name("layernorm"), source, shape, 1, Number(named, "Epsilon", 1e-5), true, true);
            case "Add":
                return new GraphJoin(Name("add"), joined, [.. joined.Select(ShapeOf)], isSum: true);
            case "Concat":
                return new GraphConcat(Name("concat"), joined, [.. joined.Select(ShapeOf)]);
            default:
                throw new NotSupportedException(kind);
        }
    }

    /// <summary>As layers are called that have no name: by their kind, numbered from 1.</summary>
    private string Name(string word) => $"{word}{_numbers[word] = _numbers.GetValueOrDefault(word) + 1}";

    private int Find(string name)
    {
        int input = _inputs.FindIndex(candidate => candidate.Name == name), layer = _layers.FindIndex(candidate => candidate.Name == name);
        return input >= 0 ? input : layer >= 0 ? _inputs.Count + layer : throw new KeyNotFoundException(name);
    }

    private int[] ShapeOf(int value) => value < _inputs.Count ? _inputs[value].Shape : _layers[value - _inputs.Count].Shape;

    private static bool Flag(Dictionary<string, string> named, string name, bool otherwise) => named.Remove(name, out string? text) ? bool.Parse(text) : otherwise;

    private static double Number(Dictionary<string, string> named, string name, double otherwise) =>
        named.Remove(name, out string? text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
