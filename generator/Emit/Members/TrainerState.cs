using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary><c>Reset</c>, <c>StateSize</c>, <c>GetState</c> and <c>SetState</c>: version and layout, seed, step count, then every optimizer slot in canonical order, little-endian.</summary>
internal static class TrainerState
{
    private const int HeaderBytes = 24;

    /// <summary>Of the bytes.</summary>
    private const int Version = 1;

    public static void Write(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        int bytes = checked(HeaderBytes + (Slots(context) * StateCount(context) * surface.ElementBytes));
        writer.Line("/// <summary>Bytes of the state: version and layout, the seed, the step count, and the optimizer's moments in canonical order.</summary>");
        writer.Line($"public int StateSize {{ get {{ return {CSharpLiteral.Of(bytes)}; }} }}");
        writer.Line();
        writer.Line("/// <summary>Copies the state out. With the parameters and the settings it is all that a training run needs to go on to the same bits.</summary>");
        using (writer.Open($"public void GetState({surface.Out("destination", "byte")})"))
        {
            writer.Line(CheckWriter.Length(context, "destination", "StateSize"));
            writer.Line(IsPlain(context) ? HeaderCall(reads: true) : "WriteState(destination);");
        }

        writer.Line();
        writer.Line("/// <summary>Restores a state that <c>GetState</c> gave. Gradients are forgotten.</summary>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The length does not fit, or the state is of another version, network or optimizer. Nothing has changed.</exception>");
        using (writer.Open($"public void SetState({surface.In("source", "byte")})"))
        {
            writer.Line(CheckWriter.Length(context, "source", "StateSize"));
            writer.Line(IsPlain(context) ? HeaderCall(reads: false) : "ReadState(source);");
            writer.Line("_hasGradients = false;");
        }

        writer.Line();
        writer.Line("/// <summary>Starts over, as a new trainer: no optimizer state, step 0, no gradients, the seed's dropout masks from the first on. Parameters, seed and settings stay.</summary>");
        writer.Line("/// <remarks>After a call that an exception broke off, it makes the trainer usable again.</remarks>");
        using (writer.Open("public void Reset()"))
        {
            ClearSlots(writer, context);
            writer.Line("_step = 0;");
            writer.Line("_hasGradients = false;");
            writer.Line(TrainerSteps.Leave);
        }
    }

    /// <summary>How the bytes are made.</summary>
    public static void WritePrivate(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        writer.Line("// The version, 1, in the highest byte; below it a hash of optimizer, precision, names and shapes of the parameters.");
        writer.Line($"private const ulong StateLayout = 0x{StateLayout(context).ToString("X16", CultureInfo.InvariantCulture)}UL;");
        writer.Line();
        if (IsPlain(context))
            return;
        using (writer.Open($"private void WriteState({surface.Out("destination", "byte")})"))
        {
            if (surface.IsBasic)
                WriteBasicTransfer(writer, context, Slots(context), reads: true);
            else
                WriteSpanTransfer(writer, context, Slots(context), reads: true);
        }

        writer.Line();
        using (writer.Open($"private void ReadState({surface.In("source", "byte")})"))
        {
            if (surface.IsBasic)
                WriteBasicTransfer(writer, context, Slots(context), reads: false);
            else
                WriteSpanTransfer(writer, context, Slots(context), reads: false);
        }

        writer.Line();
        if (surface.IsBasic)
            WriteBasicHelpers(writer);
    }

    /// <summary>Whether a state is what the runtime package reads and writes, and no more.</summary>
    private static bool IsPlain(EmitContext context) => context.HasInterfaces && Slots(context) == 0;

    private static string HeaderCall(bool reads) => CheckWriter.Runtime
        + (reads ? "TrainerState.Write(destination, StateLayout, _seed, _step);" : "TrainerState.Read(source, StateLayout, ref _seed, ref _step);");

    /// <summary>Elements of one slot: buffers have no state.</summary>
    private static int StateCount(EmitContext context) =>
        context.Plan.Graph.Parameters.Where(block => block.Role != ParameterRole.Buffer).Sum(block => block.Shape.Count);

    private static string CountText(EmitContext context) => context.Plan.Parameters.HasBuffers ? CSharpLiteral.Of(StateCount(context)) : "ParameterCount";

    private static int Slots(EmitContext context) => OptimizerRule.Of(context.Plan.Graph.Training!.Optimizer).Slots.Count;

    /// <summary>A hash of what decides the meaning of the moments; the profile does not, as they are told in canonical order.</summary>
    private static ulong StateLayout(EmitContext context)
    {
        string text = $"{context.Plan.Graph.Training!.Optimizer};{context.Element};" + string.Join(";", context.Plan.Graph.Parameters.Select(parameter => $"{parameter.Name}:{parameter.Shape}"));
        return (Fnv1a.Of64(text) & 0x00FFFFFFFFFFFFFF) | ((ulong)Version << 56);
    }

