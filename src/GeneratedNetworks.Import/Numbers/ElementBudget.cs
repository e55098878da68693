namespace GeneratedNetworks.Import.Numbers;

/// <summary>
/// Holds what a reader unpacks in proportion to the file. A file may name one array many times, compress it or claim a size that it does not have; a
/// model has about as many numbers as its file has bytes, or fewer.
/// </summary>
internal sealed class ElementBudget(ModelSource source)
{
    /// <summary>What any file may ask for: small ones are all overhead.</summary>
    public const long Floor = 1 << 20;

    private readonly long _most = Floor + (4L * source.Content.Length);
    private long _left = Floor + (4L * source.Content.Length);

    /// <summary>To be called before an array of that many numbers is made.</summary>
    /// <param name="count">How many elements.</param>
    /// <param name="what">The array, for the message: "tensor 'w'".</param>
    public void Take(long count, string what)
    {
        if (count < 0 || count > _left)
            throw source.Error($"{what}: with it, the model has more than {_most} numbers, too many for a file of {source.Content.Length} bytes.");
        _left -= count;
    }
}
