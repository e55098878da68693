using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Runs the generator in memory on the source of a pretended project.</summary>
internal static class GeneratorHarness
{
    /// <summary>What most tests start with; the usings are for the attributes.</summary>
    public const string Usings = "using System;\nusing GeneratedNetworks;\n";

    /// <summary>Tests run side by side; a compilation that is spread over threads as well takes more of the processor and no less time.</summary>
    private static readonly CSharpCompilationOptions Options = new(OutputKind.DynamicallyLinkedLibrary, deterministic: true, checkOverflow: true, concurrentBuild: false);

    /// <summary>What the compilations of a target start from, so that they share what its references contain instead of each reading it again.</summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<MetadataReference>, CSharpCompilation> Empties = [];

    public static GeneratorRun Run(
        string source,
        Target? target = null,
        Func<CSharpCompilationOptions, CSharpCompilationOptions>? options = null,
        params IEnumerable<AdditionalText> files) => Run([source], target, options, files);

    public static GeneratorRun Run(
        IReadOnlyList<string> sources,
        Target? target = null,
        Func<CSharpCompilationOptions, CSharpCompilationOptions>? options = null,
        params IEnumerable<AdditionalText> files)
    {
        CSharpCompilation compilation = Compile(sources, target ?? Target.Net100, options);
        GeneratorDriver driver = CreateDriver(compilation, files).RunGeneratorsAndUpdateCompilation(
            compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics, TestContext.Current.CancellationToken);
        return new(compilation, output, diagnostics, driver.GetRunResult()) { AdditionalFiles = [.. files] };
    }

    public static CSharpCompilation Compile(
        IReadOnlyList<string> sources, Target target, Func<CSharpCompilationOptions, CSharpCompilationOptions>? options = null)
    {
        CSharpParseOptions parse = new(target.Language);
        IEnumerable<SyntaxTree> trees = sources.Select((text, index) => CSharpSyntaxTree.ParseText(text, parse, $"File{index}.cs"));
        if (target.Prelude.Length > 0)
            trees = trees.Append(CSharpSyntaxTree.ParseText(target.Prelude, parse, "Prelude.cs"));

        CSharpCompilation empty = Empties.GetValue(target.References, references => CSharpCompilation.Create("Consumer", references: references, options: Options));
        return (options is null ? empty : empty.WithOptions(options(Options))).AddSyntaxTrees(trees);
    }

    public static CSharpGeneratorDriver CreateDriver(Compilation compilation, params IEnumerable<AdditionalText> files) => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()],
        additionalTexts: files,
        parseOptions: (CSharpParseOptions)compilation.SyntaxTrees.First().Options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}

/// <summary>What one run gave.</summary>
/// <param name="Input">The user's project.</param>
/// <param name="Output">With the generated files.</param>
/// <param name="GeneratorDiagnostics">Those that the generator, or the driver on its behalf, reported.</param>
/// <param name="Result">Files and tracked steps.</param>
internal sealed record GeneratorRun(
    CSharpCompilation Input, Compilation Output, ImmutableArray<Diagnostic> GeneratorDiagnostics, GeneratorDriverRunResult Result)
{
    public ImmutableArray<AdditionalText> AdditionalFiles { get; init; } = [];

    /// <summary>File name and text of everything generated.</summary>
    public IReadOnlyList<(string Name, string Text)> Files =>
        [.. Result.Results.Single().GeneratedSources.Select(source => (source.HintName, source.SourceText.ToString()))];

    /// <summary>The syntax of the files whose name is such, which is parsed at the first call.</summary>
    public IEnumerable<SyntaxNode> Roots(Func<string, bool> isWanted) => Result.Results.Single().GeneratedSources
        .Where(source => isWanted(source.HintName)).Select(source => source.SyntaxTree.GetRoot(TestContext.Current.CancellationToken));

    /// <summary>The file to be read of the one network there is.</summary>
    public string SingleFile => Assert.Single(Files, file => IsRead(file.Name)).Text;

    /// <summary>The one with its kernels.</summary>
    public string KernelsFile => Assert.Single(Files, file => file.Name.EndsWith(".Kernels.g.cs", StringComparison.Ordinal)).Text;

    /// <summary>What the assembly's networks share.</summary>
    public string LibraryFile => Assert.Single(Files, file => file.Name == Generator.Emit.Library.LibraryFile.HintName).Text;

    private static bool IsRead(string name) => !name.EndsWith(".Kernels.g.cs", StringComparison.Ordinal) && name != Generator.Emit.Library.LibraryFile.HintName;

    public Exception? Crash => Result.Results.Single().Exception;

    /// <summary>Warnings and errors of the C# compiler in the user's and the generated text.</summary>
    public IReadOnlyList<Diagnostic> CompilerDiagnostics
    {
        get => field ??= [.. Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
        private set;
    }

    /// <summary>The assembly. To emit it says what asking for diagnostics does, and the compiler reads the text once instead of twice.</summary>
    public byte[] Emit()
    {
        using MemoryStream image = new();
        EmitResult result = Output.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        CompilerDiagnostics = [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
        return image.ToArray();
    }

    public IReadOnlyList<Diagnostic> CompilerErrors => [.. CompilerDiagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];

    public bool IsGenerated(Diagnostic diagnostic) => diagnostic.Location.SourceTree is { } tree && !Input.SyntaxTrees.Contains(tree);

    public async Task<ImmutableArray<Diagnostic>> AnalyzeAsync() =>
        await Output.WithAnalyzers([new NetworkAnalyzer(), new PrecisionAnalyzer(), new MisplacedCallAnalyzer()], new AnalyzerOptions(AdditionalFiles)).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

    /// <summary>Asserts that there is no error; what the compiler thinks of the user's half otherwise is not at issue.</summary>
    public void AssertNoErrors()
    {
        Assert.Null(Crash);
        Assert.Empty(GeneratorDiagnostics);
        Assert.True(CompilerErrors.Count == 0, string.Join("\n", CompilerErrors.Take(10).Select(Describe)));
    }

    /// <summary>Asserts that nothing was reported by anyone and that an assembly comes out.</summary>
    public GeneratorRun AssertClean()
    {
        Assert.Null(Crash);
        Assert.Empty(GeneratorDiagnostics);
        Assert.True(CompilerDiagnostics.Count == 0, string.Join("\n", CompilerDiagnostics.Take(10).Select(Describe)));
        return this;
    }

    /// <summary>A diagnostic and the line that it is about.</summary>
    public static string Describe(Diagnostic diagnostic)
    {
        SourceText? text = diagnostic.Location.SourceTree?.GetText(TestContext.Current.CancellationToken);
        string line = text?.Lines.GetLineFromPosition(diagnostic.Location.SourceSpan.Start).ToString().Trim() ?? "";
        return $"{diagnostic}\n  {line}";
    }
}
