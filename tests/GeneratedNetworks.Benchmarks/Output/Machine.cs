using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GeneratedNetworks.Benchmarks.Output;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Processor { get; } = ReadProcessor();

    public static string Describe() =>
        $"{Processor}, {Environment.ProcessorCount} logical cores, {Widest()}, {RuntimeInformation.OSDescription}, " +
        $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}";

    /// <summary>Programs that want a processor, over the last minute, where the system tells.</summary>
    public static string Load()
    {
        const string File = "/proc/loadavg";
        return System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File).Split(' ')[0] : "unknown";
    }

    private static string Widest() =>
        Vector512.IsHardwareAccelerated ? "Vector512"
        : Vector256.IsHardwareAccelerated ? $"Vector256{(Fma.IsSupported ? " with FMA" : "")}"
        : Vector128.IsHardwareAccelerated ? "Vector128" : "no vectors";

    private static string ReadProcessor()
    {
        const string File = "/proc/cpuinfo";
        if (!System.IO.File.Exists(File))
        {
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown processor";
        }

        string[] lines = System.IO.File.ReadAllLines(File);
        string Value(string name) =>
            lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "?";
        return $"{Value("model name")} (family {Value("cpu family")}, model {lines.Where(IsModel).Select(After).FirstOrDefault("?")})";
    }

    private static bool IsModel(string line) =>
        line.StartsWith("model", StringComparison.Ordinal) && !line.StartsWith("model name", StringComparison.Ordinal);

    private static string After(string line) => line.Split(':', 2)[1].Trim();
}
