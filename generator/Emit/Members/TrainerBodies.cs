using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>
/// What <c>Loss</c>, <c>Backward</c> and <c>Step</c> do once their arguments are checked, for whole windows, for streams and for sequences that end before
/// their windows do.
/// </summary>
internal static class TrainerBodies
{
    /// <param name="writer">Where to.</param>
    /// <param name="context">The network.</param>
    /// <param name="past">The argument for the memories of its rows; null for none.</param>
    /// <param name="lengths">Those for their lengths; null for none.</param>
    public static void WriteLoss(CSharpWriter writer, EmitContext context, string? past = null, string? lengths = null)
    {
        Dialect host = context.Host;
        Surface surface = context.Surface;
        writer.Line($"double loss = {EmitContext.Inner}.{RunMembers.LossCall(context, host.Argument(surface.AtMemory(context.Parameters("_network."))), host.Argument(surface.AtMemory("_memory")), host.Argument(surface.At("inputs")), host.Argument(surface.At("targets")), past, lengths)}");
        writer.Line(TrainerSteps.Leave);
        writer.Line($"return ({context.Element})(loss * ({TrainerSteps.LossScale(context)}));");
    }

    /// <param name="writer">Where to.</param>
    /// <param name="context">The network.</param>
    /// <param name="memories">The argument for the memories of its rows; null for none.</param>
    /// <param name="lengths">That for their lengths; null for none.</param>
    public static void WriteBackward(CSharpWriter writer, EmitContext context, string? memories = null, string? lengths = null) =>
        TrainerSteps.WriteAccumulate(writer, context, Batch(context), "loss", memories, lengths);

    /// <inheritdoc cref="WriteBackward"/>
    public static void WriteStep(CSharpWriter writer, EmitContext context, string? memories = null, string? lengths = null)
    {
        writer.Line($"double total = Accumulate({Batch(context)}{TrainerSteps.Training(context, "true")}{memories ?? StreamMembers.NoMemories(context)}{lengths ?? LengthMembers.NoLengths(context)});");
        UpdateWriter.WriteCall(writer, context);
        writer.Line("_hasGradients = false;");
        writer.Line(TrainerSteps.Leave);
        writer.Line($"return ({context.Element})total;");
    }

    private static string Batch(EmitContext context) => $"inputs, targets, {TrainerSteps.NoInputGradients(context)}samples, fromOutputs: false";
}
