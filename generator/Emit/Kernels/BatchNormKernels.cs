using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>Where the parts of a batch normalization lie.</summary>
/// <param name="Channels">Elements of the last axis.</param>
/// <param name="Width">Elements of a sample.</param>
/// <param name="Gamma">Where γ starts, or −1.</param>
/// <param name="Beta">Where β starts, or −1.</param>
/// <param name="Mean">Where the averages of means start.</param>
/// <param name="Variance">Where those of variances start.</param>
/// <param name="Epsilon">What is added to a variance.</param>
internal readonly record struct BatchNormPlaces(int Channels, int Width, int Gamma, int Beta, int Mean, int Variance, double Epsilon);

/// <summary>y = (x − m)·s·γ + β by the statistics of the chunk in training, otherwise by the moving averages.</summary>
/// <param name="Norm">Where its parts lie.</param>
/// <param name="XStride">Elements from one sample to the next in x.</param>
/// <param name="YStride">The same of y.</param>
/// <param name="Momentum">The share that a moving average keeps; null where there is no training.</param>
/// <param name="IsUnbiased">Whether n / (n − 1) of the variance goes into its average.</param>
internal sealed record BatchNormKernel(string Name, string Comment, BatchNormPlaces Norm, int XStride, int YStride, double? Momentum, bool IsUnbiased) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters => Momentum is null
        ? [KernelParameter.In("x"), KernelParameter.In("p"), KernelParameter.Out("y"), KernelParameter.Value("int", "rows")]
        :
        [
            KernelParameter.In("x"), KernelParameter.In("p"), KernelParameter.Out("y"), KernelParameter.Out("statistics"), KernelParameter.Out("pending"),
            KernelParameter.Value("int", "rows"), KernelParameter.Value("bool", "byBatch"),
        ];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        string e = dialect.Element;
        string p(int offset) => dialect.At(dialect.Received("p"), PatchKernel.Sum(N(offset), "c"));
        using (writer.Open($"for (int c = 0; c < {N(Norm.Channels)}; c++)"))
        {
            if (Momentum is { } momentum)
                WriteStatistics(writer, context, momentum);
            else
                writer.Line($"{e} mean = {p(Norm.Mean)}, variance = {p(Norm.Variance)};");
            writer.Line($"{e} scale = 1 / {Root(context, "variance", Norm.Epsilon)};");
            if (Momentum is not null)
            {
                writer.Line($"{At(dialect, "statistics", "c")} = mean;");
                writer.Line($"{At(dialect, "statistics", N(Norm.Channels) + " + c")} = scale;");
            }

            if (Norm.Gamma >= 0)
                writer.Line($"scale *= {p(Norm.Gamma)};");
            using (writer.Open("for (int row = 0; row < rows; row++)"))
            {
                writer.Line($"for (int i = c; i < {N(Norm.Width)}; i += {N(Norm.Channels)})");
                writer.Line($"    {At(dialect, "y", Row(YStride))} = ({At(dialect, "x", Row(XStride))} - mean) * scale{(Norm.Beta < 0 ? "" : " + " + p(Norm.Beta))};");
            }
        }

        BatchNormText.WriteTail(writer, dialect, "y", Norm.Width, YStride);
        if (Momentum is { } share)
        {
            string taken = At(dialect, "pending", N(2 * Norm.Channels));
            writer.Line("if (byBatch)");
            writer.Line($"    {taken} = {dialect.Literal(1)} - {dialect.Literal(share)} + {dialect.Literal(share)} * {taken};");
        }
    }

    private void WriteStatistics(CSharpWriter writer, KernelContext context, double momentum)
    {
        Dialect dialect = context.Dialect;
        string e = dialect.Element;
        writer.Line($"{e} mean = {dialect.At(dialect.Received("p"), PatchKernel.Sum(N(Norm.Mean), "c"))}, variance = {dialect.At(dialect.Received("p"), PatchKernel.Sum(N(Norm.Variance), "c"))};");
        using (writer.Open("if (byBatch)"))
        {
            writer.Line($"{e} count = ({e})((long)rows * {N(Norm.Width / Norm.Channels)}), correction = {(IsUnbiased ? "count > 1 ? count / (count - 1) : 1" : "1")};");
            writer.Line($"{e} total = 0;");
            BatchNormText.WriteSum(writer, Norm, e, "total", $"sum += {At(dialect, "x", Row(XStride))};");
            writer.Line("mean = total / count;");
            writer.Line("total = 0;");
            BatchNormText.WriteSum(writer, Norm, e, "total", $"{e} d = {At(dialect, "x", Row(XStride))} - mean;", "sum = d * d + sum;");
            writer.Line("variance = total / count;");
            string keep = dialect.Literal(momentum), take = $"({dialect.Literal(1)} - {dialect.Literal(momentum)})";
            string sums = At(dialect, "pending", "c"), squares = At(dialect, "pending", N(Norm.Channels) + " + c");
            writer.Line($"{sums} = {keep} * {sums} + {take} * mean;");
            writer.Line($"{squares} = {keep} * {squares} + {take} * (variance * correction);");
        }
    }

    public static string Root(KernelContext context, string variance, double epsilon) =>
        new NumericText(context.Dialect.Target, context.Functions).Sqrt($"({variance} + {context.Dialect.Literal(epsilon)})");

    private static string Row(int stride) => $"row * {N(stride)} + i";

    private static string At(Dialect dialect, string name, string index) => dialect.At(dialect.Received(name), index);

    private static string N(int number) => CSharpLiteral.Of(number);
}

