using System.CommandLine;
using System.Text;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Cli;
using GeneratedNetworks.Tool.Networks;
using GeneratedNetworks.Tool.Output;

namespace GeneratedNetworks.Tool.Commands;

/// <summary><c>pack</c>: the text that the generator reads, for builds that cannot make it themselves.</summary>
internal sealed class PackCommand : Verb
{
    /// <summary>Unity hands a file to the analyzer that its name names.</summary>
    private const string Suffix = ".GeneratedNetworks.Generator.additionalfile";

    /// <summary>The generator overlooks a file of any other name.</summary>
    private static readonly string[] Extensions = [".nnmodel", ".additionalfile"];

    private readonly Terminal _terminal;
    private readonly Argument<string> _model = new("MODEL") { Description = "A model file: " + ModelFormat.Extensions + "." };
    private readonly Option<string?> _file = OutputOptions.File(
        $"The file to write; its name ends in {string.Join(" or ", Extensions)}. Default: the model's name with {Suffix}, here.");

    private readonly Option<bool> _force = OutputOptions.Force();

    public PackCommand(Terminal terminal)
        : base(
            "pack",
            "Writes a model as the text that the generator reads: for Unity, which runs no build of ours.",
            "gennet pack digits.onnx -o Assets/Networks/digits" + Suffix)
    {
        _terminal = terminal;
        Arguments.Add(_model);
        Options.Add(_file);
        Options.Add(_force);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        string path = result.GetRequiredValue(_model);
        string source = Path.GetFileName(path);
        string file = result.GetValue(_file) ?? Path.GetFileNameWithoutExtension(path) + Suffix;
        if (!Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
        {
            string endings = string.Join(" or ", Extensions);
            throw new ToolException($"{file}: the generator reads only files whose names end in {endings}; name it so.", Gennet.WrongUsage);
        }

        InputFiles.RequireModel(path);
        ImportedChoice choice = _terminal.Work($"reading {path}", () => ModelFile.ReadAll(path));
        if (choice is { Default: null, Others: [] })
            throw choice.Problem!;
        ImportedModel model = choice.Default ?? choice.Others[0];
        string? problem = _terminal.Work("checking", () => GeneratorModels.Problem(model, source));
        OutputFiles files = new(result.GetValue(_force));
        files.Add(file, stream =>
        {
            using StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true);
            ModelText.Write(writer, source, choice);
        });
        files.Write(_terminal);

        // It is written all the same: a class with layers of its own may still take tensors out of it.
        if (problem is not null)
            throw new ToolException($"{source}: it cannot become a network: {problem}.");
        string attribute = model.HasArchitecture
            ? $"[GeneratedNetwork(Model = \"{source}\"{(choice.Default is null ? $", Outputs = \"{model.Output}\"" : "")})]"
            : $"[Weights(\"{source}\")] below the layers that it is for";
        _terminal.Line($"A class takes it by {attribute}.", Tint.Quiet);
        return Gennet.Done;
    }
}
