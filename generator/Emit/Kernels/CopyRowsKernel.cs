using System;
using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>Copies rows of one stride into rows of another, and fills the padding of the target with zeros.</summary>
internal sealed record CopyRowsKernel(string Name, string Comment, int Width, int FromStride, int ToStride) : Kernel(Name, Comment)
{
    /// <summary>As wide as a row: both rows have so many elements, whatever their padding.</summary>
    public override int MaximumLanes
    {
        get
        {
            int lanes = 1;
            while (lanes < 16 && 2 * lanes <= Width)
                lanes *= 2;
            return lanes;
        }
    }

    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.In("from"), KernelParameter.Out("to"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer from = dialect.Declare(writer, "rowFrom", dialect.Received("from"));
        Pointer to = dialect.Declare(writer, "rowTo", dialect.Received("to"));
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            if (dialect.Lanes > 1 && Width >= dialect.Lanes)
                WriteVectors(writer, dialect, from, to);
            else
                Loop(writer, 0, Width, o => $"{dialect.At(to, o)} = {dialect.At(from, o)};");
            Loop(writer, Width, ToStride, o => $"{dialect.At(to, o)} = 0;");
            dialect.Advance(writer, from, CSharpLiteral.Of(FromStride));
            dialect.Advance(writer, to, CSharpLiteral.Of(ToStride));
        }
    }

    /// <summary>Whole vectors, and one more that ends with the row and copies some elements again.</summary>
    private void WriteVectors(CSharpWriter writer, Dialect dialect, Pointer from, Pointer to)
    {
        int whole = Width / dialect.Lanes * dialect.Lanes;
        if (whole == dialect.Lanes)
            writer.Line(dialect.Store(to, "0", dialect.Load(from, "0")));
        else
        {
            writer.Line($"for (int o = 0; o < {CSharpLiteral.Of(whole)}; o += {CSharpLiteral.Of(dialect.Lanes)})");
            writer.Line("    " + dialect.Store(to, "o", dialect.Load(from, "o")));
        }

        if (whole < Width)
        {
            string last = CSharpLiteral.Of(Width - dialect.Lanes);
            writer.Line(dialect.Store(to, last, dialect.Load(from, last)));
        }
    }

    private static void Loop(CSharpWriter writer, int start, int end, Func<string, string> body)
    {
        if (end - start <= Machine.FewElements)
        {
            for (int o = start; o < end; o++)
                writer.Line(body(CSharpLiteral.Of(o)));
            return;
        }

        writer.Line($"for (int o = {CSharpLiteral.Of(start)}; o < {CSharpLiteral.Of(end)}; o++)");
        writer.Line("    " + body("o"));
    }
}
