using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>
/// Writes the trained parameters of a file into the source: as numbers to read where they are few, and as a string whose characters are their bits where
/// they are many, since a compiler takes seconds for a hundred thousand numbers and no time for a string.
/// </summary>
internal static class EmbeddedWriter
{
    /// <summary>The most parameters that are written as numbers.</summary>
    public const int MostReadable = 4096;

    private const string Hex = "0123456789ABCDEF";
    private const int ValuesPerLine = 8;
    private const int MostLines = 512;
    private const int FewestCharactersPerLine = 64;

    /// <summary><c>Basic</c> has no span over a string; a device that it is for holds few parameters anyway.</summary>
    public static bool IsReadable(NetworkGraph graph) => graph.Profile == EmitProfile.Basic || graph.ParameterCount <= MostReadable;

    /// <summary>Where the parameters come from and how they are written, for the header.</summary>
    public static string Describe(NetworkGraph graph, EmbeddedParameters embedded)
    {
        string form = IsReadable(graph) ? "as numbers" : "as a string that holds their bits";
        string folded = embedded.Folded is null ? string.Empty : "; " + embedded.Folded;
        return $"from {Comment(embedded.File.Source)} ({Comment(embedded.File.Format)}), {form}{folded}";
    }

    /// <summary>Whether there is anything to take from a file: a network without parameters is what its layers are.</summary>
    public static bool IsNeeded(EmitContext context) => context.Plan.Graph is { Embedded: not null, ParameterCount: > 0 };

    /// <summary>The method that copies the embedded parameters to the network's own memory, which in <c>Basic</c> they are themselves.</summary>
    public static void WriteLoad(CSharpWriter writer, EmitContext context)
    {
        using (writer.Open($"internal static void LoadEmbedded({context.Surface.MemoryType} memory)"))
        {
            Pointer packed = context.Surface.StartOfMemory(writer, "parameters", "memory");
            Pointer canonical;
            if (IsReadable(context.Plan.Graph))
            {
                writer.Line($"global::System.ReadOnlySpan<{context.Element}> embedded = Embedded.Parameters;");
                canonical = context.Surface.Start(writer, "from", "embedded");
            }
            else
            {
                writer.Line("if (!global::System.BitConverter.IsLittleEndian)");
                writer.Line("    throw new global::System.PlatformNotSupportedException(\"The embedded parameters are little-endian.\");");
                writer.Line($"global::System.ReadOnlySpan<{context.Element}> embedded = global::System.Runtime.InteropServices.MemoryMarshal.Cast<char, {context.Element}>(");
                writer.Line("    global::System.MemoryExtensions.AsSpan(Embedded.Parameters));");
                canonical = context.Surface.Start(writer, "from", "embedded");
            }

            writer.Line(StorageMembers.Canonical(context, context.Host.Argument(packed), context.Host.Argument(canonical), toCanonical: false));
        }

        writer.Line();
    }

    public static void Write(CSharpWriter writer, EmitContext context)
    {
        EmbeddedParameters embedded = context.Plan.Graph.Embedded!;
        string order = context.Surface.IsBasic ? "as the network's memory holds them: a new array for each network, and no other copy" : "in canonical order";
        writer.Line($"// The parameters of {Comment(embedded.File.Source)} ({Comment(embedded.File.Format)}) {order}.");
        using (writer.Open("private static class Embedded"))
        {
            if (context.Surface.IsBasic)
                WriteMemory(writer, context, embedded);
            else if (IsReadable(context.Plan.Graph))
                WriteNumbers(writer, context, embedded);
            else
                WriteString(writer, context, embedded);
        }

        writer.Line();
    }

    private static void WriteNumbers(CSharpWriter writer, EmitContext context, EmbeddedParameters embedded)
    {
        writer.Line($"internal static global::System.ReadOnlySpan<{context.Element}> Parameters => new {context.Element}[]");
        writer.Line("{");
        foreach (EmbeddedTensor tensor in embedded.Tensors)
        {
            Shape shape = tensor.Parameter.Shape;
            string rows = tensor.Parameter.IsWeight ? ", a row for each input" : string.Empty;
            writer.Line($"    // {tensor.Parameter.Name} [{string.Join(", ", shape.Dimensions.Select(CSharpLiteral.Of))}]{rows}");
            WriteLines(writer, context, tensor.Values, shape.Dimensions[shape.Dimensions.Count - 1]);
        }

        writer.Line("};");
    }