    private static void WriteSpanTransfer(CSharpWriter writer, EmitContext context, int slots, bool reads)
    {
        Surface surface = context.Surface;
        const string binary = "global::System.Buffers.Binary.BinaryPrimitives";
        if (context.HasInterfaces)
        {
            writer.Line(HeaderCall(reads));
        }
        else if (reads)
        {
            writer.Line($"{binary}.WriteUInt64LittleEndian(destination, StateLayout);");
            writer.Line($"{binary}.WriteUInt64LittleEndian(destination.Slice(8), _seed);");
            writer.Line($"{binary}.WriteInt64LittleEndian(destination.Slice(16), _step);");
        }
        else
        {
            writer.Line($"ulong layout = {binary}.ReadUInt64LittleEndian(source);");
            writer.Line($"long step = {binary}.ReadInt64LittleEndian(source.Slice(16));");
            WriteCheck(writer);
            writer.Line($"_seed = {binary}.ReadUInt64LittleEndian(source.Slice(8));");
            writer.Line("_step = step;");
        }

        if (slots == 0)
            return;
        string span = reads ? "Span" : "ReadOnlySpan";
        writer.Line($"global::System.{span}<{context.Element}> values = global::System.Runtime.InteropServices.MemoryMarshal.Cast<byte, {context.Element}>({(reads ? "destination" : "source")}.Slice({CSharpLiteral.Of(HeaderBytes)}));");
        if (!reads)
            ClearSlots(writer, context);
        Pointer memory = surface.StartOfMemory(writer, "memory", "_memory");
        Pointer canonical = surface.Start(writer, "canonical", "values");
        for (int slot = 0; slot < slots; slot++)
            WriteSlot(writer, context, slot, memory, canonical, slot == 0 ? "0" : CountText(context), reads);
    }

    private static void ClearSlots(CSharpWriter writer, EmitContext context)
    {
        foreach (string slot in OptimizerRule.Of(context.Plan.Graph.Training!.Optimizer).Slots)
            TrainerSteps.ClearBlock(writer, context, TrainerWriter.SlotName(slot));
    }

    private static void WriteSlot(CSharpWriter writer, EmitContext context, int slot, Pointer memory, Pointer canonical, string offset, bool reads)
    {
        Dialect host = context.Host;
        string block = EmitContext.Inner + "." + TrainerWriter.SlotName(OptimizerRule.Of(context.Plan.Graph.Training!.Optimizer).Slots[slot]);
        string suffix = context.Plan.Parameters.HasBuffers ? StorageMembers.SuffixOf(Kernels.SkippedBlocks.Buffers) : string.Empty;
        string packed = host.Argument(memory, block), rows = host.Argument(canonical, offset);
        writer.Line($"{EmitContext.Inner}." + (suffix.Length == 0 ? StorageMembers.Canonical(context, packed, rows, reads) : $"{(reads ? "Get" : "Set")}Canonical{suffix}({packed}, {rows});"));
    }

    private static void WriteCheck(CSharpWriter writer)
    {
        writer.Line("if (layout >> 56 != StateLayout >> 56)");
        writer.Line("    throw new global::System.ArgumentException(\"The state is of version \" + (layout >> 56) + \", and this trainer reads version 1: train on from saved parameters instead.\", \"source\");");
        writer.Line("if (layout != StateLayout)");
        writer.Line("    throw new global::System.ArgumentException(\"The state belongs to a trainer of other layers, precision or optimizer.\", \"source\");");
        writer.Line("if (step < 0)");
        writer.Line("    throw new global::System.ArgumentException(\"The state holds a negative step count.\", \"source\");");
    }

    private static void WriteBasicTransfer(CSharpWriter writer, EmitContext context, int slots, bool reads)
    {
        if (reads)
        {
            writer.Line("WriteBits(destination, 0, unchecked((long)StateLayout), 8);");
            writer.Line("WriteBits(destination, 8, unchecked((long)_seed), 8);");
            writer.Line("WriteBits(destination, 16, _step, 8);");
        }
        else
        {
            writer.Line("ulong layout = unchecked((ulong)ReadBits(source, 0, 8));");
            writer.Line("long step = ReadBits(source, 16, 8);");
            WriteCheck(writer);
            writer.Line("_seed = unchecked((ulong)ReadBits(source, 8, 8));");
            writer.Line("_step = step;");
        }

        if (slots == 0)
            return;
        int width = context.Surface.ElementBytes;
        bool single = width == 4;
        string size = CSharpLiteral.Of(width);
        writer.Line($"{context.Element}[] values = new {context.Element}[{(slots == 1 ? string.Empty : CSharpLiteral.Of(slots) + " * ")}{CountText(context)}];");
        if (!reads)
        {
            writer.Line("for (int i = 0; i < values.Length; i++)");
            writer.Line(single
                ? $"    values[i] = global::System.BitConverter.ToSingle(source, {HeaderBytes} + {size} * i);"
                : $"    values[i] = global::System.BitConverter.Int64BitsToDouble(ReadBits(source, {HeaderBytes} + {size} * i, 8));");
        }

        if (!reads)
            ClearSlots(writer, context);
        for (int slot = 0; slot < slots; slot++)
            WriteSlot(writer, context, slot, new Pointer("_memory", "0"), new Pointer("values", "0"), slot == 0 ? "0" : CountText(context), reads);
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
