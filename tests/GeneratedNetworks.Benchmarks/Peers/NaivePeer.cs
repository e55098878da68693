using System;
using System.Linq;
using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Networks;

namespace GeneratedNetworks.Benchmarks.Peers;

/// <summary>What one writes without a library: two nested loops over arrays, one sum at a time.</summary>
internal sealed class NaivePeer : IPeer
{
    public string Name => "naive C#";

    public string Description => "float arrays, weights [out, in], a loop over outputs around a loop over inputs, bias, activation";

    public ICandidate? Create(NetworkCase network, Work work, int batch)
    {
        if (work != Work.Forward)
        {
            return null;
        }

        Random random = new(1);
        float[][] weights = [.. network.Layers.Select(layer => Uniform(random, layer.Inputs * layer.Outputs))];
        float[][] biases = [.. network.Layers.Select(layer => Uniform(random, layer.Outputs))];
        float[][] values = [.. network.Sizes.Select(size => new float[size])];
        Batch<float> data = network.Batch(batch);
        bool tanh = network.Hidden == HiddenActivation.Tanh;
        return new LocalCandidate(calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                for (int sample = 0; sample < batch; sample++)
                {
                    Array.Copy(data.Inputs, sample * values[0].Length, values[0], 0, values[0].Length);
                    Forward(weights, biases, values, tanh);
                    Array.Copy(values[^1], 0, data.Outputs, sample * values[^1].Length, values[^1].Length);
                }
            }
        });
    }

    private static void Forward(float[][] weights, float[][] biases, float[][] values, bool tanh)
    {
        for (int layer = 0; layer < weights.Length; layer++)
        {
            float[] w = weights[layer], b = biases[layer], x = values[layer], y = values[layer + 1];
            bool hidden = layer < weights.Length - 1;
            for (int o = 0; o < y.Length; o++)
            {
                float sum = b[o];
                for (int i = 0; i < x.Length; i++)
                {
                    sum += w[(o * x.Length) + i] * x[i];
                }

                y[o] = !hidden ? sum : tanh ? MathF.Tanh(sum) : MathF.Max(sum, 0);
            }
        }
    }

    private static float[] Uniform(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() - 0.5) / Math.Sqrt(length)))];
}
