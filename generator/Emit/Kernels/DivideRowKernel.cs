using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions.Helpers;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>y[…, c] = (x[…, c] − mean[c]) / deviation[c], or x[…, c] / deviation[c]. Padding of y is set to zero.</summary>
/// <param name="Columns">Elements of the rows of parameters.</param>
/// <param name="Width">Elements of a sample.</param>
/// <param name="FromStride">Elements from one sample of x to the next.</param>
/// <param name="ToStride">The same of y.</param>
/// <param name="MeanOffset">Where the means start, or -1 for none.</param>
/// <param name="DeviationOffset">Where the deviations start.</param>
/// <param name="Line">Elements of a cache line.</param>
internal sealed record DivideRowKernel(
    string Name, string Comment, int Columns, int Width, int FromStride, int ToStride, int MeanOffset, int DeviationOffset, int Line) : Kernel(Name, Comment)
{
    public override int MaximumLanes => RowLoop.Lanes(Columns, Line);

    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.In("x"), KernelParameter.In("w"), KernelParameter.Out("y"), KernelParameter.Value("int", "rows")];

    private bool HasMean => MeanOffset >= 0;

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer x = dialect.Declare(writer, "rowX", dialect.Received("x"));
        Pointer y = dialect.Declare(writer, "rowY", dialect.Received("y"));
        Pointer mean = HasMean ? dialect.Declare(writer, "means", dialect.Received("w"), CSharpLiteral.Of(MeanOffset)) : default;
        Pointer deviation = dialect.Declare(writer, "deviations", dialect.Received("w"), CSharpLiteral.Of(DeviationOffset));
        string helper = HasMean ? RangeHelpers.Normalized : RangeHelpers.Quotient;
        string vector = context.Function(helper), single = context.ScalarFunction(helper);
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            SampleRows.Write(writer, Columns, Width, start => RowLoop.Write(
                writer,
                dialect,
                Columns,
                o => writer.Line(dialect.Store(
                    y, Dialect.Plus(start, o), $"{vector}({dialect.Load(x, Dialect.Plus(start, o))}, {(HasMean ? dialect.Load(mean, o) + ", " : "")}{dialect.Load(deviation, o)})")),
                o => writer.Line(
                    $"{dialect.At(y, Dialect.Plus(start, o))} = {single}({dialect.At(x, Dialect.Plus(start, o))}, {(HasMean ? dialect.At(mean, o) + ", " : "")}{dialect.At(deviation, o)});")));
            SampleRows.WritePadding(writer, dialect, y, Width, ToStride);
            dialect.Advance(writer, x, CSharpLiteral.Of(FromStride));
            dialect.Advance(writer, y, CSharpLiteral.Of(ToStride));
        }
    }
}
