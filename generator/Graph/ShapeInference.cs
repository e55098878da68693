using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>Turns what the attributes say into a graph with sizes, or into issues.</summary>
internal static class ShapeInference
{
    /// <returns>The graph, or null when <paramref name="issues"/> received an error.</returns>
    public static NetworkGraph? Infer(NetworkModel model, List<Issue> issues, CancellationToken cancellation)
    {
        int before = issues.Count;
        (Value Row, EquatableArray<GraphInput> Parts)? callers = GraphInputs.Of(model, issues);
        CheckEnum<Precision>(model.Precision, model.AttributeIndex, issues);
        CheckEnum<EmitProfile>(model.Profile, model.AttributeIndex, issues);
        CheckEnum<Unroll>(model.Unroll, model.AttributeIndex, issues);
        CheckEnum<Numerics>(model.Numerics, model.AttributeIndex, issues);
        List<(Layer Layer, int Attribute)> layers = LayerNames.CreateLayers(model.Layers, issues, callers?.Parts.Select(part => part.Value.Name));
        if (callers is not var (row, parts) || issues.Count > before)
            return null;

        EmitProfile profile = ProfileChoice.Resolve((EmitProfile)model.Profile, model.Options).Profile;
        List<Node> nodes = [];
        List<ParameterBlock> parameters = [];
        HashSet<string> names = new(layers.Select(layer => layer.Layer.Name), StringComparer.Ordinal);
        Value value = parts[0].Value;
        Sources sources = new(layers, parts.Select(part => part.Value));
        long parameterCount = 0;
        for (int i = 0; i < layers.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            (Layer layer, int attribute) = layers[i];
            if (sources.Of(layer, attribute, value, issues) is not { } inputs)
                return null;
            Shape[] shapes = [.. inputs.Select(read => read.Shape)];
            if (layer.FaultOf(shapes) is { } fault)
            {
                issues.Add(Issue.Create(fault.Id, attribute, [.. InputAdvice.Words(fault, inputs[0], model, parts)]));
                return null;
            }

            foreach (ParameterBlock parameter in layer.Parameters(shapes))
            {
                long count = parameter.Shape.LongCount;
                if (count > int.MaxValue || parameterCount + count > int.MaxValue)
                {
                    Shape? decisive = parameters.Exists(other => other.IsWeight) ? null : row.Shape;
                    issues.Add(SizeLimits.TooManyParameters(parameter, parameterCount, decisive, profile, attribute));
                    return null;
                }

                parameters.Add(parameter with { Offset = (int)parameterCount });
                parameterCount += count;
            }

            bool isInner = i + 1 < layers.Count && layers[i + 1].Layer.Name == layer.Name;
            string name = layer is ShapeLayer ? inputs[0].Name : isInner ? Unused(layer.Name + layer.InnerName) : layer.Name;
            Value[] results = [.. layer.InferShapes(shapes).Select((shape, number) => new Value(number == 0 ? name : Unused(name + "Part"), shape))];
            nodes.Add(new Node(layer, new(inputs), new(results)) { AttributeIndex = attribute });
            value = results[0];
            sources.Add(layer, value);
        }

        EquatableArray<GraphOutput> outputs = GraphOutputs.Of(model, nodes, issues);
        if (issues.Count > before || outputs.Count == 0)
            return null;
        sources.CheckAllAreRead(layers, parts, outputs, model, issues);
        LayerRules.Check(nodes, parts, outputs, issues);
        TrainingSpec? training = Training(model, layers, outputs, parameters.Count > 0, issues);
        NetworkGraph graph = new(model, profile, row, new(nodes), new(parameters), training) { Inputs = parts, Outputs = outputs };
        SizeLimits.Check(graph, issues);
        graph = graph with { Embedded = EmbeddedParameters.Of(graph, issues) };
        if (issues.Count > before)
            return null;
        graph = NormalizerFolding.Fold(BatchNormFolding.Fold(graph));
        graph = graph with { Frame = FrameGraph.Of(graph, issues), LengthSteps = FrameGraph.LengthStepsOf(graph) };
        return issues.Count > before ? null : graph;

        // A value that is not named for its layer may not be taken for another layer's.
        string Unused(string name)
        {
            while (!names.Add(name))
                name += "_";
            return name;
        }
    }

    private static TrainingSpec? Training(
        NetworkModel model, List<(Layer Layer, int Attribute)> layers, EquatableArray<GraphOutput> outputs, bool hasParameters, List<Issue> issues)
    {
        if (model.Training is not { } training)
            return null;
        bool known = CheckEnum<Optimizer>(training.Optimizer, training.AttributeIndex, issues) & CheckEnum<Reduction>(training.Reduction, training.AttributeIndex, issues);
        if (!known)
            return null;
        LayerRules.CheckTraining(model, layers, outputs, hasParameters, issues);
        if (training.GhostBatch is < 2 or > 4096)
            issues.Add(Issue.Create(IssueIds.NormalizationNumber, training.AttributeIndex, "[Training]", "a GhostBatch from 2 to 4,096", training.GhostBatch.ToString(CultureInfo.InvariantCulture)));
        return new((Optimizer)training.Optimizer, (Reduction)training.Reduction, training.InputGradients, training.GhostBatch);
    }

    private static bool CheckEnum<TEnum>(int value, int attribute, List<Issue> issues)
        where TEnum : struct, Enum
    {
        if (Enum.IsDefined(typeof(TEnum), value))
            return true;
        issues.Add(Issue.Create(IssueIds.UnknownEnumValue, attribute, typeof(TEnum).Name, value.ToString(CultureInfo.InvariantCulture)));
        return false;
    }
}
