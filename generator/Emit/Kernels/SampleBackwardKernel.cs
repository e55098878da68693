using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>
/// Backward through one dense layer for one sample, reading each row of W once: dx[i] = (W[i]·dz)·f'(saved[i]), and with a step
/// W[i] += scale·x[i]·dz before the next row.
/// </summary>
/// <param name="Computes">Whether it computes dx.</param>
/// <param name="Steps">Whether it updates the parameters.</param>
/// <param name="Function">The helper f' as f(dy, saved), or null.</param>
/// <param name="InputStride">Elements of a row of dx, padding included.</param>
internal sealed record SampleBackwardKernel(
    string Name, string Comment, DenseWeights Weights, bool Computes, bool Steps, string? Function, int InputStride)
    : Kernel(Name, Comment), IHoldsRows
{
    /// <summary>Elements of a cache line in single precision: no vector has more.</summary>
    private const int WidestVector = 16;

    /// <summary>Vectors of dx that are written out, so that they can stay in registers.</summary>
    private const int WrittenOut = 2;

    /// <summary>Rows of W at once: as many as sums of four vectors come out together.</summary>
    private const int Group = 4;

    public override int MaximumLanes => Computes ? Math.Max(Weights.Panel, ResultLanes) : Weights.Panel;

    /// <summary>
    /// dx is written in vectors as wide as the layer below reads it: a load that spans several stores has to wait until all of them are in the cache.
    /// </summary>
    private int ResultLanes => Math.Min(WidestVector, InputStride & -InputStride);

    public override IReadOnlyList<KernelParameter> Parameters => ParametersOf(Computes, Steps, Function is not null);

    private ColumnOffsets Columns => SampleUpdate.ColumnsOf(Weights);

    private bool IsOrdered => Weights.Sums is not null;

    /// <summary>Where the order of sums is fixed they have four lanes, whatever the vectors.</summary>
    private Dialect SumsOf(Dialect dialect) => IsOrdered ? Quarter(dialect) : dialect;

    public static IReadOnlyList<KernelParameter> ParametersOf(bool computes, bool steps, bool takesSaved)
    {
        List<KernelParameter> parameters = [KernelParameter.In("dz"), steps ? KernelParameter.Out("w") : KernelParameter.In("w")];
        if (steps)
            parameters.Insert(0, KernelParameter.In("x"));
        if (takesSaved)
            parameters.Add(KernelParameter.In("saved"));
        if (computes)
            parameters.Add(KernelParameter.Out("dx"));
        if (steps)
            parameters.Add(KernelParameter.Value(KernelParameter.Element, "scale"));
        return parameters;
    }

    public bool Takes(KernelContext context, HeldRow dz) =>
        dz.Dialect.Lanes > 1 && dz.Dialect.Lanes == context.Dialect.Within(Weights.Panel).Lanes && dz.Vectors.Count <= HeldRow.MostVectors
            && dz.Vectors.Count * dz.Dialect.Lanes == Weights.Stride;

    /// <summary>How many vectors of dx there are.</summary>
    private int Turns(KernelContext context) => InputStride / context.Dialect.Within(ResultLanes).Lanes;

    public HeldRow? Leaves(KernelContext context, string name)
    {
        Dialect wide = context.Dialect.Within(ResultLanes);
        return Computes && WritesWideRows(context) && Turns(context) <= WrittenOut ? HeldRow.Of(wide, name, Turns(context)) : null;
    }

    public override void WriteBody(CSharpWriter writer, KernelContext context) => WriteBody(writer, context, null, null);

    public void WriteBody(CSharpWriter writer, KernelContext context, HeldRow? dz, HeldRow? dx)
    {
        Dialect dialect = context.Dialect.Within(Weights.Panel);
        if (Steps && !IsOrdered)
            writer.Line($"var s = {dialect.Broadcast("scale")};");
        if (Computes)
            WriteRows(writer, context, dialect, dz, dx);
        else
            SampleUpdate.Write(writer, context, dialect, Weights, dz);
        if (Steps && Weights.HasBias)
            SampleUpdate.WriteBias(writer, context, dialect, Weights, dz);
    }

    private bool WritesWideRows(KernelContext context)
    {
        Dialect dialect = context.Dialect.Within(Weights.Panel);
        return dialect.Lanes > 1 && ResultLanes >= Quarter(dialect).Lanes;
    }

    private void WriteRows(CSharpWriter writer, KernelContext context, Dialect dialect, HeldRow? dz, HeldRow? dx)
    {
        int vectors = Weights.Stride / dialect.Lanes;
        bool held = vectors <= HeldRow.MostVectors;
        for (int v = 0; v < vectors && held; v++)
            WriteDelta(writer, dialect, Number(v), dz?.Vectors[v] ?? SampleUpdate.LoadDelta(dialect, Number(v * dialect.Lanes)));
        if (WritesWideRows(context))
        {
            WriteWideRows(writer, context, dialect, context.Dialect.Within(ResultLanes), held ? vectors : 0, dx);
            return;
        }

        int whole = Weights.Inputs / Group * Group;
        if (whole > 0)
        {
            using (writer.Open($"for (int i = 0; i < {Number(whole)}; i += {Number(Group)})"))
            {
                WriteSums(writer, context, dialect, Group, held ? vectors : 0, "i");
                WriteGroupResult(writer, context, dialect);
            }
        }

        for (int i = whole; i < Weights.Inputs; i++)
        {
            using (writer.Open())
            {
                WriteSums(writer, context, dialect, 1, held ? vectors : 0, Number(i));
                string sum = dialect.Sum("sum0");
                string value = Function is null
                    ? sum
                    : $"{context.ScalarFunction(Function)}({sum}, {dialect.At(dialect.Received("saved"), Number(i))})";
                writer.Line($"{dialect.At(dialect.Received("dx"), Number(i))} = {value};");
            }
        }

        for (int i = Weights.Inputs; i < InputStride; i++)
            writer.Line($"{dialect.At(dialect.Received("dx"), Number(i))} = 0;");
    }

    /// <summary>Declares d, a vector of dz, and e = scale·d where the parameters step.</summary>
    private void WriteDelta(CSharpWriter writer, Dialect dialect, string name, string delta)
    {
        string text = $"var d{name} = {delta};";
        writer.Line(Steps && !IsOrdered ? text + $" var e{name} = s * d{name};" : text);
    }

    /// <summary>Leaves the unreduced sums of some rows of W in sum0, sum1, …; <paramref name="held"/> vectors of dz are locals, 0 if none.</summary>
    private void WriteSums(CSharpWriter writer, KernelContext context, Dialect dialect, int rows, int held, string i, int first = 0)
    {
        writer.Line(string.Join(" ", Enumerable.Range(0, rows).Select(row => $"var sum{Number(row)} = {SumsOf(dialect).Zero};")));
        if (held > 0)
        {
            for (int v = 0; v < held; v++)
                WriteVector(Number(v), Columns.Of(v * dialect.Lanes), null);
            return;
        }

        using (writer.Open($"for (int o = 0; o < {Number(Weights.Stride)}; o += {Number(dialect.Lanes)})"))
        {
            WriteDelta(writer, dialect, string.Empty, SampleUpdate.LoadDelta(dialect, "o"));
            WriteVector(string.Empty, 0, Columns.Of("o", dialect.Lanes, Weights.Stride));
        }

        void WriteVector(string name, int column, string? variable)
        {
            string start = Dialect.Plus(Dialect.Plus(Number(Weights.Offset + column + (first * Weights.Panel)), variable ?? "0"), Dialect.Times(i, Weights.Panel));
            Pointer w = dialect.Declare(writer, "row" + name, dialect.Received("w"), start);
            for (int row = 0; row < rows; row++)
            {
                string number = Number(row);
                string offset = Number(row * Weights.Panel);
                string local = $"w{name}_{number}";
                string text = $"var {local} = {dialect.Load(w, offset)}; " + (IsOrdered && dialect.Lanes > SumsOf(dialect).Lanes
                    ? $"var q{local} = {local} * d{name}; {string.Join(" ", Pieces(dialect, "q" + local).Select(piece => $"sum{number} += {piece};"))}"
                    : $"sum{number} = {dialect.MultiplyAdd(local, "d" + name, "sum" + number, context.Functions)};");
                if (Steps)
                {
                    string x = dialect.Broadcast(dialect.At(dialect.Received("x"), Dialect.Plus(i, Number(first + row))));
                    text += " " + dialect.Store(w, offset, dialect.MultiplyAdd(x, (IsOrdered ? "d" : "e") + name, local, context.Functions));
                }

                // What one row of W is read for stands together.
                writer.Line(text);
            }
        }
    }

    /// <summary>As many rows a turn as a vector of dx has elements, a few at a time.</summary>
    private void WriteWideRows(CSharpWriter writer, KernelContext context, Dialect dialect, Dialect wide, int held, HeldRow? dx)
    {
        int whole = Weights.Inputs / wide.Lanes * wide.Lanes;
        if (dx is not null)
        {
            for (int turn = 0; turn < dx.Vectors.Count; turn++)
            {
                int first = turn * wide.Lanes;
                using (writer.Open())
                    WriteVectorOfRows(writer, context, dialect, wide, held, Number(first), Math.Min(wide.Lanes, Weights.Inputs - first), dx.Vectors[turn]);
            }

            return;
        }

        if (whole > wide.Lanes)
        {
            using (writer.Open($"for (int i = 0; i < {Number(whole)}; i += {Number(wide.Lanes)})"))
                WriteVectorOfRows(writer, context, dialect, wide, held, "i", wide.Lanes, null);
        }
        else if (whole > 0)
        {
            using (writer.Open())
                WriteVectorOfRows(writer, context, dialect, wide, held, "0", wide.Lanes, null);
        }

        if (whole < Weights.Inputs)
        {
            using (writer.Open())
                WriteVectorOfRows(writer, context, dialect, wide, held, Number(whole), Weights.Inputs - whole, null);
        }

        for (int i = (Weights.Inputs + wide.Lanes - 1) / wide.Lanes * wide.Lanes; i < InputStride; i += wide.Lanes)
            writer.Line(wide.Store(dialect.Received("dx"), Number(i), wide.Zero));
    }

    /// <summary>One vector of dx, the first <paramref name="count"/> of its elements from rows of W and the rest zero.</summary>
    private void WriteVectorOfRows(CSharpWriter writer, KernelContext context, Dialect dialect, Dialect wide, int held, string i, int count, string? dx)
    {
        Dialect quarter = Quarter(dialect);
        string[] parts = [.. Enumerable.Range(0, wide.Lanes / quarter.Lanes).Select(part => "part" + Number(part))];
        int used = (count + quarter.Lanes - 1) / quarter.Lanes;
        writer.Line($"{quarter.Target.TypeName} {string.Join(", ", parts.Take(used))};");
        for (int first = 0; first < count; first += Group)
        {
            int rows = Math.Min(Group, count - first);
            using (writer.Open())
            {
                WriteSums(writer, context, dialect, rows, held, i, first);
                for (int row = 0; row < rows; row += quarter.Lanes)
                {
                    int from = row;
                    string sums = string.Join(", ", Enumerable.Range(from, quarter.Lanes).Select(r => r < rows ? "sum" + Number(r) : SumsOf(dialect).Zero));
                    writer.Line($"{parts[(first + row) / quarter.Lanes]} = {HorizontalSums.Require(context, SumsOf(dialect))}({sums});");
                }
            }
        }

        string value = HeldRow.Join(128, [.. parts.Select((part, index) => index < used ? part : quarter.Zero)]);
        if (Function is not null)
            value = $"{context.Functions.Require(wide.Target, Function)}({value}, {wide.Load(dialect.Received("saved"), i)})";

        // What the layer below pads its outputs with must not come back as a gradient, whatever is saved there.
        if (count < wide.Lanes && Function is not null)
            value += " & " + wide.Mask(count);
        writer.Line(dx is null ? wide.Store(dialect.Received("dx"), i, value) : $"{dx} = {value};");
    }

    /// <summary>A vector in parts of 128 bits, lowest first.</summary>
    private static IEnumerable<string> Pieces(Dialect dialect, string vector)
    {
        List<string> pieces = [vector];
        for (int bits = dialect.Target.VectorBits; bits > 128; bits /= 2)
            pieces = [.. pieces.SelectMany(piece => new[] { $"Vector{Number(bits)}.GetLower({piece})", $"Vector{Number(bits)}.GetUpper({piece})" })];
        return pieces;
    }

    private static Dialect Quarter(Dialect dialect) => dialect.Within(16 / (dialect.Target.IsSingle ? 4 : 8));

    private void WriteGroupResult(CSharpWriter writer, KernelContext context, Dialect dialect)
    {
        Pointer dx = dialect.Received("dx");
        if (dialect.Lanes == 1)
        {
            for (int row = 0; row < Group; row++)
            {
                string at = Dialect.Plus("i", Number(row));
                string sum = "sum" + Number(row);
                string value = Function is null ? sum : $"{context.Function(Function)}({sum}, {dialect.At(dialect.Received("saved"), at)})";
                writer.Line($"{dialect.At(dx, at)} = {value};");
            }

            return;
        }

        Dialect quarter = Quarter(dialect);
        for (int row = 0; row < Group; row += quarter.Lanes)
        {
            string at = Dialect.Plus("i", Number(row));
            string sums = string.Join(", ", Enumerable.Range(row, quarter.Lanes).Select(r => "sum" + Number(r)));
            string value = $"{HorizontalSums.Require(context, dialect)}({sums})";
            if (Function is not null)
                value = $"{context.Functions.Require(quarter.Target, Function)}({value}, {quarter.Load(dialect.Received("saved"), at)})";
            writer.Line(quarter.Store(dx, at, value));
        }
    }

    private static string Number(int value) => CSharpLiteral.Of(value);
}
