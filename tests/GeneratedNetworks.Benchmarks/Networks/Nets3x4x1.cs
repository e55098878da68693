using System;
using GeneratedNetworks.Benchmarks.Measurement;

namespace GeneratedNetworks.Benchmarks.Networks;

[GeneratedNetwork(3)]
[Dense(4, Activation.Tanh)]
[Dense(1)]
[Training(Loss.MeanSquaredError, Optimizer.Sgd)]
public sealed partial class Net3x4x1Sgd;

[GeneratedNetwork(3)]
[Dense(4, Activation.Tanh)]
[Dense(1)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
public sealed partial class Net3x4x1Adam;

[GeneratedNetwork(3, Numerics = Numerics.Reproducible)]
[Dense(4, Activation.Tanh)]
[Dense(1)]
[Training(Loss.MeanSquaredError, Optimizer.Sgd)]
public sealed partial class Net3x4x1ReproducibleSgd;

[GeneratedNetwork(3, Numerics = Numerics.Reproducible)]
[Dense(4, Activation.Tanh)]
[Dense(1)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
public sealed partial class Net3x4x1ReproducibleAdam;

/// <summary>3-4-1, hidden tanh, linear output: a call of each generated class.</summary>
internal static class Nets3x4x1
{
    public static NetworkCase Case()
    {
        NetworkCase shape = null!;
        return shape = new("3-4-1 tanh", [3, 4, 1], HiddenActivation.Tanh)
        {
            Forward = samples => Loop.Forward(shape.Batch(samples), new SgdPass(new(1))),
            Sgd = samples => Loop.Step(shape.Batch(samples), new SgdStep(new(new(1)) { LearningRate = Method.LearningRate })),
            Adam = samples => Loop.Step(shape.Batch(samples), new AdamStep(new(new(1)) { LearningRate = Method.LearningRate })),
            ReproducibleForward = samples => Loop.Forward(shape.Batch(samples), new ReproducibleSgdPass(new(1))),
            ReproducibleSgd = samples => Loop.Step(shape.Batch(samples), new ReproducibleSgdStep(new(new(1)) { LearningRate = Method.LearningRate })),
            ReproducibleAdam = samples => Loop.Step(shape.Batch(samples), new ReproducibleAdamStep(new(new(1)) { LearningRate = Method.LearningRate })),
        };
    }

    private readonly struct SgdPass(Net3x4x1Sgd network) : IForward<float>
    {
        public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => network.Forward(inputs, outputs);
    }

    private readonly struct SgdStep(Net3x4x1Sgd.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct AdamStep(Net3x4x1Adam.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct ReproducibleSgdPass(Net3x4x1ReproducibleSgd network) : IForward<float>
    {
        public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => network.Forward(inputs, outputs);
    }

    private readonly struct ReproducibleSgdStep(Net3x4x1ReproducibleSgd.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct ReproducibleAdamStep(Net3x4x1ReproducibleAdam.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }
}
