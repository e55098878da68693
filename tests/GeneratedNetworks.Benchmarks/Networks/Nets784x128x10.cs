using System;
using GeneratedNetworks.Benchmarks.Measurement;

namespace GeneratedNetworks.Benchmarks.Networks;

[GeneratedNetwork(784)]
[Dense(128, Activation.Relu)]
[Dense(10)]
[Training(Loss.MeanSquaredError, Optimizer.Sgd)]
public sealed partial class Net784x128x10Sgd;

[GeneratedNetwork(784)]
[Dense(128, Activation.Relu)]
[Dense(10)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
public sealed partial class Net784x128x10Adam;

[GeneratedNetwork(784, Numerics = Numerics.Reproducible)]
[Dense(128, Activation.Relu)]
[Dense(10)]
[Training(Loss.MeanSquaredError, Optimizer.Sgd)]
public sealed partial class Net784x128x10ReproducibleSgd;

[GeneratedNetwork(784, Numerics = Numerics.Reproducible)]
[Dense(128, Activation.Relu)]
[Dense(10)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
public sealed partial class Net784x128x10ReproducibleAdam;

[GeneratedNetwork(784, Precision = Precision.Double)]
[Dense(128, Activation.Relu)]
[Dense(10)]
[Training(Loss.MeanSquaredError, Optimizer.Sgd)]
public sealed partial class Net784x128x10Double;

[GeneratedNetwork(784, Emit = EmitProfile.Scalar)]
[Dense(128, Activation.Relu)]
[Dense(10)]
[Training(Loss.MeanSquaredError, Optimizer.Sgd)]
public sealed partial class Net784x128x10Scalar;

/// <summary>784-128-10, hidden relu, linear output: a call of each generated class.</summary>
internal static class Nets784x128x10
{
    public static NetworkCase Case()
    {
        NetworkCase shape = null!;
        return shape = new("784-128-10 relu", [784, 128, 10], HiddenActivation.Relu)
        {
            Forward = samples => Loop.Forward(shape.Batch(samples), new SgdPass(new(1))),
            Sgd = samples => Loop.Step(shape.Batch(samples), new SgdStep(new(new(1)) { LearningRate = Method.LearningRate })),
            Adam = samples => Loop.Step(shape.Batch(samples), new AdamStep(new(new(1)) { LearningRate = Method.LearningRate })),
            ReproducibleForward = samples => Loop.Forward(shape.Batch(samples), new ReproducibleSgdPass(new(1))),
            ReproducibleSgd = samples => Loop.Step(shape.Batch(samples), new ReproducibleSgdStep(new(new(1)) { LearningRate = Method.LearningRate })),
            ReproducibleAdam = samples => Loop.Step(shape.Batch(samples), new ReproducibleAdamStep(new(new(1)) { LearningRate = Method.LearningRate })),
            DoubleForward = samples => Loop.Forward(shape.DoubleBatch(samples), new DoublePass(new(1))),
            DoubleSgd = samples => Loop.Step(shape.DoubleBatch(samples), new DoubleStep(new(new(1)) { LearningRate = Method.LearningRate })),
            ScalarForward = samples => Loop.Forward(shape.Batch(samples), new ScalarPass(new(1))),
            ScalarSgd = samples => Loop.Step(shape.Batch(samples), new ScalarStep(new(new(1)) { LearningRate = Method.LearningRate })),
        };
    }

    private readonly struct SgdPass(Net784x128x10Sgd network) : IForward<float>
    {
        public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => network.Forward(inputs, outputs);
    }

    private readonly struct SgdStep(Net784x128x10Sgd.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct AdamStep(Net784x128x10Adam.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct ReproducibleSgdPass(Net784x128x10ReproducibleSgd network) : IForward<float>
    {
        public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => network.Forward(inputs, outputs);
    }

    private readonly struct ReproducibleSgdStep(Net784x128x10ReproducibleSgd.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct ReproducibleAdamStep(Net784x128x10ReproducibleAdam.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct DoublePass(Net784x128x10Double network) : IForward<double>
    {
        public void Forward(ReadOnlySpan<double> inputs, Span<double> outputs) => network.Forward(inputs, outputs);
    }

    private readonly struct DoubleStep(Net784x128x10Double.Trainer trainer) : IStep<double>
    {
        public void Step(ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct ScalarPass(Net784x128x10Scalar network) : IForward<float>
    {
        public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => network.Forward(inputs, outputs);
    }

    private readonly struct ScalarStep(Net784x128x10Scalar.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }
}
