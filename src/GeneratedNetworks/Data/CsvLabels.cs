using System;
using System.Collections.Generic;
using System.Globalization;

namespace GeneratedNetworks;

/// <summary>The class labels of a column: either the classes are known beforehand, or they are found while reading and put in order at the end.</summary>
internal sealed class CsvLabels
{
    private readonly Dictionary<string, int> _classes = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly bool _open;

    /// <param name="known">The classes in their order; <see langword="null"/> to find them.</param>
    public CsvLabels(IReadOnlyList<string>? known)
    {
        _open = known is null;
        foreach (string name in known ?? [])
        {
            if (name is null || _classes.ContainsKey(name))
                throw new ArgumentException($"ClassNames holds '{name}' twice, or nothing.", "options");
            Add(name);
        }
    }

    /// <summary>The classes so far.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Whether a label is one of the classes known beforehand.</summary>
    public bool Knows(string label) => !_open && _classes.ContainsKey(label);

    /// <summary>Whether a text may be a label: any where the classes are still to be found.</summary>
    public bool IsPossible(string label) => _open || _classes.ContainsKey(label);

    /// <summary>The number of a label's class; <see langword="false"/> where the classes are known and it is none of them.</summary>
    public bool TryGet(string label, out int number)
    {
        if (_classes.TryGetValue(label, out number))
            return true;
        number = _open ? Add(label) : -1;
        return _open;
    }

    /// <summary>Puts classes that were found into order; returns the new number of each.</summary>
    public int[] Sort()
    {
        int[] places = new int[_names.Count];
        string[] sorted = _names.ToArray();
        if (_open)
            Array.Sort(sorted, _names.TrueForAll(IsInteger) ? ByNumber : StringComparer.Ordinal);
        for (int i = 0; i < sorted.Length; i++)
            places[_classes[sorted[i]]] = i;
        _names.Clear();
        _names.AddRange(sorted);
        return places;
    }

    // Equal numbers, such as 1 and 01, are different texts and have an order as well.
    private static readonly Comparer<string> ByNumber = Comparer<string>.Create(static (left, right) =>
    {
        int order = Number(left).CompareTo(Number(right));
        return order != 0 ? order : string.CompareOrdinal(left, right);
    });

    private static bool IsInteger(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private int Add(string label)
    {
        int number = _names.Count;
        _classes.Add(label, number);
        _names.Add(label);
        return number;
    }
}