/// <summary>dβ = Σ dy, dγ = Σ dy·x̂, dx = γ·s·(dy − dβ / N − x̂·dγ / N), x̂ = (x − m)·s; gradients of γ and β times scale, added to what is there where add is true.</summary>
/// <param name="Norm">Where its parts lie.</param>
/// <param name="Stride">Elements from one sample to the next.</param>
/// <param name="HasInputGradient">Whether dx is wanted.</param>
/// <param name="TrainsGamma">Whether γ learns.</param>
/// <param name="TrainsBeta">Whether β learns.</param>
internal sealed record BatchNormGradientKernel(string Name, string Comment, BatchNormPlaces Norm, int Stride, bool HasInputGradient, bool TrainsGamma, bool TrainsBeta) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.In("x"), KernelParameter.In("dy"), .. HasInputGradient ? new[] { KernelParameter.Out("dx") } : [], KernelParameter.In("p"), KernelParameter.In("statistics"), KernelParameter.Out("g"),
        KernelParameter.Value("int", "rows"), KernelParameter.Value(KernelParameter.Element, "rate"), KernelParameter.Value("bool", "add"),
    ];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        string e = dialect.Element, index = $"row * {N(Stride)} + i";
        string at(string name, string place) => dialect.At(dialect.Received(name), place);
        using (writer.Open($"for (int c = 0; c < {N(Norm.Channels)}; c++)"))
        {
            writer.Line($"{e} mean = {at("statistics", "c")}, scale = {at("statistics", N(Norm.Channels) + " + c")}, beta = 0, total = 0;");
            using (writer.Open("for (int row = 0; row < rows; row++)"))
            {
                writer.Line($"{e} rowBeta = 0, rowSum = 0;");
                using (writer.Open($"for (int i = c; i < {N(Norm.Width)}; i += {N(Norm.Channels)})"))
                {
                    writer.Line($"{e} d = {at("dy", index)};");
                    writer.Line("rowBeta += d;");
                    writer.Line($"rowSum = d * ({at("x", index)} - mean) + rowSum;");
                }

                writer.Line("beta += rowBeta;");
                writer.Line("total += rowSum;");
            }

            writer.Line("total *= scale;");
            if (HasInputGradient)
            {
                string slope = Norm.Gamma < 0 ? "scale" : at("p", PatchKernel.Sum(N(Norm.Gamma), "c")) + " * scale";
                writer.Line($"{e} count = ({e})((long)rows * {N(Norm.Width / Norm.Channels)}), a = {slope}, shift = beta / count, slope = total / count * scale;");
                using (writer.Open("for (int row = 0; row < rows; row++)"))
                {
                    writer.Line($"for (int i = c; i < {N(Norm.Width)}; i += {N(Norm.Channels)})");
                    writer.Line($"    {at("dx", index)} = a * ({at("dy", index)} - shift - ({at("x", index)} - mean) * slope);");
                }
            }

            if (TrainsGamma)
                WriteResult(writer, at("g", PatchKernel.Sum(N(Norm.Gamma), "c")), "total");
            if (TrainsBeta)
                WriteResult(writer, at("g", PatchKernel.Sum(N(Norm.Beta), "c")), "beta");
        }

        if (HasInputGradient)
            BatchNormText.WriteTail(writer, dialect, "dx", Norm.Width, Stride);
    }

    private static void WriteResult(CSharpWriter writer, string place, string sum) => writer.Line($"{place} = add ? rate * {sum} + {place} : rate * {sum};");

    private static string N(int number) => CSharpLiteral.Of(number);
}

