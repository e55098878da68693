namespace GeneratedNetworks.Import.Reading;

/// <summary>
/// What one run may cost, in proportion to the file: a graph of a few bytes can ask for values of any size. Asked before anything is allocated.
/// </summary>
/// <param name="source">The file.</param>
/// <param name="bytes">Of the file and of what lies beside it.</param>
internal sealed class WorkBudget(ModelSource source, long bytes)
{
    private const long ElementFloor = 1 << 22;
    private const long ElementsPerByte = 8;
    private const long OperationFloor = 1 << 26;
    private const long OperationsPerByte = 1024;

    private long _elements = ElementFloor + (ElementsPerByte * bytes);
    private long _operations = OperationFloor + (OperationsPerByte * bytes);

    /// <summary>To be called before an array of that many numbers is made.</summary>
    public void TakeElements(long count, string what)
    {
        if (count < 0 || count > _elements)
            throw source.Error($"{what}: its values are larger than a file of {bytes} bytes has reason for.");
        _elements -= count;
        TakeOperations(count, what);
    }

    /// <summary>To be called before that many multiplications or calls of functions.</summary>
    public void TakeOperations(long count, string what)
    {
        if (count < 0 || count > _operations)
            throw source.Error($"{what}: it computes more than a file of {bytes} bytes has reason for.");
        _operations -= count;
    }
}
