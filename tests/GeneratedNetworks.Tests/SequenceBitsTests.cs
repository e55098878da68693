using System.Linq;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Small networks of recurrent layers have the same bits in every profile and at every width, where they are reproducible. A class of its own runs beside that of the numbers.</summary>
[Trait("Category", "Numeric")]
public sealed class SequenceBitsTests
{
    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void ReproducibleBitsAreTheSameEverywhere(Precision precision) =>
        TorchRun.AssertSameBits([.. TorchSequences.All.Networks.Where(network => !network.Missing.Any())], precision);
}
