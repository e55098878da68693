using System.Collections.Immutable;
using System.Text;
using GeneratedNetworks.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace GeneratedNetworks.Fuzz.Text;

/// <summary>What the source generator makes of a packed text: code that is C#, or errors of its own; never an exception.</summary>
internal sealed class TextTrial
{
    public const string ModelName = "input.onnx";

    private const string Source =
        $"using GeneratedNetworks; [GeneratedNetwork(Model = \"{ModelName}\")] public partial class Net {{ }} "
        + "[GeneratedNetwork(2)] [Dense(1)] public partial class Other { }";

    private readonly CSharpCompilation _compilation = CSharpCompilation.Create(
        "Fuzz", [CSharpSyntaxTree.ParseText(Source)], References(), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private GeneratorDriver _driver = CSharpGeneratorDriver.Create(new NetworkGenerator());
    private ImmutableArray<AdditionalText> _texts = [];

    public Trial Run(byte[] content)
    {
        Meter meter = new();
        _driver = _driver.RemoveAdditionalTexts(_texts);
        _texts = [new Text(content)];
        _driver = _driver.AddAdditionalTexts(_texts).RunGenerators(_compilation);
        GeneratorRunResult result = _driver.GetRunResult().Results.Single();
        (TimeSpan time, long memory) = (meter.Time, meter.Memory);
        return new Trial(result.Diagnostics.IsEmpty, Failure(result), time, memory);
    }

    private static string? Failure(GeneratorRunResult result)
    {
        if (result.Exception is { } exception)
            return exception.ToString();
        if (result.Diagnostics.FirstOrDefault(diagnostic => !diagnostic.Id.StartsWith("GN", StringComparison.Ordinal)) is { } foreign)
            return $"the generator reports {foreign}";
        if (result.Diagnostics.FirstOrDefault(diagnostic => diagnostic.GetMessage().Any(char.IsControl)) is { } lines)
            return $"a message has several lines: {lines}";
        if (!result.GeneratedSources.Any(source => source.HintName.Contains("Other", StringComparison.Ordinal)))
            return "another network of the project has lost its code";
        return result.GeneratedSources.SelectMany(source => source.SyntaxTree.GetDiagnostics()).FirstOrDefault() is { } error
            ? $"the generated text is no C#: {error}"
            : null;
    }

    private static IEnumerable<MetadataReference> References()
    {
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return platform.Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "System.Runtime.dll" or "System.Private.CoreLib.dll" or "System.Memory.dll" or "GeneratedNetworks.dll")
            .Select(path => MetadataReference.CreateFromFile(path));
    }

    private sealed class Text(byte[] content) : AdditionalText
    {
        public override string Path => $"obj/networkmodels/{ModelName}.nnmodel";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(content, content.Length, Encoding.UTF8);
    }
}
