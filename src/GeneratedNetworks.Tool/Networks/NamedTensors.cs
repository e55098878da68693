using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Cli;
using ModelFile = GeneratedNetworks.Generator.Model.ModelFile;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>Puts together the two halves of a network that was trained here: the layers, in an assembly, and the tensors, in a file.</summary>
internal static class NamedTensors
{
    /// <param name="network">ASSEMBLY or ASSEMBLY:CLASS.</param>
    /// <param name="tensors">The file's content.</param>
    /// <param name="file">What to call the file in messages.</param>
    public static ImportedModel WithLayersOf(string network, ImportedModel tensors, string file)
    {
        AssemblyNetwork found = Find(network);
        ModelFile layers = found.Layers
            ?? throw new ToolException(
                $"{network}: the class '{found.Name}' does not say its layers: it was generated for a project without the package GeneratedNetworks.");
        Declaration any = new("Net", "", found.Precision, null, false);
        const GeneratedNetworks.EmitProfile Profile = GeneratedNetworks.EmitProfile.Scalar;
        NetworkGraph graph = GeneratorModels.Infer(GeneratorModels.Of(layers, any, Profile, ProfileOptions.Of(Profile)), network);
        return new ImportedModel(
            $"{tensors.Format}, layers of {found.Name}",
            [.. layers.InputShape],
            [.. layers.Layers.Select(Layer)],
            [.. graph.Parameters.Select(parameter => Tensor(parameter, tensors, file))])
        {
            Inputs = [.. layers.Inputs.Select(input => new ImportedPort(input.Name, [.. input.Shape]))],
            Outputs = [.. layers.Outputs.Zip(graph.Outputs, (output, value) => new ImportedPort(output.Name, [.. value.Value.Shape.Dimensions]))],
            OutputShape = [.. graph.Output.Shape.Dimensions],
        };
    }

    private static AssemblyNetwork Find(string network)
    {
        // On Windows a colon stands behind the drive, too.
        int colon = network.LastIndexOf(':');
        bool hasClass = colon > 1;
        string path = hasClass ? network[..colon] : network;
        string name = hasClass ? network[(colon + 1)..] : "";
        IReadOnlyList<AssemblyNetwork> all = AssemblyNetworks.Read(path).Networks;
        AssemblyNetwork[] fitting = [.. all.Where(candidate => !hasClass || candidate.IsCalled(name))];
        if (fitting.Length == 1)
            return fitting[0];
        string known = AssemblyNetworks.Listed(all.Select(candidate => candidate.Name));
        throw new ToolException($"{path}: {(fitting.Length > 1 ? "say which network as ASSEMBLY:CLASS" : "no such network")}; {known}.");
    }

    private static ImportedTensor Tensor(ParameterBlock parameter, ImportedModel tensors, string file)
    {
        ImportedTensor? tensor = tensors.Tensors.FirstOrDefault(candidate => candidate.Name == parameter.Name);
        string expected = "[" + string.Join(", ", parameter.Shape.Dimensions) + "]";
        if (tensor is null)
            throw new ToolException($"{file}: it has no tensor '{parameter.Name}', which the network needs as {expected}.");
        if (tensor.Values is null || !tensor.Shape.SequenceEqual(parameter.Shape.Dimensions))
        {
            string found = "[" + string.Join(", ", tensor.Shape) + "]";
            throw new ToolException($"{file}: tensor '{parameter.Name}': expected {expected}, found {found} of {tensor.ElementType}.");
        }

        return tensor;
    }

    private static ImportedLayer Layer(LayerModel layer) => new(layer.Attribute,
    [
        .. layer.Arguments
            .Where(argument => argument.Value is not null)
            .Select(argument => KeyValuePair.Create(argument.Name, Value(LayerRegistry.Find(layer.Attribute)?.Find(argument.Name), argument.Value!))),
    ]);

    /// <summary>An enum is the public one of the same name and values; lists are arrays.</summary>
    private static object Value(ArgumentSchema? schema, object value) => value switch
    {
        int number when schema?.EnumType is { } type =>
            Enum.ToObject(typeof(LayerAttribute).Assembly.GetType($"{nameof(GeneratedNetworks)}.{type.Name}", throwOnError: true)!, number),
        EquatableArray<int> numbers => numbers.ToArray(),
        EquatableArray<string> names => names.ToArray(),
        _ => value,
    };
}
