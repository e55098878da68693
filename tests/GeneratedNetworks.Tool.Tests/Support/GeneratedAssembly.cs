using System.Collections.Immutable;
using System.Text;
using GeneratedNetworks.Generator;
using GeneratedNetworks.Import;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace GeneratedNetworks.Tool.Tests.Support;

/// <summary>Declarations compiled as a user's project is: with the package, the generator, and model texts.</summary>
internal static class GeneratedAssembly
{
    /// <summary>What all compilations start from, so that they share what the references contain instead of each reading it again.</summary>
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Consumer",
        references: References(),
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, concurrentBuild: false));

    public static byte[] Compile(string declarations, params AdditionalText[] files)
    {
        CSharpParseOptions language = new(LanguageVersion.CSharp13);
        CSharpCompilation compilation = Empty.AddSyntaxTrees(CSharpSyntaxTree.ParseText(declarations, language, "Declarations.cs", Encoding.UTF8));
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], files, language)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> reported);
        using MemoryStream image = new();
        Diagnostic[] problems =
        [
            .. reported.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning),
            .. output.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning),
        ];
        Assert.True(problems.Length == 0, string.Join("\n", problems.Take(5).Select(problem => problem.ToString())));
        return image.ToArray();
    }

    /// <summary>What the build makes of a model file, and an editor of a file in the project.</summary>
    public static AdditionalText Text(string path, string text) => new InMemoryText(path, text);

    public static AdditionalText Convert(string model)
    {
        StringWriter text = new();
        ModelText.Write(text, Path.GetFileName(model), ModelFile.Read(model));
        return Text(Path.GetFileName(model) + ".nnmodel", text.ToString());
    }

    /// <summary>The framework that the tests run on, and the runtime library beside them.</summary>
    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) == "GeneratedNetworks.dll")
        .Select(path => MetadataReference.CreateFromFile(path));

    private sealed class InMemoryText(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
    }
}
