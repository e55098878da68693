using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Simd;

/// <summary>Writes a pass for vectors of any width: each planned operation as its formula and a call of the shared kernel that computes it.</summary>
/// <param name="plan">The network.</param>
/// <param name="use">Receives the kernels.</param>
/// <param name="places">Where the values of a chunk lie.</param>
/// <param name="hasLengths">Whether the pass knows how long each sequence is.</param>
internal sealed class SimdPassWriter(NetworkPlan plan, LibraryUse.Builder use, TensorPlaces places, bool hasLengths) : IPassWriter
{
    private readonly SimdCalls _calls = new(plan, use, places) { HasLengths = hasLengths };

    public void Write(CSharpWriter writer, Operation operation)
    {
        foreach (string line in Formulas.Of(operation, plan))
            writer.Line("// " + line);
        switch (operation)
        {
            case Gemm gemm:
                WriteGemm(writer, gemm);
                break;
            case GemmTransposed gemm:
                WriteGemmTransposed(writer, gemm);
                break;
            case WeightGradient gradient:
                WriteWeightGradient(writer, gradient);
                break;
            case Map { Function: Activation.Identity } map:
                WriteCopy(writer, map.Input, map.Output);
                break;
            case Map map:
                Call(writer, ElementUnits.Map(map.Function), "W, V", At(map.Input), At(map.Output), Elements(map.Output));
                break;
            case MapBackward { Function: Activation.Identity } map:
                WriteCopy(writer, map.OutputGradient, map.InputGradient);
                break;
            case MapBackward map:
                WriteMapBackward(writer, map.Function, At(map.OutputGradient), At(map.Saved), At(map.InputGradient), map.InputGradient);
                break;
            case Clamp clamp:
                Call(writer, ElementUnits.ClampName, "W, V", At(clamp.Input), At(clamp.Output), Bound(clamp.Minimum), Bound(clamp.Maximum), Elements(clamp.Output));
                break;
            case ClampBackward clamp:
                Call(writer, ElementUnits.ClampBackwardName, "W, V", At(clamp.OutputGradient), At(clamp.Saved), At(clamp.InputGradient),
                    Bound(clamp.Minimum), Bound(clamp.Maximum), Elements(clamp.InputGradient));
                break;
            case Softmax softmax:
                WriteSoftmax(writer, softmax);
                break;
            case SoftmaxBackward softmax:
                WriteSoftmaxBackward(writer, softmax);
                break;
            case RandomMask dropout:
                WriteMask(writer, dropout);
                break;
            case CopyRows copy:
                WriteCopy(writer, copy.Input, copy.Output);
                break;
            case Add add:
                Call(writer, ChannelUnits.Add, "W, V", At(add.Left), At(add.Right), At(add.Output), Elements(add.Output));
                break;
            case MultiplyRow multiply:
                Call(writer, ChannelUnits.Multiply, TypesOf(multiply.Row.Shape.Count), At(multiply.Input), Parameter(Places.Of(multiply.Row)), At(multiply.Output),
                    "stride: " + Text(multiply.Output.Stride), "channels: " + Text(multiply.Row.Shape.Count), "width: " + Text(multiply.Output.Width), "rows");
                break;
            case DivideRow divide:
                WriteDivideRow(writer, divide);
                break;
            case MultiplyRowGradient row:
                Call(writer, ChannelUnits.MultiplyGradient, null, At(row.Input), At(row.OutputGradient), "stride: " + Text(row.Input.Stride),
                    "channels: " + Text(row.Row.Shape.Count), "width: " + Text(row.Input.Width), Gradient(Places.Of(row.Row)), "rows", "scale", "add");
                break;
            case SumRows sum:
                Call(writer, ChannelUnits.Sum, TypesOf(sum.Output.Width), At(sum.Input), "fromStride: " + Text(sum.Input.Stride), At(sum.Output),
                    "toStride: " + Text(sum.Output.Stride), "channels: " + Text(sum.Output.Width), "width: " + Text(sum.Input.Width), "rows");
                break;
            case RepeatRows repeat:
                Call(writer, ChannelUnits.Repeat, TypesOf(repeat.Input.Width), At(repeat.Input), "fromStride: " + Text(repeat.Input.Stride), At(repeat.Output),
                    "toStride: " + Text(repeat.Output.Stride), "channels: " + Text(repeat.Input.Width), "width: " + Text(repeat.Output.Width), "rows");
                break;
            case Repetition repetition:
                RepetitionText.Write(writer, repetition, part => Write(writer, part));
                break;
            default:
                if (!SimdCells.Write(writer, _calls, operation) && !SimdJoins.Write(writer, _calls, operation) && !SimdPatches.Write(writer, _calls, operation) && !SimdNormalization.Write(writer, _calls, operation) && !SimdPools.Write(writer, _calls, operation)
                    && !SimdNorms.Write(writer, _calls, operation))
                {
                    throw new NotSupportedException($"No kernel for vectors computes {operation.GetType().Name}.");
                }

                break;
        }
    }

