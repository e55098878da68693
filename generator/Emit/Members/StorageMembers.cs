using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>What lies behind the surface: names, memory, and the order in which parameters are told to the outside.</summary>
internal static class StorageMembers
{
    public static void Write(CSharpWriter writer, EmitContext context)
    {
        WriteLayout(writer, context);
        InfoMembers.WriteInner(writer, context);
        WriteStorage(writer, context);
        if (context.IsSimd)
            WriteBothWays(writer, context);
        else
            WriteCanonical(writer, context, toCanonical: true, SkippedBlocks.None);
        if (!context.IsSimd && (!context.IsStatic || (EmbeddedWriter.IsNeeded(context) && !context.Surface.IsBasic)))
            WriteCanonical(writer, context, toCanonical: false, SkippedBlocks.None);
        if (context.Plan.Training is not null)
        {
            if (context.Plan.Graph.Parameters.Any(block => !block.IsTrained))
                WriteCanonical(writer, context, toCanonical: false, SkippedBlocks.Untrained);
            if (context.Plan.Parameters.HasBuffers)
            {
                WriteCanonical(writer, context, toCanonical: true, SkippedBlocks.Untrained);
                WriteCanonical(writer, context, toCanonical: true, SkippedBlocks.Buffers);
                WriteCanonical(writer, context, toCanonical: false, SkippedBlocks.Buffers);
            }
        }

        CheckWriter.Write(writer, context);
        if (!context.HasInterfaces)
            writer.Line();
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
        WriteValues("Inputs", context.Plan.Graph.Inputs.Select(input => (input.Value, input.Offset)));
        WriteValues("Outputs", context.Plan.Graph.Outputs.Select(output => (output.Value with { Name = output.Node.Layer.Name }, output.Offset)));
        if (context.Plan.Stream is { } stream)
            WriteValues("Memories", stream.Parts.Select(part => (new Value(part.Name, part.Shape), part.Offset)));
        writer.Line();

        void WriteValues(string name, IEnumerable<(Value Value, int Offset)> values)
        {
            const string Type = "global::GeneratedNetworks.NetworkValue";
            string list = string.Join(", ", values.Select(value => $"new {Type}(\"{value.Value.Name}\", {CSharpLiteral.Of(value.Offset)}, {string.Join(", ", value.Value.Shape.Dimensions.Select(CSharpLiteral.Of))})"));
            writer.Line($"internal static readonly {Type}[] {name} = new {Type}[] {{ {list} }};");
        }
    }

    private static void WriteStorage(CSharpWriter writer, EmitContext context)
    {
        string length = CSharpLiteral.Of(context.Plan.ParameterLength);
        if (context.Surface.IsBasic)
        {
            using (writer.Open("internal sealed class Storage"))
            {
                string parameters = EmbeddedWriter.IsNeeded(context) ? "Embedded.Parameters()" : $"new {context.Element}[{length}]";
                writer.Line($"internal readonly {context.Element}[] Parameters = {parameters};");
                writer.Line($"internal readonly {context.Element}[] Scratch = new {context.Element}[{CSharpLiteral.Of(Math.Max(context.Plan.Inference.WorkLength, context.Plan.Stream?.Frame.WorkLength ?? 0))}];");
            }

            writer.Line();
            return;
        }

        if (EmbeddedWriter.IsNeeded(context))
            EmbeddedWriter.WriteLoad(writer, context);
        if (!context.IsStatic)
            return;

        // A static class has no constructor to run: its memory is filled where the field is initialized.
        using (writer.Open($"internal static {context.Surface.MemoryType} Load()"))
        {
            writer.Line($"{context.Surface.MemoryType} memory = {context.Surface.NewMemory(length)};");
            if (context.IsSimd)
                context.Use.Unit(MemoryUnits.Memory);
            if (EmbeddedWriter.IsNeeded(context))
                writer.Line("LoadEmbedded(memory);");
            writer.Line("return memory;");
        }

        writer.Line();
    }

    /// <summary>Calls what copies all parameters between the order of the kernels and the canonical one.</summary>
    public static string Canonical(EmitContext context, string packed, string canonical, bool toCanonical) => context.IsSimd
        ? $"Canonical({packed}, {canonical}, back: {(toCanonical ? "false" : "true")});"
        : $"{(toCanonical ? "GetCanonical" : "SetCanonical")}({packed}, {canonical});";

    private static void WriteBothWays(CSharpWriter writer, EmitContext context)
    {
        using (writer.Open($"internal static void Canonical({context.Host.Parameter("packed", true)}, {context.Host.Parameter("canonical", true)}, bool back)"))
            WriteSharedCanonical(writer, context, toCanonical: null, SkippedBlocks.None);
        writer.Line();
    }

