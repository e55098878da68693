using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>How a dense product reads its parameters: where they lie in the flat array (and, alike, in the gradients and moments), and how they are ordered.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Inputs">Fan-in.</param>
/// <param name="Outputs">Fan-out.</param>
/// <param name="Order">How the weights are ordered.</param>
/// <param name="Panel">Outputs per panel, and what a row of outputs is padded to a multiple of.</param>
/// <param name="Stride">Outputs padded to whole panels.</param>
/// <param name="InputPanel">The same for a row of inputs.</param>
/// <param name="InputStride">Inputs padded to whole panels.</param>
/// <param name="Offset">Start of the weights, where the layout lets a block start.</param>
/// <param name="BiasOffset">Start of the bias, or −1.</param>
/// <param name="TransposedOffset">Start of the packed Wᵀ in the trainer's memory, or −1 where it is not needed.</param>
internal sealed record DenseWeights(
    string Layer,
    int Inputs,
    int Outputs,
    WeightOrder Order,
    int Panel,
    int Stride,
    int InputPanel,
    int InputStride,
    int Offset,
    int BiasOffset,
    int TransposedOffset)
{
    /// <summary>The weights' block.</summary>
    public ParameterBlock? Block { get; init; }

    public bool Frozen => Block is { IsTrained: false };

    /// <summary>Where the bias starts in its block.</summary>
    public int BiasStart { get; init; }

    /// <summary>Whether its product runs once for every step of a sequence.</summary>
    public bool IsRecurrent { get; init; }

    public bool HasBias => BiasOffset >= 0;

    public bool IsByOutput => Order == WeightOrder.ByOutput;

    /// <summary>Elements that a window sees of one channel; 1 for a dense layer. Inputs are those of all of them.</summary>
    public int Taps { get; init; } = 1;

    /// <summary>Groups of outputs, each of inputs of its own.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Whether each channel is seen by itself: channels fill the lanes, and Wᵀ is W.</summary>
    public bool IsDepthwise { get; init; }

    /// <summary>Whether the only output's weights lie side by side, for dot products of positions. Panels of one output are also what groups of odd numbers have.</summary>
    public bool IsColumn => Panel == 1 && Outputs == 1;

    /// <summary>Whether, in canonical order, each tap has its outputs first and then its inputs.</summary>
    public bool IsSwapped { get; init; }

    /// <summary>Elements of the packed Wᵀ.</summary>
    public int TransposedLength => Taps == 1 && Groups == 1 ? Outputs * InputStride : Groups * InputStride * Taps * (Outputs / Groups);

    /// <summary>The order of its products' sums where it is fixed; null: whatever is fastest.</summary>
    public SumOrder? Sums { get; init; }

    /// <summary>How one sample goes forward.</summary>
    public SampleForm Sample { get; init; }

    /// <summary>The sums in registers when rows of a chunk go through, forward or back.</summary>
    public TileShape ForwardTile { get; init; }

    /// <summary>The same for the gradient of the weights.</summary>
    public TileShape GradientTile { get; init; }

    /// <summary>Where the weight from an input to an output lies, from the start of the flat array.</summary>
    public int IndexOf(int input, int output) => Offset + (IsByOutput
        ? (output * InputStride) + input
        : (((output / Panel * Inputs) + input) * Panel) + (output % Panel));

    /// <summary>Where the weight lies that is at <paramref name="index"/> of its block in canonical order.</summary>
    public int IndexOfCanonical(int index)
    {
        if (!IsSwapped)
            return IndexOf(index / Outputs, index % Outputs);
        int inputs = Inputs / Taps, tap = index / (inputs * Outputs), rest = index % (inputs * Outputs);
        return IndexOf((tap * inputs) + (rest % inputs), rest / inputs);
    }

    /// <summary>Padded elements of the weights alone.</summary>
    public int Length => IsByOutput ? Outputs * InputStride : Inputs * Stride;
}

/// <summary>From the block that an operation names to its place.</summary>
internal static class DenseWeightsLookup
{
    public static DenseWeights Of(this IEnumerable<DenseWeights> weights, ParameterBlock block) => weights.First(candidate => candidate.Block == block);
}

/// <summary>How a dense layer's weights lie in memory.</summary>
internal enum WeightOrder
{
    /// <summary>In panels of neighbouring outputs: (i, o) at Offset + (o / Panel)·Inputs·Panel + i·Panel + o mod Panel. Outputs fill the lanes.</summary>
    Panels,

    /// <summary>Output by output: (i, o) at Offset + o·InputStride + i. For few outputs of many inputs: inputs fill the lanes.</summary>
    ByOutput,
}