    public void WriteLoss(CSharpWriter writer, LossGradient loss, string add, bool isByStep = false)
    {
        int width = isByStep || loss.Loss == Loss.CrossEntropy ? loss.Value.Shape.Columns : loss.Value.Width, lanes = RowLoop.Lanes(width, plan.Layout.PanelWidth(loss.Value.Width));
        writer.Line("// " + Formulas.OfLoss(loss, plan));
        string targets = "ref t", scaled = loss.Factor == 1 ? "scale" : $"{_calls.Literal(loss.Factor)} * scale", scale = isByStep ? $"({(plan.Layout.ElementBytes == 4 ? "float" : "double")})({scaled} * stepScale)" : scaled;
        string factor = (loss.Factor == 1 ? "" : CSharpLiteral.Of(loss.Factor) + " * ") + (isByStep ? "stepScale * " : "");
        if (loss.Targets is { } own)
        {
            targets = At(own);
            Tensor callers = own with { Role = TensorRole.Targets, Offset = loss.Offset, Stride = plan.Graph.Output.Shape.Count };
            SimdJoins.WritePart(writer, _calls, callers, 0, own.Width, own, 0, own.Width, own.Width);
        }

        string kernel = Name(ElementUnits.LossName(loss.Loss), _calls.Types.Of(lanes));
        if (width == loss.Value.Width && !isByStep)
        {
            writer.Line($"{add}{factor}{kernel}({string.Join(", ", At(loss.Value), "stride: " + Text(loss.Value.Stride), targets, "width: " + Text(width), At(loss.Gradient), "rows", scale)});");
            return;
        }

        // Position by position: the rows of a sample are rows of the loss.
        string place = targets.StartsWith("ref Unsafe", StringComparison.Ordinal) ? targets.Substring(4) : "t";
        string positions = isByStep ? LengthText.At(Model.EmitProfile.Simd, "n") : Text(loss.Value.Shape.Rows);
        using (writer.Open("for (int n = 0; n < rows; n++)"))
        {
            writer.Line($"positions += {kernel}(ref Unsafe.Add({At(loss.Value)}, n * {Text(loss.Value.Stride)}), stride: {Text(width)}, ref Unsafe.Add(ref {place}, n * {Text(loss.Value.Width)}), width: {Text(width)}, "
                + $"ref Unsafe.Add({At(loss.Gradient)}, n * {Text(loss.Gradient.Stride)}), {positions}, {scale});");
            if (isByStep)
                Call(writer, PartUnits.ClearTails, null, $"ref Unsafe.Add({At(loss.Gradient)}, n * {Text(loss.Gradient.Stride)})", "stride: " + Text(loss.Gradient.Stride), $"width: {positions} * {Text(width)}", "1");
        }

        if (!isByStep && loss.Gradient.Stride > loss.Gradient.Width)
            Call(writer, PartUnits.ClearTails, null, At(loss.Gradient), "stride: " + Text(loss.Gradient.Stride), "width: " + Text(loss.Gradient.Width), "rows");
        writer.Line($"{add}{factor}positions;");
    }

