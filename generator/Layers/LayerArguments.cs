using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>Typed, checked access to one layer attribute's arguments, by its schema. A wrong one becomes an issue and a harmless value.</summary>
internal sealed class LayerArguments(LayerRegistration registration, LayerModel model, string name, List<Issue> issues)
{
    /// <summary>The layer's name: the one given, or its kind and number.</summary>
    public string Name => name;

    public int Int(string argument)
    {
        ArgumentSchema schema = SchemaOf(argument);
        int value = Get(schema, 0);
        if (schema.Range is null || schema.Range.Contains(value))
            return value;
        Report(schema.Range.Issue, argument, ", not " + value.ToString(CultureInfo.InvariantCulture));
        return (int)schema.Range.Minimum;
    }

    public double Number(string argument)
    {
        ArgumentSchema schema = SchemaOf(argument);
        double value = Get(schema, 0.0);
        if (schema.Range is null || schema.Range.Contains(value))
            return value;
        Report(schema.Range.Issue, value.ToString("R", CultureInfo.InvariantCulture));
        return schema.Range.Minimum;
    }

    public bool Flag(string argument) => Get(SchemaOf(argument), false);

    public IReadOnlyList<string> Names(string argument) => Get(SchemaOf(argument), EquatableArray<string>.Empty);

    /// <summary>Whether the attribute says it.</summary>
    public bool Has(string argument) => model.Arguments.Any(candidate => candidate.Name == argument && candidate.Value is not null);

    /// <summary>One number for all axes, or one for each.</summary>
    public EquatableArray<int> Extents(string argument, int axes)
    {
        if (model.Arguments.LastOrDefault(candidate => candidate.Name == argument)?.Value is int)
            return new(Enumerable.Repeat(Int(argument), axes));
        IReadOnlyList<int> sizes = Sizes(argument);
        if (sizes.Count == axes)
            return new(sizes);
        string expected = axes == 1 ? "one number" : "one number for both axes, or one for each, height first";
        Report(IssueIds.WindowArguments, Name, $"takes for {argument} {expected}, and has {sizes.Count.ToString(CultureInfo.InvariantCulture)}");
        return new(Enumerable.Repeat(1, axes));
    }

    /// <summary>One size or more; those that are none are reported.</summary>
    public IReadOnlyList<int> Sizes(string argument)
    {
        ArgumentSchema schema = SchemaOf(argument);
        EquatableArray<int> values = Get(schema, EquatableArray<int>.Empty);
        if (values.Count == 0)
        {
            Report(IssueIds.NonPositiveSize, argument, ": write one size or more");
            return [1];
        }

        foreach (int value in values.Where(value => schema.Range?.Contains(value) == false))
        {
            Report(schema.Range!.Issue, argument, ", not " + value.ToString(CultureInfo.InvariantCulture));
            return [1];
        }

        return values;
    }

    public TEnum Choice<TEnum>(string argument)
        where TEnum : struct, Enum
    {
        ArgumentSchema schema = SchemaOf(argument);
        int value = Get(schema, Convert.ToInt32(schema.Default ?? default(TEnum), CultureInfo.InvariantCulture));
        if (Enum.IsDefined(typeof(TEnum), value))
            return (TEnum)Enum.ToObject(typeof(TEnum), value);
        Report(IssueIds.UnknownEnumValue, typeof(TEnum).Name, value.ToString(CultureInfo.InvariantCulture));
        return (TEnum)(schema.Default ?? default(TEnum));
    }

    public void Report(string id, params string[] arguments) => issues.Add(Issue.Create(id, model.AttributeIndex, arguments));

    private ArgumentSchema SchemaOf(string argument) =>
        registration.Find(argument) ?? throw new InvalidOperationException($"{registration.Attribute} has no argument '{argument}'.");

    private T Get<T>(ArgumentSchema schema, T otherwise)
    {
        object? value = model.Arguments.LastOrDefault(candidate => candidate.Name == schema.Name)?.Value;
        if (value is T given)
            return given;

        // Attributes that the user declares, for want of a package, may take something else.
        if (value is not null)
            Report(IssueIds.UnknownEnumValue, schema.KindInWords, Convert.ToString(value, CultureInfo.InvariantCulture));
        return schema.Default is T usual ? usual : otherwise;
    }
}
