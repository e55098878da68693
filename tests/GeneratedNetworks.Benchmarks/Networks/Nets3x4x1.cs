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

/// <summary>3-4-1, hidden tanh, linear output: a loop for each generated class.</summary>
internal static class Nets3x4x1
{
    public static NetworkCase Case()
    {
        NetworkCase shape = null!;
        return shape = new("3-4-1 tanh", [3, 4, 1], HiddenActivation.Tanh)
        {
            Forward = samples => Forward(shape, samples),
            Sgd = samples => Sgd(shape, samples),
            Adam = samples => Adam(shape, samples),
        };
    }

    private static Action<int> Forward(NetworkCase shape, int samples)
    {
        Batch<float> batch = shape.Batch(samples);
        Net3x4x1Sgd network = new(1);
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
        Net3x4x1Sgd.Trainer trainer = new(new Net3x4x1Sgd(1)) { LearningRate = Method.LearningRate };
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
        Net3x4x1Adam.Trainer trainer = new(new Net3x4x1Adam(1)) { LearningRate = Method.LearningRate };
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