    /// <summary>All of the network's memory, block by block with padding.</summary>
    private static void WriteMemory(CSharpWriter writer, EmitContext context, EmbeddedParameters embedded)
    {
        NetworkPlan plan = context.Plan;
        double[] memory = new double[plan.ParameterLength];
        foreach ((EmbeddedTensor tensor, BlockPlace place) in embedded.Tensors.Zip(plan.Parameters.Places, (tensor, place) => (tensor, place)))
        {
            int next = 0;
            foreach (double value in tensor.Values)
            {
                memory[place.Packing is { } weights ? weights.IndexOfCanonical(next) : place.Offset + next] = value;
                next++;
            }
        }

        BlockPlace[] places = [.. plan.Parameters.Places.OrderBy(place => place.Offset)];
        using (writer.Open($"internal static {context.Element}[] Parameters()"))
        {
            writer.Line($"return new {context.Element}[]");
            writer.Line("{");
            for (int i = 0; i < places.Length; i++)
            {
                int start = places[i].Offset, stop = i + 1 < places.Length ? places[i + 1].Offset : memory.Length;
                DenseWeights? weights = places[i].Packing;
                string order = weights is null ? string.Empty
                    : $", {weights.Panel} outputs side by side for all inputs{(weights.Stride > weights.Panel ? ", then the next" : string.Empty)}";
                writer.Line($"    // {places[i].Block.Name} [{string.Join(", ", places[i].Block.Shape.Dimensions.Select(CSharpLiteral.Of))}]{order}");
                WriteLines(writer, context, memory.Skip(start).Take(stop - start), weights is null ? stop - start : weights.Inputs * weights.Panel);
            }

            writer.Line("};");
        }
    }

    /// <summary>Numbers, with a new line for each row at least.</summary>
    private static void WriteLines(CSharpWriter writer, EmitContext context, IEnumerable<double> values, int row)
    {
        List<string> line = [];
        int column = 0;
        foreach (double value in values)
        {
            line.Add(CSharpLiteral.Of(value, context.Plan.Graph.Precision));
            column = (column + 1) % row;
            if (line.Count == ValuesPerLine || column == 0)
            {
                writer.Line($"    {string.Join(", ", line)},");
                line.Clear();
            }
        }
    }

    private static void WriteString(CSharpWriter writer, EmitContext context, EmbeddedParameters embedded)
    {
        bool isSingle = context.Plan.Graph.Precision == Precision.Single;
        char[] characters = Characters(embedded, isSingle);
        int perLine = Math.Max(FewestCharactersPerLine, (characters.Length + MostLines - 1) / MostLines);
        writer.Line($"// {(isSingle ? "Two" : "Four")} characters hold the bits of one number, the lowest first. The characters mean nothing as text.");

        // A property, because a constant would be in the assembly twice: as a value and as a string to load.
        writer.Line("internal static string Parameters =>");
        StringBuilder line = new();
        for (int start = 0; start < characters.Length; start += perLine)
        {
            int stop = Math.Min(characters.Length, start + perLine);
            line.Clear().Append("    \"");
            for (int i = start; i < stop; i++)
                Append(line, characters[i]);
            writer.Line(line.Append(stop == characters.Length ? "\";" : "\" +").ToString());
        }
    }

    /// <summary>The bits of all parameters in canonical order, 16 to a character, the lowest first.</summary>
    private static char[] Characters(EmbeddedParameters embedded, bool isSingle)
    {
        int size = isSingle ? sizeof(float) : sizeof(double);
        int count = embedded.Tensors.Sum(tensor => tensor.Parameter.Shape.Count);
        char[] characters = new char[count * (size / sizeof(char))];
        int at = 0;
        foreach (EmbeddedTensor tensor in embedded.Tensors)
        {
            // The very bits where they are as they are needed; a compiler that starts anew for each build runs nothing faster than a copy.
            Array values = !tensor.IsTransposed && tensor.Tensor.Elements is float[] == isSingle
                ? tensor.Tensor.Elements!
                : isSingle ? tensor.Values.Select(value => (float)value).ToArray() : tensor.Values.ToArray();
            Buffer.BlockCopy(values, 0, characters, at, values.Length * size);
            at += values.Length * size;
        }

        return characters;
    }

    /// <summary>Printable ASCII but quote and backslash, and letters beyond Latin: all else would be lost, or turn a line around, in some editor.</summary>
    private static void Append(StringBuilder text, char character)
    {
        if (character is >= ' ' and <= '~' and not ('"' or '\\') || (character >= '\u00C0' && character < '\uD800' && IsLetter(character)))
            text.Append(character);
        else
        {
            text.Append("\\u").Append(Hex[character >> 12]).Append(Hex[(character >> 8) & 15]);
            text.Append(Hex[(character >> 4) & 15]).Append(Hex[character & 15]);
        }
    }

    /// <summary>Blocks without combining, formatting or right-to-left characters: the same on every runtime, unlike a look into Unicode's tables.</summary>
    private static bool IsLetter(char character) => character is (>= '\u00C0' and <= '\u024F') or (>= '\u0400' and <= '\u0481')
        or (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FA5') or (>= '\uAC00' and <= '\uD7A3');

    /// <summary>A file's name and format cannot break out of the comment they stand in.</summary>
    private static string Comment(string text) => new([.. text.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character)]);
}
