using System;
using System.Collections.Generic;
using GeneratedNetworks;

namespace Gestures;

/// <summary>Windows to learn from, cut out of recordings wherever they fall.</summary>
internal static class Examples
{
    private const int Window = GestureNet.InputSize / Hand.Axes;

    // A window that ends this soon after a change could be called either way.
    private const int Settled = Hand.Rate / 4;

    /// <summary>A window's label is what the hand does at its end. What it did before is in it, so that the network learns to forget it, as it must in a stream.</summary>
    public static Dataset<float> Cut(int count, int seed)
    {
        Recording recording = Hand.Move(count * Window / 2, seed);
        Random random = new(seed);
        List<float> inputs = [];
        List<int> labels = [];
        while (labels.Count < count)
        {
            int end = random.Next(Window, recording.Frames);
            if (recording.Labels.AsSpan(end - Settled, Settled).ContainsAnyExcept(recording.Labels[end - 1]))
                continue;
            inputs.AddRange(recording.Signal.AsSpan((end - Window) * Hand.Axes, Window * Hand.Axes));
            labels.Add(recording.Labels[end - 1]);
        }

        return Dataset<float>.FromLabels(GestureNet.InputSize, Hand.GestureCount, inputs.ToArray(), labels.ToArray(), Hand.Names);
    }
}
