using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>
/// One sample, written out: forward, and a whole step where the plan has one. In the Simd profile for the two widest vectors that the network fills; where
/// the processor has neither, one sample is a batch of one.
/// </summary>
internal static class SampleMembers
{
    private const string ForwardComment = "The layers in order, for one sample.";

    /// <summary>Whether one sample has a method of its own.</summary>
    public static bool HasForward(EmitContext context) => context.Plan.Inference.Sample is not null && (!context.IsSimd || Widths(context).Count > 0);

    /// <summary>Whether a step of one sample has one.</summary>
    public static SampleStepKernel? Step(EmitContext context) =>
        context.Plan.Training is null ? null : SampleStepWriter.Create(context);

    /// <summary>Widths with written-out text, widest first.</summary>
    private static IReadOnlyList<int> Widths(EmitContext context) => context.Plan.SampleWidths;

    public static void Write(CSharpWriter writer, EmitContext context)
    {
        SampleStepKernel? step = Step(context);
        if (context.IsSimd)
        {
            WriteSimd(writer, context, step);
            return;
        }

        if (context.Plan.Inference.Sample is { } sample)
            WriteForward(writer, context, sample, context.Kernels.Require(ForwardKernel(sample)));
        if (step is not null)
            WriteStep(writer, context, (parameters, x, t, scratch) => $"return {context.Kernels.Require(step)}({parameters}, {x}, {t}, {scratch}, scale);");
        else if (context.HasSampleStep)
            WriteIndexStep(writer, context);
    }

    private static SampleForwardKernel ForwardKernel(SamplePlan sample) => new("ForwardSample", ForwardComment, sample.Layers, sample.Last is null, false);

    /// <summary>The same in training's places, so that a step can begin with it.</summary>
    public static SampleForwardKernel SharedForward(SamplePlan sample) =>
        new("ForwardSample", ForwardComment + " What a step reads again stays in scratch.", sample.Layers, sample.Last is null, true);

    private static void WriteForward(CSharpWriter writer, EmitContext context, SamplePlan sample, string kernel)
    {
        Dialect host = context.Host;
        string scratchParameter = context.Surface.IsBasic ? ", " + host.Parameter("scratch", true) : string.Empty;
        ScratchWriter.WriteNotCleared(writer, context);
        using (writer.Open($"internal static void ForwardSample({host.Parameter("parameters", false)}, {host.Parameter("x", false)}, {host.Parameter("y", true)}{scratchParameter})"))
        {
            Pointer scratch = ScratchWriter.WriteSampleScratch(writer, context, sample);
            string output = sample.Last is null ? host.Argument(host.Received("y")) + ", " : string.Empty;
            writer.Line($"{kernel}({host.Argument(host.Received("parameters"))}, {host.Argument(host.Received("x"))}, {output}{host.Argument(scratch)});");
            if (sample.Last is { } last)
            {
                string place = CSharpLiteral.Of(sample.Layers[sample.Layers.Count - 1].Output);
                writer.Line($"{context.Kernels.Require(PassWriter.SoftmaxKernel(last, context.Plan.Layout))}({host.Argument(scratch, place)}, {host.Argument(host.Received("y"))}, 1);");
            }
        }

        writer.Line();
    }

    private static void WriteStep(CSharpWriter writer, EmitContext context, Func<string, string, string, string, string> body)
    {
        Dialect host = context.Host;
        using (writer.Open($"internal static double StepSample({host.Parameter("parameters", true)}, {host.Parameter("x", false)}, {host.Parameter("t", false)}, {host.Parameter("scratch", true)}, {context.Element} scale)"))
        {
            writer.Line(body(host.Argument(host.Received("parameters")), host.Argument(host.Received("x")), host.Argument(host.Received("t")), host.Argument(host.Received("scratch"))));
        }

        writer.Line();
    }

    /// <summary>A method per layer and pass: forward, then the chain rule in reverse, each parameter updated as its gradient is known.</summary>
    private static void WriteIndexStep(CSharpWriter writer, EmitContext context)
    {
        Dialect host = context.Host;
        TrainingPlan plan = context.Plan.Training!;
        PassWriter pass = (PassWriter)context.PassWriter(context.TrainingPlaces!);
        string parameters = host.Argument(host.Received("parameters")), x = host.Argument(host.Received("x")), scratch = host.Argument(host.Received("scratch"));
        string dropout = context.HasMasks ? ", ulong key" : string.Empty;
        writer.Line("// One sample: forward, loss, and the chain rule in reverse, each parameter updated as its gradient is known. step is -η.");
        using (writer.Open($"internal static double StepSample({host.Parameter("parameters", true)}, {host.Parameter("x", false)}, {host.Parameter("t", false)}, {host.Parameter("scratch", true)}, {context.Element} lossScale, {context.Element} scale{dropout})"))
        {
            if (plan.Sample is { } sample)
            {
                SampleForwardKernel kernel = new("TrainingForwardSample", "Forward for one sample, keeping every value that backward reads.", sample.Layers, false, true);
                writer.Line($"{context.Kernels.Require(kernel)}({parameters}, {x}, {scratch});");
            }
            else
            {
                writer.Line($"TrainingForward({parameters}, {x}, {scratch}, 1{(context.HasMasks ? ", 0, key, training: true" : string.Empty)}{StreamMembers.NoPast(context)}{LengthMembers.None(context, hasScale: false)});");
            }

            writer.Line($"double loss = Loss({host.Argument(host.Received("t"))}, {scratch}, 1, lossScale{LengthMembers.None(context)});");
            if (context.HasMasks)
                writer.Line("const bool training = true;");
            writer.Line("const int rows = 1, sample = 0;");
            pass.WriteSampleStep(writer, plan.StepParts);
            writer.Line("return loss;");
        }

        writer.Line();
    }

