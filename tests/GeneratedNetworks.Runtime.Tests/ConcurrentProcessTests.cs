using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>
/// Several processes on one path, killed and started again: whoever looks finds a whole file, and nobody dies without a word. For
/// <c>GENERATEDNETWORKS_TEST_SECONDS</c> seconds each, 4 unless it is set.
/// </summary>
public class ConcurrentProcessTests(ITestOutputHelper output)
{
    private const int Inputs = 40;
    private const int Outputs = 30;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("GENERATEDNETWORKS_TEST_SECONDS") ?? "4", CultureInfo.InvariantCulture));

    [Fact]
    public void Two_savers_of_one_path_never_show_half_a_file()
    {
        using TemporaryFolder folder = new();
        string path = folder["net.safetensors"];
        Save(path, 0);
        Random random = new(1);
        string[] roles = ["saver 1", "saver 2"];
        Process[] savers = [.. roles.Select(role => ChildProcess.Start(role, folder[""]))];
        Stopwatch watch = Stopwatch.StartNew();
        HashSet<double> seen = [];
        int looks = 0;
        int kills = 0;
        while (watch.Elapsed < Duration || !seen.IsSupersetOf([1, 2]))
        {
            Assert.True(watch.Elapsed < Duration + TimeSpan.FromMinutes(1), "one of them never wrote");
            LinearNetwork<double> network = new(Inputs, Outputs);
            network.Load(path);
            Assert.Single(network.Parameters.Distinct());
            seen.Add(network.Parameters[0]);
            if (++looks % 100 == 0)
            {
                int place = random.Next(savers.Length);
                AssertAlive(savers[place]);
                Kill(savers[place]);
                savers[place] = ChildProcess.Start(roles[place], folder[""]);
                kills++;
            }
        }

        foreach (Process saver in savers)
        {
            AssertAlive(saver);
            Kill(saver);
        }

        output.WriteLine($"{looks} looks, {kills} kills, none bad");
    }

    [Fact]
    public async Task Of_two_runs_on_one_checkpoint_one_is_told()
    {
        using TemporaryFolder folder = new();
        Random random = new(2);
        Stopwatch watch = Stopwatch.StartNew();
        int rounds = 0;
        int told = 0;
        int resumed = 0;
        while (watch.Elapsed < Duration || told == 0 || resumed == 0)
        {
            Assert.True(watch.Elapsed < Duration + TimeSpan.FromMinutes(1), "the runs never met");
            Process[] runs = [ChildProcess.Start("fit", folder[""], redirect: true), ChildProcess.Start("fit", folder[""], redirect: true)];
            Task<string>[] words = [.. runs.Select(run => run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken))];
            Thread.Sleep(300 + random.Next(400));
            for (int i = 0; i < runs.Length; i++)
            {
                if (!runs[i].HasExited)
                {
                    Kill(runs[i]);
                    continue;
                }

                // A child that ends by itself has said why.
                Assert.Contains("is held by another run", await words[i], StringComparison.Ordinal);
                Assert.Equal(ChildProcess.Held, runs[i].ExitCode);
                told++;
            }

            rounds++;
            if (!File.Exists(folder["checkpoint"]))
                continue;

            // Whatever was killed when, the checkpoint is whole: the run goes on from it.
            FitResult result = Fit(folder["checkpoint"], extraEpochs: 0, pause: null);
            Assert.NotEmpty(result.History);
            resumed++;
        }

        output.WriteLine($"{rounds} rounds, {told} runs told, {resumed} checkpoints resumed, none bad");
    }

    internal static void SaveForever(string folder, int value)
    {
        while (true)
            Save(Path.Combine(folder, "net.safetensors"), value);
    }

    internal static int FitForever(string folder)
    {
        try
        {
            Fit(Path.Combine(folder, "checkpoint"), extraEpochs: 1_000_000, pause: new FitTests.Progress(_ => Thread.Sleep(1)));
            return 0;
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException))
        {
            Console.Error.WriteLine(exception.Message);
            return ChildProcess.Held;
        }
    }

    private static FitResult Fit(string checkpoint, int extraEpochs, FitTests.Progress? pause)
    {
        FitOptions options = new() { Epochs = 1 + extraEpochs, BatchSize = 16, RestoreBest = true, CheckpointPath = checkpoint, Resume = true };
        return new LinearTrainer<double>(Inputs, Outputs).Fit(Samples.Linear<double>(64, Inputs, Outputs), options, pause);
    }

    private static void Save(string path, double value)
    {
        LinearNetwork<double> network = new(Inputs, Outputs);
        Array.Fill(network.Parameters, value);
        network.Save(path);
    }

    private static void AssertAlive(Process process) =>
        Assert.True(!process.HasExited, $"a saver ended by itself, with {(process.HasExited ? process.ExitCode : 0)}");

    private static void Kill(Process process)
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
