using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>A network to be written: its layers as they were declared, and the numbers of their parameters in canonical order.</summary>
internal sealed record ExportNetwork(IReadOnlyList<int> InputShape, IReadOnlyList<ExportLayer> Layers, IReadOnlyList<ExportTensor> Tensors)
{
    public static ExportNetwork Of<T>(INetwork<T> network)
        where T : struct
    {
        NetworkInfo info = network.Info;
        T[] parameters = new T[network.ParameterCount];
        network.GetParameters(parameters);
        double[] numbers = parameters as double[] ?? Array.ConvertAll((float[])(object)parameters, number => (double)number);
        List<ExportTensor> tensors = [];
        foreach (NetworkParameter parameter in network.ParameterLayout)
            tensors.Add(new ExportTensor(parameter.Name, parameter.Shape.ToArray(), numbers.AsSpan(parameter.Offset, parameter.Length).ToArray()));
        IEnumerable<ExportLayer> layers = info.Declaration.Split('\n')
            .Where(line => line.StartsWith(ExportLayer.Word, StringComparison.Ordinal))
            .Select(ExportLayer.Parse);
        return new ExportNetwork(info.InputShape, [.. layers], tensors);
    }
}

/// <summary>Numbers with a name and a shape.</summary>
internal sealed record ExportTensor(string Name, IReadOnlyList<int> Shape, double[] Values);

/// <summary>A layer by its attribute's name, and its arguments as text; those left out have their defaults.</summary>
internal sealed class ExportLayer(string attribute, IReadOnlyDictionary<string, string> arguments)
{
    public const string Word = "layer ";

    public string Attribute => attribute;

    public string? Text(string name) => arguments.TryGetValue(name, out string? text) ? text : null;

    public int Whole(string name) => int.Parse(Text(name) ?? throw Missing(name), CultureInfo.InvariantCulture);

    public double Real(string name, double fallback) => Text(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : fallback;

    public bool Flag(string name, bool fallback) => Text(name) is { } text ? bool.Parse(text) : fallback;

    public Activation Function() => Text("activation") is { } text ? (Activation)Enum.Parse(typeof(Activation), text) : Activation.Identity;

    /// <summary>Reads a line such as <c>layer Dense units=32 activation=Relu Name="fc1"</c>.</summary>
    public static ExportLayer Parse(string line)
    {
        Dictionary<string, string> arguments = new(StringComparer.Ordinal);
        int at = Word.Length;
        string attribute = Until(line, ref at, ' ');
        while (at < line.Length)
        {
            string name = Until(line, ref at, '=');
            arguments.Add(name, at < line.Length && line[at] == '"' ? Quoted(line, ref at) : Until(line, ref at, ' '));
        }

        return new ExportLayer(attribute, arguments);
    }

    private static string Until(string line, ref int at, char end)
    {
        int start = at;
        while (at < line.Length && line[at] != end)
            at++;
        return line.Substring(start, at++ - start);
    }

    private static string Quoted(string line, ref int at)
    {
        StringBuilder text = new();
        for (at++; at < line.Length && line[at] != '"'; at++)
        {
            if (line[at] == '\\' && at + 1 < line.Length)
                text.Append(line[++at] switch { 'n' => '\n', 'r' => '\r', var other => other });
            else
                text.Append(line[at]);
        }

        // Behind the quote and the blank.
        at += 2;
        return text.ToString();
    }

    private ArgumentException Missing(string name) => new($"Layer '{attribute}' has no {name}.");
}
