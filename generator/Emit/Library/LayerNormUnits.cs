using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>Normalization of each run of a sample's elements by its own mean and variance.</summary>
internal static class LayerNormUnits
{
    private const string Moments = "Moments", SquareSum = "SquareSum";

    private const string Normalized = "W.Multiply(W.Subtract(W.Load(ref Unsafe.Add(ref source, c)), means), inverses)";

    private static readonly (string, string)[] Singles = [("means", "mean"), ("inverses", "inverse"), ("scales", "scale"), ("averages", "average"), ("shares", "share")];

    /// <summary>"LayerNormScaleOffset": the kernel with what there is.</summary>
    public static string Name(bool hasScale, bool hasOffset, string suffix = "") => $"LayerNorm{suffix}{(hasScale ? "Scale" : "")}{(hasOffset ? "Offset" : "")}";

    public static IEnumerable<Unit> All =>
    [
        new(Moments, $$"""
            // The mean of a run, and 1 / √(variance + ε).
            {{Unit.Inlined}} internal static float {{Moments}}<W, V>(ref float source, int width, float epsilon, out float inverse) {{Unit.Where}}
            {
                V sums = W.Zero;
                int o = 0;
                for (; o <= width - W.Count; o += W.Count)
                    sums = W.Add(sums, W.Load(ref Unsafe.Add(ref source, o)));
                float sum = W.Sum(sums);
                for (; o < width; o++)
                    sum += Unsafe.Add(ref source, o);
                float mean = sum / width;
                V means = W.Create(mean);
                sums = W.Zero;
                for (o = 0; o <= width - W.Count; o += W.Count)
                {
                    V difference = W.Subtract(W.Load(ref Unsafe.Add(ref source, o)), means);
                    sums = W.MultiplyAdd(difference, difference, sums);
                }
                sum = W.Sum(sums);
                for (; o < width; o++)
                {
                    float difference = Unsafe.Add(ref source, o) - mean;
                    sum += difference * difference;
                }
                inverse = 1 / W1.Sqrt(sum / width + epsilon);
                return mean;
            }
            """)
        {
            Ordered = $$"""
            // The mean of a run, and 1 / √(variance + ε).
            {{Unit.Inlined}} internal static float {{Moments}}<W, V>(ref float source, int width, float epsilon, out float inverse) {{Unit.Where}}
            {
                float mean = {{RowUnits.RowSum}}(ref source, width) / width;
                inverse = 1 / W1.Sqrt({{SquareSum}}(ref source, width, mean) / width + epsilon);
                return mean;
            }
            """,
            OrderedUnits = [RowUnits.RowSum, SquareSum],
        },
        new(SquareSum, Squares("float", """
                if (Vector128.IsHardwareAccelerated)
                {
                    Vector128<float> sums = Vector128<float>.Zero, means = Vector128.Create(mean);
                    for (; o <= width - 4; o += 4)
                    {
                        Vector128<float> differences = Vector128.LoadUnsafe(ref Unsafe.Add(ref row, o)) - means;
                        sums += differences * differences;
                    }
                    sum0 = Vector128.ToScalar(sums); sum1 = Vector128.GetElement(sums, 1); sum2 = Vector128.GetElement(sums, 2); sum3 = Vector128.GetElement(sums, 3);
                }

            """))
        {
            InDouble = Squares("double", ""),
        },
        Forward(true, true), Forward(true, false), Forward(false, true), Forward(false, false),
        Backward(true), Backward(false),
        Gradient(true, true), Gradient(true, false), Gradient(false, true),
    ];

    /// <summary>Squares in the order of <see cref="RowUnits.RowSum"/>.</summary>
    private static string Squares(string element, string vectors) => $$"""
        // Σ (x - mean)² of a row: element o goes into sum o mod 4, in this order at every width.
        {{Unit.Inlined}} internal static {{element}} {{SquareSum}}(ref {{element}} row, int width, {{element}} mean)
        {
            {{element}} sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0, difference;
            int o = 0;
        {{vectors}}    for (; o <= width - 4; o += 4)
            {
                difference = Unsafe.Add(ref row, o) - mean; sum0 += difference * difference; difference = Unsafe.Add(ref row, o + 1) - mean; sum1 += difference * difference;
                difference = Unsafe.Add(ref row, o + 2) - mean; sum2 += difference * difference; difference = Unsafe.Add(ref row, o + 3) - mean; sum3 += difference * difference;
            }
            if (o < width) { difference = Unsafe.Add(ref row, o) - mean; sum0 += difference * difference; }
            if (o + 1 < width) { difference = Unsafe.Add(ref row, o + 1) - mean; sum1 += difference * difference; }
            if (o + 2 < width) { difference = Unsafe.Add(ref row, o + 2) - mean; sum2 += difference * difference; }
            return sum0 + sum1 + (sum2 + sum3);
        }
        """;

