using System.Text;
using GeneratedNetworks.Import.Keras.Hdf;

namespace GeneratedNetworks.Import.Keras;

/// <summary>Where a container keeps the weights of layers.</summary>
internal interface IKerasWeights
{
    /// <param name="layer">Whose weight.</param>
    /// <param name="variable">"kernel".</param>
    /// <param name="index">Which of the layer's weights, in the order in which Keras makes them.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <param name="otherName">What other versions call the variable, or null.</param>
    double[] Read(KerasLayer layer, string variable, int index, int[] shape, string? otherName = null);
}

/// <summary>.h5: a group for each layer, whose attribute names its weights, "dense/kernel:0".</summary>
internal sealed class LegacyWeights(HdfFile file) : IKerasWeights
{
    private const string Root = "model_weights";

    public double[] Read(KerasLayer layer, string variable, int index, int[] shape, string? otherName = null)
    {
        string group = $"{Root}/{layer.Name}";
        if (!file.Exists(group))
            throw file.Error($"{layer.Describe()} should have its weights at '{group}', and there is nothing.");
        string[] names = file.Texts(group, "weight_names")
            ?? throw file.Error($"'{group}' does not name its weights: the attribute 'weight_names' is missing.");
        string name = Array.Find(names, candidate => Variable(candidate) == variable)
            ?? Array.Find(names, candidate => otherName is not null && Variable(candidate) == otherName)
            ?? throw file.Error(
                $"{layer.Describe()} should have a weight '{variable}', and has {string.Join(", ", names.Take(4).Select(text => $"'{text}'"))}.");
        return file.Numbers($"{group}/{name}", shape, $"'{variable}' of {layer.Describe()}");
    }

    private static string Variable(string name) => name[(name.LastIndexOf('/') + 1)..].Split(':')[0];
}

/// <summary>
/// .keras: "layers/dense_1/vars/0", where the layers are numbered within their class, and their weights in the order in which they were made.
/// </summary>
internal sealed class StoreWeights : IKerasWeights
{
    private readonly HdfFile _file;
    private readonly string _root;
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    public StoreWeights(HdfFile file, KerasArchitecture architecture)
    {
        _file = file;

        // The second is the name that the first version of this container had.
        _root = file.Exists("layers") || !file.Exists("_layer_checkpoint_dependencies") ? "layers" : "_layer_checkpoint_dependencies";
        Dictionary<string, int> used = new(StringComparer.Ordinal);
        foreach (KerasLayer layer in architecture.All)
        {
            string stem = SnakeCase(layer.Class);
            int number = used.GetValueOrDefault(stem);
            used[stem] = number + 1;
            if (!_places.TryAdd(layer.Name, number == 0 ? stem : $"{stem}_{number}"))
                throw file.Error($"two layers are called '{layer.Name}'.");
        }
    }

    public double[] Read(KerasLayer layer, string variable, int index, int[] shape, string? otherName = null)
    {
        string group = $"{_root}/{_places[layer.Name]}{(layer.Part is null ? "" : "/" + layer.Part)}/vars";
        string what = $"'{variable}' of {layer.Describe()}";
        if (!_file.Exists(group))
            throw _file.Error($"{what} should be in '{group}', and there is nothing.");

        // Newer versions write the layer's name beside its weights.
        if (layer.Part is null && _file.Text(group, "name") is { } name && name != layer.Name)
            throw _file.Error($"{what} should be in '{group}', which belongs to the layer '{name}'.");
        return _file.Numbers($"{group}/{index}", shape, what);
    }

    /// <summary>"LeakyReLU" becomes "leaky_re_lu": a _ before every capital that begins a word or ends a run of small letters.</summary>
    private static string SnakeCase(string name)
    {
        StringBuilder result = new();
        for (int i = 0; i < name.Length; i++)
        {
            bool capital = char.IsAsciiLetterUpper(name[i]);
            bool afterSmall = i > 0 && char.IsAsciiLetterLower(name[i - 1]);
            bool beforeSmall = i > 0 && i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1]);
            if (capital && (afterSmall || beforeSmall))
                result.Append('_');
            result.Append(char.ToLowerInvariant(name[i]));
        }

        return result.ToString();
    }
}
