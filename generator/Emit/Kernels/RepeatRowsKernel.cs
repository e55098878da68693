using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>y[r, c] = x[c] for the rows of each sample. Padding is set to zero.</summary>
/// <param name="Columns">Elements of one row.</param>
/// <param name="Width">Elements of all rows of a sample.</param>
/// <param name="XStride">Elements from one sample of x to the next.</param>
/// <param name="YStride">The same of y.</param>
/// <param name="Line">Elements of a cache line.</param>
internal sealed record RepeatRowsKernel(string Name, string Comment, int Columns, int Width, int XStride, int YStride, int Line) : Kernel(Name, Comment)
{
    public override int MaximumLanes => RowLoop.Lanes(Columns, Line);

    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.In("x"), KernelParameter.Out("y"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer x = dialect.Declare(writer, "rowX", dialect.Received("x"));
        Pointer y = dialect.Declare(writer, "rowY", dialect.Received("y"));
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            SampleRows.Write(writer, Columns, Width, start => RowLoop.Write(
                writer,
                dialect,
                Columns,
                o => writer.Line(dialect.Store(y, Dialect.Plus(start, o), dialect.Load(x, o))),
                o => writer.Line($"{dialect.At(y, Dialect.Plus(start, o))} = {dialect.At(x, o)};")));
            SampleRows.WritePadding(writer, dialect, y, Width, YStride);
            dialect.Advance(writer, x, CSharpLiteral.Of(XStride));
            dialect.Advance(writer, y, CSharpLiteral.Of(YStride));
        }
    }
}
