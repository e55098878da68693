using GeneratedNetworks.Benchmarks.Output;
using GeneratedNetworks.Benchmarks.Tables;

namespace GeneratedNetworks.Benchmarks.Commands;

/// <summary>How cost grows with the network: running it, its source text, generating and building it.</summary>
internal sealed class ScaleCommand : ICommand
{
    public string Name => "scale";

    public string Summary =>
        "time per multiply-add against layer size; source, generator and build time against parameters [--quick] [--markdown FILE] [--svg FILE]";

    public int Run(string[] arguments)
    {
        Options options = new(arguments, ["--quick"], ["--markdown", "--svg"]);
        using TableContext context = new() { Quick = options.Has("--quick"), Chart = new Chart("ps per multiply-add") };
        context.Report.Say(Machine.Describe());
        new GrowthTable().Run(context);
        new GeneratorTable().Run(context);
        new MultiplyAddTable().Run(context);
        context.Finish(options.Value("--markdown"), options.Value("--svg"));
        return 0;
    }
}
