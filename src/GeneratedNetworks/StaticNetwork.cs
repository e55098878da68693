using System;
using System.ComponentModel;

namespace GeneratedNetworks;

/// <summary>A static network as an object, so that metrics, saving and other generic code take it. Generated code makes one for each static class.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StaticNetwork<T> : INetwork<T>, INetworkLayout
    where T : struct
{
    private readonly Reader _getParameters;
    private readonly Pass _forward;

    /// <summary>Wraps the members of a static class.</summary>
    /// <param name="info">What the class says of itself.</param>
    /// <param name="getParameters">Its <c>GetParameters</c>.</param>
    /// <param name="forward">Its <c>Forward</c>.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public StaticNetwork(NetworkInfo info, Reader getParameters, Pass forward)
    {
        Real<T>.Require();
        Info = info ?? throw new ArgumentNullException(nameof(info));
        _getParameters = getParameters ?? throw new ArgumentNullException(nameof(getParameters));
        _forward = forward ?? throw new ArgumentNullException(nameof(forward));
        InputSize = info.InputSize;
        OutputSize = info.OutputSize;
        ParameterCount = info.ParameterCount;
    }

    /// <summary>Copies parameters out.</summary>
    /// <param name="destination">Receives them.</param>
    public delegate void Reader(Span<T> destination);

    /// <summary>Runs a network.</summary>
    /// <param name="inputs">The samples.</param>
    /// <param name="outputs">Receives what comes of them.</param>
    public delegate void Pass(ReadOnlySpan<T> inputs, Span<T> outputs);

    /// <inheritdoc/>
    public int InputSize { get; }

    /// <inheritdoc/>
    public int OutputSize { get; }

    /// <inheritdoc/>
    public int ParameterCount { get; }

    /// <inheritdoc/>
    public ReadOnlySpan<NetworkParameter> ParameterLayout => Info.ParameterLayout;

    /// <inheritdoc/>
    public ReadOnlySpan<NetworkValue> InputLayout => Info.InputLayout;

    /// <inheritdoc/>
    public ReadOnlySpan<NetworkValue> OutputLayout => Info.OutputLayout;

    /// <inheritdoc/>
    public NetworkInfo Info { get; }

    /// <inheritdoc/>
    public void GetParameters(Span<T> destination) => _getParameters(destination);

    /// <summary>Throws: a static network keeps the parameters that it was built with.</summary>
    /// <param name="source">Not read.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void SetParameters(ReadOnlySpan<T> source) => throw new NotSupportedException(
        $"'{Info.Name}' is a static class, which keeps the parameters that it was built with. Declare the class without 'static' to change or train them.");

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<T> inputs, Span<T> outputs) => _forward(inputs, outputs);
}
