using System;
using System.Linq;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Functions;

/// <summary>Spells arithmetic for one numeric target, so that a formula is written once and reads like its target's own code.</summary>
/// <param name="library">Where called helpers are required; null for a trial that only asks about <see cref="IsElaborate"/>.</param>
internal sealed class NumericText(NumericTarget target, FunctionLibrary? library)
{
    public NumericTarget Target => target;

    public string Type => target.TypeName;

    public bool IsSingle => target.IsSingle;

    /// <summary>The explicitly stored bits of a significand: 23 or 52.</summary>
    public int FractionBits => IsSingle ? 23 : 52;

    /// <summary>The bias of the exponent field: 127 or 1023.</summary>
    public int ExponentBias => IsSingle ? 127 : 1023;

    /// <summary>For text that exists for single numbers only.</summary>
    /// <exception cref="NotSupportedException">The target is a vector.</exception>
    public void RequireScalar()
    {
        if (target.IsVector)
            throw new NotSupportedException("There is no vector form.");
    }

    public string Constant(double value)
    {
        if (target.IsVector && value == 0 && 1 / value > 0)
            return Zero;
        string literal = CSharpLiteral.Of(value, target.Precision);
        return target.IsVector ? Member("Create", literal) : literal;
    }

    /// <summary>A constant that differs with the precision.</summary>
    public string Constant(double single, double @double) => Constant(IsSingle ? single : @double);

    /// <summary>Whether the text so far calls helpers of its own target or works on bits.</summary>
    public bool IsElaborate { get; private set; }

    /// <summary>A call of another helper of this target, which is thereby required.</summary>
    public string Call(string helper, params string[] arguments)
    {
        IsElaborate = true;
        return $"{library?.Require(target, helper) ?? helper}({string.Join(", ", arguments)})";
    }

    /// <summary>A member of W, which is the vector's own class where the text is of one width.</summary>
    private string Member(string name, params string[] arguments) => $"{(target.IsAnyWidth ? "W." : "")}{name}({string.Join(", ", arguments)})";

    /// <summary>a·b + c, fused into one rounding where the target has that in hardware.</summary>
    public string MultiplyAdd(string a, string b, string c) =>
        target.IsVector ? Member("MultiplyAdd", a, b, c) : $"{Factor(a)} * {Factor(b)} {Addend(c)}";

    /// <summary>The larger of a constant bound and <paramref name="x"/>; a NaN in <paramref name="x"/> is kept.</summary>
    /// <remarks>Every form returns its second operand when the two do not compare, as x86 does: the value that may be NaN stands there.</remarks>
    public string Max(string bound, string x) => target.IsVector ? Member("Max", bound, x) : $"({Factor(x)} < {bound} ? {bound} : {x})";

    /// <summary>The smaller of a constant bound and <paramref name="x"/>; a NaN in <paramref name="x"/> is kept.</summary>
    public string Min(string bound, string x) => target.IsVector ? Member("Min", bound, x) : $"({Factor(x)} > {bound} ? {bound} : {x})";

    public string Clamp(string low, string high, string x) => Min(high, Max(low, x));

    /// <remarks>Vectors clear the sign of a negative zero, which adding 0 does too.</remarks>
    public string Abs(string x) => target.IsVector ? Member("Abs", x) : $"({x} < 0 ? -{Factor(x)} : {(target.IsReproducible ? Zero + " + " : "")}{x})";

    /// <summary>Where <paramref name="left"/> &lt; <paramref name="right"/> the first value, otherwise (NaN too) the second.</summary>
    public string IfLess(string left, string right, string then, string otherwise) =>
        target.IsVector ? Member("IfLess", left, right, then, otherwise) : $"({left} < {right} ? {then} : {otherwise})";

    public string IfGreater(string left, string right, string then, string otherwise) =>
        target.IsVector ? IfLess(right, left, then, otherwise) : $"({left} > {right} ? {then} : {otherwise})";

    public string Zero => !target.IsVector ? CSharpLiteral.Of(0.0, target.Precision) : target.IsAnyWidth ? "W.Zero" : "Zero";

