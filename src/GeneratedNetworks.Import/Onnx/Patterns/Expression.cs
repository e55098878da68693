using System.Globalization;

namespace GeneratedNetworks.Import.Onnx.Patterns;

/// <summary>
/// A formula of x in a normal form: products and sums are flat, sorted and have one number each, a division by a number is a product, so that the
/// ways in which
/// exporters write one function give one text. Numbers count to five digits.
/// </summary>
internal sealed class Expression
{
    /// <summary>Formulas longer than this match nothing; what grows on the way through a graph stops here.</summary>
    private const int LongestText = 2000;

    private readonly Form _form;
    private readonly double _number;
    private readonly Expression[] _parts;
    private readonly string? _function;

    private Expression(Form form, double number, Expression[] parts, string text, string? function = null)
    {
        _function = function;
        _form = form;
        _number = number;
        _parts = parts;
        Text = text;
    }

    private enum Form
    {
        Number,
        Atom,
        Sum,
        Product,
    }

    /// <summary>The value that the formula is of.</summary>
    public static Expression X { get; } = new(Form.Atom, 0, [], "x");

    public string Text { get; }

    public bool IsTooLong => Text.Length > LongestText;

    /// <summary>The number in front of a product, 1 in front of anything else.</summary>
    public double Factor => _form == Form.Product ? _number : 1;

    /// <summary>The text without <see cref="Factor"/>.</summary>
    public string Kernel => _form == Form.Product ? ProductOf(1, _parts).Text : Text;

    public static implicit operator Expression(double number) => new(Form.Number, number, [], Write(number));

    public static Expression operator +(Expression a, Expression b)
    {
        (double left, Expression[] first) = a.Summands();
        (double right, Expression[] second) = b.Summands();
        Expression[] parts = [.. first.Concat(second).OrderBy(part => part.Text, StringComparer.Ordinal)];
        double number = left + right;
        if (parts.Length == 0)
            return number;
        if (number == 0 && parts.Length == 1)
            return parts[0];
        return new(Form.Sum, number, parts, $"({Write(number)}+{string.Join('+', parts.Select(part => part.Text))})");
    }

    public static Expression operator -(Expression a, Expression b) => a + (-1 * b);

    public static Expression operator *(Expression a, Expression b)
    {
        (double left, Expression[] first) = a.Factors();
        (double right, Expression[] second) = b.Factors();
        return ProductOf(left * right, [.. first.Concat(second)]);
    }

    public static Expression operator /(Expression a, Expression b)
    {
        if (b._form == Form.Number)
            return a * (1 / b._number);
        return a.Factor * Atom("div", ProductOf(1, a._form == Form.Product ? a._parts : [a]), b);
    }

    public static Expression Call(string function, Expression argument) => Atom(function, argument);

    /// <summary>A number comes first, and the greatest of two of them once.</summary>
    public static Expression Max(Expression a, Expression b) => Extreme("max", a, b, Math.Max);

    public static Expression Min(Expression a, Expression b) => Extreme("min", a, b, Math.Min);

    /// <summary>Without a bound that is infinite.</summary>
    public static Expression Clip(Expression value, double low, double high)
    {
        Expression above = double.IsNegativeInfinity(low) ? value : Max(low, value);
        return double.IsPositiveInfinity(high) ? above : Min(high, above);
    }

    public override string ToString() => Text;

    private static Expression Extreme(string function, Expression a, Expression b, Func<double, double, double> choose)
    {
        bool swap = b._form == Form.Number || (a._form != Form.Number && string.CompareOrdinal(a.Text, b.Text) > 0);
        (Expression first, Expression second) = swap ? (b, a) : (a, b);
        bool isNested = first._form == Form.Number && second._function == function && second._parts[0]._form == Form.Number;
        return isNested ? Atom(function, choose(first._number, second._parts[0]._number), second._parts[1]) : Atom(function, first, second);
    }

    private static Expression Atom(string function, params Expression[] arguments) =>
        new(Form.Atom, 0, arguments, $"{function}({string.Join(',', arguments.Select(argument => argument.Text))})", function);

    private static Expression ProductOf(double number, Expression[] factors)
    {
        if (factors.Length == 0 || number == 0)
            return number;
        if (number == 1 && factors.Length == 1)
            return factors[0];
        Expression[] parts = [.. factors.OrderBy(part => part.Text, StringComparer.Ordinal)];
        return new(Form.Product, number, parts, $"({Write(number)}*{string.Join('*', parts.Select(part => part.Text))})");
    }

    private (double Number, Expression[] Parts) Summands() => _form switch
    {
        Form.Number => (_number, []),
        Form.Sum => (_number, _parts),
        _ => (0, [this]),
    };

    private (double Number, Expression[] Parts) Factors() => _form switch
    {
        Form.Number => (_number, []),
        Form.Product => (_number, _parts),
        _ => (1, [this]),
    };

    private static string Write(double number) => number.ToString("G5", CultureInfo.InvariantCulture);
}
