using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>Plain loops over all samples of a batch: by one sample at a time, or, for statistics, over all.</summary>
internal sealed class PlainBatch(CSharpWriter writer, NetworkPlan plan)
{
    /// <summary>A value of every sample.</summary>
    public static string All(string value) => "all" + PlainLoops.Value(value);

    /// <summary>Its derivative.</summary>
    public static string AllGradients(string value) => "all" + PlainLoops.Gradient(value);

    /// <summary>Statements for each sample, in which values have their own names.</summary>
    public void Each(IEnumerable<string> values, Action write)
    {
        using (writer.Open("for (int sample = 0; sample < samples; sample++)"))
        {
            foreach (string value in values.Distinct())
                writer.Line($"double[] {PlainLoops.Value(value)} = {All(value)}[sample], {PlainLoops.Gradient(value)} = {AllGradients(value)}[sample];");
            write();
        }
    }

    /// <returns>Whether it is a normalization.</returns>
    public bool WriteForward(Operation operation)
    {
        if (operation is not BatchNorm norm)
            return false;
        using (OpenParts(norm))
        {
            string x = $"{All(norm.Input.Name)}[sample][i]";
            writer.Line($"{All(norm.Output.Name)}[sample][i] = ({x} - mean) * slope{Factor(norm)}{(norm.Norm.Beta is { } beta ? $" + p[{N(beta.Offset)} + c]" : "")};");
        }

        return true;
    }

    /// <returns>Whether it is a normalization.</returns>
    public bool WriteBackward(Operation operation)
    {
        if (operation is not BatchNorm norm)
            return false;
        string dy = $"{AllGradients(norm.Output.Name)}[sample][i]", x = $"({All(norm.Input.Name)}[sample][i] - mean) * slope";
        using (OpenParts(norm, () =>
        {
            writer.Line("double beta = 0, gamma = 0;");
            Elements(norm, $"beta += {dy}; gamma += {dy} * {x};");
            if (norm.Norm.Gamma is { IsTrained: true } block)
                writer.Line($"g[{N(block.Offset)} + c] += gamma;");
            if (norm.Norm.Beta is { IsTrained: true } offset)
                writer.Line($"g[{N(offset.Offset)} + c] += beta;");
        }))
        {
            writer.Line($"{AllGradients(norm.Input.Name)}[sample][i] += slope{Factor(norm)} * ({dy} - beta / count - {x} * gamma / count);");
        }

        return true;
    }

    private static string Factor(BatchNorm norm) => norm.Norm.Gamma is { } gamma ? $" * p[{N(gamma.Offset)} + c]" : "";

    /// <summary>A block for every element of a channel in a part of the batch, with the statistics of the part.</summary>
    private IDisposable OpenParts(BatchNorm norm, Action? before = null)
    {
        string rows = N(plan.Training!.ChunkRows);
        Stack<IDisposable> blocks = new();
        blocks.Push(writer.Open($"for (int parts = (samples + {N(plan.Training.ChunkRows - 1)}) / {rows}, part = 0, start = 0, rows; part < parts; part++, start += rows)"));
        writer.Line("rows = samples / parts + (part < samples % parts ? 1 : 0);");
        blocks.Push(writer.Open($"for (int c = 0; c < {N(norm.Norm.Channels)}; c++)"));
        writer.Line($"double count = (double)rows * {N(norm.Input.Width / norm.Norm.Channels)}, mean = 0, variance = 0;");
        string x = $"{All(norm.Input.Name)}[sample][i]";
        Elements(norm, $"mean += {x} / count;");
        Elements(norm, $"variance += ({x} - mean) * ({x} - mean) / count;");
        writer.Line($"double slope = 1 / global::System.Math.Sqrt(variance + {CSharpLiteral.Of(norm.Norm.Epsilon)});");
        before?.Invoke();
        writer.Line("for (int sample = start; sample < start + rows; sample++)");
        blocks.Push(writer.Open($"for (int i = c; i < {N(norm.Input.Width)}; i += {N(norm.Norm.Channels)})"));
        return new Blocks(blocks);
    }

    private void Elements(BatchNorm norm, string statement)
    {
        writer.Line("for (int sample = start; sample < start + rows; sample++)");
        writer.Line($"    for (int i = c; i < {N(norm.Input.Width)}; i += {N(norm.Norm.Channels)}) {{ {statement} }}");
    }

    private static string N(int number) => CSharpLiteral.Of(number);

    private sealed class Blocks(Stack<IDisposable> blocks) : IDisposable
    {
        public void Dispose()
        {
            while (blocks.Count > 0)
                blocks.Pop().Dispose();
        }
    }
}