    private static Unit Forward(bool hasScale, bool hasOffset)
    {
        string parameters = (hasScale ? "ref float gamma, " : "") + (hasOffset ? "ref float beta, " : "");
        const string Gamma = "W.Load(ref Unsafe.Add(ref gamma, c))", Beta = "W.Load(ref Unsafe.Add(ref beta, c))";
        string result = (hasScale, hasOffset) switch
        {
            (true, true) => $"W.MultiplyAdd({Normalized}, {Gamma}, {Beta})",
            (true, false) => $"W.Multiply({Normalized}, {Gamma})",
            (false, true) => $"W.Add({Normalized}, {Beta})",
            _ => Normalized,
        };
        string formula = "n" + (hasScale ? "·γ" : "") + (hasOffset ? " + β" : "");
        return new(Name(hasScale, hasOffset), $$"""
            // to = {{formula}}, n = (from - mean) / √(variance + ε) for each `width` of the `count·width` elements of a sample; the padding of the target becomes zero.
            {{Unit.Optimized}} internal static void {{Name(hasScale, hasOffset)}}<W, V>(ref float from, int fromStride, {{parameters}}ref float to, int toStride, int width, int count, float epsilon, int rows) {{Unit.Where}}
            {
                for (; rows > 0; rows--)
                {
                    ref float source = ref from, target = ref to;
                    for (int n = count; n > 0; n--)
                    {
                        float mean = {{Moments}}<W, V>(ref source, width, epsilon, out float inverse);
                        V means = W.Create(mean), inverses = W.Create(inverse);
            {{Unit.Indented(3, Unit.ByLanes("width", $"W.Store({result}, ref Unsafe.Add(ref target, c));", Singles))}}
                        source = ref Unsafe.Add(ref source, width); target = ref Unsafe.Add(ref target, width);
                    }
                    for (int o = width * count; o < toStride; o++)
                        Unsafe.Add(ref to, o) = 0;
                    from = ref Unsafe.Add(ref from, fromStride); to = ref Unsafe.Add(ref to, toStride);
                }
            }
            """) { Units = [Moments] };
    }

    private static Unit Backward(bool hasScale)
    {
        string name = Name(hasScale, false, "Backward");
        string slope = hasScale ? "W.Multiply(W.Load(ref Unsafe.Add(ref slopes, c)), W.Load(ref Unsafe.Add(ref gamma, c)))" : "W.Load(ref Unsafe.Add(ref slopes, c))";
        return new(name, Text($$"""
            V sums = W.Zero, products = W.Zero;
            int o = 0;
            for (; o <= width - W.Count; o += W.Count)
            {
                V g = {{slope.Replace(", c)", ", o)")}};
                sums = W.Add(sums, g);
                products = W.MultiplyAdd(g, {{Normalized.Replace(", c)", ", o)")}}, products);
            }
            float average = W.Sum(sums), share = W.Sum(products);
            for (; o < width; o++)
            {
                float g = {{Single(slope).Replace(", c)", ", o)")}};
                average += g;
                share += g * {{Single(Normalized).Replace(", c)", ", o)")}};
            }
            """))
        {
            // Both sums by way of memory, where the order is the same at every width.
            Ordered = Text($$"""
            {{Unit.ByLanes("width", $"W.Store({slope}, ref Unsafe.Add(ref target, c));", Singles)}}
            float average = {{RowUnits.RowSum}}(ref target, width);
            {{Again("width", $"W.Store(W.Multiply({slope}, {Normalized}), ref Unsafe.Add(ref target, c));")}}
            float share = {{RowUnits.RowSum}}(ref target, width);
            """, isAgain: true),
            Units = [Moments],
            OrderedUnits = [RowUnits.RowSum],
        };

        string Result() => $"W.Store(W.Multiply(W.Subtract(W.Subtract({slope}, averages), W.Multiply({Normalized}, shares)), inverses), ref Unsafe.Add(ref target, c));";

        static string Again(string count, string body) => Unit.ByLanes(count, body, Singles).Replace("int c = 0;", "c = 0;");

        string Text(string sums, bool isAgain = false) => $$"""
            // dx = (g - mean g - n·mean(g·n)) / √(variance + ε), g = dy{{(hasScale ? "·γ" : "")}} and n the normalized x, for each `width` elements; the padding becomes zero.
            {{Unit.Optimized}} internal static void {{name}}<W, V>(ref float x, int xStride, ref float dy, {{(hasScale ? "ref float gamma, " : "")}}ref float dx, int stride, int width, int count, float epsilon, int rows) {{Unit.Where}}
            {
                for (; rows > 0; rows--)
                {
                    ref float source = ref x, slopes = ref dy, target = ref dx;
                    for (int n = count; n > 0; n--)
                    {
                        float mean = {{Moments}}<W, V>(ref source, width, epsilon, out float inverse);
                        V means = W.Create(mean), inverses = W.Create(inverse);
            {{Unit.Indented(3, sums)}}
                        average /= width;
                        share /= width;
                        V averages = W.Create(average), shares = W.Create(share);
            {{Unit.Indented(3, isAgain ? Again("width", Result()) : Unit.ByLanes("width", Result(), Singles))}}
                        source = ref Unsafe.Add(ref source, width); slopes = ref Unsafe.Add(ref slopes, width); target = ref Unsafe.Add(ref target, width);
                    }
                    for (int o = width * count; o < stride; o++)
                        Unsafe.Add(ref dx, o) = 0;
                    x = ref Unsafe.Add(ref x, xStride); dy = ref Unsafe.Add(ref dy, stride); dx = ref Unsafe.Add(ref dx, stride);
                }
            }
            """;
    }