    private static void WriteSimd(CSharpWriter writer, EmitContext context, SampleStepKernel? step)
    {
        if (Widths(context).Count == 0)
            return;
        foreach (int bits in Widths(context))
        {
            writer.Line($"// One sample written out for vectors of {CSharpLiteral.Of(bits)} bits.");
            using (writer.Open($"private static class Sample{CSharpLiteral.Of(bits)}"))
            {
                KernelContext kernels = new(new VectorDialect(context.Plan.Graph.Precision, bits, context.Plan.Graph.IsReproducible), context.Use);
                if (context.Plan.Inference.Sample is { } sample)
                    (context.Plan.StepsFromForward ? SharedForward(sample) : ForwardKernel(sample)).Write(writer, kernels);
                if (step is not null && context.Plan.StepWidths.Contains(bits))
                {
                    if (context.Plan.Inference.Sample is not null)
                        writer.Line();
                    step.Write(writer, kernels);
                }
            }

            writer.Line();
        }

        string e = context.Element;
        if (context.Plan.Inference.Sample is { } forward)
        {
            ScratchWriter.WriteNotCleared(writer, context);
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
            using (writer.Open($"internal static void ForwardSample(ref {e} parameters, ref {e} x, ref {e} y)"))
            {
                Pointer scratch = ScratchWriter.WriteSampleScratch(writer, context, forward);
                string output = forward.Last is null ? "ref y, " : string.Empty;
                WriteChoice(writer, Widths(context), bits => Forward(bits), "ForwardBatch(ref parameters, ref x, ref y, 1);");

                string[] Forward(int bits)
                {
                    string call = $"Sample{CSharpLiteral.Of(bits)}.ForwardSample(ref parameters, ref x, {output}ref {scratch.Name});";
                    return forward.Last is { } last ? [call, SoftmaxOf(context, last, forward, bits)] : [call];
                }
            }

            writer.Line();
        }

        if (step is null || context.Plan.StepWidths.Count == 0)
            return;
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (writer.Open($"internal static double StepSample(ref {e} parameters, ref {e} memory, ref {e} x, ref {e} t, {e} lossScale, {e} step)"))
        {
            int constant = LossFunction.Of(context.Plan.Training!.Loss.Loss).GradientFactor;
            string factor = context.Plan.Graph.IsReproducible ? "lossScale" : constant == 1 ? "step * lossScale" : $"step * ({CSharpLiteral.Of(constant)} * lossScale)";
            string batch = $"return Accumulate(ref parameters, ref memory, ref parameters, ref x, ref t, {(context.ToInputs ? "ref x, " : string.Empty)}1, lossScale, false, step, true{(context.NeedsTransposed ? context.AlwaysTransposes ? ", true" : ", false" : string.Empty)}{(context.ToInputs ? ", false" : string.Empty)}{StreamMembers.NoPast(context)}{LengthMembers.None(context)});";
            WriteChoice(writer, context.Plan.StepWidths, bits => [$"return Sample{CSharpLiteral.Of(bits)}.TrainSample(ref parameters, ref x, ref t, ref Unsafe.Add(ref memory, Activations), {factor});"], batch);
        }

        writer.Line();
    }

    private static string SoftmaxOf(EmitContext context, Operations.Softmax last, SamplePlan plan, int bits)
    {
        int lanes = Math.Min(bits / (8 * context.Surface.ElementBytes), RowLoop.Lanes(last.Input.Width, context.Plan.Layout.PanelWidth(last.Input.Width)));
        int width = lanes * 8 * context.Surface.ElementBytes;
        string types = width < 128 ? $"W1, {context.Element}" : $"{WidthText.NameOf(width)}, Vector{CSharpLiteral.Of(width)}<{context.Element}>";
        string kernel = context.Use.Unit(last.Log ? "LogSoftmax" : "Softmax");
        string place = CSharpLiteral.Of(plan.Layers[plan.Layers.Count - 1].Output);
        return $"{kernel}<{types}>(ref Unsafe.Add(ref scratch, {place}), {CSharpLiteral.Of(last.Input.Stride)}, ref y, {CSharpLiteral.Of(last.Output.Stride)}, {CSharpLiteral.Of(last.Input.Width)}, 1);";
    }

    private static void WriteChoice(CSharpWriter writer, IEnumerable<int> widths, Func<int, string[]> call, string otherwise)
    {
        string prefix = string.Empty;
        foreach (int bits in widths)
        {
            string condition = $"{prefix}if ({WidthText.Condition(bits)})";
            prefix = "else ";
            string[] lines = call(bits);
            if (lines.Length == 1)
            {
                writer.Line(condition);
                writer.Line("    " + lines[0]);
                continue;
            }

            using (writer.Open(condition))
            {
                foreach (string line in lines)
                    writer.Line(line);
            }
        }

        writer.Line("else");
        writer.Line("    " + otherwise);
    }
}
