namespace GeneratedNetworks.Import.Keras;

/// <summary>A place in a model where a layer computes. A layer that has several shares its weights among them.</summary>
/// <param name="layer">What computes; an input where it is of that class.</param>
/// <param name="number">Which of the layer's places it is.</param>
internal sealed class LayerUse(KerasLayer layer, int number)
{
    public KerasLayer Layer { get; } = layer;

    public int Number { get; } = number;

    /// <summary>What it reads.</summary>
    public IReadOnlyList<LayerUse> Reads { get; set; } = [];

    /// <summary>Whether the layer is told here to compute as in training; null: as usual.</summary>
    public bool? Training { get; set; }

    /// <summary>What its result is called: by the layer, and behind the first place with a number.</summary>
    public string Value => NameOf(Layer.Name, Number);

    public static string NameOf(string layer, int number) => number == 0 ? layer : $"{layer}:{number}";
}
