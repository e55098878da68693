using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GeneratedNetworks.Benchmarks.Fashion;
using GeneratedNetworks.Benchmarks.Output;
using GeneratedNetworks.Benchmarks.Peers;

namespace GeneratedNetworks.Benchmarks.Commands;

/// <summary>Whole training runs on real images through <c>Fit</c>, epoch by epoch in turns with libtorch.</summary>
internal sealed class FashionCommand : ICommand
{
    public string Name => "fashion";

    public string Summary => "Fashion-MNIST, 784-128-10 and a small convolution, Adam, batch 64, beside libtorch [--only dense,small] [--markdown FILE]";

    public int Run(string[] arguments)
    {
        Options options = new(arguments, [], ["--only", "--markdown"]);
        if (!FashionData.IsInstalled)
        {
            Console.Error.WriteLine("Fashion-MNIST is not installed (Debian package dataset-fashion-mnist).");
            return 1;
        }

        string[]? names = options.Value("--only")?.Split(',');
        List<FashionRace> races = [.. FashionRace.All.Where(race => names?.Contains(race.Name) ?? true)];
        if (races.Count != (names?.Length ?? races.Count))
        {
            Console.Error.WriteLine($"--only takes {string.Join(" and ", FashionRace.All.Select(race => race.Name))}.");
            return 1;
        }

        Report report = new();
        report.Say(Machine.Describe());
        report.Say("One thread each by the processor's clock, which other programs do not stop, and ours on one and on two by the wall's. Epochs take turns; " +
            "all shuffle and gather batches within the epoch's time. The fastest epoch counts.");
        using TorchPeer torch = new();
        report.Say($"libtorch: {torch.Description}");
        string folder = Path.Combine(Path.GetTempPath(), $"generated-networks-fashion-{Environment.ProcessId}");
        try
        {
            if (torch.Process is not null)
            {
                FashionData.Unpack(folder);
            }

            Dataset<float> training = FashionData.Load(test: false), test = FashionData.Load(test: true);
            foreach (FashionRace race in races)
            {
                report.Add(race.Run(torch.Process, folder, training, test));
            }
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        report.Close();
        if (options.Value("--markdown") is { } path)
        {
            report.WriteMarkdown(path);
        }

        return 0;
    }
}
