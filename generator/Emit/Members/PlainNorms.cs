using System;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>Normalization of layers, and rectifiers with slopes of their own, as plain loops.</summary>
internal static class PlainNorms
{
    public static void WriteForward(CSharpWriter writer, Operation operation)
    {
        switch (operation)
        {
            case LayerNormalize norm:
                WriteRuns(writer, norm, () =>
                {
                    string scale = norm.Scale is null ? "" : $" * p[{At(norm.Scale)} + o]", offset = norm.Offset is null ? "" : $" + p[{At(norm.Offset)} + o]";
                    writer.Line($"for (int o = 0; o < {Text(norm.Width)}; o++)");
                    writer.Line($"    {PlainLoops.Value(norm.Output.Name)}[at + o] = {Normalized(norm)}{scale}{offset};");
                });
                break;
            case ParametricRelu slope:
                string x = PlainLoops.Value(slope.Input.Name);
                using (writer.Open($"for (int o = 0; o < {Text(slope.Output.Width)}; o++)"))
                {
                    writer.Line($"{PlainLoops.Value(slope.Output.Name)}[o] = {x}[o] > 0 ? {x}[o] : {Slope(slope, "p")} * {x}[o];");
                    writer.Line($"pieces = unchecked(pieces * 31 + ({x}[o] > 0 ? 1UL : 0UL));");
                }

                break;
            default:
                throw new NotSupportedException($"{operation.GetType().Name} has no plain loop.");
        }
    }

    public static void WriteBackward(CSharpWriter writer, Operation operation)
    {
        switch (operation)
        {
            case LayerNormalize norm:
                WriteRuns(writer, norm, () =>
                {
                    string dy = PlainLoops.Gradient(norm.Output.Name), scale = norm.Scale is null ? "" : $" * p[{At(norm.Scale)} + o]";
                    writer.Line("double average = 0, share = 0;");
                    using (writer.Open($"for (int o = 0; o < {Text(norm.Width)}; o++)"))
                    {
                        if (norm.Scale is { IsTrained: true } gamma)
                            writer.Line($"g[{At(gamma)} + o] += {dy}[at + o] * {Normalized(norm)};");
                        if (norm.Offset is { IsTrained: true } beta)
                            writer.Line($"g[{At(beta)} + o] += {dy}[at + o];");
                        writer.Line($"average += {dy}[at + o]{scale} / {Text(norm.Width)};");
                        writer.Line($"share += {dy}[at + o]{scale} * {Normalized(norm)} / {Text(norm.Width)};");
                    }

                    writer.Line($"for (int o = 0; o < {Text(norm.Width)}; o++)");
                    writer.Line($"    {PlainLoops.Gradient(norm.Input.Name)}[at + o] += ({dy}[at + o]{scale} - average - {Normalized(norm)} * share) / deviation;");
                });
                break;
            case ParametricRelu slope:
                string x = PlainLoops.Value(slope.Input.Name), gradient = PlainLoops.Gradient(slope.Output.Name), dx = PlainLoops.Gradient(slope.Input.Name);
                using (writer.Open($"for (int o = 0; o < {Text(slope.Output.Width)}; o++)"))
                {
                    writer.Line($"{dx}[o] += {x}[o] > 0 ? {gradient}[o] : {Slope(slope, "p")} * {gradient}[o];");
                    if (slope.Slope.IsTrained)
                        writer.Line($"{Slope(slope, "g")} += {x}[o] > 0 ? 0 : {x}[o] * {gradient}[o];");
                }

                break;
            default:
                throw new NotSupportedException($"{operation.GetType().Name} has no plain derivative.");
        }
    }

    /// <summary>For each run from at on, with its mean and deviation.</summary>
    private static void WriteRuns(CSharpWriter writer, LayerNormalize norm, Action body)
    {
        string x = PlainLoops.Value(norm.Input.Name), width = Text(norm.Width);
        using (writer.Open($"for (int at = 0; at < {Text(norm.Input.Width)}; at += {width})"))
        {
            writer.Line("double mean = 0, variance = 0;");
            writer.Line($"for (int o = 0; o < {width}; o++)");
            writer.Line($"    mean += {x}[at + o] / {width};");
            writer.Line($"for (int o = 0; o < {width}; o++)");
            writer.Line($"    variance += ({x}[at + o] - mean) * ({x}[at + o] - mean) / {width};");
            writer.Line($"double deviation = global::System.Math.Sqrt(variance + {CSharpLiteral.Of(norm.Epsilon)});");
            body();
        }
    }

    private static string Normalized(LayerNormalize norm) => $"({PlainLoops.Value(norm.Input.Name)}[at + o] - mean) / deviation";

    private static string Slope(ParametricRelu slope, string array) =>
        slope.Slope.Shape.Count == 1 ? $"{array}[{At(slope.Slope)}]" : $"{array}[{At(slope.Slope)} + o % {Text(slope.Slope.Shape.Count)}]";

    private static string At(ParameterBlock block) => CSharpLiteral.Of(block.Offset);

    private static string Text(int value) => CSharpLiteral.Of(value);
}
