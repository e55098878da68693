using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>Batch normalization: channels fill the lanes. Sums are taken sample by sample, so that none has many terms, and in the same order at every width.</summary>
internal static class BatchNormUnits
{
    public const string Statistics = "BatchStatistics", Apply = "NormalizeByStatistics", Averages = "StatisticsOfAverages", Backward = "BatchNormGradient", Scale = "ScaleByDeviation", Move = "MoveAverage";

    private const string Tail = "where W1 : struct, IWidth<V1> where V1 : struct";

    public static IEnumerable<Unit> All =>
    [
        new("BatchStatisticsOf", $$"""
            // Mean and 1 / √(variance + ε) of one vector of channels, over all positions and samples; both go into what the next update takes.
            {{Unit.Optimized}} internal static void BatchStatisticsOf<W, V>(ref float x, int stride, int channels, int width, int rows, ref float mean, ref float scale, ref float sums, ref float squares, float epsilon, float momentum, bool isUnbiased) {{Unit.Where}}
            {
                float count = (float)((long)rows * (width / channels)), correction = isUnbiased && count > 1 ? count / (count - 1) : 1;
                V total = W.Zero, counts = W.Create(count);
                for (int n = 0; n < rows; n++)
                {
                    ref float row = ref Unsafe.Add(ref x, (nint)n * stride);
                    V sum = W.Load(ref row);
                    for (int at = channels; at < width; at += channels)
                        sum = W.Add(sum, W.Load(ref Unsafe.Add(ref row, at)));
                    total = W.Add(total, sum);
                }
                V m = W.Divide(total, counts);
                total = W.Zero;
                for (int n = 0; n < rows; n++)
                {
                    ref float row = ref Unsafe.Add(ref x, (nint)n * stride);
                    V sum = W.Zero;
                    for (int at = 0; at < width; at += channels)
                    {
                        V d = W.Subtract(W.Load(ref Unsafe.Add(ref row, at)), m);
                        sum = W.MultiplyAdd(d, d, sum);
                    }
                    total = W.Add(total, sum);
                }
                V v = W.Divide(total, counts), keep = W.Create(momentum), take = W.Create(1 - momentum);
                W.Store(m, ref mean);
                W.Store(W.Divide(W.Create(1), W.Sqrt(W.Add(v, W.Create(epsilon)))), ref scale);
                W.Store(W.MultiplyAdd(keep, W.Load(ref sums), W.Multiply(take, m)), ref sums);
                W.Store(W.MultiplyAdd(keep, W.Load(ref squares), W.Multiply(take, W.Multiply(v, W.Create(correction)))), ref squares);
            }
            """),
        new(Statistics, $$"""
            // The same of all channels, and the share of the old averages that the next update replaces.
            internal static void {{Statistics}}<W, V, W1, V1>(ref float x, int stride, int channels, int width, int rows, ref float statistics, ref float pending, float epsilon, float momentum, bool isUnbiased) {{Unit.Where}} {{Tail}}
            {
                int c = 0;
                for (; c <= channels - W.Count; c += W.Count)
                    BatchStatisticsOf<W, V>(ref Unsafe.Add(ref x, c), stride, channels, width, rows, ref Unsafe.Add(ref statistics, c), ref Unsafe.Add(ref statistics, channels + c), ref Unsafe.Add(ref pending, c), ref Unsafe.Add(ref pending, channels + c), epsilon, momentum, isUnbiased);
                for (; c < channels; c++)
                    BatchStatisticsOf<W1, V1>(ref Unsafe.Add(ref x, c), stride, channels, width, rows, ref Unsafe.Add(ref statistics, c), ref Unsafe.Add(ref statistics, channels + c), ref Unsafe.Add(ref pending, c), ref Unsafe.Add(ref pending, channels + c), epsilon, momentum, isUnbiased);
                ref float taken = ref Unsafe.Add(ref pending, 2 * channels);
                taken = 1 - momentum + momentum * taken;
            }
            """) { Units = ["BatchStatisticsOf"] },
        new(Averages, $$"""
            // Mean and 1 / √(variance + ε) of the moving averages.
            internal static void {{Averages}}(ref float mean, ref float variance, int channels, ref float statistics, float epsilon)
            {
                for (int c = 0; c < channels; c++)
                {
                    Unsafe.Add(ref statistics, c) = Unsafe.Add(ref mean, c);
                    Unsafe.Add(ref statistics, channels + c) = 1 / global::System.MathF.Sqrt(Unsafe.Add(ref variance, c) + epsilon);
                }
            }
            """) { InDouble = $$"""
            // Mean and 1 / √(variance + ε) of the moving averages.
            internal static void {{Averages}}(ref double mean, ref double variance, int channels, ref double statistics, double epsilon)
            {
                for (int c = 0; c < channels; c++)
                {
                    Unsafe.Add(ref statistics, c) = Unsafe.Add(ref mean, c);
                    Unsafe.Add(ref statistics, channels + c) = 1 / global::System.Math.Sqrt(Unsafe.Add(ref variance, c) + epsilon);
                }
            }
            """ },
        new("NormalizeOne", $$"""
            // One vector of channels of all positions and samples.
            {{Unit.Optimized}} internal static void NormalizeOne<W, V>(ref float x, int xStride, ref float y, int yStride, int channels, int width, int rows, float mean1, ref float mean, ref float scale, ref float gamma, bool hasGamma, ref float beta, bool hasBeta) {{Unit.Where}}
            {
                V m = W.Load(ref mean), a = W.Load(ref scale), b = hasBeta ? W.Load(ref beta) : W.Zero;
                if (hasGamma)
                    a = W.Multiply(a, W.Load(ref gamma));
                for (int n = 0; n < rows; n++)
                {
                    ref float from = ref Unsafe.Add(ref x, (nint)n * xStride), to = ref Unsafe.Add(ref y, (nint)n * yStride);
                    for (int at = 0; at < width; at += channels)
                        W.Store(W.MultiplyAdd(W.Subtract(W.Load(ref Unsafe.Add(ref from, at)), m), a, b), ref Unsafe.Add(ref to, at));
                }
            }
            """.Replace("float mean1, ", "")),
        new(Apply, $$"""
            // y = (x - mean)·scale·γ + β, each of a channel.
            internal static void {{Apply}}<W, V, W1, V1>(ref float x, int xStride, ref float y, int yStride, int channels, int width, int rows, ref float statistics, ref float gamma, bool hasGamma, ref float beta, bool hasBeta) {{Unit.Where}} {{Tail}}
            {
                int c = 0;
                for (; c <= channels - W.Count; c += W.Count)
                    NormalizeOne<W, V>(ref Unsafe.Add(ref x, c), xStride, ref Unsafe.Add(ref y, c), yStride, channels, width, rows, ref Unsafe.Add(ref statistics, c), ref Unsafe.Add(ref statistics, channels + c), ref Unsafe.Add(ref gamma, c), hasGamma, ref Unsafe.Add(ref beta, c), hasBeta);
                for (; c < channels; c++)
                    NormalizeOne<W1, V1>(ref Unsafe.Add(ref x, c), xStride, ref Unsafe.Add(ref y, c), yStride, channels, width, rows, ref Unsafe.Add(ref statistics, c), ref Unsafe.Add(ref statistics, channels + c), ref Unsafe.Add(ref gamma, c), hasGamma, ref Unsafe.Add(ref beta, c), hasBeta);
            }
            """) { Units = ["NormalizeOne"] },
        new("BatchNormGradientOf", $$"""
            // One vector of channels: dβ = Σ dy, dγ = Σ dy·x̂, dx = γ·scale·(dy - dβ / N - x̂·dγ / N), x̂ = (x - mean)·scale.
            {{Unit.Optimized}} internal static void BatchNormGradientOf<W, V>(ref float x, int stride, ref float dy, ref float dx, bool hasDx, int channels, int width, int rows, ref float mean, ref float scale, ref float gamma, bool hasGamma, ref float dGamma, bool hasDGamma, ref float dBeta, bool hasDBeta, float rate, bool add) {{Unit.Where}}
            {
                V m = W.Load(ref mean), s = W.Load(ref scale), beta = W.Zero, sum = W.Zero;
                for (int n = 0; n < rows; n++)
                {
                    ref float xr = ref Unsafe.Add(ref x, (nint)n * stride), dr = ref Unsafe.Add(ref dy, (nint)n * stride);
                    V rowBeta = W.Zero, rowSum = W.Zero;
                    for (int at = 0; at < width; at += channels)
                    {
                        V d = W.Load(ref Unsafe.Add(ref dr, at));
                        rowBeta = W.Add(rowBeta, d);
                        rowSum = W.MultiplyAdd(d, W.Subtract(W.Load(ref Unsafe.Add(ref xr, at)), m), rowSum);
                    }
                    beta = W.Add(beta, rowBeta); sum = W.Add(sum, rowSum);
                }
                sum = W.Multiply(sum, s);
                if (hasDx)
                {
                    V counts = W.Create((float)((long)rows * (width / channels))), a = hasGamma ? W.Multiply(W.Load(ref gamma), s) : s;
                    V shift = W.Divide(beta, counts), slope = W.Multiply(W.Divide(sum, counts), s);
                    for (int n = 0; n < rows; n++)
                    {
                        ref float xr = ref Unsafe.Add(ref x, (nint)n * stride), dr = ref Unsafe.Add(ref dy, (nint)n * stride), to = ref Unsafe.Add(ref dx, (nint)n * stride);
                        for (int at = 0; at < width; at += channels)
                        {
                            V rest = W.Subtract(W.Subtract(W.Load(ref Unsafe.Add(ref dr, at)), shift), W.Multiply(W.Subtract(W.Load(ref Unsafe.Add(ref xr, at)), m), slope));
                            W.Store(W.Multiply(a, rest), ref Unsafe.Add(ref to, at));
                        }
                    }
                }
                V rates = W.Create(rate);
                if (hasDGamma)
                    W.Store(add ? W.MultiplyAdd(rates, sum, W.Load(ref dGamma)) : W.Multiply(rates, sum), ref dGamma);
                if (hasDBeta)
                    W.Store(add ? W.MultiplyAdd(rates, beta, W.Load(ref dBeta)) : W.Multiply(rates, beta), ref dBeta);
            }
            """),
        new(Backward, $$"""
            // The same of all channels; gradients of γ and β are multiplied by rate, and added to what is there if add is true.
            internal static void {{Backward}}<W, V, W1, V1>(ref float x, int stride, ref float dy, ref float dx, bool hasDx, int channels, int width, int rows, ref float statistics, ref float gamma, bool hasGamma, ref float dGamma, bool hasDGamma, ref float dBeta, bool hasDBeta, float rate, bool add) {{Unit.Where}} {{Tail}}
            {
                int c = 0;
                for (; c <= channels - W.Count; c += W.Count)
                    BatchNormGradientOf<W, V>(ref Unsafe.Add(ref x, c), stride, ref Unsafe.Add(ref dy, c), ref Unsafe.Add(ref dx, c), hasDx, channels, width, rows, ref Unsafe.Add(ref statistics, c), ref Unsafe.Add(ref statistics, channels + c), ref Unsafe.Add(ref gamma, c), hasGamma, ref Unsafe.Add(ref dGamma, c), hasDGamma, ref Unsafe.Add(ref dBeta, c), hasDBeta, rate, add);
                for (; c < channels; c++)
                    BatchNormGradientOf<W1, V1>(ref Unsafe.Add(ref x, c), stride, ref Unsafe.Add(ref dy, c), ref Unsafe.Add(ref dx, c), hasDx, channels, width, rows, ref Unsafe.Add(ref statistics, c), ref Unsafe.Add(ref statistics, channels + c), ref Unsafe.Add(ref gamma, c), hasGamma, ref Unsafe.Add(ref dGamma, c), hasDGamma, ref Unsafe.Add(ref dBeta, c), hasDBeta, rate, add);
            }
            """) { Units = ["BatchNormGradientOf"] },
        new(Scale, $$"""
            // dx[…, c] = dy[…, c]·γ[c] / √(variance[c] + ε).
            {{Unit.Optimized}} internal static void {{Scale}}<W, V, W1, V1>(ref float dy, ref float dx, int stride, int channels, int width, int rows, ref float variance, ref float gamma, bool hasGamma, float epsilon) {{Unit.Where}} {{Tail}}
            {
                int c = 0;
                for (; c <= channels - W.Count; c += W.Count)
                    ScaleOne<W, V>(ref Unsafe.Add(ref dy, c), ref Unsafe.Add(ref dx, c), stride, channels, width, rows, ref Unsafe.Add(ref variance, c), ref Unsafe.Add(ref gamma, c), hasGamma, epsilon);
                for (; c < channels; c++)
                    ScaleOne<W1, V1>(ref Unsafe.Add(ref dy, c), ref Unsafe.Add(ref dx, c), stride, channels, width, rows, ref Unsafe.Add(ref variance, c), ref Unsafe.Add(ref gamma, c), hasGamma, epsilon);
            }
            """) { Units = ["ScaleOne"] },
        new("ScaleOne", $$"""
            // One vector of channels of all positions and samples.
            {{Unit.Optimized}} internal static void ScaleOne<W, V>(ref float dy, ref float dx, int stride, int channels, int width, int rows, ref float variance, ref float gamma, bool hasGamma, float epsilon) {{Unit.Where}}
            {
                V a = W.Divide(W.Create(1), W.Sqrt(W.Add(W.Load(ref variance), W.Create(epsilon))));
                if (hasGamma)
                    a = W.Multiply(a, W.Load(ref gamma));
                for (int n = 0; n < rows; n++)
                {
                    ref float from = ref Unsafe.Add(ref dy, (nint)n * stride), to = ref Unsafe.Add(ref dx, (nint)n * stride);
                    for (int at = 0; at < width; at += channels)
                        W.Store(W.Multiply(W.Load(ref Unsafe.Add(ref from, at)), a), ref Unsafe.Add(ref to, at));
                }
            }
            """),
        new(Move, $$"""
            // The moving averages take what training passes left for them.
            internal static void {{Move}}(ref float mean, ref float variance, int channels, ref float pending)
            {
                ref float taken = ref Unsafe.Add(ref pending, 2 * channels);
                float keep = 1 - taken;
                for (int c = 0; c < channels; c++)
                {
                    Unsafe.Add(ref mean, c) = keep * Unsafe.Add(ref mean, c) + Unsafe.Add(ref pending, c);
                    Unsafe.Add(ref variance, c) = keep * Unsafe.Add(ref variance, c) + Unsafe.Add(ref pending, channels + c);
                    Unsafe.Add(ref pending, c) = 0;
                    Unsafe.Add(ref pending, channels + c) = 0;
                }
                taken = 0;
            }
            """),
    ];
}
