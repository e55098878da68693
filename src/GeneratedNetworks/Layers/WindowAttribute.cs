namespace GeneratedNetworks;

/// <summary>The base of layers with a window that slides over a signal, [time, features], or an image, [height, width, channels].</summary>
public abstract class WindowAttribute : UnaryLayerAttribute
{
    private protected WindowAttribute()
    {
    }

    /// <summary>How far the window moves from one position to the next, along every axis; positive. Default: 1, in a pool the window's size.</summary>
    public int Stride { get; set; }

    /// <summary>The same for each axis, height first, in place of <see cref="Stride"/>. Default: <see langword="null"/>.</summary>
    public int[]? Strides { get; set; }

    /// <summary>How far the window reaches beyond the value. Default: <see cref="Padding.Valid"/>, not at all.</summary>
    public Padding Padding { get; set; }

    /// <summary>
    /// How many elements it reaches beyond, in place of <see cref="Padding"/>: before and after; for images top, bottom, left and right. Default:
    /// <see langword="null"/>.
    /// </summary>
    public int[]? Pads { get; set; }
}
