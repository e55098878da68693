using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>Writes what W is: the interface of a vector's operations and functions, and its implementations for 512, 256, 128 bits and a single number.</summary>
/// <param name="precision">Of an element.</param>
/// <param name="hasMultiplyAddEstimate">Whether the consumer's library names the fused product.</param>
/// <param name="use">What the kernels need.</param>
internal sealed class WidthText(Precision precision, bool hasMultiplyAddEstimate, LibraryUse use)
{
    public static readonly IReadOnlyList<int> Bits = [512, 256, 128];

    private string Element => precision == Precision.Single ? "float" : "double";

    private int ElementBits => precision == Precision.Single ? 32 : 64;

    /// <summary>"W512", or "W1" for a single number.</summary>
    public static string NameOf(int bits) => bits == 0 ? "W1" : "W" + CSharpLiteral.Of(bits);

    public void Write(CSharpWriter writer, FunctionSet functions)
    {
        writer.Line("// A vector V is what is computed with, W how: each member is one instruction or a short function of the vector's own width.");
        using (writer.Open("internal interface IWidth<V> where V : struct"))
        {
            foreach (string member in Members)
                writer.Line("static abstract " + (member.EndsWith("}", System.StringComparison.Ordinal) ? member : member + ";"));
            foreach (string helper in functions.Elementwise)
                writer.Line($"static abstract V {helper}({Parameters(helper, "V")});");
        }

        writer.Line();
        writer.Line("// What surrounds the sum of a product: where it starts, what becomes of it, and whether rows end in the middle of a vector.");
        using (writer.Open("internal interface IEnds<V>"))
        {
            writer.Line("static abstract bool IsPart { get; }");
            writer.Line($"static abstract V Start(ref {Element} start);");
            writer.Line($"static abstract V End(V sum, ref {Element} saved);");
        }

        foreach (int bits in Bits)
            WriteVector(writer, bits, functions);
        WriteScalar(writer, functions);
    }

    private string[] Members =>
    [
        "int Count { get; }", "V Zero { get; }", $"V Create({Element} x)", $"V Load(ref {Element} at)", $"void Store(V a, ref {Element} at)",
        $"void StoreFirst(V a, ref {Element} at, int count)", "V Add(V a, V b)", "V Multiply(V a, V b)", "V MultiplyAdd(V a, V b, V c)", $"{Element} Sum(V a)",
        $"void Spread(ref {Element} at, out V a, out V b, out V c, out V d)",
        $"void StoreSums(V a, V b, V c, V d, ref {Element} start, bool hasStart, ref {Element} at, int count)",
        $"void StoreTwoSums(V a, V b, V c, V d, ref {Element} start, bool hasStart, ref {Element} at, ref {Element} next)",
        $"void StoreColumn(V a, V b, V c, V d, {Element} start, ref {Element} at, nint step)",
    ];

    private static string Parameters(string helper, string type) => string.Join(", ", FunctionLibrary.ParametersOf(helper).Select(name =>
        name.StartsWith("ref ", System.StringComparison.Ordinal) ? $"ref {type} {name.Substring(4)}" : $"{type} {name}"));

    private void WriteVector(CSharpWriter writer, int bits, FunctionSet functions)
    {
        string vector = "Vector" + CSharpLiteral.Of(bits), v = $"{vector}<{Element}>", name = NameOf(bits);
        writer.Line();
        using (writer.Open($"internal readonly struct {name} : IWidth<{v}>"))
        {
            string e = Element;
            writer.Line($"public static int Count {{ {Unit.Inlined} get => {CSharpLiteral.Of(bits / ElementBits)}; }}");
            writer.Line($"public static {v} Zero {{ {Unit.Inlined} get => {v}.Zero; }}");
            Method($"{v} Create({e} x)", $"{vector}.Create(x)");
            Method($"{v} Load(ref {e} at)", $"{vector}.LoadUnsafe(ref at)");
            Method($"void Store({v} a, ref {e} at)", "a.StoreUnsafe(ref at)");
            Method($"{v} Add({v} a, {v} b)", "a + b");
            Method($"{v} Multiply({v} a, {v} b)", "a * b");
            if (hasMultiplyAddEstimate)
                Method($"{v} MultiplyAdd({v} a, {v} b, {v} c)", $"{vector}.MultiplyAddEstimate(a, b, c)");
            Method($"{e} Sum({v} a)", $"{vector}.Sum(a)");
            WriteSpread(writer, bits, v, vector);
            WriteStoreFirst(writer, bits, v, vector);
            WriteStoreSums(writer, v);
            if (bits == 128 && precision == Precision.Single)
                Method("Vector128<float> Twice(ref float at)", "Vector128.AsSingle(Vector128.Create(Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref at))))");
            LaneText.Write(writer, precision, bits, use.HasTotal, use.HasSpread);
            functions.Write(writer, bits);
        }

        void Method(string signature, string body) => writer.Line($"{Unit.Inlined} public static {signature} => {body};");
    }

