using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;
using Microsoft.CodeAnalysis;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>The arguments of one attribute as plain values, by name.</summary>
internal sealed class AttributeReader
{
    private readonly List<Argument> _arguments = [];

    public AttributeReader(AttributeData attribute)
    {
        if (attribute.AttributeConstructor is not { } constructor || constructor.Parameters.Length != attribute.ConstructorArguments.Length)
        {
            IsBroken = true;
            return;
        }

        for (int i = 0; i < constructor.Parameters.Length; i++)
            Add(constructor.Parameters[i].Name, attribute.ConstructorArguments[i]);
        foreach (KeyValuePair<string, TypedConstant> named in attribute.NamedArguments)
            Add(named.Key, named.Value);
    }

    /// <summary>The compiler rejected the attribute's text: it has an error of its own, and the values here are incomplete.</summary>
    public bool IsBroken { get; private set; }

    public EquatableArray<Argument> Arguments => new(_arguments);

    public int Int(string name) => Find(name) is int value ? value : 0;

    /// <summary>Null where the argument is left out.</summary>
    public int? IntOrNull(string name) => Find(name) as int?;

    /// <summary>The same for one that may exceed an int.</summary>
    public long? LongOrNull(string name) => Find(name) switch { int value => value, long value => value, _ => null };

    public double? Double(string name) => Find(name) as double?;

    public string? String(string name) => Find(name) as string;

    public bool Bool(string name) => Find(name) is true;

    public EquatableArray<int> Ints(string name) => Find(name) is EquatableArray<int> values ? values : default;

    private object? Find(string name) => _arguments.LastOrDefault(argument => argument.Name == name)?.Value;

    private void Add(string name, TypedConstant constant)
    {
        IsBroken |= constant.Kind == TypedConstantKind.Error || (constant is { Kind: TypedConstantKind.Array, IsNull: false }
            && constant.Values.Any(element => element.Kind == TypedConstantKind.Error));
        if (!IsBroken)
            _arguments.Add(new(name, Value(constant)));
    }

    private static object? Value(TypedConstant constant) => constant switch
    {
        { IsNull: true } => null,
        { Kind: TypedConstantKind.Array, Type: IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_String } } =>
            new EquatableArray<string>(constant.Values.Select(element => element.Value as string ?? "")),
        { Kind: TypedConstantKind.Array } => new EquatableArray<int>(constant.Values.Select(element => Value(element) is int value ? value : 0)),
        { Kind: TypedConstantKind.Type } => constant.Value!.ToString(),
        _ => Plain(constant.Value!),
    };

    private static object Plain(object value) => value switch
    {
        string or bool or int or double => value,
        float number => (double)number,
        char character => character.ToString(),
        long number when number is < int.MinValue or > int.MaxValue => number,
        _ => Int32(Convert.ToDecimal(value)),
    };

    /// <summary>A value that fits no int is none of any enum and no size either: −1 is neither.</summary>
    private static int Int32(decimal value) => value is >= int.MinValue and <= int.MaxValue ? (int)value : -1;
}
