using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace GeneratedNetworks;

/// <summary>What two runs must have in common for one to go on from the other's checkpoint: names with values, as text.</summary>
/// <remarks>
/// The text is written into the checkpoint, a line for each, so that a difference can be named. A value is for people to read unless it begins with
/// <c>#</c>: then it is a hash, of which there is nothing to say but that it differs. Entries may be added without a new version of the format.
/// </remarks>
internal sealed class CheckpointIdentity
{
    private readonly List<KeyValuePair<string, string>> _entries = [];

    /// <summary>The identity of a run, by all that network, trainer, data and options tell of themselves.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    public static CheckpointIdentity Of<T>(ITrainer<T> trainer, Dataset<T> data, Dataset<T>? validation, FitOptions options)
        where T : struct
    {
        INetwork<T> network = trainer.Network;
        CheckpointIdentity identity = new();
        identity.Add("bits per number", Real<T>.Size * 8);
        identity.Add("inputs", network.InputSize);
        identity.Add("outputs", network.OutputSize);
        identity.Add("parameters", network.ParameterCount);
        foreach (NetworkParameter parameter in network.ParameterLayout)
            identity.Add($"parameter {parameter.Name}", $"[{string.Join(", ", parameter.Shape.ToArray())}]");
        AddLayers(identity, network.Info);
        identity.Add("loss", trainer.LossKind?.ToString() ?? "one for each output");
        identity.Add("reduction", trainer.Reduction.ToString());
        identity.Add("optimizer", network.Info.Optimizer?.ToString() ?? "its own");
        identity.Add("bytes of optimizer state", trainer.StateSize);
        identity.AddHash("plan of the generated code", network.Info.Plan);
        identity.Add("samples", data.Count);
        identity.AddHash("training data", DataHash(data));
        identity.AddHash("validation data", validation is null ? 0 : DataHash(validation));
        identity.Add("batch size", options.BatchSize);
        identity.Add("shuffling", options.Shuffle ? "true" : "false");
        if (options.CarryMemory)
            identity.Add("memory", $"carried from batch to batch{(validation is null ? "" : FormattableString.Invariant($", in validation through {validation.Streams} streams"))}");
        identity.Add("seed", options.Seed.ToString(CultureInfo.InvariantCulture));
        return identity;
    }

    public void Add(string name, int value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds an entry. Neither text may have a line feed, nor the name an equals sign.</summary>
    public void Add(string name, string value) => _entries.Add(new(name, value));

    public void AddHash(string name, ulong hash) => Add(name, "#" + hash.ToString("x16", CultureInfo.InvariantCulture));

    public override string ToString()
    {
        StringBuilder text = new();
        foreach (KeyValuePair<string, string> entry in _entries)
            text.Append(entry.Key).Append('=').Append(entry.Value).Append('\n');
        return text.ToString();
    }

    /// <summary>How the run whose identity was written differs from this one, as in "batch size 8, where this run has 16"; null: not at all.</summary>
    public string? DifferenceTo(string written)
    {
        string[] lines = written.Split('\n');
        for (int i = 0; i < _entries.Count; i++)
        {
            (string name, string value) = (_entries[i].Key, _entries[i].Value);
            string line = i < lines.Length ? lines[i] : "";
            int equals = line.IndexOf('=');
            if (equals < 0 || line.Substring(0, equals) != name)
                return line.Length == 0 ? $"no {name}, where this run has {value}" : $"{line.Replace("=", " ")}, where this run has {name} {value}";
            string found = line.Substring(equals + 1);
            if (found != value)
                return value.StartsWith("#", StringComparison.Ordinal) ? $"other {name}" : $"{name} {found}, where this run has {value}";
        }

        return lines.Length > _entries.Count && lines[_entries.Count].Length > 0
            ? $"{lines[_entries.Count].Replace("=", " ")}, which this run lacks"
            : null;
    }

    /// <summary>Each layer as it was declared: activations, dropout and what is frozen are part of that, names are known by the parameters.</summary>
    private static void AddLayers(CheckpointIdentity identity, NetworkInfo info)
    {
        int number = 0;
        foreach (string line in info.Declaration.Split('\n'))
        {
            int space = line.IndexOf(' ');
            if (space > 0 && line.Substring(0, space) == "layer")
                identity.Add(FormattableString.Invariant($"layer {++number}"), line.Substring(space + 1));
        }
    }

    private static ulong DataHash<T>(Dataset<T> data)
        where T : struct
    {
        Fnv1a hash = new();
        hash.AddNumbers(data.Inputs);
        hash.AddNumbers(data.Targets);
        if (data.Lengths.Length > 0)
            hash.AddNumbers<float>(MemoryMarshal.Cast<int, float>(data.Lengths));
        return hash.Value;
    }
}
