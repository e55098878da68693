using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>z[o] = b[o] + Σᵢ W[o, i]·h[i] for the few outputs of weights that lie output by output: one sum over lanes for each.</summary>
internal static class DotProducts
{
    /// <summary>Sums under way at once, so that no multiply-add waits for the one before.</summary>
    private const int Accumulators = 8;

    /// <summary>Writes the sums over lanes of one row as locals and hands each 128-bit piece of the result to <paramref name="store"/>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="context">The kernel class.</param>
    /// <param name="dialect">The lanes of the inputs.</param>
    /// <param name="weights">By output.</param>
    /// <param name="inputs">The inputs' vectors as expressions, or null to load them in a loop from <paramref name="h"/>.</param>
    /// <param name="h">The padded row of inputs.</param>
    /// <param name="w">The parameter array.</param>
    /// <param name="prefix">Comes before every local's name.</param>
    /// <param name="store">Receives the first output, how many, a dialect for them, and the value.</param>
    public static void Write(
        CSharpWriter writer,
        KernelContext context,
        Dialect dialect,
        DenseWeights weights,
        IReadOnlyList<string>? inputs,
        Pointer h,
        Pointer w,
        string prefix,
        Action<int, int, Dialect, string> store)
    {
        int vectors = (dialect.Lanes == 1 ? weights.Inputs : weights.InputStride) / dialect.Lanes;
        int splits = Splits(weights.Outputs, vectors);

        // The bias of a single output, with zeros behind it, is where its sum starts: an addition less to wait for at the end.
        bool startsWithBias = inputs is not null && weights.HasBias && weights.Outputs == 1 && dialect.Lanes > 1;
        if (inputs is not null)
        {
            for (int v = 0; v < vectors; v++)
            {
                for (int o = 0; o < weights.Outputs; o++)
                {
                    string panel = dialect.Load(w, Number(weights.Offset + (o * weights.InputStride) + (v * dialect.Lanes)));
                    string sum = Part(o, v % splits);
                    string? before = v >= splits ? sum : v == 0 && startsWithBias ? dialect.Load(w, Number(weights.BiasOffset)) : null;
                    string value = before is null ? $"{inputs[v]} * {panel}" : dialect.MultiplyAdd(inputs[v], panel, before, context.Functions);
                    writer.Line($"{(v < splits ? "var " : string.Empty)}{sum} = {value};");
                }
            }
        }
        else
        {
            for (int o = 0; o < weights.Outputs; o++)
                writer.Line(string.Join(" ", Enumerable.Range(0, splits).Select(split => $"var {Part(o, split)} = {dialect.Zero};")));
            using (writer.Open($"for (int i = 0; i < {Number(vectors * dialect.Lanes)}; i += {Number(splits * dialect.Lanes)})"))
            {
                for (int split = 0; split < splits; split++)
                {
                    string name = split == 0 ? "hi" : "hi" + Number(split);
                    string i = Dialect.Plus("i", Number(split * dialect.Lanes));
                    writer.Line($"var {name} = {dialect.Load(h, i)};");
                    for (int o = 0; o < weights.Outputs; o++)
                    {
                        string panel = dialect.Load(w, Dialect.Plus(Number(weights.Offset + (o * weights.InputStride)), i));
                        writer.Line($"{Part(o, split)} = {dialect.MultiplyAdd(name, panel, Part(o, split), context.Functions)};");
                    }
                }
            }
        }

        for (int o = 0; o < weights.Outputs && splits > 1; o++)
            writer.Line($"{Sum(o)} = {Tree(o, 0, splits)};");

        Dialect quarter = dialect.Lanes == 1 ? dialect : dialect.Within(16 / (dialect.Target.IsSingle ? 4 : 8));
        for (int first = 0; first < weights.Outputs; first += quarter.Lanes)
        {
            int count = Math.Min(quarter.Lanes, weights.Outputs - first);
            string value = Sum(first);
            if (dialect.Lanes > 1)
            {
                // Lanes without an output repeat another's sum; nothing reads them.
                IEnumerable<string> sums = Enumerable.Range(0, quarter.Lanes).Select(lane => Sum(first + (lane % count)));
                value = count == 1
                    ? $"{HorizontalSums.RequireTotal(context, dialect)}({Sum(first)})"
                    : $"{HorizontalSums.Require(context, dialect)}({string.Join(", ", sums)})";
            }

            if (weights.HasBias && !startsWithBias)
                value += $" + {quarter.Load(w, Number(weights.BiasOffset + first))}";
            store(first, count, quarter, value);
        }

        string Sum(int output) => prefix + "dot" + Number(output);

        string Part(int output, int split) => split == 0 ? Sum(output) : $"{Sum(output)}_{Number(split)}";

        string Tree(int output, int first, int count) => count == 1
            ? Part(output, first)
            : $"({Tree(output, first, count / 2)} + {Tree(output, first + (count / 2), count / 2)})";
    }

    /// <summary>Sums of one output: a power of two, so many that each has two vectors or more and all vectors are shared out evenly.</summary>
    private static int Splits(int outputs, int vectors)
    {
        int splits = 1;
        while (2 * splits * outputs <= Accumulators && 4 * splits <= vectors && vectors % (2 * splits) == 0)
            splits *= 2;
        return splits;
    }

    private static string Number(int value) => CSharpLiteral.Of(value);
}
