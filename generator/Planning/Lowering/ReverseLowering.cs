using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>
/// Walks the graph in reverse and lets each layer add its operations. A value's gradient is the sum of what its readers give; a layer below which
/// nothing is trained is left out.
/// </summary>
internal sealed class ReverseLowering
{
    private readonly NetworkGraph _graph;
    private readonly Tensors _tensors;
    private readonly List<Operation> _operations = [];

    /// <summary>How many readers give a value a gradient, and how many have.</summary>
    private readonly Dictionary<string, int> _expected = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _given = new(StringComparer.Ordinal);

    /// <summary>The sum of what was given so far; the gradient when all have.</summary>
    private readonly Dictionary<string, Tensor> _gradients = new(StringComparer.Ordinal);

    /// <summary>Values that something trained, or the input whose gradient is asked for, leads to.</summary>
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);

    private readonly IReadOnlyList<LoweredNode> _nodes;
    private readonly List<LoweredNode> _visited = [];

    /// <param name="graph">The network.</param>
    /// <param name="tensors">Names gradients.</param>
    /// <param name="nodes">What ran forward, in order.</param>
    /// <param name="last">The values that the losses read.</param>
    public ReverseLowering(NetworkGraph graph, Tensors tensors, IReadOnlyList<LoweredNode> nodes, IReadOnlyList<Value> last)
    {
        _graph = graph;
        _tensors = tensors;
        _nodes = nodes;
        FindWanted();
        FindReaders(last);
        List<Tensor> gradients = [];
        foreach (Value value in last)
        {
            gradients.Add(Next(value));
            Give(value, gradients[gradients.Count - 1]);
        }

        LossGradients = gradients;
    }

    /// <summary>Where each loss leaves its gradient.</summary>
    public IReadOnlyList<Tensor> LossGradients { get; }

    public IReadOnlyList<Operation> Lower()
    {
        foreach (LoweredNode lowered in _visited)
        {
            Node node = lowered.Node;
            Tensor?[] outputGradients = [.. node.Outputs.Select(output => _gradients.TryGetValue(output.Name, out Tensor? gradient) ? gradient with { Shape = output.Shape } : null)];

            // The same value twice takes two gradients of its own.
            Tensor?[] inputGradients = new Tensor?[node.Inputs.Count];
            Dictionary<string, int> ahead = new(StringComparer.Ordinal);
            for (int i = 0; i < inputGradients.Length; i++)
            {
                Value input = node.Inputs[i];
                ahead.TryGetValue(input.Name, out int before);
                ahead[input.Name] = before + 1;
                inputGradients[i] = _wanted.Contains(input.Name) ? Next(input, before) : null;
            }

            BackwardPass pass = new(_operations, _graph.ParametersOf(node), lowered.Inputs, lowered.Outputs, outputGradients, inputGradients,
                (what, shape) => _tensors.Beside(node.Output, what, shape))
            {
                IsTraining = true,
                Keep = (what, shape) => _tensors.KeptBy(node.Output, what, shape),
            };
            node.Layer.Backward(pass);
            for (int i = 0; i < inputGradients.Length; i++)
            {
                if (pass.InputGradients[i] is { } gradient)
                    Give(node.Inputs[i], gradient);
            }
        }

        if (_graph.Training!.InputGradients)
        {
            foreach (GraphInput input in _graph.Inputs)
                _operations.Add(new CopyRows(_gradients[input.Value.Name], _tensors.GradientOf(input.Value, TensorRole.InputGradients) with { Stride = _graph.Input.Shape.Count, Offset = input.Offset }));
        }

        return _operations;
    }

    private void FindWanted()
    {
        if (_graph.Training!.InputGradients)
            _wanted.UnionWith(_graph.Inputs.Select(input => input.Value.Name));
        foreach (Node node in _nodes.Select(lowered => lowered.Node))
        {
            if (node.Layer.IsTrainable || node.Inputs.Any(input => _wanted.Contains(input.Name)))
                _wanted.UnionWith(node.Outputs.Select(output => output.Name));
        }
    }

    /// <summary>The nodes on a way from something wanted to the loss, last first, and how many of them read each value.</summary>
    private void FindReaders(IEnumerable<Value> last)
    {
        foreach (Value value in last)
        {
            _expected.TryGetValue(value.Name, out int losses);
            _expected[value.Name] = losses + 1;
        }

        foreach (LoweredNode lowered in _nodes.Reverse())
        {
            if (!lowered.Node.Outputs.Any(output => _expected.ContainsKey(output.Name) && _wanted.Contains(output.Name)))
                continue;
            _visited.Add(lowered);
            foreach (Value input in lowered.Node.Inputs.Where(input => _wanted.Contains(input.Name)))
            {
                _expected.TryGetValue(input.Name, out int readers);
                _expected[input.Name] = readers + 1;
            }
        }
    }

    /// <summary>Where the next reader of a value puts what it gives.</summary>
    private Tensor Next(Value value, int ahead = 0)
    {
        _given.TryGetValue(value.Name, out int given);
        return _expected[value.Name] == 1 ? _tensors.GradientOf(value) : _tensors.PartOf(value, "Part", given + ahead + 1);
    }

    private void Give(Value value, Tensor gradient)
    {
        _given.TryGetValue(value.Name, out int given);
        _given[value.Name] = ++given;
        if (given == 1)
        {
            _gradients[value.Name] = gradient;
            return;
        }

        Tensor sum = given == _expected[value.Name] ? _tensors.GradientOf(value) : _tensors.PartOf(value, "Sum", given);
        _operations.Add(new Add(_gradients[value.Name], gradient, sum));
        _gradients[value.Name] = sum;
    }
}
