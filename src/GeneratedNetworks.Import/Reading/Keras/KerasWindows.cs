using System.Text.Json;
using GeneratedNetworks.Import.Keras;
using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Keras;

/// <summary>Settings of the layers that move a window over positions: values are [samples, positions…, channels].</summary>
internal static class KerasWindows
{
    /// <summary>Refuses channels in front, and values of other axes than the class is for.</summary>
    public static void Check(KerasCall call, int rank)
    {
        if (call.Setting("data_format") is { ValueKind: JsonValueKind.String } order && order.GetString() != "channels_last")
            throw call.Error($"its channels do not stand last (data_format '{order.GetString()}'), which is not executed");
        if (call.Value.Rank != rank + 2)
            throw call.Error($"a value of shape {call.Value.ShapeText} should have {rank + 2} axes, the samples among them");
    }

    /// <summary>A setting that is one number for all axes or one for each.</summary>
    public static long[] PerAxis(KerasCall call, string name, int rank, long? fallback)
    {
        double[] given = call.Numbers(name) ?? (fallback is { } number ? [number] : throw call.Error($"it has no setting {name}"));
        double[] all = given.Length == 1 ? [.. Enumerable.Repeat(given[0], rank)] : given;
        return all.Length == rank && Array.TrueForAll(all, number => Math.Floor(number) == number && Math.Abs(number) <= int.MaxValue)
            ? Array.ConvertAll(all, number => (long)number)
            : throw call.Error($"its setting {name} should be {rank} whole numbers");
    }

    /// <summary>The axes of a convolution or a pool.</summary>
    /// <param name="call">The layer.</param>
    /// <param name="kernel">The taps of its window.</param>
    /// <param name="strides">From one place to the next.</param>
    /// <param name="dilations">From one tap to the next.</param>
    public static WindowAxis[] Axes(KerasCall call, long[] kernel, long[] strides, long[] dilations)
    {
        string padding = Padding(call);
        return [.. kernel.Select(Axis)];

        WindowAxis Axis(long taps, int i)
        {
            WindowSteps steps = new(taps, strides[i], dilations[i]);
            int extent = call.Value.Shape[i + 1];
            return padding switch
            {
                "valid" => WindowAxis.Padded(call.Scope, extent, steps, 0, 0),
                "same" => WindowAxis.Same(call.Scope, extent, steps),

                // No step sees what comes after it.
                "causal" when kernel.Length == 1 => WindowAxis.Padded(call.Scope, extent, steps, WindowAxis.Reach(call.Scope, steps) - 1, 0),
                _ => throw call.Error($"its padding '{padding}' is not known"),
            };
        }
    }

    /// <summary>The axes of a transposed convolution, back from its result.</summary>
    public static WindowAxis[] Transposed(KerasCall call, long[] kernel, long[] strides, long[] dilations)
    {
        string padding = Padding(call);
        bool isSame = padding == "same";
        if (!isSame && padding != "valid")
            throw call.Error($"its padding '{padding}' is not known");
        long[]? more = call.Setting("output_padding") is null ? null : PerAxis(call, "output_padding", kernel.Length, 0);
        return [.. kernel.Select(Axis)];

        WindowAxis Axis(long taps, int i)
        {
            WindowSteps steps = new(taps, strides[i], dilations[i]);
            long extent = call.Value.Shape[i + 1];
            long reach = WindowAxis.Reach(call.Scope, steps);
            if (more is not null && (more[i] < 0 || more[i] >= strides[i]))
                throw call.Error($"its output_padding {more[i]} should be from 0 to below the stride {strides[i]}");
            long full = ((extent - 1) * strides[i]) + reach;

            // Without an output_padding, each element has its stride in the result; what the window reaches beyond is cut, or stays.
            long length = more is null
                ? isSame ? extent * strides[i] : Math.Max(full, extent * strides[i])
                : full + more[i] - (isSame ? 2 * (reach / 2) : 0);
            long cut = isSame ? Math.Max(full - length, 0) / 2 : 0;
            return WindowAxis.Transposed(call.Scope, (int)extent, steps, cut, length);
        }
    }

    /// <summary>How many elements stand before and behind each axis of positions: one number for all, one for each axis, or two for each.</summary>
    public static (long Before, long After)[] Ends(KerasCall call, string name, int rank)
    {
        JsonElement setting = call.Setting(name) ?? throw call.Error($"it has no setting {name}");
        JsonElement[] entries = Items(setting);
        if (rank == 1 && entries.Length == 2 && entries[0].ValueKind == JsonValueKind.Number)
            return [(Whole(entries[0]), Whole(entries[1]))];
        if (entries.Length == 1)
            entries = [.. Enumerable.Repeat(entries[0], rank)];
        if (entries.Length != rank)
            throw call.Error($"its setting {name} is {setting.Show()}");
        return [.. entries.Select(entry => Items(entry) switch
        {
            [var both] => (Whole(both), Whole(both)),
            [var before, var after] => (Whole(before), Whole(after)),
            _ => throw call.Error($"its setting {name} is {setting.Show()}"),
        })];

        long Whole(JsonElement entry) => entry.Integer() is int count and >= 0 ? count : throw call.Error($"its setting {name} is {setting.Show()}");
    }

    private static string Padding(KerasCall call) => call.Setting("padding") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "valid";

    /// <summary>The entries of a list, which may lie inside of a description; a number alone is one.</summary>
    private static JsonElement[] Items(JsonElement setting)
    {
        JsonElement list = setting.ValueKind == JsonValueKind.Object ? setting.Member("items") ?? setting : setting;
        return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [list];
    }
}
