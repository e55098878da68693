using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>What a network says of itself at run time, its copy, and the object that stands for a static class.</summary>
internal static class InfoMembers
{
    private const string Info = "global::GeneratedNetworks.NetworkInfo";

    /// <summary>The public members.</summary>
    public static void Write(CSharpWriter writer, EmitContext context)
    {
        if (context.HasInterfaces)
        {
            writer.Line("/// <summary>Sizes, layers and layouts at run time. Its text is the table of layers.</summary>");
            writer.Line($"{NetworkMembers.Attribute(context)}public {context.Static}{Info} Info => {EmitContext.Inner}.Info;");
            writer.Line();
        }

        if (context.IsStatic)
            WriteInstance(writer, context);
        else
            WriteClone(writer, context);
        AdaptWriter.Write(writer, context);
    }

    /// <summary>What they stand on.</summary>
    public static void WriteInner(CSharpWriter writer, EmitContext context)
    {
        if (!context.HasInterfaces)
            return;
        NetworkGraph graph = context.Plan.Graph;
        writer.Line("// The layers in short: what a tool can read from the assembly without running it.");
        writer.Line($"internal const string Layers = {CSharpLiteral.Of(LayerText.Of(graph.Model))};");
        writer.Line();
        writer.Line("// The header's table, and a hash of the plan, by which a checkpoint knows the code that it belongs to.");
        writer.Line($"internal static readonly {Info} Info = new {Info}({string.Join(", ", Arguments(context))});");
        writer.Line();
        if (!context.IsStatic)
            return;
        string type = $"global::GeneratedNetworks.StaticNetwork<{context.Element}>";
        writer.Line($"internal static readonly {type} Instance = new {type}(Info, {context.TypeName}.GetParameters, {context.TypeName}.Forward);");
        writer.Line();
    }

    private static IEnumerable<string> Arguments(EmitContext context)
    {
        NetworkPlan plan = context.Plan;
        NetworkGraph graph = plan.Graph;
        yield return CSharpLiteral.Of(graph.Model.Type.HintName);
        yield return $"global::GeneratedNetworks.Precision.{graph.Precision}";
        yield return "Layers";
        yield return CSharpLiteral.Of(LayerTable.Text(plan));
        yield return "Layout";
        yield return $"0x{Fnv1a.Of64(plan.ToText()).ToString("X16", CultureInfo.InvariantCulture)}UL";
        if (graph.Training is { } training)
        {
            if (graph.Outputs.Count == 1)
                yield return $"loss: global::GeneratedNetworks.Loss.{graph.Outputs[0].Loss}";
            yield return $"optimizer: global::GeneratedNetworks.Optimizer.{training.Optimizer}";
        }

        if (graph.Inputs.Count > 1)
            yield return "inputs: Inputs";
        if (graph.Outputs.Count > 1)
        {
            yield return "outputs: Outputs";
            if (graph.Training is not null)
                yield return $"losses: new[] {{ {string.Join(", ", graph.Outputs.Select(output => $"global::GeneratedNetworks.Loss.{output.Loss}"))} }}";
        }

        if ((graph.Model.Architecture?.File ?? graph.Embedded?.File) is not { } file)
            yield break;
        yield return $"source: {CSharpLiteral.Of(file.Source)}";
        yield return $"format: {CSharpLiteral.Of(file.Format)}";
        if (graph.Model.Architecture is not { } architecture || file.Networks.Count == 0)
            yield break;

        // All networks of a file have its one input; a value inside is called as it was asked for, and one behind the file's last layer is none of its values.
        if (file.Networks[0].InputName is { Length: > 0 } input)
            yield return $"input: {CSharpLiteral.Of(input)}";
        bool endsInFile = graph.Model.Layers.All(layer => layer.AttributeIndex == architecture.AttributeIndex);
        if (endsInFile && (architecture.Outputs ?? file.Networks[0].Name) is { Length: > 0 } output)
            yield return $"output: {CSharpLiteral.Of(output)}";
    }

    private static void WriteInstance(CSharpWriter writer, EmitContext context)
    {
        if (!context.HasInterfaces)
            return;
        writer.Line("/// <summary>The class as an object, for metrics, saving and other code that takes any network. Its parameters cannot be set.</summary>");
        writer.Line($"{NetworkMembers.Attribute(context)}public static global::GeneratedNetworks.INetwork<{context.Element}> Instance => {EmitContext.Inner}.Instance;");
        writer.Line();
    }

    private static void WriteClone(CSharpWriter writer, EmitContext context)
    {
        writer.Line("/// <summary>A new network with the same parameters.</summary>");
        using (writer.Open($"{NetworkMembers.Attribute(context)}public {context.FullTypeName} Clone()"))
        {
            writer.Line($"{context.FullTypeName} copy = new {context.FullTypeName}(0UL);");
            if (context.HasInterfaces)
            {
                writer.Line($"global::GeneratedNetworks.NetworkExtensions.CopyFrom<{context.Element}>(copy, this);");
            }
            else if (context.Surface.IsBasic)
            {
                string length = CSharpLiteral.Of(context.Plan.ParameterLength);
                writer.Line($"global::System.Array.Copy({context.Parameters()}, 0, {context.Parameters("copy.")}, 0, {length});");
            }
            else
            {
                writer.Line($"{context.Element}[] parameters = new {context.Element}[ParameterCount];");
                writer.Line("GetParameters(parameters);");
                writer.Line("copy.SetParameters(parameters);");
            }

            writer.Line("return copy;");
        }

        writer.Line();
    }
}
