using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>z[o] = b[o] + Σᵢ W[o, i]·h[i] for the few outputs of weights that lie output by output: one sum over lanes for each.</summary>
internal static class DotProducts
{
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
        int vectors = weights.InputStride / dialect.Lanes;
        if (inputs is not null)
        {
            for (int v = 0; v < vectors; v++)
            {
                for (int o = 0; o < weights.Outputs; o++)
                {
                    string panel = dialect.Load(w, Number(weights.Offset + (o * weights.InputStride) + (v * dialect.Lanes)));
                    writer.Line(v == 0
                        ? $"var {Sum(o)} = {inputs[v]} * {panel};"
                        : $"{Sum(o)} = {dialect.MultiplyAdd(inputs[v], panel, Sum(o), context.Functions)};");
                }
            }
        }
        else
        {
            for (int o = 0; o < weights.Outputs; o++)
                writer.Line($"var {Sum(o)} = {dialect.Zero};");
            int end = dialect.Lanes == 1 ? weights.Inputs : weights.InputStride;
            using (writer.Open($"for (int i = 0; i < {Number(end)}; i += {Number(dialect.Lanes)})"))
            {
                writer.Line($"var hi = {dialect.Load(h, "i")};");
                for (int o = 0; o < weights.Outputs; o++)
                {
                    string panel = dialect.Load(w, Dialect.Plus(Number(weights.Offset + (o * weights.InputStride)), "i"));
                    writer.Line($"{Sum(o)} = {dialect.MultiplyAdd("hi", panel, Sum(o), context.Functions)};");
                }
            }
        }

        Dialect quarter = dialect.Lanes == 1 ? dialect : dialect.Within(16 / (dialect.Target.IsSingle ? 4 : 8));
        for (int first = 0; first < weights.Outputs; first += quarter.Lanes)
        {
            int count = Math.Min(quarter.Lanes, weights.Outputs - first);
            string value = Sum(first);
            if (dialect.Lanes > 1)
            {
                // Lanes without an output repeat another's sum; nothing reads them.
                IEnumerable<string> sums = Enumerable.Range(0, quarter.Lanes).Select(lane => Sum(first + (lane % count)));
                value = $"{HorizontalSums.Require(context, dialect)}({string.Join(", ", sums)})";
            }

            if (weights.HasBias)
                value += $" + {quarter.Load(w, Number(weights.BiasOffset + first))}";
            store(first, count, quarter, value);
        }

        string Sum(int output) => prefix + "dot" + Number(output);
    }

    private static string Number(int value) => CSharpLiteral.Of(value);
}
