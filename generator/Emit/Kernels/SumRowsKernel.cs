using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>y[c] = Σ x[r, c] over the rows of each sample. Padding is set to zero.</summary>
/// <param name="Columns">Elements of one row.</param>
/// <param name="Width">Elements of all rows of a sample.</param>
/// <param name="XStride">Elements from one sample of x to the next.</param>
/// <param name="YStride">The same of y.</param>
/// <param name="Line">Elements of a cache line.</param>
internal sealed record SumRowsKernel(string Name, string Comment, int Columns, int Width, int XStride, int YStride, int Line) : Kernel(Name, Comment)
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
            RowLoop.Write(
                writer,
                dialect,
                Columns,
                o => WriteSum(o, dialect.Load(x, o), at => dialect.Load(x, at), sum => dialect.Store(y, o, sum)),
                o => WriteSum(o, dialect.At(x, o), at => dialect.At(x, at), sum => $"{dialect.At(y, o)} = {sum};"));
            SampleRows.WritePadding(writer, dialect, y, Columns, YStride);
            dialect.Advance(writer, x, CSharpLiteral.Of(XStride));
            dialect.Advance(writer, y, CSharpLiteral.Of(YStride));
        }

        void WriteSum(string o, string first, System.Func<string, string> load, System.Func<string, string> store)
        {
            string sum = "sum" + o;
            writer.Line($"var {sum} = {first};");
            if (Width > Columns)
            {
                writer.Line($"for (int at = {CSharpLiteral.Of(Columns)}; at < {CSharpLiteral.Of(Width)}; at += {CSharpLiteral.Of(Columns)})");
                writer.Line($"    {sum} += {load(Dialect.Plus("at", o))};");
            }

            writer.Line(store(sum));
        }
    }
}
