using GeneratedNetworks.Import.Onnx.Schema;
using static GeneratedNetworks.Import.Tests.Onnx.OnnxModels;

namespace GeneratedNetworks.Import.Tests.Onnx;

/// <summary>Recurrent nodes that no layer computes are refused in words that say what they are.</summary>
public sealed class OnnxSequenceTests
{
    private const int Units = 2;

    private static readonly TensorProto[] Weights =
    [
        Floats("w", [1, 4 * Units, 3], Numbers(24)), Floats("r", [1, 4 * Units, Units], Numbers(16)), Floats("b", [1, 8 * Units], Numbers(16)),
        Floats("zeros", [1, 1, Units], 0, 0), Floats("ones", [1, 1, Units], 1, 1), Floats("p", [1, 3 * Units], Numbers(6)), Floats("none", [1, 3 * Units], 0, 0, 0, 0, 0, 0),
    ];

    [Fact]
    public void WhatNoLayerDoesIsNamed()
    {
        Assert.Contains("node 'lstm' (LSTM): it is bidirectional", Refuse(Lstm([], node => node.With("direction", "bidirectional"))));
        Assert.Contains("its direction is 'reverse'", Refuse(Lstm([], node => node.With("direction", "reverse"))));
        Assert.Contains("it has peepholes", Refuse(Lstm(["", "", "", "p"])));
        Assert.Contains("the initial state is a constant other than zeros", Refuse(Lstm(["", "ones", "zeros"])));
        Assert.Contains("the initial cell is a constant other than zeros", Refuse(Lstm(["", "zeros", "ones"])));
        Assert.Contains("it has a length for each row (sequence_lens)", Refuse(Lstm(["b"])));
        Assert.Contains("it couples its input and forget gates", Refuse(Lstm([], node => node.With("input_forget", 1))));
        Assert.Contains("its attribute 'clip' is not supported", Refuse(Lstm([], node => node.With("clip", 3.0))));
        Assert.Contains("do not fit 4 gates and a hidden_size of 3", Refuse(Lstm([], node => node.With("hidden_size", 3))));
    }

    [Fact]
    public void WhatSaysNothingIsRead()
    {
        ImportedModel model = Read(Lstm(["", "zeros", "zeros", "none"]));
        Assert.Equal(["Lstm", "Reshape"], model.Layers.Select(layer => layer.Attribute));
        Assert.Equal([5, 3], model.InputShape);
    }

    /// <summary>The last cell is an output that no layer has.</summary>
    [Fact]
    public void TheLastCellIsNamed()
    {
        ModelProto model = Lstm([]);
        NodeProto lstm = model.Graph.Node[0];
        lstm.Output.Clear();
        lstm.Output.AddRange(["all", "state", "cell"]);
        model.Graph.Node.Add(Node("Relu", "relu", "y", "cell"));
        Assert.Contains("node 'relu' (Relu): it reads 'cell', the last cell of node 'lstm' (LSTM), which no layer gives", Refuse(model));
    }

    [Fact]
    public void StepsInsideOfASequenceAreNamed()
    {
        ModelProto model = Lstm([]);
        model.Graph.Node[0].Output[0] = "all";
        TensorProto second = new() { Name = "second", DataType = (int)TensorProto.Types.DataType.Int64, Int64Data = { 1 } };
        model.Graph.Initializer.Add(second);
        model.Graph.Node.Add(Node("Gather", "gather", "y", "all", "second").With("axis", 1));
        Assert.Contains("node 'gather' (Gather): it takes element 1 along axis 1 of a value of shape [batch, 5, 1, 2]; only the last step", Refuse(model));
    }

    private static ModelProto Lstm(string[] more, Action<NodeProto>? change = null)
    {
        NodeProto node = Node("LSTM", "lstm", "y", ["x", "w", "r", "b", .. more]).With("layout", 1);
        change?.Invoke(node);
        ModelProto model = Model([node], Weights, 5, 3);
        model.OpsetImport[0].Version = 14;
        return model;
    }

    private static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => (i % 7 / 7f) - 0.4f)];
}
