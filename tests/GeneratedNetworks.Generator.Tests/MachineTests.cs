using System;
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

    [GeneratedRegex(@"/// <summary>[^\n]{20,}</summary>\n    public const \w+ (?<names>[^;]+);")]
    private static partial Regex Documented();
}
