using System;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>Mean and deviation of runs of elements: sums in the order that all profiles share where bits must be the same.</summary>
/// <param name="Width">Elements of a run.</param>
/// <param name="Count">Runs of a sample.</param>
/// <param name="Stride">Elements from one sample to the next.</param>
/// <param name="Epsilon">Added to the variance.</param>
internal sealed record RowStatistics(int Width, int Count, int Stride, double Epsilon)
{
    /// <summary>For each run of a sample; its start is "0" or "at".</summary>
    public void WriteRuns(CSharpWriter writer, Action<string> body) => SampleRows.Write(writer, Width, Width * Count, body);

    /// <summary>Declares <c>mean</c> and <c>inverse</c>, which is 1 / √(variance + ε).</summary>
    public void Write(CSharpWriter writer, KernelContext context, Pointer x, string start)
    {
        Dialect dialect = context.Dialect;
        string width = dialect.Literal(Width);
        WriteSum(writer, dialect, "total", o => dialect.At(x, Dialect.Plus(start, o)));
        writer.Line($"{dialect.Element} mean = total / {width};");
        WriteSum(writer, dialect, "squares", o =>
        {
            string difference = $"({dialect.At(x, Dialect.Plus(start, o))} - mean)";
            return $"{difference} * {difference}";
        });
        string root = new NumericText(dialect.Target with { VectorBits = 0 }, context.Functions).Sqrt($"squares / {width} + {dialect.Literal(Epsilon)}");
        writer.Line($"{dialect.Element} inverse = {dialect.Literal(1)} / {root};");
    }

    /// <summary>The normalized element, where <see cref="Write"/> has declared its run's mean.</summary>
    public static string Normalized(Dialect dialect, Pointer x, string at) => $"({dialect.At(x, at)} - mean) * inverse";

    /// <summary>Declares the sum of a term over the elements of a run: that of element o goes into sum o mod 4.</summary>
    public void WriteSum(CSharpWriter writer, Dialect dialect, string name, Func<string, string> term)
    {
        const int Sums = Machine.RowSums;
        writer.Line($"{dialect.Element} {string.Join(", ", Enumerable.Range(0, Sums).Select(sum => $"{name}{CSharpLiteral.Of(sum)} = 0"))};");
        int whole = Width / Sums * Sums;
        if (whole > 0)
        {
            using (writer.Open($"for (int o = 0; o < {CSharpLiteral.Of(whole)}; o += {CSharpLiteral.Of(Sums)})"))
            {
                for (int sum = 0; sum < Sums; sum++)
                    writer.Line($"{name}{CSharpLiteral.Of(sum)} += {term(Dialect.Plus("o", CSharpLiteral.Of(sum)))};");
            }
        }

        for (int o = whole; o < Width; o++)
            writer.Line($"{name}{CSharpLiteral.Of(o - whole)} += {term(CSharpLiteral.Of(o))};");
        writer.Line($"{dialect.Element} {name} = {name}0 + {name}1 + ({name}2 + {name}3);");
    }
}
