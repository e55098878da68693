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

/// <summary>8-32-32-4, hidden relu, linear output: a loop for each generated class.</summary>
internal static class Nets8x32x32x4
{
    public static NetworkCase Case()
    {
        NetworkCase shape = null!;
        return shape = new("8-32-32-4 relu", [8, 32, 32, 4], HiddenActivation.Relu)
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
        Net8x32x32x4Sgd network = new(1);
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
        Net8x32x32x4Sgd.Trainer trainer = new(new Net8x32x32x4Sgd(1)) { LearningRate = Method.LearningRate };
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
        Net8x32x32x4Adam.Trainer trainer = new(new Net8x32x32x4Adam(1)) { LearningRate = Method.LearningRate };
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
        Net8x32x32x4Double network = new(1);
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
        Net8x32x32x4Double.Trainer trainer = new(new Net8x32x32x4Double(1)) { LearningRate = Method.LearningRate };
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
        Net8x32x32x4Scalar network = new(1);
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
        Net8x32x32x4Scalar.Trainer trainer = new(new Net8x32x32x4Scalar(1)) { LearningRate = Method.LearningRate };
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
