using System;
using System.Diagnostics;
using System.Globalization;

namespace GeneratedNetworks.Benchmarks.Peers;

/// <summary>A peer compiled from C or C++, asked line by line on its standard input. It sleeps while others are timed.</summary>
internal sealed class NativeProcess : IDisposable
{
    private readonly Process _process;

    public NativeProcess(string executable)
    {
        ProcessStartInfo start = new(executable) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        start.Environment["OMP_NUM_THREADS"] = "1";
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{executable} did not start.");
        string greeting = ReadLine();
        Version = greeting.StartsWith("ready", StringComparison.Ordinal)
            ? greeting["ready".Length..].Trim()
            : throw new InvalidOperationException($"{executable} greeted with '{greeting}'.");
    }

    /// <summary>The version that follows "ready" in the peer's first line; empty if its headers do not tell.</summary>
    public string Version { get; }

    public string Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        return ReadLine();
    }

    public double AskNumber(string line) => double.Parse(Ask(line), CultureInfo.InvariantCulture);

    /// <summary>Closing the input ends the peer.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string ReadLine() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer ended without an answer.");
}
