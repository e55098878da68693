using System.Linq;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Profiles;

/// <summary>Memory as <c>ref</c>, for the <c>Simd</c> profile: checked once at the public surface, unchecked inside.</summary>
internal abstract class ReferenceDialect(NumericTarget target) : Dialect(target)
{
    // Full speed at the first call: kernels have nothing to gain from tiering.
    public override string KernelAttribute =>
        "[MethodImpl(MethodImplOptions.AggressiveOptimization)]";

    public override string Parameter(string name, bool writes) => $"ref {Element} {name}";

    public override Pointer Received(string name) => new(name);

    public override string Argument(Pointer pointer, string offset = "0") => "ref " + At(pointer, offset);

    public override Pointer Declare(CSharpWriter writer, string name, Pointer start, string offset = "0")
    {
        writer.Line($"ref {Element} {name} = ref {At(start, offset)};");
        return new Pointer(name);
    }

    public override void Alias(CSharpWriter writer, string name, bool writes, Pointer source, string offset) => Declare(writer, name, source, offset);

    public override void Advance(CSharpWriter writer, Pointer pointer, string by) =>
        writer.Line($"{pointer.Name} = ref Unsafe.Add(ref {pointer.Name}, {by});");

    public override string At(Pointer pointer, string offset = "0") =>
        offset == "0" ? pointer.Name : $"Unsafe.Add(ref {pointer.Name}, {offset})";
}

/// <summary>One element at a time through a <c>ref</c>, where the processor has no vectors that the runtime would use.</summary>
internal sealed class ScalarReferenceDialect(Precision precision, bool isReproducible = false)
    : ReferenceDialect(new NumericTarget(precision, 0, false) { IsReproducible = isReproducible })
{
    public override string ClassName => "KernelsScalar";

    public override string Load(Pointer pointer, string offset = "0") => At(pointer, offset);

    public override string Store(Pointer pointer, string offset, string value) => $"{At(pointer, offset)} = {value};";
}

/// <summary>Vectors of 128, 256 or 512 bits.</summary>
internal sealed class VectorDialect(Precision precision, int bits, bool isReproducible = false)
    : ReferenceDialect(new NumericTarget(precision, bits, false) { IsReproducible = isReproducible })
{
    public override string ClassName => "Kernels" + CSharpLiteral.Of(Target.VectorBits);

    // Nothing below 128 bits: the runtime has no narrower vectors in hardware.
    public override Dialect Within(int panel) => panel >= Lanes
        ? this
        : new VectorDialect(precision, System.Math.Max(128, Target.VectorBits * panel / Lanes), Target.IsReproducible);

    public override string Load(Pointer pointer, string offset = "0") => offset switch
    {
        "0" => $"{Target.ClassName}.LoadUnsafe(ref {pointer.Name})",
        _ when IsNumber(offset) => $"{Target.ClassName}.LoadUnsafe(ref {pointer.Name}, {offset})",
        _ => $"{Target.ClassName}.LoadUnsafe(ref {At(pointer, offset)})",
    };

    public override string Store(Pointer pointer, string offset, string value) => offset switch
    {
        "0" => $"{Factor(value)}.StoreUnsafe(ref {pointer.Name});",
        _ when IsNumber(offset) => $"{Factor(value)}.StoreUnsafe(ref {pointer.Name}, {offset});",
        _ => $"{Factor(value)}.StoreUnsafe(ref {At(pointer, offset)});",
    };

    public override string Broadcast(string scalar) => $"{Target.ClassName}.Create({scalar})";

    public override string Zero => $"{Target.TypeName}.Zero";

    public override string MultiplyAdd(string a, string b, string c, FunctionLibrary functions) => Target.IsReproducible
        ? base.MultiplyAdd(a, b, c, functions)
        : $"{WidthText.FusedProduct(Target.VectorBits) ?? functions.Require(Target, "MultiplyAdd")}({a}, {b}, {c})";

    public override void StorePart(CSharpWriter writer, Pointer pointer, int offset, string vector, int count)
    {
        // Halves, quarters and so on: 10 of 16 are 8 and 2. Below 128 bits two floats go as one double: the runtime keeps no
        // vector of 64 bits in a register.
        string rest = vector;
        int lanes = Lanes;
        int bits = Target.IsSingle ? 32 : 64;
        for (; lanes * bits > 128; lanes /= 2)
        {
            string type = "Vector" + CSharpLiteral.Of(lanes * bits);
            if (count >= lanes / 2)
            {
                string half = "Vector" + CSharpLiteral.Of(lanes / 2 * bits);
                writer.Line($"{half}.StoreUnsafe({type}.GetLower({rest}), ref {At(pointer, CSharpLiteral.Of(offset))});");
                rest = $"{type}.GetUpper({rest})";
                offset += lanes / 2;
                count -= lanes / 2;
            }
            else
            {
                rest = $"{type}.GetLower({rest})";
            }
        }

        int element = 0;
        if (Target.IsSingle && count >= 2)
        {
            string target = At(pointer, CSharpLiteral.Of(offset));
            writer.Line($"Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref {target}), Vector128.ToScalar(Vector128.AsDouble({rest})));");
            element = 2;
        }

        if (element < count)
        {
            string value = element == 0 ? $"Vector128.ToScalar({rest})" : $"Vector128.GetElement({rest}, {CSharpLiteral.Of(element)})";
            writer.Line($"{At(pointer, CSharpLiteral.Of(offset + element))} = {value};");
        }
    }

    public override string LoadPart(Pointer pointer, int offset, int count)
    {
        int bits = Target.IsSingle ? 32 : 64;
        return Part(Lanes, offset, count);

        // Halves that memory has no part of are zero; the upper half of one that is only widened is, too.
        string Part(int lanes, int at, int rest)
        {
            string place = At(pointer, CSharpLiteral.Of(at));
            string type = "Vector" + CSharpLiteral.Of(lanes * bits);
            if (rest == lanes)
                return $"{type}.LoadUnsafe(ref {place})";
            if (lanes * bits > 128)
            {
                string half = "Vector" + CSharpLiteral.Of(lanes * bits / 2);
                return rest <= lanes / 2
                    ? $"{half}.To{type}({Part(lanes / 2, at, rest)})"
                    : $"{type}.Create({Part(lanes / 2, at, lanes / 2)}, {Part(lanes / 2, at + (lanes / 2), rest - (lanes / 2))})";
            }

            if (rest == 1)
                return $"Vector128.CreateScalar({place})";
            string two = $"Vector128.AsSingle(Vector128.CreateScalar(Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref {place}))))";
            return rest == 2 ? two : $"Vector128.WithElement({two}, 2, {At(pointer, CSharpLiteral.Of(at + 2))})";
        }
    }

    public override string Mask(int count)
    {
        string suffix = Target.IsSingle ? string.Empty : "L";
        string bits = string.Join(", ", Enumerable.Range(0, Lanes).Select(lane => (lane < count ? "-1" : "0") + suffix));
        return $"{Target.ClassName}.As{(Target.IsSingle ? "Single" : "Double")}({Target.ClassName}.Create({bits}))";
    }

    public override string Sum(string vector) => $"{Target.ClassName}.Sum({vector})";

    public override string First(string vector) => $"{Target.ClassName}.ToScalar({vector})";

    private static bool IsNumber(string offset)
    {
        foreach (char character in offset)
        {
            if (character is < '0' or > '9')
                return false;
        }

        return true;
    }
}
