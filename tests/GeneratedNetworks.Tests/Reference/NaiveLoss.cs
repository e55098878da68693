using System;

namespace GeneratedNetworks.Tests.Reference;

/// <summary>Each loss of one sample and its derivative by the outputs y, for the losses that do not look behind the output.</summary>
internal static class NaiveLoss
{
    public static double Value(Loss loss, double[] y, double[] t)
    {
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double error = y[i] - t[i];
            sum += loss switch
            {
                Loss.MeanSquaredError => error * error,
                Loss.SquaredError => error * error / 2,
                Loss.MeanAbsoluteError => Math.Abs(error),
                Loss.Huber => Math.Abs(error) <= 1 ? error * error / 2 : Math.Abs(error) - 0.5,
                _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "Fused with its activation."),
            };
        }

        return loss == Loss.SquaredError ? sum : sum / y.Length;
    }

    public static double[] Gradient(Loss loss, double[] y, double[] t)
    {
        double[] gradient = new double[y.Length];
        for (int i = 0; i < y.Length; i++)
        {
            double error = y[i] - t[i];
            gradient[i] = loss switch
            {
                Loss.MeanSquaredError => 2 * error / y.Length,
                Loss.SquaredError => error,
                Loss.MeanAbsoluteError => (double.IsNaN(error) ? error : Math.Sign(error)) / y.Length,
                Loss.Huber => Math.Clamp(error, -1, 1) / y.Length,
                _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "Fused with its activation."),
            };
        }

        return gradient;
    }

    /// <summary>−Σ t·log p where z are the logits.</summary>
    public static double CrossEntropy(double[] z, double[] t)
    {
        double[] logarithms = NaiveActivation.LogSoftmax(z);
        double sum = 0;
        for (int i = 0; i < z.Length; i++)
            sum -= t[i] == 0 ? 0 : t[i] * logarithms[i];
        return sum;
    }

    /// <summary>p·Σt − t.</summary>
    public static double[] CrossEntropyGradient(double[] z, double[] t)
    {
        double[] gradient = NaiveActivation.Softmax(z);
        double total = 0;
        foreach (double target in t)
            total += target;
        for (int i = 0; i < z.Length; i++)
            gradient[i] = (gradient[i] * total) - t[i];
        return gradient;
    }

    /// <summary>The mean of −t·log σ(z) − (1 − t)·log(1 − σ(z)) over the outputs.</summary>
    public static double BinaryCrossEntropy(double[] z, double[] t)
    {
        double sum = 0;
        for (int i = 0; i < z.Length; i++)
            sum += (t[i] * NaiveActivation.Softplus(-z[i])) + ((1 - t[i]) * NaiveActivation.Softplus(z[i]));
        return sum / z.Length;
    }

    public static double[] BinaryCrossEntropyGradient(double[] z, double[] t)
    {
        double[] gradient = new double[z.Length];
        for (int i = 0; i < z.Length; i++)
            gradient[i] = (NaiveActivation.Sigmoid(z[i]) - t[i]) / z.Length;
        return gradient;
    }
}
