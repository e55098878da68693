using System;
using GeneratedNetworks.Benchmarks.Measurement;

namespace GeneratedNetworks.Benchmarks.Networks;

[GeneratedNetwork(64)]
[Dense(32, Activation.Relu)]
[Dense(10)]
[Training(Loss.MeanSquaredError, Optimizer.Sgd)]
public sealed partial class Net64x32x10Sgd;

[GeneratedNetwork(64)]
[Dense(32, Activation.Relu)]
[Dense(10)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
public sealed partial class Net64x32x10Adam;

[GeneratedNetwork(64, Numerics = Numerics.Reproducible)]
[Dense(32, Activation.Relu)]
[Dense(10)]
[Training(Loss.MeanSquaredError, Optimizer.Sgd)]
public sealed partial class Net64x32x10ReproducibleSgd;

[GeneratedNetwork(64, Numerics = Numerics.Reproducible)]
[Dense(32, Activation.Relu)]
[Dense(10)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
public sealed partial class Net64x32x10ReproducibleAdam;

[GeneratedNetwork(64, Precision = Precision.Double)]
[Dense(32, Activation.Relu)]
[Dense(10)]
[Training(Loss.MeanSquaredError, Optimizer.Sgd)]
public sealed partial class Net64x32x10Double;

[GeneratedNetwork(64, Emit = EmitProfile.Scalar)]
[Dense(32, Activation.Relu)]
[Dense(10)]
[Training(Loss.MeanSquaredError, Optimizer.Sgd)]
public sealed partial class Net64x32x10Scalar;

/// <summary>64-32-10, hidden relu, linear output: a call of each generated class.</summary>
internal static class Nets64x32x10
{
    public static NetworkCase Case()
    {
        NetworkCase shape = null!;
        return shape = new("64-32-10 relu", [64, 32, 10], HiddenActivation.Relu)
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

    private readonly struct SgdPass(Net64x32x10Sgd network) : IForward<float>
    {
        public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => network.Forward(inputs, outputs);
    }

    private readonly struct SgdStep(Net64x32x10Sgd.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct AdamStep(Net64x32x10Adam.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct ReproducibleSgdPass(Net64x32x10ReproducibleSgd network) : IForward<float>
    {
        public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => network.Forward(inputs, outputs);
    }

    private readonly struct ReproducibleSgdStep(Net64x32x10ReproducibleSgd.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct ReproducibleAdamStep(Net64x32x10ReproducibleAdam.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct DoublePass(Net64x32x10Double network) : IForward<double>
    {
        public void Forward(ReadOnlySpan<double> inputs, Span<double> outputs) => network.Forward(inputs, outputs);
    }

    private readonly struct DoubleStep(Net64x32x10Double.Trainer trainer) : IStep<double>
    {
        public void Step(ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets) => trainer.Step(inputs, targets);
    }

    private readonly struct ScalarPass(Net64x32x10Scalar network) : IForward<float>
    {
        public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => network.Forward(inputs, outputs);
    }

    private readonly struct ScalarStep(Net64x32x10Scalar.Trainer trainer) : IStep<float>
    {
        public void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);
    }
}
