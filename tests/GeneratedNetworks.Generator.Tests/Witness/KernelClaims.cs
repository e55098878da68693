using System;
using System.Linq;

namespace GeneratedNetworks.Generator.Tests.Witness;

/// <summary>Compares what a header says of each layer's kernels with the calls in the passes and the statements of the methods for one sample.</summary>
internal sealed class KernelClaims(Witnessed network, HeaderClaims header, EmittedText text, Action<string, string> fault)
{
    public void Check()
    {
        OrderClaims order = new(network, text, fault);
        SampleClaims sample = new(network, header, text, fault);
        TileClaims tiles = new(network, text, fault);
        foreach (WitnessedLayer layer in network.Layers)
        {
            bool isTrained = network.Optimizer is not null && !layer.IsFrozen;
            string[] passes = isTrained ? ["weights", "one sample", "batch", "gradient"] : ["weights", "one sample", "batch"];
            string[] found = [.. header.Choices.Where(choice => choice.Layer == layer.Name).Select(choice => choice.Pass)];
            if (!passes.SequenceEqual(found))
                fault(layer.Name, $"its passes are {string.Join(", ", found)}");
            foreach (ChoiceClaim claim in header.Choices.Where(choice => choice.Layer == layer.Name))
            {
                switch (claim.Pass)
                {
                    case "weights":
                        order.Check(layer, claim);
                        break;
                    case "one sample":
                        sample.Check(layer, claim);
                        break;
                    case "batch":
                        tiles.CheckBatch(layer, claim);
                        break;
                    default:
                        tiles.CheckGradient(layer, claim);
                        break;
                }
            }
        }

        sample.CheckWidths();
        new StepClaims(network, header, text, fault).Check();
    }
}
