using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>Rectifiers whose slope below zero is learned.</summary>
internal static class SlopeUnits
{
    public const string Forward = "SlopedChannels", Backward = "SlopedChannelsBackward", Gradient = "SlopedChannelsGradient",
        SharedForward = "SlopedValues", SharedBackward = "SlopedValuesBackward", SharedGradient = "SlopedValuesGradient";

    public static IEnumerable<Unit> All =>
    [
        Channels(Forward, "to = x where x > 0, otherwise slope[c]·x", "", "value"),
        Channels(Backward, "to = dy where x > 0, otherwise slope[c]·dy", "ref float dy, ", "dy"),
        Values(SharedForward, "to = x where x > 0, otherwise slope·x", "", "value"),
        Values(SharedBackward, "to = dy where x > 0, otherwise slope·dy", "ref float dy, ", "dy"),
        new(Gradient, $$"""
            // g[c] = scale·Σ x[…, c]·dy[…, c] over what is not positive, position by position and sample by sample, added to what is there if add is true.
            {{Unit.Optimized}} internal static void {{Gradient}}<W, V>(ref float x, ref float dy, int stride, int channels, int width, ref float g, int rows, float scale, bool add) {{Unit.Where}}
            {
            {{Unit.Indented(1, Unit.ByLanes("channels", """
                V total = W.Zero;
                for (int row = 0; row < rows; row++)
                {
                    V sum = W.Zero;
                    for (int i = row * stride + c; i < row * stride + width; i += channels)
                    {
                        V value = W.Load(ref Unsafe.Add(ref x, i));
                        sum = W.Add(sum, W.IfLess(W.Zero, value, W.Zero, W.Multiply(value, W.Load(ref Unsafe.Add(ref dy, i)))));
                    }
                    total = W.Add(total, sum);
                }
                total = W.Multiply(total, W.Create(scale));
                W.Store(add ? W.Add(W.Load(ref Unsafe.Add(ref g, c)), total) : total, ref Unsafe.Add(ref g, c));
                """))}}
            }
            """),
        new(SharedGradient, $$"""
            // g = scale·Σ x·dy over what is not positive, added to what is there if add is true.
            {{Unit.Optimized}} internal static void {{SharedGradient}}(ref float x, ref float dy, int stride, int width, ref float g, int rows, float scale, bool add)
            {
                double sum = 0;
                for (; rows > 0; rows--)
                {
                    for (int o = 0; o < width; o++)
                        sum += Unsafe.Add(ref x, o) > 0 ? 0 : (double)Unsafe.Add(ref x, o) * Unsafe.Add(ref dy, o);
                    x = ref Unsafe.Add(ref x, stride); dy = ref Unsafe.Add(ref dy, stride);
                }
                float step = scale * (float)sum;
                g = add ? g + step : step;
            }
            """),
    ];

    private static Unit Channels(string name, string formula, string slope, string value)
    {
        string load = value == "value" ? "" : $"\nV slope = W.Load(ref Unsafe.Add(ref {value}, at + c));";
        string result = value == "value" ? "value" : "slope";
        return new(name, $$"""
            // {{formula}}; the padding of the target becomes zero.
            {{Unit.Optimized}} internal static void {{name}}<W, V>(ref float x, ref float slopes, {{slope}}ref float to, int stride, int channels, int width, int rows) {{Unit.Where}}
            {
                for (; rows > 0; rows--)
                {
                    for (int at = 0; at < width; at += channels)
                    {
            {{Unit.Indented(3, Unit.ByLanes("channels", $$"""
                V value = W.Load(ref Unsafe.Add(ref x, at + c));{{load}}
                W.Store(W.IfLess(W.Zero, value, {{result}}, W.Multiply(W.Load(ref Unsafe.Add(ref slopes, c)), {{result}})), ref Unsafe.Add(ref to, at + c));
                """))}}
                    }
                    for (int o = width; o < stride; o++)
                        Unsafe.Add(ref to, o) = 0;
                    x = ref Unsafe.Add(ref x, stride); to = ref Unsafe.Add(ref to, stride);{{(slope.Length == 0 ? "" : " dy = ref Unsafe.Add(ref dy, stride);")}}
                }
            }
            """);
    }

    private static Unit Values(string name, string formula, string slope, string value) => new(name, $$"""
        // {{formula}}.
        {{Unit.Optimized}} internal static void {{name}}<W, V>(ref float x, float slope, {{slope}}ref float to, int count) {{Unit.Where}}
        {
            V slopes = W.Create(slope);
            for (int i = 0; i < count; i += W.Count)
            {
                V value = W.Load(ref Unsafe.Add(ref x, i)), result = {{(value == "value" ? "value" : "W.Load(ref Unsafe.Add(ref dy, i))")}};
                W.Store(W.IfLess(W.Zero, value, result, W.Multiply(slopes, result)), ref Unsafe.Add(ref to, i));
            }
        }
        """);
}
