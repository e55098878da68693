using System;
using System.Diagnostics;
using System.IO;

namespace GeneratedNetworks.Benchmarks.Cold;

/// <summary>A console program of one file, published in a folder of its own against the runtime package and generator beside this program.</summary>
internal sealed class ColdProject
{
    private ColdProject(string executable) => Executable = executable;

    public string Executable { get; }

    /// <summary>Writes and publishes a program.</summary>
    /// <param name="folder">Where; must not exist.</param>
    /// <param name="name">Name of the program.</param>
    /// <param name="source">Its one C# file.</param>
    /// <param name="native">NativeAOT, or framework-dependent with the JIT at its default settings.</param>
    public static ColdProject Publish(string folder, string name, string source, bool native)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), source);
        File.WriteAllText(Path.Combine(folder, $"{name}.csproj"), ProjectText(native));

        // Nothing of the folders above may reach in.
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "Directory.Build.targets"), "<Project />");
        string output = Path.Combine(folder, "published");
        Run(folder, "dotnet", "publish", "-c", "Release", "--use-current-runtime", "-o", output, "-nologo", "-v", "quiet");
        return new ColdProject(Path.Combine(output, OperatingSystem.IsWindows() ? name + ".exe" : name));
    }

    /// <summary>Milliseconds from starting the process until it has ended.</summary>
    public double Time()
    {
        ProcessStartInfo start = new(Executable) { UseShellExecute = false };
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        double elapsed = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        return process.ExitCode == 0 ? elapsed : throw new InvalidOperationException($"{Executable} ended with {process.ExitCode}.");
    }

    /// <summary>What the program prints when it is started with an argument.</summary>
    public string Ask(string argument) => Run(Path.GetDirectoryName(Executable)!, Executable, argument).Trim();

    private static string ProjectText(bool native) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <InvariantGlobalization>true</InvariantGlobalization>
            {(native ? "<PublishAot>true</PublishAot>" : "<SelfContained>false</SelfContained>")}
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="{Beside("GeneratedNetworks.dll")}" />
            <Analyzer Include="{Beside("GeneratedNetworks.Generator.dll")}" />
          </ItemGroup>
        </Project>
        """;

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private static string Run(string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };

        // A program that `dotnet run` started carries settings of the outer build.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBUILD_EXE_PATH");
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {output}");
    }
}
