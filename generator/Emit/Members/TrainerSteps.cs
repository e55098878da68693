using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary><c>Loss</c>, <c>Backward</c>, <c>BackwardFrom</c>, gradients, <c>Update</c> and <c>Step</c>.</summary>
internal static class TrainerSteps
{
    public static void Write(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        WriteLoss(writer, context);
        writer.Line("/// <summary>Computes the gradients of a batch in place of earlier ones, dropout on.</summary>");
        writer.Line("/// <returns>The training loss.</returns>");
        WriteLengthDocs(writer);
        using (writer.Open($"public {context.Element} Backward({surface.In("inputs")}, {surface.In("targets")})"))
        {
            writer.Line("int samples = CheckBatch(inputs.Length, targets.Length, \"targets\");");
            writer.Line($"return ({context.Element})Accumulate(inputs, targets, {NoInputGradients(context)}samples, fromOutputs: false, training: true);");
        }

        writer.Line();
        if (context.Plan.Graph.Training!.InputGradients)
        {
            writer.Line("/// <summary>As <c>Backward(inputs, targets)</c>, and computes the loss's gradients with respect to the inputs.</summary>");
            using (writer.Open($"public {context.Element} Backward({surface.In("inputs")}, {surface.In("targets")}, {surface.Out("inputGradients")})"))
            {
                writer.Line("int samples = CheckBatch(inputs.Length, targets.Length, \"targets\");");
                writer.Line("CheckLength(\"inputGradients\", inputs.Length, inputGradients.Length);");
                writer.Line($"return ({context.Element})Accumulate(inputs, targets, inputGradients, true, samples, fromOutputs: false, training: true);");
            }

            writer.Line();
        }

        writer.Line("/// <summary>Computes gradients from the gradients of any loss with respect to the outputs, summed over the batch, dropout on.</summary>");
        WriteLengthDocs(writer);
        using (writer.Open($"public void BackwardFrom({surface.In("inputs")}, {surface.In("outputGradients")})"))
        {
            writer.Line("int samples = CheckBatch(inputs.Length, outputGradients.Length, \"outputGradients\");");
            writer.Line($"Accumulate(inputs, outputGradients, {NoInputGradients(context)}samples, fromOutputs: true, training: true);");
        }

        writer.Line();
        WriteGradientAccess(writer, context);
        UpdateWriter.Write(writer, context);
        WriteStep(writer, context);
        WriteAccumulate(writer, context);
        WriteCheckBatch(writer);
    }

    private static string NoInputGradients(EmitContext context) => !context.Plan.Graph.Training!.InputGradients
        ? string.Empty
        : context.Surface.IsBasic ? "null, false, " : "default, false, ";

    /// <summary>Declares parameters, memory blocks and returns the pointer of the trainer's array.</summary>
    public static Pointer WritePointers(CSharpWriter writer, EmitContext context, out Pointer parameters)
    {
        parameters = context.Surface.StartOfArray(writer, "parameters", "_network._parameters", "_network._origin");
        return context.Surface.StartOfArray(writer, "memory", "_memory", "_memoryOrigin");
    }

    private static void WriteLengthDocs(CSharpWriter writer) =>
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, or there is no sample. Nothing has been written.</exception>");

    private static string Scale(EmitContext context, string samples) =>
        context.Plan.Graph.Training!.Reduction == Reduction.Sum ? "1.0" : "1.0 / " + samples;

    /// <summary>Losses that are means over the outputs divide by their number too.</summary>
    public static string LossScale(EmitContext context, string samples = "samples")
    {
        TrainingSpec training = context.Plan.Graph.Training!;
        if (!LossFunction.Of(training.Loss).IsMean)
            return Scale(context, samples);
        return training.Reduction == Reduction.Sum ? "1.0 / OutputSize" : $"1.0 / ({samples} * (double)OutputSize)";
    }

