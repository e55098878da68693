using System;
using System.ComponentModel;

namespace GeneratedNetworks;

/// <summary>A network written in plain loops, in double: the loss of a batch, and its gradients.</summary>
/// <param name="parameters">In canonical order.</param>
/// <param name="inputs">The samples.</param>
/// <param name="targets">Their targets.</param>
/// <param name="samples">How many.</param>
/// <param name="gradients">Those of the parameters are added to it, unless it is <see langword="null"/>.</param>
/// <param name="pieces">Receives which smooth piece of the loss the values lie on: a number that differs where a kink lies between.</param>
/// <returns>The loss.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate double PlainNetwork(double[] parameters, double[] inputs, double[] targets, int samples, double[]? gradients, ref ulong pieces);

/// <content>The comparison that every network's <c>CheckGradients</c> makes.</content>
public readonly partial struct GradientCheck
{
    /// <summary>2⁻¹⁶: the error of the difference, h²/6 times the third derivative, and that of rounding are both far below 1e-7.</summary>
    private const double Step = 1.0 / 65536;

    /// <summary>Compares gradients, those of the kernels and those of plain loops, with central differences of the loss. Generated code calls it.</summary>
    /// <param name="parameters">In canonical order.</param>
    /// <param name="gradients">The kernels'.</param>
    /// <param name="inputs">The samples.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="samples">How many.</param>
    /// <param name="frozen">Ranges of parameters that are skipped: each a start and an end.</param>
    /// <param name="network">The network in plain loops.</param>
    /// <returns>The worst parameter. Its error is the larger of both gradients'.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static GradientCheck Compare(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> gradients, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, int samples, int[] frozen, PlainNetwork network) =>
        Compare(ToDoubles(parameters), ToDoubles(gradients), ToDoubles(inputs), ToDoubles(targets), samples, frozen, network);

    /// <inheritdoc cref="Compare(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, int, int[], PlainNetwork)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static GradientCheck Compare(
        ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradients, ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, int samples, int[] frozen, PlainNetwork network) =>
        Compare(parameters.ToArray(), gradients.ToArray(), inputs.ToArray(), targets.ToArray(), samples, frozen, network);

    private static GradientCheck Compare(double[] parameters, double[] gradients, double[] inputs, double[] targets, int samples, int[] frozen, PlainNetwork network)
    {
        if (frozen is null)
            throw new ArgumentNullException(nameof(frozen));
        if (network is null)
            throw new ArgumentNullException(nameof(network));
        double[] plainGradients = new double[parameters.Length];
        ulong pieces = 0;
        network(parameters, inputs, targets, samples, plainGradients, ref pieces);
        double maxError = 0, analytic = 0, numeric = 0;
        int worst = -1, compared = 0, kinks = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            if (IsWithin(i, frozen))
                continue;
            double value = parameters[i];
            ulong piecesAbove = 0, piecesBelow = 0;
            parameters[i] = value + Step;
            double above = network(parameters, inputs, targets, samples, null, ref piecesAbove);
            parameters[i] = value - Step;
            double below = network(parameters, inputs, targets, samples, null, ref piecesBelow);
            parameters[i] = value;
            double difference = (above - below) / (value + Step - (value - Step));
            if (piecesAbove != piecesBelow)
            {
                kinks++;
                continue;
            }

            compared++;
            double ofKernels = Error(gradients[i], difference), ofLoops = Error(plainGradients[i], difference);
            double error = ofLoops <= ofKernels ? ofKernels : ofLoops;
            if (worst < 0 || !(error <= maxError))
            {
                maxError = error;
                worst = i;
                analytic = ofLoops <= ofKernels ? gradients[i] : plainGradients[i];
                numeric = difference;
            }
        }

        return new GradientCheck(maxError, worst, analytic, numeric, compared, kinks);
    }

    private static double[] ToDoubles(ReadOnlySpan<float> values)
    {
        double[] doubles = new double[values.Length];
        for (int i = 0; i < doubles.Length; i++)
            doubles[i] = values[i];
        return doubles;
    }

    private static double Error(double gradient, double difference) =>
        Math.Abs(gradient - difference) / Math.Max(1, Math.Max(Math.Abs(gradient), Math.Abs(difference)));

    private static bool IsWithin(int index, int[] ranges)
    {
        for (int i = 0; i + 1 < ranges.Length; i += 2)
        {
            if (index >= ranges[i] && index < ranges[i + 1])
                return true;
        }

        return false;
    }
}
