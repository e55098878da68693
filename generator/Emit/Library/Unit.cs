using System.Collections.Generic;
using System.Linq;

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
    /// <summary>Kernels that the text calls.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>Functions that it calls on vectors, as members of W.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>Functions that it calls on doubles.</summary>
    public IReadOnlyList<string> DoubleFunctions { get; init; } = [];

    /// <summary>The constraints of a method over vectors.</summary>
    public const string Where = "where W : struct, IWidth<V> where V : struct";

    /// <summary>Full speed at the first call: kernels have nothing to gain from tiering.</summary>
    public const string Optimized = "[MethodImpl(MethodImplOptions.AggressiveOptimization)]";

    public const string Inlined = "[MethodImpl(MethodImplOptions.AggressiveInlining)]";

    /// <summary>Numbers from 0 on, as text is repeated.</summary>
    public static string Repeat(int count, System.Func<int, string> text, string separator = "\n") =>
        string.Join(separator, Enumerable.Range(0, count).Select(text));
}
