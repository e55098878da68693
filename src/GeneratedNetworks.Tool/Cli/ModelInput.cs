using System.CommandLine;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Networks;
using GeneratedNetworks.Tool.Output;

namespace GeneratedNetworks.Tool.Cli;

/// <summary>The argument MODEL of the verbs that need layers, and the option that says them where the file does not.</summary>
internal sealed class ModelInput
{
    public Argument<string> Path { get; } = new("MODEL")
    {
        Description = "A model file: " + ModelFormat.Extensions + ".",
    };

    public Option<string?> Layers { get; } = new("--layers")
    {
        Description = "For a file of tensors alone, as Save writes it: the compiled network whose layers they are for.",
        HelpName = "ASSEMBLY[:CLASS]",
    };

    public Option<string?> Outputs { get; } = OutputsOption();

    public Option<int?> Window { get; } = WindowOption();

    /// <summary>The option that says which value of a file the network ends in.</summary>
    public static Option<string?> OutputsOption() => new("--outputs")
    {
        Description = "The value that the network ends in: an output of the file or any value inside. Default: its only output.",
        HelpName = "NAME",
    };

    /// <summary>The option that says what a file of sequences may leave open.</summary>
    public static Option<int?> WindowOption() => new("--window")
    {
        Description = "How many steps the input has, where the file leaves that open.",
        HelpName = "STEPS",
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(Path);
        command.Options.Add(Outputs);
        command.Options.Add(Window);
        command.Options.Add(Layers);
    }

    /// <summary>The name by which texts and comments call the file.</summary>
    public string SourceOf(ParseResult result) => System.IO.Path.GetFileName(result.GetRequiredValue(Path));

    /// <summary>Reads a model that has layers.</summary>
    public ImportedModel Read(ParseResult result, Terminal terminal)
    {
        string path = result.GetRequiredValue(Path);
        if (AssemblyNetworks.IsAssembly(path))
            throw new ToolException($"{path}: a compiled network holds no parameters that could be read; name the model file.");
        ImportedModel model = terminal.Work($"reading {path}", () => InputFiles.ReadModel(path, result.GetValue(Outputs), window: result.GetValue(Window)));
        string? layers = result.GetValue(Layers);
        if (model.HasArchitecture)
        {
            return layers is null
                ? model
                : throw new ToolException($"{path}: it has layers of its own, so --layers has no place.", Gennet.WrongUsage);
        }

        return layers is null
            ? throw new ToolException($"{path}: it holds tensors and no layers; --layers ASSEMBLY[:CLASS] names the network that they are for.")
            : NamedTensors.WithLayersOf(layers, model, path);
    }
}
