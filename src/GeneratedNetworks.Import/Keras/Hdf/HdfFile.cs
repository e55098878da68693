using GeneratedNetworks.Import.Numbers;
using PureHDF;
using PureHDF.VOL.Native;

namespace GeneratedNetworks.Import.Keras.Hdf;

/// <summary>An HDF5 file that was checked: attributes that are texts, and datasets of numbers.</summary>
internal sealed class HdfFile : IDisposable
{
    private readonly Func<string, ModelFileException> _error;
    private readonly ElementBudget _budget;
    private readonly NativeFile _file;

    /// <param name="source">The file, for messages and the bound on what is unpacked.</param>
    /// <param name="content">The HDF5 file: all of the source or a part of it.</param>
    /// <param name="part">What the part is called, or null.</param>
    public HdfFile(ModelSource source, byte[] content, string? part)
    {
        _error = problem => source.Error(part is null ? problem : $"in '{part}', {problem}");
        _budget = new ElementBudget(source);
        HdfCheck.Verify(new HdfBytes(content, _error));
        SafeFilters.Register();
        _file = Guarded("/", () => H5File.Open(new GuardedStream(content)));
    }

    public ModelFileException Error(string problem) => _error(problem);

    public bool Exists(string path) => Guarded(path, () => _file.LinkExists(path));

    /// <summary>An attribute that is one text, or null where there is none.</summary>
    public string? Text(string path, string attribute) => Attribute(path, attribute) is { } found ? Guarded(path, () => found.Read<string>()) : null;

    /// <summary>An attribute that is a list of texts, or null where there is none.</summary>
    public string[]? Texts(string path, string attribute) => Attribute(path, attribute) is { } found
        ? Array.ConvertAll(Guarded(path, () => found.Read<string?[]>()), text => text ?? "")
        : null;

    /// <summary>A dataset of floating-point numbers.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="shape">Its extents, which are required.</param>
    /// <param name="what">What it is, for messages: "the kernel of 'dense'".</param>
    public double[] Numbers(string path, int[] shape, string what)
    {
        if (!Exists(path))
            throw _error($"{what} should be at '{path}', and there is nothing.");
        IH5Dataset data = Guarded(path, () => _file.Dataset(path));
        ulong[] found = Guarded(path, () => data.Space.Dimensions);
        if (!found.SequenceEqual(shape.Select(extent => (ulong)extent)))
            throw _error($"{what}, at '{path}', has the shape [{string.Join(", ", found)}]; [{string.Join(", ", shape)}] is expected.");
        _budget.Take(shape.Aggregate(1L, (product, extent) => product * extent), what);
        (H5DataTypeClass kind, int bytes) = Guarded(path, () => (data.Type.Class, data.Type.Size));
        return (kind, bytes) switch
        {
            (H5DataTypeClass.FloatingPoint, 2) => Array.ConvertAll(Guarded(path, () => data.Read<Half[]>()), value => (double)value),
            (H5DataTypeClass.FloatingPoint, 4) => Array.ConvertAll(Guarded(path, () => data.Read<float[]>()), value => (double)value),
            (H5DataTypeClass.FloatingPoint, 8) => Guarded(path, () => data.Read<double[]>()),
            _ => throw _error(
                $"{what}, at '{path}', holds elements of {bytes} bytes of the class {kind}; floating-point numbers of 2, 4 or 8 bytes are "
                + "supported."),
        };
    }

    public void Dispose() => _file.Dispose();

    private IH5Attribute? Attribute(string path, string attribute) => Guarded(path, () =>
    {
        IH5Object found = _file.Get(path);
        return found.AttributeExists(attribute) ? found.Attribute(attribute) : null;
    });

    /// <summary>The library throws whatever comes of a damaged file; here it becomes a word on the file.</summary>
    private T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not (ModelFileException or OutOfMemoryException))
        {
            throw _error($"'{path}' cannot be read ({exception.Message.ReplaceLineEndings(" ")}).");
        }
    }
}
