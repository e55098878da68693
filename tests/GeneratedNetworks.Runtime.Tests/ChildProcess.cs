using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>This test program again, in a role of its own instead of the tests.</summary>
internal static class ChildProcess
{
    /// <summary>The exit code of a run that was told that another one holds its checkpoint.</summary>
    public const int Held = 3;

    private const string RoleVariable = "GENERATEDNETWORKS_TEST_ROLE";
    private const string FolderVariable = "GENERATEDNETWORKS_TEST_FOLDER";

    /// <param name="role">"train", "fit", or "saver" and a number.</param>
    /// <param name="folder">Where it works.</param>
    /// <param name="redirect">Whether its standard error is read.</param>
    public static Process Start(string role, string folder, bool redirect = false)
    {
        string dll = typeof(ChildProcess).Assembly.Location;
        bool hasHost = !Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        ProcessStartInfo start = hasHost ? new(Environment.ProcessPath!) : new(Environment.ProcessPath!, ["exec", dll]);
        start.Environment[RoleVariable] = role;
        start.Environment[FolderVariable] = folder;
        start.RedirectStandardError = redirect;
        return Process.Start(start)!;
    }

    /// <summary>Runs before the test platform's entry point, and in the child instead of it.</summary>
    [ModuleInitializer]
    internal static void Run()
    {
        if (Environment.GetEnvironmentVariable(RoleVariable) is not { } role)
            return;
        string folder = Environment.GetEnvironmentVariable(FolderVariable)!;
        switch (role.Split(' '))
        {
            case ["train"]:
                KilledProcessTests.TrainIn(folder);
                break;
            case ["fit"]:
                Environment.Exit(ConcurrentProcessTests.FitForever(folder));
                break;
            case ["saver", var value]:
                ConcurrentProcessTests.SaveForever(folder, int.Parse(value, CultureInfo.InvariantCulture));
                break;
        }

        Environment.Exit(0);
    }
}
