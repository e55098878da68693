using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>A process that trains is killed again and again, and in the end has the weights of one that was left alone.</summary>
public class KilledProcessTests
{
    private const int Epochs = 600;

    [Fact]
    public void Killed_at_random_moments_it_resumes_to_the_same_bits()
    {
        using TemporaryFolder folder = new();
        int seed = Environment.TickCount;
        Random random = new(seed);
        int kills = 0;
        for (int attempt = 0; attempt < 8; attempt++)
        {
            using Process child = ChildProcess.Start("train", folder[""]);
            WaitForCheckpoint(child, folder["checkpoint"]);
            Thread.Sleep(random.Next(120));
            child.Kill();
            child.WaitForExit();

            // It may have got to the end.
            if (!File.Exists(folder["result"]))
                kills++;
        }

        using (Process last = ChildProcess.Start("train", folder[""]))
        {
            Assert.True(last.WaitForExit(60_000), $"seed {seed}: the last process did not end");
            Assert.Equal(0, last.ExitCode);
        }

        Assert.True(kills >= 3, $"seed {seed}: only {kills} processes were killed before they were done");
        LinearTrainer<double> unbroken = Train(null);
        byte[] expected = MemoryMarshal.AsBytes<double>(unbroken.Parameters).ToArray();
        Assert.True(expected.SequenceEqual(File.ReadAllBytes(folder["result"])), $"seed {seed}: other bits after {kills} kills");
    }

    /// <summary>What the child does.</summary>
    internal static void TrainIn(string folder)
    {
        LinearTrainer<double> trainer = Train(Path.Combine(folder, "checkpoint"));
        File.WriteAllBytes(Path.Combine(folder, "result"), MemoryMarshal.AsBytes<double>(trainer.Parameters));
    }

    private static LinearTrainer<double> Train(string? checkpoint)
    {
        LinearTrainer<double> trainer = new(4, 2);
        FitOptions options = new() { Epochs = Epochs, BatchSize = 16, RestoreBest = true };
        options.CheckpointPath = checkpoint;
        options.Resume = checkpoint is not null;

        // A pause that only the child makes, so that it is caught even by a parent that a loaded machine holds up.
        FitTests.Progress? pause = checkpoint is null ? null : new(_ => Thread.Sleep(5));
        trainer.Fit(Samples.Linear<double>(500, 4, 2), options, pause);
        return trainer;
    }

    private static void WaitForCheckpoint(Process child, string path)
    {
        DateTime before = File.GetLastWriteTimeUtc(path);
        Stopwatch watch = Stopwatch.StartNew();
        while (File.GetLastWriteTimeUtc(path) == before && !child.HasExited)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "the child wrote no checkpoint");
            Thread.Sleep(1);
        }
    }
}
