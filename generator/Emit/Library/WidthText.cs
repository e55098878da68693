using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using GeneratedNetworks.Generator.Functions.Helpers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>
/// Writes what W is: the interface of what a vector can do, and its implementations for 512, 256, 128 bits and a single number. Only what some text calls
/// is there: as a member of W, or of one width by its name.
/// </summary>
internal sealed class WidthText
{
    private const string StoreFirst = "StoreFirst", Spread = "Spread", Sums = "Sums";

    private static readonly Regex Call = new(@"\b(?<width>W|W512|W256|W128|W1)\.(?<member>\w+)", RegexOptions.CultureInvariant);

    private readonly Precision _precision;
    private readonly IReadOnlyList<WidthMember> _members;
    private readonly HashSet<string> _calls = new(StringComparer.Ordinal);
    private readonly bool _hasEnds;
    private readonly bool _hasParts;

    /// <param name="precision">Of an element.</param>
    /// <param name="isReproducible">Whether members must give the same bits at every width.</param>
    /// <param name="texts">All that is written over W, or over one width.</param>
    /// <param name="calls">What networks call themselves, as "W128.Sums".</param>
    public WidthText(Precision precision, bool isReproducible, IEnumerable<string> texts, IEnumerable<string> calls)
    {
        _precision = precision;
        _members = WidthMember.Of(precision, isReproducible);
        _calls.UnionWith(calls);
        foreach (string text in texts)
        {
            _hasEnds |= text.Contains("IEnds<V>");
            _hasParts |= text.Contains("E.IsPart");
            foreach (Match call in Call.Matches(text))
                _calls.Add(call.Value);
        }

        // What the text of one width calls of itself and of the next.
        if (_calls.Contains("W." + StoreFirst))
            _calls.Add("W.Store");
        if (_calls.Contains("W." + PiecewiseTanh.Name))
            _calls.UnionWith(new[] { "W.Create", "W.MultiplyAdd", "W.Abs", "W.Max", "W.Min", "W.WithSignOf" });
        if (_calls.Contains("W512." + TableExp.Name))
            _calls.UnionWith(new[] { "W512.Create", "W512.MultiplyAdd" });
    }

    public static IReadOnlyList<int> Bits { get; } = [512, 256, 128];

    /// <summary>"W512", or "W1" for a single number.</summary>
    public static string NameOf(int bits) => bits == 0 ? "W1" : "W" + CSharpLiteral.Of(bits);

    /// <summary>When the text for so many bits is the one to run: all its instructions are there.</summary>
    public static string Condition(int bits) => $"Vector{CSharpLiteral.Of(bits)}.IsHardwareAccelerated{(bits == 256 ? " && Fma.IsSupported" : "")}";

    /// <summary>
    /// The instruction for a product and a sum, rounded once; null for 128 bits, where its name depends on the processor. Called directly it takes no local of
    /// the caller, of which the just-in-time compiler inlines no more than it has room for.
    /// </summary>
    public static string? FusedProduct(int bits) => bits switch { 512 => "Avx512F.FusedMultiplyAdd", 256 => "Fma.MultiplyAdd", _ => null };

    private string Element => _precision == Precision.Single ? "float" : "double";

    public void Write(CSharpWriter writer, FunctionSet functions)
    {
        writer.Line("// A vector V is what is computed with, W how: each member is one instruction or a few, made for the vector's own width.");
        using (writer.Open("internal interface IWidth<V> where V : struct"))
        {
            foreach (WidthMember member in _members.Where(member => IsGeneric(member.Name)))
                writer.Line($"static abstract {InPrecision(member.Signature)}{(member.IsProperty ? " { get; }" : ";")}");
            if (IsGeneric(StoreFirst))
                writer.Line($"static abstract void StoreFirst(V a, ref {Element} at, int count);");
            if (IsGeneric(Spread))
                writer.Line($"static abstract void Spread(ref {Element} at, out V a, out V b, out V c, out V d);");
        }

        if (_hasEnds)
        {
            writer.Line();
            writer.Line($"// What surrounds the sum of a product: where it starts, what becomes of it{(_hasParts ? ", and whether rows end in the middle of a vector" : "")}.");
            using (writer.Open("internal interface IEnds<V>"))
            {
                if (_hasParts)
                    writer.Line("static abstract bool IsPart { get; }");
                writer.Line($"static abstract V Start(ref {Element} start);");
                writer.Line($"static abstract V End(V sum, ref {Element} saved);");
            }
        }

        foreach (int bits in Bits)
            WriteVector(writer, bits, functions);
        WriteScalar(writer);
    }

    private bool IsGeneric(string member) => _calls.Contains("W." + member);

    /// <summary>Whether some text calls the member at this width; a wider vector passes its halves on.</summary>
    private bool Has(string member, int bits) => IsGeneric(member) || _calls.Contains($"{NameOf(bits)}.{member}")
        || (bits > 0 && member is Sums or StoreFirst && Bits.Any(wider => wider > bits && _calls.Contains($"{NameOf(wider)}.{member}")));

    private string InPrecision(string text) => _precision == Precision.Single ? text : LibraryFile.ToDouble(text);

