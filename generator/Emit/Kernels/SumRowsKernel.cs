using System;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>y[c] = Σ x[r, c] over the rows of each sample.</summary>
internal sealed record SumRowsKernel(string Name, string Comment, int Columns, int Width, int XStride, int YStride, int Line)
    : SampleRowsKernel(Name, Comment, Columns, Width, XStride, YStride, Line)
{
    protected override int Written => Columns;

    protected override void WriteSample(CSharpWriter writer, Dialect dialect, Pointer x, Pointer y)
    {
        RowLoop.Write(
            writer,
            dialect,
            Columns,
            o => WriteSum(o, dialect.Load(x, o), at => dialect.Load(x, at), sum => dialect.Store(y, o, sum)),
            o => WriteSum(o, dialect.At(x, o), at => dialect.At(x, at), sum => $"{dialect.At(y, o)} = {sum};"));

        void WriteSum(string o, string first, Func<string, string> load, Func<string, string> store)
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
