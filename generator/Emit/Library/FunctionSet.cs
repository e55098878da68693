using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>The element-wise functions that kernels call as members of W, for every width, and those of doubles in a class of their own.</summary>
internal sealed class FunctionSet
{
    private readonly Precision _precision;
    private readonly Dictionary<int, FunctionLibrary> _widths = [];
    private readonly FunctionLibrary _plain;
    private readonly List<string> _elementwise;

    public FunctionSet(Precision precision, bool hasMultiplyAddEstimate, IEnumerable<string> elementwise, IEnumerable<string> plain)
    {
        _precision = precision;
        NumericTarget scalar = new(precision, 0, hasMultiplyAddEstimate, false);
        _plain = new FunctionLibrary(modifiers: "internal static");
        foreach (int bits in WidthText.Bits)
        {
            NumericTarget target = scalar with { VectorBits = bits };
            _widths.Add(bits, new FunctionLibrary(target, Elsewhere, "public static"));
        }

        _widths.Add(0, new FunctionLibrary(scalar, Elsewhere, "public static"));
        _elementwise = [.. elementwise.Distinct().OrderBy(name => name, StringComparer.Ordinal)];

        // Without the fused product by name it is a function like others, and every kernel calls it.
        IEnumerable<string> required = hasMultiplyAddEstimate ? _elementwise : _elementwise.Append("MultiplyAdd");
        foreach (string helper in required)
        {
            foreach (KeyValuePair<int, FunctionLibrary> width in _widths)
            {
                if (width.Key > 0)
                    width.Value.Require(scalar with { VectorBits = width.Key }, helper);
            }
        }

        foreach (string helper in _elementwise)
        {
            if (precision == Precision.Single)
                _widths[0].Require(scalar, helper);
            else
                _plain.Require(scalar, helper);
        }

        foreach (string helper in plain)
            _plain.Require(scalar.ScalarDouble, helper);
    }

    /// <summary>The members of W, in ordinal order.</summary>
    public IReadOnlyList<string> Elementwise => _elementwise;

    public bool HasPlain => !_plain.IsEmpty;

    public void WritePlain(CSharpWriter writer) => _plain.Emit(writer);

    /// <summary>The functions of one width, below what the struct already has.</summary>
    public void Write(CSharpWriter writer, int bits)
    {
        if (bits == 0 && _precision == Precision.Double)
        {
            foreach (string helper in _elementwise)
            {
                IReadOnlyList<string> names = FunctionLibrary.ParametersOf(helper);
                string parameters = string.Join(", ", names.Select(name => name.StartsWith("ref ", StringComparison.Ordinal) ? "ref double " + name.Substring(4) : "double " + name));
                writer.Line($"{Unit.Inlined} public static double {helper}({parameters}) => Plain.{helper}({string.Join(", ", names)});");
            }

            return;
        }

        if (_widths[bits].IsEmpty)
            return;
        writer.Line();
        _widths[bits].Emit(writer);
    }

    private string Elsewhere(NumericTarget target, string helper)
    {
        if (!target.IsVector && target == target.ScalarDouble)
            return "Plain." + _plain.Require(target, helper);
        return $"{WidthText.NameOf(target.VectorBits)}.{_widths[target.VectorBits].Require(target, helper)}";
    }
}
