using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Issues;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>What the values of an argument are.</summary>
internal enum ArgumentKind
{
    Int,
    Double,
    Bool,
    Enum,
    String,
    Ints,
    Strings,

    /// <summary>One whole number, or several.</summary>
    Extents,
}

/// <summary>One argument of a layer's attribute. The parser, the text of models, the tool and the README know an argument from here alone.</summary>
/// <param name="Name">As the attribute spells it: in lower case where it is positional, in upper case where it is named.</param>
/// <param name="Kind">What its values are.</param>
internal sealed record ArgumentSchema(string Name, ArgumentKind Kind)
{
    /// <summary>What it is where it is left out; null where it has to be given.</summary>
    public object? Default { get; init; }

    /// <summary>The enum, for values of one.</summary>
    public Type? EnumType { get; init; }

    /// <summary>Which values of a number are allowed, or null for all.</summary>
    public ArgumentRange? Range { get; init; }

    /// <summary>Whether it is one of the attribute's constructor.</summary>
    public bool IsPositional => char.IsLower(Name[0]);

    /// <summary>Whether a declaration without it is incomplete.</summary>
    public bool IsRequired => IsPositional && Default is null;

    /// <summary>A count that has to be positive and given.</summary>
    public static ArgumentSchema Size(string name) => new(name, ArgumentKind.Int) { Range = ArgumentRange.Sizes };

    /// <summary>A count that has to be positive.</summary>
    public static ArgumentSchema Whole(string name, int otherwise) => new(name, ArgumentKind.Int) { Range = ArgumentRange.Sizes, Default = otherwise };

    /// <summary>A count for all axes, or one for each.</summary>
    public static ArgumentSchema Extents(string name) => new(name, ArgumentKind.Extents) { Range = ArgumentRange.Sizes };

    /// <summary>Counts that may be left out.</summary>
    public static ArgumentSchema OptionalSizes(string name) => new(name, ArgumentKind.Ints) { Range = ArgumentRange.Sizes };

    /// <summary>A number that has to be given.</summary>
    public static ArgumentSchema Number(string name, ArgumentRange range) => new(name, ArgumentKind.Double) { Range = range };

    public static ArgumentSchema Flag(string name, bool otherwise) => new(name, ArgumentKind.Bool) { Default = otherwise };

    /// <summary>A value of an enum that has to be given.</summary>
    public static ArgumentSchema Choice<TEnum>(string name)
        where TEnum : struct, Enum => new(name, ArgumentKind.Enum) { EnumType = typeof(TEnum) };

    public static ArgumentSchema Choice<TEnum>(string name, TEnum otherwise)
        where TEnum : struct, Enum => new(name, ArgumentKind.Enum) { EnumType = typeof(TEnum), Default = otherwise };

    /// <summary>Names, one or more.</summary>
    public static ArgumentSchema Names(string name) => new(name, ArgumentKind.Strings);

    /// <summary>Counts that have to be positive and given.</summary>
    public static ArgumentSchema Sizes(string name) => new(name, ArgumentKind.Ints) { Range = ArgumentRange.Sizes };

    /// <summary>The kind in words, for messages.</summary>
    public string KindInWords => Kind switch
    {
        ArgumentKind.Int => "whole number",
        ArgumentKind.Double => "number",
        ArgumentKind.Bool => "true or false",
        ArgumentKind.Enum => "value of " + EnumType!.Name,
        ArgumentKind.String => "quoted string",
        ArgumentKind.Ints => "list of whole numbers",
        ArgumentKind.Extents => "whole number, or a list of them",
        _ => "list of quoted strings",
    };

    /// <summary>The default as source, for documents.</summary>
    public string DefaultText => Default switch
    {
        null => string.Empty,
        bool flag => flag ? "true" : "false",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString(),
    };
}

/// <summary>An interval of numbers.</summary>
/// <param name="Minimum">The least that is allowed.</param>
/// <param name="Below">The least above all that are, or null for no limit.</param>
/// <param name="Issue">The id of what is wrong outside.</param>
internal sealed record ArgumentRange(double Minimum, double? Below, string Issue)
{
    public static readonly ArgumentRange Sizes = new(1, null, IssueIds.NonPositiveSize);

    public static readonly ArgumentRange Counts = new(0, null, IssueIds.NonPositiveSize);

    /// <summary>NaN is in no range.</summary>
    public bool Contains(double value) => value >= Minimum && (Below is null || value < Below);
}

/// <param name="Attribute">The attribute's name without its suffix.</param>
/// <param name="Arguments">What the attribute takes besides <c>Name</c>, the positional ones in order first.</param>
/// <param name="Create">Reads the attribute's arguments and returns the layers it stands for, in order; reports what is wrong with them.</param>
/// <param name="Example">One line of source, from which the tests build, check and document a network.</param>
/// <param name="Summary">What it computes, for the README.</param>
internal sealed record LayerRegistration(
    string Attribute, IReadOnlyList<ArgumentSchema> Arguments, LayerFactory Create, string Example, string Summary)
{
    /// <summary>Every layer can be given a name.</summary>
    public static readonly ArgumentSchema NameArgument = new("Name", ArgumentKind.String);

    /// <summary>Every layer of one input can be told what to read.</summary>
    public static readonly ArgumentSchema FromArgument = new("From", ArgumentKind.String);

    /// <summary>What the example may read.</summary>
    public IReadOnlyList<int> ExampleShape { get; init; } = [2, 4, 1];

    /// <summary>What a layer without a name is called, before its number; null: the attribute, its first letter in lower case.</summary>
    public string? DefaultName { get; init; }

    /// <summary>The same, said.</summary>
    public string NameWithoutNumber => DefaultName ?? char.ToLowerInvariant(Attribute[0]) + Attribute.Substring(1);

    /// <summary>Whether it reads one value: the one above it, or another that <c>From</c> names.</summary>
    public bool IsUnary => Arguments.All(argument => argument.Kind != ArgumentKind.Strings);

    /// <summary>The argument of a name, or null.</summary>
    public ArgumentSchema? Find(string argument) =>
        argument == NameArgument.Name ? NameArgument
        : argument == FromArgument.Name && IsUnary ? FromArgument
        : Arguments.FirstOrDefault(candidate => candidate.Name == argument);
}

internal delegate IEnumerable<Layer> LayerFactory(LayerArguments arguments);
