using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Onnx.Export.Layers;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>How a layer is written.</summary>
/// <param name="Attribute">Its attribute's name without its suffix.</param>
/// <param name="Word">What one without a name is called, before its number.</param>
/// <param name="Write">Adds its nodes and returns what it computes.</param>
internal sealed record LayerWriter(string Attribute, string Word, Func<LayerScope, Value> Write);

/// <summary>Every layer that can be written, a line each.</summary>
internal static class LayerTable
{
    public static readonly IReadOnlyList<LayerWriter> Layers =
    [
        new("Dense", "dense", DenseWriter.Write),
        new("Activation", "activation", static scope => scope.Activate(scope.Input, scope.Layer.Function())),
        new("Dropout", "dropout", static scope => scope.Input),
        new("Flatten", "flatten", static scope => AxisOrders.Flatten(scope.Input)),
        new("Reshape", "reshape", ReshapeWriter.Write),
        new("Clip", "clip", static scope => scope.Clip(scope.Input, scope.Layer.Real("minimum", double.NegativeInfinity), scope.Layer.Real("maximum", double.PositiveInfinity))),
        new("Normalize", "normalize", NormalizationWriters.Normalize),
        new("BatchNorm", "batchnorm", NormalizationWriters.BatchNorm),
        new("LayerNorm", "layernorm", LayerNormWriter.Write),
        new("PRelu", "prelu", SlopeWriter.Write),
        new("Add", "add", static scope => JoinWriters.InPairs(scope, "Add")),
        new("Multiply", "multiply", static scope => JoinWriters.InPairs(scope, "Mul")),
        new("Concat", "concat", JoinWriters.Concat),
        new("Conv1D", "conv", ConvolutionWriter.Write),
        new("Conv2D", "conv", ConvolutionWriter.Write),
        new("DepthwiseConv1D", "depthwise", ConvolutionWriter.Depthwise),
        new("DepthwiseConv2D", "depthwise", ConvolutionWriter.Depthwise),
        new("Conv1DTranspose", "transposed", TransposedWriter.Write),
        new("Conv2DTranspose", "transposed", TransposedWriter.Write),
        new("MaxPool1D", "maxpool", PoolWriter.Max),
        new("MaxPool2D", "maxpool", PoolWriter.Max),
        new("AveragePool1D", "averagepool", PoolWriter.Average),
        new("AveragePool2D", "averagepool", PoolWriter.Average),
        new("Embedding", "embedding", RecurrentWriter.WriteEmbedding),
        new("SimpleRnn", "rnn", RecurrentWriter.WriteSimple),
        new("Gru", "gru", RecurrentWriter.WriteGru),
        new("Lstm", "lstm", RecurrentWriter.WriteLstm),
        new("GlobalAveragePool", "globalpool", static scope => PoolWriter.Global(scope, "GlobalAveragePool", "ReduceMean")),
        new("GlobalMaxPool", "globalpool", static scope => PoolWriter.Global(scope, "GlobalMaxPool", "ReduceMax")),
    ];

    public static LayerWriter? Find(string attribute) => Layers.FirstOrDefault(layer => layer.Attribute == attribute);
}
