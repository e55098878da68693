using System;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>How many samples go through the layers together: enough to use each weight many times, few enough to stay in cache.</summary>
internal static class ChunkSize
{
    /// <summary>Scratch of a forward pass that may lie on the stack.</summary>
    public const int StackBytes = 64 * 1024;

    /// <summary>Working memory of a training chunk: near the size of a second-level cache.</summary>
    private const int TrainingBytes = 640 * 1024;

    public static int ForInference(NetworkGraph graph, int rowBytes) => graph.Profile switch
    {
        EmitProfile.Basic => 4,
        EmitProfile.Scalar => Clamp(16 * 1024, rowBytes, 16),
        _ => rowBytes > StackBytes ? Clamp(4 * StackBytes, rowBytes, 64) : Clamp(StackBytes * 3 / 4, rowBytes, 64),
    };

    public static int ForTraining(NetworkGraph graph, int rowBytes) => graph.Profile switch
    {
        EmitProfile.Basic => 8,
        EmitProfile.Scalar => Math.Max(4, Clamp(TrainingBytes, rowBytes, 32)),
        _ => Math.Max(4, Clamp(TrainingBytes, rowBytes, 128) / 4 * 4),
    };

    public static bool IsBeyondStack(NetworkGraph graph, Layout layout, InferencePlan plan) =>
        graph.Profile != EmitProfile.Basic && (long)plan.ScratchLength * layout.ElementBytes > StackBytes;

    private static int Clamp(int bytes, int rowBytes, int maximum) => Math.Min(maximum, Math.Max(1, bytes / Math.Max(1, rowBytes)));
}
