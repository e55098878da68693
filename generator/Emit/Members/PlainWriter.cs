using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>
/// The network written plainly, forward and backward, in double and in loops that a learner can follow; and <c>CheckGradients</c>, which holds it against
/// central differences and the kernels against both.
/// </summary>
internal static class PlainWriter
{
    public static void WriteCheck(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        string element = context.Element;
        if (context.IsSimd)
            context.Use.Unit(MemoryUnits.Copies);
        writer.Line("/// <summary>Compares the gradient of every unfrozen parameter with a central difference of the plain loops' loss, dropout off. Slow, and allocates.</summary>");
        writer.Line("/// <returns>The worst parameter and its error |g - d| / max(1, |g|, |d|). Where ±h crosses a kink of the loss, a parameter is counted apart.</returns>");
        using (writer.Open($"public global::GeneratedNetworks.GradientCheck CheckGradients({surface.In("inputs")}, {surface.In("targets")})"))
        {
            string none = context.ToInputs ? "default, false, " : string.Empty;
            string frozen = string.Join(", ", context.Plan.Graph.Parameters.Where(parameter => !parameter.IsTrained)
                .Select(parameter => $"{CSharpLiteral.Of(parameter.Offset)}, {CSharpLiteral.Of(parameter.Offset + parameter.Shape.Count)}"));
            IdMembers.WriteCheck(writer, context);
            writer.Line($"int samples = {CheckWriter.Enter(context, "targets")};");
            writer.Line($"{element}[] kept = {(context.IsSimd ? "_memory.Copy()" : $"({element}[])_memory.Clone()")}, gradients = new {element}[ParameterCount], parameters = new {element}[ParameterCount];");
            writer.Line("bool hadGradients = _hasGradients;");
            writer.Line($"Accumulate(inputs, targets, {none}samples, fromOutputs: false{(context.HasMasks ? ", training: false" : string.Empty)}{StreamMembers.NoMemories(context)}{LengthMembers.NoLengths(context)});");
            writer.Line("GetGradients(gradients);");
            writer.Line(context.IsSimd ? "_memory.Restore(kept);" : "kept.CopyTo(_memory, 0);");
            writer.Line("_hasGradients = hadGradients;");
            writer.Line(TrainerSteps.Leave);
            writer.Line("_network.GetParameters(parameters);");
            writer.Line($"return global::GeneratedNetworks.GradientCheck.Compare(parameters, gradients, inputs, targets, samples, {(frozen.Length == 0 ? "new int[0]" : $"new int[] {{ {frozen} }}")}, {EmitContext.Inner}.Plainly);");
        }

        writer.Line();
    }

    public static void Write(CSharpWriter writer, EmitContext context)
    {
        NetworkGraph graph = context.Plan.Graph;
        TrainingSpec training = graph.Training!;
        PlainLoops loops = new(context);
        List<Operation> operations = [.. graph.Operations.SelectMany(node => loops.OperationsOf(node))];
        writer.Line("// The network written plainly, in double: p has the parameters in canonical order, g receives their gradients where it is not null. Pieces tell on");
        writer.Line("// which side of every kink the values lie.");
        using (writer.Open($"internal static double Plainly(double[] p, double[] inputs, double[] targets, int samples, double[]{(context.Surface.IsBasic ? string.Empty : "?")} g, ref ulong pieces)"))
        {
            GraphOutput first = graph.Outputs[0];
            string mean = !graph.HasOneLoss ? string.Empty : LossFunction.Of(first.Loss!.Value).IsMean ? " / OutputSize"
                : first.Loss == Loss.CrossEntropy && first.Positions > 1 ? " / " + CSharpLiteral.Of(first.Positions) : string.Empty;
            writer.Line($"double loss = 0, scale = 1.0{(training.Reduction == Reduction.Mean ? " / samples" : string.Empty)}{mean};");
            if (graph.BatchNorms.Any())
                WriteBatch(writer, context, loops, operations);
            else
                WriteSamples(writer, graph, loops, operations);
            writer.Line();
            writer.Line("return loss * scale;");
        }
    }

