using System.CommandLine;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Cli;
using GeneratedNetworks.Tool.Networks;
using GeneratedNetworks.Tool.Output;

namespace GeneratedNetworks.Tool.Commands;

/// <summary><c>inspect</c>: what a file holds.</summary>
internal sealed class InspectCommand : Verb
{
    private readonly Terminal _terminal;
    private readonly Argument<string> _file = new("FILE")
    {
        Description = $"A model file ({ModelFormat.Extensions}) or a compiled assembly (.dll, .exe), which is read and never run.",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON instead of tables." };
    private readonly Option<string?> _svg = new("--svg") { Description = "Also draw the network, as SVG.", HelpName = "FILE" };
    private readonly Option<string?> _class = new("--class") { Description = "Of an assembly, only the network of that class.", HelpName = "CLASS" };
    private readonly Option<string?> _outputs = ModelInput.OutputsOption();
    private readonly Option<int?> _window = ModelInput.WindowOption();
    private readonly Option<bool> _force = OutputOptions.Force();

    public InspectCommand(Terminal terminal)
        : base(
            "inspect",
            "Shows the layers, sizes and costs of a model file, or of the networks in a compiled assembly, with the bytes of their code.",
            "gennet inspect digits.onnx",
            "gennet inspect digits.onnx --svg digits.svg",
            "gennet inspect policy.onnx --outputs deterministic_continuous_actions",
            "gennet inspect bin/Release/net10.0/Shop.dll --json")
    {
        _terminal = terminal;
        Arguments.Add(_file);
        Options.Add(_json);
        Options.Add(_svg);
        Options.Add(_class);
        Options.Add(_outputs);
        Options.Add(_window);
        Options.Add(_force);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        string path = result.GetRequiredValue(_file);
        Inspection inspection = _terminal.Work($"reading {path}", () => Inspection.Of(path, result.GetValue(_outputs), result.GetValue(_window)));
        if (result.GetValue(_class) is { } name)
            inspection = inspection with { Networks = Only(inspection, name) };
        if (result.GetValue(_svg) is { } picture)
            Draw(inspection, picture, result.GetValue(_force), result.GetValue(_json));
        if (result.GetValue(_json))
            InspectionText.WriteJson(_terminal, inspection);
        else
            InspectionText.WriteTables(_terminal, inspection);
        return Gennet.Done;
    }

    private static InspectedNetwork[] Only(Inspection inspection, string name)
    {
        InspectedNetwork[] found =
        [
            .. inspection.Networks.Where(network =>
                network.Class is { } full && (full == name || full.EndsWith("." + name, StringComparison.Ordinal))),
        ];
        return found.Length > 0
            ? found
            : throw new ToolException($"{inspection.File}: there is no network of a class '{name}' in it; {Classes(inspection)}.");
    }

    private static string Classes(Inspection inspection) =>
        AssemblyNetworks.Listed(inspection.Networks.Select(network => network.Class).OfType<string>());

    private void Draw(Inspection inspection, string picture, bool mayReplace, bool isQuiet)
    {
        if (inspection.Networks is not [{ Layers: not null } network])
        {
            throw new ToolException(inspection.Networks.Count > 1
                ? $"{inspection.File}: it holds several networks; --class says which to draw; {Classes(inspection)}."
                : $"{inspection.File}: it says no layers that could be drawn.");
        }

        OutputFiles files = new(mayReplace);
        files.Add(picture, GraphSvg.Draw(network.Class ?? Path.GetFileName(inspection.File), network));
        files.Write(isQuiet ? null : _terminal);
    }
}
