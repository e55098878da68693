using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary><c>Update</c>: clipping, penalties, and the optimizer's rule over stretches of the flat array, all of it or the share of a thread.</summary>
internal static class UpdateWriter
{
    private const string Gn = EmitContext.Inner;

    /// <summary>The scalar that shrinks weights but not biases.</summary>
    private const string Keep = "keep";

    public static void Write(CSharpWriter writer, EmitContext context)
    {
        writer.Line("/// <summary>One optimizer step from the gradients: clips their common norm, adds the penalties to those of weights, applies the rule.</summary>");
        writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">There are no gradients.</exception>");
        using (writer.Open("public void Update()"))
        {
            writer.Line($"{CheckWriter.Name(context)}.Gradients(_hasGradients);");
            writer.Line(CheckWriter.Enter(context));
            WriteCall(writer, context);
            writer.Line(TrainerSteps.Leave);
        }

        writer.Line();
        WriteBlocks(writer, context);
    }

    /// <summary>Counts a step and makes it.</summary>
    public static void WriteCall(CSharpWriter writer, EmitContext context)
    {
        writer.Line("_step++;");
        writer.Line($"UpdateBlocks({(context.HasInterfaces ? "default" : string.Empty)});");
        WriteMove(writer, context);
    }

    /// <summary>Moves the averages that normalize outside training.</summary>
    public static void WriteMove(CSharpWriter writer, EmitContext context)
    {
        if (!context.HasBatchNorm)
            return;
        writer.Line("MoveAverages();");
    }

    /// <summary>Moves the averages.</summary>
    public static void WriteMovePrivate(CSharpWriter writer, EmitContext context)
    {
        if (!context.HasBatchNorm)
            return;
        using (writer.Open("private void MoveAverages()"))
        {
            Pointer memory = TrainerSteps.WritePointers(writer, context, out Pointer parameters);
            writer.Line($"{Gn}.MoveAverages({context.Host.Argument(parameters)}, {context.Host.Argument(memory, Gn + ".Activations")});");
        }

        writer.Line();
    }

    /// <summary>What a step shares, then each stretch that is treated alike.</summary>
    private static void WriteBlocks(CSharpWriter writer, EmitContext context)
    {
        NetworkPlan plan = context.Plan;
        OptimizerRule rule = OptimizerRule.Of(plan.Graph.Training!.Optimizer);
        NumericText text = new(context.ScalarDouble, context.TrainerFunctions);
        string? shared = rule.Shared?.Invoke(text);
        List<(string Name, string Expression)> scalars = [.. rule.Scalars.Select(scalar => (scalar.Name, scalar.Expression(text)))];
        using (writer.Open($"private void UpdateBlocks({(context.HasInterfaces ? $"in {ParallelWriter.Share(context)} share" : string.Empty)})"))
        {
            if (scalars.Select(scalar => scalar.Expression).Append(shared ?? string.Empty).Any(expression => Regex.IsMatch(expression, @"\bstep\b")))
                writer.Line("long step = _step;");
            foreach (HyperParameter setting in rule.Settings)
                writer.Line($"double {setting.Variable} = _{setting.Variable};");
            WriteClip(writer, context, text);
            writer.Line($"// {rule.Formula}");
            if (shared is not null)
            {
                writer.Line("// The bias corrections of both moments go into the step size and into ε, the same for all parameters.");
                writer.Line($"double correction = {shared};");
            }

            foreach ((string name, string expression) in scalars)
                writer.Line($"{context.Element} {Local(name)} = ({context.Element})({(shared is null ? expression : expression.Replace(shared, "correction"))});");
            if (rule.Scalars.Any(scalar => scalar.Name == Keep))
            {
                WriteStretches(merge: false);
                return;
            }

            writer.Line("// Without penalties weights and biases are treated alike.");
            WriteBranch(ClearsPadding(context) ? "if (L1 == 0 && L2 == 0 && stepEpsilon != 0)" : "if (L1 == 0 && L2 == 0)", merge: true);
            WriteBranch("else", merge: false);
        }

        writer.Line();

        void WriteBranch(string condition, bool merge)
        {
            if (UpdateStretch.Of(plan.Parameters, merge).Count == 1)
            {
                writer.Line(condition);
                writer.Line("    " + Call(UpdateStretch.Of(plan.Parameters, merge)[0], merge));
                return;
            }

            using (writer.Open(condition))
                WriteStretches(merge);
        }

        void WriteStretches(bool merge)
        {
            foreach (UpdateStretch stretch in UpdateStretch.Of(plan.Parameters, merge))
                writer.Line(Call(stretch, merge));
        }

        string Call(UpdateStretch stretch, bool isMerged)
        {
            List<string> arguments = context.HasInterfaces ? ["share"] : [];
            arguments.AddRange([CSharpLiteral.Of(stretch.Start), CSharpLiteral.Of(stretch.Length)]);
            arguments.AddRange(rule.Scalars.Select(scalar => scalar.Name == Keep && !stretch.Decays ? "1" : Local(scalar.Name)));
            arguments.AddRange(stretch.Decays ? ["clip", "L1", "L2"] : ["clip", "0", "0"]);
            if (!isMerged && ClearsPadding(context) && stretch.Padding is { } padding)
                arguments.AddRange([CSharpLiteral.Of(padding.Panel), CSharpLiteral.Of(padding.Inputs), CSharpLiteral.Of(padding.Outputs)]);
            return $"UpdateBlock({string.Join(", ", arguments)}); // {stretch.Name}";
        }
    }

    /// <summary>The method that updates one stretch, or of it what belongs to a thread.</summary>
    public static void WriteBlock(CSharpWriter writer, EmitContext context)
    {
        OptimizerRule rule = OptimizerRule.Of(context.Plan.Graph.Training!.Optimizer);
        Dialect host = context.Host;
        string e = context.Element;
        string scalars = string.Concat(rule.Scalars.Select(scalar => $"{e} {scalar.Name}, "));
        string share = context.HasInterfaces ? $"in {ParallelWriter.Share(context)} share, " : string.Empty;
        string padding = ClearsPadding(context) ? ", int panel = 0, int inputs = 0, int outputs = 0" : string.Empty;
        writer.Line(context.HasInterfaces
            ? "// Neighbouring parameters that are treated alike. Of a step that threads share, those of one, whose gradients are added up on the way."
            : "// Neighbouring parameters that are treated alike.");
        using (writer.Open($"private void UpdateBlock({share}int start, int length, {scalars}{e} clip, {e} l1, {e} l2{padding})"))
        {
            Pointer memory = TrainerSteps.WritePointers(writer, context, out Pointer parameters);
            if (!context.HasInterfaces)
            {
                WriteUpdate("start", "length", "0");
            }
            else
            {
                writer.Line("for (int at = share.Start(start, length), end = share.End(start, length), count; (count = share.Take(at, end)) > 0; at += count)");
                if (!ClearsPadding(context))
                {
                    writer.Line("    " + Update("at", "count"));
                }
                else
                {
                    using (writer.Open())
                        WriteUpdate("at", "count", "at - start");
                }
            }

            string Update(string start, string length)
            {
                List<string> arguments = [host.Argument(parameters, start), host.Argument(memory, Dialect.Plus(Gn + ".Gradients", start))];
                arguments.AddRange(rule.Slots.Select(slot => host.Argument(memory, Dialect.Plus($"{Gn}.{TrainerWriter.SlotName(slot)}", start))));
                arguments.Add(length);
                arguments.AddRange(rule.Scalars.Select(scalar => scalar.Name));
                return $"{Gn}.UpdateSome({string.Join(", ", arguments)}, clip, l1, l2);";
            }

            void WriteUpdate(string start, string length, string first)
            {
                writer.Line(Update(start, length));
                if (!ClearsPadding(context))
                    return;
                string clear = Gn + "." + (context.IsSimd
                    ? context.Use.Unit(RowUnits.ClearPadding)
                    : context.Kernels.Require(new ClearPaddingKernel("ClearPadding", "Sets what lies behind the last output of each row to zero, in some parameters from one on.")));
                writer.Line("// PyTorch's 0 / 0 of a parameter without a gradient is its own; that of the padding must not reach the others.");
                writer.Line("if (panel > 0 && epsilon == 0)");
                writer.Line($"    {clear}({host.Argument(parameters, start)}, {first}, {length}, panel, inputs, outputs);");
            }
        }

        writer.Line();
    }

    /// <summary>Whether there is an ε, which may be 0, and padding.</summary>
    private static bool ClearsPadding(EmitContext context) =>
        OptimizerRule.Of(context.Plan.Graph.Training!.Optimizer).Scalars.Any(scalar => scalar.Name == "epsilon")
        && UpdateStretch.Of(context.Plan.Parameters, merge: false).Any(stretch => stretch.Padding is not null);

    private static void WriteClip(CSharpWriter writer, EmitContext context, NumericText text)
    {
        Dialect host = context.Host;
        writer.Line($"{context.Element} clip = 1;");
        using (writer.Open("if (ClipNorm > 0)"))
        {
            if (context.Plan.Graph.IsReproducible)
            {
                WriteOrderedNorm(writer, context, text);
                return;
            }

            string norm = Gn + "." + (context.IsSimd ? context.Use.Unit("SquaredNorm") : context.Kernels.Require(new SquaredNormKernel("SquaredNorm", "Σ g².")));
            Pointer memory = context.Surface.AtMemory("_memory", isOffset: true);
            string sum = string.Join(" + ", UpdateStretch.Of(context.Plan.Parameters, merge: true).Select(stretch =>
                $"{norm}({host.Argument(memory, Dialect.Plus(Gn + ".Gradients", CSharpLiteral.Of(stretch.Start)))}, {CSharpLiteral.Of(stretch.Length)})"));
            WriteShrink(writer, context, text.Sqrt(sum));
        }
    }

    /// <summary>Block by block in the canonical order: how weights lie depends on the profile.</summary>
    private static void WriteOrderedNorm(CSharpWriter writer, EmitContext context, NumericText text)
    {
        Pointer memory = context.Surface.AtMemory("_memory", isOffset: true);
        string norm = Gn + "." + (context.IsSimd ? context.Use.Unit("SquaredNorm") : context.Kernels.Require(new OrderedNormKernel("SquaredNorm", "Σ g² of one block, in the canonical order: element o of a row goes into sum o mod 4.")));
        writer.Line("double squares = 0;");
        foreach (BlockPlace place in context.Plan.Parameters.Places.Where(place => place.Block.IsTrained))
        {
            (int step, int panel, int panelLength, int inputs, int outputs) = place.Packing is { } weights
                ? (weights.Panel, weights.Panel, weights.Inputs * weights.Panel, weights.Inputs, weights.Outputs)
                : (0, place.Block.Shape.Count, 0, 1, place.Block.Shape.Count);
            string arguments = string.Join(", ", new[] { step, panel, panelLength, inputs, outputs }.Select(CSharpLiteral.Of));
            writer.Line($"squares += {norm}({context.Host.Argument(memory, Dialect.Plus(Gn + ".Gradients", CSharpLiteral.Of(place.Offset)))}, {arguments}); // {place.Block.Layer}");
        }

        WriteShrink(writer, context, text.Sqrt("squares"));
    }

    private static void WriteShrink(CSharpWriter writer, EmitContext context, string norm)
    {
        writer.Line($"double norm = {norm};");
        writer.Line("// PyTorch's clip_grad_norm_: a norm that is not too large leaves the gradients alone.");
        writer.Line("double shrink = ClipNorm / (norm + 1e-6);");
        writer.Line("if (!(shrink >= 1))");
        writer.Line($"    clip = ({context.Element})shrink;");
    }

    /// <summary>What one step shares: "stepRate", apart from the setting "learningRate" that it is made of.</summary>
    private static string Local(string scalar) => "step" + char.ToUpperInvariant(scalar[0]) + scalar.Substring(1);
}
