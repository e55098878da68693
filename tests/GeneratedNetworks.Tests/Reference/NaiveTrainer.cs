using System;
using System.Linq;

namespace GeneratedNetworks.Tests.Reference;

/// <summary>The naive network with its optimizer.</summary>
internal sealed class NaiveTrainer(NaiveNetwork network)
    : NaiveOptimizer(network.Parameters, network.Spec.Training!.Optimizer, p => !network.IsFrozen(p), p => !network.IsBias(p))
{
    public NaiveNetwork Network { get; } = network;

    public double Step(double[] inputs, double[] targets)
    {
        double loss = Network.Loss(inputs, targets);
        Update(Network.Backward(inputs, targets).Parameters);
        return loss;
    }
}