    /// <summary>
    /// Four neighbours, each in all lanes. A processor with vectors of 512 bits loads few of them a cycle: it loads the four together and spreads them by
    /// shuffles, which run beside the loads of weights.
    /// </summary>
    private void WriteSpread(CSharpWriter writer, int bits, string v, string vector)
    {
        writer.Line(Unit.Inlined);
        using (writer.Open($"public static void Spread(ref {Element} at, out {v} a, out {v} b, out {v} c, out {v} d)"))
        {
            if (bits == 512 && precision == Precision.Single)
            {
                using (writer.Open("if (Avx512F.IsSupported)"))
                {
                    writer.Line("Vector512<float> four = Vector256.ToVector512Unsafe(Vector128.ToVector256Unsafe(Vector128.LoadUnsafe(ref at)));");
                    writer.Line("four = Avx512F.Shuffle4x128(four, four, 0);");
                    writer.Line("a = Avx512F.Permute4x32(four, 0x00);");
                    writer.Line("b = Avx512F.Permute4x32(four, 0x55);");
                    writer.Line("c = Avx512F.Permute4x32(four, 0xAA);");
                    writer.Line("d = Avx512F.Permute4x32(four, 0xFF);");
                    writer.Line("return;");
                }
            }

            writer.Line($"a = {vector}.Create(at);");
            foreach ((string name, int lane) in new[] { ("b", 1), ("c", 2), ("d", 3) })
                writer.Line($"{name} = {vector}.Create(Unsafe.Add(ref at, {CSharpLiteral.Of(lane)}));");
        }
    }

