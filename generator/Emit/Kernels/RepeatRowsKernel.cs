using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>y[r, c] = x[c] for the rows of each sample.</summary>
internal sealed record RepeatRowsKernel(string Name, string Comment, int Columns, int Width, int XStride, int YStride, int Line)
    : SampleRowsKernel(Name, Comment, Columns, Width, XStride, YStride, Line)
{
    protected override int Written => Width;

    protected override void WriteSample(CSharpWriter writer, Dialect dialect, Pointer x, Pointer y) =>
        SampleRows.Write(writer, Columns, Width, start => RowLoop.Write(
            writer,
            dialect,
            Columns,
            o => writer.Line(dialect.Store(y, Dialect.Plus(start, o), dialect.Load(x, o))),
            o => writer.Line($"{dialect.At(y, Dialect.Plus(start, o))} = {dialect.At(x, o)};")));
}