    private static void WriteCanonical(CSharpWriter writer, EmitContext context, bool toCanonical, SkippedBlocks skip)
    {
        Dialect host = context.Host;
        string name = (toCanonical ? "GetCanonical" : "SetCanonical") + SuffixOf(skip);
        using (writer.Open($"internal static void {name}({host.Parameter("packed", !toCanonical)}, {host.Parameter("canonical", toCanonical)})"))
        {
            if (!context.IsSimd)
            {
                CanonicalOrderKernel kernel = new(name, toCanonical ? "From packed panels to canonical order." : "From canonical order to packed panels.", context.Plan.Parameters.Places, toCanonical, skip);
                writer.Line($"{context.Kernels.Require(kernel)}({host.Argument(host.Received("packed"))}, {host.Argument(host.Received("canonical"))});");
            }
            else
            {
                WriteSharedCanonical(writer, context, toCanonical, skip);
            }
        }

        writer.Line();
    }

    /// <summary>What tells the copies apart that leave blocks out.</summary>
    public static string SuffixOf(SkippedBlocks skip) => skip switch
    {
        SkippedBlocks.Untrained => "Unfrozen",
        SkippedBlocks.Buffers => "State",
        _ => string.Empty,
    };

    /// <summary>Tap by tap, in each the outputs with their inputs.</summary>
    private static void WriteSwapped(CSharpWriter writer, DenseWeights weights, ParameterBlock block, string copy, string back, int skipped)
    {
        int inputs = weights.Inputs / weights.Taps;
        writer.Line($"for (int t = 0; t < {CSharpLiteral.Of(weights.Taps)}; t++) // {block.Layer}");
        writer.Line($"    for (int o = 0; o < {CSharpLiteral.Of(weights.Outputs)}; o++)");
        writer.Line($"        {copy}(ref Unsafe.Add(ref packed, {CSharpLiteral.Of(weights.Offset)} + t * {CSharpLiteral.Of(inputs * weights.Panel)} + {ColumnOf(weights)}), step: 0, panel: 1, panelLength: {CSharpLiteral.Of(weights.Panel)}, inputs: 1, "
            + $"outputs: {CSharpLiteral.Of(inputs)}, ref Unsafe.Add(ref canonical, {CSharpLiteral.Of(block.Offset - skipped)} + (t * {CSharpLiteral.Of(weights.Outputs)} + o) * {CSharpLiteral.Of(inputs)}), {back});");
    }

    /// <summary>Where column o of weights in panels starts.</summary>
    public static string ColumnOf(DenseWeights weights) => weights.Stride == weights.Panel
        ? "o"
        : $"o / {CSharpLiteral.Of(weights.Panel)} * {CSharpLiteral.Of(weights.Inputs * weights.Panel)} + o % {CSharpLiteral.Of(weights.Panel)}";

    /// <param name="writer">Where to.</param>
    /// <param name="context">The network.</param>
    /// <param name="toCanonical">The direction; null where the method's caller says it.</param>
    /// <param name="skip">What is left out.</param>
    private static void WriteSharedCanonical(CSharpWriter writer, EmitContext context, bool? toCanonical, SkippedBlocks skip)
    {
        string back = toCanonical switch { null => "back", true => "back: false", false => "back: true" };
        string copy = context.Plan.Parameters.Places.Count == 0 ? string.Empty : context.Use.Unit(RowUnits.Reorder);
        int skipped = 0;
        foreach (BlockPlace place in context.Plan.Parameters.Places)
        {
            ParameterBlock block = place.Block;
            string count = CSharpLiteral.Of(block.Shape.Count);
            if (skip == SkippedBlocks.Buffers && block.Role == ParameterRole.Buffer)
            {
                skipped += block.Shape.Count;
                continue;
            }

            if (skip == SkippedBlocks.Untrained && !block.IsTrained)
            {
                if (toCanonical == true)
                {
                    writer.Line($"for (int i = 0; i < {count}; i++) // {block.Name}");
                    writer.Line($"    Unsafe.Add(ref canonical, {CSharpLiteral.Of(block.Offset)} + i) = 0;");
                }

                continue;
            }

            if (place.Packing is { IsSwapped: true } swapped)
            {
                WriteSwapped(writer, swapped, block, copy, back, skipped);
                continue;
            }

            string order = place.Packing switch
            {
                null => $"step: 0, panel: {count}, panelLength: 0, inputs: 1, outputs: {count}",
                { IsByOutput: true } weights => $"step: 1, panel: 1, panelLength: {CSharpLiteral.Of(weights.InputStride)}, {Extents(weights)}",
                var weights => $"step: {CSharpLiteral.Of(weights.Panel)}, panel: {CSharpLiteral.Of(weights.Panel)}, panelLength: {CSharpLiteral.Of(weights.Inputs * weights.Panel)}, {Extents(weights)}",
            };
            string comment = place.Packing is null && block.Role == ParameterRole.Bias ? string.Empty : $" // {block.Layer}";
            writer.Line($"{copy}({At("packed", place.Offset)}, {order}, {At("canonical", block.Offset - skipped)}, {back});{comment}");
        }

        static string Extents(DenseWeights weights) => $"inputs: {CSharpLiteral.Of(weights.Inputs)}, outputs: {CSharpLiteral.Of(weights.Outputs)}";

        static string At(string pointer, int offset) => offset == 0 ? "ref " + pointer : $"ref Unsafe.Add(ref {pointer}, {CSharpLiteral.Of(offset)})";
    }
}
