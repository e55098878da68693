using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary><c>CheckGradients</c>: the kernels' gradients against central differences of a loss written in plain loops, in double.</summary>
internal static class GradientCheckWriter
{
    public static void Write(CSharpWriter writer, EmitContext context)
    {
        WriteCheck(writer, context);
        WritePlainLoss(writer, context);
    }

    private static void WriteCheck(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        writer.Line("/// <summary>Compares the gradient of every unfrozen parameter with a central difference, in double, dropout off. Slow, and allocates.</summary>");
        writer.Line("/// <returns>The worst parameter and its error |g - d| / max(1, |g|, |d|). Where ±h crosses a kink of the loss, a parameter is counted apart.</returns>");
        using (writer.Open($"public global::GeneratedNetworks.GradientCheck CheckGradients({surface.In("inputs")}, {surface.In("targets")})"))
        {
            writer.Line("int samples = CheckBatch(inputs.Length, targets.Length, \"targets\");");
            writer.Line($"{context.Element}[] kept = ({context.Element}[])_memory.Clone();");
            writer.Line("bool hadGradients = _hasGradients;");
            string none = context.Plan.Graph.Training!.InputGradients ? "default, false, " : string.Empty;
            writer.Line($"Accumulate(inputs, targets, {none}samples, fromOutputs: false, training: false);");
            writer.Line($"{context.Element}[] gradients = new {context.Element}[ParameterCount];");
            writer.Line("GetGradients(gradients);");
            writer.Line("kept.CopyTo(_memory, 0);");
            writer.Line("_hasGradients = hadGradients;");
            writer.Line();
            writer.Line($"{context.Element}[] parameters = new {context.Element}[ParameterCount];");
            writer.Line("_network.GetParameters(parameters);");
            writer.Line("double[] p = ToDoubles(parameters), x = ToDoubles(inputs), t = ToDoubles(targets);");
            writer.Line("double maxError = 0, analytic = 0, numeric = 0;");
            writer.Line("int worst = -1, compared = 0, kinks = 0;");
            using (writer.Open("for (int i = 0; i < p.Length; i++)"))
            {
                foreach (string range in context.Plan.Graph.Parameters.Where(parameter => parameter.Frozen).Select(parameter =>
                    $"i >= {CSharpLiteral.Of(parameter.Offset)} && i < {CSharpLiteral.Of(parameter.Offset + parameter.Shape.Count)}"))
                {
                    writer.Line($"if ({range})");
                    writer.Line("    continue; // frozen");
                }

                writer.Line("// 2⁻¹⁶: the error of the difference, h²/6 times the third derivative, and that of rounding are both far below 1e-7.");
                writer.Line("const double h = 1.0 / 65536;");
                writer.Line("double value = p[i];");
                writer.Line("ulong piecesAbove = 0, piecesBelow = 0;");
                writer.Line("p[i] = value + h;");
                writer.Line("double above = PlainLoss(p, x, t, samples, ref piecesAbove);");
                writer.Line("p[i] = value - h;");
                writer.Line("double below = PlainLoss(p, x, t, samples, ref piecesBelow);");
                writer.Line("double difference = (above - below) / ((value + h) - (value - h));");
                writer.Line("p[i] = value;");
                using (writer.Open("if (piecesAbove != piecesBelow)"))
                {
                    writer.Line("kinks++;");
                    writer.Line("continue;");
                }

                writer.Line("compared++;");
                writer.Line("double gradient = gradients[i];");
                writer.Line("double size = global::System.Math.Max(1, global::System.Math.Max(global::System.Math.Abs(gradient), global::System.Math.Abs(difference)));");
                writer.Line("double error = global::System.Math.Abs(gradient - difference) / size;");
                using (writer.Open("if (worst < 0 || !(error <= maxError))"))
                {
                    writer.Line("maxError = error;");
                    writer.Line("worst = i;");
                    writer.Line("analytic = gradient;");
                    writer.Line("numeric = difference;");
                }
            }

            writer.Line();
            writer.Line("return new global::GeneratedNetworks.GradientCheck(maxError, worst, analytic, numeric, compared, kinks);");
        }

        writer.Line();
        using (writer.Open($"private static double[] ToDoubles({surface.In("values")})"))
        {
            writer.Line("double[] doubles = new double[values.Length];");
            writer.Line("for (int i = 0; i < doubles.Length; i++)");
            writer.Line("    doubles[i] = values[i];");
            writer.Line("return doubles;");
        }

        writer.Line();
    }

