using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>Weights of a file that nothing tells the order of: neither the file, nor the attribute, nor any shape.</summary>
internal static class SquareWeights
{
    public static Issue? NoteOn(NetworkGraph graph)
    {
        if (graph.Model.Weights is not { WeightOrder: null, File: { IsFromPyTorch: true, WeightOrder: null } file } reference)
            return null;

        // A weight of one row or column that is square is one number, and has no order.
        List<Shape> weights = [.. graph.Parameters.Where(parameter => parameter.IsWeight && parameter.Shape.Count > 1).Select(parameter => parameter.Shape)];
        return weights.Count > 0 && weights.TrueForAll(shape => shape.Dimensions.Count == 2 && shape.Dimensions[0] == shape.Dimensions[1])
            ? Issue.Create(IssueIds.WeightOrderUnsaid, reference.AttributeIndex, file.Source)
            : null;
    }
}
