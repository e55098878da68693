using System;
using System.Collections.Generic;

namespace GeneratedNetworks;

/// <summary>One layer of a generated network, as <see cref="NetworkInfo"/> tells of it. An attribute with an activation makes two.</summary>
public sealed class LayerInfo
{
    private readonly string[] _cells;

    internal LayerInfo(string[] cells, string label)
    {
        _cells = cells;
        Label = label;
        OutputShape = Array.AsReadOnly(InfoTable.ParseShape(cells[2]));
        ParameterCount = (int)InfoTable.ParseCount(cells[3]);
        MultiplyAdds = InfoTable.ParseCount(cells[4]);
    }

    /// <summary>The layer's name, such as <c>dense1</c>. An activation that an attribute brings along has the name of the attribute's layer.</summary>
    public string Name => _cells[0];

    /// <summary>What the layer is: an attribute's name without its suffix, such as <c>Dense</c>, or an activation's, such as <c>Tanh</c>.</summary>
    public string Kind => _cells[1];

    /// <summary>The extents of one sample behind the layer, row-major.</summary>
    public IReadOnlyList<int> OutputShape { get; }

    /// <summary>The number of its parameters, frozen ones and statistics included; 0 for a layer that has none.</summary>
    public int ParameterCount { get; }

    /// <summary>How many multiplications with an addition a sample takes in products; 0 for a layer that has none.</summary>
    public long MultiplyAdds { get; }

    /// <summary>How the generated code computes it, in words; empty where there is nothing to say.</summary>
    public string Kernel => _cells[5];

    internal string Label { get; }

    internal string[] Row => [Label, _cells[2], _cells[3], _cells[4], _cells[5]];

    /// <summary>Name, kind and shape, such as <c>dense1 (Dense): 32, 2,080 parameters</c>.</summary>
    public override string ToString()
    {
        string parameters = ParameterCount == 0 ? "" : FormattableString.Invariant($", {ParameterCount:#,0} parameter{(ParameterCount == 1 ? "" : "s")}");
        return $"{Name} ({Kind}): {_cells[2]}{parameters}";
    }
}
