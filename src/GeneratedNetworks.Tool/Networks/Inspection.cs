using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Cli;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>What <c>inspect</c> found in a file. Its JSON form is this record, in camel case: names stay, and new ones may come.</summary>
/// <param name="File">As the user named it.</param>
/// <param name="Format">The container and who wrote it.</param>
/// <param name="Networks">One in a model file, any number in an assembly, none in a file of tensors alone.</param>
/// <param name="Tensors">Of a model file; of an assembly none.</param>
internal sealed record Inspection(string File, string Format, IReadOnlyList<InspectedNetwork> Networks, IReadOnlyList<InspectedTensor> Tensors)
{
    /// <summary>The value of a model file that the network ends in, by its name there; null where nothing names it.</summary>
    public string? Output { get; init; }

    /// <summary>Further outputs of the file that may be asked for.</summary>
    public IReadOnlyList<string> OtherOutputs { get; init; } = [];

    /// <summary>The input of a model file where that stores whole numbers; otherwise null.</summary>
    public InspectedInput? Input { get; init; }

    /// <summary>Outputs of a model file that are constants.</summary>
    public IReadOnlyList<InspectedConstant> Constants { get; init; } = [];

    /// <summary>Of an assembly, the code that its networks share; null where they share nothing, and for a model file.</summary>
    public CodeSize? SharedCode { get; init; }

    /// <summary>Of an assembly, all generated code in it, data that several networks read counted once; null for a model file.</summary>
    public CodeSize? TotalCode { get; init; }

    /// <summary>What to know before relying on the network: sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <param name="path">A model file or an assembly.</param>
    /// <param name="output">Of a model file, the value that the network is to end in; null: its only output.</param>
    /// <param name="window">Of a model file that leaves its number of steps open, how many they are.</param>
    public static Inspection Of(string path, string? output, int? window)
    {
        bool isAssembly = AssemblyNetworks.IsAssembly(path);
        if (isAssembly && output is not null)
            throw new ToolException($"{path}: --outputs chooses a value of a model file, and this is an assembly.", Gennet.WrongUsage);
        if (isAssembly && window is not null)
            throw new ToolException($"{path}: --window says the steps of a model file, and this is an assembly.", Gennet.WrongUsage);
        if (isAssembly)
        {
            AssemblyContents contents = AssemblyNetworks.Read(path);
            return new Inspection(path, ".NET assembly", [.. contents.Networks.Select(InspectedNetwork.Of)], []) { SharedCode = contents.Shared, TotalCode = contents.Total };
        }

        ImportedModel model = InputFiles.ReadModel(path, output, ".dll, .exe", window);
        return new Inspection(
            path,
            model.Format,
            model.HasArchitecture ? [InspectedNetwork.Of(null, Precision.Single, Summary(model, path), null)] : [],
            [.. model.Tensors.Select(InspectedTensor.Of)])
        {
            Output = model.Output,
            OtherOutputs = model.OtherOutputs,
            Input = model.Input is { } input ? InspectedInput.Of(input) : null,
            Constants = [.. model.Constants.Select(InspectedConstant.Of)],
            Notes = model.InferenceOnly is { } reason ? [.. model.Notes, $"It cannot be trained here, because {reason}."] : model.Notes,
        };
    }

    private static NetworkSummary Summary(ImportedModel model, string path) =>
        NetworkSummary.Of(model) with { Problem = GeneratorModels.Problem(model, Path.GetFileName(path)) };
}

/// <summary>An input of whole numbers.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="Type">"INT8".</param>
/// <param name="Scale">One step of the type, where the network reads real numbers; null where it reads the whole numbers as they are.</param>
/// <param name="ZeroPoint">The whole number that stands for 0; null with <paramref name="Scale"/>.</param>
/// <param name="Least">The least real number that the file can be given; null with <paramref name="Scale"/>.</param>
/// <param name="Greatest">The greatest one.</param>
internal sealed record InspectedInput(string Name, string Type, double? Scale, double? ZeroPoint, double? Least, double? Greatest)
{
    public static InspectedInput Of(ImportedInput input)
    {
        (double Least, double Greatest)? range = input.ElementType switch
        {
            "INT8" => (sbyte.MinValue, sbyte.MaxValue),
            "UINT8" => (byte.MinValue, byte.MaxValue),
            "INT16" => (short.MinValue, short.MaxValue),
            _ => null,
        };
        return new InspectedInput(
            input.Name, input.ElementType, input.Scale, input.ZeroPoint, (range?.Least - input.ZeroPoint) * input.Scale, (range?.Greatest - input.ZeroPoint) * input.Scale);
    }
}

/// <summary>An output that is a constant. Its numbers are left out beyond sixteen, and where it holds none.</summary>
internal sealed record InspectedConstant(string Name, IReadOnlyList<int> Shape, string Type, IReadOnlyList<double>? Values)
{
    private const int MostShown = 16;

    public static InspectedConstant Of(ImportedTensor tensor) =>
        new(tensor.Name, tensor.Shape, tensor.ElementType, tensor.Values is { Length: <= MostShown } values && Array.TrueForAll(values, double.IsFinite) ? values : null);
}

