using System;

namespace GeneratedNetworks.Generator.Functions;

/// <summary>One function that generated code may contain, written once for every numeric target.</summary>
/// <remarks>A scalar float function that calls another or works on bits is computed in double and rounded once.</remarks>
/// <param name="Name">The method's name; overloads of one name serve several targets.</param>
/// <param name="Parameters">Parameter names, of the target's type; "ref m" for one that is updated in place, "out s" for a second result.</param>
/// <param name="Formula">The comment above the method, without slashes.</param>
/// <param name="Body">The statements, as C# text of the given target.</param>
internal sealed record Helper(string Name, string[] Parameters, string Formula, Func<NumericText, string> Body)
{
    /// <summary>An expression of System.Math that says the same of doubles, where that is shorter: for text that is to be read, and need not give the same bits everywhere.</summary>
    public string? Plain { get; init; }

    /// <summary>Whether the text is that of doubles, whatever the target: a float goes through it.</summary>
    public bool IsDouble { get; init; }
}
