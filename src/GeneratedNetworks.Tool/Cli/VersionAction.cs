using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace GeneratedNetworks.Tool.Cli;

/// <summary>Prints the version, without the revision that it was built from.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public static string Version { get; } =
        typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(Version);
        return Gennet.Done;
    }
}
