using System.Text.Json;

namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>One place of a layer on its way into the graph.</summary>
/// <param name="Source">The file.</param>
/// <param name="Use">The place.</param>
/// <param name="Values">All that it reads.</param>
/// <param name="Weights">Where the weights are.</param>
/// <param name="Version">Keras's major version.</param>
internal sealed record LayerScope(ModelSource Source, LayerUse Use, IReadOnlyList<LayerChain> Values, IKerasWeights Weights, int Version)
{
    /// <summary>A path from the first value that it reads to the one that it gives.</summary>
    public required LayerChain Chain { get; set; }

    /// <summary>The layer, or the one that stands for its activation.</summary>
    public KerasLayer Layer { get; init; } = Use.Layer;

    public ModelFileException Error(string problem) => Source.Error($"{Layer.Describe()} {problem}");

    /// <summary>A setting, or null where it is left out or null.</summary>
    public JsonElement? Setting(string name) => Layer.Config.Member(name);

    public double Number(string name, double fallback) =>
        Setting(name) is not { } setting ? fallback : setting.Number() ?? throw Error($"has {name} = {setting.Show()}; a number is expected.");

    public int Integer(string name, int fallback) =>
        Setting(name) is not { } setting ? fallback : setting.Integer() ?? throw Error($"has {name} = {setting.Show()}; an integer is expected.");

    /// <summary>An integer of at least 1.</summary>
    public int Count(string name, int fallback = 0) =>
        Integer(name, fallback) is int count and >= 1 ? count : throw Error($"has {name} = {Integer(name, fallback)}; a positive integer is expected.");

    /// <summary>One integer for each of some axes; the file may have one for all.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="axes">How many there are.</param>
    /// <param name="fallback">What they are where the setting is left out.</param>
    /// <param name="least">The least that is allowed.</param>
    public int[] Integers(string name, int axes, IEnumerable<int> fallback, int least = 1)
    {
        if (Setting(name) is not { } setting)
            return [.. fallback];
        if (Whole(setting, axes) is { } found && Array.TrueForAll(found, number => number >= least))
            return found;
        throw Error($"has {name} = {setting.Show()}; {(axes == 1 ? "an integer" : $"{axes} integers")} from {least} on {(axes == 1 ? "is" : "are")} expected.");
    }

    public bool Flag(string name, bool fallback) => (Setting(name) is { } setting ? setting.ValueKind : JsonValueKind.Undefined) switch
    {
        JsonValueKind.Undefined => fallback,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Error($"has {name} = {Setting(name)!.Value.Show()}; true or false is expected."),
    };

    /// <summary>A setting that is one of some words.</summary>
    public string Word(string name, params IReadOnlyList<string> words)
    {
        if (Setting(name) is not { } setting)
            return words[0];
        string? word = setting.ValueKind == JsonValueKind.String ? setting.GetString() : null;
        return word is not null && words.Contains(word) ? word : throw Error($"has {name} = {setting.Show()}; supported are {string.Join(", ", words)}.");
    }

    /// <summary>Weights of the layer.</summary>
    public double[] Read(string variable, int index, IReadOnlyList<int> shape, string? otherName = null) => Weights.Read(Layer, variable, index, [.. shape], otherName);

    /// <summary>What the file calls some weights, to find others who use them.</summary>
    public string Origin(string variable) => $"{Layer.Name}/{variable}";

    /// <summary>Requires an axis, alone or as a list of one, to be the last.</summary>
    public void RequireLastAxis(string name)
    {
        if (Setting(name) is not { } setting)
            return;
        JsonElement list = setting.Member("items") ?? setting;
        JsonElement axis = list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 1 ? list[0] : list;
        if (axis.Integer() is not int found || (found != -1 && found != Chain.Shape.Count))
        {
            throw Error(
                $"runs over the axis {setting.Show()} of a value of shape [{string.Join(", ", Chain.Shape)}] behind the batch; the last is "
                + "supported.");
        }
    }

    public void RequireChannelsLast()
    {
        if (Setting("data_format") is { ValueKind: JsonValueKind.String } order && order.GetString() == "channels_first" && Chain.Shape.Count > 1)
            throw Error("has its channels first, which moves elements; channels_last is supported.");
    }

    /// <summary>Requires an image or a signal, its channels last.</summary>
    /// <param name="axes">1 for signals, 2 for images.</param>
    public void RequirePositions(int axes)
    {
        RequireChannelsLast();
        if (Chain.Shape.Count != axes + 1)
        {
            throw Error(
                $"reads a value of shape [{string.Join(", ", Chain.Shape)}]; {(axes == 1 ? "a signal, [time, features]," : "an image, [height, width, channels],")} is expected.");
        }
    }

    private static int[]? Whole(JsonElement setting, int axes)
    {
        if (setting.Integer() is int one)
            return [.. Enumerable.Repeat(one, axes)];

        // Some versions wrap lists that were tuples.
        JsonElement list = setting.Member("items") ?? setting;
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() != axes)
            return null;
        int?[] numbers = [.. list.EnumerateArray().Select(item => item.Integer())];
        return numbers.Contains(null) ? null : Array.ConvertAll(numbers, number => number!.Value);
    }
}
