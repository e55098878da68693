using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Profiles;

/// <summary>A place in memory as a kernel names it: a ref, or an array or span with an index into it.</summary>
/// <param name="Name">The ref, span or array.</param>
/// <param name="Index">The int that counts into it, or null for its start.</param>
internal readonly record struct Pointer(string Name, string? Index = null);

/// <summary>What a kernel may say on one target: how it reads memory, and what it computes with. Kernels are written once against this.</summary>
internal abstract class Dialect(NumericTarget target)
{
    public NumericTarget Target => target;

    /// <summary>The class that holds this dialect's kernels.</summary>
    public abstract string ClassName { get; }

    /// <summary>"float" or "double".</summary>
    public string Element => target.ElementName;

    /// <summary>Elements that one operation works on.</summary>
    public int Lanes => target.Lanes;

    /// <summary>The same memory with vectors no wider than a panel.</summary>
    public virtual Dialect Within(int panel) => this;

    /// <summary>How many independent sums hide the latency of an addition.</summary>
    public int Accumulators => Machine.Accumulators;

    /// <summary>Attributes that stand above every kernel, or null.</summary>
    public abstract string? KernelAttribute { get; }

    /// <summary>A parameter that receives a place in memory.</summary>
    public abstract string Parameter(string name, bool writes);

    /// <summary>How the body of a kernel names that parameter.</summary>
    public abstract Pointer Received(string name);

    /// <summary>The argument for such a parameter, <paramref name="offset"/> elements behind <paramref name="pointer"/>.</summary>
    public abstract string Argument(Pointer pointer, string offset = "0");

    /// <summary>Declares a pointer that can be advanced.</summary>
    public abstract Pointer Declare(CSharpWriter writer, string name, Pointer start, string offset = "0");

    /// <summary>Declares a local by which code written for a parameter of that name finds its place in memory.</summary>
    public abstract void Alias(CSharpWriter writer, string name, bool writes, Pointer source, string offset);

    public abstract void Advance(CSharpWriter writer, Pointer pointer, string by);

    /// <summary>One element, to be read or assigned.</summary>
    public abstract string At(Pointer pointer, string offset = "0");

    /// <summary>Lanes elements from <paramref name="offset"/> on.</summary>
    public abstract string Load(Pointer pointer, string offset = "0");

    /// <summary>The first <paramref name="count"/> elements of a vector, fewer than it has, from memory that ends there, and zeros.</summary>
    public virtual string LoadPart(Pointer pointer, int offset, int count) => throw new System.NotSupportedException("A single element has no parts.");

    /// <summary>A vector with all bits set in its first <paramref name="count"/> elements and none in the others.</summary>
    public virtual string Mask(int count) => throw new System.NotSupportedException("A single element has no parts.");

    /// <summary>A statement.</summary>
    public abstract string Store(Pointer pointer, string offset, string value);

    /// <summary>Statements that store the first <paramref name="count"/> elements of a vector, fewer than it has.</summary>
    public virtual void StorePart(CSharpWriter writer, Pointer pointer, int offset, string vector, int count) =>
        throw new System.NotSupportedException("A single element has no parts.");

    /// <summary>A scalar expression in every lane.</summary>
    public virtual string Broadcast(string scalar) => scalar;

    public virtual string Zero => CSharpLiteral.Of(0, target.Precision);

    public virtual string MultiplyAdd(string a, string b, string c, FunctionLibrary functions) => $"{Factor(a)} * {Factor(b)} + {c}";

    /// <summary>The sum over the lanes of a vector.</summary>
    public virtual string Sum(string vector) => vector;

    /// <summary>The first lane of a vector.</summary>
    public virtual string First(string vector) => vector;

    public string Literal(double value) => CSharpLiteral.Of(value, target.Precision);

    /// <summary>Offsets as text, without "0 + " and "1 * ".</summary>
    public static string Plus(string left, string right) => left == "0" ? right : right == "0" ? left : left + " + " + right;

    public static string Times(string variable, int factor) => factor == 1 ? variable : $"{variable} * {CSharpLiteral.Of(factor)}";

    /// <summary>The text in parentheses, unless it is one operand already.</summary>
    protected static string Factor(string text)
    {
        int depth = 0;
        char before = '(';
        foreach (char character in text)
        {
            depth += character is '(' or '[' ? 1 : character is ')' or ']' ? -1 : 0;

            // A comma outside parentheses stands between type arguments.
            if (character == ' ' && depth == 0 && before != ',')
                return $"({text})";
            before = character;
        }

        return text;
    }
}
