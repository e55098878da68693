using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>Sequences that end before their window does: steps beyond give no loss and hold the state.</summary>
internal static class LengthMembers
{
    private const string Throws = "/// <exception cref=\"global::System.ArgumentException\">A length does not fit, or is none of its window. Nothing has been written.</exception>";

    /// <summary>A pass's parameter for the lengths of its rows, where the network has such.</summary>
    public static string Parameter(EmitContext context) => context.HasLengths ? ", " + LengthText.Parameter(context.Surface.Profile) : string.Empty;

    /// <summary>The argument for the rows of a chunk.</summary>
    public static string OfChunk(EmitContext context) => context.HasLengths ? ", " + LengthText.Argument(context.Surface.Profile, "lengths", "first") : string.Empty;

    /// <summary>The argument where every sequence fills its window, with the factor of losses over steps.</summary>
    public static string None(EmitContext context, bool hasScale = true) => !context.HasLengths ? string.Empty : $", {LengthText.None(context.Surface.Profile)}{(hasScale ? ", 1" : string.Empty)}";

    /// <summary>The same for a member of the trainer.</summary>
    public static string NoLengths(EmitContext context) => !context.HasLengths ? string.Empty : context.Surface.IsBasic ? ", null" : ", default";

    /// <summary>Whether a loss is one over steps, so that some of them may not count.</summary>
    public static bool HasSteps(EmitContext context, LossGradient loss) =>
        context.HasLengths && loss.Value.Shape.Dimensions.Count > 1 && loss.Value.Shape.Dimensions[0] == context.Plan.Graph.LengthSteps;

    /// <summary>Declares what lengths mean in a call of the trainer; returns the arguments.</summary>
    public static string WriteStart(CSharpWriter writer, EmitContext context)
    {
        if (!context.HasLengths)
            return string.Empty;
        writer.Line($"double stepScale = {Scale(context)};");
        return $", {Start(context)}, stepScale";
    }

    /// <summary><c>ForwardLengths</c>.</summary>
    public static void WriteNetwork(CSharpWriter writer, EmitContext context)
    {
        if (!context.HasLengths)
            return;
        Surface surface = context.Surface;
        Dialect host = context.Host;
        string scratch = surface.IsBasic ? $", {EmitContext.Field}.Scratch, 0" : string.Empty;
        writer.Line("/// <summary>As Forward, of sequences that may end before their windows do: from there on they hold their states.</summary>");
        writer.Line("/// <param name=\"inputs\">n·<see cref=\"InputSize\"/> elements.</param>");
        writer.Line("/// <param name=\"outputs\">Receives n·<see cref=\"OutputSize\"/> elements.</param>");
        writer.Line($"/// <param name=\"lengths\">The steps of each sequence, from 1 to {CSharpLiteral.Of(context.Plan.Graph.LengthSteps)}.</param>");
        writer.Line(Throws);
        using (writer.Open($"{NetworkMembers.Attribute(context)}public {context.Static}void ForwardLengths({surface.In("inputs")}, {surface.Out("outputs")}, {surface.In("lengths", "int")})"))
        {
            writer.Line($"int samples = {CheckWriter.Samples(context)};");
            writer.Line(CheckLengths(context));
            IdMembers.WriteCheck(writer, context);
            writer.Line(CheckWriter.NoOverlap(context, "outputs", "inputs"));
            writer.Line($"{EmitContext.Inner}.ForwardBatch({host.Argument(surface.AtMemory(context.Parameters()))}, {host.Argument(surface.At("inputs"))}, {host.Argument(surface.At("outputs"))}{scratch}, samples, {Start(context)});");
        }

        writer.Line();
        if (context.ImplementsNetwork)
        {
            writer.Line($"int {CheckWriter.Runtime}ISequenceNetwork<{context.Element}>.Steps => {CSharpLiteral.Of(context.Plan.Graph.LengthSteps)};");
            writer.Line();
        }
    }

    /// <summary><c>StepLengths</c>, <c>BackwardLengths</c> and <c>LossLengths</c>.</summary>
    public static void WriteTrainer(CSharpWriter writer, EmitContext context)
    {
        if (!context.HasLengths)
            return;
        Surface surface = context.Surface;
        Write("The loss of sequences that may end before their windows do, dropout off. Gradients stay as they are.", "The loss.", "LossLengths",
            () => TrainerBodies.WriteLoss(writer, context, null, WriteStart(writer, context)));
        Write("Computes the gradients of sequences that may end before their windows do, in place of earlier ones, dropout on.", "The training loss.", "BackwardLengths",
            () => TrainerBodies.WriteBackward(writer, context, null, ", lengths"));
        Write("BackwardLengths and Update in one; the gradients are not kept.", "The training loss before the update.", "StepLengths",
            () => TrainerBodies.WriteStep(writer, context, null, ", lengths"));

        void Write(string summary, string returns, string name, System.Action body)
        {
            writer.Line($"/// <summary>{summary}</summary>");
            writer.Line($"/// <remarks>Steps beyond a sequence's length give no loss{(context.Plan.Graph.Training!.Reduction == Reduction.Mean ? ", and a mean over steps is one over those that count" : string.Empty)}.</remarks>");
            writer.Line($"/// <param name=\"lengths\">The steps of each sequence, from 1 to {CSharpLiteral.Of(context.Plan.Graph.LengthSteps)}.</param>");
            writer.Line($"/// <returns>{returns}</returns>");
            writer.Line(Throws);
            using (writer.Open($"public {context.Element} {name}({surface.In("inputs")}, {surface.In("targets")}, {surface.In("lengths", "int")})"))
            {
                writer.Line($"int samples = {CheckWriter.Batch(context, "targets")};");
                writer.Line(CheckLengths(context));
                IdMembers.WriteCheck(writer, context);
                writer.Line(CheckWriter.Enter(context));
                body();
            }

            writer.Line();
        }
    }

    private static string CheckLengths(EmitContext context) => $"{CheckWriter.Name(context)}.Lengths(lengths, samples, {CSharpLiteral.Of(context.Plan.Graph.LengthSteps)});";

    private static string Start(EmitContext context) => context.Surface.Profile switch
    {
        EmitProfile.Simd => "ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(lengths)",
        EmitProfile.Scalar => "lengths",
        _ => "lengths, 0",
    };

    /// <summary>What a mean over all steps of the batch is multiplied by to be one over those that count.</summary>
    private static string Scale(EmitContext context) =>
        context.Plan.Graph.Training!.Reduction == Reduction.Sum || !context.Plan.Training!.Losses.Any(loss => HasSteps(context, loss) && IsMean(context, loss)) ? "1"
        : $"{CheckWriter.Name(context)}.StepScale(lengths, samples, {CSharpLiteral.Of(context.Plan.Graph.LengthSteps)})";

    private static bool IsMean(EmitContext context, LossGradient loss) => loss.Loss == Loss.CrossEntropy || Functions.LossFunction.Of(loss.Loss).IsMean;
}
