using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Names;

/// <summary>What the command line asks for.</summary>
internal sealed class Options
{
    public const string Help = """
        Trains a recurrent network on given names, letter by letter, and lets it write new ones.

          --epochs N      passes over the names to train on (30)
          --rate R        the learning rate, from which it falls to 0 (0.005)
          --seed N        of parameters, orders and what is drawn (1)
          --temperature T below 1 it keeps to what is likely, above it dares more (0.8)
          --output FOLDER where the picture goes (output, beside this project)
          --most BITS     of surprise at a letter of a name that it has not seen, above which the exit code is 1 (3.4)
        """;

    public int Epochs { get; private set; } = 30;

    public double Rate { get; private set; } = 0.005;

    public double Temperature { get; private set; } = 0.8;

    public ulong Seed { get; private set; } = 1;

    public string Output { get; private set; } = Path.Combine(
        typeof(Options).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ProjectDirectory").Value!, "output");

    /// <summary>The most bits of surprise at a letter that the program is content with.</summary>
    public double Most { get; private set; } = 3.4;

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
                case "--temperature": options.Temperature = double.TryParse(value, CultureInfo.InvariantCulture, out double temperature) && temperature > 0 ? temperature : throw Wrong(name, value, "a positive number"); break;
                case "--seed": options.Seed = ulong.TryParse(value, CultureInfo.InvariantCulture, out ulong seed) ? seed : throw Wrong(name, value, "a number of 0 or more"); break;
                case "--most": options.Most = double.TryParse(value, CultureInfo.InvariantCulture, out double most) ? most : throw Wrong(name, value, "a number"); break;
                case "--output": options.Output = value; break;
                default: throw new ArgumentException($"There is no option '{name}'.");
            }
        }

        return options;
    }

    private static ArgumentException Wrong(string name, string value, string rule) => new($"{name} is '{value}'; it must be {rule}.");
}
