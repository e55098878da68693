using System;

namespace GeneratedNetworks;

/// <summary>
/// Finds out how a trainer adds up losses, which its interface does not say: a sample given twice has its own loss as the mean, and double it as the
/// sum.
/// </summary>
internal static class ReductionProbe
{
    private const int Attempts = 16;

    public static bool LossesAreSums<T>(ITrainer<T> trainer, Dataset<T> data)
        where T : struct
    {
        T[] inputs = new T[2 * data.InputSize];
        T[] targets = new T[2 * data.TargetSize];
        for (int i = 0; i < Math.Min(Attempts, data.Count); i++)
        {
            data.Gather([i, i], inputs, targets);
            double one = Real<T>.ToDouble(trainer.Loss(data.GetInputs(i), data.GetTargets(i)));
            double two = Real<T>.ToDouble(trainer.Loss(inputs, targets));

            // A loss of 0 tells nothing, nor does one that overflows.
            if (one != 0 && Math.Abs(two) <= double.MaxValue)
                return Math.Abs(two / one) > 1.5;
        }

        return false;
    }
}
