using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Small networks of all layers compute, differentiate and learn what PyTorch does, in every profile.</summary>
[Trait("Category", "Numeric")]
public sealed class TorchTests(ITestOutputHelper output)
{
    private static readonly TorchCase[] Known = [.. TorchCase.All.Where(network => !network.Missing.Any())];

    public static MatrixTheoryData<string, Precision> Targets => new(["Simd", "Scalar", "Basic"], [Precision.Single, Precision.Double]);

    public static TheoryData<string> Needs => [.. TorchCase.All.SelectMany(network => network.Needs).Distinct()];

    [Theory]
    [MemberData(nameof(Targets))]
    public void NumbersAreThoseOfPyTorch(string target, Precision precision) => TorchRun.AssertNumbers(Known, target, precision, output);

    /// <summary>A layer that is still to come is told, and not passed over in silence.</summary>
    [Theory]
    [MemberData(nameof(Needs))]
    public void TheLayerExists(string need) => TorchRun.SkipWhenMissing(TorchCase.All, need);
}
