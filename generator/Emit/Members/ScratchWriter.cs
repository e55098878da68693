using System;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>Where a forward pass keeps its activations: on the stack, per thread where they are too large for it, in the object in <c>Basic</c>.</summary>
internal static class ScratchWriter
{
    /// <summary>Declares the scratch of a chunk as a local called scratch; in <c>Basic</c> the caller passes it.</summary>
    public static Pointer WriteBatchScratch(CSharpWriter writer, EmitContext context)
    {
        int length = Math.Max(1, context.Plan.Inference.ScratchLength);
        if (context.Surface.IsBasic)
            return context.Host.Received("scratch");
        if (!IsPerThread(context))
            return OnStack(writer, context, "Scratch", length);
        return OfThread(writer, context, "ScratchOfThread", length);
    }

    private static Pointer OfThread(CSharpWriter writer, EmitContext context, string field, int length)
    {
        string element = context.Element;
        bool isScalar = context.Surface.Profile == EmitProfile.Scalar;
        string array = $"{field} ?? ({field} = new {element}[{CSharpLiteral.Of(isScalar ? length : length + context.Plan.Layout.Line)}])";
        if (!isScalar)
            context.Use.Unit(Library.MemoryUnits.Aligned);
        writer.Line(isScalar
            ? $"global::System.Span<{element}> scratch = {array};"
            : $"ref {element} scratch = ref Aligned(ref global::System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference({array}));");
        return new Pointer("scratch");
    }

    /// <summary>The same for the one method that computes one sample.</summary>
    public static Pointer WriteSampleScratch(CSharpWriter writer, EmitContext context, SamplePlan plan) => context.Surface.IsBasic
        ? context.Host.Received("scratch")
        : OnStack(writer, context, "SampleScratch", Math.Max(1, plan.ScratchLength));

    /// <summary>The same for a frame of each of some streams.</summary>
    public static Pointer WriteFrameScratch(CSharpWriter writer, EmitContext context, InferencePlan frame)
    {
        if (context.Surface.IsBasic)
            return context.Host.Received("scratch");
        return OfFrames(context, frame) ? OfThread(writer, context, "FrameScratchOfThread", frame.WorkLength) : OnStack(writer, context, "FrameScratch", frame.WorkLength);
    }

    private static bool OfFrames(EmitContext context, InferencePlan frame) => ChunkSize.IsBeyondStack(context.Plan.Graph, context.Plan.Layout, frame);

    /// <summary>The types and fields that the above need.</summary>
    public static void Write(CSharpWriter writer, EmitContext context, bool hasSample)
    {
        string element = context.Element;
        InferencePlan plan = context.Plan.Inference;
        if (IsPerThread(context))
        {
            writer.Line($"// A chunk's activations are too large for the stack: each thread allocates them at its first call, {CSharpLiteral.Of(plan.ScratchLength)} elements.");
            writer.Line("[global::System.ThreadStatic]");
            writer.Line($"private static {element}[]? ScratchOfThread;");
            writer.Line();
        }

        if (context.Plan.Stream is { Frame: var frame } && OfFrames(context, frame))
        {
            writer.Line("[global::System.ThreadStatic]");
            writer.Line($"private static {element}[]? FrameScratchOfThread;");
            writer.Line();
        }

        if (!context.IsSimd)
            return;
        if (context.Plan.Stream is { Frame: var small } && !OfFrames(context, small))
            Inline("FrameScratch", small.WorkLength);
        if (!IsPerThread(context))
            Inline("Scratch", plan.ScratchLength);
        if (hasSample)
            Inline("SampleScratch", plan.Sample!.ScratchLength);

        void Inline(string name, int length)
        {
            writer.Line($"[InlineArray({CSharpLiteral.Of(Math.Max(1, length) + context.Plan.Layout.Line)})]");
            writer.Line($"private struct {name} {{ private {element} _first; }}");
            writer.Line();
        }
    }

    /// <summary>The attribute of a method with scratch on the stack, whose clearing would be up to a third of the time of small networks.</summary>
    public static void WriteNotCleared(CSharpWriter writer, EmitContext context)
    {
        if (context.Surface.IsBasic || !context.Plan.Graph.Model.Options.SkipsLocalsInit)
            return;
        writer.Line("[global::System.Runtime.CompilerServices.SkipLocalsInit] // the scratch is not cleared: every element is written before it is read");
    }

    public static bool IsPerThread(EmitContext context) =>
        ChunkSize.IsBeyondStack(context.Plan.Graph, context.Plan.Layout, context.Plan.Inference);

    private static Pointer OnStack(CSharpWriter writer, EmitContext context, string type, int length)
    {
        string element = context.Element;
        if (context.Surface.Profile == EmitProfile.Scalar)
        {
            writer.Line($"global::System.Span<{element}> scratch = stackalloc {element}[{CSharpLiteral.Of(length)}];");
        }
        else
        {
            context.Use.Unit(Library.MemoryUnits.Aligned);
            writer.Line($"Unsafe.SkipInit(out {type} stack);");
            writer.Line($"ref {element} scratch = ref Aligned(ref Unsafe.As<{type}, {element}>(ref stack));");
        }

        return new Pointer("scratch");
    }
}
