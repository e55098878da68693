using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>Constants for places in memory, named after what lies there: "Dense1Weight" in the parameters, "Dense1SumAt" in a chunk's values.</summary>
internal static class Places
{
    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>Where a dense layer's weights start.</summary>
    public static string Weight(DenseWeights weights) => Of(weights.Block!);

    public static string Bias(DenseWeights weights) => Pascal(weights.Layer) + "Bias" + (weights.BiasStart == 0 ? string.Empty : " + " + CSharpLiteral.Of(weights.BiasStart));

    public static string Transposed(DenseWeights weights) => Of(weights.Block!) + "Transposed";

    /// <summary>Where a block of parameters starts.</summary>
    public static string Of(ParameterBlock block) => Pascal(block.Layer) + Pascal(block.Kind) + (block.Start == 0 ? string.Empty : " + " + CSharpLiteral.Of(block.Start));

    /// <summary>How far a tensor starts behind the place of its name: a step's part lies behind those of the steps before.</summary>
    public static string Within(Tensor tensor)
    {
        string start = tensor.StepLength is null or 0 ? string.Empty : "step" + (tensor.StepLength == 1 ? string.Empty : " * " + CSharpLiteral.Of(tensor.StepLength.Value));
        return tensor.Offset == 0 ? start : start.Length == 0 ? CSharpLiteral.Of(tensor.Offset) : start + " + " + CSharpLiteral.Of(tensor.Offset);
    }

    /// <summary>The constants of the parameter array, in canonical order.</summary>
    public static IEnumerable<(string Name, int Value)> OfParameters(ParameterStore parameters) =>
        parameters.Places.Select(place => (Of(place.Block), place.Offset));

    /// <summary>One line that declares some constants.</summary>
    public static string Declaration(IEnumerable<(string Name, int Value)> constants) =>
        $"const int {string.Join(", ", constants.Select(constant => $"{constant.Name} = {CSharpLiteral.Of(constant.Value)}"))};";
}

/// <summary>The names of a chunk's values.</summary>
internal sealed class TensorPlaces
{
    private readonly Dictionary<Tensor, (string Name, int Offset)> _places = [];

    /// <param name="memory">Where they lie, in elements per row.</param>
    /// <param name="rows">Rows of a full chunk.</param>
    public TensorPlaces(MemoryPlan memory, int rows)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (Placement placement in memory.Placements)
        {
            string name = Places.Pascal(placement.Tensor.Name) + "At";
            while (!names.Add(name))
                name += "_";
            _places.Add(placement.Tensor, (name, placement.Offset * rows));
        }
    }

    public bool IsEmpty => _places.Count == 0;

    public string NameOf(Tensor tensor) => _places[tensor].Name;

    public int OffsetOf(Tensor tensor) => _places[tensor].Offset;

    public IEnumerable<(string Name, int Value)> All => _places.Values.Select(place => (place.Name, place.Offset));
}
