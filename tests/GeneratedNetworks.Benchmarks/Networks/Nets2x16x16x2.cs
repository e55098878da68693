using System;
using GeneratedNetworks.Benchmarks.Measurement;

namespace GeneratedNetworks.Benchmarks.Networks;

[GeneratedNetwork(2)]
[Dense(16, Activation.Tanh)]
[Dense(16, Activation.Tanh)]
[Dense(2)]
[Training(Loss.MeanSquaredError, Optimizer.Sgd)]
public sealed partial class Net2x16x16x2Sgd;

[GeneratedNetwork(2)]
[Dense(16, Activation.Tanh)]
[Dense(16, Activation.Tanh)]
[Dense(2)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
public sealed partial class Net2x16x16x2Adam;

[GeneratedNetwork(2, Numerics = Numerics.Reproducible)]
[Dense(16, Activation.Tanh)]
[Dense(16, Activation.Tanh)]
[Dense(2)]
[Training(Loss.MeanSquaredError, Optimizer.Sgd)]
public sealed partial class Net2x16x16x2ReproducibleSgd;

[GeneratedNetwork(2, Numerics = Numerics.Reproducible)]
[Dense(16, Activation.Tanh)]
[Dense(16, Activation.Tanh)]
[Dense(2)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
public sealed partial class Net2x16x16x2ReproducibleAdam;

/// <summary>2-16-16-2, hidden tanh, linear output: a call of each generated class.</summary>
internal static class Nets2x16x16x2
{
    public static NetworkCase Case()
    {
        NetworkCase shape = null!;
        return shape = new("2-16-16-2 tanh", [2, 16, 16, 2], HiddenActivation.Tanh)
        {
            Forward = samples => Loop.Forward(shape.Batch(samples), new SgdPass(new(1))),
            Sgd = samples => Loop.Step(shape.Batch(samples), new SgdStep(new(new(1)) { LearningRate = Method.LearningRate })),
            Adam = samples => Loop.Step(shape.Batch(samples), new AdamStep(new(new(1)) { LearningRate = Method.LearningRate })),
            ReproducibleForward = samples => Loop.Forward(shape.Batch(samples), new ReproducibleSgdPass(new(1))),
            ReproducibleSgd = samples => Loop.Step(shape.Batch(samples), new ReproducibleSgdStep(new(new(1)) { LearningRate = Method.LearningRate })),
            ReproducibleAdam = samples => Loop.Step(shape.Batch(samples), new ReproducibleAdamStep(new(new(1)) { LearningRate = Method.LearningRate })),
        };
    }

    private readonly struct SgdPass(Net2x16x16x2Sgd network) : IForward<float>
    {
        public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => network.Forward(inputs, outputs);
    }

    private readonly struct SgdStep(Net2x16x16x2Sgd.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct AdamStep(Net2x16x16x2Adam.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct ReproducibleSgdPass(Net2x16x16x2ReproducibleSgd network) : IForward<float>
    {
        public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => network.Forward(inputs, outputs);
    }

    private readonly struct ReproducibleSgdStep(Net2x16x16x2ReproducibleSgd.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct ReproducibleAdamStep(Net2x16x16x2ReproducibleAdam.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }
}
