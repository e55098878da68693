using System;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>What lies behind the surface: names, memory, the order in which parameters are told to the outside, and checks of lengths.</summary>
internal static class StorageMembers
{
    public static void Write(CSharpWriter writer, EmitContext context)
    {
        WriteLayout(writer, context);
        WriteStorage(writer, context);
        WriteCanonical(writer, context, toCanonical: true, skipFrozen: false);
        if (!context.IsStatic || EmbeddedWriter.IsNeeded(context))
            WriteCanonical(writer, context, toCanonical: false, skipFrozen: false);
        if (context.Plan.Training is not null && context.Plan.Weights.Any(weights => weights.Frozen))
            WriteCanonical(writer, context, toCanonical: false, skipFrozen: true);
        WriteChecks(writer, context);
    }

    private static void WriteLayout(CSharpWriter writer, EmitContext context)
    {
        if (!context.HasInterfaces)
            return;
        writer.Line("internal static readonly global::GeneratedNetworks.NetworkParameter[] Layout = new global::GeneratedNetworks.NetworkParameter[]");
        writer.Line("{");
        foreach (ParameterBlock parameter in context.Plan.Graph.Parameters)
        {
            string shape = string.Join(", ", parameter.Shape.Dimensions.Select(CSharpLiteral.Of));
            writer.Line($"    new global::GeneratedNetworks.NetworkParameter(\"{parameter.Name}\", {CSharpLiteral.Of(parameter.Offset)}, {shape}),");
        }

        writer.Line("};");
        writer.Line();
        writer.Line("// The layers in short: what a tool can read from the assembly without running it.");
        writer.Line($"internal const string Layers = {CSharpLiteral.Of(LayerText.Of(context.Plan.Graph.Model))};");
        writer.Line();
    }

    private static void WriteStorage(CSharpWriter writer, EmitContext context)
    {
        string length = CSharpLiteral.Of(context.Plan.ParameterLength);
        if (context.Surface.IsBasic)
        {
            int scratch = Math.Max(1, Math.Max(context.Plan.Inference.ScratchLength, context.Plan.Inference.Sample?.ScratchLength ?? 0));
            using (writer.Open("internal sealed class Storage"))
            {
                writer.Line($"internal readonly {context.Element}[] Parameters = new {context.Element}[{length}];");
                writer.Line($"internal readonly {context.Element}[] Scratch = new {context.Element}[{CSharpLiteral.Of(scratch)}];");
            }

            writer.Line();
        }

        if (EmbeddedWriter.IsNeeded(context))
            EmbeddedWriter.WriteLoad(writer, context);
        if (!context.IsStatic)
            return;

        // A static class has no constructor to run: its memory is filled where the field is initialised.
        string type = context.Surface.IsBasic ? "Storage" : context.Surface.MemoryType;
        using (writer.Open($"internal static {type} Load()"))
        {
            writer.Line($"{type} memory = {(context.Surface.IsBasic ? "new Storage()" : context.Surface.NewMemory(length))};");
            if (context.IsSimd)
                context.Use.Unit(MemoryUnits.Memory);
            if (EmbeddedWriter.IsNeeded(context))
                writer.Line($"LoadEmbedded(memory{(context.Surface.IsBasic ? ".Parameters" : string.Empty)});");
            writer.Line("return memory;");
        }

        writer.Line();
    }

    private static void WriteCanonical(CSharpWriter writer, EmitContext context, bool toCanonical, bool skipFrozen)
    {
        Dialect host = context.Host;
        string name = (toCanonical ? "GetCanonical" : "SetCanonical") + (skipFrozen ? "Unfrozen" : string.Empty);
        using (writer.Open($"internal static void {name}({host.Parameter("packed", !toCanonical)}, {host.Parameter("canonical", toCanonical)})"))
        {
            if (!context.IsSimd)
            {
                CanonicalOrderKernel kernel = new(name, toCanonical ? "From packed panels to canonical order." : "From canonical order to packed panels.", context.Plan.Weights, toCanonical, skipFrozen);
                writer.Line($"{context.Kernels.Require(kernel)}({host.Argument(host.Received("packed"))}, {host.Argument(host.Received("canonical"))});");
            }
            else
            {
                WriteSharedCanonical(writer, context, toCanonical, skipFrozen);
            }
        }

        writer.Line();
    }