    public string Sqrt(string x)
    {
        if (target.IsVector)
            return Member("Sqrt", x);
        if (target.IsBasic)
            return IsSingle ? $"(float){CallDouble("Sqrt", $"(double){Factor(x)}")}" : CallDouble("Sqrt", x);
        return IsSingle ? $"(float)global::System.Math.Sqrt({x})" : $"global::System.Math.Sqrt({x})";
    }

    /// <summary>A call of a scalar helper in double.</summary>
    public string CallDouble(string helper, params string[] arguments) =>
        new NumericText(target.ScalarDouble, library).Call(helper, arguments);

    /// <summary>The sign of <paramref name="sign"/> on a magnitude that is 0 where <paramref name="sign"/> is; negative zero stays.</summary>
    public string WithSignOf(string sign, string magnitude) => target.IsVector
        ? Member("WithSignOf", sign, magnitude)
        : $"{sign} < 0 ? -{Factor(magnitude)} : {sign} > 0 ? {magnitude} : {sign}";

    /// <summary>2^n, n being what stands in the lowest bits of <paramref name="biased"/>, with the exponent's bias in it.</summary>
    public string PowerOfTwo(string biased)
    {
        if (target.IsVector)
            return Member("PowerOfTwo", biased);
        if (IsSingle)
            return $"(float){SingleFromBits(biased)}";
        return FromBits($"{ToBits(biased)} << {CSharpLiteral.Of(FractionBits)}");
    }

    // Not every library has the bits of a float. As a double it is exact, and its last bit is the 29th there; 896 is by how much the biases differ.
    private string SingleFromBits(string biased) => FromBits($"{ToBits($"{biased} + 896d")} << 23");

    /// <summary>The bits of a scalar double as a long.</summary>
    public string ToBits(string x) => Bits("DoubleToInt64Bits", x);

    public string FromBits(string bits) => Bits("Int64BitsToDouble", bits);

    private string Bits(string conversion, string argument)
    {
        IsElaborate = true;
        return $"global::System.BitConverter.{conversion}({argument})";
    }

    /// <summary>Statements that define <paramref name="name"/> as the polynomial in <paramref name="x"/>, lowest coefficient first.</summary>
    /// <remarks>Estrin's scheme: neighbors in pairs, then pairs of pairs by the square, which shortens the chain of dependent products.</remarks>
    public string Polynomial(string name, string x, double[] coefficients) => Polynomial(name, x, [.. coefficients.Select(c => Constant(c))]);

    /// <summary>The same with coefficients that are expressions.</summary>
    public string Polynomial(string name, string x, string[] coefficients)
    {
        var text = new System.Text.StringBuilder();
        string[] terms = coefficients;
        string power = x;
        for (int level = 1; terms.Length > 1; level++)
        {
            var next = new string[(terms.Length + 1) / 2];
            for (int i = 0; i < next.Length; i++)
            {
                if (2 * i + 1 == terms.Length)
                {
                    next[i] = terms[2 * i];
                    continue;
                }
                int first = i << level, last = Math.Min((i + 1) << level, coefficients.Length) - 1;
                next[i] = next.Length == 1 ? name : $"{name}{CSharpLiteral.Of(first)}To{CSharpLiteral.Of(last)}";
                text.Append($"{Type} {next[i]} = {MultiplyAdd(terms[2 * i + 1], power, terms[2 * i])};\n");
            }
            terms = next;
            if (terms.Length > 1)
            {
                string square = $"{x}To{CSharpLiteral.Of(1 << level)}";
                text.Append($"{Type} {square} = {power} * {power};\n");
                power = square;
            }
        }
        return text.ToString().TrimEnd('\n');
    }

    private static string Addend(string text)
    {
        string factor = Factor(text);
        return factor.StartsWith("-", StringComparison.Ordinal) ? "- " + factor.Substring(1) : "+ " + factor;
    }

    /// <summary>Parenthesised unless it binds as tightly as a factor already.</summary>
    private static string Factor(string text)
    {
        int depth = 0;
        foreach (char c in text)
        {
            depth += c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0;
            if (depth == 0 && c is ' ')
                return $"({text})";
        }
        return text;
    }
}
