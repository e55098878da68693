namespace GeneratedNetworks.Import.Reading.Functions;

/// <summary>How a window moves along one axis. Tap t at place p lies over element p·stride + t·dilation − before; what is outside of the axis is padding.</summary>
/// <param name="Input">Elements of the axis.</param>
/// <param name="Kernel">Taps of the window.</param>
/// <param name="Stride">From one place of the window to the next.</param>
/// <param name="Dilation">From one tap to the next.</param>
/// <param name="Before">Padding in front of the first element.</param>
/// <param name="After">Padding behind the last one.</param>
/// <param name="Output">Places of the window.</param>
internal sealed record WindowAxis(int Input, int Kernel, int Stride, int Dilation, int Before, int After, int Output)
{
    /// <summary>By a padding that is given. Rounded up, a last window may stand over the end of the padding, where it starts inside of it.</summary>
    public static WindowAxis Padded(OperationScope scope, int input, WindowSteps steps, long before, long after, bool roundsUp = false)
    {
        long reach = Reach(scope, steps);
        if (before is < 0 or > int.MaxValue || after is < 0 or > int.MaxValue)
            throw scope.Error($"it pads an axis by {before} and {after}");
        long room = input + before + after - reach;
        long output = Math.DivRem(room, steps.Stride, out long rest) + 1;
        if (rest < 0)
            output--;
        if (roundsUp && rest != 0)
            output++;

        // A window behind all elements and what is before them would see padding alone.
        if (roundsUp && output > 1 && (output - 1) * steps.Stride >= input + before)
            output--;
        if (output < 1)
            throw scope.Error($"a window of {reach} does not fit an axis of {input}{(before + after > 0 ? $", padded by {before} and {after}" : "")}");
        return new WindowAxis(input, (int)steps.Kernel, (int)steps.Stride, (int)steps.Dilation, (int)before, (int)after, Whole(scope, output));
    }

    /// <summary>As many places as strides fit the axis, rounded up; the padding that this needs lies on both sides, an odd one behind.</summary>
    /// <param name="scope">For messages.</param>
    /// <param name="input">Elements of the axis.</param>
    /// <param name="steps">Of the window.</param>
    /// <param name="oddIsBefore">Whether an odd padding lies in front instead.</param>
    public static WindowAxis Same(OperationScope scope, int input, WindowSteps steps, bool oddIsBefore = false)
    {
        long reach = Reach(scope, steps);
        long output = (input + steps.Stride - 1) / steps.Stride;
        long total = Math.Max(((output - 1) * steps.Stride) + reach - input, 0);
        long before = oddIsBefore ? total - (total / 2) : total / 2;
        return new WindowAxis(
            input, (int)steps.Kernel, (int)steps.Stride, (int)steps.Dilation, Whole(scope, before), Whole(scope, total - before), Whole(scope, output));
    }

    /// <summary>
    /// Of a transposed convolution: the window that leads from its result back to what it reads. Rows of the result that no tap reaches stay 0.
    /// </summary>
    /// <param name="scope">For messages.</param>
    /// <param name="input">Elements of the axis that it reads.</param>
    /// <param name="steps">Of the window.</param>
    /// <param name="before">How much is cut from the front of the full result.</param>
    /// <param name="output">Elements of the result.</param>
    public static WindowAxis Transposed(OperationScope scope, int input, WindowSteps steps, long before, long output)
    {
        Reach(scope, steps);
        if (output is < 1 or > int.MaxValue || before is < 0 or > int.MaxValue)
            throw scope.Error($"its result has {output} elements along an axis, {before} of which are cut from the front");
        return new WindowAxis((int)output, (int)steps.Kernel, (int)steps.Stride, (int)steps.Dilation, (int)before, 0, input);
    }

    /// <summary>How many taps of the window at a place lie over elements or over their padding, and not behind it.</summary>
    public int Counted(int place)
    {
        long left = (long)Input + After + Before - ((long)place * Stride);
        return (int)Math.Clamp((left + Dilation - 1) / Dilation, 0, Kernel);
    }

    /// <summary>From the first to the last tap.</summary>
    public static long Reach(OperationScope scope, WindowSteps steps) =>
        steps is { Kernel: >= 1 and <= int.MaxValue, Stride: >= 1 and <= int.MaxValue, Dilation: >= 1 and <= int.MaxValue }
            ? ((steps.Kernel - 1) * steps.Dilation) + 1
            : throw scope.Error($"its window has {steps.Kernel} taps, stride {steps.Stride} and dilation {steps.Dilation}");

    private static int Whole(OperationScope scope, long count) =>
        count is >= 0 and <= int.MaxValue ? (int)count : throw scope.Error($"its window asks for {count} elements along an axis");
}

/// <summary>The window itself, as a file has it.</summary>
/// <param name="Kernel">Its taps.</param>
/// <param name="Stride">From one place to the next.</param>
/// <param name="Dilation">From one tap to the next.</param>
internal readonly record struct WindowSteps(long Kernel, long Stride, long Dilation);
