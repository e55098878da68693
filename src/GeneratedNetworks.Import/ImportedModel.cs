namespace GeneratedNetworks.Import;

/// <summary>What a model file says, in the terms of this library's attributes.</summary>
/// <param name="Format">The container and who wrote it, for people to read, in one line: "ONNX, opset 13, by pytorch 1.13.1".</param>
/// <param name="InputShape">The extents of one sample; null where the file holds tensors alone, as safetensors does.</param>
/// <param name="Layers">In the order in which they run; empty without <paramref name="InputShape"/>.</param>
/// <param name="Tensors">
/// With layers: every parameter in canonical order, that is layer by layer, weight [in, out] row-major, then bias if there is one.
/// Without: what the file holds, in its own order, names and shapes.
/// </param>
public sealed record ImportedModel(
    string Format,
    IReadOnlyList<int>? InputShape,
    IReadOnlyList<ImportedLayer> Layers,
    IReadOnlyList<ImportedTensor> Tensors)
{
    /// <summary>The container and who wrote it, for people to read, in one line: "ONNX, opset 13, by pytorch 1.13.1".</summary>
    public string Format { get; init; } = Printable.Line(Format);

    /// <summary>Which axis of a weight comes first, where a file of tensors alone says so; null where it does not.</summary>
    public WeightOrder? WeightOrder { get; init; }

    /// <summary>Whether a file of tensors alone says that PyTorch wrote it, which stores weights as [out, in], and no order of its own.</summary>
    public bool IsFromPyTorch { get; init; }

    /// <summary>
    /// In a file of tensors alone, the functions behind each layer by the file's name for it, such as <c>dense1</c> and <c>Tanh</c>, where the file says them;
    /// otherwise empty.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Functions { get; init; } = [];

    /// <summary>Which value of the file the last layer gives, by the file's name for it; null where nothing names it.</summary>
    public string? Output { get; init; }

    /// <summary>What the file calls the input; null where it does not say.</summary>
    public string? InputName { get; init; }

    /// <summary>Values of the file in which some first layers end: each can be asked for instead of <see cref="Output"/>. In the order in which they are computed.</summary>
    public IReadOnlyList<ImportedValue> Values { get; init; } = [];

    /// <summary>Further outputs of the file that the layers do not give and that may be asked for.</summary>
    public IReadOnlyList<string> OtherOutputs { get; init; } = [];

    /// <summary>Outputs of the file that need no input, such as a version number: nothing is computed from them here.</summary>
    public IReadOnlyList<ImportedTensor> Constants { get; init; } = [];

    /// <summary>How the file stores its input, where that is not as floating-point numbers.</summary>
    public ImportedInput? Input { get; init; }

    /// <summary>What people should know before they rely on the network: whole sentences, in the order of the file.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why the layers must not be trained further, in words that follow "because"; null where they may.</summary>
    public string? InferenceOnly { get; init; }

    /// <summary>
    /// Whether the file leaves the number of steps of its input open, the first extent of <see cref="InputShape"/>, which is one of many then: the layers and
    /// tensors are the same for each.
    /// </summary>
    public bool HasOpenSteps { get; init; }

    /// <summary>
    /// Whether the file computes one frame of a stream: the first extent of each input is that of the frames, 1 unless a window was asked for, and the layers and
    /// tensors are the same for each.
    /// </summary>
    public bool IsFrame { get; init; }

    /// <summary>The states that the file takes as inputs and gives back: they are no inputs of the network, which starts from zeros, but the memory of its streams.</summary>
    public IReadOnlyList<ImportedMemory> Memories { get; init; } = [];

    /// <summary>Whether the file describes layers and not tensors alone.</summary>
    public bool HasArchitecture => InputShape is not null;

    /// <summary>
    /// What the network reads where that is more than one value: they lie one after another in a row, and <see cref="InputShape"/> is that of the row.
    /// </summary>
    public IReadOnlyList<ImportedPort> Inputs { get; init; } = [];

    /// <summary>What it gives where that is more than one value, one after another in a row.</summary>
    public IReadOnlyList<ImportedPort> Outputs { get; init; } = [];

    /// <summary>The extents of one output, or of the row of all of them; null without layers.</summary>
    public IReadOnlyList<int>? OutputShape { get; init; }

    /// <summary>
    /// Which axis of <see cref="InputShape"/> each axis of the file's sample is, where the file has its channels first; null where the axes are the same.
    /// Of several inputs, see <see cref="ImportedPort.Axes"/>.
    /// </summary>
    public IReadOnlyList<int>? InputAxes { get; init; }

    /// <summary>The same of the output.</summary>
    public IReadOnlyList<int>? OutputAxes { get; init; }

    /// <summary>How many elements the output has; 0 without layers.</summary>
    public int OutputSize => OutputShape?.Aggregate(1, (product, extent) => product * extent) ?? 0;

    /// <summary>The shape of the output for messages, with the batch axis.</summary>
    internal string OutputText => $"[batch, {string.Join(", ", OutputShape ?? [])}]";
}

