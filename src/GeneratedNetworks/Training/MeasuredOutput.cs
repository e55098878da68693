using System;
using System.Collections.Generic;

namespace GeneratedNetworks;

/// <summary>The output that <see cref="TrainingExtensions.Fit{T}"/> measures after every epoch, and the loss that decides how.</summary>
internal sealed class MeasuredOutput
{
    private MeasuredOutput(OutputPart part, Loss loss)
    {
        Part = part;
        Loss = loss;
    }

    public OutputPart Part { get; }

    public Loss Loss { get; }

    /// <summary>Whether a share of right classes is measured; otherwise it is R².</summary>
    public bool IsForClasses => Loss is Loss.BinaryCrossEntropy or Loss.CrossEntropy;

    /// <summary>The only output, or the one that the options name; null where there are several and none is named.</summary>
    /// <exception cref="ArgumentException">No output has that name, or the training set shall be measured and there is no saying by what.</exception>
    public static MeasuredOutput? Of<T>(ITrainer<T> trainer, FitOptions options)
        where T : struct
    {
        const string Name = nameof(FitOptions.MetricOutput);
        if (options.MetricOutput is null && !options.MeasureTraining && (trainer.LossKind is null || OutputPart.Layout(trainer.Network).Length > 1))
            return null;
        OutputPart part = OutputPart.Of(trainer.Network, options.MetricOutput, Name, nameof(options));
        return LossOf(trainer, part.Index) is { } loss
            ? new MeasuredOutput(part, loss)
            : throw new ArgumentException($"{Name} cannot be measured: the network's Info does not say what each of its outputs is trained by.", nameof(options));
    }

    /// <summary>What an output is trained by; null where the network does not say.</summary>
    public static Loss? LossOf<T>(ITrainer<T> trainer, int output)
        where T : struct
    {
        if (trainer.LossKind is { } only)
            return only;
        IReadOnlyList<Loss> losses = trainer.Network.Info.Losses;
        return output < losses.Count ? losses[output] : null;
    }
}
