using System;
using System.Globalization;

namespace GeneratedNetworks;

/// <summary>The arithmetic that generic code needs on <see cref="float"/> and <see cref="double"/>, without boxing on any runtime.</summary>
internal static class Real<T>
    where T : struct
{
    public static readonly bool IsSingle = typeof(T) == typeof(float);

    // "as" and not a cast: an initializer that threw would hide Require's message.
    public static readonly Func<T, double> ToDouble = IsSingle
        ? ((Func<float, double>)(static value => value) as Func<T, double>)!
        : ((Func<double, double>)(static value => value) as Func<T, double>)!;

    public static readonly Func<double, T> FromDouble = IsSingle
        ? ((Func<double, float>)(static value => (float)value) as Func<double, T>)!
        : ((Func<double, double>)(static value => value) as Func<double, T>)!;

    /// <summary>The largest finite number.</summary>
    public static readonly double MaxValue = IsSingle ? float.MaxValue : double.MaxValue;

    public static int Size => IsSingle ? sizeof(float) : sizeof(double);

    public static void Require()
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"Only float and double are supported, not {typeof(T)}.");
    }

    /// <summary>Reads a finite number in the invariant culture.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out T value)
    {
#if NETSTANDARD2_0
        string input = text.ToString();
#else
        ReadOnlySpan<char> input = text;
#endif
        // A float is parsed as one: going through double would round twice.
        double number;
        if (IsSingle)
        {
            if (!float.TryParse(input, NumberStyles.Float, CultureInfo.InvariantCulture, out float single))
            {
                value = default;
                return false;
            }

            number = single;
        }
        else if (!double.TryParse(input, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
        {
            value = default;
            return false;
        }

        value = FromDouble(number);
        return !double.IsNaN(number) && !double.IsInfinity(number);
    }
}