    public void WriteTranspose(CSharpWriter writer, DenseWeights weights)
    {
        if (plan.Parameters.Patches.Contains(weights))
            SimdPatches.WriteTranspose(writer, _calls, weights);
        else
            WriteDenseTranspose(writer, weights);
    }

    public void WriteMove(CSharpWriter writer, BatchNormBlocks norm, Tensor input) => SimdNormalization.WriteMove(writer, _calls, norm);

    private void WriteDenseTranspose(CSharpWriter writer, DenseWeights weights) => Call(writer, "Transpose", null, Parameter(Places.Weight(weights)),
        "inputs: " + Text(weights.Inputs), "outputs: " + Text(weights.Outputs), "panel: " + Text(weights.Panel),
        $"ref Unsafe.Add(ref transposed, {Places.Transposed(weights)})", "toPanel: " + Text(weights.InputPanel));

    private void WriteGemm(CSharpWriter writer, Gemm gemm)
    {
        DenseWeights weights = plan.Weights.Of(gemm.Weight);
        int width = ProductTiles.WidthOf(gemm, weights);
        if (weights.IsByOutput)
        {
            string bias = weights.HasBias ? Parameter(Places.Bias(weights)) : Parameter(Places.Weight(weights));
            string hasBias = "hasStart: " + (weights.HasBias ? "true" : "false");
            string types = _calls.Types.Of(weights.InputPanel);
            if (weights.Outputs == 1)
            {
                Call(writer, "DotColumn", types, At(gemm.Input), "aStride: " + Text(gemm.Input.Stride), "inputs: " + Text(weights.InputStride), Parameter(Places.Weight(weights)),
                    bias, hasBias, At(gemm.Output), "cStride: " + Text(gemm.Output.Stride), "rows");
            }
            else
            {
                if (TileChoice.HoldsWeights(plan.Layout, weights))
                    use.Unit(DotUnits.Held);
                Call(writer, "Dots", types, At(gemm.Input), "aStride: " + Text(gemm.Input.Stride), "inputs: " + Text(weights.InputStride), Parameter(Places.Weight(weights)),
                    "outputs: " + Text(weights.Outputs), bias, hasBias, At(gemm.Output), "cStride: " + Text(gemm.Output.Stride), "stored: " + Text(gemm.Output.Stride), "rows");
            }

            // The caller's rows have no padding that a vector may reach into.
            if (gemm.Function != Activation.Identity)
                Call(writer, ElementUnits.Map(gemm.Function), gemm.Output.IsScratch ? "W, V" : _calls.Types.Scalar, At(gemm.Output), At(gemm.Output), Elements(gemm.Output));
            return;
        }

        string ends = ElementUnits.Ends(weights.HasBias, gemm.Function);
        string start = weights.HasBias ? Parameter(Places.Bias(weights)) : Parameter(Places.Weight(weights));
        WriteProduct(writer, ends, ProductTiles.Of(plan, gemm)!.Choice, weights.Sums?.Forward ?? 1, weights.Panel, width, At(gemm.Input), gemm.Input.Stride, weights.Inputs,
            Parameter(Places.Weight(weights)), weights.Panel, start, At(gemm.Output), At(gemm.Output), gemm.Output.Stride);
    }

