using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>What layers read: the values of the layers above them, by name.</summary>
internal sealed class Sources
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly List<string> _declared;

    /// <param name="layers">All layers in order.</param>
    /// <param name="inputs">The network's.</param>
    public Sources(IEnumerable<(Layer Layer, int Attribute)> layers, IEnumerable<Value> inputs)
    {
        _declared = [.. layers.Select(layer => layer.Layer.Name)];
        foreach (Value input in inputs)
            _values.Add(input.Name, input);
    }

    /// <summary>The values that a layer reads.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="attribute">The attribute that it comes from.</param>
    /// <param name="above">The value above it.</param>
    /// <param name="issues">Receives an error for the first name that means nothing.</param>
    /// <returns>Null when <paramref name="issues"/> received one.</returns>
    public Value[]? Of(Layer layer, int attribute, Value above, List<Issue> issues)
    {
        List<Value> values = [];
        foreach (string? source in layer.Sources)
        {
            if (source is null)
            {
                values.Add(above);
            }
            else if (source != layer.Name && _values.TryGetValue(source, out Value? found))
            {
                values.Add(found);
            }
            else
            {
                issues.Add(Issue.Create(IssueIds.UnknownSource, attribute, layer.Name, source, WhyNot(source, layer)));
                return null;
            }
        }

        _read.UnionWith(values.Select(value => value.Name));
        return [.. values];
    }

    /// <summary>Makes what a layer computes known by the layer's name; of several layers of one name the last one's is meant.</summary>
    public void Add(Layer layer, Value value) => _values[layer.Name] = value;

    /// <summary>A layer that computes something for nobody, and an input that nobody reads, were meant otherwise.</summary>
    public void CheckAllAreRead(
        IReadOnlyList<(Layer Layer, int Attribute)> layers, IEnumerable<GraphInput> inputs, IEnumerable<GraphOutput> outputs, NetworkModel model, List<Issue> issues)
    {
        HashSet<string> wanted = [.. _read, .. outputs.Select(output => output.Value.Name)];
        foreach ((Layer layer, int attribute) in layers.Where(layer => !wanted.Contains(_values[layer.Layer.Name].Name)))
            issues.Add(Issue.Create(IssueIds.NothingReads, attribute, layer.Name));
        foreach (GraphInput input in inputs.Where(input => model.Inputs.Count > 0 && !wanted.Contains(input.Value.Name)))
            issues.Add(Issue.Create(IssueIds.InputMisused, model.Inputs.First(declared => declared.Name == input.Value.Name).AttributeIndex, $"Nothing reads the input '{input.Value.Name}': name it in From of a layer, or in a layer that joins values, or remove it"));
    }

    private string WhyNot(string source, Layer layer)
    {
        if (source == layer.Name)
            return "which is its own name: write that of a layer above it";
        if (_declared.Contains(source))
            return "which is declared below it: layers read those above them, so move one of the two";
        string meant = Spelling.Nearest(source, _values.Keys) is { } near ? $": '{near}' may be meant" : $"; there are {NameList.Of(_values.Keys)}";
        return "and no layer or input above it is called so" + meant;
    }
}
