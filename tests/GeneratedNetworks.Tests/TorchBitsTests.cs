using System.Linq;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Small networks of all layers have the same bits in every profile and at every width, where they are reproducible. A class of its own runs beside that of the numbers.</summary>
[Trait("Category", "Numeric")]
public sealed class TorchBitsTests
{
    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void ReproducibleBitsAreTheSameEverywhere(Precision precision) =>
        TorchRun.AssertSameBits([.. TorchCase.All.Where(network => !network.Missing.Any())], precision);
}
