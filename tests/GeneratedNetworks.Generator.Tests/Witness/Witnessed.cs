using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Generator.Tests.Witness;

/// <summary>A dense layer as the test declares it.</summary>
internal sealed record WitnessedLayer(string Name, int Inputs, int Outputs, string Activation, bool HasBias, bool IsFrozen);

/// <summary>A network as the test declares it: what is known before anything is generated.</summary>
internal sealed record Witnessed(
    string Target, string Profile, string Precision, string Unroll, string? Optimizer, string? Loss, string? Reduction, bool HasDropout, IReadOnlyList<WitnessedLayer> Layers)
{
    private static readonly string[] Hidden = ["Relu", "Tanh", "Gelu", "Sigmoid", "Identity", "Silu"];
    private static readonly string[] Ends = ["Identity", "Softmax", "Sigmoid", "LogSoftmax"];

    /// <summary>Sizes from the inputs to the outputs.</summary>
    public static IReadOnlyList<int[]> Chains =>
    [
        [1, 1], [8, 1], [3, 7, 1], [7, 8, 9], [8, 32, 17, 3], [9, 3, 3], [17, 9, 7, 8], [32, 32, 32, 1], [64, 64, 8], [64, 3], [128, 7, 128, 1], [32, 64, 32, 64, 32, 64],
        [784, 128, 9], [784, 1], [8, 8, 8, 8, 8, 8, 8, 8, 8], [3, 17, 64, 9, 32, 7, 1, 3], [32, 9], [128, 128, 3],
    ];

    /// <summary>Targets and profiles that text is emitted for.</summary>
    private static IEnumerable<(string Target, string Profile)> Profiles =>
        [("net10.0", "Simd"), ("net8.0", "Simd"), ("net10.0", "Scalar"), ("net8.0", "Basic")];

    /// <summary>
    /// Every profile, precision and Unroll of one chain; training, activations, dropout, bias and frozen layers take turns. Of what is not Unroll.Auto a plain run takes
    /// each fifth.
    /// </summary>
    public static IEnumerable<Witnessed> Of(int[] sizes)
    {
        int turn = sizes.Sum();
        foreach ((string target, string profile) in Profiles)
        {
            foreach (string precision in new[] { "Single", "Double" })
            {
                foreach (string unroll in new[] { "Auto", "Full", "None" })
                {
                    for (int training = 0; training < 3; training++, turn++)
                    {
                        if (Thorough.IsWanted || unroll == "Auto" || turn % 5 == 0)
                            yield return Of(sizes, turn, target, profile, precision, unroll, training);
                    }
                }
            }
        }
    }

    /// <summary>The declaration.</summary>
    public string Source => $"using GeneratedNetworks;\n{Attributes}\npublic partial class Net {{ }}";

    /// <summary>All on one line, to be named where something is wrong.</summary>
    public override string ToString() => $"{Target} {Attributes}";

    public int ElementBytes => Precision == "Single" ? 4 : 8;

    private string Attributes => $"[GeneratedNetwork({Layers[0].Inputs}, Emit = EmitProfile.{Profile}, Precision = Precision.{Precision}, Unroll = Unroll.{Unroll})] "
        + string.Join(" ", Layers.Select((layer, index) => Declare(layer) + (HasDropout && index == 0 && Layers.Count > 1 ? " [Dropout(0.5)]" : string.Empty)))
        + (Optimizer is null ? string.Empty : $" [Training(Loss.{Loss}, Optimizer.{Optimizer}, Reduction = Reduction.{Reduction})]");

    private static string Declare(WitnessedLayer layer) =>
        $"[Dense({layer.Outputs}, Activation.{layer.Activation}{(layer.HasBias ? string.Empty : ", UseBias = false")}{(layer.IsFrozen ? ", Frozen = true" : string.Empty)})]";

    private static Witnessed Of(int[] sizes, int turn, string target, string profile, string precision, string unroll, int training)
    {
        List<WitnessedLayer> layers = [];
        for (int i = 1; i < sizes.Length; i++)
        {
            bool isLast = i == sizes.Length - 1;
            string function = isLast ? Ends[sizes[i] > 1 ? turn % 4 : turn % 2 * 2] : Hidden[(turn + i) % Hidden.Length];
            layers.Add(new($"dense{i}", sizes[i - 1], sizes[i], function, (turn + i) % 5 > 0, training == 1 && i == 1 && !isLast && turn % 4 == 1));
        }

        string end = layers[^1].Activation;
        string loss = end is "Softmax" or "LogSoftmax" ? "CrossEntropy" : end == "Sigmoid" ? "BinaryCrossEntropy" : turn % 3 == 0 ? "Huber" : "MeanSquaredError";
        string[] others = ["Adam", "Momentum", "RmsProp", "AdamW", "Nesterov"];
        string? optimizer = training == 0 ? "Sgd" : training == 1 ? others[turn % others.Length] : null;
        return new(target, profile, precision, unroll, optimizer, optimizer is null ? null : loss, optimizer is null ? null : turn % 4 == 3 ? "Sum" : "Mean", training > 0 && turn % 3 == 1, layers);
    }
}
