using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>A plan as text, to be read and compared: where everything lies, what runs in which order, and how.</summary>
internal sealed class PlanText
{
    private readonly CSharpWriter _writer = new();
    private readonly NetworkPlan _plan;

    private PlanText(NetworkPlan plan) => _plan = plan;

    public static string Of(NetworkPlan plan)
    {
        PlanText text = new(plan);
        text.WriteAll();
        return text._writer.ToString();
    }

    private void WriteAll()
    {
        string precision = _plan.Layout.Precision.ToString().ToLowerInvariant();
        _writer.Line($"{_plan.Graph.Input.Shape} → {_plan.Graph.Output.Shape}, {precision}, profile {_plan.Graph.Profile}, unroll {_plan.Graph.Unroll}{(_plan.Graph.IsReproducible ? ", reproducible" : "")}");
        Section("parameters", WriteParameters);
        Section("inference", WriteInference);
        if (_plan.Stream is { } stream)
            Section("stream", () => WriteStream(stream));
        if (_plan.Training is { } training)
            Section("training", () => WriteTraining(training));
        Section("notes", () =>
        {
            foreach (Issue note in _plan.Notes)
                _writer.Line($"{note.Id} {string.Join(" | ", note.Arguments)}");
        });
    }

    private void WriteParameters()
    {
        ParameterStore parameters = _plan.Parameters;
        _writer.Line($"{Number(parameters.Length)} elements, {Number(parameters.TrainedLength)} with gradients, {Number(parameters.TransposedLength)} of transposed weights");
        foreach (BlockPlace place in parameters.Places)
        {
            ParameterBlock block = place.Block;
            string state = block.IsTrained ? block.Decays ? "decays" : "trained" : block.Frozen ? "frozen" : "kept";
            _writer.Line($"{block.Name}: {block.Role.ToString().ToLowerInvariant()} {block.Shape} at {Number(place.Offset)}, {Number(place.Length)} elements, "
                + $"{InitialText(block)}, {state}{(place.Packing is null ? "" : ", " + PackingText(place.Packing))}");
        }
    }

    private static string InitialText(ParameterBlock block) => block.Initial.IsDrawn
        ? $"{block.Initializer} of {Number(block.FanIn)} and {Number(block.FanOut)}"
        : block.Initial.Constant.ToString("R", CultureInfo.InvariantCulture);

    private static string PackingText(DenseWeights weights) => weights.IsByOutput
        ? $"output by output, {Number(weights.InputStride)} apart"
        : $"panels of {Number(weights.Panel)} outputs" + (weights.TransposedOffset < 0 ? "" : $", transposed at {Number(weights.TransposedOffset)} in panels of {Number(weights.InputPanel)}");

    private void WriteInference()
    {
        InferencePlan plan = _plan.Inference;
        _writer.Line($"{Number(plan.ChunkRows)} rows of {Number(plan.Memory.RowSize)} elements");
        WriteMemory(plan.Memory);
        WritePass("forward", plan.Calls);
        if (plan.Sample is { } sample)
            WriteSample("one sample", sample, _plan.SampleWidths);
    }

    private void WriteStream(StreamPlan plan)
    {
        _writer.Line($"{Number(plan.Frame.ChunkRows)} rows of {Number(plan.Frame.Memory.RowSize)} elements, a memory of {Number(plan.MemorySize)}");
        foreach (MemoryPart part in plan.Parts)
            _writer.Line($"    {part.Name}: {part.Shape} at {Number(part.Offset)}");
        WriteMemory(plan.Frame.Memory);
        WritePass("frame", plan.Frame.Calls);
    }

    private void WriteTraining(TrainingPlan plan)
    {
        TrainerMemory memory = plan.Trainer;
        _writer.Line($"{Number(plan.ChunkRows)} rows of {Number(plan.Memory.RowSize)} elements");
        _writer.Line($"trainer: {Number(memory.Length)} elements: gradients at {Number(memory.Gradients)}, "
            + string.Concat(Enumerable.Range(0, memory.Slots).Select(slot => $"state at {Number(memory.Slot(slot))}, "))
            + $"transposed weights at {Number(memory.Transposed)}, values at {Number(memory.Scratch)}");
        WriteMemory(plan.Memory);
        WritePass("forward", plan.Forward);
        WritePass("loss", [plan.Loss]);
        WritePass("or the caller's gradients", plan.FromOutputGradients);
        WritePass("backward", plan.Backward, plan.OnlyForInputs);
        if (plan.Sample is { } sample)
            WriteSample("one sample forward", sample, _plan.StepWidths);
        bool isStepBatch = _plan.Layout.Profile == EmitProfile.Simd && _plan.StepWidths.Count == 0;
        _writer.Line("step of one sample: " + plan.Step switch
        {
            StepForm.OneMethod when isStepBatch => "as a batch of one",
            StepForm.OneMethod => "one method",
            StepForm.Layers => "a method per layer and pass",
            _ => "as a batch of one",
        });
        foreach (SampleStepPart part in plan.StepParts)
        {
            _writer.Line("    " + (part.Down is not null && part.Update is not null
                ? $"{OperationText(part.Down)}; {OperationText(part.Update)}; one walk over the weights"
                : OperationText(part.Operation) + (part.HasForm ? "" : "; as over a chunk")));
        }

        foreach (bool merge in new[] { false, true })
        {
            _writer.Line(merge ? "update where weights and others are treated alike" : "update");
            foreach (UpdateStretch stretch in UpdateStretch.Of(_plan.Parameters, merge))
                _writer.Line($"    {Number(stretch.Length)} elements at {Number(stretch.Start)}: {stretch.Name}{(stretch.Decays && !merge ? ", decays" : "")}");
        }
    }

