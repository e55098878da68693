using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>What works on rows without a product: copies, softmax, dropout, and the order in which parameters are told to the outside.</summary>
internal static class RowUnits
{
    public const string Copy = "CopyRows", Reorder = "Reorder", ClearPadding = "ClearPadding";

    public const string RowSum = "RowSum";

    private const string FourSums = """
        for (; o <= width - 4; o += 4)
                {
                    sum0 += Unsafe.Add(ref row, o); sum1 += Unsafe.Add(ref row, o + 1); sum2 += Unsafe.Add(ref row, o + 2); sum3 += Unsafe.Add(ref row, o + 3);
                }
                if (o < width) sum0 += Unsafe.Add(ref row, o);
                if (o + 1 < width) sum1 += Unsafe.Add(ref row, o + 1);
                if (o + 2 < width) sum2 += Unsafe.Add(ref row, o + 2);
                return sum0 + sum1 + (sum2 + sum3);
        """;

    public static IEnumerable<Unit> All =>
    [
        new(Copy, $$"""
            // Rows of `width` elements from one stride to another; the padding of the target becomes zero.
            {{Unit.Optimized}} internal static void CopyRows<W, V>(ref float from, int fromStride, ref float to, int toStride, int width, int rows) {{Unit.Where}}
            {
                for (; rows > 0; rows--)
                {
                    int o = 0;
                    for (; o <= width - W.Count; o += W.Count)
                        W.Store(W.Load(ref Unsafe.Add(ref from, o)), ref Unsafe.Add(ref to, o));
                    for (; o < width; o++)
                        Unsafe.Add(ref to, o) = Unsafe.Add(ref from, o);
                    for (; o < toStride; o++)
                        Unsafe.Add(ref to, o) = 0;
                    from = ref Unsafe.Add(ref from, fromStride); to = ref Unsafe.Add(ref to, toStride);
                }
            }
            """),
        new("Exponentials", $$"""
            // e = exp(z - largest) for one row; returns their sum.
            {{Unit.Inlined}} internal static double Exponentials<W, V>(ref float z, ref float e, int width, out float largest) {{Unit.Where}}
            {
                largest = z;
                int o = 1;
                for (; o < width; o++)
                {
                    if (!(Unsafe.Add(ref z, o) <= largest))
                        largest = Unsafe.Add(ref z, o);
                }
                V shifts = W.Create(-largest), sums = W.Zero;
                for (o = 0; o <= width - W.Count; o += W.Count)
                {
                    V power = Map<W, V>.Exp(W.Add(W.Load(ref Unsafe.Add(ref z, o)), shifts));
                    sums = W.Add(sums, power);
                    W.Store(power, ref Unsafe.Add(ref e, o));
                }
                double sum = W.Sum(sums);
                for (; o < width; o++)
                {
                    Unsafe.Add(ref e, o) = Map<W1, float>.Exp(Unsafe.Add(ref z, o) - largest);
                    sum += Unsafe.Add(ref e, o);
                }
                return sum;
            }
            """)
        {
            Ordered = $$"""
            // e = exp(z - largest) for one row; returns their sum.
            {{Unit.Inlined}} internal static double Exponentials<W, V>(ref float z, ref float e, int width, out float largest) {{Unit.Where}}
            {
                largest = z;
                int o = 1;
                for (; o < width; o++)
                {
                    if (!(Unsafe.Add(ref z, o) <= largest))
                        largest = Unsafe.Add(ref z, o);
                }
                V shifts = W.Create(-largest);
                for (o = 0; o <= width - W.Count; o += W.Count)
                {
                    V power = Map<W, V>.Exp(W.Add(W.Load(ref Unsafe.Add(ref z, o)), shifts));
                    W.Store(power, ref Unsafe.Add(ref e, o));
                }
                for (; o < width; o++)
                    Unsafe.Add(ref e, o) = Map<W1, float>.Exp(Unsafe.Add(ref z, o) - largest);
                return RowSum(ref e, width);
            }
            """,
            OrderedUnits = [RowSum],
            Functions = ["Exp"],
        },
        new(RowSum, $$"""
            // Σ of a row: element o goes into sum o mod 4, in this order at every width.
            {{Unit.Inlined}} internal static float RowSum(ref float row, int width)
            {
                float sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
                int o = 0;
                if (Vector128.IsHardwareAccelerated)
                {
                    Vector128<float> sums = Vector128<float>.Zero;
                    for (; o <= width - 4; o += 4)
                        sums += Vector128.LoadUnsafe(ref Unsafe.Add(ref row, o));
                    sum0 = Vector128.ToScalar(sums); sum1 = Vector128.GetElement(sums, 1); sum2 = Vector128.GetElement(sums, 2); sum3 = Vector128.GetElement(sums, 3);
                }
                {{FourSums}}
            }
            """)
        {
            InDouble = $$"""
            // Σ of a row: element o goes into sum o mod 4, in this order at every width.
            {{Unit.Inlined}} internal static double RowSum(ref double row, int width)
            {
                double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
                int o = 0;
                {{FourSums}}
            }
            """,
        },
        new("Softmax", $$"""
            // y = exp(z - max z) / Σ exp(z - max z), row by row: subtracting the largest keeps exp in range.
            {{Unit.Optimized}} internal static void Softmax<W, V>(ref float z, int zStride, ref float y, int yStride, int width, int rows) {{Unit.Where}}
            {
                for (; rows > 0; rows--)
                {
                    float scale = (float)(1 / Exponentials<W, V>(ref z, ref y, width, out _));
                    V scales = W.Create(scale);
                    int o = 0;
                    for (; o <= width - W.Count; o += W.Count)
                        W.Store(W.Multiply(W.Load(ref Unsafe.Add(ref y, o)), scales), ref Unsafe.Add(ref y, o));
                    for (; o < width; o++)
                        Unsafe.Add(ref y, o) *= scale;
                    z = ref Unsafe.Add(ref z, zStride); y = ref Unsafe.Add(ref y, yStride);
                }
            }
            """) { Units = ["Exponentials"] },
        new("LogSoftmax", $$"""
            // y = z - max z - log Σ exp(z - max z), in this order: max z + log Σ would lose the digits of the logarithm to a large logit.
            {{Unit.Optimized}} internal static void LogSoftmax<W, V>(ref float z, int zStride, ref float y, int yStride, int width, int rows) {{Unit.Where}}
            {
                for (; rows > 0; rows--)
                {
                    float shift = (float)Plain.Log(Exponentials<W, V>(ref z, ref y, width, out float largest));
                    V largests = W.Create(-largest), shifts = W.Create(-shift);
                    int o = 0;
                    for (; o <= width - W.Count; o += W.Count)
                        W.Store(W.Add(W.Add(W.Load(ref Unsafe.Add(ref z, o)), largests), shifts), ref Unsafe.Add(ref y, o));
                    for (; o < width; o++)
                        Unsafe.Add(ref y, o) = Unsafe.Add(ref z, o) - largest - shift;
                    z = ref Unsafe.Add(ref z, zStride); y = ref Unsafe.Add(ref y, yStride);
                }
            }
            """) { Units = ["Exponentials"], DoubleFunctions = ["Log"] },
        new("SoftmaxBackward", $$"""
            // dz = y ⊙ (dy - Σ dy·y), row by row; padding becomes zero.
            {{Unit.Optimized}} internal static void SoftmaxBackward(ref float y, ref float dy, ref float dz, int stride, int width, int rows)
            {
                for (; rows > 0; rows--)
                {
                    double sum = 0;
                    for (int o = 0; o < width; o++)
                        sum += (double)Unsafe.Add(ref dy, o) * Unsafe.Add(ref y, o);
                    float total = (float)sum;
                    for (int o = 0; o < width; o++)
                        Unsafe.Add(ref dz, o) = Unsafe.Add(ref y, o) * (Unsafe.Add(ref dy, o) - total);
                    for (int o = width; o < stride; o++)
                        Unsafe.Add(ref dz, o) = 0;
                    y = ref Unsafe.Add(ref y, stride); dy = ref Unsafe.Add(ref dy, stride); dz = ref Unsafe.Add(ref dz, stride);
                }
            }
            """),
        new("LogSoftmaxBackward", $$"""
            // dz = dy - exp(y)·Σ dy, row by row; padding becomes zero.
            {{Unit.Optimized}} internal static void LogSoftmaxBackward(ref float y, ref float dy, ref float dz, int stride, int width, int rows)
            {
                for (; rows > 0; rows--)
                {
                    double sum = 0;
                    for (int o = 0; o < width; o++)
                        sum += Unsafe.Add(ref dy, o);
                    float total = (float)sum;
                    for (int o = 0; o < width; o++)
                        Unsafe.Add(ref dz, o) = Unsafe.Add(ref dy, o) - Map<W1, float>.Exp(Unsafe.Add(ref y, o)) * total;
                    for (int o = width; o < stride; o++)
                        Unsafe.Add(ref dz, o) = 0;
                    y = ref Unsafe.Add(ref y, stride); dy = ref Unsafe.Add(ref dy, stride); dz = ref Unsafe.Add(ref dz, stride);
                }
            }
            """) { Functions = ["Exp"] },
        new("MaskRows", $$"""
            // y = x·m·scale, m = 0 where a hash of (key, sample, element) lies below the threshold, otherwise 1; without a branch, which would be mispredicted.
            {{Unit.Optimized}} internal static void MaskRows(ref float x, ref float y, int stride, int width, int rows, ulong key, int sample, uint threshold, float scale)
            {
                for (; rows > 0; rows--, sample++)
                {
                    ulong rowKey = Mix(unchecked(key + (ulong)sample * 0x9E3779B97F4A7C15UL));
                    // 64 random bits are two numbers of 32 bits; below the rate's share of 2^32 an element is dropped.
                    for (int o = 0; o < width; o += 2)
                    {
                        ulong bits = Mix(unchecked(rowKey + (ulong)o * 0x9E3779B97F4A7C15UL));
                        Unsafe.Add(ref y, o) = Unsafe.Add(ref x, o) * (scale * (1 + (int)(((long)unchecked((uint)bits) - threshold) >> 63)));
                        if (o + 1 < width)
                            Unsafe.Add(ref y, o + 1) = Unsafe.Add(ref x, o + 1) * (scale * (1 + (int)(((long)(uint)(bits >> 32) - threshold) >> 63)));
                    }
                    for (int o = width; o < stride; o++)
                        Unsafe.Add(ref y, o) = 0;
                    x = ref Unsafe.Add(ref x, stride); y = ref Unsafe.Add(ref y, stride);
                }
            }
            """) { Units = ["Mix"] },
        new("Mix", $$"""
            // The finaliser of SplitMix64: every bit of the result depends on every bit of the argument.
            internal static ulong Mix(ulong z)
            {
                unchecked
                {
                    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
                    z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
                    return z ^ (z >> 31);
                }
            }
            """),
        new(Reorder, $$"""
            // From the order of the kernels, weight (i, o) at i·step + o / panel·panelLength + o mod panel, to rows of outputs, or back.
            internal static void Reorder(ref float packed, int step, int panel, int panelLength, int inputs, int outputs, ref float canonical, bool back)
            {
                for (int i = 0; i < inputs; i++)
                {
                    for (int o = 0; o < outputs; o++)
                    {
                        ref float inKernels = ref Unsafe.Add(ref packed, i * step + o / panel * panelLength + o % panel), inRows = ref Unsafe.Add(ref canonical, i * outputs + o);
                        if (back) inKernels = inRows; else inRows = inKernels;
                    }
                }
            }
            """),
        new(ClearPadding, $$"""
            // Sets what lies behind the last output of each row to zero, in `count` parameters of a layer from `first` on.
            internal static void ClearPadding(ref float packed, int first, int count, int panel, int inputs, int outputs)
            {
                for (int i = first; i < first + count; i++)
                {
                    if (i / (inputs * panel) * panel + i % panel >= outputs)
                        Unsafe.Add(ref packed, i - first) = 0;
                }
            }
            """),
    ];
}
