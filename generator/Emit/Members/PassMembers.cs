using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Emit.Simd;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>Forward, loss, backward and update of a chunk of samples, in the order in which they are to be read: what the network is.</summary>
internal static class PassMembers
{
    public static void Write(CSharpWriter writer, EmitContext context)
    {
        if (!context.IsSimd)
        {
            WritePlaces(writer, context);
            WritePasses(writer, context);
            return;
        }

        writer.Line("// Written once for vectors of any width: V is a vector of at most 512 bits and W its operations; HV and QV have at most 256 and 128 bits.");
        using (writer.Open($"internal abstract class Passes<{SimdTypes.Parameters}> {SimdTypes.Constraints}"))
        {
            WritePlaces(writer, context);
            WritePasses(writer, context);
        }
    }

    private static void WritePlaces(CSharpWriter writer, EmitContext context)
    {
        if (context.Plan.Parameters.Places.Count == 0)
            return;
        writer.Line("// Places in the parameters, and alike in gradients and moments.");
        string modifier = context.IsSimd ? "private " : "internal ";
        writer.Line(modifier + Places.Declaration(Places.OfParameters(context.Plan.Parameters)));
        if (context.NeedsTransposed)
            writer.Line(modifier + Places.Declaration(context.Plan.Parameters.Transposed.Select(weights => (Places.Transposed(weights), weights.TransposedOffset))));
        writer.Line();
    }

    private static void WritePasses(CSharpWriter writer, EmitContext context)
    {
        Dialect host = context.Host;
        NetworkPlan plan = context.Plan;
        writer.Line("// The layers in order, for a chunk of samples.");
        WriteOptimized(writer, context, plan.Inference.Calls);
        using (writer.Open($"internal static void ForwardChunk({host.Parameter("parameters", false)}, {host.Parameter("x", false)}, {host.Parameter("y", true)}, {host.Parameter("scratch", true)}, int rows{LengthMembers.Parameter(context)})"))
        {
            if (!context.InferencePlaces.IsEmpty)
                writer.Line(Places.Declaration(context.InferencePlaces.All));
            IPassWriter pass = context.PassWriter(context.InferencePlaces);
            foreach (Operation operation in plan.Inference.Calls)
                pass.Write(writer, operation);
        }

        if (plan.Stream is { } stream)
        {
            writer.Line();
            writer.Line("// The same for one frame of each of some streams, which go on from their memories.");
            WriteOptimized(writer, context, stream.Frame.Calls);
            using (writer.Open($"internal static void FrameChunk({host.Parameter("parameters", false)}, {host.Parameter("x", false)}, {host.Parameter("y", true)}, {host.Parameter("past", true)}, {host.Parameter("scratch", true)}, int rows)"))
            {
                if (!context.FramePlaces!.IsEmpty)
                    writer.Line(Places.Declaration(context.FramePlaces.All));
                IPassWriter pass = context.PassWriter(context.FramePlaces, isWindow: false);
                foreach (Operation operation in stream.Frame.Calls)
                    pass.Write(writer, operation);
            }
        }

        if (plan.Training is { } training)
            WriteTraining(writer, context, training);
    }

