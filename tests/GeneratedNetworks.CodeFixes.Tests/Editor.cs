using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Basic.Reference.Assemblies;
using GeneratedNetworks.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace GeneratedNetworks.CodeFixes.Tests;

/// <summary>A project of one file in which the generator runs and lamps are clicked.</summary>
internal sealed class Editor : IDisposable
{
    private static readonly MetadataReference[] References =
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(INetwork<>).Assembly.Location)];

    private readonly AdhocWorkspace _workspace = new();
    private readonly DocumentId _document;

    public Editor(string source, string? project = null)
    {
        ProjectId id = ProjectId.CreateNewId();
        ProjectInfo info = ProjectInfo.Create(
            id,
            VersionStamp.Default,
            "Consumer",
            "Consumer",
            LanguageNames.CSharp,
            filePath: project,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
            parseOptions: new CSharpParseOptions(LanguageVersion.CSharp14),
            metadataReferences: References);
        _workspace.AddProject(info);
        _document = _workspace.AddDocument(id, "Net.cs", SourceText.From(source)).Id;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Document Document => _workspace.CurrentSolution.GetDocument(_document)!;

    public void Dispose() => _workspace.Dispose();

    public async Task<string> Text() => (await Document.GetTextAsync(Cancel)).ToString();

    /// <summary>What compiler, generator and analyzer say, at their places in the file.</summary>
    public async Task<IReadOnlyList<Diagnostic>> Diagnostics()
    {
        Compilation compilation = (await Document.Project.GetCompilationAsync(Cancel))!;
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new NetworkGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)Document.Project.ParseOptions!);
        driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> generator, Cancel);
        IEnumerable<Diagnostic> analyzer = await output.WithAnalyzers([new NetworkAnalyzer()]).GetAnalyzerDiagnosticsAsync(Cancel);
        return [.. output.GetDiagnostics(Cancel).Concat(generator).Concat(analyzer).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
    }

    /// <summary>The titles that a provider offers for a diagnostic.</summary>
    public async Task<IReadOnlyList<string>> Offers(CodeFixProvider provider, string id) => [.. (await Actions(provider, id)).Select(action => action.Title)];

    /// <summary>Takes an offer for the first diagnostic of that id.</summary>
    public async Task Take(CodeFixProvider provider, string id, string title) =>
        await Apply(Assert.Single(await Actions(provider, id), action => action.Title == title));

    /// <summary>The titles of a refactoring at a place, where a text begins.</summary>
    public async Task<IReadOnlyList<CodeAction>> Refactorings(CodeRefactoringProvider provider, string at)
    {
        List<CodeAction> actions = [];
        TextSpan span = new((await Text()).IndexOf(at, StringComparison.Ordinal), 0);
        await provider.ComputeRefactoringsAsync(new CodeRefactoringContext(Document, span, actions.Add, Cancel));
        return actions;
    }

    public async Task Apply(CodeAction action)
    {
        foreach (CodeActionOperation operation in await action.GetOperationsAsync(Cancel))
            operation.Apply(_workspace, Cancel);

        // An editor shortens names and formats what a fix marked.
        Document reduced = await Simplifier.ReduceAsync(Document, cancellationToken: Cancel);
        Assert.True(_workspace.TryApplyChanges(reduced.Project.Solution));
    }

    private async Task<List<CodeAction>> Actions(CodeFixProvider provider, string id)
    {
        Diagnostic diagnostic = (await Diagnostics()).First(found => found.Id == id);
        Assert.Contains(id, provider.FixableDiagnosticIds);
        List<CodeAction> actions = [];
        SyntaxTree tree = (await Document.GetSyntaxTreeAsync(Cancel))!;
        Diagnostic here = Diagnostic.Create(diagnostic.Descriptor, Location.Create(tree, diagnostic.Location.SourceSpan), diagnostic.Properties);
        await provider.RegisterCodeFixesAsync(new CodeFixContext(Document, here, (action, _) => actions.Add(action), Cancel));
        return actions;
    }
}
