using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Functions.Helpers;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>Each operation as a plain loop over arrays of double, and its derivative.</summary>
internal sealed class PlainLoops(EmitContext context)
{
    /// <summary>Names of layers are the user's: a suffix keeps them apart from the method's own and from keywords.</summary>
    public static string Value(string name) => name == "x" ? "x" : name + "_";

    public static string Gradient(string name) => "d" + Places.Pascal(name) + "_";

    /// <summary>What a layer asks for, before anything is fused: a layer made of known operations has its loops without being named here.</summary>
    public IReadOnlyList<Operation> OperationsOf(Node node, bool isTraining = true)
    {
        Tensors tensors = new(context.Plan.Layout);
        List<Operation> operations = [];
        Tensor[] inputs = [.. node.Inputs.Select(input => tensors.Of(input))], outputs = [.. node.Outputs.Select(output => tensors.Of(output))];
        node.Layer.Forward(new(operations, context.Plan.Graph.ParametersOf(node), inputs, outputs) { IsTraining = isTraining, Keep = (what, shape) => tensors.KeptBy(node.Output, what, shape) });
        return operations;
    }

    /// <summary>What operations keep beside their values, in its whole size.</summary>
    public static IEnumerable<Tensor> Own(IEnumerable<Operation> operations) => operations.OfType<Recurrence>().SelectMany(recurrence => recurrence.Tensors.Own);

    public void WriteForward(CSharpWriter writer, Operation operation)
    {
        string input = Value(operation.Reads.First().Name), output = Value(operation.Writes!.Name), width = CSharpLiteral.Of(operation.Writes.Width);
        switch (operation)
        {
            case Gemm gemm:
                using (writer.Open($"for (int o = 0; o < {width}; o++)"))
                {
                    writer.Line($"double sum = {(gemm.Bias is null ? "0" : $"p[{At(gemm.Bias)} + o]")};");
                    writer.Line($"for (int i = 0; i < {input}.Length; i++)");
                    writer.Line($"    sum += {input}[i] * p[{At(gemm.Weight)} + i * {width} + o];");
                    writer.Line($"{output}[o] = sum;");
                }

                break;
            case Softmax softmax:
                WriteSoftmax(writer, softmax, input, output);
                break;
            case Map map:
                ActivationFunction function = ActivationFunction.Of(map.Function);
                string each = $"for (int o = 0; o < {width}; o++)", call = $"{output}[o] = {Function(function.ForwardHelper)}({input}[o]);";
                if (!function.HasKinks)
                {
                    writer.Line(each);
                    writer.Line("    " + call);
                    break;
                }

                using (writer.Open(each))
                {
                    writer.Line(call);
                    writer.Line($"pieces = unchecked(pieces * 31 + (ulong)({function.RegionExpression(input + "[o]")}));");
                }

                break;
            case Clamp clamp:
                using (writer.Open($"for (int o = 0; o < {width}; o++)"))
                {
                    string low = CSharpLiteral.Of(clamp.Minimum), high = CSharpLiteral.Of(clamp.Maximum);
                    writer.Line($"{output}[o] = {Function(RangeHelpers.Clamp)}({input}[o], {low}, {high});");
                    writer.Line($"pieces = unchecked(pieces * 31 + (ulong)(({input}[o] > {low} ? 1 : 0) + ({input}[o] > {high} ? 1 : 0)));");
                }

                break;
            case RandomMask:
                writer.Line($"global::System.Array.Copy({input}, {output}, {width}); // dropout is off");
                break;
            case Add add:
                writer.Line($"for (int o = 0; o < {width}; o++)");
                writer.Line($"    {output}[o] = {Value(add.Left.Name)}[o] + {Value(add.Right.Name)}[o];");
                break;
            case Multiply multiply:
                writer.Line($"for (int o = 0; o < {width}; o++)");
                writer.Line($"    {output}[o] = {Value(multiply.Left.Name)}[o] * {Value(multiply.Right.Name)}[o];");
                break;
            case Concatenate join:
                WriteParts(writer, join, (part, from, to) => $"{output}[{to}] = {Value(part.Name)}[{from}];");
                break;
            case MultiplyRow multiply:
                writer.Line($"for (int o = 0; o < {width}; o++)");
                writer.Line($"    {output}[o] = {input}[o] * p[{At(multiply.Row)} + o % {CSharpLiteral.Of(multiply.Row.Shape.Count)}];");
                break;
            case DivideRow divide:
                string channel = $"o % {CSharpLiteral.Of(divide.Deviation.Shape.Count)}", mean = divide.Mean is null ? "0" : $"p[{At(divide.Mean)} + {channel}]";
                writer.Line($"for (int o = 0; o < {width}; o++)");
                writer.Line($"    {output}[o] = ({input}[o] - {mean}) / p[{At(divide.Deviation)} + {channel}];");
                break;
            case SumRows sum:
                writer.Line($"global::System.Array.Clear({output}, 0, {width});");
                writer.Line($"for (int i = 0; i < {CSharpLiteral.Of(sum.Input.Width)}; i++)");
                writer.Line($"    {output}[i % {width}] += {input}[i];");
                break;
            case RepeatRows repeat:
                writer.Line($"for (int o = 0; o < {width}; o++)");
                writer.Line($"    {output}[o] = {input}[o % {CSharpLiteral.Of(repeat.Input.Width)}];");
                break;
            case MaxPool or AveragePool:
                PlainPools.WriteForward(writer, operation);
                break;
            case LayerNormalize or ParametricRelu:
                PlainNorms.WriteForward(writer, operation);
                break;
            case Lookup lookup:
                string columns = CSharpLiteral.Of(lookup.Table.Shape.Columns);
                writer.Line($"for (int o = 0; o < {width}; o++)");
                writer.Line($"    {output}[o] = p[{At(lookup.Table)} + (int){input}[o / {columns}] * {columns} + o % {columns}];");
                break;
            case Recurrence recurrence:
                new PlainRecurrence(context, recurrence).WriteForward(writer);
                break;
            default:
                if (!PlainWindows.WriteForward(writer, operation))
                    throw new NotSupportedException($"{operation.GetType().Name} has no plain loop.");
                break;
        }
    }

