using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;

namespace GeneratedNetworks.Benchmarks.Generation;

/// <summary>What a process and all that it started take, by looking again and again; only where there is <c>/proc</c>.</summary>
internal sealed class ProcessTree
{
    /// <summary>Clock ticks a second in <c>/proc/…/stat</c>, the same on every Linux that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, double> _seconds = [];
    private double _largest = double.NaN;

    /// <summary>Processor time of all of them, up to the last look at each.</summary>
    public double ProcessorSeconds => _seconds.Count == 0 ? double.NaN : _seconds.Values.Sum();

    /// <summary>The most memory that one of those which the root started ever had.</summary>
    public double LargestChildBytes => _largest;

    public void Look(int root)
    {
        if (!Directory.Exists("/proc") || !_lock.TryEnter())
        {
            return;
        }

        try
        {
            Dictionary<int, (int Parent, double Seconds)> all = [];
            foreach (string folder in Directory.EnumerateDirectories("/proc"))
            {
                if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && Stat(id) is { } stat)
                {
                    all[id] = stat;
                }
            }

            foreach ((int id, (_, double seconds)) in all)
            {
                if (IsBelow(id))
                {
                    _seconds[id] = seconds;
                    if (id != root && PeakBytes(id) is { } peak)
                    {
                        _largest = double.IsNaN(_largest) ? peak : Math.Max(_largest, peak);
                    }
                }
            }

            bool IsBelow(int id) => id == root || (all.TryGetValue(id, out (int Parent, double Seconds) stat) && stat.Parent > 1 && IsBelow(stat.Parent));
        }
        finally
        {
            _lock.Exit();
        }
    }

    /// <summary>Its parent, and the processor time of all its threads; null where it has ended.</summary>
    private static (int Parent, double Seconds)? Stat(int id)
    {
        if (Text(id, "stat") is not { } text)
        {
            return null;
        }

        // The name in brackets may hold anything; the state follows it.
        string[] words = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        double ticks = double.Parse(words[11], CultureInfo.InvariantCulture) + double.Parse(words[12], CultureInfo.InvariantCulture);
        return (int.Parse(words[1], CultureInfo.InvariantCulture), ticks / TicksPerSecond);
    }

    private static double? PeakBytes(int id)
    {
        const string Peak = "VmHWM:";
        string? line = Text(id, "status")?.Split('\n').FirstOrDefault(static line => line.StartsWith(Peak, StringComparison.Ordinal));
        return line is null ? null : 1024 * double.Parse(line[Peak.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }

    private static string? Text(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/{file}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
