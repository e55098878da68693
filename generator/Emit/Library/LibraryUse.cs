using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>What one network takes from the assembly's shared text, by name and in ordinal order, so that equal uses are equal.</summary>
/// <param name="Precision">The element type.</param>
/// <param name="Numerics">Whether the order of every sum is fixed.</param>
/// <param name="Units">Kernels.</param>
/// <param name="Functions">Element-wise functions on vectors.</param>
/// <param name="Plain">Functions on doubles.</param>
/// <param name="Members">What the network's own text calls of one width: "W128.Sums".</param>
internal sealed record LibraryUse(
    Precision Precision, Numerics Numerics, EquatableArray<string> Units, EquatableArray<string> Functions, EquatableArray<string> Plain, EquatableArray<string> Members)
{
    /// <summary>What the networks of each kind of numbers take together, in a fixed order.</summary>
    public static IEnumerable<LibraryUse> Groups(IEnumerable<LibraryUse> uses) => uses
        .GroupBy(use => (use.Numerics, use.Precision))
        .OrderBy(group => group.Key)
        .Select(group => Union(group.Key.Precision, group.Key.Numerics, group));

    private static LibraryUse Union(Precision precision, Numerics numerics, IEnumerable<LibraryUse> uses)
    {
        Builder builder = new(precision, numerics);
        foreach (LibraryUse use in uses)
        {
            foreach (string unit in use.Units)
                builder.Unit(unit);
            foreach (string function in use.Functions)
                builder.Function(function);
            foreach (string function in use.Plain)
                builder.PlainFunction(function);
            foreach (string member in use.Members)
                builder.Member(member);
        }

        return builder.Build();
    }

    /// <summary>Collects names, and what they need in turn.</summary>
    public sealed class Builder(Precision precision, Numerics numerics)
    {
        private readonly SortedSet<string> _units = new(StringComparer.Ordinal);
        private readonly SortedSet<string> _functions = new(StringComparer.Ordinal);
        private readonly SortedSet<string> _plain = new(StringComparer.Ordinal);
        private readonly SortedSet<string> _members = new(StringComparer.Ordinal);

        public string Unit(string name)
        {
            if (!_units.Add(name))
                return name;
            Unit unit = UnitTable.Of(name);
            foreach (string other in numerics == Numerics.Reproducible ? unit.Units.Concat(unit.OrderedUnits) : unit.Units)
                Unit(other);
            foreach (string function in unit.Functions)
                Function(function);
            foreach (string function in unit.DoubleFunctions)
                PlainFunction(function);
            return name;
        }

        public string Function(string name)
        {
            _functions.Add(name);
            return name;
        }

        public string PlainFunction(string name)
        {
            _plain.Add(name);
            return name;
        }

        /// <param name="call">"W128.Sums".</param>
        public string Member(string call)
        {
            _members.Add(call);
            return call;
        }

        public LibraryUse Build() => new(precision, numerics, new(_units), new(_functions), new(_plain), new(_members));
    }
}

/// <summary>Every shared kernel by name.</summary>
internal static class UnitTable
{
    private static readonly Dictionary<string, Unit> Units = new[]
        {
            TileUnits.Products, TileUnits.Gradients, TileUnits.Stores, ProductUnits.All, OrderedUnits.All, DotUnits.All, SumUnits.All, RowUnits.All, ChannelUnits.All, PartUnits.All, PatchUnits.All, PlaneUnits.All, DepthwiseUnits.All, DepthwiseSquareUnits.All, BatchNormUnits.All, PoolUnits.All, PairPoolUnits.All, LayerNormUnits.All, SlopeUnits.All, CellUnits.All, ElementUnits.All, MemoryUnits.All, InitializationUnits.All,
        }
        .SelectMany(units => units)
        .ToDictionary(unit => unit.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => Units.Keys.OrderBy(name => name, StringComparer.Ordinal);

    public static Unit Of(string name) =>
        Units.TryGetValue(name, out Unit? unit) ? unit : throw new ArgumentException($"There is no shared kernel '{name}'.", nameof(name));
}
