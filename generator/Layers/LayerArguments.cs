using System;
using System.Collections.Generic;
using System.Globalization;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>Typed, checked access to one layer attribute's arguments. A wrong one becomes an issue and a harmless default.</summary>
internal sealed class LayerArguments(LayerModel model, string name, List<Issue> issues)
{
    /// <summary>The layer's name: the one given, or its kind and number.</summary>
    public string Name => name;

    public int Size(string argument)
    {
        int value = Get(argument, 0);
        if (value > 0)
            return value;
        Report(IssueIds.NonPositiveSize, argument, ", not " + value.ToString(CultureInfo.InvariantCulture));
        return 1;
    }

    public bool Flag(string argument, bool fallback) => Get(argument, fallback);

    public double Number(string argument) => Get(argument, 0.0);

    public TEnum Choice<TEnum>(string argument, TEnum fallback)
        where TEnum : struct, Enum
    {
        int value = Get(argument, Convert.ToInt32(fallback, CultureInfo.InvariantCulture));
        if (Enum.IsDefined(typeof(TEnum), value))
            return (TEnum)Enum.ToObject(typeof(TEnum), value);
        Report(IssueIds.UnknownEnumValue, typeof(TEnum).Name, value.ToString(CultureInfo.InvariantCulture));
        return fallback;
    }

    public void Report(string id, params string[] arguments) => issues.Add(Issue.Create(id, model.AttributeIndex, arguments));

    private T Get<T>(string argument, T fallback)
    {
        foreach (Argument candidate in model.Arguments)
        {
            if (candidate.Name == argument && candidate.Value is T value)
                return value;
        }

        return fallback;
    }
}
