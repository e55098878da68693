using System;
using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>How a step begins where it has no text of its own for the way forward: by a call of the method for one sample.</summary>
internal static class SampleForwardCall
{
    /// <summary>Writes a call of <paramref name="forward"/> that leaves the output at <paramref name="wanted"/> in scratch.</summary>
    /// <returns>The output in locals, read in the pieces in which dot products store it: one load of several stores would wait for all of them.</returns>
    public static HeldRow? Write(SampleForwardKernel forward, CSharpWriter writer, KernelContext context, int wanted)
    {
        int outputs = forward.Layers[forward.Layers.Count - 1].Weights.Outputs;
        Dialect dialect = context.Dialect;
        Pointer scratch = dialect.Received("scratch");
        string output = forward.WritesOutput ? dialect.Argument(scratch, Number(wanted)) + ", " : string.Empty;
        writer.Line($"{forward.Name}({dialect.Argument(dialect.Received("parameters"))}, {dialect.Argument(dialect.Received("input"))}, {output}{dialect.Argument(scratch)});");
        if (!forward.WritesOutput)
            return null;
        Dialect pieces = Pieces(dialect);
        List<string> values = [];
        for (int first = 0; first < outputs; first += pieces.Lanes)
        {
            int count = Math.Min(pieces.Lanes, outputs - first);
            string value = outputs == 1 ? pieces.Broadcast(pieces.At(scratch, Number(wanted)))
                : count == pieces.Lanes ? pieces.Load(scratch, Number(wanted + first))
                : pieces.LoadPart(scratch, wanted + first, count);
            values.Add("z" + Number(first));
            writer.Line($"var {values[values.Count - 1]} = {value};");
        }

        return new HeldRow(pieces, values, IsUniform: outputs == 1);
    }

    /// <summary>Vectors of 128 bits, which sums over lanes are.</summary>
    public static Dialect Pieces(Dialect dialect) => dialect.Within(16 / (dialect.Target.IsSingle ? 4 : 8));

    private static string Number(int value) => CSharpLiteral.Of(value);
}
