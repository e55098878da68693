using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Onnx;

/// <summary>The attributes by which convolutions and pools move a window.</summary>
internal static class OnnxWindows
{
    /// <summary>The axes of a convolution or a pool.</summary>
    /// <param name="call">The node.</param>
    /// <param name="extents">Positions of what it reads.</param>
    /// <param name="kernel">Taps of its window.</param>
    /// <param name="mustReach">
    /// Whether SAME with strides over the end is refused, where the formula gives a padding below 0: of convolutions, all take that for none; of pools, each
    /// program makes something else.
    /// </param>
    public static WindowAxis[] Of(OnnxCall call, int[] extents, long[] kernel, bool mustReach = false)
    {
        WindowSteps[] steps = Steps(call, kernel);
        bool roundsUp = call.Int("ceil_mode", 0) != 0;
        string automatic = call.Text("auto_pad", "NOTSET");
        long[] pads = automatic == "NOTSET" ? Numbers(call, "pads", 2 * kernel.Length, 0) : new long[2 * kernel.Length];
        return automatic switch
        {
            "NOTSET" or "" or "VALID" => [.. extents.Select((extent, i) => WindowAxis.Padded(call.Scope, extent, steps[i], pads[i], pads[i + kernel.Length], roundsUp))],
            "SAME_UPPER" or "SAME_LOWER" => [.. extents.Select(Same)],
            _ => throw call.Error($"its auto_pad '{automatic}' is not known"),
        };

        WindowAxis Same(int extent, int i)
        {
            WindowAxis axis = WindowAxis.Same(call.Scope, extent, steps[i], oddIsBefore: automatic == "SAME_LOWER");
            return !mustReach || ((axis.Output - 1) * steps[i].Stride) + WindowAxis.Reach(call.Scope, steps[i]) >= extent
                ? axis
                : throw call.Error($"its auto_pad {automatic} means a padding below 0, since strides of {steps[i].Stride} leave out the end of an axis of {extent}");
        }
    }

    /// <summary>The axes of a transposed convolution.</summary>
    public static WindowAxis[] Transposed(OnnxCall call, int[] extents, long[] kernel)
    {
        int rank = kernel.Length;
        WindowSteps[] steps = Steps(call, kernel);
        long[] more = Numbers(call, "output_padding", rank, 0);
        string automatic = call.Text("auto_pad", "NOTSET");
        if (automatic is not ("NOTSET" or "" or "VALID" or "SAME_UPPER" or "SAME_LOWER"))
            throw call.Error($"its auto_pad '{automatic}' is not known");
        long[] pads = automatic is "NOTSET" or "" ? Numbers(call, "pads", 2 * rank, 0) : new long[2 * rank];

        // Old files name the samples and the channels as well.
        IReadOnlyList<long>? named = call.Ints("output_shape") is { Count: > 0 } all ? all.Count == rank + 2 ? [.. all.Skip(2)] : all : null;
        if (named is not null && named.Count != rank)
            throw call.Error($"its output_shape [{string.Join(", ", named.Take(16))}] does not fit {rank} axes");
        return [.. extents.Select(Axis)];

        WindowAxis Axis(int extent, int i)
        {
            long full = Checked(call, ((extent - 1) * steps[i].Stride) + WindowAxis.Reach(call.Scope, steps[i]) + more[i]);
            bool isSame = automatic is "SAME_UPPER" or "SAME_LOWER";
            if (named is null && !isSame)
                return WindowAxis.Transposed(call.Scope, extent, steps[i], pads[i], full - pads[i] - pads[i + rank]);

            // What is wanted is cut out of the full result; where that is shorter, those of SAME stay as short.
            long wanted = named is not null ? named[i] : extent * steps[i].Stride;
            if (named is not null && wanted > full)
                throw call.Error($"its output_shape asks for {wanted} elements along an axis that has {full} at most");
            long cut = Math.Max(0, full - wanted);
            return WindowAxis.Transposed(call.Scope, extent, steps[i], automatic == "SAME_UPPER" ? cut / 2 : cut - (cut / 2), full - cut);
        }
    }

    private static WindowSteps[] Steps(OnnxCall call, long[] kernel)
    {
        long[] strides = Numbers(call, "strides", kernel.Length, 1);
        long[] dilations = Numbers(call, "dilations", kernel.Length, 1);
        return [.. kernel.Select((taps, i) => new WindowSteps(taps, strides[i], dilations[i]))];
    }

    /// <summary>One for each axis, or for each end of each.</summary>
    private static long[] Numbers(OnnxCall call, string name, int count, long fallback)
    {
        if (call.Ints(name) is not { Count: > 0 } given)
            return [.. Enumerable.Repeat(fallback, count)];
        return given.Count == count && given.All(number => number is >= 0 and <= int.MaxValue)
            ? [.. given]
            : throw call.Error($"its {name} [{string.Join(", ", given.Take(16))}] should be {count} numbers from 0 on");
    }

    private static long Checked(OnnxCall call, long extent) => extent is >= 0 and <= 1L << 40 ? extent : throw call.Error($"its result has {extent} elements along an axis");
}
