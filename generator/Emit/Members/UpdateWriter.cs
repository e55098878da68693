using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary><c>Update</c>: clipping, penalties, and the optimiser's rule over stretches of the flat array.</summary>
internal static class UpdateWriter
{
    private const string Gn = EmitContext.Inner;

    /// <summary>The scalar that shrinks weights but not biases.</summary>
    private const string Keep = "keep";

    public static void Write(CSharpWriter writer, EmitContext context)
    {
        writer.Line("/// <summary>One optimiser step from the gradients: clips their common norm, adds the penalties to those of weights, applies the rule.</summary>");
        writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">There are no gradients.</exception>");
        using (writer.Open("public void Update()"))
        {
            writer.Line("CheckGradientsExist();");
            TrainerSteps.WriteEnter(writer);
            writer.Line("ApplyGradients();");
            writer.Line(TrainerSteps.Leave);
        }

        writer.Line();
        using (writer.Open("private void ApplyGradients()"))
        {
            writer.Line("long step = ++_step;");
            WriteRule(writer, context, inParts: false);
        }

        writer.Line();
    }

    /// <summary>The same for the share of one thread, after the step was counted.</summary>
    public static void WritePart(CSharpWriter writer, EmitContext context, string parallel)
    {
        using (writer.Open($"void {parallel}.UpdatePart(global::System.ReadOnlySpan<{parallel}> workers, int part, int parts)"))
        {
            writer.Line("long step = _step;");
            WriteRule(writer, context, inParts: true);
        }

        writer.Line();
    }

    private static void WriteRule(CSharpWriter writer, EmitContext context, bool inParts)
    {
        NetworkPlan plan = context.Plan;
        OptimizerRule rule = OptimizerRule.Of(plan.Graph.Training!.Optimizer);
        Dialect host = context.Host;
        NumericText text = new(context.ScalarDouble, context.TrainerFunctions);
        foreach (HyperParameter setting in rule.Settings)
            writer.Line($"double {setting.Variable} = _{setting.Variable};");
        Pointer memory = TrainerSteps.WritePointers(writer, context, out Pointer parameters);
        WriteClip(writer, context, text, memory);
        writer.Line($"// {rule.Formula}");
        string? shared = rule.Shared?.Invoke(text);
        if (shared is not null)
        {
            writer.Line("// The bias corrections of both moments go into the step size and into ε, the same for all parameters.");
            writer.Line($"double correction = {shared};");
        }

        foreach (PreparedScalar scalar in rule.Scalars)
        {
            string expression = scalar.Expression(text);
            if (shared is not null)
                expression = expression.Replace(shared, "correction");
            writer.Line($"{context.Element} {Local(scalar.Name)} = ({context.Element})({expression});");
        }

        bool divides = rule.Scalars.Any(scalar => scalar.Name == "epsilon");
        bool tellsWeights = rule.Scalars.Any(scalar => scalar.Name == Keep);
        if (tellsWeights)
        {
            WriteCalls(UpdateStretch.Of(plan.Parameters, merge: false));
        }
        else
        {
            writer.Line("// Without penalties weights and biases are treated alike.");
            using (writer.Open(divides && UpdateStretch.Of(plan.Parameters, merge: false).Any(stretch => stretch.Padding is not null) ? "if (L1 == 0 && L2 == 0 && stepEpsilon != 0)" : "if (L1 == 0 && L2 == 0)"))
                WriteCalls(UpdateStretch.Of(plan.Parameters, merge: true));
            using (writer.Open("else"))
                WriteCalls(UpdateStretch.Of(plan.Parameters, merge: false));
        }

        void WriteCalls(IReadOnlyList<UpdateStretch> stretches)
        {
            foreach (UpdateStretch stretch in stretches)
            {
                if (!inParts)
                {
                    WriteCall(stretch, CSharpLiteral.Of(stretch.Start), CSharpLiteral.Of(stretch.Length));
                    continue;
                }

                using (ParallelWriter.OpenBlocks(writer, stretch))
                {
                    writer.Line("if (!(ClipNorm > 0))");
                    writer.Line("    AddShards(workers, at, count);");
                    WriteCall(stretch, "at", "count");
                }
            }
        }

        void WriteCall(UpdateStretch stretch, string start, string length)
        {
            List<string> arguments = [host.Argument(parameters, start), host.Argument(memory, Dialect.Plus(Gn + ".Gradients", start))];
            arguments.AddRange(rule.Slots.Select(slot => host.Argument(memory, Dialect.Plus($"{Gn}.{TrainerWriter.SlotName(slot)}", start))));
            arguments.Add(length);
            arguments.AddRange(rule.Scalars.Select(scalar => scalar.Name == Keep && !stretch.Decays ? "1" : Local(scalar.Name)));
            arguments.AddRange(stretch.Decays ? ["clip", "L1", "L2"] : ["clip", "0", "0"]);
            writer.Line($"{Gn}.UpdateSome({string.Join(", ", arguments)}); // {stretch.Name}");
            if (divides)
                WriteClearPadding(writer, context, stretch, parameters, start, length);
        }
    }

    private static void WriteClip(CSharpWriter writer, EmitContext context, NumericText text, Pointer memory)
    {
        Dialect host = context.Host;
        writer.Line($"{context.Element} clip = 1;");
        using (writer.Open("if (ClipNorm > 0)"))
        {
            string norm = Gn + "." + (context.IsSimd ? context.Use.Unit("SquaredNorm") : context.Kernels.Require(new SquaredNormKernel("SquaredNorm", "Σ g².")));
            string sum = string.Join(" + ", UpdateStretch.Of(context.Plan.Parameters, merge: true).Select(stretch =>
                $"{norm}({host.Argument(memory, Dialect.Plus(Gn + ".Gradients", CSharpLiteral.Of(stretch.Start)))}, {CSharpLiteral.Of(stretch.Length)})"));
            writer.Line($"double norm = {text.Sqrt(sum)};");
            writer.Line("// PyTorch's clip_grad_norm_: a norm that is not too large leaves the gradients alone.");
            writer.Line("double shrink = ClipNorm / (norm + 1e-6);");
            writer.Line("if (!(shrink >= 1))");
            writer.Line($"    clip = ({context.Element})shrink;");
        }
    }

    /// <summary>Where ε is 0, PyTorch's 0 / 0 of a parameter without a gradient is its own; that of the padding must not reach the others.</summary>
    private static void WriteClearPadding(CSharpWriter writer, EmitContext context, UpdateStretch stretch, Pointer parameters, string start, string length)
    {
        if (stretch.Padding is not { } padding)
            return;
        string clear = Gn + "." + (context.IsSimd
            ? context.Use.Unit(RowUnits.ClearPadding)
            : context.Kernels.Require(new ClearPaddingKernel("ClearPadding", "Sets what lies behind the last output of each row to zero, in some parameters from one on.")));
        string first = start == CSharpLiteral.Of(stretch.Start) ? "0" : $"{start} - {CSharpLiteral.Of(stretch.Start)}";
        writer.Line("if (stepEpsilon == 0)");
        writer.Line($"    {clear}({context.Host.Argument(parameters, start)}, {first}, {length}, {CSharpLiteral.Of(padding.Panel)}, {CSharpLiteral.Of(padding.Inputs)}, {CSharpLiteral.Of(padding.Outputs)});");
    }

    /// <summary>What one step shares: "stepRate", apart from the setting "learningRate" that it is made of.</summary>
    private static string Local(string scalar) => "step" + char.ToUpperInvariant(scalar[0]) + scalar.Substring(1);
}
