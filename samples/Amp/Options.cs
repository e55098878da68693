using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Amp;

/// <summary>What the command line asks for.</summary>
internal sealed class Options
{
    public const string Help = """
        Trains a recurrent network to sound like an amplifier, and plays through it in blocks of 64 frames.

          --epochs N      passes over the recording to train on (40)
          --rate R        the learning rate, from which it falls to 0 (0.01)
          --seed N        of the parameters (1)
          --output FOLDER where sounds and the picture go (output, beside this project)
          --most PERCENT  the error-to-signal ratio above which the exit code is 1 (3)
        """;

    public int Epochs { get; private set; } = 40;

    public double Rate { get; private set; } = 0.01;

    public ulong Seed { get; private set; } = 1;

    public string Output { get; private set; } = Path.Combine(
        typeof(Options).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ProjectDirectory").Value!, "output");

    /// <summary>The greatest error-to-signal ratio that the program is content with.</summary>
    public double Most { get; private set; } = 0.03;

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
                case "--most": options.Most = double.TryParse(value, CultureInfo.InvariantCulture, out double most) ? most / 100 : throw Wrong(name, value, "a number"); break;
                case "--output": options.Output = value; break;
                default: throw new ArgumentException($"There is no option '{name}'.");
            }
        }

        return options;
    }

    private static ArgumentException Wrong(string name, string value, string rule) => new($"{name} is '{value}'; it must be {rule}.");
}