    private static void WriteLoss(CSharpWriter writer, EmitContext context)
    {
        Dialect host = context.Kernels.Host;
        Surface surface = context.Surface;
        string rows = CSharpLiteral.Of(context.Plan.Training!.ChunkRows);
        writer.Line("/// <summary>The loss of a batch, dropout off. Gradients stay as they are.</summary>");
        WriteLengthDocs(writer);
        using (writer.Open($"public {context.Element} Loss({surface.In("inputs")}, {surface.In("targets")})"))
        {
            writer.Line("int samples = CheckBatch(inputs.Length, targets.Length, \"targets\");");
            Pointer memory = WritePointers(writer, context, out Pointer parameters);
            Pointer x = surface.Start(writer, "x", "inputs");
            Pointer t = surface.Start(writer, "t", "targets");
            writer.Line("double loss = 0;");
            using (writer.Open("for (int first = 0, rows; first < samples; first += rows)"))
            {
                writer.Line($"rows = samples - first < {rows} ? samples - first : {rows};");
                writer.Line($"ForwardChunk({host.Argument(parameters)}, {host.Argument(x, "first * InputSize")}, {host.Argument(memory, "Activations")}, rows, first, training: false);");
                writer.Line($"loss += LossChunk({host.Argument(t, "first * OutputSize")}, {host.Argument(memory, "Activations")}, rows, 1);");
            }

            writer.Line($"return ({context.Element})(loss * ({LossScale(context)}));");
        }

        writer.Line();
    }

    private static void WriteGradientAccess(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        Dialect host = context.Kernels.Host;
        bool anyFrozen = context.Plan.Weights.Any(weights => weights.Frozen);
        writer.Line("/// <summary>Copies the gradients out in canonical order; frozen parameters report 0.</summary>");
        writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">There are none: <c>Step</c> does not keep them.</exception>");
        using (writer.Open($"public void GetGradients({surface.Out("destination")})"))
        {
            writer.Line("CheckLength(\"destination\", ParameterCount, destination.Length);");
            writer.Line("CheckGradientsExist();");
            Pointer memory = surface.StartOfArray(writer, "memory", "_memory", "_memoryOrigin");
            Pointer canonical = surface.Start(writer, "to", "destination");
            writer.Line(NetworkMembers.CanonicalCall(context, new Pointer(memory.Name, memory.Index), canonical, toCanonical: true) + ";");
        }

        writer.Line();
        writer.Line("/// <summary>Sets the gradients from canonical order; those of frozen parameters are ignored.</summary>");
        using (writer.Open($"public void SetGradients({surface.In("source")})"))
        {
            writer.Line("CheckLength(\"source\", ParameterCount, source.Length);");
            Pointer memory = surface.StartOfArray(writer, "memory", "_memory", "_memoryOrigin");
            Pointer canonical = surface.Start(writer, "from", "source");
            ClearBlock(writer, context, "Gradients");
            writer.Line(NetworkMembers.CanonicalCall(context, memory, canonical, toCanonical: false, skipFrozen: anyFrozen) + ";");
            writer.Line("_hasGradients = true;");
        }

        writer.Line();
        using (writer.Open("private void CheckGradientsExist()"))
        {
            writer.Line("if (!_hasGradients)");
            writer.Line("    throw new global::System.InvalidOperationException(\"There are no gradients: call Backward, BackwardFrom or SetGradients first. Step does not keep them.\");");
        }

