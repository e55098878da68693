using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>All layers for one sample in one method: a product of a vector and a matrix each, the activation in its epilogue.</summary>
/// <param name="Layers">In order.</param>
/// <param name="WritesOutput">Whether the last layer writes the caller's output.</param>
internal sealed record SampleForwardKernel(string Name, string Comment, EquatableArray<SampleLayer> Layers, bool WritesOutput) : Kernel(Name, Comment)
{
    /// <summary>Multiply-adds of one element beyond which scalar code gains nothing from being written out.</summary>
    private const int UnrolledScalars = 128;

    /// <summary>Scalar multiply-adds that one method may have written out: each is about 18 instructions of IL and 6 uses of locals.</summary>
    private const int MethodScalars = 768;

    /// <summary>Vector multiply-adds that one method may have written out.</summary>
    private const int UnrolledVectors = 1024;

    /// <summary>Narrow layers take narrower vectors of the same class.</summary>
    public override int MaximumLanes => Layers.Max(layer => layer.Weights.Panel);

    public override IReadOnlyList<KernelParameter> Parameters => WritesOutput
        ? [KernelParameter.In("parameters"), KernelParameter.In("x"), KernelParameter.Out("y"), KernelParameter.Out("scratch")]
        : [KernelParameter.In("parameters"), KernelParameter.In("x"), KernelParameter.Out("scratch")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        int written = 0;
        foreach (SampleLayer layer in Layers)
        {
            Dialect dialect = context.Dialect.Within(layer.Weights.Panel);
            int work = layer.Weights.Length / dialect.Lanes;
            bool unrolled = layer.Unrolled && (dialect.Lanes == 1
                ? work <= Math.Min(UnrolledScalars, MethodScalars - written)
                : work <= UnrolledVectors - written);
            if (unrolled)
                written += work;
            string product = $"z = x·W{(layer.Weights.HasBias ? " + b" : string.Empty)}";
            writer.Line(layer.Function == Activation.Identity
                ? $"// {layer.Weights.Layer}: {product}"
                : $"// {layer.Weights.Layer}: {product}, then {ActivationFunction.Of(layer.Function).Formula}");
            using (writer.Open())
                WriteLayer(writer, context, dialect, layer, unrolled);
        }
    }

    private static void WriteLayer(CSharpWriter writer, KernelContext context, Dialect dialect, SampleLayer layer, bool unrolled)
    {
        int vectors = layer.Weights.Stride / dialect.Lanes;
        int group = Math.Min(vectors, dialect.Accumulators);
        int whole = vectors / group * group;
        if (vectors == group)
        {
            WriteGroup(writer, context, dialect, layer, unrolled, group, 0, null);
        }
        else if (whole == group)
        {
            using (writer.Open())
                WriteGroup(writer, context, dialect, layer, unrolled, group, 0, null);
        }
        else
        {
            using (writer.Open($"for (int o = 0; o < {Number(whole * dialect.Lanes)}; o += {Number(group * dialect.Lanes)})"))
                WriteGroup(writer, context, dialect, layer, unrolled, group, 0, "o");
        }

        if (vectors > whole)
        {
            using (writer.Open())
                WriteGroup(writer, context, dialect, layer, unrolled, vectors - whole, whole * dialect.Lanes, null);
        }
    }

    /// <summary>A few vectors of outputs from <paramref name="start"/>, or from the loop's <paramref name="variable"/>, on.</summary>
    private static void WriteGroup(
        CSharpWriter writer, KernelContext context, Dialect dialect, SampleLayer layer, bool unrolled, int vectors, int start, string? variable)
    {
        DenseWeights weights = layer.Weights;
        ColumnOffsets columns = new(weights.Panel, weights.Inputs * weights.Panel);
        string column = variable ?? Number(start);
        string panel = variable is null
            ? Number(columns.Of(start))
            : vectors * dialect.Lanes % weights.Panel == 0
                ? Dialect.Times(variable, weights.Inputs)
                : weights.Stride == weights.Panel ? variable : $"{variable} / {Number(weights.Panel)} * {Number(weights.Inputs * weights.Panel)} + {variable} % {Number(weights.Panel)}";
        Pointer input = layer.Input < 0
            ? dialect.Declare(writer, "xk", dialect.Received("x"))
            : dialect.Declare(writer, "xk", dialect.Received("scratch"), Number(layer.Input));
        Pointer parameters = dialect.Received("parameters");
        Pointer w = dialect.Declare(writer, "wk", parameters, Dialect.Plus(Number(weights.Offset), panel));
        RegisterTile tile = new(1, vectors, 0, 1, weights.Panel, Number(weights.Inputs), columns)
        {
            Splits = Math.Max(1, dialect.Accumulators / vectors),
            Unrolled = unrolled,
        };
        tile.WriteSums(
            writer, context, dialect, input, w, !weights.HasBias ? null : v => dialect.Load(parameters, Offset(weights.BiasOffset, v)));
        for (int v = 0; v < vectors; v++)
            WriteResult(v);

        void WriteResult(int v)
        {
            string sum = tile.Sum(0, v);
            Pointer scratch = dialect.Received("scratch");
            if (layer.Sum >= 0)
                writer.Line(dialect.Store(scratch, Offset(layer.Sum, v), sum));
            string value = layer.Function == Activation.Identity
                ? sum
                : $"{context.Functions.Require(dialect.Target, ActivationFunction.Of(layer.Function).ForwardHelper)}({sum})";
            if (layer.Output >= 0)
                writer.Line(dialect.Store(scratch, Offset(layer.Output, v), value));
            else if (variable is not null && weights.Outputs % (vectors * dialect.Lanes) == 0)
                writer.Line(dialect.Store(dialect.Received("y"), Offset(0, v), value));
            else
                WriteOutput(writer, dialect, weights, value, variable, start, vectors, v);
        }

        string Offset(int block, int v) => variable is null
            ? Number(block + start + (v * dialect.Lanes))
            : Dialect.Plus(Dialect.Plus(Number(block), column), Number(v * dialect.Lanes));
    }

    /// <summary>Stores a vector of the caller's output, which may end in the middle of it.</summary>
    private static void WriteOutput(
        CSharpWriter writer, Dialect dialect, DenseWeights weights, string value, string? variable, int start, int vectors, int v)
    {
        Pointer y = dialect.Received("y");
        if (variable is null)
        {
            int first = start + (v * dialect.Lanes);
            int count = Math.Min(dialect.Lanes, weights.Outputs - first);
            if (count == dialect.Lanes)
            {
                writer.Line(dialect.Store(y, Number(first), value));
            }
            else if (count > 0)
            {
                string name = "y" + Number(v);
                writer.Line($"var {name} = {value};");
                dialect.StorePart(writer, y, first, name, count);
            }

            return;
        }

        // In a loop over groups only the last group can be short: its vectors store as many elements as there are.
        string at = Dialect.Plus(variable, Number(v * dialect.Lanes));
        string local = "y" + Number(v);
        writer.Line($"var {local} = {value};");
        writer.Line($"if ({at} + {Number(dialect.Lanes)} <= {Number(weights.Outputs)})");
        writer.Line("    " + dialect.Store(y, at, local));
        int rest = weights.Outputs % dialect.Lanes;
        if (rest > 0)
        {
            int tail = weights.Outputs - rest;
            using (writer.Open($"else if ({at} == {Number(tail)})"))
                dialect.StorePart(writer, y, tail, local, rest);
        }
    }

    private static string Number(int value) => CSharpLiteral.Of(value);
}
