namespace GeneratedNetworks.Import;

/// <summary>The ends of what a quantized value can stand for.</summary>
internal static class QuantizedRange
{
    private const double Relu6End = 6;

    // Files hold scales in 32 bits, so that 255 steps of 6/255 are 6 but for their rounding.
    private const double ScaleRounding = 1.0 / (1 << 23);

    /// <summary>As many steps from 0; exactly 6 where the end of a ReLU6 is meant.</summary>
    public static double End(double scale, double steps)
    {
        double end = scale * steps;
        return Math.Abs((end / Relu6End) - 1) <= ScaleRounding ? Relu6End : end;
    }
}
