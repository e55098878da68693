using System.CommandLine;
using GeneratedNetworks.Import;
using GeneratedNetworks.Import.Onnx;
using GeneratedNetworks.Tool.Cli;
using GeneratedNetworks.Tool.Networks;
using GeneratedNetworks.Tool.Output;

namespace GeneratedNetworks.Tool.Commands;

/// <summary><c>export</c>: a model in another format.</summary>
internal sealed class ExportCommand : Verb
{
    private const string Formats = ".onnx, .safetensors";

    private readonly Terminal _terminal;
    private readonly ModelInput _model = new();
    private readonly Option<string?> _file = OutputOptions.File($"The file to write; its extension says the format: {Formats}.");
    private readonly Option<Precision> _precision = DeclarationOptions.PrecisionOption();
    private readonly Option<bool> _force = OutputOptions.Force();

    public ExportCommand(Terminal terminal)
        : base(
            "export",
            "Converts a model to ONNX, or its parameters to safetensors.",
            "gennet export digits.h5 -o digits.onnx",
            "gennet export student.safetensors --layers bin/Release/net10.0/School.dll:Student -o student.onnx")
    {
        _terminal = terminal;
        _model.AddTo(this);
        _file.Required = true;
        Options.Add(_file);
        Options.Add(_precision);
        Options.Add(_force);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        string path = result.GetRequiredValue(_file)!;
        Action<ImportedModel, Precision, Stream> write = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".onnx" => static (model, precision, stream) => OnnxExport.Write(stream, model, precision),
            ".safetensors" => StoredParameters.WriteSafeTensors,
            var other => throw new ToolException($"{path}: '{other}' is none of the formats that can be written: {Formats}.", Gennet.WrongUsage),
        };
        ImportedModel model = _model.Read(result, _terminal);
        OutputFiles files = new(result.GetValue(_force));
        files.Add(path, stream => write(model, result.GetValue(_precision), stream));
        files.Write(_terminal);
        return Gennet.Done;
    }
}
