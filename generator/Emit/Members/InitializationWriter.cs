using System;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>Draws the initial parameters: one stream of SplitMix64 in canonical order, in double, rounded to the element type.</summary>
internal static class InitializationWriter
{
    public static void Write(CSharpWriter writer, EmitContext context)
    {
        if (!context.IsStatic)
            WriteInitialize(writer, context);
        if (!context.IsSimd)
            WriteIndexHelpers(writer, context);
    }

    private static void WriteInitialize(CSharpWriter writer, EmitContext context)
    {
        writer.Line("// Draws in canonical order from one stream of SplitMix64; biases start at 0 and draw nothing.");
        using (writer.Open($"internal static void Initialize(ulong seed, {context.Surface.MemoryType} memory)"))
        {
            if (context.Plan.Parameters.Places.Count > 0)
            {
                Pointer parameters = context.Surface.StartOfMemory(writer, "parameters", "memory");
                writer.Line("ulong state = seed;");
                foreach (BlockPlace place in context.Plan.Parameters.Places)
                    WriteBlock(writer, context, parameters, place);
            }
        }

        writer.Line();
    }

    /// <summary>What the Simd profile shares in its assembly.</summary>
    private static void WriteIndexHelpers(CSharpWriter writer, EmitContext context)
    {
        writer.Line("// The finaliser of SplitMix64: every bit of the result depends on every bit of the argument.");
        using (writer.Open("private static ulong Mix(ulong z)"))
        {
            using (writer.Open("unchecked"))
            {
                writer.Line("z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;");
                writer.Line("z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;");
                writer.Line("return z ^ (z >> 31);");
            }
        }

        if (context.IsStatic)
            return;
        writer.Line();
        writer.Line("// The next number in [0, 1): the upper 53 bits.");
        using (writer.Open("private static double NextUniform(ref ulong state)"))
        {
            writer.Line("state = unchecked(state + 0x9E3779B97F4A7C15UL);");
            writer.Line("return (Mix(state) >> 11) * (1.0 / 9007199254740992.0);");
        }

        bool hasOrthogonal = context.Plan.Graph.Parameters.Any(parameter => parameter.Initializer == Initializer.Orthogonal);
        if (!hasOrthogonal && !context.Plan.Graph.Parameters.Any(parameter => IsNormal(parameter.Initializer)))
            return;
        string log = context.Functions.Require(context.ScalarDouble, "Log");
        string cos = context.Functions.Require(context.ScalarDouble, "Cos");
        string sqrt = new NumericText(context.ScalarDouble, context.Functions).Sqrt($"-2 * {log}(1 - NextUniform(ref state))");
        writer.Line();
        writer.Line("// The next standard normal number, by Box and Muller: √(-2 ln u)·cos 2πv with u in (0, 1].");
        using (writer.Open("private static double NextNormal(ref ulong state)"))
        {
            writer.Line($"double radius = {sqrt};");
            writer.Line($"return radius * {cos}({CSharpLiteral.Of(2 * Math.PI)} * NextUniform(ref state));");
        }

        if (!hasOrthogonal)
            return;
        writer.Line();
        writer.Line("// " + InitializationUnits.OrthogonalComment);
        using (writer.Open($"private static double[] {InitializationUnits.Orthogonal}(ref ulong state, int rows, int columns)"))
            writer.Lines(InitializationUnits.OrthogonalBody("NextNormal(ref state)", new NumericText(context.ScalarDouble, context.Functions).Sqrt));
    }

