using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>From the rows of which each sample of x consists to those of y, sample by sample. Padding of y is set to zero.</summary>
/// <param name="Columns">Elements of one row.</param>
/// <param name="Width">Elements of all rows of a sample.</param>
/// <param name="XStride">Elements from one sample of x to the next.</param>
/// <param name="YStride">The same of y.</param>
/// <param name="Line">Elements of a cache line.</param>
internal abstract record SampleRowsKernel(string Name, string Comment, int Columns, int Width, int XStride, int YStride, int Line) : Kernel(Name, Comment)
{
    public override int MaximumLanes => RowLoop.Lanes(Columns, Line);

    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.In("x"), KernelParameter.Out("y"), KernelParameter.Value("int", "rows")];

    /// <summary>Elements of a sample of y.</summary>
    protected abstract int Written { get; }

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer x = dialect.Declare(writer, "rowX", dialect.Received("x"));
        Pointer y = dialect.Declare(writer, "rowY", dialect.Received("y"));
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            WriteSample(writer, dialect, x, y);
            SampleRows.WritePadding(writer, dialect, y, Written, YStride);
            dialect.Advance(writer, x, CSharpLiteral.Of(XStride));
            dialect.Advance(writer, y, CSharpLiteral.Of(YStride));
        }
    }

    /// <summary>Writes the statements for the sample that starts at both pointers.</summary>
    protected abstract void WriteSample(CSharpWriter writer, Dialect dialect, Pointer x, Pointer y);
}