    /// <summary>A pass that kernels are inlined into is compiled in full at its first call, as they would be.</summary>
    private static void WriteOptimized(CSharpWriter writer, EmitContext context, IEnumerable<Operation> calls)
    {
        if (context.IsSimd && calls.Any(IsInlined))
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)] // as the kernels would be that are inlined here");
    }

    private static bool IsInlined(Operation operation) => operation is Recurrence { IsInlined: true } or ConvolveFrame { IsInlined: true };

    private static void WriteTraining(CSharpWriter writer, EmitContext context, TrainingPlan plan)
    {
        Dialect host = context.Host;
        IPassWriter pass = context.PassWriter(context.TrainingPlaces!);
        writer.Line();
        writer.Line("// Places of a chunk's values in training, where they are kept for backward.");
        writer.Line((context.IsSimd ? "private " : "internal ") + Places.Declaration(context.TrainingPlaces!.All));
        writer.Line();
        writer.Line("// Forward, keeping every value that backward reads.");
        WriteOptimized(writer, context, plan.Forward);
        using (writer.Open($"internal static void TrainingForward({host.Parameter("parameters", false)}, {host.Parameter("x", false)}, {host.Parameter("scratch", true)}, int rows{MaskParameters(context)}{(context.HasBatchNorm ? ", bool byBatch" : string.Empty)}{StreamMembers.Parameter(context)}{LengthMembers.Parameter(context)})"))
        {
            foreach (Operation operation in plan.Forward)
                pass.Write(writer, operation);
        }

        writer.Line();
        writer.Line("// The summed loss of a chunk, not yet scaled, and its gradient times scale.");
        using (writer.Open($"internal static double Loss({host.Parameter("t", false)}, {host.Parameter("scratch", true)}, int rows, {context.Element} scale{LengthMembers.Parameter(context)}{(context.HasLengths ? ", double stepScale" : string.Empty)})"))
            WriteLosses(writer, context, plan, pass);
        writer.Line();
        writer.Line("// The caller's gradients with respect to the outputs take the place of the loss's.");
        using (writer.Open($"internal static void OutputGradients({host.Parameter("dy", false)}, {host.Parameter("scratch", true)}, int rows)"))
        {
            foreach (Operation operation in plan.FromOutputGradients)
                pass.Write(writer, operation);
        }

        writer.Line();
        WriteBackward(writer, context, plan, pass);
        writer.Line();
        WriteUpdate(writer, context);
        if (context.HasBatchNorm)
        {
            writer.Line();
            writer.Line("// After a step the moving averages take what its passes left for them.");
            using (writer.Open($"internal static void MoveAverages({host.Parameter("parameters", true)}, {host.Parameter("scratch", true)})"))
            {
                foreach (BatchNorm norm in plan.Forward.OfType<BatchNorm>())
                    pass.WriteMove(writer, norm.Norm, norm.Input);
            }
        }

        if (context.NeedsTransposed)
        {
            writer.Line();
            writer.Line("// Gradients flow down through Wᵀ.");
            using (writer.Open($"internal static void TransposeWeights({host.Parameter("parameters", false)}, {host.Parameter("transposed", true)})"))
            {
                foreach (DenseWeights weights in context.Plan.Parameters.Transposed)
                    pass.WriteTranspose(writer, weights);
            }
        }
    }

    private static void WriteLosses(CSharpWriter writer, EmitContext context, TrainingPlan plan, IPassWriter pass)
    {
        bool hasPositions = plan.Losses.Any(loss => (loss.Loss == Model.Loss.CrossEntropy && loss.Value.Shape.Rows > 1) || LengthMembers.HasSteps(context, loss));
        if (plan.Losses.Count == 1 && !hasPositions)
        {
            pass.WriteLoss(writer, plan.Loss, "return ");
            return;
        }

        writer.Line($"double loss = 0{(plan.Losses.Count > 1 ? ", part" : "")}{(hasPositions ? ", positions" : "")};");
        for (int i = 0; i < plan.Losses.Count; i++)
        {
            if (hasPositions)
                writer.Line("positions = 0;");
            string add = plan.Losses.Count > 1 ? "part = " : "loss += ";
            if (LengthMembers.HasSteps(context, plan.Losses[i]))
            {
                using (writer.Open($"if ({LengthText.Exist(context.Surface.Profile)})"))
                    pass.WriteLoss(writer, plan.Losses[i], add, isByStep: true);
                using (writer.Open("else"))
                    pass.WriteLoss(writer, plan.Losses[i], add);
            }
            else
            {
                pass.WriteLoss(writer, plan.Losses[i], add);
            }

            if (plan.Losses.Count == 1)
                continue;
            string place = context.Host.At(context.Host.Received("scratch"), CSharpLiteral.Of(plan.Trainer.LossesInScratch + i));
            writer.Line("loss += part;");
            writer.Line($"{place} += ({context.Element})part;");
        }

        writer.Line("return loss;");
    }

    private static void WriteBackward(CSharpWriter writer, EmitContext context, TrainingPlan plan, IPassWriter pass)
    {
        Dialect host = context.Host;
        writer.Line("// The chain rule in reverse. Parameter gradients are scaled, and added to what is there if add is true.");
        string transposed = context.NeedsTransposed ? host.Parameter("transposed", false) + ", " : string.Empty;
        string dx = context.ToInputs ? host.Parameter("dx", true) + ", " : string.Empty;
        using (writer.Open($"internal static void BackwardChunk({host.Parameter("parameters", false)}, {transposed}{host.Parameter("x", false)}, {host.Parameter("scratch", true)}, "
            + $"{host.Parameter("gradients", true)}, {dx}int rows{MaskParameters(context)}, {context.Element} scale, bool add{(context.ToInputs ? ", bool toInputs" : string.Empty)}{LengthMembers.Parameter(context)})"))
        {
            foreach (Operation operation in plan.Backward)
            {
                if (plan.OnlyForInputs.Contains(operation))
                {
                    using (writer.Open("if (toInputs)"))
                        pass.Write(writer, operation);
                }
                else
                {
                    pass.Write(writer, operation);
                }
            }
        }
    }

    private static void WriteUpdate(CSharpWriter writer, EmitContext context)
    {
        OptimizerRule rule = OptimizerRule.Of(context.Plan.Graph.Training!.Optimizer);
        Dialect host = context.Host;
        string slots = string.Concat(rule.Slots.Select(slot => host.Parameter(slot, true) + ", "));
        string scalars = string.Concat(rule.Scalars.Select(scalar => $"{context.Element} {scalar.Name}, "));
        writer.Line($"// {rule.Formula}, for `count` neighboring parameters after g = clip·g + l1·sign(w) + l2·w.");
        using (writer.Open($"internal static void UpdateSome({host.Parameter("w", true)}, {host.Parameter("g", false)}, {slots}int count, {scalars}{context.Element} clip, {context.Element} l1, {context.Element} l2)"))
        {
            string[] pointers = [.. new[] { "w", "g" }.Concat(rule.Slots).Select(name => host.Argument(host.Received(name)))];
            string arguments = string.Join(", ", pointers.Append("count").Concat(rule.Scalars.Select(scalar => scalar.Name)).Concat(["clip", "l1", "l2"]));
            string call = context.IsSimd
                ? $"{context.Use.Unit(Library.ElementUnits.UpdateName(rule.Optimizer))}<W, V>"
                : context.Kernels.Require(new Kernels.UpdateKernel(rule.Optimizer + "Update", rule.Formula + ".", rule.Helper, new(rule.Slots), new(rule.Scalars.Select(scalar => scalar.Name)), context.Plan.Layout.Line));
            writer.Line($"{call}({arguments});");
        }
    }

    /// <summary>What a pass needs to know where masks are drawn.</summary>
    public static string MaskParameters(EmitContext context) => context.HasMasks ? ", int sample, ulong key, bool training" : string.Empty;
}
