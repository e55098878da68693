using System.Reflection;
using BenchmarkDotNet.Running;

namespace GeneratedNetworks.Benchmarks.Commands;

/// <summary>The BenchmarkDotNet suites; what follows is BenchmarkDotNet's own command line.</summary>
internal sealed class BenchmarkDotNetCommand : ICommand
{
    public string Name => "bdn";

    public string Summary => "BenchmarkDotNet suites: forward, training step, epoch, generator, build [--filter '*'] [--job short] ...";

    public int Run(string[] arguments)
    {
        BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(arguments);
        return 0;
    }
}
