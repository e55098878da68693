using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>The nested <c>Trainer</c>: its memory, its settings, and the public members in the contract's order.</summary>
internal static class TrainerWriter
{
    /// <summary>What is to be read: constructor, settings, and the members that train.</summary>
    public static void Write(CSharpWriter writer, EmitContext context)
    {
        string implements = !context.HasInterfaces ? string.Empty : context.HasBatchNorm ? $" : global::GeneratedNetworks.ITrainer<{context.Element}>, {CheckWriter.Runtime}IBatchTrainer" : " : " + ParallelWriter.Interface(context.Element);
        if (context.HasInterfaces)
            implements += (context.Streams ? $", {CheckWriter.Runtime}IStreamTrainer<{context.Element}>" : string.Empty) + (context.HasLengths ? $", {CheckWriter.Runtime}ISequenceTrainer<{context.Element}>" : string.Empty);
        writer.Line("/// <summary>Trains the network. Owns all the memory that training needs; for one thread at a time, and throws where it sees two.</summary>");
        using (writer.Open($"{NetworkMembers.Attribute(context)}public sealed partial class Trainer{implements}"))
        {
            WriteConstructor(writer, context);
            TrainerSteps.Write(writer, context);
            WriteSettings(writer, context);
            if (context.HasInterfaces)
                PlainWriter.WriteCheck(writer, context);
            TrainerState.Write(writer, context);
        }

        writer.Line();
    }

    /// <summary>What is not: fields, state as bytes, and the share of a thread.</summary>
    public static void WritePrivate(CSharpWriter writer, EmitContext context)
    {
        using (writer.Open($"partial class Trainer{(context.HasInterfaces && !context.HasBatchNorm ? " : " + ParallelWriter.WorkerInterface(context) : string.Empty)}"))
        {
            WriteFields(writer, context);
            TrainerSteps.WritePrivate(writer, context);
            UpdateWriter.WriteBlock(writer, context);
            UpdateWriter.WriteMovePrivate(writer, context);
            TrainerState.WritePrivate(writer, context);
            if (context.HasInterfaces)
            {
                WriteInterface(writer, context);
                if (!context.HasBatchNorm)
                    ParallelWriter.Write(writer, context);
            }

            context.TrainerFunctions.Emit(writer);
        }

        writer.Line();
    }

    /// <summary>Constants of the trainer's one array, in the Simd profile each block starts on a cache line.</summary>
    public static void WritePlaces(CSharpWriter writer, EmitContext context)
    {
        if (context.TrainerMemory is not { } memory)
            return;
        OptimizerRule rule = OptimizerRule.Of(context.Plan.Graph.Training!.Optimizer);
        writer.Line("// A trainer's memory, block by block.");
        List<(string, int)> blocks = [("Gradients", memory.Gradients), .. rule.Slots.Select((slot, index) => (SlotName(slot), memory.Slot(index)))];
        if (memory.TransposedLength > 0)
            blocks.Add(("Transposed", memory.Transposed));
        blocks.Add(("Activations", memory.Scratch));
        writer.Line("internal " + Places.Declaration(blocks));
        writer.Line();
    }

    /// <summary>What generic code asks a trainer, apart from the members that the class offers under the same names.</summary>
    private static void WriteInterface(CSharpWriter writer, EmitContext context)
    {
        string trainer = $"global::GeneratedNetworks.ITrainer<{context.Element}>";
        writer.Line($"global::GeneratedNetworks.INetwork<{context.Element}> {trainer}.Network => _network;");
        writer.Line($"global::GeneratedNetworks.Loss? {trainer}.LossKind => {(context.Plan.Graph.Outputs.Count == 1 ? $"global::GeneratedNetworks.Loss.{context.Plan.Graph.Outputs[0].Loss}" : "null")};");
        if (context.HasBatchNorm)
            writer.Line($"int {CheckWriter.Runtime}IBatchTrainer.LeastBatch => {(context.Plan.Graph.BatchNorms.Any(node => node.Input.Shape.Rows == 1) ? "2" : "1")};");
        writer.Line($"global::GeneratedNetworks.Reduction {trainer}.Reduction => global::GeneratedNetworks.Reduction.{context.Plan.Graph.Training!.Reduction};");
        writer.Line();
    }

