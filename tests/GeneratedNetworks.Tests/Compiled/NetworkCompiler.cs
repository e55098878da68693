using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using GeneratedNetworks.Generator;
using GeneratedNetworks.Generator.Emit;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeneratedNetworks.Tests.Compiled;

/// <summary>Compiles declarations with the real generator in memory and loads what comes out.</summary>
/// <remarks>
/// Each profile is compiled in the oldest C# it promises to need, with arithmetic checked and scratch that is not cleared. A warning in generated text fails the
/// test, as an error does anywhere. Nullable annotations are for the samples and the generator's own tests, which analyze them: here
/// that would be a seventh of all the time.
/// </remarks>
internal static class NetworkCompiler
{
    // All assemblies have its name, so that their compilations share what the references contain instead of each reading it again. Tests
    // run side by side; a compilation that is spread over threads as well takes more of the processor and no less time.
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Subjects",
        references: FrameworkReferences(),
        options: new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, checkOverflow: true, allowUnsafe: true, concurrentBuild: false));

    /// <summary>By declaration. Networks of one are the same class: what each test has of its own is the instance.</summary>
    private static readonly Dictionary<string, Lazy<Type>> Known = new(StringComparer.Ordinal);

    /// <summary>Compiles all of <paramref name="specs"/>, those of one profile together, and returns them in order, parameters from seed 0.</summary>
    public static TestNetwork[] Compile(params IReadOnlyList<NetworkSpec> specs) => Compile(specs, rewrite: null);

    /// <summary>The same from generated text that <paramref name="rewrite"/> has changed, where it is not null.</summary>
    public static TestNetwork[] Compile(IReadOnlyList<NetworkSpec> specs, Func<string, string>? rewrite) =>
        CompileTypes(specs, rewrite).Zip(specs, (type, spec) => TestNetwork.Create(spec, type)).ToArray();

    public static TestNetwork Compile(NetworkSpec spec) => Compile([spec])[0];

    /// <summary>The same with kernels that the cost model might not have chosen.</summary>
    public static TestNetwork[] CompileForced(IReadOnlyList<NetworkSpec> specs, Forced forced) =>
        CompileTypes(specs, null, forced).Zip(specs, (type, spec) => TestNetwork.Create(spec, type)).ToArray();

    /// <summary>The generated classes of <paramref name="specs"/>, in order. What was asked for before is not compiled again, unless its text was changed.</summary>
    public static Type[] CompileTypes(IReadOnlyList<NetworkSpec> specs, Func<string, string>? rewrite = null, Forced? forced = null)
    {
        Lazy<Type>[] types = new Lazy<Type>[specs.Count];
        foreach (IGrouping<EmitProfile, int> profile in Enumerable.Range(0, specs.Count).GroupBy(i => specs[i].Profile))
        {
            NetworkBatch batch = new(profile.Key, rewrite, forced);
            lock (Known)
            {
                foreach (int i in profile)
                {
                    string source = specs[i].ToSource("Network");
                    if (rewrite is not null || forced is not null)
                        types[i] = batch.Add(specs[i]);
                    else if (!Known.TryGetValue(source, out types[i]!))
                        Known.Add(source, types[i] = batch.Add(specs[i]));
                }
            }
        }

        return [.. types.Select(type => type.Value)];
    }

    /// <summary>Compiles class declarations in one profile's language to an assembly.</summary>
    public static byte[] Emit(
        string declarations, EmitProfile profile, Func<string, string>? rewrite = null, Forced? forced = null, params IEnumerable<AdditionalText> files)
    {
        string source = $"using GeneratedNetworks;\nnamespace Subjects\n{{\n{declarations}\n}}\n";
        CSharpParseOptions parseOptions = new(profile switch
        {
            EmitProfile.Basic => LanguageVersion.CSharp7_3,
            EmitProfile.Scalar => LanguageVersion.CSharp9,
            _ => LanguageVersion.CSharp12,
        });
        parseOptions = parseOptions.WithFeatures([new("run-nullable-analysis", "never")]);
        CSharpCompilation compilation = Empty.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, parseOptions, "Declarations.cs", Encoding.UTF8));

        GeneratorDriver driver = CSharpGeneratorDriver
            .Create(
                [new NetworkGenerator().AsSourceGenerator()],
                files,
                parseOptions,
                driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: forced is not null))
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> reported);
        Refuse(reported.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning), source);

        foreach (SyntaxTree tree in output.SyntaxTrees.Where(tree => rewrite is not null && tree.FilePath != "Declarations.cs"))
        {
            SyntaxTree changed = CSharpSyntaxTree.ParseText(rewrite!(tree.ToString()), parseOptions, tree.FilePath, Encoding.UTF8);
            output = output.ReplaceSyntaxTree(tree, changed);
        }

        if (forced is not null)
            output = Plan(output, driver, forced);
        bool warns = rewrite is null;
        return ImageCache.GetOrAdd(output, warns ? "strict" : "rewritten", () => ToImage(output, warns, source));
    }

    private static byte[] ToImage(Compilation compilation, bool warns, string source)
    {
        MemoryStream image = new();
        IEnumerable<Diagnostic> problems = compilation.Emit(image).Diagnostics.Where(diagnostic =>
            diagnostic.Severity == DiagnosticSeverity.Error
            || (diagnostic.Severity == DiagnosticSeverity.Warning && warns && diagnostic.Location.SourceTree?.FilePath != "Declarations.cs"));
        Refuse(problems, source);
        return image.ToArray();
    }

    /// <summary>Plans every network again and puts what is emitted then in place of what the generator emitted.</summary>
    private static Compilation Plan(Compilation compilation, GeneratorDriver driver, Forced forced)
    {
        IEnumerable<Outcome> outcomes = driver.GetRunResult().Results[0].TrackedSteps[TrackingNames.Plan]
            .SelectMany(step => step.Outputs).Select(output => (Outcome)output.Value);
        List<LibraryRequest> requests = [];
        foreach (Outcome outcome in outcomes)
        {
            EmittedNetwork network = NetworkEmitter.Emit(Planner.Plan(outcome.Plan!.Graph, CancellationToken.None, forced), CancellationToken.None);
            foreach (EmittedFile file in network.Files)
                Replace(file.HintName, file.Text);
            if (network.Use is not null)
                requests.Add(new LibraryRequest(outcome.Model.Options.Assembly, network.Use));
        }

        if (requests.Count > 0)
            Replace(LibraryFile.HintName, LibraryFile.Write(requests[0].Assembly, requests.Select(request => request.Use)));
        return compilation;

        void Replace(string name, string text)
        {
            SyntaxTree tree = compilation.SyntaxTrees.Single(tree => Path.GetFileName(tree.FilePath) == name);
            compilation = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options, tree.FilePath, Encoding.UTF8));
        }
    }

    private static void Refuse(IEnumerable<Diagnostic> problems, string source)
    {
        string[] texts = problems.Take(10).Select(Describe).ToArray();
        if (texts.Length > 0)
            throw new InvalidOperationException($"{string.Join("\n", texts)}\n--- compiled from\n{source}");
    }

    private static string Describe(Diagnostic problem)
    {
        string line = problem.Location.SourceTree?.GetText().Lines[problem.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim() ?? "";
        return $"{problem}\n    {line}";
    }

    private static ImmutableArray<MetadataReference> FrameworkReferences()
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return trusted.Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is string name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll" or "GeneratedNetworks.dll"))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToImmutableArray();
    }
}
