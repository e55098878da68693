namespace GeneratedNetworks.Import;

/// <summary>What an attribute says of a window.</summary>
internal static class WindowArguments
{
    /// <summary>One number where all are the same.</summary>
    public static object Extents(IEnumerable<int> extents)
    {
        int[] all = [.. extents];
        return all.All(extent => extent == all[0]) ? all[0] : all;
    }

    /// <param name="window">The window.</param>
    /// <param name="usualStrides">Those of an attribute that does not say them.</param>
    /// <param name="saysPads">Whether no border is said too: without Pads, a transposed convolution has Keras' length, which is another one below the stride.</param>
    public static IEnumerable<(string Name, object Value)> Of(WindowShape window, IEnumerable<int> usualStrides, bool saysPads = false)
    {
        if (!window.Strides.SequenceEqual(usualStrides))
            yield return OneOrEach("Stride", window.Strides);
        if (window.Dilations.Any(dilation => dilation != 1))
            yield return OneOrEach("Dilation", window.Dilations);
        if (saysPads || window.Pads.Any(pad => pad != 0))
            yield return ("Pads", Enumerable.Range(0, window.Axes).SelectMany(axis => new[] { window.Pads[axis], window.Pads[axis + window.Axes] }).ToArray());
    }

    private static (string Name, object Value) OneOrEach(string name, IEnumerable<int> numbers) =>
        Extents(numbers) is int one ? (name, one) : (name + "s", numbers.ToArray());
}
