using System;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>Where a forward pass keeps its activations: on the stack, per thread where they are too large for it, in the object in <c>Basic</c>.</summary>
internal static class ScratchWriter
{
    public static Pointer WriteBatchScratch(CSharpWriter writer, EmitContext context)
    {
        int length = Math.Max(1, context.Plan.Inference.ScratchLength);
        if (context.Surface.IsBasic)
            return new Pointer("_scratch", "0");
        if (!IsPerThread(context))
            return OnStack(writer, context, "Scratch", length);
        string element = context.Element;
        string array = $"Scratch.OfThread ?? (Scratch.OfThread = new {element}[{CSharpLiteral.Of(length)}])";
        writer.Line(context.Surface.Profile == EmitProfile.Scalar
            ? $"global::System.Span<{element}> scratch = {array};"
            : $"ref {element} scratch = ref global::System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference({array});");
        return new Pointer("scratch");
    }

    public static Pointer WriteSampleScratch(CSharpWriter writer, EmitContext context, SamplePlan plan) =>
        context.Surface.IsBasic ? new Pointer("_scratch", "0") : OnStack(writer, context, "SampleScratch", Math.Max(1, plan.ScratchLength));

    /// <summary>The types and methods that the above need.</summary>
    public static void Write(CSharpWriter writer, EmitContext context)
    {
        string element = context.Element;
        InferencePlan plan = context.Plan.Inference;
        bool isSimd = context.Surface.Profile == EmitProfile.Simd;
        if (IsPerThread(context))
        {
            writer.Line($"// A chunk's activations are too large for the stack: each thread allocates them at its first call, {CSharpLiteral.Of(plan.ScratchLength)} elements.");
            using (writer.Open("private static class Scratch"))
            {
                writer.Line("[global::System.ThreadStatic]");
                writer.Line($"internal static {element}[]? OfThread;");
            }

            writer.Line();
        }

        if (!isSimd)
            return;
        string line = CSharpLiteral.Of(context.Plan.Layout.Line);
        if (!IsPerThread(context))
            Inline("Scratch", plan.ScratchLength);
        if (plan.Sample is { } sample)
            Inline("SampleScratch", sample.ScratchLength);
        writer.Line("// The first element that starts a cache line.");
        writer.Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]");
        using (writer.Open($"private static ref {element} Aligned(ref {element} start)"))
        {
            writer.Line($"long address = Unsafe.ByteOffset(ref Unsafe.NullRef<{element}>(), ref start);");
            writer.Line("return ref Unsafe.AddByteOffset(ref start, (nint)(-address & 63));");
        }

        writer.Line();
        writer.Line("// A pinned array with room to start on a cache line.");
        writer.Line($"private static {element}[] Allocate(int length) => global::System.GC.AllocateArray<{element}>(length + {line}, pinned: true);");
        writer.Line();
        writer.Line("// The index of the first element of such an array that starts a cache line.");
        using (writer.Open($"private static int Origin({element}[] array)"))
        {
            writer.Line("long address = (long)global::System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);");
            writer.Line($"return (int)(-address & 63) / {CSharpLiteral.Of(context.Plan.Layout.ElementBytes)};");
        }

        writer.Line();

        void Inline(string name, int length)
        {
            writer.Line($"[global::System.Runtime.CompilerServices.InlineArray({CSharpLiteral.Of(Math.Max(1, length) + context.Plan.Layout.Line)})]");
            using (writer.Open($"private struct {name}"))
                writer.Line($"private {element} _first;");
            writer.Line();
        }
    }

    /// <summary>The attribute of a method with scratch on the stack, whose clearing would be up to a third of the time of small networks.</summary>
    public static void WriteNotCleared(CSharpWriter writer, EmitContext context)
    {
        if (context.Surface.IsBasic || !context.Plan.Graph.Model.Options.SkipsLocalsInit)
            return;
        writer.Line("// The scratch is not cleared: every element is written before it is read.");
        writer.Line("[global::System.Runtime.CompilerServices.SkipLocalsInit]");
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
            writer.Line($"Unsafe.SkipInit(out {type} stack);");
            writer.Line($"ref {element} scratch = ref Aligned(ref Unsafe.As<{type}, {element}>(ref stack));");
        }

        return new Pointer("scratch");
    }
}