    private static Unit Gradient(bool hasScale, bool hasOffset)
    {
        string name = Name(hasScale, hasOffset, "Gradient");
        string parameters = (hasScale ? "ref float gamma, " : "") + (hasOffset ? "ref float beta, " : "");
        string clear = (hasScale ? "Unsafe.Add(ref gamma, o) = 0; " : "") + (hasOffset ? "Unsafe.Add(ref beta, o) = 0; " : "");
        string moments = hasScale ? $"\n            float mean = {Moments}<W, V>(ref source, width, epsilon, out float inverse);\n            V means = W.Create(mean), inverses = W.Create(inverse);" : "";
        string body = "V g = W.Multiply(W.Load(ref Unsafe.Add(ref slopes, c)), scales);"
            + (hasScale ? $"\nW.Store(W.MultiplyAdd(g, {Normalized}, W.Load(ref Unsafe.Add(ref gamma, c))), ref Unsafe.Add(ref gamma, c));" : "")
            + (hasOffset ? "\nW.Store(W.Add(W.Load(ref Unsafe.Add(ref beta, c)), g), ref Unsafe.Add(ref beta, c));" : "");
        return new(name, $$"""
            // {{(hasScale ? "dγ = Σ scale·dy·n" : "")}}{{(hasScale && hasOffset ? ", " : "")}}{{(hasOffset ? "dβ = Σ scale·dy" : "")}} over all runs and samples in order{{(hasScale ? ", n the normalized x" : "")}}, added to what is there if add is true.
            {{Unit.Optimized}} internal static void {{name}}<W, V>(ref float x, int xStride, ref float dy, int stride, {{parameters}}int width, int count, float epsilon, int rows, float scale, bool add) {{Unit.Where}}
            {
                for (int o = add ? width : 0; o < width; o++)
                {
                    {{clear.TrimEnd()}}
                }
                V scales = W.Create(scale);
                for (; rows > 0; rows--)
                {
                    ref float source = ref x, slopes = ref dy;
                    for (int n = count; n > 0; n--)
                    {{{moments}}
            {{Unit.Indented(3, Unit.ByLanes("width", body, Singles))}}
                        source = ref Unsafe.Add(ref source, width); slopes = ref Unsafe.Add(ref slopes, width);
                    }
                    x = ref Unsafe.Add(ref x, xStride); dy = ref Unsafe.Add(ref dy, stride);
                }
            }
            """) { Units = hasScale ? [Moments] : [] };
    }

    private static string Single(string text)
    {
        text = text.Replace("W.", "W1.");
        foreach ((string vector, string single) in Singles)
            text = text.Replace(vector, single);
        return text;
    }
}
