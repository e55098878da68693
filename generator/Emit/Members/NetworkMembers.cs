using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>Sizes, storage, constructors, parameters and <c>Forward</c>.</summary>
internal static class NetworkMembers
{
    public static void Write(CSharpWriter writer, EmitContext context)
    {
        WriteSizes(writer, context);
        WriteStorage(writer, context);
        if (context.IsStatic)
            WriteLoad(writer, context);
        else
            WriteConstructors(writer, context);
        WriteParameterAccess(writer, context);
        ForwardWriter.Write(writer, context);
        if (context.ImplementsNetwork)
            WriteInterface(writer, context);
        WriteCheckLength(writer);
    }

    private static void WriteSizes(CSharpWriter writer, EmitContext context)
    {
        NetworkGraph graph = context.Plan.Graph;
        Constant("Elements of one input sample.", "InputSize", graph.Input.Shape.Count);
        Constant("Elements of one output sample.", "OutputSize", graph.Output.Shape.Count);
        Constant("Trainable numbers in all, in canonical order.", "ParameterCount", graph.ParameterCount);

        void Constant(string summary, string name, int value)
        {
            writer.Line($"/// <summary>{summary}</summary>");
            Attribute(writer, context);
            writer.Line($"public const int {name} = {CSharpLiteral.Of(value)};");
            writer.Line();
        }
    }

    private static void WriteStorage(CSharpWriter writer, EmitContext context)
    {
        NetworkPlan plan = context.Plan;
        writer.Line("// All weights and biases in one array, padded, in the order in which the kernels read them:");
        foreach (DenseWeights weights in plan.Weights)
        {
            string bias = weights.HasBias ? $", bias at {CSharpLiteral.Of(weights.BiasOffset)}" : string.Empty;
            writer.Line($"//   {weights.Layer}: weight (i, o) at {CanonicalOrderKernel.PackedIndex(weights, "i", "o")}{bias}");
        }

        string parameters = $"private {context.Static}readonly {context.Element}[] _parameters";
        string array = Array(context);
        if (context.Surface.Profile == EmitProfile.Simd)
        {
            writer.Line($"{parameters} = {(context.IsStatic ? "Load()" : array)};");
            writer.Line($"private {context.Static}readonly int _origin{(context.IsStatic ? " = Origin(_parameters)" : string.Empty)};");
        }
        else
        {
            writer.Line($"{parameters} = {(context.IsStatic ? "Load()" : array)};");
        }

        if (context.Surface.IsBasic)
            writer.Line($"private {context.Static}readonly {context.Element}[] _scratch = new {context.Element}[{CSharpLiteral.Of(System.Math.Max(plan.Inference.ScratchLength, plan.Inference.Sample?.ScratchLength ?? 0))}];");
        writer.Line();
        if (context.HasInterfaces)
        {
            writer.Line("/// <summary>Name, shape and canonical offset of every parameter.</summary>");
            Attribute(writer, context);
            writer.Line("public static global::System.ReadOnlySpan<global::GeneratedNetworks.NetworkParameter> ParameterLayout => Names.Layout;");
            writer.Line();
            using (writer.Open("private static class Names"))
            {
                writer.Line("internal static readonly global::GeneratedNetworks.NetworkParameter[] Layout = new global::GeneratedNetworks.NetworkParameter[]");
                writer.Line("{");
                foreach (ParameterBlock parameter in plan.Graph.Parameters)
                {
                    string shape = string.Join(", ", parameter.Shape.Dimensions.Select(CSharpLiteral.Of));
                    writer.Line($"    new global::GeneratedNetworks.NetworkParameter(\"{parameter.Name}\", {CSharpLiteral.Of(parameter.Offset)}, {shape}),");
                }

                writer.Line("};");
                writer.Line();
                writer.Line("// The layers in short: what a tool can read from the assembly without running it.");
                writer.Line($"internal const string Layers = {CSharpLiteral.Of(LayerText.Of(plan.Graph.Model))};");
            }

            writer.Line();
        }
    }

    private static string Array(EmitContext context)
    {
        string length = CSharpLiteral.Of(context.Plan.ParameterLength);
        return context.Surface.Profile == EmitProfile.Simd ? $"Allocate({length})" : $"new {context.Element}[{length}]";
    }

    /// <summary>A static class has no constructor to run: the array is filled where its field is initialised.</summary>
    private static void WriteLoad(CSharpWriter writer, EmitContext context)
    {
        using (writer.Open($"private static {context.Element}[] Load()"))
        {
            writer.Line($"{context.Element}[] array = {Array(context)};");
            if (EmbeddedWriter.IsNeeded(context))
                EmbeddedWriter.WriteLoad(writer, context, context.Surface.StartOfArray(writer, "parameters", "array", "Origin(array)"));
            writer.Line("return array;");
        }

        writer.Line();
    }