    /// <summary>What the sum of a loss is multiplied by, as a factor in front of it.</summary>
    private string Factor(GraphOutput output) => context.Plan.Graph.HasOneLoss ? string.Empty : CSharpLiteral.Of(output.Factor) + " * ";

    private static string Target(GraphOutput output) => "targets[sample * OutputSize + " + (output.Offset == 0 ? "o]" : CSharpLiteral.Of(output.Offset) + " + o]");

    public void WriteLoss(CSharpWriter writer, GraphOutput output)
    {
        LossFunction loss = LossFunction.Of(output.Loss!.Value);
        string value = LossOperand(output);
        using (writer.Open($"for (int o = 0; o < {CSharpLiteral.Of(output.Value.Shape.Count)}; o++)"))
        {
            writer.Line($"double to = {Target(output)};");
            if (loss.HasKinks)
                writer.Line($"pieces = unchecked(pieces * 31 + (ulong)({loss.RegionExpression($"({value}[o] - to)")}));");
            writer.Line($"loss += {Factor(output)}{Function(loss.ValueHelper)}({value}[o], to);");
        }
    }

    /// <summary>The derivative of the loss: with respect to the output, or to what lies before its activation where both are one function.</summary>
    public void WriteLossGradient(CSharpWriter writer, GraphOutput output)
    {
        LossFunction loss = LossFunction.Of(output.Loss!.Value);
        string width = CSharpLiteral.Of(output.Value.Shape.Count), gradient = Gradient(output.LossValue.Name), scale = $"{Factor(output)}scale";
        if (loss.Takes == LossArgument.LogProbability)
        {
            int columns = output.Node.Output.Shape.Columns;
            string sum = "targetSum" + Value(output.Value.Name), each = $"for (int o = 0; o < {CSharpLiteral.Of(columns)}; o++)";
            using (writer.Open($"for (int position = 0; position < {width}; position += {CSharpLiteral.Of(columns)})"))
            {
                string target = Target(output).Replace("o]", "position + o]");
                writer.Line($"double {sum} = 0;");
                writer.Line(each);
                writer.Line($"    {sum} += {target};");
                writer.Line(each);
                writer.Line($"    {gradient}[position + o] += {scale} * ({Function("Exp")}({Value(output.Value.Name)}[position + o]) * {sum} - {target});");
            }

            return;
        }

        writer.Line($"for (int o = 0; o < {width}; o++)");
        writer.Line($"    {gradient}[o] += {scale} * {Function(loss.GradientHelper)}({LossOperand(output)}[o], {Target(output)});");
    }

