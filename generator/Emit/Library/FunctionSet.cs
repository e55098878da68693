using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Functions.Helpers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>
/// The element-wise functions: once for vectors of any width, in a class over W and V; and those of doubles, by which the plain loops and the shared numbers
/// of an optimizer's step are computed.
/// </summary>
internal sealed class FunctionSet
{
    private readonly FunctionLibrary _map = new(Elsewhere, Unit.Inlined + " internal static");
    private readonly FunctionLibrary _tables = new(null, Unit.Inlined + " public static");
    private readonly FunctionLibrary _plain = new(null, "internal static", isPlain: true);

    public FunctionSet(Precision precision, bool isReproducible, IEnumerable<string> elementwise, IEnumerable<string> plain)
    {
        NumericTarget any = new(precision, NumericTarget.AnyWidth, false) { IsReproducible = isReproducible };
        foreach (string helper in elementwise)
            _map.Require(any, helper);
        foreach (string table in new[] { PiecewiseTanh.Name, TableExp.Name }.Where(table => _map.Texts.Any(text => text.Contains($".{table}("))))
            _tables.Require(any with { VectorBits = 512 }, table);
        foreach (string helper in plain)
            _plain.Require(any.ScalarDouble, helper);
    }

    /// <summary>What stands in the class over W and V.</summary>
    public IEnumerable<string> Texts => _map.Texts;

    /// <summary>What only vectors of 512 bits can do, as members of W512.</summary>
    public void WriteTables(CSharpWriter writer)
    {
        if (!_tables.IsEmpty)
            _tables.Emit(writer);
    }

    /// <summary>The two classes, each with an empty line before it.</summary>
    public void Write(CSharpWriter writer)
    {
        Write(writer, _map, "// Functions of the elements of V.", $"internal static class {ClassName}<W, V> {Unit.Where}");
        Write(writer, _plain, "// Functions of a double.", "internal static class Plain");
    }

    /// <summary>The class over W and V.</summary>
    public const string ClassName = "Map";

    private static void Write(CSharpWriter writer, FunctionLibrary functions, string comment, string header)
    {
        if (functions.IsEmpty)
            return;
        writer.Line();
        writer.Line(comment);
        using (writer.Open(header))
            functions.Emit(writer);
    }

    private static string? Elsewhere(NumericTarget target, string helper) =>
        target.IsAnyWidth ? null : throw new NotSupportedException($"A function of vectors calls {helper} of {target.TypeName}.");
}