    /// <summary>Sample by sample.</summary>
    private static void WriteSamples(CSharpWriter writer, NetworkGraph graph, PlainLoops loops, List<Operation> operations)
    {
        foreach (Value input in graph.Inputs.Select(input => input.Value))
            writer.Line($"double[] {PlainLoops.Value(input.Name)} = new double[{CSharpLiteral.Of(input.Shape.Count)}], {PlainLoops.Gradient(input.Name)} = new double[{CSharpLiteral.Of(input.Shape.Count)}];");
        foreach (Operation operation in operations)
        {
            string width = CSharpLiteral.Of(operation.Writes!.Width), name = operation.Writes.Name;
            writer.Line($"double[] {PlainLoops.Value(name)} = new double[{width}], {PlainLoops.Gradient(name)} = new double[{width}];");
        }

        foreach (Tensor own in PlainLoops.Own(operations))
            writer.Line($"double[] {PlainLoops.Value(own.Name)} = new double[{CSharpLiteral.Of(own.Width)}];");

        using (writer.Open("for (int sample = 0; sample < samples; sample++)"))
        {
            foreach (GraphInput input in graph.Inputs)
                writer.Line(CopyInput(graph, input, "inputs, sample * InputSize"));
            foreach (Operation operation in operations)
                loops.WriteForward(writer, operation);
            foreach (GraphOutput output in graph.Outputs)
                loops.WriteLoss(writer, output);
            writer.Line("if (g == null)");
            writer.Line("    continue;");
            writer.Line();
            writer.Line("// The chain rule in reverse: dh is the derivative of the loss with respect to h.");
            foreach (Operation operation in operations)
                writer.Line($"global::System.Array.Clear({PlainLoops.Gradient(operation.Writes!.Name)}, 0, {CSharpLiteral.Of(operation.Writes.Width)});");
            foreach (GraphOutput output in graph.Outputs)
                loops.WriteLossGradient(writer, output);
            foreach (Operation operation in Reverse(graph, operations))
                loops.WriteBackward(writer, operation);
        }
    }

    /// <summary>Layer by layer, because the statistics of some are those of the batch: every value of every sample is kept.</summary>
    private static void WriteBatch(CSharpWriter writer, EmitContext context, PlainLoops loops, List<Operation> operations)
    {
        NetworkGraph graph = context.Plan.Graph;
        Tensor[] own = [.. PlainLoops.Own(operations)];
        string[] values = [.. graph.Inputs.Select(input => input.Value.Name).Concat(operations.Select(operation => operation.Writes!).Concat(own).Select(tensor => tensor.Name))];
        int[] widths = [.. graph.Inputs.Select(input => input.Value.Shape.Count).Concat(operations.Select(operation => operation.Writes!).Concat(own).Select(tensor => tensor.Width))];
        foreach (string value in values)
            writer.Line($"double[][] {PlainBatch.All(value)} = new double[samples][], {PlainBatch.AllGradients(value)} = new double[samples][];");
        using (writer.Open("for (int sample = 0; sample < samples; sample++)"))
        {
            for (int i = 0; i < values.Length; i++)
                writer.Line($"{PlainBatch.All(values[i])}[sample] = new double[{CSharpLiteral.Of(widths[i])}]; {PlainBatch.AllGradients(values[i])}[sample] = new double[{CSharpLiteral.Of(widths[i])}];");
            foreach (GraphInput input in graph.Inputs)
                writer.Line(CopyInput(graph, input, "inputs, sample * InputSize").Replace(PlainLoops.Value(input.Value.Name) + ",", PlainBatch.All(input.Value.Name) + "[sample],"));
        }

        PlainBatch batch = new(writer, context.Plan);
        foreach (Operation operation in operations)
        {
            if (!batch.WriteForward(operation))
                batch.Each([.. operation.Reads.Concat(operation.Results).Select(tensor => tensor.Name).Distinct()], () => loops.WriteForward(writer, operation));
        }

        foreach (GraphOutput output in graph.Outputs)
            batch.Each([output.Value.Name, output.LossValue.Name], () => loops.WriteLoss(writer, output));
        using (writer.Open("if (g != null)"))
        {
            writer.Line("// The chain rule in reverse: dh is the derivative of the loss with respect to h.");
            foreach (GraphOutput output in graph.Outputs)
                batch.Each([output.Value.Name, output.LossValue.Name], () => loops.WriteLossGradient(writer, output));
            foreach (Operation operation in Reverse(graph, operations))
            {
                if (!batch.WriteBackward(operation))
                    batch.Each([.. operation.Reads.Concat(operation.Results).Select(tensor => tensor.Name).Distinct()], () => loops.WriteBackward(writer, operation));
            }
        }
    }

    private static string CopyInput(NetworkGraph graph, GraphInput input, string from) => graph.Inputs.Count == 1
        ? $"global::System.Array.Copy({from}, {PlainLoops.Value(input.Value.Name)}, 0, InputSize);"
        : $"global::System.Array.Copy({from} + {CSharpLiteral.Of(input.Offset)}, {PlainLoops.Value(input.Value.Name)}, 0, {CSharpLiteral.Of(input.Value.Shape.Count)});";

    /// <summary>What is differentiated, last first: functions that are one with their loss are behind them already.</summary>
    private static IEnumerable<Operation> Reverse(NetworkGraph graph, List<Operation> operations)
    {
        HashSet<string> heads = [.. graph.FusedHeads.Select(node => node.Output.Name)];
        return Enumerable.Reverse(operations).Where(operation => !heads.Contains(operation.Writes!.Name));
    }
}
