using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary><c>Forward</c>: checks lengths, finds scratch, and runs the inference pass chunk by chunk.</summary>
internal static class ForwardWriter
{
    public static void Write(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        Dialect host = context.Kernels.Host;
        InferencePlan plan = context.Plan.Inference;
        writer.Line("/// <summary>Runs any number of samples through the network.</summary>");
        writer.Line("/// <param name=\"inputs\">n·<see cref=\"InputSize\"/> elements, sample after sample. With none, nothing happens.</param>");
        writer.Line("/// <param name=\"outputs\">Receives n·<see cref=\"OutputSize\"/> elements; may not overlap the inputs.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit. Nothing has been written.</exception>");
        NetworkMembers.Attribute(writer, context);
        using (writer.Open($"public void Forward({surface.In("inputs")}, {surface.Out("outputs")})"))
        {
            writer.Line("int samples = inputs.Length / InputSize;");
            writer.Line("if (samples * InputSize != inputs.Length)");
            writer.Line("    throw new global::System.ArgumentException(\"Expected a multiple of \" + InputSize + \" elements, got \" + inputs.Length + \".\", \"inputs\");");
            writer.Line("if (outputs.Length != samples * (long)OutputSize)");
            writer.Line("    throw new global::System.ArgumentException(\"Expected \" + samples * (long)OutputSize + \" elements, got \" + outputs.Length + \".\", \"outputs\");");
            writer.Line("if (samples == 0)");
            writer.Line("    return;");
            WriteScratch(writer, context, plan);
            Pointer parameters = surface.StartOfArray(writer, "parameters", "_parameters", "_origin");
            Pointer x = surface.Start(writer, "x", "inputs");
            Pointer y = surface.Start(writer, "y", "outputs");
            Pointer scratch = surface.IsBasic ? new Pointer("_scratch", "0") : new Pointer("scratch");
            string rows = CSharpLiteral.Of(plan.ChunkRows);
            using (writer.Open($"for (int first = 0; first < samples; first += {rows})"))
            {
                writer.Line($"int rows = samples - first < {rows} ? samples - first : {rows};");
                writer.Line($"ForwardChunk({host.Argument(parameters)}, {host.Argument(x, "first * InputSize")}, "
                    + $"{host.Argument(y, "first * OutputSize")}, {host.Argument(scratch)}, rows);");
            }
        }

        writer.Line();
        writer.Line("// The layers in order, for a chunk of samples.");
        using (writer.Open($"private static void ForwardChunk({host.Parameter("parameters", false)}, {host.Parameter("x", false)}, "
            + $"{host.Parameter("y", true)}, {host.Parameter("scratch", true)}, int rows)"))
        {
            PassWriter pass = new(context.Kernels, context.Plan.Layout, plan.Memory, plan.ChunkRows, context.DropoutLayers);
            foreach (KernelCall call in plan.Calls)
                pass.Write(writer, call);
        }

        writer.Line();
        if (surface.Profile == EmitProfile.Simd)
            WriteAllocation(writer, context, plan);
        else if (NeedsPerThreadScratch(context))
            WritePerThreadScratch(writer, context, plan);
    }

    private static bool NeedsPerThreadScratch(EmitContext context) =>
        ChunkSize.IsBeyondStack(context.Plan.Graph, context.Plan.Layout, context.Plan.Inference);

    private static void WriteScratch(CSharpWriter writer, EmitContext context, InferencePlan plan)
    {
        if (context.Surface.IsBasic)
            return;
        string element = context.Element;
        string length = CSharpLiteral.Of(plan.ScratchLength);
        bool perThread = NeedsPerThreadScratch(context);
        if (context.Surface.Profile == EmitProfile.Scalar)
        {
            writer.Line(perThread
                ? $"global::System.Span<{element}> scratch = Scratch.OfThread ?? (Scratch.OfThread = new {element}[{length}]);"
                : $"global::System.Span<{element}> scratch = stackalloc {element}[{CSharpLiteral.Of(System.Math.Max(1, plan.ScratchLength))}];");
            return;
        }

        if (perThread)
        {
            writer.Line($"ref {element} scratch = ref global::System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference("
                + $"Scratch.OfThread ??= new {element}[{length}]);");
            return;
        }

        writer.Line("Unsafe.SkipInit(out Scratch stack);");
        writer.Line($"ref {element} scratch = ref Unsafe.As<Scratch, {element}>(ref stack);");
    }

    private static void WriteAllocation(CSharpWriter writer, EmitContext context, InferencePlan plan)
    {
        string element = context.Element;
        if (NeedsPerThreadScratch(context))
        {
            WritePerThreadScratch(writer, context, plan);
        }
        else
        {
            writer.Line("// A chunk's activations, on the stack and not cleared: every element is written before it is read.");
            writer.Line($"[global::System.Runtime.CompilerServices.InlineArray({CSharpLiteral.Of(System.Math.Max(1, plan.ScratchLength))})]");
            using (writer.Open("private struct Scratch"))
                writer.Line($"private {element} _first;");
            writer.Line();
        }

        string line = CSharpLiteral.Of(context.Plan.Layout.Line);
        writer.Line("// A pinned array with room to start on a cache line.");
        writer.Line($"private static {element}[] Allocate(int length) => global::System.GC.AllocateArray<{element}>(length + {line}, pinned: true);");
        writer.Line();
        writer.Line("// The first element of such an array that starts a cache line.");
        using (writer.Open($"private static int Origin({element}[] array)"))
        {
            writer.Line("long address = (long)global::System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);");
            writer.Line($"return (int)(((64 - (address & 63)) & 63) / {CSharpLiteral.Of(context.Plan.Layout.ElementBytes)});");
        }

        writer.Line();
    }

    private static void WritePerThreadScratch(CSharpWriter writer, EmitContext context, InferencePlan plan)
    {
        writer.Line($"// A chunk's activations are too large for the stack: each thread allocates them at its first call, {CSharpLiteral.Of(plan.ScratchLength)} elements.");
        using (writer.Open("private static class Scratch"))
        {
            writer.Line("[global::System.ThreadStatic]");
            writer.Line($"internal static {context.Element}[]? OfThread;");
        }

        writer.Line();
    }
}
