using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>Where layers are declared and a file gives the parameters, both should compute the same, as far as the file says what it computes.</summary>
internal static class FunctionCheck
{
    /// <returns>What differs, or null.</returns>
    public static Issue? NoteOn(NetworkGraph graph)
    {
        if (graph.Model is not { Architecture: null, Weights: { File: { } file } reference })
            return null;
        if (!file.HasArchitecture)
            return OfTensors(graph, file, reference);
        string trained = Chain(LayerNames.CreateLayers(file.Layers, []).Select(layer => layer.Layer.Kind));
        string declared = Chain(graph.Operations.Select(node => node.Layer.Kind));
        return trained == declared ? null : Issue.Create(IssueIds.OtherFunctions, reference.AttributeIndex, file.Source, trained, declared);

        static string Chain(IEnumerable<string> words) => string.Join(" → ", words.Where(word => word.Length > 0 && word != nameof(Activation.Identity)));
    }

    /// <summary>A file of tensors says, at most, which functions stood behind each layer; those of layers that are not declared here are of no concern.</summary>
    private static Issue? OfTensors(NetworkGraph graph, ModelFile file, ModelReference reference)
    {
        if (file.Functions.Count == 0 || WeightSource.Of(reference, file, graph, []) is not { } source)
            return null;
        Dictionary<string, string> trained = file.Functions.ToDictionary(function => function.Layer, function => function.Functions);
        (string Layer, string Functions, bool IsNormalization)[] others =
            [.. Declared(graph, source).Where(declared => trained.TryGetValue(declared.Layer, out string functions) && functions != declared.Functions)];
        return others.Length == 0 ? null : Issue.Create(
            IssueIds.OtherFunctions,
            reference.AttributeIndex,
            file.Source,
            string.Join(", ", others.Select(other => Describe(other.Layer, trained[other.Layer], other.IsNormalization))),
            string.Join(", ", others.Select(other => Describe(other.Layer, other.Functions, other.IsNormalization))));
    }

    private static string Describe(string layer, string functions, bool isNormalization) => layer.Length == 0 ? functions
        : isNormalization && functions == nameof(Activation.Identity) ? $"'{layer}' without Clip"
        : $"'{layer}' with {functions}";

    /// <summary>The functions behind each layer with parameters, by the file's name for it, as the runtime library writes them.</summary>
    private static IEnumerable<(string Layer, string Functions, bool IsNormalization)> Declared(NetworkGraph graph, WeightSource source)
    {
        string current = "";
        bool isNormalization = false;
        List<string> behind = [];
        foreach (Node node in graph.Nodes)
        {
            // Both layers of an attribute have its name, and the first has the parameters.
            if (node.Layer is ActivationLayer or ClipLayer)
            {
                if (node.Layer.Kind != nameof(Activation.Identity))
                    behind.Add(node.Layer.Kind);
            }
            else if (graph.Parameters.FirstOrDefault(parameter => parameter.Layer == node.Layer.Name) is { } parameter)
            {
                if (current.Length > 0 || behind.Count > 0)
                    yield return (current, Text(), isNormalization);
                string name = source.NameOf(parameter);
                current = name.Substring(0, name.LastIndexOf('.'));
                isNormalization = node.Layer is NormalizeLayer;
                behind.Clear();
            }
        }

        yield return (current, Text(), isNormalization);

        string Text() => behind.Count == 0 ? nameof(Activation.Identity) : string.Join(" ", behind);
    }
}
