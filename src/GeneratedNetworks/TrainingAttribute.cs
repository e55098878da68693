using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>Adds a nested <c>Trainer</c> to the network. Without this attribute no training code is generated at all.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class TrainingAttribute : Attribute
{
    /// <summary>Declares what is minimized, and how.</summary>
    /// <param name="loss">
    /// The loss. <see cref="GeneratedNetworks.Loss.CrossEntropy"/> needs a softmax or log-softmax output,
    /// <see cref="GeneratedNetworks.Loss.BinaryCrossEntropy"/> a sigmoid output.
    /// </param>
    /// <param name="optimizer">The update rule.</param>
    public TrainingAttribute(Loss loss, Optimizer optimizer = Optimizer.Sgd)
    {
        Loss = loss;
        Optimizer = optimizer;
    }

    /// <summary>Declares the update rule alone, where every <see cref="OutputAttribute"/> has a loss of its own.</summary>
    /// <param name="optimizer">The update rule.</param>
    public TrainingAttribute(Optimizer optimizer) => Optimizer = optimizer;

    /// <summary>The loss that is minimized; <see langword="null"/> where the outputs have losses of their own.</summary>
    public Loss? Loss { get; }

    /// <summary>The update rule.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>How the samples of a batch add up, in the loss and in its gradient alike. Default: <see cref="Reduction.Mean"/>.</summary>
    public Reduction Reduction { get; set; }

    /// <summary>
    /// With <see cref="BatchNormAttribute"/>: the most samples whose mean and variance are taken together, 2 to 4,096. A larger batch is cut into nearly equal parts
    /// of at most that many (ghost batch normalization, Hoffer et al. 2017). A trainer keeps the values of so many samples. Default: 64.
    /// </summary>
    public int GhostBatch { get; set; } = 64;

    /// <summary>
    /// Whether the trainer also offers the gradient of the loss with respect to the inputs. Default: <see langword="false"/>.
    /// </summary>
    public bool InputGradients { get; set; }
}
