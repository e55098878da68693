using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>What a file says beside its graph's nodes.</summary>
/// <param name="Inputs">The names of the graph's inputs.</param>
/// <param name="Outputs">The names of its outputs.</param>
/// <param name="Opset">The operator set.</param>
internal sealed record OnnxHeader(IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, int Opset)
{
    public const int LowestOpset = 13;
    public const int HighestOpset = 24;

    private const string DefaultInput = "input", DefaultOutput = "output";

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

    /// <summary>Names as they are asked for, else as they are declared, else as in the source.</summary>
    public static OnnxHeader Of(NetworkInfo info, ExportNetwork network, OnnxOptions options)
    {
        if (options.Opset is < LowestOpset or > HighestOpset)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.Opset, FormattableString.Invariant($"Opset is {options.Opset}; it must lie in [{LowestOpset}, {HighestOpset}]."));
        }

        string[] inputs = Names(nameof(options.InputName), options.InputName, [.. network.Inputs.Select(input => input.Name)], info.Source?.Input ?? DefaultInput);
        string[] outputs = Names(nameof(options.OutputName), options.OutputName, [.. network.Outputs], info.Source?.Output ?? DefaultOutput);
        if (inputs.Concat(outputs).Any(name => name.Length == 0))
            throw new ArgumentException("InputName and OutputName cannot be empty.", nameof(options));

        // A network of no operation may come from a file that calls both alike.
        if (inputs.Intersect(outputs, StringComparer.Ordinal).FirstOrDefault() is { } twice)
        {
            throw options.InputName is null && options.OutputName is null
                ? new ArgumentException($"The file that the layers come from calls input and output '{twice}' both: give OutputName.", nameof(options))
                : new ArgumentException($"InputName and OutputName are both '{twice}'; they must differ.", nameof(options));
        }

        return new OnnxHeader(inputs, outputs, options.Opset ?? SourceOpset(info.Source?.Format) ?? LowestOpset);
    }

    /// <summary>What a source says, where it can be kept.</summary>
    public static OnnxHeader Of(string format, string? input, string? output)
    {
        int opset = SourceOpset(format) ?? LowestOpset;
        return (input ?? DefaultInput) == (output ?? DefaultOutput)
            ? new OnnxHeader([DefaultInput], [DefaultOutput], opset)
            : new OnnxHeader([input ?? DefaultInput], [output ?? DefaultOutput], opset);
    }

    private static string[] Names(string option, string? asked, string?[] declared, string otherwise)
    {
        if (declared.Length > 1)
        {
            return asked is null
                ? [.. declared.Select(name => name!)]
                : throw new ArgumentException($"{option} is '{asked}', and there are {declared.Length}: {string.Join(", ", declared)}. They keep the names that they are declared by.", "options");
        }

        return [asked ?? declared.FirstOrDefault() ?? otherwise];
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
