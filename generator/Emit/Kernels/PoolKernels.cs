using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>What pools have in common: they go through samples one by one, and positions and channels within.</summary>
internal abstract record PoolKernel(string Name, string Comment, Window Window, int Channels) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    protected PoolLoops Loops => new(Window, Channels);

    protected int InputWidth => Window.Rows.Input * Window.Columns.Input * Channels;

    protected int OutputWidth => Window.Positions * Channels;

    /// <summary>For each sample: pointers by name, and their strides.</summary>
    protected static void WriteSamples(CSharpWriter writer, Dialect dialect, IReadOnlyList<(string Name, int Stride)> places, System.Action<Pointer[]> body)
    {
        Pointer[] pointers = new Pointer[places.Count];
        for (int i = 0; i < pointers.Length; i++)
            pointers[i] = dialect.Declare(writer, "row" + Places.Pascal(places[i].Name), dialect.Received(places[i].Name));
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            body(pointers);
            for (int i = 0; i < pointers.Length; i++)
                dialect.Advance(writer, pointers[i], CSharpLiteral.Of(places[i].Stride));
        }
    }

    protected static void WriteClear(CSharpWriter writer, Dialect dialect, Pointer row, int stride)
    {
        writer.Line($"for (int o = 0; o < {CSharpLiteral.Of(stride)}; o++)");
        writer.Line($"    {dialect.At(row, "o")} = 0;");
    }
}

/// <summary>y[p, c] = the largest of what position p sees. NaN wins.</summary>
internal sealed record MaxPoolKernel(string Name, string Comment, Window Window, int Channels, int FromStride, int ToStride) : PoolKernel(Name, Comment, Window, Channels)
{
    public override IReadOnlyList<KernelParameter> Parameters => [KernelParameter.In("x"), KernelParameter.Out("y"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        PoolLoops loops = Loops;
        WriteSamples(writer, dialect, [("x", FromStride), ("y", ToStride)], rows =>
        {
            loops.Write(writer, () =>
            {
                writer.Line($"{dialect.Element} best = {dialect.At(rows[0], loops.First)};");
                loops.WriteTaps(writer, () =>
                {
                    writer.Line($"{dialect.Element} value = {dialect.At(rows[0], loops.Tap)};");

                    // Nothing is larger than NaN, nor is NaN as large as anything.
                    writer.Line($"if (!(value <= best) && best >= {dialect.Element}.NegativeInfinity)");
                    writer.Line("    best = value;");
                });
                writer.Line($"{dialect.At(rows[1], loops.Position)} = best;");
            });
            SampleRows.WritePadding(writer, dialect, rows[1], OutputWidth, ToStride);
        });
    }
}

/// <summary>Each dy goes to the first element that is as large as y.</summary>
internal sealed record MaxPoolBackwardKernel(string Name, string Comment, Window Window, int Channels, int FromStride, int ToStride, int GradientStride)
    : PoolKernel(Name, Comment, Window, Channels)
{
    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.In("x"), KernelParameter.In("y"), KernelParameter.In("dy"), KernelParameter.Out("dx"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        PoolLoops loops = Loops;
        WriteSamples(writer, dialect, [("x", FromStride), ("y", ToStride), ("dy", ToStride), ("dx", GradientStride)], rows =>
        {
            WriteClear(writer, dialect, rows[3], GradientStride);
            loops.Write(writer, () =>
            {
                writer.Line($"{dialect.Element} best = {dialect.At(rows[1], loops.Position)}, rest = {dialect.At(rows[2], loops.Position)};");
                loops.WriteTaps(writer, () =>
                {
                    // Nothing is left behind the first.
                    using (writer.Open($"if (!({dialect.At(rows[0], loops.Tap)} < best))"))
                    {
                        writer.Line($"{dialect.At(rows[3], loops.Tap)} += rest;");
                        writer.Line("rest = 0;");
                    }
                });
            });
        });
    }
}

/// <summary>y[p, c] = the mean of what position p sees, by how many elements it counts.</summary>
internal sealed record AveragePoolKernel(string Name, string Comment, Window Window, bool CountPadding, int Channels, int FromStride, int ToStride)
    : PoolKernel(Name, Comment, Window, Channels)
{
    public override IReadOnlyList<KernelParameter> Parameters => [KernelParameter.In("x"), KernelParameter.Out("y"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        PoolLoops loops = Loops;
        WriteSamples(writer, dialect, [("x", FromStride), ("y", ToStride)], rows =>
        {
            loops.Write(writer, () =>
            {
                writer.Line($"{dialect.Element} sum = 0;");
                loops.WriteTaps(writer, () => writer.Line($"sum += {dialect.At(rows[0], loops.Tap)};"));
                writer.Line($"{dialect.At(rows[1], loops.Position)} = sum / ({loops.Count(CountPadding)});");
            });
            SampleRows.WritePadding(writer, dialect, rows[1], OutputWidth, ToStride);
        });
    }
}

/// <summary>Each dy goes to all that its position sees, in shares of as many elements as it counts.</summary>
internal sealed record AveragePoolBackwardKernel(string Name, string Comment, Window Window, bool CountPadding, int Channels, int ToStride, int GradientStride)
    : PoolKernel(Name, Comment, Window, Channels)
{
    public override IReadOnlyList<KernelParameter> Parameters => [KernelParameter.In("dy"), KernelParameter.Out("dx"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        PoolLoops loops = Loops;
        WriteSamples(writer, dialect, [("dy", ToStride), ("dx", GradientStride)], rows =>
        {
            WriteClear(writer, dialect, rows[1], GradientStride);
            loops.Write(writer, () =>
            {
                writer.Line($"{dialect.Element} share = {dialect.At(rows[0], loops.Position)} / ({loops.Count(CountPadding)});");
                loops.WriteTaps(writer, () => writer.Line($"{dialect.At(rows[1], loops.Tap)} += share;"));
            });
        });
    }
}
