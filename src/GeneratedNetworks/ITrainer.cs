using System;

namespace GeneratedNetworks;

/// <summary>What every generated trainer offers: the gradients of one network's loss, and the optimizer's state.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>, by the network's <see cref="Precision"/>.</typeparam>
/// <remarks>
/// A batch is n ≥ 1 samples: n · <see cref="INetwork{T}.InputSize"/> inputs and n · <see cref="INetwork{T}.OutputSize"/> targets, sample after
/// sample.
/// Lengths are exact: a wrong one, or no sample at all, throws <see cref="ArgumentException"/> before anything is written.
/// Losses and gradients are those of the data, without L1, L2 or weight decay. A trainer is for one thread at a time, and throws
/// <see cref="InvalidOperationException"/> where it sees another inside, which it does not always.
/// </remarks>
public interface ITrainer<T>
    where T : struct
{
    /// <summary>The network that is trained.</summary>
    INetwork<T> Network { get; }

    /// <summary>The loss that is minimized; <see langword="null"/> where several outputs have one each.</summary>
    Loss? LossKind { get; }

    /// <summary>How the losses of a batch's samples add up, and with them the gradients.</summary>
    Reduction Reduction { get; }

    /// <summary>The optimizer's learning rate η.</summary>
    T LearningRate { get; set; }

    /// <summary>The largest norm of all gradients together, which longer ones are scaled down to; 0 means no limit.</summary>
    T ClipNorm { get; set; }

    /// <summary>The number of bytes of <see cref="GetState"/>, the same for every trainer of one network type.</summary>
    int StateSize { get; }

    /// <summary>The loss of a batch with dropout off. Changes nothing.</summary>
    /// <param name="inputs">The samples.</param>
    /// <param name="targets">Their targets.</param>
    /// <returns>The mean or the sum over samples, by the network's <see cref="Reduction"/>.</returns>
    T Loss(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets);

    /// <summary>Computes a batch's gradients, with dropout on, replacing earlier ones.</summary>
    /// <param name="inputs">The samples.</param>
    /// <param name="targets">Their targets.</param>
    /// <returns>The training loss of the batch, dropout on.</returns>
    T Backward(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets);

    /// <summary>Computes a batch's gradients from those of any loss of the caller's own, with dropout on, replacing earlier ones.</summary>
    /// <param name="inputs">The samples.</param>
    /// <param name="outputGradients">∂L/∂y for each output of each sample. Summed over samples as given: the reduction is the caller's.</param>
    void BackwardFrom(ReadOnlySpan<T> inputs, ReadOnlySpan<T> outputGradients);

    /// <summary>Copies the gradients out in canonical order; frozen parameters report 0.</summary>
    /// <param name="destination">Exactly <see cref="INetwork{T}.ParameterCount"/> values.</param>
    /// <exception cref="InvalidOperationException">There are none: nothing was computed yet, or <see cref="Step"/> has consumed them.</exception>
    void GetGradients(Span<T> destination);

    /// <summary>Replaces the gradients; those of frozen parameters are ignored.</summary>
    /// <param name="source">Exactly <see cref="INetwork{T}.ParameterCount"/> values in canonical order.</param>
    void SetGradients(ReadOnlySpan<T> source);

    /// <summary>One optimizer step from the gradients: clipping, then penalties, then the rule.</summary>
    /// <exception cref="InvalidOperationException">There are no gradients.</exception>
    void Update();

    /// <summary>The same as <see cref="Backward"/> then <see cref="Update"/>, fused where that is faster. The gradients are not kept.</summary>
    /// <param name="inputs">The samples.</param>
    /// <param name="targets">Their targets.</param>
    /// <returns>The training loss of the batch before the update, dropout on.</returns>
    T Step(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets);

    /// <summary>Copies the optimizer's state out: moments, step count and seed. Hyper-parameters are not part of it.</summary>
    /// <param name="destination">Exactly <see cref="StateSize"/> bytes.</param>
    void GetState(Span<byte> destination);

    /// <summary>Restores a state, after which training goes on as it would have from there.</summary>
    /// <param name="source">Exactly <see cref="StateSize"/> bytes that <see cref="GetState"/> wrote.</param>
    void SetState(ReadOnlySpan<byte> source);

    /// <summary>
    /// Forgets what training has left: the optimizer's moments and step count are 0 again, gradients are gone. Dropout masks start over.
    /// Parameters, seed and settings stay.
    /// </summary>
    void Reset();

    /// <summary>
    /// Compares the gradients of a batch with central differences, computed in double with dropout off. Changes nothing; may allocate.
    /// </summary>
    /// <param name="inputs">The samples; a few suffice.</param>
    /// <param name="targets">Their targets.</param>
    /// <returns>The worst disagreement and where it is.</returns>
    GradientCheck CheckGradients(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets);
}
