using System;
using System.Globalization;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>What a file says beside its graph's nodes.</summary>
/// <param name="Input">The name of the graph's input.</param>
/// <param name="Output">The name of its output.</param>
/// <param name="Opset">The operator set.</param>
internal sealed record OnnxHeader(string Input, string Output, int Opset)
{
    public const int LowestOpset = 13;
    public const int HighestOpset = 24;

    /// <summary>The oldest operator set in which reductions and shapes are as they still are. What it lacks is written in simpler operators.</summary>
    public static OnnxHeader Default { get; } = new("input", "output", LowestOpset);

    /// <summary>Version of the container that came with the operator set.</summary>
    public int IrVersion => Opset switch
    {
        <= 14 => 7,
        <= 18 => 8,
        <= 20 => 9,
        <= 22 => 10,
        23 => 11,
        _ => 12,
    };

    public static OnnxHeader Of(NetworkInfo info, OnnxOptions options)
    {
        if (options.Opset is < LowestOpset or > HighestOpset)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.Opset, FormattableString.Invariant($"Opset is {options.Opset}; it must lie in [{LowestOpset}, {HighestOpset}]."));
        }

        string input = options.InputName ?? info.Source?.Input ?? Default.Input;
        string output = options.OutputName ?? info.Source?.Output ?? Default.Output;
        if (input.Length == 0 || output.Length == 0)
            throw new ArgumentException("InputName and OutputName cannot be empty.", nameof(options));

        // A network of no operation may come from a file that calls both alike.
        if (input == output)
        {
            throw options.InputName is null && options.OutputName is null
                ? new ArgumentException($"The file that the layers come from calls input and output '{input}' both: give OutputName.", nameof(options))
                : new ArgumentException($"InputName and OutputName are both '{input}'; they must differ.", nameof(options));
        }

        return new OnnxHeader(input, output, options.Opset ?? SourceOpset(info.Source?.Format) ?? Default.Opset);
    }

    /// <summary>What a source says, where it can be kept.</summary>
    public static OnnxHeader Of(string format, string? input, string? output)
    {
        OnnxHeader header = new(input ?? Default.Input, output ?? Default.Output, SourceOpset(format) ?? Default.Opset);
        return header.Input == header.Output ? Default with { Opset = header.Opset } : header;
    }

    /// <summary>The operator set that a source's format names, "ONNX, opset 17, by pytorch 2.1", where it can be written.</summary>
    private static int? SourceOpset(string? format)
    {
        const string Start = "ONNX, opset ";
        if (format?.StartsWith(Start, StringComparison.Ordinal) != true)
            return null;
        int end = Start.Length;
        while (end < format.Length && format[end] is >= '0' and <= '9')
            end++;
        string digits = format.Substring(Start.Length, end - Start.Length);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int opset) && opset is >= LowestOpset and <= HighestOpset ? opset : null;
    }
}
