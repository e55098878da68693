namespace GeneratedNetworks.Import.Onnx;

/// <summary>Counts the elements that reading a file brings to memory, so that a small file cannot ask for much of it.</summary>
internal sealed class TensorBudget(ModelSource source)
{
    /// <summary>The most elements, constants in all their forms together: a gigabyte of doubles.</summary>
    public const long Most = 1L << 27;

    /// <summary>The most elements of one value that a constant may be repeated over.</summary>
    public const int WidestRepeat = 1 << 22;

    private long _taken;

    public void Take(long elements, string what)
    {
        _taken += elements;
        if (_taken > Most)
            throw source.Error($"{what}: its constants have more than {Most} elements altogether.");
    }
}
