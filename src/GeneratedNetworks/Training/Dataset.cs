namespace GeneratedNetworks;

/// <summary>The sizes of a <see cref="Dataset{T}"/>, whatever its element type.</summary>
public abstract class Dataset
{
    private protected Dataset(int count, int inputSize, int targetSize)
    {
        Count = count;
        InputSize = inputSize;
        TargetSize = targetSize;
    }

    /// <summary>The number of samples, possibly 0.</summary>
    public int Count { get; }

    /// <summary>The number of input values of one sample, positive.</summary>
    public int InputSize { get; }

    /// <summary>The number of target values of one sample, positive.</summary>
    public int TargetSize { get; }
}
