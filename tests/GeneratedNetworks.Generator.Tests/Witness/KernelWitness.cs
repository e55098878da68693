using System;
using System.Globalization;
using System.Linq;

namespace GeneratedNetworks.Generator.Tests.Witness;

/// <summary>What every witness of kernels has at hand: the network, its text, and where to say that a claim is false.</summary>
internal abstract class KernelWitness(Witnessed network, EmittedText text, Action<string, string> fault)
{
    protected Witnessed Network => network;

    protected EmittedText Text => text;

    protected bool IsSimd => network.Profile == "Simd";

    /// <summary>What a claim says, as it stands in the header.</summary>
    protected static string Line(ChoiceClaim claim) => $"{claim.Layer} {claim.Pass}: {claim.Kernel} ({claim.Why})";

    protected static decimal Decimal(string number) => decimal.Parse(number, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    protected void Fault(string line, string what) => fault(line, what);

    protected void Expect(bool condition, string line, string what)
    {
        if (!condition)
            fault(line, what);
    }

    /// <summary>The call that multiplies a chunk by a layer's weights.</summary>
    protected EmittedCall Product(WitnessedLayer layer) => EmittedText.Calls(text.Get("Passes", "ForwardChunk")).Single(call => call.Types.Count > 0 && call.IsOfWeights(layer.Name));
}
