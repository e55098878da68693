using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>Writes a pass in a profile without vectors: each planned operation as its formula and the kernel that computes it.</summary>
/// <param name="kernels">Receives the kernels.</param>
/// <param name="plan">Where parameters lie.</param>
/// <param name="places">Where the values of a chunk lie.</param>
/// <param name="hasLengths">Whether the pass knows how long each sequence is.</param>
internal sealed class PassWriter(KernelSet kernels, NetworkPlan plan, TensorPlaces places, bool hasLengths) : IPassWriter
{
    private readonly Layout _layout = plan.Layout;

    private Dialect Host => kernels.Host;

    /// <summary>Names of the pointers in the method that is being written.</summary>
    public static Pointer PointerOf(TensorRole role, bool arrays) => role switch
    {
        TensorRole.Input => Named("x", arrays),
        TensorRole.Output => Named("y", arrays),
        TensorRole.Targets => Named("t", arrays),
        TensorRole.OutputGradients => Named("dy", arrays),
        TensorRole.InputGradients => Named("dx", arrays),
        TensorRole.Past => Named("past", arrays),
        _ => Named("scratch", arrays),
    };

    public void Write(CSharpWriter writer, Operation call)
    {
        foreach (string line in Formulas.Of(call, plan))
            writer.Line("// " + line);
        switch (call)
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
            case Map map:
                WriteMap(writer, map);
                break;
            case MapBackward map:
                WriteMapBackward(writer, map);
                break;
            case Clamp clamp:
                Call(writer, RowOperations.Of(clamp, _layout), At(clamp.Input), At(clamp.Output), "rows");
                break;
            case ClampBackward clamp:
                Call(writer, RowOperations.Of(clamp, _layout), At(clamp.OutputGradient), At(clamp.Saved), At(clamp.InputGradient), "rows");
                break;
            case Softmax softmax:
                CallRows(writer, SoftmaxKernel(softmax, _layout), softmax.Output, softmax.Input, softmax.Output);
                break;
            case SoftmaxBackward softmax:
                int columns = softmax.Output.Shape.Columns;
                SoftmaxBackwardKernel kernelBackward = new(Pascal(softmax.Output.Name) + "SoftmaxBackward", softmax.Log ? "dz = dy - exp(y) Σ dy." : "dz = y ⊙ (dy - Σ dy·y).", columns, columns < softmax.Output.Width ? columns : softmax.Output.Stride, softmax.Log);
                CallRows(writer, kernelBackward, softmax.Output, softmax.Output, softmax.OutputGradient, softmax.InputGradient);
                break;
            case RandomMask dropout:
                WriteMask(writer, dropout);
                break;
            case CopyRows copy:
                Call(writer, copy.Output.IsPart ? RowOperations.Part(copy.Input, copy.Output) : CopyKernel(copy.Input, copy.Output), At(copy.Input), At(copy.Output), "rows");
                break;
            case Add add:
                Call(writer, RowOperations.Of(add, _layout), At(add.Left), At(add.Right), At(add.Output), "rows");
                break;
            case MultiplyRow multiply:
                Call(writer, RowOperations.Of(multiply, plan), At(multiply.Input), Host.Argument(Named("parameters")), At(multiply.Output), "rows");
                break;
            case DivideRow divide:
                Call(writer, RowOperations.Of(divide, plan), At(divide.Input), Host.Argument(Named("parameters")), At(divide.Output), "rows");
                break;
            case MultiplyRowGradient row:
                Call(writer, RowOperations.Of(row, plan), At(row.Input), At(row.OutputGradient), Host.Argument(Named("gradients")), "rows", "scale", "add");
                break;
            case SumRows sum:
                Call(writer, RowOperations.Of(sum, _layout), At(sum.Input), At(sum.Output), "rows");
                break;
            case RepeatRows repeat:
                Call(writer, RowOperations.Of(repeat, _layout), At(repeat.Input), At(repeat.Output), "rows");
                break;
            case Deconvolve product:
                foreach (Kernel kernel in PatchOperations.Of(product, plan))
                    Call(writer, kernel, At(product.Input), Host.Argument(Named("parameters")), At(product.Output), "rows");
                break;
            case DeconvolveBackward product:
                Call(writer, PatchOperations.Of(product, plan), At(product.OutputGradient), Host.Argument(Named("transposed")), At(product.InputGradient), "rows");
                break;
            case DeconvolveGradient gradient:
                foreach ((Kernel kernel, string offset) in PatchOperations.Of(gradient, plan))
                    Call(writer, kernel, At(gradient.Input), Host.Argument(PlaceOf(gradient.OutputGradient), $"{places.NameOf(gradient.OutputGradient)} + {offset}"), Host.Argument(Named("gradients")), "rows", "scale", "add");
                break;
            case ChannelSums sums:
                Call(writer, PatchOperations.Of(sums, plan), At(sums.OutputGradient), Host.Argument(Named("gradients")), "rows", "scale", "add");
                break;
            case NormalizeBatch norm:
                Call(writer, NormalizationOperations.Of(norm, plan), At(norm.Input), Host.Argument(Named("parameters")), At(norm.Output), "rows");
                break;
            case NormalizeBatchBackward norm:
                Call(writer, NormalizationOperations.Of(norm, plan), At(norm.OutputGradient), Host.Argument(Named("parameters")), At(norm.InputGradient), "rows");
                break;
            case BatchNorm norm:
                Call(writer, NormalizationOperations.Of(norm, plan), At(norm.Input), Host.Argument(Named("parameters")), At(norm.Output), At(norm.Statistics), Average(norm.Norm), "rows", "byBatch");
                break;
            case BatchNormBackward norm:
                string[] into = norm.InputGradient is null ? [] : [At(norm.InputGradient)];
                Call(writer, NormalizationOperations.Of(norm, plan), [At(norm.Input), At(norm.OutputGradient), .. into, Host.Argument(Named("parameters")), At(norm.Statistics), Host.Argument(Named("gradients")), "rows", "scale", "add"]);
                break;
            case Frame frame:
                Call(writer, PatchOperations.Of(frame), At(frame.Input), At(frame.Output), "rows");
                break;
            case Convolve product:
                Call(writer, PatchOperations.Of(product, plan), At(product.Input), Host.Argument(Named("parameters")), At(product.Output), "rows");
                break;
            case ConvolveTransposed product:
                foreach (Kernel kernel in PatchOperations.Of(product, plan))
                    Call(writer, kernel, At(product.OutputGradient), Host.Argument(Named(plan.Parameters.PatchesOf(product.Weight).IsDepthwise ? "parameters" : "transposed")), At(product.InputGradient), "rows");
                break;
            case ConvolveGradient gradient:
                Call(writer, PatchOperations.Of(gradient, plan), At(gradient.Input), At(gradient.OutputGradient), Host.Argument(Named("gradients")), "rows", "scale", gradient.Adds ? "true" : "add");
                break;
            case Multiply multiply:
                Call(writer, RowOperations.Of(multiply, _layout), At(multiply.Left), At(multiply.Right), At(multiply.Output), "rows");
                break;
            case Concatenate join:
                WriteParts(writer, RowOperations.Of(join));
                break;
            case Split split:
                WriteParts(writer, RowOperations.Of(split));
                break;
            case Clear clear:
                Call(writer, CellOperations.Of(clear), At(clear.Output), "rows");
                break;
            case Lookup lookup:
                Call(writer, CellOperations.Of(lookup, plan), At(lookup.Input), Host.Argument(Named("parameters")), At(lookup.Output), "rows");
                break;
            case LookupGradient lookup:
                Call(writer, CellOperations.Of(lookup, plan), At(lookup.Input), At(lookup.OutputGradient), Host.Argument(Named("gradients")), "rows", "scale", "add");
                break;
            case Recall recall:
                Call(writer, CellOperations.Of(recall), At(recall.Input), At(recall.Past), At(recall.Output), "rows");
                break;
            case RecallWindow recall:
                writer.Line(HasPast());
                writer.Line($"    {kernels.Require(CellOperations.Of(recall))}({At(recall.Past)}, {At(recall.Output)}, rows);");
                break;
            case Resume resume:
                writer.Line(HasPast());
                writer.Line($"    {kernels.Require(CellOperations.Copy(resume.Past, resume.Output, resume.Count))}({At(resume.Past)}, {At(resume.Output)}, rows);");
                writer.Line("else");
                writer.Line($"    {kernels.Require(CellOperations.Of(new Clear(resume.Output, resume.Count)))}({At(resume.Output)}, rows);");
                break;
            case Retain retain:
                writer.Line(HasPast());
                writer.Line($"    {kernels.Require(CellOperations.Copy(retain.Input, retain.Past, retain.Past.Width))}({At(retain.Input)}, {At(retain.Past)}, rows);");
                break;
            case CellStep step:
                Call(writer, CellOperations.Of(step, hasLengths), [.. step.Tensors.Select(At), "rows", .. hasLengths ? new[] { LengthText.Argument(plan.Graph.Profile, "lengths"), RepetitionText.StepOf(step) } : []]);
                break;
            case Repetition repetition:
                RepetitionText.Write(writer, repetition, part => Write(writer, part));
                break;
            case var other when KernelCalls.Of(other, plan) is { } kernel:
                Call(writer, kernel.Kernel, [.. kernel.Tensors.Select(At), .. kernel.Memory.Select(memory => Host.Argument(Named(memory))), .. kernel.Values]);
                break;
            default:
                throw new System.NotSupportedException($"No kernel of profile {plan.Graph.Profile} computes {call.GetType().Name}.");
        }
    }

    public static SoftmaxKernel SoftmaxKernel(Softmax call, Layout layout) => new(
        Pascal(call.Output.Name) + (call.Log ? "LogSoftmax" : "Softmax"),
        $"y = {(call.Log ? "log " : string.Empty)}softmax(z) for {call.Input.Shape.Columns} elements a row.",
        call.Output.Shape.Columns,
        call.Output.Shape.Rows > 1 ? call.Output.Shape.Columns : call.Input.Stride,
        call.Output.Shape.Rows > 1 ? call.Output.Shape.Columns : call.Output.Stride,
        call.Output.Shape.Rows > 1 ? call.Output.Shape.Columns : layout.PanelWidth(call.Input.Width),
        call.Log);

    /// <summary>A kernel of rows for each position of a sample, where it has several.</summary>
    private void CallRows(CSharpWriter writer, Kernel kernel, Tensor rows, params Tensor[] tensors)
    {
        if (rows.Shape.Rows == 1)
        {
            Call(writer, kernel, [.. tensors.Select(At), "rows"]);
            return;
        }

        writer.Line("for (int n = 0; n < rows; n++)");
        writer.Line($"    {kernels.Require(kernel)}({string.Join(", ", tensors.Select(place => Host.Argument(PlaceOf(place), $"{(place.IsScratch ? places.NameOf(place) : CSharpLiteral.Of(place.Offset))} + n * {CSharpLiteral.Of(place.Stride)}")).Append(CSharpLiteral.Of(rows.Shape.Rows)))});");
    }

    public void WriteLoss(CSharpWriter writer, LossGradient loss, string add, bool isByStep = false)
    {
        writer.Line("// " + Formulas.OfLoss(loss, plan));
        string scaled = loss.Factor == 1 ? "scale" : $"{CSharpLiteral.Of(loss.Factor, _layout.Precision)} * scale", scale = isByStep ? $"({Host.Element})({scaled} * stepScale)" : scaled;
        string targets = Host.Argument(Host.Received("t"));
        if (loss.Targets is { } own)
        {
            targets = At(own);
            Tensor callers = own with { Role = TensorRole.Targets, Offset = loss.Offset, Stride = plan.Graph.Output.Shape.Count };
            Call(writer, RowOperations.Part(callers, own), At(callers), targets, "rows");
        }

        string kernel = kernels.Require(LossKernel(loss, _layout, isByStep)), factor = (loss.Factor == 1 ? "" : CSharpLiteral.Of(loss.Factor) + " * ") + (isByStep ? "stepScale * " : "");
        if (!isByStep && (loss.Loss != Model.Loss.CrossEntropy || loss.Value.Shape.Rows == 1))
        {
            writer.Line($"{add}{factor}{kernel}({At(loss.Value)}, {targets}, {At(loss.Gradient)}, rows, {scale});");
            return;
        }

        // Position by position: the rows of a sample are rows of the loss.
        Pointer value = PlaceOf(loss.Value), target = loss.Targets is { } part ? PlaceOf(part) : Host.Received("t"), gradient = PlaceOf(loss.Gradient);
        string positions = isByStep ? LengthText.At(plan.Graph.Profile, "n") : CSharpLiteral.Of(loss.Value.Shape.Rows);
        using (writer.Open("for (int n = 0; n < rows; n++)"))
        {
            writer.Line($"positions += {kernel}({Host.Argument(value, Offset(loss.Value))}, {Host.Argument(target, loss.Targets is { } mine ? Offset(mine) : $"n * {CSharpLiteral.Of(loss.Value.Width)}")}, "
                + $"{Host.Argument(gradient, Offset(loss.Gradient))}, {positions}, {scale});");
            if (isByStep)
            {
                writer.Line($"for (int o = {positions} * {CSharpLiteral.Of(loss.Value.Shape.Columns)}; o < {CSharpLiteral.Of(loss.Gradient.Stride)}; o++)");
                writer.Line($"    {Host.At(gradient, $"{Offset(loss.Gradient)} + o")} = 0;");
            }
        }

        writer.Line($"{add}{factor}positions;");

        string Offset(Tensor tensor) => $"{places.NameOf(tensor)} + n * {CSharpLiteral.Of(tensor.Stride)}";
    }

    private Pointer PlaceOf(Tensor tensor) => PointerOf(tensor.Role, Host is ArrayDialect);

    public static LossKernel LossKernel(LossGradient call, Layout layout, bool isByStep = false)
    {
        bool isByPosition = isByStep || (call.Loss == Model.Loss.CrossEntropy && call.Value.Shape.Rows > 1);
        int width = isByPosition ? call.Value.Shape.Columns : call.Value.Width;
        int stride = isByPosition ? width : call.Value.Stride;
        int panel = layout.PanelWidth(width);
        return call.Loss == Model.Loss.CrossEntropy
            ? new CrossEntropyKernel("CrossEntropyLoss", "loss = -Σ t·(z - log Σ exp z), dz = scale·(p·Σt - t), p = softmax(z).", width, stride, panel)
            : new ElementLossKernel(call.Loss + "Loss", LossFunction.Of(call.Loss).Formula, call.Loss, width, stride, panel);
    }

    /// <summary>A backward pass of one sample that updates the parameters on its way.</summary>
    public void WriteSampleStep(CSharpWriter writer, IReadOnlyList<SampleStepPart> parts)
    {
        foreach (SampleStepPart part in parts)
        {
            if (part.HasForm)
                WriteSample(writer, SampleCall.Of(plan, part));
            else
                Write(writer, part.Operation);
        }
    }

    private void WriteSample(CSharpWriter writer, SampleCall call)
    {
        if (call.Comment.Length > 0)
            writer.Lines("// " + call.Comment.Replace("\n", "\n// "));
        IEnumerable<string> arguments = call.Kernel.Parameters.Select(parameter =>
        {
            if (parameter.Type is not null)
                return parameter.Name;
            Tensor? tensor = call.Places.First(place => place.Name == parameter.Name).Tensor;
            return tensor is null ? Host.Argument(Named("parameters")) : At(tensor);
        });
        Call(writer, call.Kernel, [.. arguments]);
    }

    /// <summary>Packs Wᵀ of every layer through which gradients flow down.</summary>
    public void WriteTranspose(CSharpWriter writer, DenseWeights weights)
    {
        if (plan.Parameters.Patches.Contains(weights))
        {
            TransposeTapsKernel taps = new(Pascal(weights.Layer) + "Transpose", $"{weights.Layer}: Wᵀ of every tap, packed in panels of {weights.InputPanel} inputs.", weights);
            Call(writer, taps, Host.Argument(Named("parameters")), Host.Argument(Named("transposed")));
            return;
        }

        TransposeKernel kernel = new(Pascal(weights.Layer) + "Transpose", $"{weights.Layer}: Wᵀ, packed in panels of {weights.InputPanel} inputs.", weights);
        Call(writer, kernel, Host.Argument(Named("parameters")), Host.Argument(Named("transposed")));
    }

    /// <summary>Whether the pass goes on from memory.</summary>
    private string HasPast() => Host is ArrayDialect ? "if (past != null)" : "if (!past.IsEmpty)";

    public string At(Tensor tensor) => Host.Argument(
        PointerOf(tensor.Role, Host is ArrayDialect),
        Dialect.Plus(tensor.IsScratch ? places.NameOf(tensor) : "0", Places.Within(tensor) is { Length: > 0 } offset ? offset : "0"));

    private void WriteGemm(CSharpWriter writer, Gemm gemm)
    {
        DenseWeights weights = plan.Weights.Of(gemm.Weight);
        ActivationFunction function = ActivationFunction.Of(gemm.Function);
        bool isIdentity = gemm.Function == Activation.Identity;
        string suffix = weights.IsRecurrent ? "RecurrentSum" : gemm.Output.Name == weights.Layer ? "Forward" : isIdentity ? "Sum" : gemm.Function + "Forward";
        string name = Pascal(weights.Layer) + suffix;
        string bias = weights.HasBias ? " + b" : string.Empty;
        string comment = $"{weights.Layer}, {weights.Inputs} → {weights.Outputs}: c = "
            + (isIdentity ? $"a·W{bias}." : $"{gemm.Function.ToString().ToLowerInvariant()}(a·W{bias}).");
        string? helper = isIdentity ? null : function.ForwardHelper;
        GemmKernel kernel = new(
            name,
            comment,
            weights.Inputs,
            weights.Stride,
            weights.Panel,
            gemm.Input.Stride,
            gemm.Output.Stride,
            weights.Offset,
            weights.BiasOffset,
            helper,
            false)
        {
            Tile = weights.ForwardTile,
            Sums = weights.Sums?.Forward,
            Width = gemm.Output.IsScratch && gemm.Output.StepLength is null ? int.MaxValue : gemm.Output.Width,
        };
        Call(writer, kernel, At(gemm.Input), Host.Argument(Named("parameters")), At(gemm.Output), "rows");
    }

    private void WriteGemmTransposed(CSharpWriter writer, GemmTransposed gemm)
    {
        DenseWeights weights = plan.Weights.Of(gemm.Weight);
        GemmKernel kernel = new(
            Pascal(weights.Layer) + (gemm.IsRecurrent ? "StateGradient" : "InputGradient"),
            $"{weights.Layer}, {weights.Outputs} → {weights.Inputs}: c = a·Wᵀ{(gemm.Saved is null ? string.Empty : $" ⊙ {gemm.Function.ToString().ToLowerInvariant()}'(saved)")}.",
            weights.Outputs,
            weights.InputStride,
            weights.IsByOutput ? weights.InputStride : weights.InputPanel,
            gemm.OutputGradient.Stride,
            gemm.InputGradient.Stride,
            weights.IsByOutput ? weights.Offset : weights.TransposedOffset,
            -1,
            gemm.Saved is null ? null : ActivationFunction.Of(gemm.Function).BackwardHelper,
            gemm.Saved is not null)
        {
            Padding = weights.InputPanel,
            Tile = weights.ForwardTile,
            Sums = weights.Sums?.Down,
        };
        List<string> arguments = [At(gemm.OutputGradient), Host.Argument(Named(weights.IsByOutput ? "parameters" : "transposed"))];
        if (gemm.Saved is not null)
            arguments.Add(At(gemm.Saved));
        arguments.Add(At(gemm.InputGradient));
        arguments.Add("rows");

        // Weights by output are Wᵀ already; packing it does not pay for one sample, unless its sums must have the order of those of many.
        if (weights.IsByOutput || weights.Sums is not null || gemm.IsRecurrent)
        {
            Call(writer, kernel, [.. arguments]);
            return;
        }

        using (writer.Open("if (rows > 1)"))
            Call(writer, kernel, [.. arguments]);
        using (writer.Open("else"))
            WriteSample(writer, SampleCall.Of(plan, gemm, null) with { Comment = string.Empty });
    }

    private void WriteWeightGradient(CSharpWriter writer, WeightGradient gradient)
    {
        DenseWeights weights = plan.Weights.Of(gradient.Weight);
        WeightGradientKernel kernel = new(
            Pascal(weights.Layer) + "WeightGradient",
            $"{weights.Layer}: dW = xᵀ·dz{(weights.HasBias ? ", db = Σ dz" : string.Empty)}, times scale.",
            weights with { TransposedOffset = -1 },
            gradient.Input.Stride);
        Call(writer, kernel, At(gradient.Input), At(gradient.OutputGradient), Host.Argument(Named("gradients")), "rows", "scale", "add");
    }

    private void WriteMap(CSharpWriter writer, Map map)
    {
        ActivationFunction function = ActivationFunction.Of(map.Function);
        if (map.Function == Activation.Identity)
        {
            Call(writer, CopyKernel(map.Input, map.Output), At(map.Input), At(map.Output), "rows");
            return;
        }

        MapKernel kernel = new(
            Pascal(map.Output.Name) + map.Function, $"to = {function.Formula}, z = from.", function.ForwardHelper, false, map.Input.Stride, _layout.Line);
        Call(writer, kernel, At(map.Input), At(map.Output), "rows");
    }

    public static MapKernel MapBackwardKernel(MapBackward map, Layout layout)
    {
        ActivationFunction function = ActivationFunction.Of(map.Function);
        string comment = $"to = from ⊙ f', f' = {function.Derivative}{(function.Uses == DerivativeUses.Input ? ", z = saved" : function.Uses == DerivativeUses.Output ? ", y = saved" : string.Empty)}.";
        return new MapKernel(
            Pascal(map.InputGradient.Name) + map.Function, comment, function.BackwardHelper, true, map.Saved.Stride, layout.Line);
    }

    private void WriteMapBackward(CSharpWriter writer, MapBackward map)
    {
        if (map.Function == Activation.Identity)
            Call(writer, CopyKernel(map.OutputGradient, map.InputGradient), At(map.OutputGradient), At(map.InputGradient), "rows");
        else
            Call(writer, MapBackwardKernel(map, _layout), At(map.OutputGradient), At(map.Saved), At(map.InputGradient), "rows");
    }

    private void WriteMask(CSharpWriter writer, RandomMask dropout)
    {
        RandomMaskKernel kernel = new(Pascal(dropout.Layer) + "Mask", $"{dropout.Layer}: y = x·m / (1 - rate), m = 0 with probability rate, otherwise 1.", dropout.Rate, dropout.Input.Width, dropout.Input.Stride);
        string call = $"{kernels.Require(kernel)}({At(dropout.Input)}, {At(dropout.Output)}, rows, Mix(unchecked(key + {CSharpLiteral.Of(plan.MaskIndexOf(dropout.Layer))})), sample);";
        writer.Line("if (training)");
        writer.Line("    " + call);
        if (places.OffsetOf(dropout.Input) != places.OffsetOf(dropout.Output))
        {
            writer.Line("else");
            writer.Line($"    {kernels.Require(CopyKernel(dropout.Input, dropout.Output))}({At(dropout.Input)}, {At(dropout.Output)}, rows);");
        }
    }

    public void WriteMove(CSharpWriter writer, BatchNormBlocks norm, Tensor input) =>
        Call(writer, NormalizationOperations.Move(norm, input, plan), Host.Argument(Named("parameters")), Average(norm));

    /// <summary>Where the parts of a moving average are kept until the next update.</summary>
    private string Average(BatchNormBlocks norm) => Host.Argument(Named("scratch"), CSharpLiteral.Of(plan.AverageOf(norm.Mean.Layer)));

    private void WriteParts(CSharpWriter writer, IEnumerable<(Kernel Kernel, Tensor From, Tensor To)> parts)
    {
        foreach ((Kernel kernel, Tensor from, Tensor to) in parts)
            Call(writer, kernel, At(from), At(to), "rows");
    }

    private static CopyRowsKernel CopyKernel(Tensor from, Tensor to) => new(
        $"Copy{from.Stride}To{to.Stride}Rows", $"Rows of {from.Width} elements, {from.Stride} apart, to rows {to.Stride} apart.", from.Width, from.Stride, to.Stride);

    private void Call(CSharpWriter writer, Kernel kernel, params string[] arguments) =>
        writer.Line($"{kernels.Require(kernel)}({string.Join(", ", arguments)});");

    private Pointer Named(string name) => Named(name, Host is ArrayDialect);

    private static Pointer Named(string name, bool arrays) => arrays ? new Pointer(name, name + "At") : new Pointer(name);

    public static string Pascal(string name) => Places.Pascal(name);
}
