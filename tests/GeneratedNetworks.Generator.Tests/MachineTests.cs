using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using GeneratedNetworks.Generator.Planning;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>The numbers by which a plan chooses are in one file, each with where it comes from.</summary>
public sealed partial class MachineTests
{
    /// <summary>What is no choice: how long a cache line is, and how many rows the one tile of a vector has.</summary>
    private static readonly string[] Definitions = ["Layout.LineBytes", "TileChoice.SingleRows"];

    /// <summary>Registers of a kernel and forms of files; of them the first group chooses between forms and belongs to the planner's numbers.</summary>
    private static readonly HashSet<string> Emitted = new(StringComparer.Ordinal)
    {
        "DotProducts.Accumulators", "HeldRow.MostVectors", "ParallelWriter.Block", "SampleBackwardByOutputKernel.TwoSums", "SampleBackwardByOutputKernel.WrittenOut",
        "SampleBackwardKernel.Group", "SampleBackwardKernel.WidestVector", "SampleBackwardKernel.WrittenOut", "SampleForwardKernel.SpreadVectors",
        "SampleUpdate.ScaledInputs", "SampleUpdate.WrittenOut", "TileUnits.Accumulators", "TileUnits.Spread",

        "EmbeddedWriter.FewestCharactersPerLine", "EmbeddedWriter.MostLines", "EmbeddedWriter.MostReadable", "EmbeddedWriter.ValuesPerLine",
        "TrainerState.HeaderBytes", "TrainerState.Version",
    };

    [Fact]
    public void NoOtherFileOfThePlannerHasANumberOfItsOwn() => Assert.Equal(
        Definitions,
        typeof(Machine).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(Machine).Namespace && type != typeof(Machine) && !type.IsEnum)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field.IsLiteral && field.FieldType != typeof(string))
            .Select(field => $"{field.DeclaringType!.Name}.{field.Name}").Order(StringComparer.Ordinal));

    [Fact]
    public void EveryNumberSaysWhatItIs()
    {
        string text = Repository.Read("generator/Planning/Choice/Machine.cs");
        string[] documented = [.. Documented().Matches(text).SelectMany(match => match.Groups["names"].Value.Split(',')).Select(name => name.Split('=')[0].Trim())];
        Assert.Equal(typeof(Machine).GetFields().Select(field => field.Name).Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    /// <summary>The command <c>machine</c> of the benchmarks measures it, or says why it is no matter of speed.</summary>
    [Fact]
    public void EveryNumberHasItsLineAmongTheMeasured()
    {
        string[] lines = [.. Directory.EnumerateFiles(Repository.PathOf("tests/GeneratedNetworks.Benchmarks/Numbers"), "*.cs")
            .SelectMany(File.ReadAllLines)
            .Select(line => Line().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups["name"].Value)];
        Assert.Equal(typeof(Machine).GetFields().Select(field => field.Name).Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    /// <summary>Numbers that choose between forms and stand in the emitter: each with the file that they belong to. The list may only get shorter.</summary>
    [Fact]
    public void NoMoreNumbersStandInTheEmitter() => Assert.Subset(
        Emitted,
        typeof(Machine).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("GeneratedNetworks.Generator.Emit", StringComparison.Ordinal) == true && !type.IsEnum)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field.IsLiteral && field.FieldType != typeof(string))
            .Select(field => $"{field.DeclaringType!.Name}.{field.Name}").ToHashSet(StringComparer.Ordinal));

    [GeneratedRegex(@"^        (new\(|MachineNumber\.Fixed\()?(nameof\(Planned\.(?<name>\w+)\))[,)]|^            (nameof\(Planned\.(?<name>\w+)\)),$")]
    private static partial Regex Line();

    [GeneratedRegex(@"/// <summary>[^\n]{20,}</summary>\n    public const \w+ (?<names>[^;]+);")]
    private static partial Regex Documented();
}
