using System.Collections.Generic;
using GeneratedNetworks.Generator.Functions.Helpers;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>What adds values up, and what works on channels: a sample is rows of as many elements as there are channels.</summary>
internal static class ChannelUnits
{
    public const string Add = "AddValues", Multiply = "MultiplyChannels", MultiplyGradient = "MultiplyChannelsGradient", Sum = "SumRows", Repeat = "RepeatRows",
        Normalize = "NormalizeChannels", Divide = "DivideChannels";

    public static IEnumerable<Unit> All =>
    [
        new(Add, $$"""
            // to = left + right.
            {{Unit.Optimized}} internal static void {{Add}}<W, V>(ref float left, ref float right, ref float to, int count) {{Unit.Where}}
            {
                for (int i = 0; i < count; i += W.Count)
                    W.Store(W.Add(W.Load(ref Unsafe.Add(ref left, i)), W.Load(ref Unsafe.Add(ref right, i))), ref Unsafe.Add(ref to, i));
            }
            """),
        new(Multiply, $$"""
            // to[…, c] = from[…, c]·factors[c]; the padding of the target becomes zero.
            {{Unit.Optimized}} internal static void {{Multiply}}<W, V>(ref float from, ref float factors, ref float to, int stride, int channels, int width, int rows) {{Unit.Where}}
            {
                for (; rows > 0; rows--)
                {
                    for (int at = 0; at < width; at += channels)
                    {
                        int c = 0;
                        for (; c <= channels - W.Count; c += W.Count)
                            W.Store(W.Multiply(W.Load(ref Unsafe.Add(ref from, at + c)), W.Load(ref Unsafe.Add(ref factors, c))), ref Unsafe.Add(ref to, at + c));
                        for (; c < channels; c++)
                            Unsafe.Add(ref to, at + c) = Unsafe.Add(ref from, at + c) * Unsafe.Add(ref factors, c);
                    }
                    for (int o = width; o < stride; o++)
                        Unsafe.Add(ref to, o) = 0;
                    from = ref Unsafe.Add(ref from, stride); to = ref Unsafe.Add(ref to, stride);
                }
            }
            """),
        Division(Normalize, RangeHelpers.Normalized, "(from[…, c] - mean[c]) / deviation[c]", hasMean: true),
        Division(Divide, RangeHelpers.Quotient, "from[…, c] / deviation[c]", hasMean: false),
        new(MultiplyGradient, $$"""
            // g[c] = scale·Σ x[…, c]·dy[…, c] over all positions and samples, added to what is there if add is true.
            {{Unit.Optimized}} internal static void {{MultiplyGradient}}(ref float x, ref float dy, int stride, int channels, int width, ref float g, int rows, float scale, bool add)
            {
                for (int c = 0; c < channels; c++)
                {
                    double sum = 0;
                    for (int row = 0; row < rows; row++)
                    {
                        for (int i = row * stride + c; i < row * stride + width; i += channels)
                            sum += (double)Unsafe.Add(ref x, i) * Unsafe.Add(ref dy, i);
                    }
                    float step = scale * (float)sum;
                    Unsafe.Add(ref g, c) = add ? Unsafe.Add(ref g, c) + step : step;
                }
            }
            """),
        new(Sum, $$"""
            // to[c] = Σ from[r, c] over the rows of each sample; the padding of the target becomes zero.
            {{Unit.Optimized}} internal static void {{Sum}}<W, V>(ref float from, int fromStride, ref float to, int toStride, int channels, int width, int rows) {{Unit.Where}}
            {
                for (; rows > 0; rows--)
                {
                    int c = 0;
                    for (; c <= channels - W.Count; c += W.Count)
                    {
                        V sum = W.Load(ref Unsafe.Add(ref from, c));
                        for (int at = channels; at < width; at += channels)
                            sum = W.Add(sum, W.Load(ref Unsafe.Add(ref from, at + c)));
                        W.Store(sum, ref Unsafe.Add(ref to, c));
                    }
                    for (; c < channels; c++)
                    {
                        float sum = Unsafe.Add(ref from, c);
                        for (int at = channels; at < width; at += channels)
                            sum += Unsafe.Add(ref from, at + c);
                        Unsafe.Add(ref to, c) = sum;
                    }
                    for (; c < toStride; c++)
                        Unsafe.Add(ref to, c) = 0;
                    from = ref Unsafe.Add(ref from, fromStride); to = ref Unsafe.Add(ref to, toStride);
                }
            }
            """),
        new(Repeat, $$"""
            // to[r, c] = from[c] for the rows of each sample; the padding of the target becomes zero.
            {{Unit.Optimized}} internal static void {{Repeat}}<W, V>(ref float from, int fromStride, ref float to, int toStride, int channels, int width, int rows) {{Unit.Where}}
            {
                for (; rows > 0; rows--)
                {
                    for (int at = 0; at < width; at += channels)
                    {
                        int c = 0;
                        for (; c <= channels - W.Count; c += W.Count)
                            W.Store(W.Load(ref Unsafe.Add(ref from, c)), ref Unsafe.Add(ref to, at + c));
                        for (; c < channels; c++)
                            Unsafe.Add(ref to, at + c) = Unsafe.Add(ref from, c);
                    }
                    for (int o = width; o < toStride; o++)
                        Unsafe.Add(ref to, o) = 0;
                    from = ref Unsafe.Add(ref from, fromStride); to = ref Unsafe.Add(ref to, toStride);
                }
            }
            """),
    ];

    /// <summary>Source and target may have rows of different length: neither is touched behind a sample's elements, but for the target's padding.</summary>
    private static Unit Division(string name, string function, string formula, bool hasMean)
    {
        string mean = hasMean ? "ref float mean, " : "";
        string vector = hasMean ? ", W.Load(ref Unsafe.Add(ref mean, c))" : "", single = hasMean ? ", Unsafe.Add(ref mean, c)" : "";
        return new(name, $$"""
            // to[…, c] = {{formula}}; the padding of the target becomes zero.
            {{Unit.Optimized}} internal static void {{name}}<W, V>(ref float from, int fromStride, {{mean}}ref float deviation, ref float to, int toStride, int channels, int width, int rows) {{Unit.Where}}
            {
                for (; rows > 0; rows--)
                {
                    for (int at = 0; at < width; at += channels)
                    {
                        int c = 0;
                        for (; c <= channels - W.Count; c += W.Count)
                            W.Store(Map<W, V>.{{function}}(W.Load(ref Unsafe.Add(ref from, at + c)){{vector}}, W.Load(ref Unsafe.Add(ref deviation, c))), ref Unsafe.Add(ref to, at + c));
                        for (; c < channels; c++)
                            Unsafe.Add(ref to, at + c) = Map<W1, float>.{{function}}(Unsafe.Add(ref from, at + c){{single}}, Unsafe.Add(ref deviation, c));
                    }
                    for (int o = width; o < toStride; o++)
                        Unsafe.Add(ref to, o) = 0;
                    from = ref Unsafe.Add(ref from, fromStride); to = ref Unsafe.Add(ref to, toStride);
                }
            }
            """) { Functions = [function] };
    }
}