/// <summary>One of several inputs or outputs.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Shape">The extents of one sample.</param>
/// <param name="Layer">The layer that gives an output, or the name of an input as the layers' <c>From</c> has it.</param>
public sealed record ImportedPort(string Name, IReadOnlyList<int> Shape, string? Layer = null)
{
    /// <summary>Which axis of <see cref="Shape"/> each axis of the file's sample is, where the file has its channels first; null where the axes are the same.</summary>
    public IReadOnlyList<int>? Axes { get; init; }
}

/// <summary>An input of a file that is nothing but states, which become memory.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Output">The output that the states come back as; null where the file gives them not, or not all of them.</param>
/// <param name="Parts">What lies in it one after another, by the names of the network's MemoryLayout: "lstm1.state", "lstm1.memory".</param>
public sealed record ImportedMemory(string Name, string? Output, IReadOnlyList<string> Parts)
{
    /// <summary>The same for people to read.</summary>
    internal string Note => $"The file's input '{Name}'{(Output is null ? " is" : $" and its output '{Output}' are")} memory here, in order {string.Join(", ", Parts.Select(part => $"'{part}'"))}: "
        + "declare Streaming = true, whose ForwardStream goes on from it. Forward starts from zeros.";
}

/// <summary>A value inside of a file that the first layers give.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Layers">How many layers it takes.</param>
/// <param name="Tensors">How many tensors these have.</param>
/// <param name="IsLinear">Whether the last of them gives it without its activation.</param>
public sealed record ImportedValue(string Name, int Layers, int Tensors, bool IsLinear);

/// <summary>An input that the file stores as whole numbers.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="ElementType">"INT8".</param>
/// <param name="Scale">One number for each step of the type, with which the network reads what they stand for; null where it reads the whole numbers themselves.</param>
/// <param name="ZeroPoint">Which whole number stands for 0; null with <paramref name="Scale"/>.</param>
public sealed record ImportedInput(string Name, string ElementType, double? Scale, double? ZeroPoint);

/// <summary>A value of a file that its layers can be made to end in.</summary>
/// <param name="Name">What the file calls it, and what to ask for.</param>
/// <param name="Shape">For people to read: "[batch, 2]"; empty where it is not known.</param>
public sealed record OutputCandidate(string Name, string Shape);

/// <summary>All that a file offers: what it is when nothing is said, and what each of its outputs is.</summary>
/// <param name="Default">The model where the file alone says which output is meant; otherwise null.</param>
/// <param name="Problem">Otherwise, why it does not, or why it cannot be used.</param>
/// <param name="Others">The models of outputs that can be asked for by name, beside the default.</param>
public sealed record ImportedChoice(ImportedModel? Default, ModelFileException? Problem, IReadOnlyList<ImportedModel> Others);

/// <summary>One layer: the attribute that declares it.</summary>
/// <param name="Attribute">The attribute's name without its suffix: "Dense".</param>
/// <param name="Arguments">
/// Its arguments by parameter or property name: <c>int</c>, <c>int[]</c>, <c>bool</c>, <c>double</c>, <c>string</c>, <c>string[]</c> or an enum. Those
/// left out have their defaults.
/// </param>
public sealed record ImportedLayer(string Attribute, IReadOnlyList<KeyValuePair<string, object>> Arguments)
{
    /// <summary>The argument of that name, or <paramref name="fallback"/> where it is left out.</summary>
    public T Get<T>(string name, T fallback)
    {
        foreach (KeyValuePair<string, object> argument in Arguments)
        {
            if (argument.Key == name && argument.Value is T value)
                return value;
        }

        return fallback;
    }
}

/// <summary>A named array of numbers.</summary>
/// <param name="Name">With layers "dense1.weight" or "dense1.bias", otherwise as in the file.</param>
/// <param name="Shape">Extents, slowest first.</param>
/// <param name="ElementType">How the file stores the elements: "F32", "F64", "F16", "BF16", "I64".</param>
/// <param name="Values">Row-major; null for a type that is no floating-point number, which no parameter can take.</param>
public sealed record ImportedTensor(string Name, IReadOnlyList<int> Shape, string ElementType, double[]? Values)
{
    /// <summary>Whether every value is a <c>float</c>, so that 32 bits hold it.</summary>
    public bool FitsSingle => Values is not null && Array.TrueForAll(Values, value => double.IsNaN(value) || (float)value == value);
}