    private void WriteGemmTransposed(CSharpWriter writer, GemmTransposed gemm)
    {
        DenseWeights weights = plan.Weights.Of(gemm.Weight);
        string ends = gemm.Saved is null ? ElementUnits.Ends(false, Activation.Identity) : ElementUnits.SlopeEnds(gemm.Function);
        string b = weights.IsByOutput ? Parameter(Places.Weight(weights)) : $"ref Unsafe.Add(ref transposed, {Places.Transposed(weights)})";
        string saved = At(gemm.Saved ?? gemm.InputGradient);
        void Product() => WriteProduct(writer, ends, ProductTiles.Of(plan, gemm)!.Choice, weights.Sums?.Down ?? 1, weights.InputPanel, weights.InputStride, At(gemm.OutputGradient), gemm.OutputGradient.Stride,
            weights.Outputs, b, weights.IsByOutput ? weights.InputStride : weights.InputPanel, b, saved, At(gemm.InputGradient), gemm.InputGradient.Stride);
        if (weights.IsByOutput || weights.Sums is not null || gemm.IsRecurrent)
        {
            Product();
            return;
        }

        // Weights by output are Wᵀ already; packing it does not pay for one sample, unless its sums must have the order of those of many.
        using (writer.Open("if (rows > 1)"))
            Product();
        using (writer.Open("else"))
        {
            Call(writer, "InputGradientOne", _calls.Types.Of(weights.Panel), At(gemm.OutputGradient), Parameter(Places.Weight(weights)), "inputs: " + Text(weights.Inputs),
                "panel: " + Text(weights.Panel), "stride: " + Text(weights.Stride), At(gemm.InputGradient), "dxStride: " + Text(gemm.InputGradient.Stride));
            if (gemm.Saved is not null)
                WriteMapBackward(writer, gemm.Function, At(gemm.InputGradient), At(gemm.Saved), At(gemm.InputGradient), gemm.InputGradient);
        }
    }

    private void WriteProduct(
        CSharpWriter writer, string ends, TileChoice choice, int sums, int maximumLanes, int width, string a, int aStride, int depth, string b, int panel, string start, string saved, string c, int cStride)
    {
        use.Unit(ends);
        string types = _calls.Types.Of(maximumLanes);
        string common = string.Join(", ", a, "aStride: " + Text(aStride), "depth: " + Text(depth), b, "panel: " + Text(panel), start, saved, c, "cStride: " + Text(cStride));
        string[] rest = choice.Columns switch
        {
            _ when sums > 1 => ["width: " + Text(width), "rows"],
            ColumnTiles.Pairs => ["columns: " + Text(width), "width: " + Text(width), "rows", "most: " + Text(choice.Rows)],
            ColumnTiles.Singles => ["first: 0", "columns: " + Text(width), "width: " + Text(width), "rows"],
            _ => ["width: " + Text(width), "rows", "most: " + Text(choice.Rows)],
        };
        string kernel = choice.Columns switch
        {
            _ when sums > 1 => OrderedUnits.Name(sums),
            ColumnTiles.Pairs => ProductUnits.Pairs,
            ColumnTiles.Singles => ProductUnits.Singles,
            _ => ProductUnits.Both,
        };
        use.Unit(kernel);
        if (depth >= TileUnits.Accumulators)
            use.Unit(TileUnits.Deep);
        ProductTiles tiles = new(choice, width, maximumLanes);
        if (sums == 1 && (tiles.IsFar(depth, plan.Layout.ElementBytes) || tiles.IsNarrow(depth, plan.Layout.ElementBytes)))
            use.Unit(TileUnits.Narrow);
        if (sums == 1 && tiles.IsFar(depth, plan.Layout.ElementBytes))
            use.Unit(TileUnits.Far);
        string isPart = width % maximumLanes != 0 ? use.Unit(TileUnits.Part) : string.Empty;
        string vector = types.Substring(types.IndexOf(' ') + 1);
        string kind = isPart.Length == 0 ? $"{ends}<{types}>" : $"{isPart}<{vector}, {ends}<{types}>>";
        writer.Line($"{kernel}<{types}, {kind}>({common}, {string.Join(", ", rest)});");
    }

