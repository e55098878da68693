using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>Pools: a window slides over the rows and columns of each sample, and channels fill the vectors.</summary>
internal static class PoolUnits
{
    public const string Max = "MaxPool", MaxBackward = "MaxPoolBackward", Average = "AveragePool", AverageBackward = "AveragePoolBackward";

    private const string Extents = "int channels, int inRows, int inColumns, int outRows, int outColumns, int kernelRows, int kernelColumns, int stepRows, int stepColumns, int top, int left";

    /// <summary>Those that are counted: inside the value, or around it too.</summary>
    private const string Counted = "int firstRow, int endRow, int firstColumn, int endColumn";

    private const string Count = "float count = (global::System.Math.Min(y + kernelRows, endRow) - global::System.Math.Max(y, firstRow)) * (global::System.Math.Min(x + kernelColumns, endColumn) - global::System.Math.Max(x, firstColumn));";

    public static IEnumerable<Unit> All =>
    [
        new(Max, $$"""
            // to[p, c] = the largest of what position p sees of channel c. NaN wins; what lies around is not seen.
            {{Unit.Optimized}} internal static void {{Max}}<W, V>(ref float from, int fromStride, ref float to, int toStride, {{Extents}}, int rows) {{Unit.Where}}
            {
                for (; rows > 0; rows--)
                {
                    ref float target = ref to;
            {{Positions("target", $$"""
                ref float corner = ref Unsafe.Add(ref from, (row * inColumns + column) * channels);
                {{ByChannels($$"""
                    ref float line = ref Unsafe.Add(ref corner, c);
                    V best = W.Load(ref line);
                    {{Taps("line", "best = W.LargerOrNaN(best, W.Load(ref Unsafe.Add(ref line, j)));")}}
                    W.Store(best, ref Unsafe.Add(ref target, c));
                    """)}}
                """)}}
                    for (int o = outRows * outColumns * channels; o < toStride; o++)
                        Unsafe.Add(ref to, o) = 0;
                    from = ref Unsafe.Add(ref from, fromStride); to = ref Unsafe.Add(ref to, toStride);
                }
            }
            """),
        new(MaxBackward, $$"""
            // Each dy goes to the first element, in row-major order, that is as large as y: what is left of it is 0 from there on.
            {{Unit.Optimized}} internal static void {{MaxBackward}}<W, V>(ref float from, int fromStride, ref float to, ref float dy, int toStride, ref float dx, int dxStride, {{Extents}}, int rows) {{Unit.Where}}
            {
                for (; rows > 0; rows--)
                {
                    {{Clear}}
                    ref float target = ref to, slope = ref dy;
            {{Positions("target", $$"""
                int at = (row * inColumns + column) * channels;
                {{ByChannels($$"""
                    ref float line = ref Unsafe.Add(ref from, at + c), slot = ref Unsafe.Add(ref dx, at + c);
                    V best = W.Load(ref Unsafe.Add(ref target, c)), left0 = W.Load(ref Unsafe.Add(ref slope, c));
                    {{Taps("line", """
                        V value = W.Load(ref Unsafe.Add(ref line, j));
                        W.Store(W.Add(W.Load(ref Unsafe.Add(ref slot, j)), W.IfLess(value, best, W.Zero, left0)), ref Unsafe.Add(ref slot, j));
                        left0 = W.IfLess(value, best, left0, W.Zero);
                        """, "slot")}}
                    """)}}
                slope = ref Unsafe.Add(ref slope, channels);
                """)}}
                    from = ref Unsafe.Add(ref from, fromStride); dx = ref Unsafe.Add(ref dx, dxStride);
                    to = ref Unsafe.Add(ref to, toStride); dy = ref Unsafe.Add(ref dy, toStride);
                }
            }
            """),
        new(Average, $$"""
            // to[p, c] = the mean of what position p sees of channel c, by how many elements it counts.
            {{Unit.Optimized}} internal static void {{Average}}<W, V>(ref float from, int fromStride, ref float to, int toStride, {{Extents}}, {{Counted}}, int rows) {{Unit.Where}}
            {
                for (; rows > 0; rows--)
                {
                    ref float target = ref to;
            {{Positions("target", $$"""
                ref float corner = ref Unsafe.Add(ref from, (row * inColumns + column) * channels);
                {{Count}}
                {{ByChannels($$"""
                    ref float line = ref Unsafe.Add(ref corner, c);
                    V sum = W.Zero;
                    {{Taps("line", "sum = W.Add(sum, W.Load(ref Unsafe.Add(ref line, j)));")}}
                    W.Store(W.Divide(sum, W.Create(count)), ref Unsafe.Add(ref target, c));
                    """)}}
                """)}}
                    for (int o = outRows * outColumns * channels; o < toStride; o++)
                        Unsafe.Add(ref to, o) = 0;
                    from = ref Unsafe.Add(ref from, fromStride); to = ref Unsafe.Add(ref to, toStride);
                }
            }
            """),
        new(AverageBackward, $$"""
            // Each dy goes to all elements that its position sees, in shares of as many as it counts.
            {{Unit.Optimized}} internal static void {{AverageBackward}}<W, V>(ref float dy, int toStride, ref float dx, int dxStride, {{Extents}}, {{Counted}}, int rows) {{Unit.Where}}
            {
                for (; rows > 0; rows--)
                {
                    {{Clear}}
                    ref float slope = ref dy;
            {{Positions("slope", $$"""
                ref float corner = ref Unsafe.Add(ref dx, (row * inColumns + column) * channels);
                {{Count}}
                {{ByChannels($$"""
                    ref float line = ref Unsafe.Add(ref corner, c);
                    V share = W.Divide(W.Load(ref Unsafe.Add(ref slope, c)), W.Create(count));
                    {{Taps("line", "W.Store(W.Add(W.Load(ref Unsafe.Add(ref line, j)), share), ref Unsafe.Add(ref line, j));")}}
                    """)}}
                """)}}
                    dx = ref Unsafe.Add(ref dx, dxStride); dy = ref Unsafe.Add(ref dy, toStride);
                }
            }
            """),
    ];

