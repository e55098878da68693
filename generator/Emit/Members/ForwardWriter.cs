using System;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary><c>Forward</c>: checks lengths, finds scratch, and runs the inference pass for one sample or chunk by chunk.</summary>
internal static class ForwardWriter
{
    public static void Write(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        Dialect host = context.Kernels.Host;
        InferencePlan plan = context.Plan.Inference;
        writer.Line(surface.IsBasic
            ? "/// <summary>Runs any number of samples through the network. One thread at a time: all calls share the network's scratch memory.</summary>"
            : "/// <summary>Runs any number of samples through the network. Many threads may do so at once, except while the network is changed.</summary>");
        writer.Line("/// <param name=\"inputs\">n·<see cref=\"InputSize\"/> elements, sample after sample. With none, nothing happens.</param>");
        writer.Line("/// <param name=\"outputs\">Receives n·<see cref=\"OutputSize\"/> elements; may not overlap the inputs.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit. Nothing has been written.</exception>");
        NetworkMembers.Attribute(writer, context);

        // The path of one sample is inlined here, and would be cleared here.
        if (plan.Sample is not null)
            ScratchWriter.WriteNotCleared(writer, context);
        using (writer.Open($"public {context.Static}void Forward({surface.In("inputs")}, {surface.Out("outputs")})"))
        {
            if (plan.Sample is not null)
            {
                using (writer.Open("if (inputs.Length == InputSize && outputs.Length == OutputSize)"))
                {
                    writer.Line("ForwardSample(inputs, outputs);");
                    writer.Line("return;");
                }

                writer.Line();
            }

            writer.Line("int samples = inputs.Length / InputSize;");
            writer.Line("if (samples * InputSize != inputs.Length)");
            writer.Line("    ThrowLength(\"inputs\", \"a multiple of \" + InputSize, inputs.Length);");
            writer.Line("CheckLength(\"outputs\", samples * (long)OutputSize, outputs.Length);");
            writer.Line("if (samples > 0)");
            writer.Line("    ForwardBatch(inputs, outputs, samples);");
        }

        writer.Line();
        if (plan.Sample is { } sample)
            WriteSample(writer, context, sample);
        WriteBatch(writer, context, plan);
        writer.Line();
        writer.Line("// The layers in order, for a chunk of samples.");
        using (writer.Open($"private static void ForwardChunk({host.Parameter("parameters", false)}, {host.Parameter("x", false)}, "
            + $"{host.Parameter("y", true)}, {host.Parameter("scratch", true)}, int rows)"))
        {
            PassWriter pass = new(context.Kernels, context.Plan, plan.Memory, plan.ChunkRows, context.DropoutLayers);
            foreach (Operation call in plan.Calls)
                pass.Write(writer, call);
        }

        writer.Line();
        ScratchWriter.Write(writer, context);
    }

    private static void WriteBatch(CSharpWriter writer, EmitContext context, InferencePlan plan)
    {
        Surface surface = context.Surface;
        Dialect host = context.Kernels.Host;
        if (!ScratchWriter.IsPerThread(context))
            ScratchWriter.WriteNotCleared(writer, context);
        using (writer.Open($"private {context.Static}void ForwardBatch({surface.In("inputs")}, {surface.Out("outputs")}, int samples)"))
        {
            Pointer scratch = ScratchWriter.WriteBatchScratch(writer, context);
            Pointer parameters = surface.StartOfArray(writer, "parameters", "_parameters", "_origin");
            Pointer x = surface.Start(writer, "x", "inputs");
            Pointer y = surface.Start(writer, "y", "outputs");
            string rows = CSharpLiteral.Of(plan.ChunkRows);
            using (writer.Open("for (int first = 0, rows; first < samples; first += rows)"))
            {
                writer.Line($"rows = samples - first < {rows} ? samples - first : {rows};");
                writer.Line($"ForwardChunk({host.Argument(parameters)}, {host.Argument(x, "first * InputSize")}, "
                    + $"{host.Argument(y, "first * OutputSize")}, {host.Argument(scratch)}, rows);");
            }
        }
    }

    private static void WriteSample(CSharpWriter writer, EmitContext context, SamplePlan plan)
    {
        Surface surface = context.Surface;
        Dialect host = context.Kernels.Host;
        writer.Line("// One sample, without the detour over chunks.");
        ScratchWriter.WriteNotCleared(writer, context);
        using (writer.Open($"private {context.Static}void ForwardSample({surface.In("inputs")}, {surface.Out("outputs")})"))
        {
            Pointer scratch = ScratchWriter.WriteSampleScratch(writer, context, plan);
            Pointer parameters = surface.StartOfArray(writer, "parameters", "_parameters", "_origin");
            Pointer x = surface.Start(writer, "x", "inputs");
            Pointer y = surface.Start(writer, "y", "outputs");
            bool writesOutput = plan.Last is null;
            SampleForwardKernel kernel = new("ForwardSample", "The layers in order, for one sample.", plan.Layers, writesOutput, false);
            string output = writesOutput ? $"{host.Argument(y)}, " : string.Empty;
            writer.Line($"{context.Kernels.Require(kernel)}({host.Argument(parameters)}, {host.Argument(x)}, {output}{host.Argument(scratch)});");
            if (plan.Last is { } last)
            {
                int place = plan.Layers[plan.Layers.Count - 1].Output;
                writer.Line($"{context.Kernels.Require(PassWriter.SoftmaxKernel(last, context.Plan.Layout))}({host.Argument(scratch, CSharpLiteral.Of(place))}, {host.Argument(y)}, 1);");
            }
        }

        writer.Line();
    }
}
