using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>A process that trains is killed again and again, and in the end has the weights of one that was left alone.</summary>
public class KilledProcessTests
{
    private const string FolderVariable = "GENERATEDNETWORKS_TEST_TRAIN_IN";
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
            using Process child = Start(folder[""]);
            WaitForCheckpoint(child, folder["checkpoint"]);
            Thread.Sleep(random.Next(120));
            child.Kill();
            child.WaitForExit();

            // It may have got to the end.
            if (!File.Exists(folder["result"]))
                kills++;
        }

        using (Process last = Start(folder[""]))
        {
            Assert.True(last.WaitForExit(60_000), $"seed {seed}: the last process did not end");
            Assert.Equal(0, last.ExitCode);
        }

        Assert.True(kills >= 3, $"seed {seed}: only {kills} processes were killed before they were done");
        LinearTrainer<double> unbroken = Train(null);
        byte[] expected = MemoryMarshal.AsBytes<double>(unbroken.Parameters).ToArray();
        Assert.True(expected.SequenceEqual(File.ReadAllBytes(folder["result"])), $"seed {seed}: other bits after {kills} kills");
    }

    /// <summary>Runs before the test platform's entry point, and in the child instead of it.</summary>
    [ModuleInitializer]
    internal static void TrainInChild()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { } folder)
            return;
        LinearTrainer<double> trainer = Train(Path.Combine(folder, "checkpoint"));
        File.WriteAllBytes(Path.Combine(folder, "result"), MemoryMarshal.AsBytes<double>(trainer.Parameters));
        Environment.Exit(0);
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

    private static Process Start(string folder)
    {
        string dll = typeof(KilledProcessTests).Assembly.Location;
        bool hasHost = !Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        ProcessStartInfo start = hasHost ? new(Environment.ProcessPath!) : new(Environment.ProcessPath!, ["exec", dll]);
        start.Environment[FolderVariable] = folder;
        return Process.Start(start)!;
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
