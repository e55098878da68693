using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;

namespace GeneratedNetworks.Tests.Reference.Graphs;

/// <summary>An output: the value of a layer, its loss and what that is multiplied by.</summary>
internal sealed record GraphHead(int Value, Loss Loss, double Weight);

/// <summary>A graph as it is declared. Values are numbered: the inputs first, then what each layer computes.</summary>
/// <param name="Inputs">Names and shapes; the only one is called x.</param>
/// <param name="Layers">In order.</param>
/// <param name="Heads">The outputs; one alone, of weight 1, is not declared but is what the last layer computes.</param>
internal sealed record GraphSpec(IReadOnlyList<(string Name, int[] Shape)> Inputs, IReadOnlyList<GraphLayer> Layers, IReadOnlyList<GraphHead> Heads)
{
    public Optimizer Optimizer { get; init; }

    public Reduction Reduction { get; init; }

    /// <summary>The most samples that are normalized together.</summary>
    public int GhostBatch { get; init; } = 64;

    public bool InputGradients { get; init; }

    /// <summary>Whether outputs are declared by name.</summary>
    public bool NamesOutputs { get; init; }

    public int InputSize => Inputs.Sum(input => Size(input.Shape));

    public int OutputSize => Heads.Sum(head => Size(ShapeOf(head.Value)));

    public IEnumerable<GraphBatchNorm> BatchNorms => Layers.OfType<GraphBatchNorm>().Where(norm => !norm.Frozen);

    /// <summary>The least batch that every variance is one of.</summary>
    public int LeastBatch => BatchNorms.Any(norm => norm.NeedsTwoSamples) ? 2 : 1;

    /// <summary>How many ids there are of an input that an embedding reads, or null where it has numbers.</summary>
    public int? VocabularyOf(int input) => Layers.OfType<GraphEmbedding>().FirstOrDefault(layer => layer.Sources[0] == input)?.Vocabulary;

    public int[] ShapeOf(int value) => value < Inputs.Count ? Inputs[value].Shape : Layers[value - Inputs.Count].Shape;

    public string NameOf(int value) => value < Inputs.Count ? Inputs[value].Name : Layers[value - Inputs.Count].Name;

    /// <summary>What the tests compile.</summary>
    public NetworkSpec Declare(EmitProfile profile, Precision precision, Numerics numerics) =>
        new(Inputs.Count == 1 ? Inputs[0].Shape : [], [.. Lines().Select(line => new SourceSpec(line))]) { Profile = profile, Precision = precision, Numerics = numerics };

    private IEnumerable<string> Lines()
    {
        if (Inputs.Count > 1)
        {
            foreach ((string name, int[] shape) in Inputs)
                yield return $"[Input(\"{name}\", {string.Join(", ", shape)})]";
        }

        for (int i = 0; i < Layers.Count; i++)
            yield return Line(Layers[i], i);
        if (NamesOutputs)
        {
            foreach (GraphHead head in Heads)
                yield return string.Create(CultureInfo.InvariantCulture, $"[Output(\"{NameOf(head.Value)}\", Loss.{head.Loss}{(head.Weight == 1 ? "" : $", Weight = {head.Weight}")})]");
        }

        string ghost = GhostBatch == 64 ? "" : $", GhostBatch = {GhostBatch}";
        yield return $"[Training({(NamesOutputs ? "" : $"Loss.{Heads[0].Loss}, ")}Optimizer.{Optimizer}, Reduction = Reduction.{Reduction}, InputGradients = {(InputGradients ? "true" : "false")}{ghost})]";
    }

    private string Line(GraphLayer layer, int number)
    {
        IEnumerable<string> arguments = layer.Arguments;
        if (layer is GraphJoin or GraphConcat)
            arguments = [.. layer.Sources.Select(source => $"\"{NameOf(source)}\""), .. arguments];
        else if (layer.Sources[0] != Inputs.Count + number - 1 || (number == 0 && Inputs.Count > 1))
            arguments = [.. arguments, $"From = \"{NameOf(layer.Sources[0])}\""];

        // The names come as an array where named arguments follow them in C# 7.3 as well.
        return $"[{layer.Attribute}({string.Join(", ", arguments.Append($"Name = \"{layer.Name}\""))})]";
    }

    private static int Size(int[] shape) => shape.Aggregate(1, (product, extent) => product * extent);
}