    public void WriteBackward(CSharpWriter writer, Operation operation)
    {
        string input = operation.Reads.First().Name, output = operation.Writes!.Name, width = CSharpLiteral.Of(operation.Writes.Width);
        string dx = Gradient(input), dy = Gradient(output);
        switch (operation)
        {
            case Gemm gemm:
                writer.Line($"for (int i = 0; i < {Value(input)}.Length; i++)");
                using (writer.Open())
                {
                    writer.Line("double sum = 0;");
                    using (writer.Open($"for (int o = 0; o < {width}; o++)"))
                    {
                        writer.Line($"sum += {dy}[o] * p[{At(gemm.Weight)} + i * {width} + o];");
                        if (!gemm.Weight.Frozen)
                            writer.Line($"g[{At(gemm.Weight)} + i * {width} + o] += {Value(input)}[i] * {dy}[o];");
                    }

                    writer.Line($"{dx}[i] += sum;");
                }

                if (gemm.Bias is { Frozen: false } bias)
                {
                    writer.Line($"for (int o = 0; o < {width}; o++)");
                    writer.Line($"    g[{At(bias)} + o] += {dy}[o];");
                }

                break;
            case Softmax softmax:
                string columns = CSharpLiteral.Of(softmax.Output.Shape.Columns), y = Value(output);
                using (writer.Open($"for (int position = 0; position < {width}; position += {columns})"))
                {
                    writer.Line("double slopes = 0;");
                    writer.Line($"for (int o = position; o < position + {columns}; o++)");
                    writer.Line(softmax.Log ? $"    slopes += {dy}[o];" : $"    slopes += {dy}[o] * {y}[o];");
                    writer.Line($"for (int o = position; o < position + {columns}; o++)");
                    writer.Line(softmax.Log ? $"    {dx}[o] += {dy}[o] - {Function("Exp")}({y}[o]) * slopes;" : $"    {dx}[o] += {y}[o] * ({dy}[o] - slopes);");
                }

                break;
            case Map map:
                ActivationFunction function = ActivationFunction.Of(map.Function);
                string saved = function.Uses == DerivativeUses.Input ? Value(input) : Value(output);
                writer.Line($"for (int o = 0; o < {width}; o++)");
                writer.Line($"    {dx}[o] += {Function(function.BackwardHelper)}({dy}[o], {saved}[o]);");
                break;
            case Clamp clamp:
                writer.Line($"for (int o = 0; o < {width}; o++)");
                writer.Line($"    {dx}[o] += {Function(RangeHelpers.ClampBackward)}({dy}[o], {Value(output)}[o], {CSharpLiteral.Of(clamp.Minimum)}, {CSharpLiteral.Of(clamp.Maximum)});");
                break;
            case RandomMask:
                writer.Line($"for (int o = 0; o < {width}; o++)");
                writer.Line($"    {dx}[o] += {dy}[o];");
                break;
            case Add add:
                using (writer.Open($"for (int o = 0; o < {width}; o++)"))
                {
                    writer.Line($"{Gradient(add.Left.Name)}[o] += {dy}[o];");
                    writer.Line($"{Gradient(add.Right.Name)}[o] += {dy}[o];");
                }

                break;
            case Multiply multiply:
                using (writer.Open($"for (int o = 0; o < {width}; o++)"))
                {
                    writer.Line($"{Gradient(multiply.Left.Name)}[o] += {dy}[o] * {Value(multiply.Right.Name)}[o];");
                    writer.Line($"{Gradient(multiply.Right.Name)}[o] += {dy}[o] * {Value(multiply.Left.Name)}[o];");
                }

                break;
            case Concatenate join:
                WriteParts(writer, join, (part, from, to) => $"{Gradient(part.Name)}[{from}] += {dy}[{to}];");
                break;
            case MultiplyRow multiply:
                using (writer.Open($"for (int o = 0; o < {width}; o++)"))
                {
                    string factor = $"[{At(multiply.Row)} + o % {CSharpLiteral.Of(multiply.Row.Shape.Count)}]";
                    if (multiply.Row.IsTrained)
                        writer.Line($"g{factor} += {Value(input)}[o] * {dy}[o];");
                    writer.Line($"{dx}[o] += {dy}[o] * p{factor};");
                }

                break;
            case DivideRow divide:
                writer.Line($"for (int o = 0; o < {width}; o++)");
                writer.Line($"    {dx}[o] += {dy}[o] / p[{At(divide.Deviation)} + o % {CSharpLiteral.Of(divide.Deviation.Shape.Count)}];");
                break;
            case SumRows sum:
                writer.Line($"for (int i = 0; i < {CSharpLiteral.Of(sum.Input.Width)}; i++)");
                writer.Line($"    {dx}[i] += {dy}[i % {width}];");
                break;
            case RepeatRows repeat:
                writer.Line($"for (int o = 0; o < {width}; o++)");
                writer.Line($"    {dx}[o % {CSharpLiteral.Of(repeat.Input.Width)}] += {dy}[o];");
                break;
            case MaxPool or AveragePool:
                PlainPools.WriteBackward(writer, operation);
                break;
            case LayerNormalize or ParametricRelu:
                PlainNorms.WriteBackward(writer, operation);
                break;
            case Lookup { Table.Frozen: true }:
                break;
            case Lookup lookup:
                string rows = CSharpLiteral.Of(lookup.Table.Shape.Columns);
                writer.Line($"for (int o = 0; o < {width}; o++)");
                writer.Line($"    g[{At(lookup.Table)} + (int){Value(input)}[o / {rows}] * {rows} + o % {rows}] += {dy}[o];");
                break;
            case Recurrence recurrence:
                new PlainRecurrence(context, recurrence).WriteBackward(writer);
                break;
            default:
                if (!PlainWindows.WriteBackward(writer, operation))
                    throw new NotSupportedException($"{operation.GetType().Name} has no plain derivative.");
                break;
        }
    }