    private static void WritePlainLoss(CSharpWriter writer, EmitContext context)
    {
        NetworkGraph graph = context.Plan.Graph;
        TrainingSpec training = graph.Training!;
        writer.Line("// The mathematics without any kernel. Pieces tell on which side of every kink the values lie.");
        using (writer.Open("private static double PlainLoss(double[] p, double[] inputs, double[] targets, int samples, ref ulong pieces)"))
        {
            writer.Line("double loss = 0;");
            writer.Line($"double[] {Array(graph.Input.Name)} = new double[{CSharpLiteral.Of(graph.Input.Shape.Count)}];");
            foreach (Node node in graph.Operations)
                writer.Line($"double[] {Array(node.Output.Name)} = new double[{CSharpLiteral.Of(node.Output.Shape.Count)}];");
            using (writer.Open("for (int sample = 0; sample < samples; sample++)"))
            {
                writer.Line($"global::System.Array.Copy(inputs, sample * InputSize, {Array(graph.Input.Name)}, 0, InputSize);");
                foreach (Node node in graph.Operations)
                    WriteLayer(writer, context, node);
                WriteLoss(writer, context, training);
            }

            writer.Line();
            string mean = LossFunction.Of(training.Loss).IsMean ? " / OutputSize" : string.Empty;
            writer.Line($"return loss{(training.Reduction == Reduction.Mean ? " / samples" : string.Empty)}{mean};");
        }

        writer.Line();
    }

    /// <summary>What the layer asks for, before anything is fused: a layer made of known calls has its loops without being named here.</summary>
    private static void WriteLayer(CSharpWriter writer, EmitContext context, Node node)
    {
        Tensors tensors = new(context.Plan.Layout);
        PassBuilder pass = new(context.Plan.Graph.Parameters);
        node.Layer.Forward(pass, tensors.Of(node.Input), tensors.Of(node.Output));
        foreach (Operation call in pass.Operations)
            WriteCall(writer, context, call);
    }

    private static void WriteCall(CSharpWriter writer, EmitContext context, Operation call)
    {
        string input = Array(call.Reads.First().Name);
        string output = Array(call.Writes!.Name);
        string width = CSharpLiteral.Of(call.Writes.Width);
        switch (call)
        {
            case Gemm gemm:
                using (writer.Open($"for (int o = 0; o < {width}; o++)"))
                {
                    writer.Line($"double sum = {(gemm.Bias is null ? "0" : $"p[{CSharpLiteral.Of(gemm.Bias.Offset)} + o]")};");
                    writer.Line($"for (int i = 0; i < {input}.Length; i++)");
                    writer.Line($"    sum += {input}[i] * p[{CSharpLiteral.Of(gemm.Weight.Offset)} + i * {width} + o];");
                    writer.Line($"{output}[o] = sum;");
                }

                break;
            case Softmax:
                break; // the loss needs more than the rounded probabilities: see below
            case Map map:
                ActivationFunction function = ActivationFunction.Of(map.Function);
                using (writer.Open($"for (int o = 0; o < {width}; o++)"))
                {
                    string helper = context.TrainerFunctions.Require(context.ScalarDouble, function.ForwardHelper);
                    writer.Line($"{output}[o] = {helper}({input}[o]);");
                    if (function.HasKinks)
                        writer.Line($"pieces = unchecked(pieces * 31 + (ulong)({function.RegionExpression(input + "[o]")}));");
                }

                break;
            case Dropout:
                writer.Line($"global::System.Array.Copy({input}, {output}, {width}); // dropout is off");
                break;
            default:
                throw new InvalidOperationException($"{call.GetType().Name} has no plain loop.");
        }
    }

    private static void WriteLoss(CSharpWriter writer, EmitContext context, TrainingSpec training)
    {
        NetworkGraph graph = context.Plan.Graph;
        Node last = graph.Operations.Last();
        string width = CSharpLiteral.Of(graph.Output.Shape.Count);
        string y = Array(graph.Output.Name);
        LossFunction loss = LossFunction.Of(training.Loss);
        if (graph.OutputActivation is Activation.Softmax or Activation.LogSoftmax)
        {
            string z = Array(last.Input.Name);
            string exp = context.TrainerFunctions.Require(context.ScalarDouble, "Exp");
            string log = context.TrainerFunctions.Require(context.ScalarDouble, "Log");
            writer.Line($"double largest = {z}[0], total = 0;");
            writer.Line($"for (int o = 1; o < {width}; o++)");
            writer.Line($"    largest = {z}[o] > largest ? {z}[o] : largest;");
            writer.Line($"for (int o = 0; o < {width}; o++)");
            writer.Line($"    total += {exp}({z}[o] - largest);");
            writer.Line($"double logTotal = {log}(total);");
            bool isLog = training.Loss == Loss.CrossEntropy || graph.OutputActivation == Activation.LogSoftmax;
            writer.Line($"for (int o = 0; o < {width}; o++)");
            writer.Line(isLog ? $"    {y}[o] = {z}[o] - largest - logTotal;" : $"    {y}[o] = {exp}({z}[o] - largest - logTotal);");
        }

        string value = loss.Takes == LossArgument.PreActivation ? Array(last.Input.Name) : y;
        using (writer.Open($"for (int o = 0; o < {width}; o++)"))
        {
            writer.Line("double to = targets[sample * OutputSize + o];");
            if (loss.HasKinks)
                writer.Line($"pieces = unchecked(pieces * 31 + (ulong)({loss.RegionExpression($"({value}[o] - to)")}));");
            writer.Line($"loss += {context.TrainerFunctions.Require(context.ScalarDouble, loss.ValueHelper)}({value}[o], to);");
        }
    }

    /// <summary>Names of layers are the user's: a suffix keeps them apart from the method's own and from keywords.</summary>
    private static string Array(string value) => value == "x" ? "x" : value + "_";
}