    private void WriteVector(CSharpWriter writer, int bits, FunctionSet functions)
    {
        string vector = "Vector" + CSharpLiteral.Of(bits), v = $"{vector}<{Element}>";
        writer.Line();
        using (writer.Open($"internal readonly struct {NameOf(bits)} : IWidth<{v}>"))
        {
            foreach (WidthMember member in _members.Where(member => Has(member.Name, bits) && member.Name != Sums && (bits < 512 || member.Name != PiecewiseTanh.Name)))
                WriteMember(writer, member, v, member.Vector(bits));
            if (Has(Spread, bits))
                WriteSpread(writer, bits, v, vector);
            if (Has(StoreFirst, bits))
                WriteStoreFirst(writer, bits, v, vector);
            if (Has(Sums, bits))
                LaneText.WriteSums(writer, _precision, bits);
            if (Has("Total", bits))
                LaneText.WriteTotal(writer, _precision, bits);
            if (bits == 512)
                LaneText.WriteSpread(writer, _precision, member => Has(member, 512));
            if (bits == 512)
                functions.WriteTables(writer);
        }
    }

    private void WriteMember(CSharpWriter writer, WidthMember member, string v, string body)
    {
        string signature = Regex.Replace(member.Signature, @"\bV\b", v);
        writer.Line(InPrecision(member.IsProperty
            ? $"public static {signature} {{ {Unit.Inlined} get => {body}; }}"
            : $"{Unit.Inlined} public static {signature} => {body};"));
    }

    /// <summary>
    /// Four neighbors, each in all lanes. A processor with vectors of 512 bits loads few of them a cycle: it loads the four together and spreads them by
    /// shuffles, which run beside the loads of weights.
    /// </summary>
    private void WriteSpread(CSharpWriter writer, int bits, string v, string vector)
    {
        string signature = $"{Unit.Inlined} public static void Spread(ref {Element} at, out {v} a, out {v} b, out {v} c, out {v} d)";
        string loads = $"a = {vector}.Create(at); " + string.Join(" ", new[] { ("b", 1), ("c", 2), ("d", 3) }.Select(lane => $"{lane.Item1} = {vector}.Create(Unsafe.Add(ref at, {lane.Item2}));"));
        if (bits < 512 || _precision == Precision.Double)
        {
            writer.Line($"{signature} {{ {loads} }}");
            return;
        }

        using (writer.Open(signature))
        {
            using (writer.Open("if (Avx512F.IsSupported)"))
            {
                writer.Line("Vector512<float> four = Vector256.ToVector512Unsafe(Vector128.ToVector256Unsafe(Vector128.LoadUnsafe(ref at)));");
                writer.Line("four = Avx512F.Shuffle4x128(four, four, 0);");
                writer.Line("a = Avx512F.Permute4x32(four, 0x00); b = Avx512F.Permute4x32(four, 0x55); c = Avx512F.Permute4x32(four, 0xAA); d = Avx512F.Permute4x32(four, 0xFF);");
                writer.Line("return;");
            }

            writer.Line(loads);
        }
    }

    /// <summary>Halves, quarters and so on: 10 of 16 are 8 and 2. Below 128 bits two floats go as one double.</summary>
    private void WriteStoreFirst(CSharpWriter writer, int bits, string v, string vector)
    {
        using (writer.Open($"{Unit.Inlined} public static void StoreFirst({v} a, ref {Element} at, int count)"))
        {
            if (bits > 128)
            {
                string half = NameOf(bits / 2), lanes = CSharpLiteral.Of(bits / 2 / (_precision == Precision.Single ? 32 : 64));
                writer.Line($"if (count >= {lanes})");
                writer.Line($"    Vector{CSharpLiteral.Of(bits / 2)}.StoreUnsafe({vector}.GetLower(a), ref at);");
                writer.Line("else");
                writer.Line($"    {half}.StoreFirst({vector}.GetLower(a), ref at, count);");
                writer.Line($"if (count > {lanes})");
                writer.Line($"    {half}.StoreFirst({vector}.GetUpper(a), ref Unsafe.Add(ref at, {lanes}), count - {lanes});");
                return;
            }

            if (_precision == Precision.Double)
            {
                writer.Line("at = Vector128.ToScalar(a);");
                return;
            }

            writer.Line("if (count >= 2)");
            writer.Line("    Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref at), Vector128.ToScalar(Vector128.AsDouble(a)));");
            writer.Line("if (count != 2)");
            writer.Line("    Unsafe.Add(ref at, count - 1) = count == 1 ? Vector128.ToScalar(a) : Vector128.GetElement(a, 2);");
        }
    }

    /// <summary>Where no vector is accelerated, the same kernels run on single numbers.</summary>
    private void WriteScalar(CSharpWriter writer)
    {
        string e = Element;
        writer.Line();
        using (writer.Open($"internal readonly struct W1 : IWidth<{e}>"))
        {
            foreach (WidthMember member in _members.Where(member => Has(member.Name, 0)))
                WriteMember(writer, member, e, member.Scalar);
            if (Has(StoreFirst, 0))
                writer.Line($"{Unit.Inlined} public static void StoreFirst({e} a, ref {e} at, int count) => at = a;");
            if (Has(Spread, 0))
                writer.Line($"{Unit.Inlined} public static void Spread(ref {e} at, out {e} a, out {e} b, out {e} c, out {e} d) {{ a = at; b = Unsafe.Add(ref at, 1); c = Unsafe.Add(ref at, 2); d = Unsafe.Add(ref at, 3); }}");
        }
    }
}
