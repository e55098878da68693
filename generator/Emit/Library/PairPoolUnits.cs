using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>
/// The largest of two columns of one or two rows, side by side and inside the value: no element is seen twice, so that every gradient is stored once and none is added
/// to, and what a position sees is loaded without a loop.
/// </summary>
internal static class PairPoolUnits
{
    private static readonly int[] Heights = [1, 2];

    public static string Max(Window window) => MaxName(window.Rows.Kernel);

    public static string MaxBackward(Window window) => BackwardName(window.Rows.Kernel);

    public static IEnumerable<Unit> All => Heights.SelectMany(height => new[]
    {
        new Unit(MaxName(height), $$"""
            // to[p, c] = the largest of the {{height}}×2 elements that position p sees of channel c. NaN wins.
            {{Unit.Optimized}} internal static void {{MaxName(height)}}<W, V>(ref float from, int fromStride, ref float to, int toStride, int channels, int inColumns, int outRows, int outColumns, int rows) {{Unit.Where}}
            {
                nint next = (nint)inColumns * channels;
                for (; rows > 0; rows--)
                {
                    ref float target = ref to;
                    for (int n = 0; n < outRows; n++)
                    {
                        ref float corner = ref Unsafe.Add(ref from, {{Rows(height)}}n * next);
                        for (int m = outColumns; m > 0; m--)
                        {
            {{Unit.Indented(4, Unit.ByLanes("channels", $$"""
                            ref float line = ref Unsafe.Add(ref corner, c);
                            V best = W.Load(ref line);
                            {{Unit.Repeat(2 * height, tap => tap == 0 ? "" : $"best = W.LargerOrNaN(best, W.Load(ref {Tap("line", tap)}));").TrimStart()}}
                            W.Store(best, ref Unsafe.Add(ref target, c));
                            """))}}
                            corner = ref Unsafe.Add(ref corner, 2 * channels); target = ref Unsafe.Add(ref target, channels);
                        }
                    }
                    for (int o = outRows * outColumns * channels; o < toStride; o++)
                        Unsafe.Add(ref to, o) = 0;
                    from = ref Unsafe.Add(ref from, fromStride); to = ref Unsafe.Add(ref to, toStride);
                }
            }
            """),
        new Unit(BackwardName(height), Backward(height, isOrdered: false)) { Ordered = Backward(height, isOrdered: true) },
    });

    private static string MaxName(int height) => $"MaxPool{height}By2";

    private static string BackwardName(int height) => $"MaxPool{height}By2Backward";

    private static string Rows(int height) => height == 1 ? "" : $"{height} * ";

    private static string Tap(string line, int tap) => tap == 0 ? line : $"Unsafe.Add(ref {line}, {(tap < 2 ? "" : "next")}{(tap % 2 == 0 ? "" : tap < 2 ? "channels" : " + channels")})";

    private static string Backward(int height, bool isOrdered)
    {
        // In the order that is fixed each is added to a zero, as where several positions may see it.
        string share = isOrdered ? "W.Add(W.Zero, W.IfLess(value, best, W.Zero, rest))" : "W.IfLess(value, best, W.Zero, rest)";
        string body = $$"""
            ref float line = ref Unsafe.Add(ref from, at + c), slot = ref Unsafe.Add(ref dx, at + c);
            V best = W.Load(ref Unsafe.Add(ref target, c)), rest = W.Load(ref Unsafe.Add(ref slope, c)), value;
            {{Unit.Repeat(2 * height, tap => $"value = W.Load(ref {Tap("line", tap)}); W.Store(E.End({share}, ref {Tap("line", tap)}), ref {Tap("slot", tap)});{(tap == (2 * height) - 1 ? "" : " rest = W.IfLess(value, best, rest, W.Zero);")}")}}
            """;
        return $$"""
            // Each dy goes to the first element, in row-major order, that is as large as y, of the {{height}}×2 that its position sees; end(dx) is what is stored, 0 where none sees it.
            {{Unit.Optimized}} internal static void {{BackwardName(height)}}<W, V, E, W1, V1, E1>(ref float from, int fromStride, ref float to, ref float dy, int toStride, ref float dx, int dxStride, int channels, int inColumns, int outRows, int outColumns, int rows) {{Unit.Where}} where E : struct, IEnds<V> where W1 : struct, IWidth<V1> where V1 : struct where E1 : struct, IEnds<V1>
            {
                nint next = (nint)inColumns * channels;
                for (; rows > 0; rows--)
                {
                    ref float target = ref to, slope = ref dy;
                    for (int n = 0; n < outRows; n++)
                    {
                        nint at = {{Rows(height)}}n * next;
                        for (int m = outColumns; m > 0; m--)
                        {
            {{Unit.Indented(4, Lanes(body))}}
                            at += 2 * channels;
                            target = ref Unsafe.Add(ref target, channels); slope = ref Unsafe.Add(ref slope, channels);
                        }
                        for (int left = (inColumns - 2 * outColumns) * channels; left > 0; left--, at++)
                            {{Unit.Repeat(height, row => row == 0 ? "Unsafe.Add(ref dx, at) = 0" : "Unsafe.Add(ref dx, at + next) = 0", " = ").Replace(" = 0 = ", " = ")}};
                    }
                    {{PoolUnits.ClearFrom($"{Rows(height)}outRows * (int)next")}}
                    from = ref Unsafe.Add(ref from, fromStride); dx = ref Unsafe.Add(ref dx, dxStride);
                    to = ref Unsafe.Add(ref to, toStride); dy = ref Unsafe.Add(ref dy, toStride);
                }
            }
            """;
    }

    /// <summary>Vectors of channels, and what is left one by one.</summary>
    private static string Lanes(string body) => $$"""
        int c = 0;
        for (; c <= channels - W.Count; c += W.Count)
        {
        {{Unit.Indented(1, body)}}
        }
        for (; c < channels; c++)
        {
        {{Unit.Indented(1, body.Replace("W.", "W1.").Replace("E.End", "E1.End").Replace("V best", "V1 best"))}}
        }
        """;
}
