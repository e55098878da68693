using System.CommandLine;
using System.Text;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Cli;
using GeneratedNetworks.Tool.Output;

namespace GeneratedNetworks.Tool.Commands;

/// <summary><c>pack</c>: the text that the generator reads, for builds that cannot make it themselves.</summary>
internal sealed class PackCommand : Verb
{
    /// <summary>Unity hands a file to the analyzer that its name names.</summary>
    private const string Suffix = ".GeneratedNetworks.Generator.additionalfile";

    private readonly Terminal _terminal;
    private readonly Argument<string> _model = new("MODEL") { Description = "A model file: " + ModelFormat.Extensions + "." };
    private readonly Option<string?> _file = OutputOptions.File("The file to write. Default: the model's name with " + Suffix + ", here.");
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
        ImportedModel model = _terminal.Work($"reading {path}", () => ModelFile.Read(path));
        OutputFiles files = new(result.GetValue(_force));
        files.Add(result.GetValue(_file) ?? Path.GetFileNameWithoutExtension(path) + Suffix, stream =>
        {
            using StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true);
            ModelText.Write(writer, source, model);
        });
        files.Write(_terminal);
        string attribute = model.HasArchitecture
            ? $"[GeneratedNetwork(Model = \"{source}\")]"
            : $"[Weights(\"{source}\")] below the layers that it is for";
        _terminal.Line($"A class takes it by {attribute}.", Tint.Quiet);
        return Gennet.Done;
    }
}
