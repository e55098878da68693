using System;
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
        string advice = $"Declare the file's functions, or take the layers from it: [GeneratedNetwork(Model = \"{file.Source}\")] without layers and [Weights]";
        return trained == declared ? null : Issue.Create(IssueIds.OtherFunctions, reference.AttributeIndex, file.Source, trained, declared, advice);

        static string Chain(IEnumerable<string> words) => string.Join(" → ", words.Where(word => word.Length > 0 && word != nameof(Activation.Identity)));
    }

    /// <summary>A file of tensors says, at most, which functions stood behind each layer; those of layers that are not declared here are of no concern.</summary>
    private static Issue? OfTensors(NetworkGraph graph, ModelFile file, ModelReference reference)
    {
        if (file.Functions.Count == 0 || WeightSource.Of(reference, file, graph, []) is not { } source)
            return null;
        Dictionary<string, string> trained = file.Functions.ToDictionary(function => function.Layer, function => function.Functions);
        LayerFunctions[] others =
            [.. Declared(graph, source).Where(declared => trained.TryGetValue(declared.InFile, out string functions) && functions != declared.Functions)];
        return others.Length == 0 ? null : Issue.Create(
            IssueIds.OtherFunctions,
            reference.AttributeIndex,
            file.Source,
            string.Join(", ", others.Select(other => Describe(other, trained[other.InFile]))),
            string.Join(", ", others.Select(other => Describe(other, other.Functions))),
            Advice(others, trained));
    }

    private static string Describe(LayerFunctions layer, string functions) => layer.InFile.Length == 0 ? functions
        : layer.IsNormalization && functions == nameof(Activation.Identity) ? $"'{layer.InFile}' without Clip"
        : $"'{layer.InFile}' with {functions}";

    /// <summary>What to write where an argument of each layer says it all.</summary>
    private static string Advice(LayerFunctions[] others, Dictionary<string, string> trained)
    {
        string again = others.Length == 1 && others[0].Functions != nameof(Activation.Identity) && IsActivation(others[0].Functions) ? $"with {others[0].Functions}" : "with the layers declared here";
        string write = Array.TrueForAll(others, other => other.IsArgument && IsActivation(trained[other.InFile]))
            ? "Write " + string.Join(" and ", others.Select(other => $"Activation.{trained[other.InFile]} on '{other.Layer}'"))
            : "Declare the functions that it was trained with";
        return $"{write}, or train again {again} and replace the file";

        static bool IsActivation(string functions) => Enum.IsDefined(typeof(Activation), functions);
    }

    /// <summary>The functions behind each layer with parameters, as the runtime library writes them.</summary>
    private static IEnumerable<LayerFunctions> Declared(NetworkGraph graph, WeightSource source)
    {
        LayerFunctions current = new(string.Empty, string.Empty, string.Empty, false, false);
        List<string> behind = [];
        foreach (Node node in graph.Nodes)
        {
            // All layers of an attribute have its name: zeros around a window before the one with the parameters, a function behind it.
            if (node.Layer is ActivationLayer or ClipLayer)
            {
                if (node.Layer.Kind == nameof(Activation.Identity))
                    continue;
                behind.Add(node.Layer.Kind);
                current = current with { IsArgument = current.IsArgument && behind.Count == 1 && node.Layer.Name == current.Layer };
            }
            else if (node.Layer.Parameters([.. node.Inputs.Select(input => input.Shape)]).FirstOrDefault() is { } parameter)
            {
                if (current.Layer.Length > 0 || behind.Count > 0)
                    yield return current with { Functions = Text() };
                string name = source.NameOf(parameter);
                current = new(name.Substring(0, name.LastIndexOf('.')), parameter.Layer, string.Empty, node.Layer is NormalizeLayer, node.Layer is DenseLayer or ConvLayer or DepthwiseLayer or ConvTransposeLayer);
                behind.Clear();
            }
        }

        yield return current with { Functions = Text() };

        string Text() => behind.Count == 0 ? nameof(Activation.Identity) : string.Join(" ", behind);
    }

    /// <summary>What stands behind a layer with parameters, and where there is none yet, before the first.</summary>
    /// <param name="InFile">The file's name for the layer.</param>
    /// <param name="Layer">Its own name.</param>
    /// <param name="Functions">In their order, with blanks between them.</param>
    /// <param name="IsNormalization">Whether it is a normalization, whose limit is the function that matters.</param>
    /// <param name="IsArgument">Whether an argument of the layer's attribute is, or would be, all that says it.</param>
    private sealed record LayerFunctions(string InFile, string Layer, string Functions, bool IsNormalization, bool IsArgument);
}