    private static void WriteBlock(CSharpWriter writer, EmitContext context, Pointer parameters, BlockPlace place)
    {
        ParameterBlock block = place.Block;
        if (!block.Initial.IsDrawn)
        {
            WriteConstant(writer, context, parameters, place);
            return;
        }

        if (block.Initializer == Initializer.Orthogonal)
        {
            WriteOrthogonal(writer, context, parameters, place);
            return;
        }

        (double scale, string formula) = Scale(block.Initializer, block.FanIn, block.FanOut);
        bool isNormal = IsNormal(block.Initializer);
        int inputs = place.Packing?.Inputs ?? 1, outputs = place.Packing?.Outputs ?? block.Shape.Count;
        writer.Line($"// {block.Layer}: {block.Initializer}, {(isNormal ? "deviation" : "uniform up to")} {formula}");
        if (context.IsSimd)
        {
            string order = place.Packing switch
            {
                null => $"step: 0, panel: {CSharpLiteral.Of(outputs)}, panelLength: 0",
                { IsByOutput: true } weights => $"step: 1, panel: 1, panelLength: {CSharpLiteral.Of(weights.InputStride)}",
                var weights => $"step: {CSharpLiteral.Of(weights.Panel)}, panel: {CSharpLiteral.Of(weights.Panel)}, panelLength: {CSharpLiteral.Of(weights.Inputs * weights.Panel)}",
            };
            string at = place.Offset == 0 ? "ref parameters" : $"ref Unsafe.Add(ref parameters, {CSharpLiteral.Of(place.Offset)})";
            string draw = context.Use.Unit(isNormal ? InitializationUnits.Normal : InitializationUnits.Uniform);
            if (place.Packing is { IsSwapped: true } swapped)
            {
                int own = swapped.Inputs / swapped.Taps;
                writer.Line($"for (int t = 0; t < {CSharpLiteral.Of(swapped.Taps)}; t++)");
                writer.Line($"    for (int o = 0; o < {CSharpLiteral.Of(swapped.Outputs)}; o++)");
                writer.Line($"        {draw}(ref state, ref Unsafe.Add(ref parameters, {CSharpLiteral.Of(place.Offset)} + t * {CSharpLiteral.Of(own * swapped.Panel)} + {StorageMembers.ColumnOf(swapped)}), step: 0, panel: 1, "
                    + $"panelLength: {CSharpLiteral.Of(swapped.Panel)}, inputs: 1, outputs: {CSharpLiteral.Of(own)}, {CSharpLiteral.Of(scale)});");
                return;
            }

            writer.Line($"{draw}(ref state, {at}, {order}, inputs: {CSharpLiteral.Of(inputs)}, outputs: {CSharpLiteral.Of(outputs)}, {CSharpLiteral.Of(scale)});");
            return;
        }

        if (place.Packing is { IsSwapped: true } transposed)
        {
            int own = transposed.Inputs / transposed.Taps;
            using (writer.Open($"for (int t = 0; t < {CSharpLiteral.Of(transposed.Taps)}; t++)"))
            using (writer.Open($"for (int o = 0; o < {CSharpLiteral.Of(transposed.Outputs)}; o++)"))
            using (writer.Open($"for (int i = 0; i < {CSharpLiteral.Of(own)}; i++)"))
            {
                string draw = isNormal ? $"NextNormal(ref state) * {CSharpLiteral.Of(scale)}" : $"(2 * NextUniform(ref state) - 1) * {CSharpLiteral.Of(scale)}";
                writer.Line($"{context.Host.At(parameters, CanonicalOrderKernel.PackedIndex(transposed, $"(t * {CSharpLiteral.Of(own)} + i)", "o"))} = ({context.Element})({draw});");
            }

            return;
        }

        writer.Line($"for (int i = 0; i < {CSharpLiteral.Of(inputs)}; i++)");
        using (writer.Open())
        {
            using (writer.Open($"for (int o = 0; o < {CSharpLiteral.Of(outputs)}; o++)"))
            {
                string draw = isNormal ? $"NextNormal(ref state) * {CSharpLiteral.Of(scale)}" : $"(2 * NextUniform(ref state) - 1) * {CSharpLiteral.Of(scale)}";
                string index = place.Packing is { } weights ? CanonicalOrderKernel.PackedIndex(weights, "i", "o") : Dialect.Plus(CSharpLiteral.Of(place.Offset), "o");
                writer.Line($"{context.Host.At(parameters, index)} = ({context.Element})({draw});");
            }
        }
    }

