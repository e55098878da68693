using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>A step of one dense layer for one sample: W += scale·xᵀ·dz in panels, b += scale·dz in either order of weights.</summary>
internal static class SampleUpdate
{
    /// <summary>Vectors of W up to which an update is written out.</summary>
    private const int WrittenOut = 16;

    /// <summary>Inputs up to which each of them is multiplied by the scale.</summary>
    private const int ScaledInputs = 4;

    /// <summary>No gradient is needed below: only the parameters step, a few vectors of dz in registers at a time.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="context">The kernel class.</param>
    /// <param name="dialect">The lanes of the outputs; the local s holds the scale in all of them.</param>
    /// <param name="weights">In panels.</param>
    /// <param name="dz">Null: it lies in memory.</param>
    public static void Write(CSharpWriter writer, KernelContext context, Dialect dialect, DenseWeights weights, HeldRow? dz)
    {
        ColumnOffsets columns = ColumnsOf(weights);
        int vectors = weights.Stride / dialect.Lanes;
        int whole = vectors / HeldRow.MostVectors;
        int step = HeldRow.MostVectors * dialect.Lanes;
        if (whole > 1)
        {
            using (writer.Open($"for (int o = 0; o < {Number(whole * step)}; o += {Number(step)})"))
            {
                string panel = columns.Of("o", step, weights.Stride);
                WriteColumns(writer, context, dialect, weights, HeldRow.MostVectors, null, "o", Dialect.Plus(Number(weights.Offset), panel));
            }
        }
        else if (whole == 1)
        {
            using (writer.Open())
                WriteColumns(writer, context, dialect, weights, HeldRow.MostVectors, dz, "0", Number(weights.Offset));
        }

        int rest = vectors - (whole * HeldRow.MostVectors);
        if (rest > 0)
        {
            using (writer.Open())
                WriteColumns(writer, context, dialect, weights, rest, dz, Number(whole * step), Number(weights.Offset + columns.Of(whole * step)));
        }
    }

    private static void WriteColumns(
        CSharpWriter writer, KernelContext context, Dialect dialect, DenseWeights weights, int count, HeldRow? dz, string column, string panel)
    {
        // The factor goes with whatever is known first: x, unless that takes more products than dz.
        bool isOrdered = weights.Sums is not null, scalesInputs = !isOrdered && count == 1 && weights.Inputs <= ScaledInputs && dialect.Lanes > 1;
        for (int v = 0; v < count; v++)
        {
            string delta = dz?.Vectors[v] ?? LoadDelta(dialect, Dialect.Plus(column, Number(v * dialect.Lanes)));
            writer.Line($"var e{Number(v)} = {(scalesInputs || isOrdered ? delta : "s * " + delta)};");
        }

        ColumnOffsets columns = ColumnsOf(weights);
        Pointer row = dialect.Declare(writer, "row", dialect.Received("w"), panel);
        if (weights.Inputs * count <= WrittenOut && dialect.Lanes > 1)
        {
            for (int i = 0; i < weights.Inputs; i++)
                WriteRow("x" + Number(i), Number(i), i * weights.Panel);
            return;
        }

        using (writer.Open($"for (int i = 0; i < {Number(weights.Inputs)}; i++)"))
        {
            WriteRow("xi", "i", 0);
            dialect.Advance(writer, row, Number(weights.Panel));
        }

        void WriteRow(string name, string i, int start)
        {
            string x = dialect.Broadcast(dialect.At(dialect.Received("x"), i));
            writer.Line($"var {name} = {(scalesInputs ? "s * " + x : x)};");
            for (int v = 0; v < count; v++)
            {
                string offset = Number(start + columns.Of(v * dialect.Lanes));
                writer.Line(dialect.Store(row, offset, dialect.MultiplyAdd(name, "e" + Number(v), dialect.Load(row, offset), context.Functions)));
            }
        }
    }

    /// <summary>The bias's step; the local s holds the scale in all lanes of <paramref name="dialect"/>.</summary>
    public static void WriteBias(CSharpWriter writer, KernelContext context, Dialect dialect, DenseWeights weights, HeldRow? dz)
    {
        Pointer w = dialect.Received("w");
        if (dz is not null)
        {
            string factor = dz.Dialect.Lanes == dialect.Lanes ? "s" : dz.Dialect.Broadcast("scale");
            if (dz.IsUniform)
                factor = $"({factor} & {dz.Dialect.Mask(1)})";
            for (int v = 0; v * dz.Dialect.Lanes < weights.Outputs; v++)
                writer.Line(Step(dz.Dialect, factor, Number(weights.BiasOffset + (v * dz.Dialect.Lanes)), dz.Vectors[v]));
            return;
        }

        writer.Line($"for (int o = 0; o < {Number(weights.Stride)}; o += {Number(dialect.Lanes)})");
        writer.Line("    " + Step(dialect, "s", Dialect.Plus(Number(weights.BiasOffset), "o"), LoadDelta(dialect, "o")));

        string Step(Dialect lanes, string factor, string at, string delta) =>
            lanes.Store(w, at, weights.Sums is null ? lanes.MultiplyAdd(factor, delta, lanes.Load(w, at), context.Functions) : $"{lanes.Load(w, at)} + {delta}");
    }

    /// <summary>Where the columns of a row of W in panels lie.</summary>
    public static ColumnOffsets ColumnsOf(DenseWeights weights) => new(weights.Panel, weights.Inputs * weights.Panel);

    /// <summary>A vector of dz from memory.</summary>
    public static string LoadDelta(Dialect dialect, string offset) => dialect.Load(dialect.Received("dz"), offset);

    private static string Number(int value) => CSharpLiteral.Of(value);
}
