using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Fashion;

/// <summary>What the command line asks for.</summary>
internal sealed class Options
{
    public const string Help = """
        Trains a small convolutional network on Fashion-MNIST.

          --epochs N      passes over the images to train on (5)
          --rate R        the learning rate, from which it falls to 0 (0.004)
          --seed N        of parameters and orders (1)
          --threads N     threads that share every step (the calling one alone)
          --images N      how many of the 60,000 images to train on, and of the 10,000 to test on (all)
          --data FOLDER   where the four files are (/usr/share/datasets/fashion-mnist)
          --output FOLDER where pictures go (output, beside this project)
          --least PERCENT the test accuracy below which the exit code is 1 (88 for 5 epochs and more of all images)
        """;

    private const int FullEpochs = 5, AllImages = 60_000;

    private double? _least;

    public int Epochs { get; private set; } = FullEpochs;

    public double Rate { get; private set; } = 0.004;

    public ulong Seed { get; private set; } = 1;

    public int? Threads { get; private set; }

    public int Images { get; private set; } = AllImages;

    public string Data { get; private set; } = FashionData.Installed;

    public string Output { get; private set; } = Path.Combine(
        typeof(Options).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ProjectDirectory").Value!, "output");

    /// <summary>The least share of right answers, in [0, 1], that the program is content with.</summary>
    public double Least => (_least ?? (Epochs >= FullEpochs && Images >= AllImages ? 88 : 0)) / 100;

    /// <exception cref="ArgumentException">An option is not known, or its value is none.</exception>
    public static Options Parse(string[] arguments)
    {
        Options options = new();
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string name = arguments[i];
            string value = i + 1 < arguments.Length ? arguments[i + 1] : throw new ArgumentException($"{name} needs a value.");
            switch (name)
            {
                case "--epochs": options.Epochs = Positive(name, value); break;
                case "--threads": options.Threads = Positive(name, value); break;
                case "--images": options.Images = Positive(name, value); break;
                case "--rate": options.Rate = double.TryParse(value, CultureInfo.InvariantCulture, out double rate) && rate > 0 && rate < 1 ? rate : throw Wrong(name, value, "between 0 and 1"); break;
                case "--seed": options.Seed = ulong.TryParse(value, CultureInfo.InvariantCulture, out ulong seed) ? seed : throw Wrong(name, value, "a number of 0 or more"); break;
                case "--least": options._least = double.TryParse(value, CultureInfo.InvariantCulture, out double least) ? least : throw Wrong(name, value, "a number"); break;
                case "--data": options.Data = value; break;
                case "--output": options.Output = value; break;
                default: throw new ArgumentException($"There is no option '{name}'.");
            }
        }

        return options;
    }

    private static int Positive(string name, string value) =>
        int.TryParse(value, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : throw Wrong(name, value, "a positive number");

    private static ArgumentException Wrong(string name, string value, string rule) => new($"{name} is '{value}'; it must be {rule}.");
}
