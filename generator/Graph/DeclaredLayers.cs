using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>The layers as they are declared, after one became a part of another.</summary>
internal static class DeclaredLayers
{
    private const string Norm = "BatchNorm";

    private static readonly string[] Linear = ["Dense", "Conv1D", "Conv2D", "DepthwiseConv1D", "DepthwiseConv2D", "Conv1DTranspose", "Conv2DTranspose"];

    /// <summary>Without a batch normalization whose numbers are those of the layer before it, which has a bias then.</summary>
    public static EquatableArray<LayerModel> WithoutNorm(EquatableArray<LayerModel> declared, EquatableArray<Node> nodes, Node norm, Node linear)
    {
        // Of each kind the declared layers and those of the graph are in one order.
        int gone = At(declared, [Norm], nodes.Where(node => node.Layer is BatchNormLayer).TakeWhile(node => node != norm).Count());
        int kept = At(declared, Linear, nodes.Where(node => node.Layer is DenseLayer or ConvLayer or DepthwiseLayer or ConvTransposeLayer).TakeWhile(node => node != linear).Count());
        List<LayerModel> layers = [];
        for (int i = 0; i < declared.Count; i++)
        {
            if (i == gone)
                continue;
            IEnumerable<Argument> arguments = declared[i].Arguments.Select(Renamed);
            if (i == kept)
                arguments = arguments.Where(argument => argument.Name != "UseBias");
            layers.Add(declared[i] with { Arguments = new(arguments) });
        }

        // What stood behind the one that is gone reads the value that is there now.
        return new(layers);

        Argument Renamed(Argument argument) => argument.Value switch
        {
            string name when argument.Name == "From" && name == norm.Layer.Name => argument with { Value = linear.Layer.Name },
            EquatableArray<string> names when argument.Name == "from" => argument with { Value = new EquatableArray<string>(names.Select(name => name == norm.Layer.Name ? linear.Layer.Name : name)) },
            _ => argument,
        };
    }

    private static int At(EquatableArray<LayerModel> declared, string[] attributes, int number)
    {
        for (int i = 0; i < declared.Count; i++)
        {
            if (attributes.Contains(declared[i].Attribute) && number-- == 0)
                return i;
        }

        return -1;
    }
}