/// <summary>One network.</summary>
/// <param name="Class">Its full name, in an assembly.</param>
/// <param name="Precision">In which <see cref="Bytes"/> counts: an assembly's own, for a model file single.</param>
/// <param name="InputShape">Of one sample; of several inputs, and of an assembly's class that does not say its layers, one extent.</param>
/// <param name="OutputShape">The same for the output.</param>
/// <param name="Parameters">Trainable numbers.</param>
/// <param name="MultiplyAdds">For one sample; null where the layers are not known.</param>
/// <param name="Bytes">Of all parameters.</param>
/// <param name="IsTrainable">Whether the class has a trainer; null for a model file.</param>
/// <param name="Problem">Why the generator would not take it, or null.</param>
/// <param name="Layers">Null where they are not known.</param>
internal sealed record InspectedNetwork(
    string? Class,
    string Precision,
    IReadOnlyList<int> InputShape,
    IReadOnlyList<int> OutputShape,
    long Parameters,
    long? MultiplyAdds,
    long Bytes,
    bool? IsTrainable,
    string? Problem,
    IReadOnlyList<InspectedLayer>? Layers)
{
    /// <summary>What it reads, one value after another in a row; null where the layers are not known.</summary>
    public IReadOnlyList<NamedShape>? Inputs { get; init; }

    /// <summary>What it gives, called as the layers that give it; null where the layers are not known.</summary>
    public IReadOnlyList<NamedShape>? Outputs { get; init; }

    /// <summary>What the class takes in its assembly; null for a model file.</summary>
    public CodeSize? Code { get; init; }

    /// <summary>Whether each layer reads the one above it, and the last one is the output.</summary>
    public bool IsChain()
    {
        if (Inputs is not [var above] || Layers is not { } layers)
            return false;
        foreach (InspectedLayer layer in layers)
        {
            if (layer.Reads is not [var read] || read.Name != above.Name)
                return false;
            above = new NamedShape(layer.Name, layer.OutputShape);
        }

        return Outputs is [var output] && output.Name == above.Name;
    }

    public static InspectedNetwork Of(AssemblyNetwork network)
    {
        if (network.Layers is { } layers)
            return Of(network.Name, network.Precision, NetworkSummary.Of(layers), network.IsTrainable) with { Code = network.Code };
        long bytes = (long)network.ParameterCount * Size(network.Precision);
        return new InspectedNetwork(
            network.Name, Word(network.Precision), [network.InputSize], [network.OutputSize], network.ParameterCount,
            MultiplyAdds: null, bytes, network.IsTrainable, Problem: null, Layers: null)
        {
            Code = network.Code,
        };
    }

    public static InspectedNetwork Of(string? name, Precision precision, NetworkSummary summary, bool? isTrainable)
    {
        int size = Size(precision);
        return new InspectedNetwork(
            name,
            Word(precision),
            summary.Input,
            summary.Output,
            summary.Parameters,
            summary.MultiplyAdds,
            summary.Parameters * size,
            isTrainable,
            summary.Problem,
            [.. summary.Layers.Select(layer => InspectedLayer.Of(layer, size))])
        {
            Inputs = summary.Inputs,
            Outputs = summary.Outputs,
        };
    }

    private static int Size(Precision precision) => precision == GeneratedNetworks.Precision.Single ? sizeof(float) : sizeof(double);

    private static string Word(Precision precision) => precision.ToString().ToLowerInvariant();
}

/// <summary>One layer; <paramref name="Detail"/> is its function, rate or window.</summary>
internal sealed record InspectedLayer(
    string Name, string Kind, string? Detail, IReadOnlyList<int> OutputShape, long Parameters, long MultiplyAdds, long Bytes)
{
    /// <summary>What it reads, in order, each called as the layer or input that gives it.</summary>
    public IReadOnlyList<NamedShape> Reads { get; init; } = [];

    public static InspectedLayer Of(LayerSummary layer, int elementBytes) =>
        new(layer.Name, layer.Kind, layer.Detail, layer.Output, layer.Parameters, layer.MultiplyAdds, layer.Parameters * elementBytes) { Reads = layer.Reads };
}

/// <summary>One tensor. Smallest, largest and mean are those of its finite numbers; null where it has none.</summary>
internal sealed record InspectedTensor(
    string Name, IReadOnlyList<int> Shape, string Type, long Elements, double? Smallest, double? Largest, double? Mean, long NotFinite)
{
    public static InspectedTensor Of(ImportedTensor tensor)
    {
        long elements = tensor.Shape.Aggregate(1L, (product, extent) => product * extent);
        double smallest = double.PositiveInfinity;
        double largest = double.NegativeInfinity;
        double mean = 0;
        long finite = 0;
        foreach (double value in tensor.Values ?? [])
        {
            if (!double.IsFinite(value))
                continue;
            finite++;
            smallest = Math.Min(smallest, value);
            largest = Math.Max(largest, value);

            // Welford's: a sum could overflow.
            mean += (value - mean) / finite;
        }

        bool has = finite > 0;
        return new InspectedTensor(
            tensor.Name, tensor.Shape, tensor.ElementType, elements,
            has ? smallest : null, has ? largest : null, has ? mean : null, (tensor.Values?.Length ?? 0) - finite);
    }
}
