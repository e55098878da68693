using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary><c>StateSize</c>, <c>GetState</c> and <c>SetState</c>: seed, step count, then every optimiser slot in canonical order, little-endian.</summary>
internal static class TrainerState
{
    private const int HeaderBytes = 16;

    public static void Write(CSharpWriter writer, EmitContext context)
    {
        int slots = OptimizerRule.Of(context.Plan.Graph.Training!.Optimizer).Slots.Count;
        Surface surface = context.Surface;
        int bytes = checked(HeaderBytes + (slots * context.Plan.Graph.ParameterCount * surface.ElementBytes));
        writer.Line("/// <summary>Bytes of the state: the seed, the step count, and the optimiser's moments in canonical order.</summary>");
        writer.Line("public int StateSize");
        writer.Line("{");
        writer.Line($"    get {{ return {CSharpLiteral.Of(bytes)}; }}");
        writer.Line("}");
        writer.Line();
        writer.Line("/// <summary>Copies the state out. With the parameters and the settings it is all that a training run needs to go on to the same bits.</summary>");
        using (writer.Open($"public void GetState({surface.Out("destination", "byte")})"))
        {
            writer.Line("CheckLength(\"destination\", StateSize, destination.Length);");
            WriteTransfer(writer, context, slots, reads: true);
        }

        writer.Line();
        writer.Line("/// <summary>Restores a state that <c>GetState</c> gave. Gradients are forgotten.</summary>");
        using (writer.Open($"public void SetState({surface.In("source", "byte")})"))
        {
            writer.Line("CheckLength(\"source\", StateSize, source.Length);");
            WriteTransfer(writer, context, slots, reads: false);
            writer.Line("_hasGradients = false;");
        }

        writer.Line();
        if (surface.IsBasic)
            WriteBasicHelpers(writer);
    }

    private static void WriteTransfer(CSharpWriter writer, EmitContext context, int slots, bool reads)
    {
        if (context.Surface.IsBasic)
            WriteBasicTransfer(writer, context, slots, reads);
        else
            WriteSpanTransfer(writer, context, slots, reads);
    }

    private static void WriteSpanTransfer(CSharpWriter writer, EmitContext context, int slots, bool reads)
    {
        Surface surface = context.Surface;
        const string binary = "global::System.Buffers.Binary.BinaryPrimitives";
        if (reads)
        {
            writer.Line($"{binary}.WriteUInt64LittleEndian(destination, _seed);");
            writer.Line($"{binary}.WriteInt64LittleEndian(destination.Slice(8), _step);");
        }
        else
        {
            writer.Line($"long step = {binary}.ReadInt64LittleEndian(source.Slice(8));");
            WriteStepCheck(writer);
            writer.Line($"_seed = {binary}.ReadUInt64LittleEndian(source);");
            writer.Line("_step = step;");
        }

        if (slots == 0)
            return;
        string span = reads ? "Span" : "ReadOnlySpan";
        writer.Line($"global::System.{span}<{context.Element}> values = global::System.Runtime.InteropServices.MemoryMarshal.Cast<byte, {context.Element}>({(reads ? "destination" : "source")}.Slice({CSharpLiteral.Of(HeaderBytes)}));");
        Pointer memory = surface.StartOfArray(writer, "memory", "_memory", "_memoryOrigin");
        Pointer canonical = surface.Start(writer, "canonical", "values");
        for (int slot = 0; slot < slots; slot++)
            WriteSlot(writer, context, slot, memory, canonical, slot == 0 ? "0" : "ParameterCount", reads);
    }

    private static void WriteSlot(CSharpWriter writer, EmitContext context, int slot, Pointer memory, Pointer canonical, string offset, bool reads)
    {
        Dialect host = context.Kernels.Host;
        string block = TrainerWriter.SlotName(OptimizerRule.Of(context.Plan.Graph.Training!.Optimizer).Slots[slot]);
        string name = NetworkMembers.CanonicalCall(context, memory, canonical, reads);
        string call = name.Substring(0, name.IndexOf('('));
        if (!reads)
            TrainerSteps.ClearBlock(writer, context, block);
        writer.Line($"{call}({host.Argument(memory, block)}, {host.Argument(canonical, offset)});");
    }

    private static void WriteStepCheck(CSharpWriter writer)
    {
        writer.Line("if (step < 0)");
        writer.Line("    throw new global::System.ArgumentException(\"The state holds a negative step count.\", \"source\");");
    }

    private static void WriteBasicTransfer(CSharpWriter writer, EmitContext context, int slots, bool reads)
    {
        if (reads)
        {
            writer.Line("WriteBits(destination, 0, unchecked((long)_seed), 8);");
            writer.Line("WriteBits(destination, 8, _step, 8);");
        }
        else
        {
            writer.Line("long step = ReadBits(source, 8, 8);");
            WriteStepCheck(writer);
            writer.Line("_seed = unchecked((ulong)ReadBits(source, 0, 8));");
            writer.Line("_step = step;");
        }

        if (slots == 0)
            return;
        int width = context.Surface.ElementBytes;
        bool single = width == 4;
        string size = CSharpLiteral.Of(width);
        writer.Line($"{context.Element}[] values = new {context.Element}[{(slots == 1 ? string.Empty : CSharpLiteral.Of(slots) + " * ")}ParameterCount];");
        if (!reads)
        {
            writer.Line("for (int i = 0; i < values.Length; i++)");
            writer.Line(single
                ? $"    values[i] = global::System.BitConverter.ToSingle(source, {HeaderBytes} + {size} * i);"
                : $"    values[i] = global::System.BitConverter.Int64BitsToDouble(ReadBits(source, {HeaderBytes} + {size} * i, 8));");
        }

        for (int slot = 0; slot < slots; slot++)
            WriteSlot(writer, context, slot, new Pointer("_memory", "0"), new Pointer("values", "0"), slot == 0 ? "0" : "ParameterCount", reads);
        if (reads)
        {
            writer.Line("for (int i = 0; i < values.Length; i++)");
            writer.Line(single
                ? $"    global::System.Array.Copy(global::System.BitConverter.GetBytes(values[i]), 0, destination, {HeaderBytes} + {size} * i, {size});"
                : $"    WriteBits(destination, {HeaderBytes} + {size} * i, global::System.BitConverter.DoubleToInt64Bits(values[i]), 8);");
        }
    }

    private static void WriteBasicHelpers(CSharpWriter writer)
    {
        using (writer.Open("private static void WriteBits(byte[] bytes, int at, long bits, int count)"))
        {
            writer.Line("for (int i = 0; i < count; i++)");
            writer.Line("    bytes[at + i] = unchecked((byte)(bits >> (8 * i)));");
        }

        writer.Line();
        using (writer.Open("private static long ReadBits(byte[] bytes, int at, int count)"))
        {
            writer.Line("long bits = 0;");
            writer.Line("for (int i = 0; i < count; i++)");
            writer.Line("    bits |= (long)bytes[at + i] << (8 * i);");
            writer.Line("return bits;");
        }

        writer.Line();
    }
}
