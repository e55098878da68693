namespace GeneratedNetworks.Import.Tests.Support;

/// <summary>Runs a model on samples as its file has them: a file may have its channels first, and a network has them last.</summary>
internal static class FileOrder
{
    /// <param name="model">What was imported.</param>
    /// <param name="forward">Runs the network.</param>
    /// <param name="inputs">Any number of samples in the file's order; of several inputs, one after another in each sample.</param>
    /// <returns>The outputs in the file's order.</returns>
    public static double[] Forward(ImportedModel model, Func<double[], double[]> forward, double[] inputs)
    {
        ImportedPort[] from = model.Inputs.Count > 0 ? [.. model.Inputs] : [new("x", model.InputShape!) { Axes = model.InputAxes }];
        ImportedPort[] to = model.Outputs.Count > 0 ? [.. model.Outputs] : [new("y", model.OutputShape!) { Axes = model.OutputAxes }];
        return Moved(forward(Moved(inputs, from, toNetwork: true)), to, toNetwork: false);
    }

    private static double[] Moved(double[] values, ImportedPort[] ports, bool toNetwork)
    {
        if (ports.All(port => port.Axes is null))
            return values;
        double[] result = new double[values.Length];
        for (int start = 0; start < values.Length;)
        {
            foreach (ImportedPort port in ports)
            {
                int count = NaiveModel.Count(port.Shape);
                int[] axes = [.. port.Axes ?? [.. Enumerable.Range(0, port.Shape.Count)]];
                int[] inFile = [.. axes.Select(axis => port.Shape[axis])];
                for (int i = 0; i < count; i++)
                {
                    // Element i of the file, index by index.
                    int[] index = new int[axes.Length];
                    for (int axis = axes.Length - 1, rest = i; axis >= 0; rest /= inFile[axis], axis--)
                        index[axes[axis]] = rest % inFile[axis];
                    int place = index.Zip(port.Shape).Aggregate(0, (offset, pair) => (offset * pair.Second) + pair.First);
                    if (toNetwork)
                        result[start + place] = values[start + i];
                    else
                        result[start + i] = values[start + place];
                }

                start += count;
            }
        }

        return result;
    }
}