    private static void WriteFields(CSharpWriter writer, EmitContext context)
    {
        writer.Line($"private readonly {context.TypeName} _network;");
        string length = CSharpLiteral.Of(context.TrainerMemory!.Length);
        writer.Line(context.IsSimd
            ? $"private readonly {EmitContext.Inner}.{context.Use.Unit(Library.MemoryUnits.Memory)} _memory = new {EmitContext.Inner}.Memory({length});"
            : $"private readonly {context.Element}[] _memory = new {context.Element}[{length}];");
        writer.Line("private ulong _seed;");
        writer.Line("private long _step;");
        writer.Line("private bool _hasGradients;");
        writer.Line("private bool _isBusy;");
        foreach (Setting setting in Settings(context))
            writer.Line(setting.Default == 0 ? $"private {setting.Type} {setting.Field};" : $"private {setting.Type} {setting.Field} = {CSharpLiteral.Of(setting.Default).TrimEnd('d')};");
        writer.Line();
    }

    /// <summary>The constant that says where a slot starts: "m" is the first moment, "v" the second.</summary>
    public static string SlotName(string slot) => slot == "m" ? "FirstMoments" : "SecondMoments";

    private static void WriteConstructor(CSharpWriter writer, EmitContext context)
    {
        writer.Line("/// <summary>Zero optimizer state, step 0. Touches no parameter.</summary>");
        writer.Line("/// <param name=\"network\">The network to train.</param>");
        writer.Line("/// <param name=\"seed\">Decides the dropout masks.</param>");
        using (writer.Open($"public Trainer({context.TypeName} network, ulong seed = 0)"))
        {
            writer.Line("_network = network ?? throw new global::System.ArgumentNullException(\"network\");");
            writer.Line("_seed = seed;");
        }

        writer.Line();
    }

    /// <summary>A setting of the trainer, penalties and clipping included.</summary>
    private sealed record Setting(string Name, string Field, string Type, double Default, string Summary, bool IsShare);

    /// <summary>Those of the rule are kept in double: 1 - 0.999f is off by 1e-5.</summary>
    private static IEnumerable<Setting> Settings(EmitContext context)
    {
        OptimizerRule rule = OptimizerRule.Of(context.Plan.Graph.Training!.Optimizer);
        foreach (HyperParameter setting in rule.Settings)
            yield return new(setting.Name, "_" + setting.Variable, "double", setting.Default, SummaryOf(setting.Name), IsShare(setting));
        yield return new("L1", "_l1", context.Element, 0, "Adds L1·sign(w) to the gradient of every weight; biases are left alone.", false);
        yield return new("L2", "_l2", context.Element, 0, "Adds L2·w to the gradient of every weight; biases are left alone.", false);
        yield return new("ClipNorm", "_clipNorm", context.Element, 0, "The largest norm of all gradients together; 0 means no limit.", false);
    }

    /// <summary>Whether a setting is less than 1.</summary>
    public static bool IsShare(HyperParameter setting) => setting.Name is "Beta1" or "Beta2";

    private static void WriteSettings(CSharpWriter writer, EmitContext context)
    {
        OptimizerRule rule = OptimizerRule.Of(context.Plan.Graph.Training!.Optimizer);
        writer.Line($"// {rule.Optimizer}: {rule.Formula}");
        foreach (Setting setting in Settings(context))
        {
            string cast = setting.Type == context.Element ? string.Empty : $"({context.Element})";
            writer.Line($"/// <summary>{setting.Summary} {CSharpLiteral.Of(setting.Default).TrimEnd('d')} unless set.</summary>");
            writer.Line($"/// <exception cref=\"global::System.ArgumentException\">The value is negative, {(setting.IsShare ? "1 or more" : "infinite")} or not a number.</exception>");
            string check = $"{CheckWriter.Name(context)}.{(setting.IsShare ? "Share" : "Setting")}";
            writer.Line($"public {context.Element} {setting.Name} {{ get {{ return {cast}{setting.Field}; }} set {{ {setting.Field} = {check}(\"{setting.Name}\", value); }} }}");
            writer.Line();
        }
    }

    private static string SummaryOf(string setting) => setting switch
    {
        "LearningRate" => "The step size η.",
        "Momentum" => "The share μ of the previous step that is kept.",
        "Beta1" => "The share β1 of the mean gradient that is kept.",
        "Beta2" => "The share β2 of the mean squared gradient that is kept.",
        "Rho" => "The share ρ of the mean squared gradient that is kept.",
        "Epsilon" => "Added to the root of the mean squared gradient.",
        _ => "The share λ, times η, by which every weight shrinks at each step; biases are left alone.",
    };
}
