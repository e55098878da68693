using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>All layers for one sample in one method: a product of a vector and a matrix each, the activation in its epilogue.</summary>
/// <param name="Layers">In order.</param>
/// <param name="WritesOutput">Whether the last layer writes the caller's output.</param>
/// <param name="Keeps">Whether every layer's values are stored for backward, or only those that a later layer reads from memory.</param>
internal sealed record SampleForwardKernel(string Name, string Comment, EquatableArray<SampleLayer> Layers, bool WritesOutput, bool Keeps)
    : Kernel(Name, Comment)
{
    /// <summary>Vectors of outputs up to which broadcasts from memory are worth avoiding: beyond, each serves many of them.</summary>
    private const int SpreadVectors = 4;

    /// <summary>Narrow layers take narrower vectors of the same class.</summary>
    public override int MaximumLanes => Layers.Max(LaneLimit);

    public override IReadOnlyList<KernelParameter> Parameters => WritesOutput
        ? [KernelParameter.In("parameters"), KernelParameter.In("input"), KernelParameter.Out("output"), KernelParameter.Out("scratch")]
        : [KernelParameter.In("parameters"), KernelParameter.In("input"), KernelParameter.Out("scratch")];

    public override void WriteBody(CSharpWriter writer, KernelContext context) => WriteLayers(writer, context, -1);

    /// <summary>Writes the statements.</summary>
    /// <returns>What lies at <paramref name="wanted"/> in scratch, if it is the last layer's and in locals that later statements see.</returns>
    public HeldRow? WriteLayers(CSharpWriter writer, KernelContext context, int wanted)
    {
        writer.Line("// c and p are partial sums of a layer: no multiply-add has to wait for the one before. They are added pairwise at the end.");
        bool[] writtenOut = SampleText.WrittenOut(Layers, context.Dialect.Lanes);
        IReadOnlyList<string>? held = null;
        HeldRow? last = null;
        for (int i = 0; i < Layers.Count; i++)
        {
            SampleLayer layer = Layers[i];
            Dialect dialect = context.Dialect.Within(LaneLimit(layer));
            bool unrolled = writtenOut[i];
            string product = $"z = {(i == 0 ? "x" : Layers[i - 1].Weights.Layer)}·W{(layer.Weights.HasBias ? " + b" : string.Empty)}";
            writer.Line(layer.Function == Activation.Identity
                ? $"// {layer.Weights.Layer}: {product}"
                : $"// {layer.Weights.Layer}: {product}, then {ActivationFunction.Of(layer.Function).Formula}");
            if (layer.Weights.IsByOutput)
            {
                string prefix = "l" + Number(i);
                last = WriteDots(writer, context, dialect, layer, held, prefix, wanted);
                held = null;
                continue;
            }

            last = null;
            IReadOnlyList<string>? inputs = held;
            held = i + 1 < Layers.Count && HoldsResult(context.Dialect, layer, Layers[i + 1], writtenOut[i + 1]) ? Names(dialect, layer, i) : null;
            if (held is not null)
            {
                WriteGroup(writer, context, dialect, layer, unrolled, held.Count, 0, null, inputs, held, Keeps);
                continue;
            }

            using (writer.Open())
                WriteLayer(writer, context, dialect, layer, unrolled, inputs);
        }

        return last;
    }

    private static int LaneLimit(SampleLayer layer) => layer.Weights.IsByOutput ? layer.Weights.InputPanel : layer.Weights.Panel;

    /// <summary>
    /// Where they are few, the vectors of one layer stay in registers for the next: for its dot products, or to spread their elements where that pays.
    /// </summary>
    private static bool HoldsResult(Dialect widest, SampleLayer layer, SampleLayer next, bool isNextWrittenOut)
    {
        Dialect dialect = widest.Within(LaneLimit(layer));
        if (next.Input != layer.Output || dialect.Lanes == 1 || layer.Weights.Stride / dialect.Lanes > Machine.HeldVectors)
            return false;
        return next.Weights.IsByOutput
            || (isNextWrittenOut && SpreadElements.Pays(dialect) && widest.Within(LaneLimit(next)).Lanes == dialect.Lanes);
    }

    private static IReadOnlyList<string> Names(Dialect dialect, SampleLayer layer, int index) =>
        [.. Enumerable.Range(0, layer.Weights.Stride / dialect.Lanes).Select(v => $"h{Number(index)}_{Number(v)}")];

    private static HeldRow? WriteDots(
        CSharpWriter writer, KernelContext context, Dialect dialect, SampleLayer layer, IReadOnlyList<string>? held, string prefix, int wanted)
    {
        Pointer scratch = dialect.Received("scratch");
        int vectors = layer.Weights.InputStride / dialect.Lanes;
        (Pointer source, int start) = layer.Input < 0 ? (dialect.Received("input"), 0) : (scratch, layer.Input);
        if (held is null && dialect.Lanes > 1 && vectors <= Machine.HeldVectors)
            held = [.. Enumerable.Range(0, vectors).Select(v => dialect.Load(source, Number(start + (v * dialect.Lanes))))];
        Pointer h = source;
        List<string> values = [];
        bool isVisible = held is not null;
        using IDisposable? block = held is null ? writer.Open() : null;
        if (held is null)
            h = dialect.Declare(writer, prefix + "h", source, Number(start));
        DotProducts.Write(writer, context, dialect, layer.Weights, held, h, dialect.Received("parameters"), prefix, (first, count, lanes, value) =>
        {
            string name = prefix + "z" + Number(first);
            writer.Line($"var {name} = {value};");
            if (layer.Sum >= 0)
                writer.Line(lanes.Store(scratch, Number(layer.Sum + first), name));
            string result = layer.Function == Activation.Identity
                ? name
                : $"{context.Functions.Require(lanes.Target, ActivationFunction.Of(layer.Function).ForwardHelper)}({name})";
            if (layer.Output >= 0)
            {
                if (layer.Output == wanted && result != name)
                {
                    writer.Line($"var {prefix}y{Number(first)} = {result};");
                    result = $"{prefix}y{Number(first)}";
                }

                values.Add(layer.Output == wanted ? result : name);
                writer.Line(lanes.Store(scratch, Number(layer.Output + first), result));
            }
            else if (count == lanes.Lanes)
            {
                writer.Line(lanes.Store(dialect.Received("output"), Number(first), result));
            }
            else
            {
                writer.Line($"var {prefix}y{Number(first)} = {result};");
                lanes.StorePart(writer, dialect.Received("output"), first, $"{prefix}y{Number(first)}", count);
            }
        });
        return isVisible && dialect.Lanes > 1 && wanted >= 0 && (layer.Output == wanted || layer.Sum == wanted)
            ? new HeldRow(SampleForwardCall.Pieces(dialect), values, IsUniform: layer.Weights.Outputs == 1)
            : null;
    }

    private static void WriteLayer(
        CSharpWriter writer, KernelContext context, Dialect dialect, SampleLayer layer, bool unrolled, IReadOnlyList<string>? inputs)
    {
        int vectors = layer.Weights.Stride / dialect.Lanes;
        int most = layer.Weights.Sample == SampleForm.PairLoop ? Math.Max(1, 2 * layer.Weights.Panel / dialect.Lanes) : dialect.Accumulators;
        int group = Math.Min(vectors, Math.Min(most, dialect.Accumulators));
        int whole = vectors / group * group;
        if (vectors == group)
        {
            WriteGroup(writer, context, dialect, layer, unrolled, group, 0, null, inputs);
        }
        else if (whole == group)
        {
            using (writer.Open())
                WriteGroup(writer, context, dialect, layer, unrolled, group, 0, null, inputs);
        }
        else
        {
            using (writer.Open($"for (int o = 0; o < {Number(whole * dialect.Lanes)}; o += {Number(group * dialect.Lanes)})"))
                WriteGroup(writer, context, dialect, layer, unrolled, group, 0, "o", inputs);
        }

        if (vectors > whole)
        {
            using (writer.Open())
                WriteGroup(writer, context, dialect, layer, unrolled, vectors - whole, whole * dialect.Lanes, null, inputs);
        }
    }

    /// <summary>A few vectors of outputs from <paramref name="start"/>, or from the loop's <paramref name="variable"/>, on.</summary>
    private static void WriteGroup(
        CSharpWriter writer,
        KernelContext context,
        Dialect dialect,
        SampleLayer layer,
        bool unrolled,
        int vectors,
        int start,
        string? variable,
        IReadOnlyList<string>? inputs,
        IReadOnlyList<string>? held = null,
        bool keeps = true)
    {
        string prefix = held is null ? string.Empty : held[0] + "_";
        DenseWeights weights = layer.Weights;
        ColumnOffsets columns = new(weights.Panel, weights.Inputs * weights.Panel);
        string column = variable ?? Number(start);
        string panel = variable is null ? Number(columns.Of(start)) : columns.Of(variable, vectors * dialect.Lanes, weights.Stride);
        Pointer input = layer.Input < 0
            ? dialect.Declare(writer, prefix + "xk", dialect.Received("input"))
            : dialect.Declare(writer, prefix + "xk", dialect.Received("scratch"), Number(layer.Input));
        Pointer parameters = dialect.Received("parameters");
        Pointer w = dialect.Declare(writer, prefix + "wk", parameters, Dialect.Plus(Number(weights.Offset), panel));
        if (inputs is null && unrolled && SpreadElements.Pays(dialect))
            inputs = LoadInputs(writer, dialect, input, weights.Inputs, prefix);
        RegisterTile tile = new(1, vectors, 0, 1, weights.Panel, Number(weights.Inputs), columns)
        {
            Splits = weights.Sums?.Forward ?? Math.Max(1, dialect.Accumulators / vectors),
            IsOrdered = weights.Sums is not null,
            Unrolled = unrolled,
            Prefix = prefix,
            Held = inputs ?? [],
            Spreads = SpreadElements.Pays(dialect) && vectors <= SpreadVectors,
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
            if (held is not null)
            {
                writer.Line($"var {held[v]} = {value};");
                value = held[v];
            }

            if (layer.Output >= 0)
            {
                if (keeps)
                    writer.Line(dialect.Store(scratch, Offset(layer.Output, v), value));
            }
            else if (variable is not null && weights.Outputs % (vectors * dialect.Lanes) == 0)
                writer.Line(dialect.Store(dialect.Received("output"), Offset(0, v), value));
            else
                WriteOutput(writer, dialect, weights, value, variable, start, vectors, v);
        }

        string Offset(int block, int v) => variable is null
            ? Number(block + start + (v * dialect.Lanes))
            : Dialect.Plus(Dialect.Plus(Number(block), column), Number(v * dialect.Lanes));
    }

    /// <summary>The inputs of a layer as vectors, but for a last part that fills none.</summary>
    private static IReadOnlyList<string> LoadInputs(CSharpWriter writer, Dialect dialect, Pointer input, int count, string prefix)
    {
        int vectors = Math.Min(Machine.HeldVectors, count / dialect.Lanes);
        string[] names = [.. Enumerable.Range(0, vectors).Select(v => $"{prefix}x{Number(v)}")];
        for (int v = 0; v < vectors; v++)
            writer.Line($"var {names[v]} = {dialect.Load(input, Number(v * dialect.Lanes))};");
        return names;
    }

    /// <summary>Stores a vector of the caller's output, which may end in the middle of it.</summary>
    private static void WriteOutput(
        CSharpWriter writer, Dialect dialect, DenseWeights weights, string value, string? variable, int start, int vectors, int v)
    {
        Pointer y = dialect.Received("output");
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