    /// <summary>Halves, quarters and so on: 10 of 16 are 8 and 2. Below 128 bits two floats go as one double.</summary>
    private void WriteStoreFirst(CSharpWriter writer, int bits, string v, string vector)
    {
        writer.Line(Unit.Inlined);
        using (writer.Open($"public static void StoreFirst({v} a, ref {Element} at, int count)"))
        {
            if (bits > 128)
            {
                string half = NameOf(bits / 2), lanes = CSharpLiteral.Of(bits / 2 / ElementBits);
                using (writer.Open($"if (count >= {lanes})"))
                {
                    writer.Line($"{half}.Store({vector}.GetLower(a), ref at);");
                    writer.Line($"if (count > {lanes})");
                    writer.Line($"    {half}.StoreFirst({vector}.GetUpper(a), ref Unsafe.Add(ref at, {lanes}), count - {lanes});");
                }

                writer.Line("else");
                writer.Line($"    {half}.StoreFirst({vector}.GetLower(a), ref at, count);");
                return;
            }

            if (precision == Precision.Double)
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

    private void WriteStoreSums(CSharpWriter writer, string v)
    {
        string e = Element;
        bool isSingle = precision == Precision.Single;
        writer.Line(Unit.Inlined);
        using (writer.Open($"public static void StoreSums({v} a, {v} b, {v} c, {v} d, ref {e} start, bool hasStart, ref {e} at, int count)"))
        {
            if (isSingle)
            {
                writer.Line("Vector128<float> sums = Sums(a, b, c, d);");
                writer.Line("if (hasStart)");
                writer.Line("    sums += Vector128.LoadUnsafe(ref start);");
                writer.Line("if (count >= 4)");
                writer.Line("    sums.StoreUnsafe(ref at);");
                writer.Line("else");
                writer.Line("    W128.StoreFirst(sums, ref at, count);");
            }
            else
            {
                writer.Line("Vector128<double> low = Sums(a, b), high = Sums(c, d);");
                using (writer.Open("if (hasStart)"))
                {
                    writer.Line("low += Vector128.LoadUnsafe(ref start);");
                    writer.Line("high += Vector128.LoadUnsafe(ref start, count > 2 ? 2u : 0u);");
                }

                writer.Line("if (count >= 2)");
                writer.Line("    low.StoreUnsafe(ref at);");
                writer.Line("else");
                writer.Line("    at = Vector128.ToScalar(low);");
                writer.Line("if (count >= 4)");
                writer.Line("    high.StoreUnsafe(ref at, 2);");
                writer.Line("else if (count == 3)");
                writer.Line("    Unsafe.Add(ref at, 2) = Vector128.ToScalar(high);");
            }
        }

        writer.Line(Unit.Inlined);
        using (writer.Open($"public static void StoreTwoSums({v} a, {v} b, {v} c, {v} d, ref {e} start, bool hasStart, ref {e} at, ref {e} next)"))
        {
            if (isSingle)
            {
                writer.Line("Vector128<double> sums = Vector128.AsDouble(hasStart ? Sums(a, b, c, d) + W128.Twice(ref start) : Sums(a, b, c, d));");
                writer.Line("Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref at), Vector128.ToScalar(sums));");
                writer.Line("Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref next), Vector128.GetElement(sums, 1));");
            }
            else
            {
                writer.Line("Vector128<double> first = hasStart ? Vector128.LoadUnsafe(ref start) : Vector128<double>.Zero;");
                writer.Line("(Sums(a, b) + first).StoreUnsafe(ref at);");
                writer.Line("(Sums(c, d) + first).StoreUnsafe(ref next);");
            }
        }

        writer.Line(Unit.Inlined);
        using (writer.Open($"public static void StoreColumn({v} a, {v} b, {v} c, {v} d, {e} start, ref {e} at, nint step)"))
        {
            if (isSingle)
            {
                writer.Line("Vector128<float> sums = Sums(a, b, c, d) + Vector128.Create(start);");
                using (writer.Open("if (step == 1)"))
                {
                    writer.Line("sums.StoreUnsafe(ref at);");
                    writer.Line("return;");
                }

                writer.Line("at = Vector128.ToScalar(sums);");
                for (int lane = 1; lane < 4; lane++)
                    writer.Line($"Unsafe.Add(ref at, {(lane == 1 ? "step" : $"{CSharpLiteral.Of(lane)} * step")}) = Vector128.GetElement(sums, {CSharpLiteral.Of(lane)});");
            }
            else
            {
                writer.Line("Vector128<double> low = Sums(a, b) + Vector128.Create(start), high = Sums(c, d) + Vector128.Create(start);");
                writer.Line("at = Vector128.ToScalar(low);");
                writer.Line("Unsafe.Add(ref at, step) = Vector128.GetElement(low, 1);");
                writer.Line("Unsafe.Add(ref at, 2 * step) = Vector128.ToScalar(high);");
                writer.Line("Unsafe.Add(ref at, 3 * step) = Vector128.GetElement(high, 1);");
            }
        }
    }

    /// <summary>Where no vector is accelerated, the same kernels run on single numbers.</summary>
    private void WriteScalar(CSharpWriter writer, FunctionSet functions)
    {
        string e = Element;
        writer.Line();
        using (writer.Open($"internal readonly struct W1 : IWidth<{e}>"))
        {
            writer.Line($"public static int Count {{ {Unit.Inlined} get => 1; }}");
            writer.Line($"public static {e} Zero {{ {Unit.Inlined} get => 0; }}");
            Method($"{e} Create({e} x)", "x");
            Method($"{e} Load(ref {e} at)", "at");
            Method($"void Store({e} a, ref {e} at)", "at = a");
            Method($"void StoreFirst({e} a, ref {e} at, int count)", "at = a");
            Method($"{e} Add({e} a, {e} b)", "a + b");
            Method($"{e} Multiply({e} a, {e} b)", "a * b");
            Method($"{e} MultiplyAdd({e} a, {e} b, {e} c)", "a * b + c");
            Method($"{e} Sum({e} a)", "a");
            writer.Line($"{Unit.Inlined} public static void Spread(ref {e} at, out {e} a, out {e} b, out {e} c, out {e} d) {{ a = at; b = Unsafe.Add(ref at, 1); c = Unsafe.Add(ref at, 2); d = Unsafe.Add(ref at, 3); }}");
            writer.Line(Unit.Inlined);
            using (writer.Open($"public static void StoreSums({e} a, {e} b, {e} c, {e} d, ref {e} start, bool hasStart, ref {e} at, int count)"))
            {
                writer.Line("at = hasStart ? a + start : a;");
                foreach ((string sum, int lane) in new[] { ("b", 1), ("c", 2), ("d", 3) })
                {
                    writer.Line($"if (count > {CSharpLiteral.Of(lane)})");
                    writer.Line($"    Unsafe.Add(ref at, {CSharpLiteral.Of(lane)}) = hasStart ? {sum} + Unsafe.Add(ref start, {CSharpLiteral.Of(lane)}) : {sum};");
                }
            }

            writer.Line(Unit.Inlined);
            using (writer.Open($"public static void StoreTwoSums({e} a, {e} b, {e} c, {e} d, ref {e} start, bool hasStart, ref {e} at, ref {e} next)"))
            {
                writer.Line($"{e} first = hasStart ? start : 0, second = hasStart ? Unsafe.Add(ref start, 1) : 0;");
                writer.Line("at = a + first;");
                writer.Line("Unsafe.Add(ref at, 1) = b + second;");
                writer.Line("next = c + first;");
                writer.Line("Unsafe.Add(ref next, 1) = d + second;");
            }

            writer.Line(Unit.Inlined);
            using (writer.Open($"public static void StoreColumn({e} a, {e} b, {e} c, {e} d, {e} start, ref {e} at, nint step)"))
            {
                writer.Line("at = a + start;");
                foreach ((string sum, int lane) in new[] { ("b", 1), ("c", 2), ("d", 3) })
                    writer.Line($"Unsafe.Add(ref at, {(lane == 1 ? "step" : $"{CSharpLiteral.Of(lane)} * step")}) = {sum} + start;");
            }

            functions.Write(writer, 0);
        }

        if (functions.HasPlain)
        {
            writer.Line();
            writer.Line("// The same functions of a double: what the plain loops and single numbers are computed with.");
            using (writer.Open("internal static class Plain"))
                functions.WritePlain(writer);
        }

        void Method(string signature, string body) => writer.Line($"{Unit.Inlined} public static {signature} => {body};");
    }
}
