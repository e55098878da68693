using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Model;

/// <summary>A member that the generator adds to the user's class.</summary>
/// <param name="Name">Its name; <c>.ctor</c> for a constructor.</param>
/// <param name="Parameters">A method's parameter types ("float[], float[]"): overloads may stand beside it. Null: it takes the whole name.</param>
internal sealed record EmittedMember(string Name, string? Parameters)
{
    public const string Constructor = ".ctor";

    /// <summary>Tells this member from all others: its name, followed by the parameters for a constructor.</summary>
    public string Key => Name == Constructor ? $"{Name}({Parameters})" : Name;
}

/// <summary>Every name that the generator adds to the user's class: the one place where a collision is decided.</summary>
internal static class EmittedMembers
{
    public const string InputSize = nameof(InputSize);
    public const string OutputSize = nameof(OutputSize);
    public const string ParameterCount = nameof(ParameterCount);
    public const string ParameterLayout = nameof(ParameterLayout);
    public const string InputLayout = nameof(InputLayout);
    public const string OutputLayout = nameof(OutputLayout);
    public const string GetParameters = nameof(GetParameters);
    public const string SetParameters = nameof(SetParameters);
    public const string Forward = nameof(Forward);
    public const string Info = nameof(Info);
    public const string Clone = nameof(Clone);
    public const string Instance = nameof(Instance);
    public const string Adapt = nameof(Adapt);
    public const string Trainer = nameof(Trainer);
    public const string FrameSize = nameof(FrameSize);
    public const string OutputFrameSize = nameof(OutputFrameSize);
    public const string MemorySize = nameof(MemorySize);
    public const string MemoryLayout = nameof(MemoryLayout);
    public const string ForwardIds = nameof(ForwardIds);
    public const string ForwardLengths = nameof(ForwardLengths);
    public const string ForwardStream = nameof(ForwardStream);
    public const string ForwardStreams = nameof(ForwardStreams);
    public const string ForwardStreamIds = nameof(ForwardStreamIds);

    public static readonly EmittedMember DefaultConstructor = new(EmittedMember.Constructor, "");
    public static readonly EmittedMember SeedConstructor = new(EmittedMember.Constructor, "ulong");

    /// <summary>What is private, in any profile: a nested class with all of it, and the field with the network's memory.</summary>
    public static readonly IReadOnlyList<string> Private = ["Gn", "_gn"];

    /// <param name="profile">The resolved profile.</param>
    /// <param name="precision">The element type.</param>
    /// <param name="training">Whether a trainer is emitted.</param>
    /// <param name="isStatic">Whether the class is static: no constructors, no trainer.</param>
    /// <param name="normalizes">Whether a layer may have means and deviations to be taken from data.</param>
    /// <param name="streams">Whether it also runs frame by frame.</param>
    /// <param name="hasIds">Whether inputs may be numbers of a table's rows.</param>
    /// <param name="hasSequences">Whether a sequence may end before its window does.</param>
    public static IEnumerable<EmittedMember> Of(EmitProfile profile, Precision precision, bool training, bool isStatic, bool normalizes = false, bool streams = false, bool hasSequences = false, bool hasIds = false)
    {
        string element = precision == Precision.Double ? "double" : "float";
        bool arrays = profile == EmitProfile.Basic;
        string source = arrays ? $"{element}[]" : $"System.ReadOnlySpan<{element}>";
        string destination = arrays ? $"{element}[]" : $"System.Span<{element}>";

        yield return new(InputSize, null);
        yield return new(OutputSize, null);
        yield return new(ParameterCount, null);
        if (!arrays)
        {
            yield return new(ParameterLayout, null);
            yield return new("get_" + ParameterLayout, "");
            yield return new(InputLayout, null);
            yield return new("get_" + InputLayout, "");
            yield return new(OutputLayout, null);
            yield return new("get_" + OutputLayout, "");
            yield return new(Info, null);
            yield return new("get_" + Info, "");
            if (isStatic)
            {
                yield return new(Instance, null);
                yield return new("get_" + Instance, "");
            }
        }

        yield return new(GetParameters, destination);
        if (!isStatic)
            yield return new(SetParameters, source);
        yield return new(Forward, $"{source}, {destination}");
        if (hasIds)
            yield return new(ForwardIds, $"{(arrays ? "int[]" : "System.ReadOnlySpan<int>")}, {destination}");
        if (hasSequences)
            yield return new(ForwardLengths, $"{source}, {destination}, {(arrays ? "int[]" : "System.ReadOnlySpan<int>")}");
        if (streams)
        {
            yield return new(FrameSize, null);
            yield return new(OutputFrameSize, null);
            yield return new(MemorySize, null);
            if (!arrays)
            {
                yield return new(MemoryLayout, null);
                yield return new("get_" + MemoryLayout, "");
            }

            yield return new(ForwardStream, $"{source}, {destination}, {destination}");
            yield return new(ForwardStreams, $"{source}, {destination}, {destination}");
            if (hasIds)
                yield return new(ForwardStreamIds, $"{(arrays ? "int[]" : "System.ReadOnlySpan<int>")}, {destination}, {destination}");
        }

        if (!isStatic)
        {
            yield return new(Clone, "");
            if (normalizes && !arrays)
                yield return new(Adapt, $"GeneratedNetworks.Dataset<{element}>");
            yield return DefaultConstructor;
            yield return SeedConstructor;
            if (training)
                yield return new(Trainer, null);
        }

        foreach (string name in Private)
            yield return new(name, null);
    }
}
