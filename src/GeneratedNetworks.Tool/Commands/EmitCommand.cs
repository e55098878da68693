using System.CommandLine;
using GeneratedNetworks.Generator.Emit;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Cli;
using GeneratedNetworks.Tool.Networks;
using GeneratedNetworks.Tool.Output;

namespace GeneratedNetworks.Tool.Commands;

/// <summary><c>emit</c>: the generated C# as plain files.</summary>
internal sealed class EmitCommand : Verb
{
    private readonly Terminal _terminal;
    private readonly ModelInput _model = new();
    private readonly DeclarationOptions _declaration = new();
    private readonly Option<EmitProfile> _profile = DeclarationOptions.ProfileOption(
        "What the code may use: simd needs .NET 8 and C# 12; scalar C# 9 and spans, as Unity has them; "
        + "basic C# 7.3 and next to nothing, as nanoFramework has it.");

    private readonly Option<string> _folder = OutputOptions.Folder();
    private readonly Option<bool> _force = OutputOptions.Force();

    public EmitCommand(Terminal terminal)
        : base(
            "emit",
            "Writes the generated C# of a model as plain files, parameters included. They compile without any package of ours.",
            "gennet emit digits.onnx -o Generated",
            "gennet emit digits.onnx --profile basic --name Digits --namespace Device",
            "gennet emit brain.onnx --profile scalar --training MeanSquaredError,Adam")
    {
        _terminal = terminal;
        _model.AddTo(this);
        Options.Add(_profile);
        _declaration.AddTo(this);
        Options.Add(_folder);
        Options.Add(_force);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        string source = _model.SourceOf(result);
        Declaration declaration = _declaration.Read(result, source);
        EmitProfile profile = DeclarationOptions.ProfileOf(result, _profile);
        ImportedModel model = _model.Read(result, _terminal);
        model = GeneratedText.ForTraining(model, source, declaration, _terminal);
        GeneratedText generated = _terminal.Work("generating", () => GeneratedText.Of(model, source, declaration, profile));
        string folder = result.GetRequiredValue(_folder);
        OutputFiles files = new(result.GetValue(_force));
        files.Add(OutputOptions.In(folder, declaration.Name + ".cs"), DeclarationText.Bare(declaration, source));
        foreach (EmittedFile file in generated.Files)
            files.Add(OutputOptions.In(folder, file.HintName), file.Text);
        files.Write(_terminal);
        string needs = profile switch
        {
            EmitProfile.Simd => ".NET 8 or newer, C# 12",
            EmitProfile.Scalar => "C# 9; .NET Standard 2.1, or 2.0 with the package System.Memory",
            _ => "C# 7.3",
        };
        string parameters = Numbers.Count(generated.Graph.ParameterCount) + " parameters";
        _terminal.Line($"{declaration.FullName}: {generated.Graph.Input.Shape} → {generated.Graph.Output.Shape}, {parameters}.");
        _terminal.Line($"To compile it a project needs {needs}.", Tint.Quiet);
        return Gennet.Done;
    }
}