    private void WriteMemory(MemoryPlan memory)
    {
        foreach (Placement placement in memory.Placements)
        {
            Tensor tensor = placement.Tensor;
            _writer.Line($"    {tensor.Name}: {tensor.Shape} {tensor.Element.ToString().ToLowerInvariant()}, stride {Number(tensor.Stride)}, at {Number(placement.Offset)}, "
                + $"operations {Number(placement.FirstUse)} to {Number(placement.LastUse)}");
        }
    }

    private void WritePass(string name, IReadOnlyList<Operation> operations, IReadOnlyList<Operation>? onlyForInputs = null)
    {
        _writer.Line(name);
        foreach (Operation operation in operations)
        {
            string optional = onlyForInputs?.Contains(operation) == true ? "; only for gradients of the inputs" : "";
            if (operation is not Repetition repetition)
            {
                WriteOperation("    ", operation, optional);
                continue;
            }

            foreach (Operation before in repetition.Before)
                WriteOperation("    ", before, optional);
            _writer.Line($"    {Number(repetition.Steps)} steps{(repetition.IsReversed ? ", the last one first" : "")}{optional}");
            foreach (Operation each in repetition.Body)
                WriteOperation("        ", each, "");
            foreach (Operation after in repetition.After)
                WriteOperation("    ", after, optional);
        }
    }

    private void WriteOperation(string indent, Operation operation, string optional) => _writer.Line($"{indent}{OperationText(operation)}{TileText(operation)}{optional}");

    private void WriteSample(string name, SamplePlan sample, EquatableArray<int> bits)
    {
        bool isSimd = _plan.Layout.Profile == EmitProfile.Simd;
        string widths = !isSimd ? "by single elements" : bits.Count == 0 ? "as a batch of one" : $"for vectors of {string.Join(" and ", bits.Select(Number))} bits";
        _writer.Line($"{name}: {widths}, {Number(sample.ScratchLength)} elements of scratch");
        int elementBits = 8 * _plan.Layout.ElementBytes;
        List<(int Bits, bool[] WrittenOut)> choices =
            [.. (isSimd ? [.. bits] : new[] { 0 }).Select(bits => (bits, SampleText.WrittenOut(sample.Layers, Math.Max(1, bits / elementBits))))];
        for (int i = 0; i < sample.Layers.Count; i++)
        {
            SampleLayer layer = sample.Layers[i];
            string loop = layer.Weights.Sample == SampleForm.PairLoop ? "a loop, two panels at a time" : "a loop";
            string[] forms = [.. choices.Select(choice => choice.WrittenOut[i] ? "written out" : loop)];
            string form = forms.Distinct().Count() > 1
                ? string.Join(", ", choices.Select((choice, index) => $"{Number(choice.Bits)} bits {forms[index]}"))
                : forms.FirstOrDefault() ?? "as a batch of one";
            _writer.Line($"    {layer.Weights.Layer} {layer.Function}: from {Place(layer.Input)}, sum {(layer.Sum < 0 ? "not kept" : Place(layer.Sum))}, to {Place(layer.Output)}; {form}");
        }

        if (sample.Last is { } last)
            _writer.Line("    " + OperationText(last));
    }

    private static string Place(int offset) => offset < 0 ? "the caller's" : Number(offset);

