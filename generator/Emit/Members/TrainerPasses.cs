using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>The trainer's private passes over one chunk: forward, loss, the caller's gradients, backward.</summary>
internal static class TrainerPasses
{
    public static void Write(CSharpWriter writer, EmitContext context)
    {
        Dialect host = context.Kernels.Host;
        TrainingPlan plan = context.Plan.Training!;
        PassWriter pass = new(context.Kernels, context.Plan, plan.Memory, plan.ChunkRows, context.DropoutLayers);

        writer.Line("// Forward, keeping every value that backward reads.");
        using (writer.Open($"private void ForwardChunk({host.Parameter("parameters", false)}, {host.Parameter("x", false)}, "
            + $"{host.Parameter("scratch", true)}, int rows, int sample, bool training)"))
        {
            foreach (Operation call in plan.Forward)
                pass.Write(writer, call);
        }

        writer.Line();
        writer.Line("// The summed loss of a chunk, not yet scaled, and its gradient times scale.");
        using (writer.Open($"private static double LossChunk({host.Parameter("t", false)}, {host.Parameter("scratch", true)}, int rows, {context.Element} scale)"))
        {
            bool fused = context.Plan.Graph.Training!.FusesOutput;
            writer.Line($"// {Functions.LossFunction.Of(plan.Loss.Loss).Formula}, y = {plan.Loss.Value.Name}{(fused ? " before its activation" : string.Empty)}");
            writer.Line($"return {pass.Loss(plan.Loss, host.Argument(host.Received("t")))};");
        }

        writer.Line();
        writer.Line("// The caller's gradients with respect to the outputs take the place of the loss's.");
        using (writer.Open($"private static void OutputGradientsChunk({host.Parameter("dy", false)}, {host.Parameter("scratch", true)}, int rows)"))
        {
            foreach (Operation call in plan.FromOutputGradients)
                pass.Write(writer, call);
        }

        writer.Line();
        WriteBackward(writer, context, host, plan, pass);
        if (context.HasSampleStep && SampleStepWriter.Create(context, SampleBackward(plan)) is null)
        {
            writer.Line();
            writer.Line("// The chain rule in reverse for one sample, each parameter updated as its gradient is known: scale is -η.");
            using (writer.Open($"private void StepSample({host.Parameter("parameters", true)}, {host.Parameter("x", false)}, {host.Parameter("scratch", true)}, {context.Element} scale)"))
            {
                if (context.DropoutLayers.Count > 0)
                    writer.Line("const bool training = true;");
                if (plan.Backward.Any(call => call is not (GemmTransposed or WeightGradient)))
                    writer.Line("const int rows = 1, sample = 0;");
                pass.WriteSampleStep(writer, SampleBackward(plan));
            }
        }

        if (plan.TransposedLength > 0)
        {
            writer.Line();
            writer.Line("// Gradients flow down through Wᵀ.");
            using (writer.Open($"private static void Transpose({host.Parameter("parameters", false)}, {host.Parameter("transposed", true)})"))
            {
                foreach (DenseWeights weights in Transposed(context))
                    pass.WriteTranspose(writer, weights);
            }
        }

        if (context.DropoutLayers.Count > 0)
        {
            writer.Line();
            writer.Line("// The same for every sample of a step; each dropout layer has its own.");
            writer.Line("private ulong DropoutKey(int layer) => Mix(unchecked(Mix(unchecked(_seed + (ulong)_step * 0xD1342543DE82EF95UL)) + (ulong)layer));");
        }
    }

    /// <summary>The backward pass without what only leads to gradients of the inputs.</summary>
    public static IReadOnlyList<Operation> SampleBackward(TrainingPlan plan)
    {
        HashSet<Operation> optional = OnlyForInputs(plan);
        return [.. plan.Backward.Where(call => !optional.Contains(call))];
    }

    /// <summary>Whether a backward pass packs Wᵀ at all.</summary>
    public static IEnumerable<DenseWeights> Transposed(EmitContext context) => context.Plan.Weights.Where(weights => weights.TransposedOffset >= 0);

    private static void WriteBackward(CSharpWriter writer, EmitContext context, Dialect host, TrainingPlan plan, PassWriter pass)
    {
        bool toInputs = context.Plan.Graph.Training!.InputGradients;
        writer.Line("// The chain rule in reverse. Parameter gradients are scaled and added to what is there if add is true.");
        using (writer.Open($"private void BackwardChunk({host.Parameter("parameters", false)}, {Transposing(context, host)}{host.Parameter("x", false)}, {host.Parameter("scratch", true)}, "
            + $"{host.Parameter("gradients", true)}, {(toInputs ? host.Parameter("dx", true) + ", " : string.Empty)}int rows, int sample, {context.Element} scale, bool add{(context.DropoutLayers.Count > 0 ? ", bool training" : string.Empty)}"
            + $"{(toInputs ? ", bool toInputs" : string.Empty)})"))
        {
            HashSet<Operation> optional = OnlyForInputs(plan);
            foreach (Operation call in plan.Backward)
            {
                if (optional.Contains(call))
                {
                    using (writer.Open("if (toInputs)"))
                        pass.Write(writer, call);
                }
                else
                {
                    pass.Write(writer, call);
                }
            }
        }
    }

    private static string Transposing(EmitContext context, Dialect host) =>
        context.Plan.Training!.TransposedLength > 0 ? host.Parameter("transposed", false) + ", " : string.Empty;

    /// <summary>Calls that no parameter's gradient depends on.</summary>
    private static HashSet<Operation> OnlyForInputs(TrainingPlan plan)
    {
        HashSet<Tensor> needed = [];
        HashSet<Operation> optional = [];
        for (int i = plan.Backward.Count - 1; i >= 0; i--)
        {
            Operation call = plan.Backward[i];
            if (call.Writes is null || needed.Contains(call.Writes))
                needed.UnionWith(call.Reads);
            else
                optional.Add(call);
        }

        return optional;
    }
}
