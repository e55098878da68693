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

/// <summary>2-16-16-2, hidden tanh, linear output: a loop for each generated class.</summary>
internal static class Nets2x16x16x2
{
    public static NetworkCase Case()
    {
        NetworkCase shape = null!;
        return shape = new("2-16-16-2 tanh", [2, 16, 16, 2], HiddenActivation.Tanh)
        {
            Forward = samples => Forward(shape, samples),
            Sgd = samples => Sgd(shape, samples),
            Adam = samples => Adam(shape, samples),
        };
    }

    private static Action<int> Forward(NetworkCase shape, int samples)
    {
        Batch<float> batch = shape.Batch(samples);
        Net2x16x16x2Sgd network = new(1);
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
        Net2x16x16x2Sgd.Trainer trainer = new(new Net2x16x16x2Sgd(1)) { LearningRate = Method.LearningRate };
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
        Net2x16x16x2Adam.Trainer trainer = new(new Net2x16x16x2Adam(1)) { LearningRate = Method.LearningRate };
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