    /// <summary>Each position's elements by themselves.</summary>
    private void WriteSoftmax(CSharpWriter writer, Softmax softmax, string input, string output)
    {
        string exp = Function("Exp"), log = Function("Log"), columns = CSharpLiteral.Of(softmax.Output.Shape.Columns);

        // Cross-entropy takes the logarithm: that of a rounded probability would lose its digits.
        bool isLog = softmax.Log || context.Plan.Graph.Outputs.Any(head => head.Loss == Loss.CrossEntropy && head.Value.Name == softmax.Output.Name);
        using (writer.Open($"for (int position = 0; position < {CSharpLiteral.Of(softmax.Output.Width)}; position += {columns})"))
        {
            writer.Line($"double largest = {input}[position], total = 0;");
            writer.Line($"for (int o = position + 1; o < position + {columns}; o++)");
            writer.Line($"    largest = {input}[o] > largest ? {input}[o] : largest;");
            writer.Line($"for (int o = position; o < position + {columns}; o++)");
            writer.Line($"    total += {exp}({input}[o] - largest);");
            writer.Line($"double logTotal = {log}(total);");
            writer.Line($"for (int o = position; o < position + {columns}; o++)");
            writer.Line(isLog ? $"    {output}[o] = {input}[o] - largest - logTotal;" : $"    {output}[o] = {exp}({input}[o] - largest - logTotal);");
        }
    }

    /// <summary>A statement for each element of each part of a row.</summary>
    private static void WriteParts(CSharpWriter writer, Concatenate join, Func<Tensor, string, string, string> statement)
    {
        string columns = CSharpLiteral.Of(join.Output.Shape.Columns);
        int at = 0;
        foreach (Tensor part in join.Inputs)
        {
            string own = CSharpLiteral.Of(part.Shape.Columns);
            writer.Line($"for (int i = 0; i < {CSharpLiteral.Of(part.Width)}; i++)");
            writer.Line("    " + statement(part, "i", $"i / {own} * {columns} + {CSharpLiteral.Of(at)} + i % {own}"));
            at += part.Shape.Columns;
        }
    }

    private static string LossOperand(GraphOutput output) =>
        Value(LossFunction.Of(output.Loss!.Value).Takes == LossArgument.PreActivation ? output.Node.Input.Name : output.Value.Name);

    private static string At(ParameterBlock block) => CSharpLiteral.Of(block.Offset);

    private string Function(string helper) => context.Functions.Require(context.ScalarDouble, helper);
}
