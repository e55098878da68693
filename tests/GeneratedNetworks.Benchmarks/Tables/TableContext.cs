using System;
using System.IO;
using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Output;
using GeneratedNetworks.Benchmarks.Peers;

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>What a table needs to be measured: the peers, how long to measure, and where results go.</summary>
internal sealed class TableContext : IDisposable
{
    public required bool Quick { get; init; }

    public int Rounds => Quick ? Method.QuickRounds : Method.Rounds;

    public Report Report { get; } = new();

    public Chart Chart { get; init; } = new("ns per sample");

    public OnnxRuntimePeer Onnx { get; } = new();

    public FannPeer Fann { get; } = new();

    public TorchPeer Torch { get; } = new();

    public NaivePeer Naive { get; } = new();

    /// <summary>Counts the goals and writes the files that were asked for.</summary>
    public void Finish(string? markdown, string? svg)
    {
        Report.Close();
        if (markdown is not null)
        {
            Report.WriteMarkdown(markdown);
        }

        if (svg is not null)
        {
            Chart.Write(svg);
            Console.WriteLine($"Chart: {Path.GetFullPath(svg)}");
        }
    }

    public void Dispose()
    {
        Fann.Dispose();
        Torch.Dispose();
    }
}