/// <summary>dx = dy·γ / √(variance + ε).</summary>
internal sealed record BatchNormScaleKernel(string Name, string Comment, BatchNormPlaces Norm, int Stride) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters => [KernelParameter.In("dy"), KernelParameter.In("p"), KernelParameter.Out("dx"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        string p(int offset) => dialect.At(dialect.Received("p"), PatchKernel.Sum(CSharpLiteral.Of(offset), "c"));
        using (writer.Open($"for (int c = 0; c < {CSharpLiteral.Of(Norm.Channels)}; c++)"))
        {
            writer.Line($"{dialect.Element} scale = 1 / {BatchNormKernel.Root(context, p(Norm.Variance), Norm.Epsilon)};");
            if (Norm.Gamma >= 0)
                writer.Line($"scale *= {p(Norm.Gamma)};");
            writer.Line("for (int row = 0; row < rows; row++)");
            writer.Line($"    for (int i = c; i < {CSharpLiteral.Of(Norm.Width)}; i += {CSharpLiteral.Of(Norm.Channels)})");
            string index = $"row * {CSharpLiteral.Of(Stride)} + i";
            writer.Line($"        {dialect.At(dialect.Received("dx"), index)} = {dialect.At(dialect.Received("dy"), index)} * scale;");
        }

        BatchNormText.WriteTail(writer, dialect, "dx", Norm.Width, Stride);
    }
}

/// <summary>The moving averages take what training passes left for them.</summary>
internal sealed record MoveAveragesKernel(string Name, string Comment, BatchNormPlaces Norm) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters => [KernelParameter.Out("p"), KernelParameter.Out("pending")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        string channels = CSharpLiteral.Of(Norm.Channels), taken = dialect.At(dialect.Received("pending"), CSharpLiteral.Of(2 * Norm.Channels));
        writer.Line($"{dialect.Element} keep = 1 - {taken};");
        using (writer.Open($"for (int c = 0; c < {channels}; c++)"))
        {
            foreach ((int offset, string at) in new[] { (Norm.Mean, "c"), (Norm.Variance, channels + " + c") })
            {
                string average = dialect.At(dialect.Received("p"), PatchKernel.Sum(CSharpLiteral.Of(offset), "c")), pending = dialect.At(dialect.Received("pending"), at);
                writer.Line($"{average} = keep * {average} + {pending};");
                writer.Line($"{pending} = 0;");
            }
        }

        writer.Line($"{taken} = 0;");
    }
}

/// <summary>What these kernels share.</summary>
internal static class BatchNormText
{
    /// <summary>A sum over all samples, of one over the positions of each.</summary>
    public static void WriteSum(CSharpWriter writer, BatchNormPlaces norm, string element, string total, params string[] statements)
    {
        using (writer.Open("for (int row = 0; row < rows; row++)"))
        {
            writer.Line($"{element} sum = 0;");
            using (writer.Open($"for (int i = c; i < {CSharpLiteral.Of(norm.Width)}; i += {CSharpLiteral.Of(norm.Channels)})"))
            {
                foreach (string statement in statements)
                    writer.Line(statement);
            }

            writer.Line($"{total} += sum;");
        }
    }

    /// <summary>Padding becomes zero.</summary>
    public static void WriteTail(CSharpWriter writer, Dialect dialect, string name, int width, int stride)
    {
        if (stride == width)
            return;
        writer.Line("for (int row = 0; row < rows; row++)");
        writer.Line($"    for (int i = {CSharpLiteral.Of(width)}; i < {CSharpLiteral.Of(stride)}; i++)");
        writer.Line($"        {dialect.At(dialect.Received(name), $"row * {CSharpLiteral.Of(stride)} + i")} = 0;");
    }
}
