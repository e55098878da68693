using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Tests.Compiled;

namespace GeneratedNetworks.Tests.Reference;

/// <summary>A small network and what PyTorch computed of it in float64, from <c>tests/Golden/Torch</c>.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Shape">Of its input; empty where several are among the layers.</param>
/// <param name="Layers">Its attributes.</param>
/// <param name="Needs">The names of the attributes, and of arguments as "Dense.PerStep".</param>
/// <param name="Loss">The loss, or null where several outputs have their own.</param>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="LearningRate">Its step.</param>
/// <param name="Steps">How many steps led to <paramref name="Trained"/>.</param>
/// <param name="Parameters">At the start, in canonical order.</param>
/// <param name="Inputs">A batch.</param>
/// <param name="Targets">Its targets.</param>
/// <param name="Outputs">Of the batch, as inference computes them.</param>
/// <param name="EvaluationLoss">The loss of these.</param>
/// <param name="TrainingLoss">The loss that training goes down, with the statistics of the batch where there are such.</param>
/// <param name="Gradients">Of that, with respect to the parameters.</param>
/// <param name="InputGradients">And to the inputs.</param>
/// <param name="Trained">The parameters at the end.</param>
/// <param name="Every">Of many gradients and trained parameters each such one is told, from the first on.</param>
/// <param name="Lengths">How many steps each row has, where it is not all.</param>
internal sealed record TorchCase(
    string Name,
    int[] Shape,
    string[] Layers,
    string[] Needs,
    Loss? Loss,
    Optimizer Optimizer,
    double LearningRate,
    int Steps,
    double[] Parameters,
    double[] Inputs,
    double[] Targets,
    double[] Outputs,
    double EvaluationLoss,
    double TrainingLoss,
    double[] Gradients,
    double[] InputGradients,
    double[] Trained,
    int Every = 1,
    int[]? Lengths = null)
{
    public static IReadOnlyList<TorchCase> All { get; } = Read<TorchCase[]>("layers");

    /// <summary>What it needs and the generator has not.</summary>
    public IEnumerable<string> Missing => Needs.Where(need => !IsKnown(need));

    public NetworkSpec Spec => Declare(inputGradients: true);

    public NetworkSpec Declare(bool inputGradients) => Loss is { } loss
        ? new NetworkSpec(Shape, [.. Layers.Select(layer => new SourceSpec(layer))]).Train(loss, Optimizer, inputGradients: inputGradients)
        : new NetworkSpec(Shape, [.. Layers.Append($"[Training(Optimizer.{Optimizer}, InputGradients = {(inputGradients ? "true" : "false")})]").Select(layer => new SourceSpec(layer))]);

    public static T Read<T>(string file)
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
        return JsonSerializer.Deserialize<T>(File.ReadAllText(GoldenRun.PathOf($"Torch/{file}.json")), options)!;
    }

    public static bool IsKnown(string need)
    {
        string[] parts = need.Split('.');
        return LayerRegistry.Find(parts[0]) is { } layer && (parts.Length == 1 || layer.Find(parts[1]) is not null);
    }
}