        writer.Line();
    }

    /// <summary>Sets one block of the parameters' length to zero.</summary>
    public static void ClearBlock(CSharpWriter writer, EmitContext context, string block)
    {
        string start = context.Surface.Profile == EmitProfile.Simd ? $"_memoryOrigin + {block}" : block;
        writer.Line($"global::System.Array.Clear(_memory, {start}, {CSharpLiteral.Of(context.Plan.ParameterLength)});");
    }

    private static void WriteStep(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        Dialect host = context.Kernels.Host;
        bool fused = context.Plan.Graph.Training!.Optimizer == Optimizer.Sgd;
        writer.Line("/// <summary>Backward and Update in one; the gradients are not kept.</summary>");
        writer.Line("/// <returns>The training loss before the update.</returns>");
        WriteLengthDocs(writer);
        using (writer.Open($"public {context.Element} Step({surface.In("inputs")}, {surface.In("targets")})"))
        {
            writer.Line("int samples = CheckBatch(inputs.Length, targets.Length, \"targets\");");
            if (fused)
            {
                string rows = CSharpLiteral.Of(context.Plan.Training!.ChunkRows);
                using (writer.Open($"if (samples <= {rows} && L1 == 0 && L2 == 0 && ClipNorm == 0)"))
                {
                    writer.Line("// A batch of one chunk needs no gradient array: W -= η·dW as dW is computed.");
                    Pointer memory = WritePointers(writer, context, out Pointer parameters);
                    Pointer x = surface.Start(writer, "x", "inputs");
                    Pointer t = surface.Start(writer, "t", "targets");
                    string scratch = host.Argument(memory, "Activations");
                    writer.Line($"double scale = {LossScale(context)};");
                    if (context.HasSampleStep)
                    {
                        using (writer.Open("if (samples == 1)"))
                        {
                            WriteSampleStep(writer, context, host, parameters, x, t, scratch);
                            writer.Line("_step++;");
                            writer.Line("_hasGradients = false;");
                            writer.Line($"return ({context.Element})(sampleLoss * scale);");
                        }

                        writer.Line();
                    }

                    WriteTransposeCall(writer, context, parameters, memory);
                    writer.Line($"ForwardChunk({host.Argument(parameters)}, {host.Argument(x)}, {scratch}, samples, 0, training: true);");
                    writer.Line($"double loss = LossChunk({host.Argument(t)}, {scratch}, samples, ({context.Element})scale);");
                    writer.Line($"BackwardChunk({host.Argument(parameters)}, {Transposed(context, host, memory)}{host.Argument(x)}, {scratch}, {host.Argument(parameters)}, {NoDx(context, scratch)}samples, 0, -LearningRate, true{TrainingFlag(context, "true")}{NoToInputs(context)});");
                    writer.Line("_step++;");
                    writer.Line("_hasGradients = false;");
                    writer.Line($"return ({context.Element})(loss * scale);");
                }

                writer.Line();
            }

            writer.Line($"double total = Accumulate(inputs, targets, {NoInputGradients(context)}samples, fromOutputs: false, training: true);");
            writer.Line("Update();");
            writer.Line("_hasGradients = false;");
            writer.Line($"return ({context.Element})total;");
        }

        writer.Line();
    }

    private static void WriteSampleStep(
        CSharpWriter writer, EmitContext context, Dialect host, Pointer parameters, Pointer x, Pointer t, string scratch)
    {
        if (SampleStepWriter.Create(context, TrainerPasses.SampleBackward(context.Plan.Training!)) is { } kernel)
        {
            int constant = LossFunction.Of(context.Plan.Training!.Loss.Loss).GradientFactor;
            string factor = constant == 1 ? "scale" : $"({CSharpLiteral.Of(constant)} * scale)";
            writer.Line($"double sampleLoss = {context.Kernels.Require(kernel)}({host.Argument(parameters)}, {host.Argument(x)}, {host.Argument(t)}, "
                + $"{scratch}, -LearningRate * ({context.Element}){factor});");
            return;
        }

        WriteForwardOne(writer, context, host, parameters, x, scratch);
        writer.Line($"double sampleLoss = LossChunk({host.Argument(t)}, {scratch}, 1, ({context.Element})scale);");
        writer.Line($"StepSample({host.Argument(parameters)}, {host.Argument(x)}, {scratch}, -LearningRate);");
    }

    private static void WriteForwardOne(CSharpWriter writer, EmitContext context, Dialect host, Pointer parameters, Pointer x, string scratch)
    {
        if (context.Plan.Training!.Sample is not { } sample)
        {
            writer.Line($"ForwardChunk({host.Argument(parameters)}, {host.Argument(x)}, {scratch}, 1, 0, training: true);");
            return;
        }

        SampleForwardKernel kernel = new("TrainingForwardSample", "Forward for one sample, keeping every value that backward reads.", sample.Layers, false, true);
        writer.Line($"{context.Kernels.Require(kernel)}({host.Argument(parameters)}, {host.Argument(x)}, {scratch});");
    }

    public static void WriteTransposeCall(CSharpWriter writer, EmitContext context, Pointer parameters, Pointer memory)
    {
        Dialect host = context.Kernels.Host;
        if (context.Plan.Training!.TransposedLength > 0)
        {
            writer.Line("if (samples > 1)");
            writer.Line($"    Transpose({host.Argument(parameters)}, {host.Argument(memory, "Transposed")});");
        }
    }

    public static string Transposed(EmitContext context, Dialect host, Pointer memory) =>
        context.Plan.Training!.TransposedLength > 0 ? host.Argument(memory, "Transposed") + ", " : string.Empty;

    private static string NoDx(EmitContext context, string scratch) =>
        context.Plan.Graph.Training!.InputGradients ? scratch + ", " : string.Empty;

    /// <summary>Backward needs to know of training where it has masks to apply.</summary>
    private static string TrainingFlag(EmitContext context, string value) => context.DropoutLayers.Count > 0 ? ", " + value : string.Empty;

    private static string NoToInputs(EmitContext context) =>
        context.Plan.Graph.Training!.InputGradients ? ", false" : string.Empty;

    private static void WriteAccumulate(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        Dialect host = context.Kernels.Host;
        bool toInputs = context.Plan.Graph.Training!.InputGradients;
        string rows = CSharpLiteral.Of(context.Plan.Training!.ChunkRows);
        writer.Line("// Gradients of a batch, chunk by chunk; the targets are output gradients if fromOutputs is true.");
        using (writer.Open($"private double Accumulate({surface.In("inputs")}, {surface.In("targets")}, "
            + $"{(toInputs ? surface.Out("inputGradients") + ", bool toInputs, " : string.Empty)}int samples, bool fromOutputs, bool training)"))
        {
            Pointer memory = WritePointers(writer, context, out Pointer parameters);
            Pointer x = surface.Start(writer, "x", "inputs");
            Pointer t = surface.Start(writer, "t", "targets");
            Pointer dx = toInputs ? surface.Start(writer, "dx", "inputGradients") : default;
            string scratch = host.Argument(memory, "Activations");
            WriteTransposeCall(writer, context, parameters, memory);
            writer.Line($"double scale = {LossScale(context)};");
            writer.Line("double loss = 0;");
            using (writer.Open("for (int first = 0, rows; first < samples; first += rows)"))
            {
                writer.Line($"rows = samples - first < {rows} ? samples - first : {rows};");
                writer.Line($"ForwardChunk({host.Argument(parameters)}, {host.Argument(x, "first * InputSize")}, {scratch}, rows, first, training);");
                writer.Line("if (fromOutputs)");
                writer.Line($"    OutputGradientsChunk({host.Argument(t, "first * OutputSize")}, {scratch}, rows);");
                writer.Line("else");
                writer.Line($"    loss += LossChunk({host.Argument(t, "first * OutputSize")}, {scratch}, rows, ({context.Element})scale);");
                string gradients = host.Argument(memory, "Gradients");
                string dxArgument = toInputs ? InputGradientArgument(context, host, dx, scratch) : string.Empty;
                writer.Line($"BackwardChunk({host.Argument(parameters)}, {Transposed(context, host, memory)}{host.Argument(x, "first * InputSize")}, {scratch}, {gradients}, {dxArgument}rows, first, 1, first > 0{TrainingFlag(context, "training")}{(toInputs ? ", toInputs" : string.Empty)});");
            }

            writer.Line("_hasGradients = true;");
            writer.Line("return loss * scale;");
        }

        writer.Line();
    }

    /// <summary>Where the caller wants none there is no such memory; the pass does not touch what it gets in its place.</summary>
    private static string InputGradientArgument(EmitContext context, Dialect host, Pointer dx, string scratch) => context.Surface.Profile switch
    {
        EmitProfile.Simd => host.Argument(dx, "first * InputSize") + ", ",
        EmitProfile.Scalar => "toInputs ? inputGradients.Slice(first * InputSize) : " + scratch + ", ",
        _ => host.Argument(dx, "first * InputSize") + ", ",
    };

    private static void WriteCheckBatch(CSharpWriter writer)
    {
        using (writer.Open("private static int CheckBatch(int inputs, int outputs, string parameter)"))
        {
            writer.Line("int samples = inputs / InputSize;");
            writer.Line("if (samples == 0 || samples * InputSize != inputs)");
            writer.Line("    ThrowLength(\"inputs\", \"a positive multiple of \" + InputSize, inputs);");
            writer.Line("CheckLength(parameter, samples * (long)OutputSize, outputs);");
            writer.Line("return samples;");
        }

        writer.Line();
    }
}
