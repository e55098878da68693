using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>A node with the tensors that its forward pass read and wrote.</summary>
internal sealed record LoweredNode(Node Node, IReadOnlyList<Tensor> Inputs, IReadOnlyList<Tensor> Outputs);

/// <summary>Walks the graph forward and lets each layer add its operations.</summary>
internal sealed class ForwardLowering
{
    private readonly NetworkGraph _graph;
    private readonly Tensors _tensors;
    private readonly bool _isTraining;
    private readonly StreamMemory? _memory;
    private readonly List<Operation> _operations = [];
    private readonly List<LoweredNode> _nodes = [];
    private readonly Dictionary<string, Tensor> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> _copies = new(StringComparer.Ordinal);

    public ForwardLowering(NetworkGraph graph, Tensors tensors, bool isTraining = false, StreamMemory? memory = null)
    {
        _memory = memory;
        _graph = graph;
        _tensors = tensors;
        _isTraining = isTraining;
        foreach (GraphInput input in graph.Inputs)
            _values.Add(input.Value.Name, tensors.PartOf(input.Value, TensorRole.Input, input.Offset, graph.Input.Shape.Count));
    }

    public List<Operation> Operations => _operations;

    public IReadOnlyList<LoweredNode> Nodes => _nodes;

    /// <summary>Where a value lies, seen in its own shape.</summary>
    public Tensor this[Value value] => _values[value.Name] with { Shape = value.Shape };

    public void Add(Node node)
    {
        Tensor[] inputs = [.. node.Inputs.Select(input => node.Layer.ReadsCallersRows ? this[input] : InScratch(input))];
        Tensor[] outputs = [.. node.Outputs.Select(output => _tensors.Of(output))];
        node.Layer.Forward(new(_operations, _graph.ParametersOf(node), inputs, outputs)
        {
            IsTraining = _isTraining,
            Keep = (what, shape) => _tensors.KeptBy(node.Output, what, shape),
            Remember = _memory is null ? null : (what, shape) => _memory.PartOf(node.Layer.Name, what, shape),
        });
        _nodes.Add(new(node, inputs, outputs));
        for (int i = 0; i < outputs.Length; i++)
            _values[node.Outputs[i].Name] = outputs[i];
    }

    /// <summary>The node does nothing: what it would write is what it reads.</summary>
    public void Skip(Node node)
    {
        for (int i = 0; i < node.Outputs.Count; i++)
            _values[node.Outputs[i].Name] = this[node.Inputs[i]];
    }

    /// <summary>A value in padded rows of our own; the caller's are copied once.</summary>
    public Tensor InScratch(Value value)
    {
        Tensor tensor = this[value];
        if (tensor.IsScratch)
            return tensor;
        if (!_copies.TryGetValue(tensor.Name, out Tensor? copy))
        {
            copy = _tensors.CopyOf(tensor);
            _operations.Add(new CopyRows(tensor, copy));
            _copies.Add(tensor.Name, copy);
        }

        return copy with { Shape = value.Shape };
    }
}