    private void WriteWeightGradient(CSharpWriter writer, WeightGradient gradient)
    {
        DenseWeights weights = plan.Weights.Of(gradient.Weight);
        string x = At(gradient.Input), dz = At(gradient.OutputGradient), g = Gradient(Places.Weight(weights));
        bool byOutput = weights.IsByOutput;
        int maximumLanes = byOutput ? weights.InputPanel : weights.Panel;
        int columns = byOutput ? weights.InputStride : weights.Stride;
        string types = _calls.Types.Of(maximumLanes);
        TileChoice choice = ProductTiles.Of(plan, gradient)!.Choice;
        int count = byOutput ? weights.Outputs : weights.Inputs, panel = byOutput ? weights.InputStride : weights.Panel;
        string a = byOutput ? dz : x, aStride = "aStride: " + Text(byOutput ? gradient.OutputGradient.Stride : gradient.Input.Stride);
        string b = byOutput ? x : dz, bStep = "bStep: " + Text(byOutput ? gradient.Input.Stride : gradient.OutputGradient.Stride);
        string target = string.Join(", ", g, "gStep: " + Text(panel), "panel: " + Text(panel), "panelLength: " + Text(byOutput ? weights.Length : weights.Inputs * weights.Panel));
        if (plan.StepsAsBatchOfOne)
        {
            using (writer.Open("if (rows == 1 && add)"))
                Call(writer, ProductUnits.Ger, types, a, "count: " + Text(count), b, "columns: " + Text(columns), target, "scale");
            using (writer.Open("else"))
                WriteAllTiles();
        }
        else
        {
            WriteAllTiles();
        }

        if (weights.HasBias)
        {
            Call(writer, ProductUnits.BiasGradient, _calls.Types.Of(weights.Panel), dz, "stride: " + Text(weights.Stride), Gradient(Places.Bias(weights)), "rows", "scale", "add");
        }

        void WriteAllTiles()
        {
            string pairs = choice.Columns == ColumnTiles.Both ? $"{Name(ProductUnits.PairsOf, types)}({Text(columns)})" : Text(columns);
            if (choice.Columns != ColumnTiles.Singles)
                WriteTiles(choice.Rows, 2, "0", pairs);
            if (choice.Columns != ColumnTiles.Pairs)
                WriteTiles(TileChoice.SingleRows, 1, choice.Columns == ColumnTiles.Both ? pairs : "0", Text(columns));
        }

        void WriteTiles(int largest, int vectors, string first, string last)
        {
            int from = 0;
            foreach ((int rows, int end) in choice.CutGradient(count, largest))
            {
                Call(writer, TileUnits.GradientName(rows, vectors), types, a, aStride, "from: " + Text(from), "to: " + Text(end), b, bStep, "first: " + first, "columns: " + last, target, "rows", "scale", "add");
                from = end;
            }
        }
    }

    private void WriteMapBackward(CSharpWriter writer, Activation function, string dy, string saved, string dz, Tensor rows) =>
        Call(writer, ElementUnits.MapBackward(function), "W, V", dy, saved, dz, Elements(rows));

    private void WriteSoftmax(CSharpWriter writer, Softmax softmax)
    {
        int width = softmax.Output.Shape.Columns, lanes = RowLoop.Lanes(width, plan.Layout.PanelWidth(softmax.Input.Width));
        string kernel = softmax.Log ? "LogSoftmax" : "Softmax";
        if (width == softmax.Output.Width)
        {
            Call(writer, kernel, _calls.Types.Of(lanes), At(softmax.Input), "zStride: " + Text(softmax.Input.Stride), At(softmax.Output), "yStride: " + Text(softmax.Output.Stride), "width: " + Text(width), "rows");
            return;
        }

        writer.Line("for (int n = 0; n < rows; n++)");
        writer.Line("    " + Invocation(kernel, _calls.Types.Of(lanes), Row(softmax.Input), "zStride: " + Text(width), Row(softmax.Output), "yStride: " + Text(width), "width: " + Text(width), Text(softmax.Output.Shape.Rows)));
        if (softmax.Output.IsScratch && softmax.Output.Stride > softmax.Output.Width)
            Call(writer, PartUnits.ClearTails, null, At(softmax.Output), "stride: " + Text(softmax.Output.Stride), "width: " + Text(softmax.Output.Width), "rows");
    }

    private void WriteSoftmaxBackward(CSharpWriter writer, SoftmaxBackward softmax)
    {
        int width = softmax.Output.Shape.Columns;
        string kernel = softmax.Log ? "LogSoftmaxBackward" : "SoftmaxBackward";
        if (width == softmax.Output.Width)
        {
            Call(writer, kernel, null, At(softmax.Output), At(softmax.OutputGradient), At(softmax.InputGradient), "stride: " + Text(softmax.Output.Stride), "width: " + Text(width), "rows");
            return;
        }

        writer.Line("for (int n = 0; n < rows; n++)");
        writer.Line("    " + Invocation(kernel, null, Row(softmax.Output), Row(softmax.OutputGradient), Row(softmax.InputGradient), "stride: " + Text(width), "width: " + Text(width), Text(softmax.Output.Shape.Rows)));
        if (softmax.InputGradient.Stride > softmax.InputGradient.Width)
            Call(writer, PartUnits.ClearTails, null, At(softmax.InputGradient), "stride: " + Text(softmax.InputGradient.Stride), "width: " + Text(softmax.InputGradient.Width), "rows");
    }

