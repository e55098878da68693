using System.Text.RegularExpressions;
using GeneratedNetworks.Import.Keras.Hdf;

namespace GeneratedNetworks.Import.Reading.Keras;

/// <summary>Where a container keeps the weights of the layers of one model.</summary>
internal abstract class KerasStore
{
    private readonly Dictionary<string, Tensor> _known = new(StringComparer.Ordinal);

    /// <summary>The store of a model that is a layer.</summary>
    public abstract KerasStore Inside(string kind, string name, int number);

    /// <summary>A weight, read once.</summary>
    /// <param name="kind">The layer's class.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="number">How many layers of its class stand before it.</param>
    /// <param name="variable">"kernel".</param>
    /// <param name="index">Its place among the layer's weights.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <param name="part">The part of the layer that it belongs to, or null.</param>
    public Tensor Read(string kind, string name, int number, string variable, int index, int[] shape, string? part = null)
    {
        string key = $"{name}\n{variable}";
        if (!_known.TryGetValue(key, out Tensor? known))
            _known[key] = known = Tensor.Real(shape, Load(kind, name, number, variable, index, shape, part));
        return known;
    }

    protected abstract double[] Load(string kind, string name, int number, string variable, int index, int[] shape, string? part);
}

/// <summary>.h5: a group for each layer of the outermost model, whose attribute names all weights in it: "dense/kernel:0".</summary>
/// <param name="file">The file.</param>
/// <param name="outer">The layer of the outermost model that this is inside of; null for that itself.</param>
internal sealed class LegacyStore(HdfFile file, string? outer) : KerasStore
{
    public override KerasStore Inside(string kind, string name, int number) => new LegacyStore(file, outer ?? name);

    protected override double[] Load(string kind, string name, int number, string variable, int index, int[] shape, string? part)
    {
        string group = $"model_weights/{outer ?? name}";
        string[] names = (file.Exists(group) ? file.Texts(group, "weight_names") : null) ?? throw file.Error($"'{group}' should name its weights.");
        string[] found = [.. names.Where(title => IsCalled(title, name, variable))];
        return found.Length == 1
            ? file.Numbers($"{group}/{found[0]}", shape, $"'{variable}' of '{name}'")
            : throw file.Error($"'{group}' should have one weight '{variable}' of '{name}', and has {found.Length}.");
    }

    /// <summary>"outer/dense_1/kernel:0" is the kernel of "dense_1".</summary>
    private bool IsCalled(string title, string name, string variable)
    {
        string[] parts = title.Split('/');
        string called = parts[^1].Split(':')[0];

        // Keras 3 calls it as that of any convolution.
        bool isIt = called == variable || (variable == "depthwise_kernel" && called == "kernel");
        return isIt && (outer is null || parts.SkipLast(1).TakeLast(2).Contains(name));
    }
}

/// <summary>.keras: "layers/dense_1/vars/0", layers numbered within their class, and models inside of models the same.</summary>
internal sealed partial class ArchiveStore(HdfFile file, string root) : KerasStore
{
    public static ArchiveStore Outermost(HdfFile file) => new(file, Below(file, ""));

    public override KerasStore Inside(string kind, string name, int number)
    {
        string place = $"{root}/{Place(kind, number)}";
        return new ArchiveStore(file, $"{place}/{Below(file, place + "/")}");
    }

    protected override double[] Load(string kind, string name, int number, string variable, int index, int[] shape, string? part)
    {
        string group = $"{root}/{Place(kind, number)}{(part is null ? "" : "/" + part)}/vars";
        if (!file.Exists(group) || (part is null && file.Text(group, "name") is { } said && said != name))
            throw file.Error($"'{variable}' of '{name}' should be in '{group}', and there is nothing or another layer.");
        return file.Numbers($"{group}/{index}", shape, $"'{variable}' of '{name}'");
    }

    /// <summary>The first versions of the container called the group differently.</summary>
    private static string Below(HdfFile file, string place) =>
        !file.Exists(place + "layers") && file.Exists(place + "_layer_checkpoint_dependencies") ? "_layer_checkpoint_dependencies" : "layers";

    /// <summary>"LeakyReLU" is "leaky_re_lu", the second of them "leaky_re_lu_1".</summary>
    private static string Place(string kind, int number)
    {
        string snake = Small().Replace(Word().Replace(kind, "$1_$2"), "$1_$2").ToLowerInvariant();
        return number == 0 ? snake : $"{snake}_{number}";
    }

    [GeneratedRegex("(.)([A-Z][a-z]+)")]
    private static partial Regex Word();

    [GeneratedRegex("([a-z])([A-Z])")]
    private static partial Regex Small();
}
