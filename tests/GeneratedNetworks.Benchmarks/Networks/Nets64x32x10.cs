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

/// <summary>64-32-10, hidden relu, linear output: a loop for each generated class.</summary>
internal static class Nets64x32x10
{
    public static NetworkCase Case()
    {
        NetworkCase shape = null!;
        return shape = new("64-32-10 relu", [64, 32, 10], HiddenActivation.Relu)
        {
            Forward = samples => Forward(shape, samples),
            Sgd = samples => Sgd(shape, samples),
            Adam = samples => Adam(shape, samples),
            DoubleForward = samples => DoubleForward(shape, samples),
            DoubleSgd = samples => DoubleSgd(shape, samples),
            ScalarForward = samples => ScalarForward(shape, samples),
            ScalarSgd = samples => ScalarSgd(shape, samples),
        };
    }

    private static Action<int> Forward(NetworkCase shape, int samples)
    {
        Batch<float> batch = shape.Batch(samples);
        Net64x32x10Sgd network = new(1);
        return calls =>
        {
            ReadOnlySpan<float> inputs = batch.Inputs;
            Span<float> outputs = batch.Outputs;
            for (int i = 0; i < calls; i++)
            {
                network.Forward(inputs, outputs);
            }
        };
    }

    private static Action<int> Sgd(NetworkCase shape, int samples)
    {
        Batch<float> batch = shape.Batch(samples);
        Net64x32x10Sgd.Trainer trainer = new(new Net64x32x10Sgd(1)) { LearningRate = Method.LearningRate };
        return calls =>
        {
            ReadOnlySpan<float> inputs = batch.Inputs;
            ReadOnlySpan<float> targets = batch.Targets;
            for (int i = 0; i < calls; i++)
            {
                trainer.Step(inputs, targets);
            }
        };
    }

    private static Action<int> Adam(NetworkCase shape, int samples)
    {
        Batch<float> batch = shape.Batch(samples);
        Net64x32x10Adam.Trainer trainer = new(new Net64x32x10Adam(1)) { LearningRate = Method.LearningRate };
        return calls =>
        {
            ReadOnlySpan<float> inputs = batch.Inputs;
            ReadOnlySpan<float> targets = batch.Targets;
            for (int i = 0; i < calls; i++)
            {
                trainer.Step(inputs, targets);
            }
        };
    }

    private static Action<int> DoubleForward(NetworkCase shape, int samples)
    {
        Batch<double> batch = shape.DoubleBatch(samples);
        Net64x32x10Double network = new(1);
        return calls =>
        {
            ReadOnlySpan<double> inputs = batch.Inputs;
            Span<double> outputs = batch.Outputs;
            for (int i = 0; i < calls; i++)
            {
                network.Forward(inputs, outputs);
            }
        };
    }

    private static Action<int> DoubleSgd(NetworkCase shape, int samples)
    {
        Batch<double> batch = shape.DoubleBatch(samples);
        Net64x32x10Double.Trainer trainer = new(new Net64x32x10Double(1)) { LearningRate = Method.LearningRate };
        return calls =>
        {
            ReadOnlySpan<double> inputs = batch.Inputs;
            ReadOnlySpan<double> targets = batch.Targets;
            for (int i = 0; i < calls; i++)
            {
                trainer.Step(inputs, targets);
            }
        };
    }

    private static Action<int> ScalarForward(NetworkCase shape, int samples)
    {
        Batch<float> batch = shape.Batch(samples);
        Net64x32x10Scalar network = new(1);
        return calls =>
        {
            ReadOnlySpan<float> inputs = batch.Inputs;
            Span<float> outputs = batch.Outputs;
            for (int i = 0; i < calls; i++)
            {
                network.Forward(inputs, outputs);
            }
        };
    }

    private static Action<int> ScalarSgd(NetworkCase shape, int samples)
    {
        Batch<float> batch = shape.Batch(samples);
        Net64x32x10Scalar.Trainer trainer = new(new Net64x32x10Scalar(1)) { LearningRate = Method.LearningRate };
        return calls =>
        {
            ReadOnlySpan<float> inputs = batch.Inputs;
            ReadOnlySpan<float> targets = batch.Targets;
            for (int i = 0; i < calls; i++)
            {
                trainer.Step(inputs, targets);
            }
        };
    }
}
