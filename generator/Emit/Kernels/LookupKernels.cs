using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>A table's rows by their numbers, or, in reverse, their gradients.</summary>
/// <param name="Vocabulary">Rows of the table.</param>
/// <param name="Columns">Elements of a row.</param>
/// <param name="Steps">Numbers of a sample.</param>
/// <param name="Strides">From one sample to the next, of numbers and of rows.</param>
/// <param name="Offset">Where the table starts.</param>
/// <param name="IsGradient">Whether rows are added to the table's gradient.</param>
internal sealed record LookupKernel(string Name, string Comment, int Vocabulary, int Columns, int Steps, (int Numbers, int Rows) Strides, int Offset, bool IsGradient) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters => IsGradient
        ? [KernelParameter.In("x"), KernelParameter.In("dy"), KernelParameter.Out("gradients"), KernelParameter.Value("int", "rows"), KernelParameter.Value(KernelParameter.Element, "scale"), KernelParameter.Value("bool", "add")]
        : [KernelParameter.In("x"), KernelParameter.In("w"), KernelParameter.Out("y"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        string columns = CSharpLiteral.Of(Columns), vocabulary = CSharpLiteral.Of(Vocabulary);
        string table = IsGradient ? "gradients" : "w", other = IsGradient ? "dy" : "y";
        if (IsGradient)
        {
            writer.Line($"for (int i = add ? {CSharpLiteral.Of(Vocabulary * Columns)} : 0; i < {CSharpLiteral.Of(Vocabulary * Columns)}; i++)");
            writer.Line($"    {dialect.At(dialect.Received(table), Dialect.Plus(CSharpLiteral.Of(Offset), "i"))} = 0;");
        }

        Pointer x = dialect.Declare(writer, "rowX", dialect.Received("x")), y = dialect.Declare(writer, "row" + PassWriter.Pascal(other), dialect.Received(other));
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            using (writer.Open($"for (int t = 0; t < {CSharpLiteral.Of(Steps)}; t++)"))
            {
                writer.Line($"int id = (int){dialect.At(x, "t")};");
                writer.Line($"if (id != {dialect.At(x, "t")} || id < 0 || id >= {vocabulary})");
                writer.Line($"    throw new global::System.ArgumentException(\"An input is no whole number from 0 to {CSharpLiteral.Of(Vocabulary - 1)}.\", \"inputs\");");
                string row = Dialect.Plus(CSharpLiteral.Of(Offset), $"id * {columns} + o"), step = $"t * {columns} + o";
                writer.Line($"for (int o = 0; o < {columns}; o++)");
                writer.Line(IsGradient
                    ? $"    {dialect.At(dialect.Received(table), row)} += {dialect.At(y, step)} * scale;"
                    : $"    {dialect.At(y, step)} = {dialect.At(dialect.Received(table), row)};");
            }

            if (!IsGradient)
                SampleRows.WritePadding(writer, dialect, y, Steps * Columns, Strides.Rows);
            dialect.Advance(writer, x, CSharpLiteral.Of(Strides.Numbers));
            dialect.Advance(writer, y, CSharpLiteral.Of(Strides.Rows));
        }
    }
}
