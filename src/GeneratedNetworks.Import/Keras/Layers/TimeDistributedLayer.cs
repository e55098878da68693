using System.Text.Json;

namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>TimeDistributed: a layer at every step. Those that work on the last axis do so anyway.</summary>
internal static class TimeDistributedLayer
{
    private static readonly string[] OnLastAxis = ["Activation", "Dense", "Dropout", "LayerNormalization"];

    public static void Add(LayerScope scope)
    {
        if (scope.Setting("layer") is not { } inner || inner.Text("class_name") is not { } kind || inner.Member("config") is not { } config)
            throw scope.Error("names no layer.");
        if (!OnLastAxis.Contains(kind))
            throw scope.Error($"has a layer of the class {kind} at every step; supported are {string.Join(", ", OnLastAxis)}.");
        LayerScope step = scope with { Layer = scope.Layer with { Class = kind, Config = config, Part = "layer" } };
        LayerTable.Find(scope.Source, step.Layer).Add(step);
    }
}
