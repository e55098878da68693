using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary><c>Loss</c>, <c>Backward</c>, <c>BackwardFrom</c>, gradients and <c>Step</c>.</summary>
internal static class TrainerSteps
{
    private const string Gn = EmitContext.Inner;

    public static void Write(CSharpWriter writer, EmitContext context)
    {
        WriteLoss(writer, context);
        WriteStep(writer, context);
        WriteBackward(writer, context);
        StreamMembers.WriteTrainer(writer, context);
        LengthMembers.WriteTrainer(writer, context);
        IdMembers.WriteTrainer(writer, context);
        UpdateWriter.Write(writer, context);
        WriteGradientAccess(writer, context);
        WriteLosses(writer, context);
    }

    /// <summary>Declares the parameters and the trainer's memory as locals; returns the latter.</summary>
    public static Pointer WritePointers(CSharpWriter writer, EmitContext context, out Pointer parameters)
    {
        parameters = context.ParametersStart(writer, "_network.");
        return context.Surface.StartOfMemory(writer, "memory", "_memory");
    }

    public static void WriteLengthDocs(CSharpWriter writer) =>
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, or there is no sample. Nothing has been written.</exception>");

    /// <summary>What the summed loss is multiplied by: losses that are means over the outputs divide by their number too.</summary>
    public static string LossScale(EmitContext context, string samples = "samples")
    {
        TrainingSpec training = context.Plan.Graph.Training!;
        bool isSum = training.Reduction == Reduction.Sum;
        GraphOutput output = context.Plan.Graph.Outputs[0];
        bool isByPosition = output.Loss == Loss.CrossEntropy && output.Positions > 1;
        if (context.Plan.Graph.HasOneLoss && isByPosition)
            return $"1.0 / {(isSum ? string.Empty : $"({samples} * ")}(double){CSharpLiteral.Of(output.Positions)}{(isSum ? string.Empty : ")")}";
        if (!context.Plan.Graph.HasOneLoss || !LossFunction.Of(output.Loss!.Value).IsMean)
            return isSum ? "1.0" : "1.0 / " + samples;
        return isSum ? "1.0 / OutputSize" : $"1.0 / ({samples} * (double)OutputSize)";
    }

    private static void WriteLoss(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        writer.Line("/// <summary>The loss of a batch, dropout off. Gradients stay as they are.</summary>");
        WriteLengthDocs(writer);
        using (writer.Open($"public {context.Element} Loss({surface.In("inputs")}, {surface.In("targets")})"))
        {
            IdMembers.WriteCheck(writer, context);
            writer.Line($"int samples = {CheckWriter.Enter(context, "targets")};");
            TrainerBodies.WriteLoss(writer, context);
        }

        writer.Line();
    }

    private static void WriteBackward(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        writer.Line("/// <summary>Computes the gradients of a batch in place of earlier ones, dropout on.</summary>");
        writer.Line("/// <returns>The training loss.</returns>");
        WriteLengthDocs(writer);
        using (writer.Open($"public {context.Element} Backward({surface.In("inputs")}, {surface.In("targets")})"))
        {
            WriteBatchCheck(writer, context);
            writer.Line($"int samples = {CheckWriter.Enter(context, "targets")};");
            TrainerBodies.WriteBackward(writer, context);
        }

        writer.Line();
        if (context.ToInputs)
        {
            writer.Line("/// <summary>As <c>Backward(inputs, targets)</c>, and computes the loss's gradients with respect to the inputs.</summary>");
            writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, there is no sample, or the input gradients overlap inputs or targets. Nothing has been written.</exception>");
            using (writer.Open($"public {context.Element} Backward({surface.In("inputs")}, {surface.In("targets")}, {surface.Out("inputGradients")})"))
            {
                WriteBatchCheck(writer, context);
                writer.Line($"int samples = {CheckWriter.Batch(context, "targets")};");
                writer.Line(CheckWriter.Length(context, "inputGradients", "inputs.Length"));
                writer.Line(CheckWriter.NoOverlap(context, "inputGradients", "inputs"));
                writer.Line(CheckWriter.NoOverlap(context, "inputGradients", "targets"));
                writer.Line(CheckWriter.Enter(context));
                WriteAccumulate(writer, context, "inputs, targets, inputGradients, true, samples, fromOutputs: false", "loss");
            }

            writer.Line();
        }

        writer.Line("/// <summary>Computes gradients from the gradients of any loss with respect to the outputs, summed over the batch, dropout on.</summary>");
        WriteLengthDocs(writer);
        using (writer.Open($"public void BackwardFrom({surface.In("inputs")}, {surface.In("outputGradients")})"))
        {
            WriteBatchCheck(writer, context);
            writer.Line($"int samples = {CheckWriter.Enter(context, "outputGradients")};");
            WriteAccumulate(writer, context, $"inputs, outputGradients, {NoInputGradients(context)}samples, fromOutputs: true", result: null);
        }

        writer.Line();
    }

