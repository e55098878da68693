using System.Collections.Generic;
using System.Text.RegularExpressions;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>Batch normalization: channels fill the lanes. Sums are taken sample by sample, so that none has many terms, and in the same order at every width.</summary>
internal static class BatchNormUnits
{
    public const string Statistics = "BatchStatistics", Apply = "NormalizeByStatistics", ApplyRectified = "RectifiedByStatistics", Averages = "StatisticsOfAverages", Backward = "BatchNormGradient", BackwardRectified = "RectifiedBatchNormGradient", Scale = "ScaleByDeviation", Move = "MoveAverage";

    private const string Tail = "where W1 : struct, IWidth<V1> where V1 : struct";

    public static IEnumerable<Unit> All =>
    [
        new("AddChannelSums", $$"""
            // Adds the sum over a sample's positions to what earlier samples left, one vector of channels.
            {{Unit.Optimized}} internal static void AddChannelSums<W, V>(ref float x, int channels, int width, ref float total, bool isFirst) {{Unit.Where}}
            {
                V sum = W.Load(ref x);
                for (int at = channels; at < width; at += channels)
                    sum = W.Add(sum, W.Load(ref Unsafe.Add(ref x, at)));
                W.Store(W.Add(isFirst ? W.Zero : W.Load(ref total), sum), ref total);
            }
            """),
        new("AddChannelSquares", $$"""
            // The same of squares of the distance from the mean.
            {{Unit.Optimized}} internal static void AddChannelSquares<W, V>(ref float x, int channels, int width, ref float mean, ref float total, bool isFirst) {{Unit.Where}}
            {
                V m = W.Load(ref mean), sum = W.Zero;
                for (int at = 0; at < width; at += channels)
                {
                    V d = W.Subtract(W.Load(ref Unsafe.Add(ref x, at)), m);
                    sum = W.MultiplyAdd(d, d, sum);
                }
                W.Store(W.Add(isFirst ? W.Zero : W.Load(ref total), sum), ref total);
            }
            """),
        new(Statistics, $$"""
            // Mean and 1 / √(variance + ε) of each channel, over all positions and samples, and what the next update takes of them: it replaces a share of the old averages.
            // Sample by sample, so that memory is read in its order.
            {{Unit.Optimized}} internal static void {{Statistics}}<W, V, W1, V1>(ref float x, int stride, int channels, int width, int rows, ref float statistics, ref float pending, float epsilon, float momentum, bool isUnbiased) {{Unit.Where}} {{Tail}}
            {
                int c;
                ref float means = ref statistics, scales = ref Unsafe.Add(ref statistics, channels), sums = ref pending, squares = ref Unsafe.Add(ref pending, channels);
                float count = (float)((long)rows * (width / channels)), correction = isUnbiased && count > 1 ? count / (count - 1) : 1;
                for (int n = 0; n < rows; n++)
                {
                    ref float row = ref Unsafe.Add(ref x, (nint)n * stride);
            {{ByChannel("AddChannelSums<W, V>(ref Unsafe.Add(ref row, c), channels, width, ref Unsafe.Add(ref means, c), n == 0);", 2)}}
                }
            {{ByChannel("W.Store(W.Divide(W.Load(ref Unsafe.Add(ref means, c)), W.Create(count)), ref Unsafe.Add(ref means, c));", 1)}}
                for (int n = 0; n < rows; n++)
                {
                    ref float row = ref Unsafe.Add(ref x, (nint)n * stride);
            {{ByChannel("AddChannelSquares<W, V>(ref Unsafe.Add(ref row, c), channels, width, ref Unsafe.Add(ref means, c), ref Unsafe.Add(ref scales, c), n == 0);", 2)}}
                }
            {{ByChannel("""
                V v = W.Divide(W.Load(ref Unsafe.Add(ref scales, c)), W.Create(count)), keep = W.Create(momentum), take = W.Create(1 - momentum);
                W.Store(W.Divide(W.Create(1), W.Sqrt(W.Add(v, W.Create(epsilon)))), ref Unsafe.Add(ref scales, c));
                W.Store(W.MultiplyAdd(keep, W.Load(ref Unsafe.Add(ref sums, c)), W.Multiply(take, W.Load(ref Unsafe.Add(ref means, c)))), ref Unsafe.Add(ref sums, c));
                W.Store(W.MultiplyAdd(keep, W.Load(ref Unsafe.Add(ref squares, c)), W.Multiply(take, W.Multiply(v, W.Create(correction)))), ref Unsafe.Add(ref squares, c));
                """, 1)}}
                ref float taken = ref Unsafe.Add(ref pending, 2 * channels);
                taken = 1 - momentum + momentum * taken;
            }
            """) { Units = ["AddChannelSums", "AddChannelSquares"] },
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
        .. Normalizing(isRectified: false),
        .. Normalizing(isRectified: true),
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

    /// <summary>Forward, and backward from the gradient of what it makes; with the rectifier behind it, which is part of both.</summary>
    private static IEnumerable<Unit> Normalizing(bool isRectified)
    {
        ActivationFunction relu = ActivationFunction.Of(Activation.Relu);
        string kind = isRectified ? "Rectified" : "", apply = isRectified ? ApplyRectified : Apply, backward = isRectified ? BackwardRectified : Backward;
        string end(string value) => isRectified ? $"Map<W, V>.{relu.ForwardHelper}({value})" : value;
        string gradient(string place) => isRectified
            ? $"Map<W, V>.{relu.BackwardHelper}(W.Load(ref Unsafe.Add(ref {place}, at)), W.MultiplyAdd(d, a, b))"
            : $"W.Load(ref Unsafe.Add(ref {place}, at))";
        string offset = isRectified ? "ref float beta, bool hasBeta, " : "", given = isRectified ? "ref Unsafe.Add(ref beta, c), hasBeta, " : "";
        string slope = isRectified ? "ref float scale, ref float gamma, bool hasGamma, ref float beta, bool hasBeta, " : "";
        string slopes = isRectified ? "ref Unsafe.Add(ref scales, c), ref Unsafe.Add(ref gamma, c), hasGamma, ref Unsafe.Add(ref beta, c), hasBeta, " : "";
        string factor = "V a = W.Load(ref scale)" + (isRectified ? ", b = hasBeta ? W.Load(ref beta) : W.Zero;" : ";") + "\n    if (hasGamma)\n        a = W.Multiply(a, W.Load(ref gamma));";
        IReadOnlyList<string> forward = isRectified ? [relu.ForwardHelper] : [], reverse = isRectified ? [relu.BackwardHelper] : [];
        yield return new($"Normalize{kind}One", $$"""
            // One vector of channels of all positions of a sample.
            {{Unit.Optimized}} internal static void Normalize{{kind}}One<W, V>(ref float x, ref float y, int channels, int width, ref float mean, ref float scale, ref float gamma, bool hasGamma, ref float beta, bool hasBeta) {{Unit.Where}}
            {
                V m = W.Load(ref mean), a = W.Load(ref scale), b = hasBeta ? W.Load(ref beta) : W.Zero;
                if (hasGamma)
                    a = W.Multiply(a, W.Load(ref gamma));
                for (int at = 0; at < width; at += channels)
                    W.Store({{end("W.MultiplyAdd(W.Subtract(W.Load(ref Unsafe.Add(ref x, at)), m), a, b)")}}, ref Unsafe.Add(ref y, at));
            }
            """) { Functions = forward };
        yield return new(apply, $$"""
            // y = {{(isRectified ? "max(0, (x - mean)·scale·γ + β)" : "(x - mean)·scale·γ + β")}}, each of a channel, sample by sample.
            {{Unit.Optimized}} internal static void {{apply}}<W, V, W1, V1>(ref float x, int xStride, ref float y, int yStride, int channels, int width, int rows, ref float statistics, ref float gamma, bool hasGamma, ref float beta, bool hasBeta) {{Unit.Where}} {{Tail}}
            {
                int c;
                for (int n = 0; n < rows; n++)
                {
                    ref float from = ref Unsafe.Add(ref x, (nint)n * xStride), to = ref Unsafe.Add(ref y, (nint)n * yStride);
            {{ByChannel($"Normalize{kind}One<W, V>(ref Unsafe.Add(ref from, c), ref Unsafe.Add(ref to, c), channels, width, ref Unsafe.Add(ref statistics, c), ref Unsafe.Add(ref statistics, channels + c), ref Unsafe.Add(ref gamma, c), hasGamma, ref Unsafe.Add(ref beta, c), hasBeta);", 2)}}
                }
            }
            """) { Units = [$"Normalize{kind}One"] };
        yield return new($"{kind}BatchNormSums", $$"""
            // One vector of channels of a sample: adds Σ dy and Σ dy·(x - mean) to what earlier samples left.
            {{Unit.Optimized}} internal static void {{kind}}BatchNormSums<W, V>(ref float x, ref float dy, int channels, int width, ref float mean, {{slope}}ref float sum, ref float product, bool isFirst) {{Unit.Where}}
            {
                V m = W.Load(ref mean), rowSum = W.Zero, rowProduct = W.Zero;{{(isRectified ? "\n    " + factor : "")}}
                for (int at = 0; at < width; at += channels)
                {
                    V d = W.Subtract(W.Load(ref Unsafe.Add(ref x, at)), m), g = {{gradient("dy")}};
                    rowSum = W.Add(rowSum, g);
                    rowProduct = W.MultiplyAdd(g, d, rowProduct);
                }
                W.Store(W.Add(isFirst ? W.Zero : W.Load(ref sum), rowSum), ref sum);
                W.Store(W.Add(isFirst ? W.Zero : W.Load(ref product), rowProduct), ref product);
            }
            """) { Functions = reverse };
        yield return new($"{kind}BatchNormInput", $$"""
            // One vector of channels of a sample: dx = γ·scale·(dy - shift - (x - mean)·slope).
            {{Unit.Optimized}} internal static void {{kind}}BatchNormInput<W, V>(ref float x, ref float dy, ref float dx, int channels, int width, ref float mean, ref float scale, ref float gamma, bool hasGamma, {{offset}}ref float shift, ref float slope) {{Unit.Where}}
            {
                V m = W.Load(ref mean), shifts = W.Load(ref shift), slopes = W.Load(ref slope);
                {{factor}}
                for (int at = 0; at < width; at += channels)
                {
                    V d = W.Subtract(W.Load(ref Unsafe.Add(ref x, at)), m), g = {{gradient("dy")}};
                    W.Store(W.Multiply(a, W.Subtract(W.Subtract(g, shifts), W.Multiply(d, slopes))), ref Unsafe.Add(ref dx, at));
                }
            }
            """) { Functions = reverse };
        yield return new(backward, $$"""
            // dβ = Σ dy, dγ = Σ dy·x̂, dx = γ·scale·(dy - dβ / N - x̂·dγ / N), x̂ = (x - mean)·scale{{(isRectified ? ", dy where x̂·γ + β > 0 and 0 elsewhere" : "")}}. Gradients of γ and β are multiplied by rate, and added to what is
            // there if add is true.
            {{Unit.Optimized}} internal static void {{backward}}<W, V, W1, V1>(ref float x, int stride, ref float dy, ref float dx, bool hasDx, int channels, int width, int rows, ref float statistics, ref float gamma, bool hasGamma, {{offset}}ref float dGamma, bool hasDGamma, ref float dBeta, bool hasDBeta, float rate, bool add) {{Unit.Where}} {{Tail}}
            {
                int c;
                global::System.Span<float> kept = stackalloc float[4 * channels];
                ref float means = ref statistics, scales = ref Unsafe.Add(ref statistics, channels), sums = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(kept), products = ref Unsafe.Add(ref sums, channels);
                ref float shifts = ref Unsafe.Add(ref products, channels), slopes = ref Unsafe.Add(ref shifts, channels);
                for (int n = 0; n < rows; n++)
                {
                    ref float xr = ref Unsafe.Add(ref x, (nint)n * stride), dr = ref Unsafe.Add(ref dy, (nint)n * stride);
            {{ByChannel($"{kind}BatchNormSums<W, V>(ref Unsafe.Add(ref xr, c), ref Unsafe.Add(ref dr, c), channels, width, ref Unsafe.Add(ref means, c), {slopes}ref Unsafe.Add(ref sums, c), ref Unsafe.Add(ref products, c), n == 0);", 2)}}
                }
                float count = (float)((long)rows * (width / channels));
            {{ByChannel("""
                V s = W.Load(ref Unsafe.Add(ref scales, c)), product = W.Multiply(W.Load(ref Unsafe.Add(ref products, c)), s);
                W.Store(product, ref Unsafe.Add(ref products, c));
                W.Store(W.Divide(W.Load(ref Unsafe.Add(ref sums, c)), W.Create(count)), ref Unsafe.Add(ref shifts, c));
                W.Store(W.Multiply(W.Divide(product, W.Create(count)), s), ref Unsafe.Add(ref slopes, c));
                """, 1)}}
                for (int n = 0; hasDx && n < rows; n++)
                {
                    ref float xr = ref Unsafe.Add(ref x, (nint)n * stride), dr = ref Unsafe.Add(ref dy, (nint)n * stride), to = ref Unsafe.Add(ref dx, (nint)n * stride);
            {{ByChannel($"{kind}BatchNormInput<W, V>(ref Unsafe.Add(ref xr, c), ref Unsafe.Add(ref dr, c), ref Unsafe.Add(ref to, c), channels, width, ref Unsafe.Add(ref means, c), ref Unsafe.Add(ref scales, c), ref Unsafe.Add(ref gamma, c), hasGamma, {given}ref Unsafe.Add(ref shifts, c), ref Unsafe.Add(ref slopes, c));", 2)}}
                }
                // A step without state writes into γ and β themselves, which the above reads.
            {{ByChannel("""
                V rates = W.Create(rate), sum = W.Load(ref Unsafe.Add(ref sums, c)), product = W.Load(ref Unsafe.Add(ref products, c));
                if (hasDGamma)
                    W.Store(add ? W.MultiplyAdd(rates, product, W.Load(ref Unsafe.Add(ref dGamma, c))) : W.Multiply(rates, product), ref Unsafe.Add(ref dGamma, c));
                if (hasDBeta)
                    W.Store(add ? W.MultiplyAdd(rates, sum, W.Load(ref Unsafe.Add(ref dBeta, c))) : W.Multiply(rates, sum), ref Unsafe.Add(ref dBeta, c));
                """, 1)}}
            }
            """) { Units = [$"{kind}BatchNormSums", $"{kind}BatchNormInput"] };
    }

    /// <summary>Statements for each vector of channels, then for each of those that are left.</summary>
    private static string ByChannel(string body, int depth)
    {
        string text = body.Replace("\r\n", "\n");
        string each = text.Contains("\n") ? "{\n" + TileUnits.Indent(text, 1) + "\n}" : TileUnits.Indent(text, 1);
        return TileUnits.Indent($"for (c = 0; c <= channels - W.Count; c += W.Count)\n{each}\nfor (; c < channels; c++)\n{Regex.Replace(each, @"\b[WV]\b", "$&1")}", depth);
    }
}
