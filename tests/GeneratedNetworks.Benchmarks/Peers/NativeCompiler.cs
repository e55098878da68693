using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace GeneratedNetworks.Benchmarks.Peers;

/// <summary>Compiles an embedded C or C++ peer on the machine it will run on, once per source text, compiler call and processor.</summary>
internal static class NativeCompiler
{
    /// <returns>The path of the program, or null and the reason.</returns>
    public static (string? Program, string Message) Compile(string name, string[] sources, string compiler, string arguments)
    {
        string[] texts = [.. sources.Select(Read)];
        string key = string.Join("\n", [.. texts, compiler, arguments, Output.Machine.Processor]);
        string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16];
        string folder = Path.Combine(Path.GetTempPath(), "generated-networks-benchmarks", $"{name}-{hash}");
        string program = Path.Combine(folder, name);
        if (File.Exists(program))
        {
            return (program, "");
        }

        Directory.CreateDirectory(folder);
        for (int i = 0; i < sources.Length; i++)
        {
            File.WriteAllText(Path.Combine(folder, sources[i]), texts[i]);
        }

        string partial = program + ".partial";
        ProcessStartInfo start = new(compiler, $"{sources[0]} -o {partial} {arguments}")
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using Process process = Process.Start(start)!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                return (null, errors.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? errors);
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, $"{compiler} not found");
        }

        File.Move(partial, program, overwrite: true);
        return (program, "");
    }

    private static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"native/{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
