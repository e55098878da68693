using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks;

/// <summary>What to do where a file's tensors are called otherwise than the network's parameters.</summary>
/// <remarks>
/// Layers that belong to each other are told by their shapes alone, so a list of names is spelled out only where no other list would fit: of two layers of
/// one shape, a guess could exchange them without a word.
/// </remarks>
internal sealed class OtherTensorAdvice
{
    private const int MostNames = 8;

    private readonly LoadOptions _options;
    private readonly SafeTensorsHeader _header;
    private readonly WeightOrder _order;
    private readonly List<Layer> _unread = [];
    private readonly List<Layer> _unfilled = [];

    /// <param name="header">The file's.</param>
    /// <param name="wanted">The network's parameters in canonical order, by the file's names for them as far as they are known.</param>
    /// <param name="options">How the file was to be read.</param>
    /// <param name="order">Which axis of weights comes first, as it is read.</param>
    public OtherTensorAdvice(SafeTensorsHeader header, IReadOnlyDictionary<string, NetworkParameter> wanted, LoadOptions options, WeightOrder order)
    {
        (_header, _options, _order) = (header, options, order);
        HashSet<string> inFile = [.. header.Tensors.Select(entry => entry.Name)];
        foreach (TensorEntry entry in header.Tensors.Where(entry => !wanted.ContainsKey(entry.Name)))
            Add(_unread, entry.Name, entry.Shape);
        foreach (NetworkParameter parameter in wanted.Where(pair => !inFile.Contains(pair.Key)).Select(pair => pair.Value).OrderBy(parameter => parameter.Offset))
            Add(_unfilled, parameter.Name, Array.ConvertAll(parameter.Shape.ToArray(), extent => (long)extent));
    }

    /// <summary>Behind "there is a tensor that the network has no parameter for", with what joins it to that.</summary>
    /// <param name="tensor">The first such tensor.</param>
    public string OfUnread(string tensor)
    {
        if (OfNormalization(tensor) is { } normalization)
            return normalization;
        return _unfilled.Count == 0 ? "; AllowOtherTensors = true passes over it" : OfNames();
    }

    /// <summary>What reads the file's layers into those of the network that have none.</summary>
    public string OfNames()
    {
        if (_unread.Count == 0)
            return "";
        if (_options.Names is null && _options.NameInFile is null)
        {
            // A file of PyTorch has its own order where both would fit, as of layers with as many inputs as units.
            WeightOrder other = _order == WeightOrder.InOut ? WeightOrder.OutIn : WeightOrder.InOut;
            bool isOpen = _options.Order is null && _header.WeightOrder is null;
            WeightOrder first = isOpen && _header.Format == "pt" ? WeightOrder.OutIn : _order;
            WeightOrder[] orders = !isOpen ? [_order] : first == _order ? [_order, other] : [other, _order];
            foreach (WeightOrder order in orders)
            {
                if (Pairs(order) is { } pairs)
                    return $": {Call(pairs, order)} reads its layers into the network's";
            }
        }

        string names = "Names";
        if (!_unread.Any(layer => layer.Parts.Any(part => _unfilled.Any(own => own.Parts.ContainsKey(part.Key)))))
            names = "NameInFile";
        return $": {names} of LoadOptions says what the file calls the network's {List(_unfilled)}; not read yet are its {List(_unread)}";
    }

    /// <summary>A network that was saved with a normalization, and lacks it here.</summary>
    private string? OfNormalization(string tensor)
    {
        Layer layer = _unread.First(layer => layer.Name == TensorNames.LayerOf(tensor));
        if (!layer.Parts.ContainsKey(".deviation") || _unfilled.Any(own => own.Parts.ContainsKey(".deviation")))
            return null;
        bool isFirst = TensorNames.LayerOf(_header.Tensors[0].Name) == layer.Name;
        string where = isFirst ? "began with" : "had";
        string place = isFirst ? "as the first layer, above the others" : "where it was";
        return $": the file's network {where} [Normalize], '{layer.Name}', so write [Normalize] {place}; AllowOtherTensors = true computes without it";
    }

    private string Call(List<(string Own, string InFile)> pairs, WeightOrder order)
    {
        string names = string.Join(", ", pairs.Select(pair => $"{pair.Own}={pair.InFile}"));
        string turned = order == _order ? "" : $", Order = WeightOrder.{order}";
        string others = pairs.Count == _unread.Count ? "" : ", AllowOtherTensors = true";
        return $"Load(path, new LoadOptions {{ Names = \"{names}\"{turned}{others} }})";
    }

    /// <summary>The one file's layer for each of the network's, by shapes; <see langword="null"/> where one has none, or might have another.</summary>
    private List<(string Own, string InFile)>? Pairs(WeightOrder order)
    {
        List<(string Own, string InFile)> pairs = [];
        foreach (Layer own in _unfilled)
        {
            Layer[] fitting = [.. _unread.Where(layer => Fits(own, layer, order))];
            if (fitting.Length != 1 || fitting[0].Name.IndexOfAny([',', ';', '=']) >= 0 || pairs.Exists(pair => pair.InFile == fitting[0].Name))
                return null;
            pairs.Add((own.Name, fitting[0].Name));
        }

        return pairs.Count == 0 ? null : pairs;
    }

    private static bool Fits(Layer own, Layer inFile, WeightOrder order) =>
        own.Parts.Count == inFile.Parts.Count
        && own.Parts.All(part => inFile.Parts.TryGetValue(part.Key, out long[]? shape)
            && Enumerable.SequenceEqual(shape, order == WeightOrder.OutIn && part.Value is [long inputs, long units] ? [units, inputs] : part.Value));

    private static void Add(List<Layer> layers, string name, long[] shape)
    {
        string layerName = TensorNames.LayerOf(name);
        Layer? layer = layers.Find(layer => layer.Name == layerName);
        if (layer is null)
            layers.Add(layer = new Layer(layerName, new(StringComparer.Ordinal)));
        layer.Parts.Add(name.Substring(layerName.Length), shape);
    }

    private static string List(List<Layer> layers) =>
        string.Join(", ", layers.Take(MostNames).Select(layer => $"'{layer.Name}'")) + (layers.Count > MostNames ? $" and {layers.Count - MostNames} more" : "");

    /// <summary>A layer by its name, and the shapes of its parts by what follows the name, such as <c>.weight</c>.</summary>
    private sealed record Layer(string Name, Dictionary<string, long[]> Parts);
}
