using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Types point one way, as values flow: the compiler says what each line of the generator speaks of, bodies of methods included.</summary>
public sealed class DependencyTests
{
    /// <summary>The stages in the order in which values go through them: a file may speak of its own folder and of those before it.</summary>
    private static readonly string[] Order = ["Model", "Issues", "Text", "Functions", "Operations", "Layers", "Graph", "Planning", "Emit"];

    /// <summary>Where Roslyn is known: what it tells is turned into a model here, and issues are turned into what it understands.</summary>
    private static readonly Dictionary<string, string[]> RoslynSide = new()
    {
        ["Diagnostics"] = ["Model", "Issues"],
        ["Parsing"] = ["Model", "Issues", "Diagnostics", "Text", "Functions", "Operations", "Layers", "Graph"],
        [""] = [.. Order, "Diagnostics", "Parsing"],
    };

    private static readonly Lazy<ILookup<string, Mention>> Mentions = new(FindMentions, LazyThreadSafetyMode.ExecutionAndPublication);

    public static TheoryData<string> Stages => [.. Order.Concat(RoslynSide.Keys)];

    [Theory]
    [MemberData(nameof(Stages))]
    public void StagesKnowOnlyWhatComesBeforeThem(string stage)
    {
        string[] allowed = RoslynSide.TryGetValue(stage, out string[]? known) ? known : Order[..Array.IndexOf(Order, stage)];
        string[] wrong =
        [
            .. Mentions.Value[stage]
                .Where(mention => mention.Stage is { } other && other != stage && !allowed.Contains(other))
                .Select(mention => $"{mention.Place} mentions {mention.Type} of '{mention.Stage}'").Distinct(),
        ];
        Assert.True(wrong.Length == 0, string.Join("\n", wrong));
        Assert.NotEmpty(Mentions.Value[stage]);
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void BehindTheParserNothingKnowsRoslyn(string stage)
    {
        string[] roslyn = [.. Mentions.Value[stage].Where(mention => mention.IsRoslyn).Select(mention => $"{mention.Place} mentions {mention.Type}").Distinct()];
        if (RoslynSide.ContainsKey(stage))
            Assert.NotEmpty(roslyn);
        else
            Assert.True(roslyn.Length == 0, string.Join("\n", roslyn));
    }

    [Fact]
    public void EveryFileIsInAStage() => Assert.Equal(
        [.. Order.Concat(RoslynSide.Keys).Order(StringComparer.Ordinal)],
        Mentions.Value.Select(group => group.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void GeneratorReferencesRoslynAndTheStandardLibraryOnly() => Assert.All(
        typeof(NetworkGenerator).Assembly.GetReferencedAssemblies(),
        reference => Assert.Contains(reference.Name, new[]
        {
            "netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "System.Memory",
        }));

    /// <summary>By the stage that speaks.</summary>
    private static ILookup<string, Mention> FindMentions()
    {
        string root = Repository.PathOf("generator");
        CSharpParseOptions parse = new(LanguageVersion.Latest);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Generator",
            Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(file => (Path: file, Name: Path.GetRelativePath(root, file).Replace('\\', '/')))
                .Where(file => !file.Name.StartsWith("obj/", StringComparison.Ordinal) && !file.Name.StartsWith("bin/", StringComparison.Ordinal))
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file.Path), parse, file.Name)),
            [
                .. Net100.References.All,
                MetadataReference.CreateFromFile(typeof(SyntaxNode).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(CSharpSyntaxNode).Assembly.Location),
            ],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

        // What does not compile has no symbols, and would mention nothing.
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return compilation.SyntaxTrees
            .SelectMany(tree => FindMentions(compilation.GetSemanticModel(tree), tree))
            .ToLookup(mention => StageOf(mention.Place));
    }

    private static IEnumerable<Mention> FindMentions(SemanticModel model, SyntaxTree tree)
    {
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes(child => child is not UsingDirectiveSyntax).Where(node => node is not UsingDirectiveSyntax))
        {
            SymbolInfo symbol = model.GetSymbolInfo(node);
            TypeInfo type = model.GetTypeInfo(node);
            ISymbol? declared = model.GetDeclaredSymbol(node);
            IEnumerable<ISymbol?> spokenOf = [symbol.Symbol, type.Type, type.ConvertedType, TypeOf(declared)];
            foreach (ITypeSymbol mentioned in spokenOf.SelectMany(Parts).Distinct<ITypeSymbol>(SymbolEqualityComparer.Default))
            {
                string? stage = mentioned.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault() is { } declaration
                    ? StageOf(declaration.SyntaxTree.FilePath)
                    : null;
                bool isRoslyn = mentioned.ContainingAssembly?.Name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true;
                int line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                yield return new($"{tree.FilePath}:{line}", mentioned.ToDisplayString(), stage, isRoslyn);
            }
        }
    }

    private static ITypeSymbol? TypeOf(ISymbol? declared) => declared switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        IMethodSymbol method => method.ReturnType,
        INamedTypeSymbol type => type.BaseType,
        _ => null,
    };

    /// <summary>The types that a symbol is, belongs to, or is made of.</summary>
    private static IEnumerable<ITypeSymbol> Parts(ISymbol? symbol) => symbol switch
    {
        null or INamespaceSymbol => [],
        IArrayTypeSymbol array => Parts(array.ElementType),
        INamedTypeSymbol type => type.TypeArguments.SelectMany(Parts).Append(type),
        ITypeSymbol type => [type],
        IMethodSymbol method => method.TypeArguments.SelectMany(Parts).Concat(Parts(method.ContainingType)).Concat(Parts(method.ReturnType)),
        _ => Parts(symbol.ContainingType),
    };

    /// <summary>The folder; empty for files beside the project file.</summary>
    private static string StageOf(string path) => path.Contains('/', StringComparison.Ordinal) ? path[..path.IndexOf('/', StringComparison.Ordinal)] : "";

    /// <summary>A line that speaks of a type.</summary>
    /// <param name="Place">File and line.</param>
    /// <param name="Type">The type's name.</param>
    /// <param name="Stage">The stage that declares it; null where it is none of ours.</param>
    /// <param name="IsRoslyn">Whether it is a type of the compiler.</param>
    private sealed record Mention(string Place, string Type, string? Stage, bool IsRoslyn);
}