    /// <summary>Sample n of a value.</summary>
    private string Row(Tensor tensor) => $"ref Unsafe.Add({At(tensor)}, n * {Text(tensor.Stride)})";

    private void WriteDivideRow(CSharpWriter writer, DivideRow divide)
    {
        int channels = divide.Deviation.Shape.Count;
        string[] mean = divide.Mean is null ? [] : [Parameter(Places.Of(divide.Mean))];
        Call(writer, divide.Mean is null ? ChannelUnits.Divide : ChannelUnits.Normalize, TypesOf(channels),
            [At(divide.Input), "fromStride: " + Text(divide.Input.Stride), .. mean, Parameter(Places.Of(divide.Deviation)), At(divide.Output),
             "toStride: " + Text(divide.Output.Stride), "channels: " + Text(channels), "width: " + Text(divide.Output.Width), "rows"]);
    }

    private void WriteCopy(CSharpWriter writer, Tensor from, Tensor to)
    {
        // Behind a part of the caller's row there are others.
        if (to.IsPart)
        {
            SimdJoins.WritePart(writer, _calls, from, 0, from.Width, to, 0, to.Width, to.Width);
            return;
        }

        int lanes = RowLoop.Lanes(from.Width, plan.Layout.Line);
        Call(writer, RowUnits.Copy, _calls.Types.Of(lanes), At(from), "fromStride: " + Text(from.Stride), At(to), "toStride: " + Text(to.Stride), "width: " + Text(from.Width), "rows");
    }

    private void WriteMask(CSharpWriter writer, RandomMask dropout)
    {
        uint threshold = (uint)Math.Min(uint.MaxValue, dropout.Rate * 4294967296.0);
        string key = $"Mix(unchecked(key + {Text(plan.MaskIndexOf(dropout.Layer))}))";
        use.Unit("Mix");
        writer.Line("if (training)");
        writer.Line("    " + Invocation("MaskRows", null, At(dropout.Input), At(dropout.Output), "stride: " + Text(dropout.Output.Stride), "width: " + Text(dropout.Input.Width), "rows", key,
            "sample", $"threshold: {threshold.ToString(CultureInfo.InvariantCulture)}u", "scale: " + CSharpLiteral.Of(1 / (1 - dropout.Rate), plan.Layout.Precision)));
        if (places.OffsetOf(dropout.Input) != places.OffsetOf(dropout.Output))
        {
            writer.Line("else");
            writer.Line("    " + Invocation(RowUnits.Copy, "W, V", At(dropout.Input), "fromStride: " + Text(dropout.Input.Stride), At(dropout.Output), "toStride: " + Text(dropout.Output.Stride), "width: " + Text(dropout.Input.Width), "rows"));
        }
    }

    private string At(Tensor tensor) => _calls.At(tensor);

    private static string Parameter(string place) => SimdCalls.Parameter(place);

    private static string Gradient(string place) => SimdCalls.Gradient(place);

    private static string Elements(Tensor tensor) => SimdCalls.Elements(tensor);

    private string TypesOf(int width) => _calls.TypesOf(width);

    private string Name(string kernel, string? types) => _calls.Name(kernel, types);

    private void Call(CSharpWriter writer, string kernel, string? types, params string[] arguments) => _calls.Call(writer, kernel, types, arguments);

    private string Invocation(string kernel, string? types, params string[] arguments) => _calls.Invocation(kernel, types, arguments);

    private string Bound(double value) => _calls.Literal(value);

    private static string Text(int value) => SimdCalls.Text(value);
}
