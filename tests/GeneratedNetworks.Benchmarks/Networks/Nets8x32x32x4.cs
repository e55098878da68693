using System;
using GeneratedNetworks.Benchmarks.Measurement;

namespace GeneratedNetworks.Benchmarks.Networks;

[GeneratedNetwork(8)]
[Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu)]
[Dense(4)]
[Training(Loss.MeanSquaredError, Optimizer.Sgd)]
public sealed partial class Net8x32x32x4Sgd;

[GeneratedNetwork(8)]
[Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu)]
[Dense(4)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
public sealed partial class Net8x32x32x4Adam;

[GeneratedNetwork(8, Numerics = Numerics.Reproducible)]
[Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu)]
[Dense(4)]
[Training(Loss.MeanSquaredError, Optimizer.Sgd)]
public sealed partial class Net8x32x32x4ReproducibleSgd;

[GeneratedNetwork(8, Numerics = Numerics.Reproducible)]
[Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu)]
[Dense(4)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
public sealed partial class Net8x32x32x4ReproducibleAdam;

[GeneratedNetwork(8, Precision = Precision.Double)]
[Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu)]
[Dense(4)]
[Training(Loss.MeanSquaredError, Optimizer.Sgd)]
public sealed partial class Net8x32x32x4Double;

[GeneratedNetwork(8, Emit = EmitProfile.Scalar)]
[Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu)]
[Dense(4)]
[Training(Loss.MeanSquaredError, Optimizer.Sgd)]
public sealed partial class Net8x32x32x4Scalar;

/// <summary>8-32-32-4, hidden relu, linear output: a call of each generated class.</summary>
internal static class Nets8x32x32x4
{
    public static NetworkCase Case()
    {
        NetworkCase shape = null!;
        return shape = new("8-32-32-4 relu", [8, 32, 32, 4], HiddenActivation.Relu)
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

    private readonly struct SgdPass(Net8x32x32x4Sgd network) : IForward<float>
    {
        public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => network.Forward(inputs, outputs);
    }

    private readonly struct SgdStep(Net8x32x32x4Sgd.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct AdamStep(Net8x32x32x4Adam.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct ReproducibleSgdPass(Net8x32x32x4ReproducibleSgd network) : IForward<float>
    {
        public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => network.Forward(inputs, outputs);
    }

    private readonly struct ReproducibleSgdStep(Net8x32x32x4ReproducibleSgd.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct ReproducibleAdamStep(Net8x32x32x4ReproducibleAdam.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct DoublePass(Net8x32x32x4Double network) : IForward<double>
    {
        public void Forward(ReadOnlySpan<double> inputs, Span<double> outputs) => network.Forward(inputs, outputs);
    }

    private readonly struct DoubleStep(Net8x32x32x4Double.Trainer trainer) : IStep<double>
    {
        public void Step(ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct ScalarPass(Net8x32x32x4Scalar network) : IForward<float>
    {
        public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => network.Forward(inputs, outputs);
    }

    private readonly struct ScalarStep(Net8x32x32x4Scalar.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }
}
