using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Benchmarks.Networks;

/// <summary>Makes a loop over one call of the public API: for a batch size, an action that makes n calls.</summary>
internal delegate Action<int> LoopFactory(int batch);

/// <summary>A network shape of the tables: what peers need to build the same one, and loops over the generated classes.</summary>
internal sealed record NetworkCase(string Name, int[] Sizes, HiddenActivation Hidden)
{
    public required LoopFactory Forward { get; init; }

    public required LoopFactory Sgd { get; init; }

    public required LoopFactory Adam { get; init; }

    public LoopFactory? ReproducibleForward { get; init; }

    public LoopFactory? ReproducibleSgd { get; init; }

    public LoopFactory? ReproducibleAdam { get; init; }

    public LoopFactory? DoubleForward { get; init; }

    public LoopFactory? DoubleSgd { get; init; }

    public LoopFactory? ScalarForward { get; init; }

    public LoopFactory? ScalarSgd { get; init; }

    public int InputSize => Sizes[0];

    public int OutputSize => Sizes[^1];

    /// <summary>Multiply-adds of a forward pass, per sample.</summary>
    public long ForwardMultiplyAdds => Layers.Sum(layer => (long)layer.Inputs * layer.Outputs);

    /// <summary>Multiply-adds of a training step, per sample: forward, weight gradients, and input gradients of every layer but the first.</summary>
    public long StepMultiplyAdds => (2 * ForwardMultiplyAdds) + Layers.Skip(1).Sum(layer => (long)layer.Inputs * layer.Outputs);

    public IEnumerable<(int Inputs, int Outputs)> Layers => Sizes.Zip(Sizes.Skip(1));

    public Batch<float> Batch(int samples) => new(samples, InputSize, OutputSize, static value => (float)value);

    public Batch<double> DoubleBatch(int samples) => new(samples, InputSize, OutputSize, static value => value);
}

internal enum HiddenActivation
{
    Tanh,
    Relu,
}
