using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>Every layer that can be written as an attribute, one line each.</summary>
internal static class LayerRegistry
{
    public static readonly IReadOnlyList<LayerRegistration> Layers =
    [
        DenseLayer.Registration,
        ActivationLayer.Registration,
        DropoutLayer.Registration,
        FlattenLayer.Registration,
        ClipLayer.Registration,
        NormalizeLayer.Registration,
        AddLayer.Registration,
        MultiplyLayer.Registration,
        ConcatLayer.Registration,
        ReshapeLayer.Registration,
        ConvLayer.Signals,
        ConvLayer.Images,
        DepthwiseLayer.Signals,
        DepthwiseLayer.Images,
        ConvTransposeLayer.Signals,
        ConvTransposeLayer.Images,
        BatchNormLayer.Registration,
        MaxPoolLayer.OneAxis,
        MaxPoolLayer.TwoAxes,
        AveragePoolLayer.OneAxis,
        AveragePoolLayer.TwoAxes,
        GlobalPoolLayer.Average,
        GlobalPoolLayer.Max,
        LayerNormLayer.Registration,
        PReluLayer.Registration,
        EmbeddingLayer.Registration,
        SimpleRnnLayer.Registration,
        GruLayer.Registration,
        LstmLayer.Registration,
    ];

    private static readonly AsyncLocal<IReadOnlyList<LayerRegistration>?> Others = new();

    public static LayerRegistration? Find(string attribute) =>
        Layers.Concat(Others.Value ?? []).FirstOrDefault(registration => registration.Attribute == attribute);

    /// <summary>For tests: layers that only the calling thread knows, until the result is disposed of.</summary>
    public static IDisposable With(IReadOnlyList<LayerRegistration> others)
    {
        Others.Value = others;
        return new Restore();
    }

    private sealed class Restore : IDisposable
    {
        public void Dispose() => Others.Value = null;
    }
}
