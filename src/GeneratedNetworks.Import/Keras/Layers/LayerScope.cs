using System.Text.Json;

namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>One layer on its way into the chain.</summary>
/// <param name="Version">Keras's major version.</param>
internal sealed record LayerScope(ModelSource Source, LayerChain Chain, KerasLayer Layer, IKerasWeights Weights, int Version)
{
    public ModelFileException Error(string problem) => Source.Error($"{Layer.Describe()} {problem}");

    /// <summary>A setting, or null where it is left out or null.</summary>
    public JsonElement? Setting(string name) => Layer.Config.Member(name);

    public double Number(string name, double fallback) =>
        Setting(name) is not { } setting ? fallback : setting.Number() ?? throw Error($"has {name} = {setting.Show()}; a number is expected.");

    public int Integer(string name, int fallback) =>
        Setting(name) is not { } setting ? fallback : setting.Integer() ?? throw Error($"has {name} = {setting.Show()}; an integer is expected.");

    public bool Flag(string name, bool fallback) => (Setting(name) is { } setting ? setting.ValueKind : JsonValueKind.Undefined) switch
    {
        JsonValueKind.Undefined => fallback,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Error($"has {name} = {Setting(name)!.Value.Show()}; true or false is expected."),
    };

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
}