    private static void WriteSharedCanonical(CSharpWriter writer, EmitContext context, bool toCanonical, bool skipFrozen)
    {
        string copy = context.Plan.Weights.Count == 0 ? string.Empty : context.Use.Unit(toCanonical ? RowUnits.ToCanonical : RowUnits.FromCanonical);
        foreach (DenseWeights weights in context.Plan.Weights.Where(weights => !(skipFrozen && weights.Frozen)))
        {
            ParameterBlock block = context.Plan.Graph.Parameters.First(parameter => parameter.Layer == weights.Layer && parameter.IsWeight);
            string order = weights.IsByOutput
                ? $"step: 1, panel: 1, panelLength: {CSharpLiteral.Of(weights.InputStride)}"
                : $"step: {CSharpLiteral.Of(weights.Panel)}, panel: {CSharpLiteral.Of(weights.Panel)}, panelLength: {CSharpLiteral.Of(weights.Inputs * weights.Panel)}";
            writer.Line($"{copy}({At("packed", weights.Offset)}, {order}, inputs: {CSharpLiteral.Of(weights.Inputs)}, outputs: {CSharpLiteral.Of(weights.Outputs)}, {At("canonical", block.Offset)}); // {weights.Layer}");
            if (weights.HasBias)
            {
                int bias = block.Offset + block.Shape.Count;
                writer.Line($"{copy}({At("packed", weights.BiasOffset)}, step: 0, panel: {CSharpLiteral.Of(weights.Outputs)}, panelLength: 0, inputs: 1, outputs: {CSharpLiteral.Of(weights.Outputs)}, {At("canonical", bias)});");
            }
        }

        static string At(string pointer, int offset) => offset == 0 ? "ref " + pointer : $"ref Unsafe.Add(ref {pointer}, {CSharpLiteral.Of(offset)})";
    }

    private static void WriteChecks(CSharpWriter writer, EmitContext context)
    {
        writer.Line("// How many samples a call of Forward has.");
        using (writer.Open("internal static int SamplesOf(int inputs, int outputs)"))
        {
            writer.Line("int samples = inputs / InputSize;");
            writer.Line("if (samples * InputSize != inputs)");
            writer.Line("    ThrowLength(\"inputs\", \"a multiple of \" + InputSize, inputs);");
            writer.Line("CheckLength(\"outputs\", samples * (long)OutputSize, outputs);");
            writer.Line("return samples;");
        }

        writer.Line();
        if (context.Plan.Training is not null)
        {
            writer.Line("// The same of a trainer, which needs one at least.");
            using (writer.Open("internal static int CheckBatch(int inputs, int outputs, string parameter)"))
            {
                writer.Line("int samples = inputs / InputSize;");
                writer.Line("if (samples == 0 || samples * InputSize != inputs)");
                writer.Line("    ThrowLength(\"inputs\", \"a positive multiple of \" + InputSize, inputs);");
                writer.Line("CheckLength(parameter, samples * (long)OutputSize, outputs);");
                writer.Line("return samples;");
            }

            writer.Line();
        }

        using (writer.Open("internal static void CheckLength(string parameter, long expected, int actual)"))
        {
            writer.Line("if (actual != expected)");
            writer.Line("    ThrowLength(parameter, \"\" + expected, actual);");
        }

        writer.Line();
        writer.Line("// Apart from the checks, so that they stay small enough to be inlined.");
        using (writer.Open("internal static void ThrowLength(string parameter, string expected, int actual)"))
            writer.Line("throw new global::System.ArgumentException(\"Expected \" + expected + \" elements, got \" + actual + \".\", parameter);");
        writer.Line();
    }
}
