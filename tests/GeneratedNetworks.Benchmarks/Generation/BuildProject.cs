using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;

namespace GeneratedNetworks.Benchmarks.Generation;

/// <summary>What a build took.</summary>
/// <param name="Seconds">From start to end.</param>
/// <param name="ProcessorSeconds">Of all its processes together: what is left to compare on a machine that has other work. NaN where the system does not tell.</param>
/// <param name="CompilerGigabytes">The most memory that the compiler had at once; NaN where the system does not tell.</param>
/// <param name="TextMegabytes">Generated text.</param>
internal sealed record BuildCost(double Seconds, double ProcessorSeconds, double CompilerGigabytes, double TextMegabytes);

/// <summary>A library with networks in a folder of its own, built by <c>dotnet build</c> as a user's would be, without any server that is warm already.</summary>
internal static class BuildProject
{
    private const string Text = "Generated";

    /// <summary>Writes, restores and builds; the build alone is measured.</summary>
    /// <param name="folder">Where; must not exist.</param>
    /// <param name="source">Its one C# file.</param>
    public static BuildCost Build(string folder, string source)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Networks.cs"), source);
        File.WriteAllText(Path.Combine(folder, "Networks.csproj"), ProjectText());

        // Nothing of the folders above may reach in.
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "Directory.Build.targets"), "<Project />");
        Run(folder, null, "restore");
        ProcessTree tree = new();
        long start = Stopwatch.GetTimestamp();
        Run(folder, tree, "build", "-c", "Release", "--no-restore", "-m:1", "-p:UseSharedCompilation=false");
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long bytes = Directory.EnumerateFiles(Path.Combine(folder, Text), "*.cs", SearchOption.AllDirectories).Sum(static file => new FileInfo(file).Length);
        return new(seconds, tree.ProcessorSeconds, tree.LargestChildBytes / 1e9, bytes / 1e6);
    }

    private static string ProjectText() => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
            <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
            <CompilerGeneratedFilesOutputPath>{Text}</CompilerGeneratedFilesOutputPath>
          </PropertyGroup>
          <ItemGroup>
            <Compile Remove="{Text}/**" />
            <Reference Include="{Beside("GeneratedNetworks.dll")}" />
            <Analyzer Include="{Beside("GeneratedNetworks.Generator.dll")}" />
          </ItemGroup>
        </Project>
        """;

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private static void Run(string folder, ProcessTree? tree, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false };

        // A program that `dotnet run` started carries settings of the outer build.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBUILD_EXE_PATH");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        using Process process = Process.Start(start)!;
        using Timer? timer = tree is null ? null : new Timer(_ => tree.Look(process.Id), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)}: {output}");
        }
    }
}
