using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>One kernel of the text that all networks of an assembly share, written once for vectors of any width.</summary>
/// <remarks>
/// W stands for the operations on vectors, V for the vector itself; both are known to the just-in-time compiler, which makes code of its own for every
/// pair. Text is written in <c>float</c> and becomes <c>double</c> by replacing that word.
/// </remarks>
/// <param name="Name">The method's name.</param>
/// <param name="Text">The method, comment first.</param>
internal sealed record Unit(string Name, string Text)
{
    /// <summary>The text for doubles, where it differs by more than the word.</summary>
    public string? InDouble { get; init; }

    /// <summary>The text where every row of a product is padded to whole vectors, if that makes a difference.</summary>
    public string? Padded { get; init; }

    /// <summary>The text where no product sums up as many terms as one row takes at once, if that makes a difference.</summary>
    public string? Shallow { get; init; }

    /// <summary>The text where some product reads weights that the nearest cache does not hold, if that makes a difference.</summary>
    public string? Far { get; init; }

    /// <summary>The text where some product has eight vectors of 128 bits and takes time to sum up, if that makes a difference.</summary>
    public string? Narrow { get; init; }

    /// <summary>The text where some row of inputs is one vector, if that makes a difference.</summary>
    public string? Held { get; init; }

    /// <summary>The text where the order of sums is fixed, if that makes a difference.</summary>
    public string? Ordered { get; init; }

    /// <summary>The text for an element type.</summary>
    public string For(Precision precision, bool isOrdered, bool isPadded, bool isShallow, bool isFar, bool isNarrow, bool isHeld)
    {
        if (precision == Precision.Double && InDouble is not null)
            return InDouble;
        if (isOrdered && Ordered is not null)
            return precision == Precision.Single ? Ordered : LibraryFile.ToDouble(Ordered);
        string text = isPadded && Padded is not null ? Padded : isShallow && Shallow is not null ? Shallow : isFar && Far is not null ? Far : isNarrow && Narrow is not null ? Narrow : isHeld && Held is not null ? Held : Text;
        return precision == Precision.Single ? text : LibraryFile.ToDouble(text);
    }

    /// <summary>Kernels that the text calls where the order of sums is fixed, beside <see cref="Units"/>.</summary>
    public IReadOnlyList<string> OrderedUnits { get; init; } = [];

    /// <summary>Kernels that the text calls.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>Functions that it calls on vectors, as those of <c>Map</c>.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>Functions that it calls on doubles.</summary>
    public IReadOnlyList<string> DoubleFunctions { get; init; } = [];

    /// <summary>The constraints of a method over vectors.</summary>
    public const string Where = "where W : struct, IWidth<V> where V : struct";

    /// <summary>Full speed at the first call: kernels have nothing to gain from tiering.</summary>
    public const string Optimized = "[MethodImpl(AggressiveOptimization)]";

    public const string Inlined = "[MethodImpl(AggressiveInlining)]";

    /// <summary>What the name of a kernel ends with that is inlined, where there is one of the same text that is not.</summary>
    public const string InlinedName = "Inlined";

    /// <summary>Statements for W.Count elements from c on, and the same for each of those that are left of so many.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="body">The statements over W.</param>
    /// <param name="singles">Pairs of names: a vector of equal elements, and the element.</param>
    public static string ByLanes(string count, string body, params (string Vector, string Single)[] singles) => $$"""
        int c = 0;
        for (; c <= {{count}} - W.Count; c += W.Count)
        {
        {{Indented(1, body)}}
        }
        for (; c < {{count}}; c++)
        {
        {{Indented(1, singles.Aggregate(body.Replace("W.", "W1.").Replace("V ", "float "), (text, pair) => text.Replace(pair.Vector, pair.Single)))}}
        }
        """;

    public static string Indented(int levels, string text) =>
        string.Join("\n", text.Replace("\r\n", "\n").Split('\n').Select(line => line.Length == 0 ? line : new string(' ', 4 * levels) + line));

    /// <summary>Numbers from 0 on, as text is repeated.</summary>
    public static string Repeat(int count, System.Func<int, string> text, string separator = "\n") =>
        string.Join(separator, Enumerable.Range(0, count).Select(text));
}
