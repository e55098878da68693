namespace GeneratedNetworks;

/// <summary>The classes that targets say.</summary>
internal static class DatasetClasses
{
    /// <summary>The class of each sample; <see langword="null"/> where targets are neither one-hot nor a single 0 or 1 each.</summary>
    public static int[]? Of<T>(Dataset<T> data)
        where T : struct
    {
        if (data.TargetSize == 0)
            return null;
        int[] classes = new int[data.Count];
        for (int i = 0; i < classes.Length; i++)
        {
            int ones = 0;
            foreach (T target in data.GetTargets(i))
            {
                double value = Real<T>.ToDouble(target);
                if (value == 1)
                    ones++;
                else if (value != 0)
                    return null;
            }

            if (data.TargetSize > 1 && ones != 1)
                return null;
            classes[i] = Metrics.ClassOf(data.GetTargets(i));
        }

        return classes;
    }
}
