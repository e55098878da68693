using System;

namespace GeneratedNetworks;

/// <summary>What every generated network offers, so that generic code can be written once.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>, by the network's <see cref="Precision"/>.</typeparam>
/// <remarks>
/// Lengths are exact: a wrong one throws <see cref="ArgumentException"/> with the expected and the actual length before anything is written.
/// <see cref="Forward"/> may be called from many threads at once, except while a trainer or <see cref="SetParameters"/> changes the network.
/// </remarks>
public interface INetwork<T>
    where T : struct
{
    /// <summary>The number of values in one input sample.</summary>
    int InputSize { get; }

    /// <summary>The number of values in one output.</summary>
    int OutputSize { get; }

    /// <summary>The number of parameters, frozen ones included.</summary>
    int ParameterCount { get; }

    /// <summary>The parameter tensors in canonical order; their lengths add up to <see cref="ParameterCount"/>.</summary>
    ReadOnlySpan<NetworkParameter> ParameterLayout { get; }

    /// <summary>Sizes, layers and layouts, for people and for generic code; its text is the table that opens the generated file.</summary>
    NetworkInfo Info { get; }

    /// <summary>Copies all parameters out in canonical order.</summary>
    /// <param name="destination">Exactly <see cref="ParameterCount"/> values.</param>
    void GetParameters(Span<T> destination);

    /// <summary>Replaces all parameters. A trainer's moments and step count stay as they are.</summary>
    /// <param name="source">Exactly <see cref="ParameterCount"/> values in canonical order.</param>
    void SetParameters(ReadOnlySpan<T> source);

    /// <summary>Runs the network on any number of samples.</summary>
    /// <param name="inputs">n · <see cref="InputSize"/> values, sample after sample; n = 0 does nothing.</param>
    /// <param name="outputs">n · <see cref="OutputSize"/> values. May not overlap <paramref name="inputs"/>.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the outputs overlap the inputs. Nothing has been written.</exception>
    void Forward(ReadOnlySpan<T> inputs, Span<T> outputs);
}
