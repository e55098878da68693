using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Gestures;

/// <summary>What the command line asks for.</summary>
internal sealed class Options
{
    public const string Help = """
        Trains a recurrent network on windows of a six-axis signal, and runs it live, frame by frame.

          --epochs N      passes over the windows to train on (12)
          --rate R        the learning rate, from which it falls to 0 (0.01)
          --seed N        of parameters and orders (1)
          --output FOLDER where the picture goes (output, beside this project)
          --least PERCENT the share of gestures recognized below which the exit code is 1 (90)
        """;

    public int Epochs { get; private set; } = 12;

    public double Rate { get; private set; } = 0.01;

    public ulong Seed { get; private set; } = 1;

    public string Output { get; private set; } = Path.Combine(
        typeof(Options).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ProjectDirectory").Value!, "output");

    /// <summary>The least share of recognized gestures, in [0, 1], that the program is content with.</summary>
    public double Least { get; private set; } = 0.9;

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
                case "--epochs": options.Epochs = int.TryParse(value, CultureInfo.InvariantCulture, out int epochs) && epochs > 0 ? epochs : throw Wrong(name, value, "a positive number"); break;
                case "--rate": options.Rate = double.TryParse(value, CultureInfo.InvariantCulture, out double rate) && rate > 0 && rate < 1 ? rate : throw Wrong(name, value, "between 0 and 1"); break;
                case "--seed": options.Seed = ulong.TryParse(value, CultureInfo.InvariantCulture, out ulong seed) ? seed : throw Wrong(name, value, "a number of 0 or more"); break;
                case "--least": options.Least = double.TryParse(value, CultureInfo.InvariantCulture, out double least) ? least / 100 : throw Wrong(name, value, "a number"); break;
                case "--output": options.Output = value; break;
                default: throw new ArgumentException($"There is no option '{name}'.");
            }
        }

        return options;
    }

    private static ArgumentException Wrong(string name, string value, string rule) => new($"{name} is '{value}'; it must be {rule}.");
}