    private static void WriteConstructors(CSharpWriter writer, EmitContext context)
    {
        if (EmbeddedWriter.IsNeeded(context))
        {
            writer.Line("/// <summary>Creates the network with the trained parameters that are embedded here.</summary>");
            Attribute(writer, context);
            using (writer.Open($"public {context.TypeName}()"))
            {
                if (context.Surface.Profile == EmitProfile.Simd)
                    writer.Line("_origin = Origin(_parameters);");
                EmbeddedWriter.WriteLoad(writer, context, context.Surface.StartOfArray(writer, "parameters", "_parameters", "_origin"));
            }
        }
        else
        {
            writer.Line("/// <summary>Creates the network with parameters initialised from seed 0.</summary>");
            Attribute(writer, context);
            writer.Line($"public {context.TypeName}() : this(0UL)");
            writer.Line("{");
            writer.Line("}");
        }

        writer.Line();
        writer.Line("/// <summary>Creates the network with parameters initialised from a seed: the same numbers on every runtime.</summary>");
        Attribute(writer, context);
        using (writer.Open($"public {context.TypeName}(ulong seed)"))
        {
            if (context.Surface.Profile == EmitProfile.Simd)
                writer.Line("_origin = Origin(_parameters);");
            writer.Line("Initialize(seed);");
        }

        writer.Line();
    }

    private static void WriteParameterAccess(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        writer.Line("/// <summary>Copies all parameters out in canonical order: layer by layer, weight [in, out] row by row, then bias.</summary>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The length is not <see cref=\"ParameterCount\"/>.</exception>");
        Attribute(writer, context);
        using (writer.Open($"public {context.Static}void GetParameters({surface.Out("destination")})"))
        {
            writer.Line("CheckLength(\"destination\", ParameterCount, destination.Length);");
            Pointer packed = surface.StartOfArray(writer, "parameters", "_parameters", "_origin");
            Pointer canonical = surface.Start(writer, "to", "destination");
            writer.Line(CanonicalCall(context, packed, canonical, toCanonical: true) + ";");
        }

        writer.Line();
        if (context.IsStatic)
            return;
        writer.Line("/// <summary>Sets all parameters from canonical order. A trainer's optimiser state stays as it is.</summary>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The length is not <see cref=\"ParameterCount\"/>.</exception>");
        Attribute(writer, context);
        using (writer.Open($"public void SetParameters({surface.In("source")})"))
        {
            writer.Line("CheckLength(\"source\", ParameterCount, source.Length);");
            writer.Line("// Padding goes back to zero too: it may hold NaN after a training run that diverged.");
            writer.Line("global::System.Array.Clear(_parameters, 0, _parameters.Length);");
            Pointer packed = surface.StartOfArray(writer, "parameters", "_parameters", "_origin");
            Pointer canonical = surface.Start(writer, "from", "source");
            writer.Line(CanonicalCall(context, packed, canonical, toCanonical: false) + ";");
        }

        writer.Line();
    }

    /// <summary>A call that copies between a packed array and canonical order.</summary>
    public static string CanonicalCall(EmitContext context, Pointer packed, Pointer canonical, bool toCanonical, bool skipFrozen = false)
    {
        Dialect host = context.Kernels.Host;
        CanonicalOrderKernel kernel = new(
            (toCanonical ? "ToCanonical" : "FromCanonical") + (skipFrozen ? "Unfrozen" : string.Empty),
            toCanonical ? "From packed panels to canonical order." : "From canonical order to packed panels.",
            context.Plan.Weights,
            toCanonical,
            skipFrozen);
        return $"{context.Kernels.Require(kernel)}({host.Argument(packed)}, {host.Argument(canonical)})";
    }

    private static void WriteInterface(CSharpWriter writer, EmitContext context)
    {
        string network = $"global::GeneratedNetworks.INetwork<{context.Element}>";
        writer.Line($"int {network}.InputSize => InputSize;");
        writer.Line();
        writer.Line($"int {network}.OutputSize => OutputSize;");
        writer.Line();
        writer.Line($"int {network}.ParameterCount => ParameterCount;");
        writer.Line();
        writer.Line($"global::System.ReadOnlySpan<global::GeneratedNetworks.NetworkParameter> {network}.ParameterLayout => Names.Layout;");
        writer.Line();
    }

    private static void WriteCheckLength(CSharpWriter writer)
    {
        using (writer.Open("private static void CheckLength(string parameter, long expected, int actual)"))
        {
            writer.Line("if (actual != expected)");
            writer.Line("    ThrowLength(parameter, \"\" + expected, actual);");
        }

        writer.Line();
        writer.Line("// Apart from the checks, so that they stay small enough to be inlined.");
        using (writer.Open("private static void ThrowLength(string parameter, string expected, int actual)"))
            writer.Line("throw new global::System.ArgumentException(\"Expected \" + expected + \" elements, got \" + actual + \".\", parameter);");

        writer.Line();
    }

    /// <summary>Marks a member, and never the class, half of which is the user's.</summary>
    public static void Attribute(CSharpWriter writer, EmitContext context)
    {
        if (!context.Surface.IsBasic)
            writer.Line($"[global::System.CodeDom.Compiler.GeneratedCode(\"GeneratedNetworks\", \"{Version}\")]");
    }

    private static string Version { get; } = typeof(NetworkMembers).Assembly.GetName().Version.ToString(3);
}
