using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>y[…, c] = x[…, c]·w[c]: every row of every sample times one row of parameters. Padding is set to zero.</summary>
/// <param name="Columns">Elements of the row of parameters.</param>
/// <param name="Width">Elements of a sample.</param>
/// <param name="Stride">Elements from one sample to the next.</param>
/// <param name="Offset">Where the row of parameters starts.</param>
/// <param name="Line">Elements of a cache line.</param>
internal sealed record MultiplyRowKernel(string Name, string Comment, int Columns, int Width, int Stride, int Offset, int Line) : Kernel(Name, Comment)
{
    public override int MaximumLanes => RowLoop.Lanes(Columns, Line);

    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.In("x"), KernelParameter.In("w"), KernelParameter.Out("y"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer x = dialect.Declare(writer, "rowX", dialect.Received("x"));
        Pointer y = dialect.Declare(writer, "rowY", dialect.Received("y"));
        Pointer w = dialect.Declare(writer, "factors", dialect.Received("w"), CSharpLiteral.Of(Offset));
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            SampleRows.Write(writer, Columns, Width, start => RowLoop.Write(
                writer,
                dialect,
                Columns,
                o => writer.Line(dialect.Store(y, Dialect.Plus(start, o), $"{dialect.Load(x, Dialect.Plus(start, o))} * {dialect.Load(w, o)}")),
                o => writer.Line($"{dialect.At(y, Dialect.Plus(start, o))} = {dialect.At(x, Dialect.Plus(start, o))} * {dialect.At(w, o)};")));
            SampleRows.WritePadding(writer, dialect, y, Width, Stride);
            dialect.Advance(writer, x, CSharpLiteral.Of(Stride));
            dialect.Advance(writer, y, CSharpLiteral.Of(Stride));
        }
    }
}
