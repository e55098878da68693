using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>A network frame by frame, with memories of the caller's, and its training window by window.</summary>
internal static class StreamMembers
{
    /// <summary>The method that runs frames.</summary>
    public const string Run = "ForwardFrames";

    private const string Throws = "/// <exception cref=\"global::System.ArgumentException\">A length does not fit, or what is written overlaps what is read. Nothing has been written.</exception>";

    /// <summary>A pass's parameter for the memories of its rows, where the network has such.</summary>
    public static string Parameter(EmitContext context) => context.Streams ? ", " + context.Host.Parameter("past", true) : string.Empty;

    /// <summary>The argument for a pass that starts from nothing.</summary>
    public static string NoPast(EmitContext context) => !context.Streams ? string.Empty
        : context.IsSimd ? $", ref Unsafe.NullRef<{context.Element}>()"
        : context.Surface.IsBasic ? ", null, 0" : ", default";

    /// <summary>The same for a member of the trainer.</summary>
    public static string NoMemories(EmitContext context) => !context.Streams ? string.Empty : context.Surface.IsBasic ? ", null" : ", default";

    /// <summary>The argument for the rows of a chunk.</summary>
    public static string PastOfChunk(EmitContext context)
    {
        if (!context.Streams)
            return string.Empty;
        string size = "first * MemorySize";
        return context.Surface.Profile switch
        {
            EmitProfile.Simd => $", ref (Unsafe.IsNullRef(ref past) ? ref past : ref Unsafe.Add(ref past, {size}))",
            EmitProfile.Scalar => $", past.IsEmpty ? past : past.Slice({size})",
            _ => $", past, pastAt + {size}",
        };
    }

    /// <summary>Frames of one stream, one after the other, or one frame of each of many.</summary>
    public static void WriteRun(CSharpWriter writer, EmitContext context)
    {
        Dialect host = context.Host;
        string scratchParameter = context.Surface.IsBasic ? ", " + host.Parameter("scratch", true) : string.Empty;
        Planning.InferencePlan frame = context.Plan.Stream!.Frame;
        ScratchWriter.WriteNotCleared(writer, context);
        writer.Line("// Frames of one stream, one after the other, or one frame of each of many.");
        using (writer.Open($"internal static void {Run}({host.Parameter("parameters", false)}, {host.Parameter("x", false)}, {host.Parameter("y", true)}, {host.Parameter("past", true)}{scratchParameter}, int frames, int streams)"))
        {
            Pointer scratch = ScratchWriter.WriteFrameScratch(writer, context, frame);
            string rows = CSharpLiteral.Of(frame.ChunkRows);
            using (writer.Open("for (int first = 0, rows; first < streams; first += rows)"))
            {
                writer.Line($"rows = streams - first < {rows} ? streams - first : {rows};");
                writer.Line("for (int frame = 0; frame < frames; frame++)");
                writer.Line($"    FrameChunk({host.Argument(host.Received("parameters"))}, {host.Argument(host.Received("x"), "(first + frame) * FrameSize")}, {host.Argument(host.Received("y"), "(first + frame) * OutputFrameSize")}, "
                    + $"{host.Argument(host.Received("past"), "first * MemorySize")}, {host.Argument(scratch)}, rows);");
            }
        }
    }

    /// <summary><c>ForwardStream</c> and <c>ForwardStreams</c>.</summary>
    public static void WriteNetwork(CSharpWriter writer, EmitContext context)
    {
        if (!context.Streams)
            return;
        Surface surface = context.Surface;
        writer.Line("/// <summary>Runs the next frames of one stream. Any way of cutting a stream into calls gives the same bits.</summary>");
        writer.Line("/// <param name=\"frames\">n·<see cref=\"FrameSize\"/> elements, frame after frame.</param>");
        writer.Line("/// <param name=\"outputs\">Receives n·<see cref=\"OutputFrameSize\"/> elements.</param>");
        writer.Line("/// <param name=\"memory\"><see cref=\"MemorySize\"/> elements, which are read, and left as they are after the frames; all 0 at the start of a stream.</param>");
        writer.Line(Throws);
        using (writer.Open($"{NetworkMembers.Attribute(context)}public {context.Static}void ForwardStream({surface.In("frames")}, {surface.Out("outputs")}, {surface.Out("memory")})"))
        {
            writer.Line($"int count = {Samples(context)};");
            writer.Line(CheckWriter.Memories(context, "memory", "1"));
            IdMembers.WriteCheck(writer, context, "frames", ofFrames: true);
            WriteOverlaps(writer, context, "memory");
            writer.Line($"{EmitContext.Inner}.{Run}({Arguments(context, "memory")}, count, 1);");
        }

        writer.Line();
        writer.Line("/// <summary>Runs one frame of each of many streams.</summary>");
        writer.Line("/// <param name=\"frames\">n·<see cref=\"FrameSize\"/> elements, one frame of each stream.</param>");
        writer.Line("/// <param name=\"outputs\">Receives n·<see cref=\"OutputFrameSize\"/> elements.</param>");
        writer.Line("/// <param name=\"memories\">n·<see cref=\"MemorySize\"/> elements, one memory for each stream, which are read, and left as they are after the frame.</param>");
        writer.Line(Throws);
        using (writer.Open($"{NetworkMembers.Attribute(context)}public {context.Static}void ForwardStreams({surface.In("frames")}, {surface.Out("outputs")}, {surface.Out("memories")})"))
        {
            writer.Line($"int count = {Samples(context)};");
            writer.Line(CheckWriter.Memories(context, "memories", "count"));
            IdMembers.WriteCheck(writer, context, "frames", ofFrames: true);
            WriteOverlaps(writer, context, "memories");
            writer.Line($"{EmitContext.Inner}.{Run}({Arguments(context, "memories")}, 1, count);");
        }

        writer.Line();
    }