    /// <summary>Where there are several.</summary>
    private static void WriteLosses(CSharpWriter writer, EmitContext context)
    {
        if (context.TrainerMemory is not { Losses: > 0 } memory || context.Surface.IsBasic)
            return;
        string start = $"{Gn}.Activations + {CSharpLiteral.Of(memory.LossesInScratch)}", count = CSharpLiteral.Of(memory.Losses);
        writer.Line("/// <summary>Each output's share of the loss, weight included, in the order of the outputs: of the last <c>Step</c>, <c>Backward</c> or <c>Loss</c>. A step that threads share is none of them.</summary>");
        writer.Line($"public global::System.ReadOnlySpan<{context.Element}> Losses {{ get {{ return {(context.IsSimd
            ? $"global::System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _memory.First, {start}), {count})"
            : $"new global::System.ReadOnlySpan<{context.Element}>(_memory, {start}, {count})")}; }} }}");
        writer.Line();
    }

    /// <summary>One value has no variance.</summary>
    private static void WriteBatchCheck(CSharpWriter writer, EmitContext context)
    {
        IdMembers.WriteCheck(writer, context);
        if (!context.Plan.Graph.BatchNorms.Any(node => node.Input.Shape.Rows == 1))
            return;

        // Parts of two leave one of an odd batch; larger ones are made equal but for one sample.
        bool isOfPairs = context.Plan.Graph.Training!.GhostBatch == 2;
        string wrong = isOfPairs
            ? "an odd number of samples, and batch normalization takes the variance of each two of them, GhostBatch being 2: pass an even number"
            : "1 sample, and batch normalization takes the variance of a batch: pass two samples or more";
        writer.Line(isOfPairs ? "if (inputs.Length / InputSize % 2 != 0)" : "if (inputs.Length == InputSize)");
        writer.Line($"    throw new global::System.ArgumentException(\"'inputs' holds {wrong}.\", \"inputs\");");
    }

    public static void WriteAccumulate(CSharpWriter writer, EmitContext context, string arguments, string? result, string? memories = null, string? lengths = null)
    {
        writer.Line($"{(result is null ? string.Empty : $"double {result} = ")}Accumulate({arguments}{Training(context, "true")}{memories ?? StreamMembers.NoMemories(context)}{lengths ?? LengthMembers.NoLengths(context)});");
        writer.Line(Leave);
        if (result is not null)
            writer.Line($"return ({context.Element}){result};");
    }

    /// <summary>Gives the trainer back.</summary>
    public const string Leave = "_isBusy = false;";

    public static string NoInputGradients(EmitContext context) => !context.ToInputs ? string.Empty : context.Surface.IsBasic ? "null, false, " : "default, false, ";

    public static string Training(EmitContext context, string value) => context.HasMasks ? $", training: {value}" : string.Empty;

    private static void WriteGradientAccess(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        Dialect host = context.Host;
        bool anyFrozen = context.Plan.Graph.Parameters.Any(block => !block.IsTrained);
        string unbuffered = context.Plan.Parameters.HasBuffers ? StorageMembers.SuffixOf(Kernels.SkippedBlocks.Untrained) : string.Empty;
        writer.Line("/// <summary>Copies the gradients out in canonical order; frozen parameters report 0.</summary>");
        writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">There are none: <c>Step</c> does not keep them.</exception>");
        using (writer.Open($"public void GetGradients({surface.Out("destination")})"))
        {
            writer.Line(CheckWriter.Parameters(context, "destination"));
            writer.Line($"{CheckWriter.Name(context)}.Gradients(_hasGradients);");
            string packed = host.Argument(surface.AtMemory("_memory", isOffset: true), Gn + ".Gradients"), canonical = host.Argument(surface.At("destination"));
            writer.Line($"{Gn}." + (unbuffered.Length == 0 ? StorageMembers.Canonical(context, packed, canonical, toCanonical: true) : $"GetCanonical{unbuffered}({packed}, {canonical});"));
        }

        writer.Line();
        writer.Line("/// <summary>Sets the gradients from canonical order; those of frozen parameters are ignored.</summary>");
        using (writer.Open($"public void SetGradients({surface.In("source")})"))
        {
            writer.Line(CheckWriter.Parameters(context, "source"));
            ClearBlock(writer, context, "Gradients");
            string packed = host.Argument(surface.AtMemory("_memory", isOffset: true), Gn + ".Gradients"), canonical = host.Argument(surface.At("source"));
            writer.Line($"{Gn}." + (anyFrozen ? $"SetCanonicalUnfrozen({packed}, {canonical});" : StorageMembers.Canonical(context, packed, canonical, toCanonical: false)));
            writer.Line("_hasGradients = true;");
        }

        writer.Line();
    }

    /// <summary>Sets one block of the parameters' length to zero.</summary>
    public static void ClearBlock(CSharpWriter writer, EmitContext context, string block) =>
        writer.Line(NetworkMembers.ClearMemory(context, "_memory", $"{Gn}.{block}", CSharpLiteral.Of(context.Plan.Parameters.TrainedLength)));

    private static void WriteStep(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        bool fused = context.Plan.Graph.Training!.Optimizer == Optimizer.Sgd;
        writer.Line("/// <summary>Backward and Update in one; the gradients are not kept.</summary>");
        writer.Line("/// <returns>The training loss before the update.</returns>");
        WriteLengthDocs(writer);
        using (writer.Open($"public {context.Element} Step({surface.In("inputs")}, {surface.In("targets")})"))
        {
            WriteBatchCheck(writer, context);
            writer.Line($"int samples = {CheckWriter.Enter(context, "targets")};");
            if (fused)
                WriteFusedStep(writer, context);
            TrainerBodies.WriteStep(writer, context);
        }

        writer.Line();
    }

    private static void WriteFusedStep(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        Dialect host = context.Host;
        string rows = CSharpLiteral.Of(context.Plan.Training!.ChunkRows), element = context.Element;
        SampleStepKernel? sampleStep = SampleMembers.Step(context);
        using (writer.Open($"if (samples <= {rows} && L1 == 0 && L2 == 0 && ClipNorm == 0)"))
        {
            bool isOrdered = context.Plan.Graph.IsReproducible;
            writer.Line(isOrdered
                ? "// A batch of one chunk needs no gradient array: with the loss times -η, W += dW sample by sample."
                : "// A batch of one chunk needs no gradient array: W -= η·dW as dW is computed.");
            Pointer memory = WritePointers(writer, context, out Pointer parameters);
            Pointer x = surface.Start(writer, "x", "inputs");
            Pointer t = surface.Start(writer, "t", "targets");
            string w = host.Argument(parameters), m = host.Argument(memory), scratch = host.Argument(memory, Gn + ".Activations");
            string lossScale = isOrdered ? $"({element})(scale * -LearningRate)" : $"({element})scale", rate = isOrdered ? "1" : "-LearningRate";
            string batch = $"{Gn}.Accumulate({w}, {m}, {w}, {host.Argument(x)}, {host.Argument(t)}, {NoDx(context, scratch)}samples, {lossScale}, false, {rate}, true"
                + $"{(context.NeedsTransposed ? ", true" : string.Empty)}{(context.HasMasks ? ", 0, StepKey(), true" : string.Empty)}{(context.ToInputs ? ", false" : string.Empty)}{StreamMembers.NoPast(context)}{LengthMembers.None(context)})";
            string? sample = null;
            if (context.IsSimd)
            {
                if (sampleStep is not null && context.Plan.StepWidths.Count > 0)
                    sample = $"{Gn}.StepSample({w}, {m}, {host.Argument(x)}, {host.Argument(t)}, {lossScale}, {rate})";
            }
            else if (sampleStep is not null)
            {
                int constant = LossFunction.Of(context.Plan.Training.Loss.Loss).GradientFactor;
                string factor = constant == 1 ? "scale" : $"({CSharpLiteral.Of(constant)} * scale)";
                sample = $"{Gn}.StepSample({w}, {host.Argument(x)}, {host.Argument(t)}, {scratch}, -LearningRate * ({element}){factor})";
            }
            else if (context.HasSampleStep)
            {
                sample = $"{Gn}.StepSample({w}, {host.Argument(x)}, {host.Argument(t)}, {scratch}, ({element})scale, -LearningRate{(context.HasMasks ? ", StepKey()" : string.Empty)})";
            }

            writer.Line($"double scale = {LossScale(context)};");
            writer.Lines(sample is null ? $"double loss = {batch};" : $"double loss = samples == 1\n    ? {sample}\n    : {batch};");
            writer.Line("_step++;");
            UpdateWriter.WriteMove(writer, context);
            writer.Line("_hasGradients = false;");
            writer.Line(Leave);
            writer.Line($"return ({element})(loss * scale);");
        }

        writer.Line();
    }

    private static string NoDx(EmitContext context, string scratch) => context.ToInputs ? scratch + ", " : string.Empty;

    /// <summary>The private half: it belongs to the plumbing.</summary>
    public static void WritePrivate(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        Dialect host = context.Host;
        writer.Line("// Gradients of a batch; the targets are output gradients if fromOutputs is true.");
        string inputGradients = context.ToInputs ? surface.Out("inputGradients") + ", bool toInputs, " : string.Empty;
        using (writer.Open($"private double Accumulate({surface.In("inputs")}, {surface.In("targets")}, {inputGradients}int samples, bool fromOutputs{(context.HasMasks ? ", bool training" : string.Empty)}{(context.Streams ? ", " + surface.Out("memories") : string.Empty)}{(context.HasLengths ? ", " + surface.In("lengths", "int") : string.Empty)})"))
        {
            Pointer memory = WritePointers(writer, context, out Pointer parameters);
            Pointer x = surface.Start(writer, "x", "inputs");
            Pointer t = surface.Start(writer, "t", "targets");
            string dx = !context.ToInputs ? string.Empty
                : context.Surface.Profile == EmitProfile.Scalar ? "inputGradients, "
                : host.Argument(surface.Start(writer, "dx", "inputGradients")) + ", ";
            string past = context.Streams ? ", " + host.Argument(surface.Start(writer, "past", "memories")) : string.Empty;
            string steps = LengthMembers.WriteStart(writer, context);
            writer.Line($"double scale = {LossScale(context)};");
            writer.Line($"double loss = {Gn}.Accumulate({host.Argument(parameters)}, {host.Argument(memory)}, {host.Argument(memory, Gn + ".Gradients")}, {host.Argument(x)}, {host.Argument(t)}, {dx}samples, ({context.Element})scale, fromOutputs, 1, false"
                + $"{(context.NeedsTransposed ? ", true" : string.Empty)}{(context.HasMasks ? ", 0, StepKey(), training" : string.Empty)}{(context.ToInputs ? ", toInputs" : string.Empty)}{past}{steps});");
            writer.Line("_hasGradients = true;");
            writer.Line("return loss * scale;");
        }

        writer.Line();
        if (!context.HasMasks)
            return;
        writer.Line("// The same for every sample of a step.");
        writer.Line($"private ulong StepKey() {{ return {Gn}.KeyOf(_seed, _step); }}");
        writer.Line();
    }
}
