using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>What a network that is too large is told: only ways that lead somewhere, with numbers that do and of which the next would not.</summary>
public sealed class SizeAdviceTests
{
    [Theory]

    // So many inputs cannot be held, whatever reads them.
    [InlineData("[GeneratedNetwork(3840, 2160, 3)] [Dense(1000)]", "Scale the picture down to at most 67,107 numbers for 1,000 units, such as 199×112×3.")]
    [InlineData("[GeneratedNetwork(3, 2160, 3840)] [Dense(1000)]", "Scale the picture down to at most 67,107 numbers for 1,000 units, such as 3×112×199.")]
    [InlineData("[GeneratedNetwork(24883200)] [Dense(1000)]", "Give the layer at most 67,107 inputs for 1,000 units.")]
    [InlineData("[GeneratedNetwork(2, 2, 10000000)] [Dense(2000)]", "Scale the picture down to at most 33,553 numbers for 2,000 units.")]

    // A picture of numbers that can be held.
    [InlineData(
        "[GeneratedNetwork(256, 256)] [Normalize] [Flatten] [Dense(65536)]",
        "Scale the picture down to at most 1,022 numbers for 65,536 units, such as 31×31, or give the layer at most 1,023 units, or put a narrow layer before it, such as [Dense(511)].")]
    [InlineData(
        "[GeneratedNetwork(65536)] [Dense(65536)]",
        "Give the layer at most 1,023 inputs for 65,536 units, or give it at most 1,023 units, or put a narrow layer before it, such as [Dense(511)].")]

    // The layers before it have taken their part, and a picture's size no longer decides.
    [InlineData(
        "[GeneratedNetwork(1, 2)] [Dense(65536)] [Dense(32768)]",
        "Give the layer at most 2,041 inputs for 32,768 units, or give it at most 1,020 units, or put a narrow layer before it, such as [Dense(680)].")]
    [InlineData("[GeneratedNetwork(100)] [Dense(1000000)] [Dense(3000)]", "Make the layer, or what goes into it, smaller.")]
    [InlineData("[GeneratedNetwork(100)] [Dense(50000000)]", "Give the layer at most 664,444 units.")]
    public void OnlyWhatWouldDoIsSaid(string attributes, string advice)
    {
        Diagnostic error = Assert.Single(GeneratorHarness.Run(GeneratorHarness.Usings + attributes + " public partial class Net { }").GeneratorDiagnostics);
        Assert.Equal("GN0008", error.Id);
        Assert.EndsWith($" are possible. {advice}", error.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[GeneratedNetwork(199, 112, 3)] [Dense(1000)]", true)]
    [InlineData("[GeneratedNetwork(67107)] [Dense(1000)]", true)]
    [InlineData("[GeneratedNetwork(67108)] [Dense(1000)]", false)]
    [InlineData("[GeneratedNetwork(1023)] [Dense(65536)]", true)]
    [InlineData("[GeneratedNetwork(1024)] [Dense(65536)]", false)]
    [InlineData("[GeneratedNetwork(65536)] [Dense(1023)]", true)]
    [InlineData("[GeneratedNetwork(65536)] [Dense(1024)]", false)]
    [InlineData("[GeneratedNetwork(65536)] [Dense(511)] [Dense(65536)]", true)]
    [InlineData("[GeneratedNetwork(65536)] [Dense(512)] [Dense(65536)]", false)]
    [InlineData("[GeneratedNetwork(2)] [Dense(65536)] [Dense(680)] [Dense(32768)]", true)]
    [InlineData("[GeneratedNetwork(2)] [Dense(65536)] [Dense(681)] [Dense(32768)]", false)]
    [InlineData("[GeneratedNetwork(3840, 2160, 3)] [Dense(1)]", false)]
    public void TheNumbersAreTheGreatest(string attributes, bool fits)
    {
        string[] errors = [.. GeneratorHarness.Run(GeneratorHarness.Usings + attributes + " public partial class Net { }").GeneratorDiagnostics.Select(error => error.Id)];
        Assert.Equal(fits ? [] : ["GN0022"], errors);
    }
}