    /// <summary><c>StepStreams</c>, <c>BackwardStreams</c> and <c>LossStreams</c>.</summary>
    public static void WriteTrainer(CSharpWriter writer, EmitContext context)
    {
        if (!context.Streams)
            return;
        Surface surface = context.Surface;
        Dialect host = context.Host;
        Write("The loss of a window of each of many streams, dropout off. Gradients stay as they are.", "The loss.", "LossStreams",
            () => TrainerBodies.WriteLoss(writer, context, ", " + host.Argument(surface.At("memories"))));
        Write("Computes the gradients of a window of each of many streams in place of earlier ones, dropout on. Memories enter as constants: nothing flows back into the window before.", "The training loss.", "BackwardStreams",
            () => TrainerBodies.WriteBackward(writer, context, ", memories"));
        Write("BackwardStreams and Update in one; the gradients are not kept.", "The training loss before the update.", "StepStreams",
            () => TrainerBodies.WriteStep(writer, context, ", memories"));

        if (context.HasInterfaces)
        {
            writer.Line($"int {CheckWriter.Runtime}IStreamTrainer<{context.Element}>.MemorySize => MemorySize;");
            writer.Line();
        }

        void Write(string summary, string returns, string name, System.Action body)
        {
            writer.Line($"/// <summary>{summary}</summary>");
            writer.Line("/// <param name=\"inputs\">n windows.</param>");
            writer.Line("/// <param name=\"targets\">Of as many.</param>");
            writer.Line("/// <param name=\"memories\">n·MemorySize elements: where each window goes on from, left as they are after it, before the update.</param>");
            writer.Line($"/// <returns>{returns}</returns>");
            writer.Line(Throws);
            using (writer.Open($"public {context.Element} {name}({surface.In("inputs")}, {surface.In("targets")}, {surface.Out("memories")})"))
            {
                writer.Line($"int samples = {CheckWriter.Batch(context, "targets")};");
                writer.Line(CheckWriter.Memories(context, "memories", "samples"));
                writer.Line(CheckWriter.NoOverlap(context, "memories", "inputs"));
                IdMembers.WriteCheck(writer, context);
                writer.Line(CheckWriter.NoOverlap(context, "memories", "targets"));
                writer.Line(CheckWriter.Enter(context));
                body();
            }

            writer.Line();
        }
    }

    private static string Samples(EmitContext context) => $"{CheckWriter.Name(context)}.Frames(frames.Length, FrameSize, outputs.Length, OutputFrameSize)";

    private static void WriteOverlaps(CSharpWriter writer, EmitContext context, string memory)
    {
        writer.Line(CheckWriter.NoOverlap(context, "outputs", "frames"));
        writer.Line(CheckWriter.NoOverlap(context, memory, "frames"));
        writer.Line(CheckWriter.NoOverlap(context, "outputs", memory, isWritten: true));
    }

    private static string Arguments(EmitContext context, string memory)
    {
        Dialect host = context.Host;
        Surface surface = context.Surface;
        string scratch = surface.IsBasic ? $", {EmitContext.Field}.Scratch, 0" : string.Empty;
        return $"{host.Argument(surface.AtMemory(context.Parameters()))}, {host.Argument(surface.At("frames"))}, {host.Argument(surface.At("outputs"))}, {host.Argument(surface.At(memory))}{scratch}";
    }
}