    private static void WriteOrthogonal(CSharpWriter writer, EmitContext context, Pointer parameters, BlockPlace place)
    {
        ParameterBlock block = place.Block;
        string columns = CSharpLiteral.Of(block.Shape.Columns), drawn = char.ToLowerInvariant(block.Layer[0]) + block.Layer.Substring(1) + Places.Pascal(block.Kind);
        if (context.IsSimd)
            context.Use.Unit(InitializationUnits.Orthogonal);
        writer.Line($"// {block.Name}: orthogonal");
        writer.Line($"double[] {drawn} = {InitializationUnits.Orthogonal}(ref state, {CSharpLiteral.Of(block.Shape.Rows)}, {columns});");
        using (writer.Open($"for (int i = 0; i < {CSharpLiteral.Of(block.Shape.Rows)}; i++)"))
        using (writer.Open($"for (int o = 0; o < {columns}; o++)"))
        {
            string index = place.Packing switch
            {
                null => $"{CSharpLiteral.Of(place.Offset)} + i * {columns} + o",
                { IsSwapped: true } swapped => CanonicalOrderKernel.PackedIndex(swapped, $"(i / {CSharpLiteral.Of(swapped.Outputs)} * {columns} + o)", $"(i % {CSharpLiteral.Of(swapped.Outputs)})"),
                var weights => CanonicalOrderKernel.PackedIndex(weights, "i", "o"),
            };
            writer.Line($"{context.Host.At(parameters, index)} = ({context.Element}){drawn}[i * {columns} + o];");
        }
    }

    /// <summary>Memory is zero as it comes.</summary>
    private static void WriteConstant(CSharpWriter writer, EmitContext context, Pointer parameters, BlockPlace place)
    {
        ParameterBlock block = place.Block;
        if (block.Initial == InitialValue.Zeros)
        {
            if (block.IsWeight)
                writer.Line($"// {block.Layer}: zeros");
            return;
        }

        int until = block.Initial.Until == 0 ? block.Shape.Count : block.Initial.Until;
        string which = until - block.Initial.From < block.Shape.Count ? $", elements {CSharpLiteral.Of(block.Initial.From)} to {CSharpLiteral.Of(until - 1)}" : string.Empty;
        writer.Line($"// {block.Name}: {CSharpLiteral.Of(block.Initial.Constant).TrimEnd('d')}{which}");
        writer.Line($"for (int o = {CSharpLiteral.Of(block.Initial.From)}; o < {CSharpLiteral.Of(until)}; o++)");
        string value = CSharpLiteral.Of(block.Initial.Constant, context.Plan.Graph.Precision);
        writer.Line($"    {context.Host.At(parameters, Dialect.Plus(CSharpLiteral.Of(place.Offset), "o"))} = {value};");
    }

    private static bool IsNormal(Initializer initializer) => initializer is Initializer.GlorotNormal or Initializer.HeNormal or Initializer.LeCunNormal;

    private static (double Scale, string Formula) Scale(Initializer initializer, int fanIn, int fanOut) => initializer switch
    {
        Initializer.GlorotUniform => (Math.Sqrt(6.0 / (fanIn + (double)fanOut)), $"√(6 / ({fanIn} + {fanOut}))"),
        Initializer.GlorotNormal => (Math.Sqrt(2.0 / (fanIn + (double)fanOut)), $"√(2 / ({fanIn} + {fanOut}))"),
        Initializer.HeUniform => (Math.Sqrt(6.0 / fanIn), $"√(6 / {fanIn})"),
        Initializer.HeNormal => (Math.Sqrt(2.0 / fanIn), $"√(2 / {fanIn})"),
        _ => (Math.Sqrt(1.0 / fanIn), $"√(1 / {fanIn})"),
    };
}
