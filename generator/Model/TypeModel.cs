namespace GeneratedNetworks.Generator.Model;

/// <summary>How to re-open the user's class.</summary>
/// <param name="Namespace">Its namespace, or empty for the global one.</param>
/// <param name="ContainingTypes">The headers of the types around it, outermost first: "partial class Outer", "partial struct Inner".</param>
/// <param name="Name">Its name as an identifier, escaped with @ where needed.</param>
/// <param name="IsStatic">Whether it was declared static.</param>
/// <param name="HintName">The generated file's name, fully qualified, without ".g.cs"; unique ignoring case.</param>
/// <param name="TakenMembers">Names the user's half already declares, ordinal order; the emitter leaves these out on the error surface.</param>
internal sealed record TypeModel(
    string Namespace,
    EquatableArray<string> ContainingTypes,
    string Name,
    bool IsStatic,
    string HintName,
    EquatableArray<string> TakenMembers)
{
    /// <summary>Whether one of <see cref="ShortNames"/> means something of the user's where the class stands.</summary>
    public bool HidesShortNames { get; init; }

    /// <summary>Whether a copy of its generated code is compiled too, and declares all that would be generated.</summary>
    public bool IsCopied { get; init; }
}