    /// <summary>A row of gradients, to which several positions may add.</summary>
    private static string Clear => ClearFrom("0");

    /// <summary>A row of gradients from an element on.</summary>
    public static string ClearFrom(string start) => $"int o = {start};\n"
        + "        for (; o <= dxStride - W.Count; o += W.Count)\n            W.Store(W.Zero, ref Unsafe.Add(ref dx, o));\n"
        + "        for (; o < dxStride; o++)\n            Unsafe.Add(ref dx, o) = 0;";

    /// <summary>A loop over positions: what each sees of the value begins at a row and a column and ends before endOfRows and lastColumn.</summary>
    private static string Positions(string target, string body) => Indented(2, $$"""
        for (int y = -top, n = 0; n < outRows; n++, y += stepRows)
        {
            int row = global::System.Math.Max(y, 0), count0 = global::System.Math.Min(y + kernelRows, inRows) - row;
            for (int x = -left, m = 0; m < outColumns; m++, x += stepColumns)
            {
                int column = global::System.Math.Max(x, 0), length = (global::System.Math.Min(x + kernelColumns, inColumns) - column) * channels;
        {{Indented(2, body)}}
                {{target}} = ref Unsafe.Add(ref {{target}}, channels);
            }
        }
        """);

    private static string Taps(string line, string body, string? other = null) => $$"""
        for (int i = count0; i > 0; i--)
        {
            for (int j = 0; j < length; j += channels)
            {
        {{Indented(2, body)}}
            }
            {{line}} = ref Unsafe.Add(ref {{line}}, inColumns * channels);{{(other is null ? "" : $" {other} = ref Unsafe.Add(ref {other}, inColumns * channels);")}}
        }
        """;

    private static string ByChannels(string body) => Unit.ByLanes("channels", body);

    private static string Indented(int levels, string text) => Unit.Indented(levels, text);
}
