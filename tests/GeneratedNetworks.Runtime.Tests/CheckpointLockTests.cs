namespace GeneratedNetworks.Runtime.Tests;

public class CheckpointLockTests
{
    private static readonly Dataset<double> Data = Samples.Linear<double>(50, 3, 2);

    [Fact]
    public void A_second_run_is_told_and_touches_nothing()
    {
        using TemporaryFolder folder = new();
        FitOptions options = new() { Epochs = 3, BatchSize = 8, CheckpointPath = folder["c"] };
        LinearTrainer<double> second = new(3, 2);
        IOException? told = null;
        FitTests.Progress once = new(_ => told ??= Assert.Throws<IOException>(() => second.Fit(Data, options)));
        new LinearTrainer<double>(3, 2).Fit(Data, options, once);
        Assert.StartsWith($"The checkpoint '{folder["c"]}' is held by another run", told!.Message, StringComparison.Ordinal);
        Assert.Contains("CheckpointPath of its own", told.Message, StringComparison.Ordinal);
        Assert.All(second.Parameters, parameter => Assert.Equal(0, parameter));

        // Afterwards it is free again, and nothing is left beside the checkpoint.
        second.Fit(Data, options);
        Assert.Equal([folder["c"]], Directory.GetFiles(Path.GetDirectoryName(folder["c"])!));
    }

    [Fact]
    public void A_run_that_fails_lets_go()
    {
        using TemporaryFolder folder = new();
        FitOptions options = new() { Epochs = 3, BatchSize = 8, CheckpointPath = folder["c"] };
        Assert.Throws<OperationCanceledException>(
            () => new LinearTrainer<double>(3, 2).Fit(Data, options, null, new CancellationToken(canceled: true)));
        using CheckpointLock held = CheckpointLock.Take(folder["c"]);
    }

    [Fact]
    public void The_lock_of_a_killed_run_locks_nobody_out()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["c.lock"], "");
        CheckpointLock.Take(folder["c"]).Dispose();
        Assert.False(File.Exists(folder["c.lock"]));
    }

    [Fact]
    public void Checkpoints_of_other_names_do_not_hinder_each_other()
    {
        using TemporaryFolder folder = new();
        using CheckpointLock first = CheckpointLock.Take(folder["a"]);
        using CheckpointLock second = CheckpointLock.Take(folder["b"]);
        Assert.Throws<IOException>(() => CheckpointLock.Take(folder["a"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_in_the_locks_place_is_not_followed(bool leadsSomewhere)
    {
        using TemporaryFolder folder = new();
        if (leadsSomewhere)
            File.WriteAllText(folder["elsewhere"], "untouched");
        Assert.SkipUnless(AtomicFileTests.TryLink(folder["c.lock"], folder["elsewhere"]), "Links cannot be made here.");
        Assert.Contains("is a link", Assert.Throws<IOException>(() => CheckpointLock.Take(folder["c"])).Message, StringComparison.Ordinal);
        Assert.Equal(leadsSomewhere, File.Exists(folder["elsewhere"]));
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        using TemporaryFolder folder = new();
        Assert.Contains(folder["missing"], Assert.Throws<DirectoryNotFoundException>(() => CheckpointLock.Take(folder["missing/c"])).Message);
    }
}
