using System.Text.Json;
using GeneratedNetworks.Import.Keras;

namespace GeneratedNetworks.Import.Reading.Keras;

/// <summary>A layer of a Keras model in a run.</summary>
/// <param name="Class">Its class.</param>
/// <param name="Config">Its settings.</param>
/// <param name="Weights">Its weights, by name, place among them, and shape.</param>
/// <param name="Version">Keras's major version.</param>
/// <param name="Scope">The run.</param>
internal sealed record KerasCall(string Class, JsonElement Config, Func<string, int, int[], Tensor> Weights, int Version, OperationScope Scope)
{
    public Tensor Value => Scope.Input(0);

    public IReadOnlyList<Tensor> Inputs => [.. Enumerable.Range(0, Scope.InputCount).Select(Scope.Input)];

    public ModelFileException Error(string problem) => Scope.Error(problem);

    public JsonElement? Setting(string name) => Config.Member(name);

    public double Number(string name, double fallback) => Setting(name) is { } setting
        ? setting.Number() ?? throw Error($"its setting {name} is no number")
        : fallback;

    public int Integer(string name, int fallback) => Setting(name) is { } setting
        ? setting.Integer() ?? throw Error($"its setting {name} is no whole number")
        : fallback;

    public bool Flag(string name, bool fallback) => Setting(name) is { } setting ? setting.ValueKind == JsonValueKind.True : fallback;

    /// <summary>Numbers of a setting that is one, or a list of them, or null.</summary>
    public double[]? Numbers(string name)
    {
        if (Setting(name) is not { } setting)
            return null;
        JsonElement list = setting.Member("items") ?? setting;
        if (list.ValueKind != JsonValueKind.Array)
            return [Number(name, 0)];
        return [.. list.EnumerateArray().Select(item => item.Number() ?? throw Error($"its setting {name} holds what is no number"))];
    }

    /// <summary>The only axis that a setting names, counted from the front; the batch is axis 0.</summary>
    public int Axis(string name, int rank)
    {
        double[] axes = Numbers(name) ?? [-1];
        double axis = axes.Length == 1 ? axes[0] : throw Error($"it runs over {axes.Length} axes");
        return axis >= -rank && axis < rank && Math.Floor(axis) == axis
            ? (int)(axis < 0 ? axis + rank : axis)
            : throw Error($"axis {axis} does not exist in a value of {rank} axes");
    }

    public void RequireLastAxis(string name)
    {
        if (Axis(name, Value.Rank) != Value.Rank - 1)
            throw Error("it runs over an axis that is not the last, which is not executed");
    }
}

/// <summary>How layers of a class are executed.</summary>
internal sealed record KerasRule(Func<KerasCall, Tensor> Apply, PrefixRole Role = PrefixRole.None)
{
    public Func<KerasCall, int[], Statistics>? Normaliser { get; init; }

    /// <summary>The numbers that name rows of its table.</summary>
    public Func<KerasCall, (double Least, double Greatest)>? Range { get; init; }

    /// <summary>Which part of the layer its weights belong to; null: itself.</summary>
    public string? Part { get; init; }
}
