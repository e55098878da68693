using GeneratedNetworks.Import;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>Where a network's numbers lie in its file: that may have channels first, and the network has them last.</summary>
internal sealed class FileOrder
{
    private readonly int[] _inputs;
    private readonly int[] _outputs;

    private FileOrder(int[] inputs, int[] outputs)
    {
        _inputs = inputs;
        _outputs = outputs;
    }

    /// <param name="model">With layers.</param>
    /// <param name="outputSize">How many numbers the network gives.</param>
    public static FileOrder Of(ImportedModel model, int outputSize) => new(
        Places(model.Inputs, model.InputShape!, model.InputAxes),
        Places(model.Outputs, model.OutputShape ?? [outputSize], model.OutputAxes));

    /// <summary>One sample as the network reads it.</summary>
    /// <param name="sample">As the file does.</param>
    public double[] ToInput(double[] sample) => Array.ConvertAll(_inputs, place => sample[place]);

    /// <summary>One output as the network gives it.</summary>
    /// <param name="output">As the file does; what lies behind it is left out.</param>
    public double[] ToOutput(double[] output) => Array.ConvertAll(_outputs, place => output[place]);

    private static int[] Places(IReadOnlyList<ImportedPort> ports, IReadOnlyList<int> shape, IReadOnlyList<int>? axes)
    {
        if (ports.Count == 0)
            return [.. Places(shape, axes, 0)];
        List<int> places = [];
        foreach (ImportedPort port in ports)
            places.AddRange([.. Places(port.Shape, port.Axes, places.Count)]);
        return [.. places];
    }

    /// <summary>The places in the file in the network's order.</summary>
    /// <param name="shape">As the network has it.</param>
    /// <param name="axes">Which of its axes each of the file's is, or null.</param>
    /// <param name="start">Where the value begins, in both.</param>
    private static IEnumerable<int> Places(IReadOnlyList<int> shape, IReadOnlyList<int>? axes, int start)
    {
        int count = PlainValue.Count(shape);
        int[] index = new int[shape.Count];
        for (int i = 0; i < count; i++)
        {
            for (int axis = shape.Count - 1, rest = i; axis >= 0; axis--)
                (rest, index[axis]) = Math.DivRem(rest, shape[axis]);
            yield return start + (axes is null ? i : axes.Aggregate(0, (place, axis) => (place * shape[axis]) + index[axis]));
        }
    }
}
