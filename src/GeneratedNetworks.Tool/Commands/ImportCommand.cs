using System.CommandLine;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Cli;
using GeneratedNetworks.Tool.Networks;
using GeneratedNetworks.Tool.Output;

namespace GeneratedNetworks.Tool.Commands;

/// <summary><c>import</c>: a class with attributes, and its parameters beside it.</summary>
internal sealed class ImportCommand : Verb
{
    private readonly Terminal _terminal;
    private readonly ModelInput _model = new();
    private readonly DeclarationOptions _declaration = new();
    private readonly Option<string> _folder = OutputOptions.Folder();
    private readonly Option<bool> _force = OutputOptions.Force();

    public ImportCommand(Terminal terminal)
        : base(
            "import",
            "Writes a model as a class to edit: its layers as attributes, its parameters as a safetensors file.",
            "gennet import digits.onnx",
            "gennet import policy.onnx --outputs deterministic_continuous_actions",
            "gennet import digits.onnx -o Networks --name DigitNet --namespace Shop --training CrossEntropy,Adam")
    {
        _terminal = terminal;
        _model.AddTo(this);
        _declaration.AddTo(this);
        Options.Add(_folder);
        Options.Add(_force);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        string source = _model.SourceOf(result);
        Declaration declaration = _declaration.Read(result, source);
        ImportedModel model = _model.Read(result, _terminal);

        model = GeneratedText.ForTraining(model, source, declaration, _terminal);

        // What could not be compiled is not written.
        _terminal.Work("checking", () => GeneratedText.Infer(model, source, declaration, EmitProfile.Scalar));
        NetworkSummary summary = NetworkSummary.Of(model);
        string? weights = model.Tensors.Count == 0 ? null : declaration.Name + ".safetensors";
        string folder = result.GetRequiredValue(_folder);
        OutputFiles files = new(result.GetValue(_force));
        files.Add(
            OutputOptions.In(folder, declaration.Name + ".cs"),
            DeclarationText.WithAttributes(model, summary, source, declaration, weights));
        if (weights is not null)
            files.Add(OutputOptions.In(folder, weights), stream => StoredParameters.WriteSafeTensors(model, declaration.Precision, stream));
        files.Write(_terminal);
        WriteProjectLines(weights is null ? null : OutputOptions.In(folder, weights).Replace('\\', '/'));
        return Gennet.Done;
    }

    private void WriteProjectLines(string? weights)
    {
        _terminal.Line();
        _terminal.Line("In the project file:", Tint.Quiet);
        _terminal.Line("<ItemGroup>");
        _terminal.Line($"  <PackageReference Include=\"GeneratedNetworks\" Version=\"{VersionAction.Version}\" />");
        if (weights is not null)
        {
            _terminal.Line($"  <PackageReference Include=\"GeneratedNetworks.Build\" Version=\"{VersionAction.Version}\" PrivateAssets=\"all\" />");
            _terminal.Line($"  <NetworkModel Include=\"{System.Security.SecurityElement.Escape(weights)}\" />");
        }

        _terminal.Line("</ItemGroup>");
    }
}