    /// <summary>The record's name, what goes in and what comes out; fused functions are part of it.</summary>
    private static string OperationText(Operation operation)
    {
        string function = operation switch
        {
            Gemm { Function: not Activation.Identity } gemm => $" then {gemm.Function}",
            Convolve product => $" {WindowText(product.Window, product.Groups)}{(product.Function == Activation.Identity ? "" : $" then {product.Function}")}{(product.Border is { } border ? $" at {Number(border.Top)}, {Number(border.Left)} of {product.Output.Shape}" : "")}",
            ConvolveTransposed product => $" {WindowText(product.Window, product.Groups)}{(product.Crop is { } crop ? $" from {Number(crop.Top)}, {Number(crop.Left)} on" : "")}",
            NormalizeBatch { IsRectified: true } or BatchNorm { IsRectified: true } => " then Relu",
            BatchNormBackward { IsRectified: true } => " times Relu'",
            ConvolveGradient product => " " + WindowText(product.Window, product.Groups),
            Deconvolve product => $" {WindowText(product.Window, 1)}{(product.Function == Activation.Identity ? "" : $" then {product.Function}")}",
            DeconvolveBackward product => " " + WindowText(product.Window, 1),
            DeconvolveGradient product => " " + WindowText(product.Window, 1),
            Frame frame => $" at {Number(frame.Top)}, {Number(frame.Left)} of {frame.Output.Shape}",
            GemmTransposed { Saved: not null } gemm => $" times {gemm.Function}'",
            MaxPoolBackward { Function: not Activation.Identity } pool => $" times {pool.Function}'",
            Map map => " " + map.Function,
            MapBackward map => $" {map.Function}'",
            Softmax { Log: true } or SoftmaxBackward { Log: true } => " of logarithms",
            Clamp clamp => $" to {Bounds(clamp.Minimum, clamp.Maximum)}",
            ClampBackward clamp => $" to {Bounds(clamp.Minimum, clamp.Maximum)}",
            RandomMask mask => $" {mask.Rate.ToString("R", CultureInfo.InvariantCulture)} of {mask.Layer}",
            LossGradient loss => " " + loss.Loss,
            ConvolveFrame frame => $" {Number(frame.Recall.Kernel)} frames{(frame.Recall.Dilation > 1 ? $" {Number(frame.Recall.Dilation)} apart" : "")}{(frame.Product.Function == Activation.Identity ? "" : $" then {frame.Product.Function}")}{(frame.IsInlined ? " inlined" : "")}",
            CellRow row => $" {row.Step.Form.Name} of {row.Step.Layer}{(row.IsInlined ? " inlined" : "")}",
            CellStep step => $" {step.Form.Name} of {step.Layer}",
            Clear clear => $" {Number(clear.Count)} of {Number(clear.Output.Stride)}",
            _ => "",
        };
        string blocks = string.Join(", ", operation.Blocks.Select(block => block.Name));
        string gradients = string.Join(", ", operation.Gradients.Select(block => "d " + block.Name));
        string into = string.Join(", ", operation.Results.Select(TensorText).Concat(gradients.Length == 0 ? Array.Empty<string>() : [gradients]));
        return $"{operation.GetType().Name}{function}({string.Join(", ", operation.Reads.Select(TensorText))}{(blocks.Length == 0 ? "" : "; " + blocks)}) → {into}";
    }

    private static string WindowText(Window window, int groups)
    {
        string text = window.Rows == Axis.None ? AxisText(window.Columns) : $"{AxisText(window.Rows)} by {AxisText(window.Columns)}";
        return groups == 1 ? text : $"{text} in {Number(groups)} groups";

        static string AxisText(Axis axis) => $"{Number(axis.Kernel)} of {Number(axis.Input)}{(axis.Stride > 1 ? $" every {Number(axis.Stride)}" : "")}{(axis.Dilation > 1 ? $" dilated {Number(axis.Dilation)}" : "")}";
    }

    private static string Bounds(double minimum, double maximum) =>
        $"[{minimum.ToString("R", CultureInfo.InvariantCulture)}, {maximum.ToString("R", CultureInfo.InvariantCulture)}]";

    private static string TensorText(Tensor tensor) => tensor.Whole is not null ? $"{tensor.Name}[{Number(tensor.Offset)} to {Number(tensor.Offset + tensor.Width)}] ({tensor.PartName})" : tensor.StepLength is { } length ? $"{tensor.Name}[step{(tensor.Offset == 0 ? "" : $" + {Number(tensor.Offset / length)}")}]" : tensor.IsScratch ? tensor.Name : $"{tensor.Name} ({tensor.Role.ToString().ToLowerInvariant()})";

    /// <summary>The tile that most rows go through, per width.</summary>
    private string TileText(Operation operation)
    {
        if (_plan.Layout.Profile != EmitProfile.Simd)
            return "";
        if (operation is Gemm gemm && _plan.Weights.Of(gemm.Weight).IsByOutput)
            return "; dot products";
        if (ProductTiles.Of(_plan, operation) is not { } tiles)
            return "";
        IEnumerable<string> widths = TileChoice.Lanes(_plan.Layout, tiles.MaximumLanes).Select(lanes =>
        {
            (int rows, int vectors) = TileChoice.At(tiles.Choice, tiles.Columns, lanes);
            return $"{Number(8 * lanes * _plan.Layout.ElementBytes)} bits {Number(rows)}x{Number(vectors)}";
        });
        return "; tiles " + string.Join(", ", widths);
    }

    private void Section(string name, Action write)
    {
        _writer.Line().Line(name);
        write();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
