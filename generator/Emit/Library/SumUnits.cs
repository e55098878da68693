using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>What becomes of four sums over lanes: they lie side by side in 128 bits, or are four numbers where no vector is accelerated.</summary>
internal static class SumUnits
{
    public const string Store = "StoreSums", StoreTwo = "StoreTwoSums", StoreColumn = "StoreColumn";

    private const string Vectors = "V a, V b, V c, V d";

    public static IEnumerable<Unit> All =>
    [
        new(Store, $$"""
            // at = (Σa, Σb, Σc, Σd) + start, of which `count` exist.
            {{Unit.Inlined}} internal static void StoreSums<W, V>({{Vectors}}, ref float start, bool hasStart, ref float at, int count) {{Unit.Where}}
            {
                if (W.Count == 1)
                {
                    at = hasStart ? W.Sum(a) + start : W.Sum(a);
                    if (count > 1) Unsafe.Add(ref at, 1) = hasStart ? W.Sum(b) + Unsafe.Add(ref start, 1) : W.Sum(b);
                    if (count > 2) Unsafe.Add(ref at, 2) = hasStart ? W.Sum(c) + Unsafe.Add(ref start, 2) : W.Sum(c);
                    if (count > 3) Unsafe.Add(ref at, 3) = hasStart ? W.Sum(d) + Unsafe.Add(ref start, 3) : W.Sum(d);
                    return;
                }
                Vector128<float> sums = W.Sums(a, b, c, d);
                if (hasStart)
                    sums += Vector128.LoadUnsafe(ref start);
                if (count >= 4)
                    sums.StoreUnsafe(ref at);
                else
                    W128.StoreFirst(sums, ref at, count);
            }
            """)
        {
            InDouble = $$"""
            // at = (Σa, Σb, Σc, Σd) + start, of which `count` exist.
            {{Unit.Inlined}} internal static void StoreSums<W, V>({{Vectors}}, ref double start, bool hasStart, ref double at, int count) {{Unit.Where}}
            {
                if (W.Count == 1)
                {
                    at = hasStart ? W.Sum(a) + start : W.Sum(a);
                    if (count > 1) Unsafe.Add(ref at, 1) = hasStart ? W.Sum(b) + Unsafe.Add(ref start, 1) : W.Sum(b);
                    if (count > 2) Unsafe.Add(ref at, 2) = hasStart ? W.Sum(c) + Unsafe.Add(ref start, 2) : W.Sum(c);
                    if (count > 3) Unsafe.Add(ref at, 3) = hasStart ? W.Sum(d) + Unsafe.Add(ref start, 3) : W.Sum(d);
                    return;
                }
                Vector128<double> low = W.Sums(a, b), high = W.Sums(c, d);
                if (hasStart)
                {
                    low += Vector128.LoadUnsafe(ref start);
                    high += Vector128.LoadUnsafe(ref start, count > 2 ? 2u : 0u);
                }
                if (count >= 2)
                    low.StoreUnsafe(ref at);
                else
                    at = Vector128.ToScalar(low);
                if (count >= 4)
                    high.StoreUnsafe(ref at, 2);
                else if (count == 3)
                    Unsafe.Add(ref at, 2) = Vector128.ToScalar(high);
            }
            """,
        },
        new(StoreTwo, $$"""
            // at = (Σa, Σb) + start, next = (Σc, Σd) + start, of which `count` exist: two floats go as one double.
            {{Unit.Inlined}} internal static void StoreTwoSums<W, V>({{Vectors}}, ref float start, bool hasStart, ref float at, ref float next, int count) {{Unit.Where}}
            {
                if (W.Count == 1)
                {
                    float start0 = hasStart ? start : 0;
                    at = W.Sum(a) + start0; next = W.Sum(c) + start0;
                    if (count == 1) return;
                    float start1 = hasStart ? Unsafe.Add(ref start, 1) : 0;
                    Unsafe.Add(ref at, 1) = W.Sum(b) + start1; Unsafe.Add(ref next, 1) = W.Sum(d) + start1;
                    return;
                }
                Vector128<float> sums = W.Sums(a, b, c, d);
                if (hasStart)
                    sums += Vector128.AsSingle(Vector128.Create(Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref start))));
                if (count == 1)
                {
                    at = Vector128.ToScalar(sums); next = Vector128.GetElement(sums, 2);
                    return;
                }
                Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref at), Vector128.ToScalar(Vector128.AsDouble(sums)));
                Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref next), Vector128.GetElement(Vector128.AsDouble(sums), 1));
            }
            """)
        {
            InDouble = $$"""
            // at = (Σa, Σb) + start, next = (Σc, Σd) + start, of which `count` exist.
            {{Unit.Inlined}} internal static void StoreTwoSums<W, V>({{Vectors}}, ref double start, bool hasStart, ref double at, ref double next, int count) {{Unit.Where}}
            {
                if (W.Count == 1)
                {
                    double start0 = hasStart ? start : 0;
                    at = W.Sum(a) + start0; next = W.Sum(c) + start0;
                    if (count == 1) return;
                    double start1 = hasStart ? Unsafe.Add(ref start, 1) : 0;
                    Unsafe.Add(ref at, 1) = W.Sum(b) + start1; Unsafe.Add(ref next, 1) = W.Sum(d) + start1;
                    return;
                }
                Vector128<double> first = hasStart ? Vector128.LoadUnsafe(ref start) : Vector128<double>.Zero;
                Vector128<double> one = W.Sums(a, b) + first, two = W.Sums(c, d) + first;
                if (count == 1)
                {
                    at = Vector128.ToScalar(one); next = Vector128.ToScalar(two);
                    return;
                }
                one.StoreUnsafe(ref at);
                two.StoreUnsafe(ref next);
            }
            """,
        },
        new(StoreColumn, $$"""
            // (Σa, Σb, Σc, Σd) + start, `step` apart.
            {{Unit.Inlined}} internal static void StoreColumn<W, V>({{Vectors}}, float start, ref float at, nint step) {{Unit.Where}}
            {
                if (W.Count == 1)
                {
                    at = W.Sum(a) + start; Unsafe.Add(ref at, step) = W.Sum(b) + start;
                    Unsafe.Add(ref at, 2 * step) = W.Sum(c) + start; Unsafe.Add(ref at, 3 * step) = W.Sum(d) + start;
                    return;
                }
                Vector128<float> sums = W.Sums(a, b, c, d) + Vector128.Create(start);
                if (step == 1)
                {
                    sums.StoreUnsafe(ref at);
                    return;
                }
                at = Vector128.ToScalar(sums);
                Unsafe.Add(ref at, step) = Vector128.GetElement(sums, 1);
                Unsafe.Add(ref at, 2 * step) = Vector128.GetElement(sums, 2);
                Unsafe.Add(ref at, 3 * step) = Vector128.GetElement(sums, 3);
            }
            """)
        {
            InDouble = $$"""
            // (Σa, Σb, Σc, Σd) + start, `step` apart.
            {{Unit.Inlined}} internal static void StoreColumn<W, V>({{Vectors}}, double start, ref double at, nint step) {{Unit.Where}}
            {
                if (W.Count == 1)
                {
                    at = W.Sum(a) + start; Unsafe.Add(ref at, step) = W.Sum(b) + start;
                    Unsafe.Add(ref at, 2 * step) = W.Sum(c) + start; Unsafe.Add(ref at, 3 * step) = W.Sum(d) + start;
                    return;
                }
                Vector128<double> low = W.Sums(a, b) + Vector128.Create(start), high = W.Sums(c, d) + Vector128.Create(start);
                at = Vector128.ToScalar(low);
                Unsafe.Add(ref at, step) = Vector128.GetElement(low, 1);
                Unsafe.Add(ref at, 2 * step) = Vector128.ToScalar(high);
                Unsafe.Add(ref at, 3 * step) = Vector128.GetElement(high, 1);
            }
            """,
        },
    ];
}
