using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Keras;

/// <summary>Normalisations at inference, over the last axis.</summary>
internal static class KerasNormalisations
{
    private const double BatchEpsilon = 1e-3;
    private const double SmallestDeviation = 1e-7;

    public static KerasRule Batch { get; } = new(BatchNormalise, PrefixRole.Normaliser) { Normaliser = BatchStatistics };

    /// <summary>γ·(x − μ)/√(σ² + ε) + β.</summary>
    private static Tensor BatchNormalise(KerasCall call)
    {
        call.RequireLastAxis("axis");
        int[] shape = [call.Value.Shape[^1]];
        (Tensor mean, Tensor variance, int first) = BatchWeights(call, shape);
        double epsilon = call.Number("epsilon", BatchEpsilon);
        Tensor result = Elementwise.Apply(call.Scope, call.Value, mean, (x, m) => x - m);
        result = Elementwise.Apply(call.Scope, result, variance, (x, v) => x / Math.Sqrt(v + epsilon));
        int index = 0;
        if (call.Flag("scale", true))
            result = Elementwise.Apply(call.Scope, result, call.Weights("gamma", index++, shape), (x, gamma) => x * gamma);
        if (call.Flag("center", true))
            result = Elementwise.Apply(call.Scope, result, call.Weights("beta", index++, shape), (x, beta) => x + beta);
        return index == first ? result : throw call.Error("its weights are not in order");
    }

    private static Statistics BatchStatistics(KerasCall call, int[] shape)
    {
        (Tensor mean, Tensor variance, _) = BatchWeights(call, [shape[^1]]);
        double epsilon = call.Number("epsilon", BatchEpsilon);
        return new Statistics(mean.Elements, Array.ConvertAll(variance.Elements, value => Math.Sqrt(value + epsilon)));
    }

    /// <summary>They stand behind gamma and beta, where these are.</summary>
    private static (Tensor Mean, Tensor Variance, int First) BatchWeights(KerasCall call, int[] shape)
    {
        int first = (call.Flag("scale", true) ? 1 : 0) + (call.Flag("center", true) ? 1 : 0);
        return (call.Weights("moving_mean", first, shape), call.Weights("moving_variance", first + 1, shape), first);
    }

    /// <summary>Over the last axis of each sample, or over the last axes.</summary>
    public static Tensor Layer(KerasCall call)
    {
        int rank = call.Value.Rank;
        int[] axes = [.. (call.Numbers("axis") ?? [-1]).Select(axis => Shapes.Axis(call.Scope, (long)Math.Clamp(axis, -99, 99), rank)).Order()];
        if (axes.Length == 0 || !axes.SequenceEqual(Enumerable.Range(rank - axes.Length, axes.Length)) || axes[0] == 0)
            throw call.Error($"it runs over the axes [{string.Join(", ", axes)}] of {rank}, which are not the last ones; that is not executed");
        if (call.Flag("rms_scaling", false))
            throw call.Error("rms_scaling is not executed");
        int[] shape = call.Value.Shape[axes[0]..];
        Tensor result = Standardisation.From(call.Scope, call.Value, axes[0], call.Number("epsilon", BatchEpsilon));
        int index = 0;
        if (call.Flag("scale", true))
            result = Elementwise.Apply(call.Scope, result, call.Weights("gamma", index++, shape), (x, gamma) => x * gamma);
        if (call.Flag("center", true))
            result = Elementwise.Apply(call.Scope, result, call.Weights("beta", index, shape), (x, beta) => x + beta);
        return result;
    }

    /// <summary>(x − mean)/max(√variance, 1e-7), by numbers that were learnt from data or are settings.</summary>
    public static Tensor Features(KerasCall call)
    {
        Tensor mean;
        Tensor variance;
        if (call.Numbers("mean") is { } means && call.Numbers("variance") is { } variances)
        {
            (mean, variance) = (Tensor.Real([means.Length], means), Tensor.Real([variances.Length], variances));
        }
        else
        {
            call.RequireLastAxis("axis");
            int[] shape = [call.Value.Shape[^1]];
            (mean, variance) = (call.Weights("mean", 0, shape), call.Weights("variance", 1, shape));
        }

        Tensor deviation = call.Scope.Map(variance, value => Math.Max(Math.Sqrt(value), SmallestDeviation));
        if (call.Flag("invert", false))
            return Elementwise.Apply(call.Scope, Elementwise.Apply(call.Scope, call.Value, deviation, (x, d) => x * d), mean, (x, m) => x + m);
        return Elementwise.Apply(call.Scope, Elementwise.Apply(call.Scope, call.Value, mean, (x, m) => x - m), deviation, (x, d) => x / d);
    }

    public static Tensor Rescale(KerasCall call)
    {
        double[] scale = call.Numbers("scale") ?? [1];
        double[] offset = call.Numbers("offset") ?? [0];
        Tensor scaled = Elementwise.Apply(call.Scope, call.Value, Tensor.Real([scale.Length], scale), (x, s) => x * s);
        return Elementwise.Apply(call.Scope, scaled, Tensor.Real([offset.Length], offset), (x, o) => x + o);
    }
}
