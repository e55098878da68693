using System;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Networks;

namespace GeneratedNetworks.Benchmarks.Peers;

/// <summary>A peer in a process of its own: compiled and started at the first question.</summary>
internal abstract class NativePeer : IPeer, IDisposable
{
    private readonly Lazy<(NativeProcess? Process, string Message)> _start;
    private int _networks;

    protected NativePeer() => _start = new(Start);

    public abstract string Name { get; }

    /// <summary>How it was built and is run.</summary>
    protected abstract string Settings { get; }

    protected abstract (string? Program, string Message) Compile();

    protected abstract bool Supports(Work work, int batch);

    public string Description =>
        Process is not { } process ? $"not installed ({_start.Value.Message})"
        : process.Version.Length > 0 ? $"{process.Version}, {Settings}"
        : Settings;

    /// <summary>The running peer, or null if it is not installed.</summary>
    public NativeProcess? Process => _start.Value.Process;

    public ICandidate? Create(NetworkCase network, Work work, int batch)
    {
        if (!Supports(work, batch) || Process is not { } process)
        {
            return null;
        }

        int id = NextNetwork();
        string sizes = string.Join(' ', network.Sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)));
        string rate = Method.LearningRate.ToString("G9", CultureInfo.InvariantCulture);
        string make = $"make {id} {Lower(work)} {Lower(network.Hidden)} {batch} {rate} {network.Sizes.Length} {sizes}";
        return Made(process, id, make);
    }

    /// <summary>The number of a new network.</summary>
    protected int NextNetwork() => _networks++;

    /// <summary>A candidate for what the peer makes of a line.</summary>
    protected ICandidate Made(NativeProcess process, int id, string make)
    {
        string answer = process.Ask(make);
        return answer == "ok" ? new Candidate(process, id) : throw new InvalidOperationException($"{Name} answered '{answer}' to '{make}'.");
    }

    public void Dispose()
    {
        if (_start.IsValueCreated)
        {
            _start.Value.Process?.Dispose();
        }
    }

    private static string Lower<T>(T value)
        where T : Enum => value.ToString().ToLowerInvariant();

    private (NativeProcess? Process, string Message) Start()
    {
        (string? program, string message) = Compile();
        return program is null ? (null, message) : (new NativeProcess(program), "");
    }

    private sealed class Candidate(NativeProcess process, int id) : ICandidate
    {
        private readonly string _question =
            string.Create(CultureInfo.InvariantCulture, $"sample {id} {Method.MinimumSampleNanoseconds}");

        public double Sample() => process.AskNumber(_question);
    }
}
