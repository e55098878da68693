using System.Reflection;
using System.Runtime.Loader;
using GeneratedNetworks.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeneratedNetworks.Runtimes.Tests;

/// <summary>The slice as Unity 6 compiles it: Roslyn 4.3.1, C# 9, .NET Standard 2.1. There is no Unity here to run it, so this process does.</summary>
internal static class UnitySlice
{
    private static readonly (string Name, string Emit, string Numerics)[] Profiles =
    [
        ("ReproducibleScalar", "Scalar", "Reproducible"), ("ReproducibleBasic", "Basic", "Reproducible"), ("FastScalar", "Scalar", "Fast"), ("FastBasic", "Basic", "Fast"),
    ];

    private static string RuntimePackage => Repository.PathOf($"src/GeneratedNetworks/bin/{Repository.Configuration}/netstandard2.1/GeneratedNetworks.dll");

    public static string[] Run()
    {
        List<string> lines = [];
        AssemblyLoadContext context = new("Unity's shape", isCollectible: true);
        context.LoadFromAssemblyPath(RuntimePackage);
        using MemoryStream image = Compile();
        MethodInfo run = context.LoadFromStream(image).GetType("Slice.All", throwOnError: true)!.GetMethod("Run")!;
        run.Invoke(null, [Array.Empty<string>(), (Action<string>)lines.Add]);
        context.Unload();
        return [.. lines, "end"];
    }

    private static MemoryStream Compile()
    {
        string folder = Repository.PathOf("tests/Runtimes/Slice");
        CSharpParseOptions options = new(LanguageVersion.CSharp9);
        IEnumerable<string> texts =
        [
            .. Directory.GetFiles(folder, "*.cs").Select(File.ReadAllText),
            .. Directory.GetFiles(Path.Combine(folder, "Profile"), "*.cs").Select(File.ReadAllText).SelectMany(text => Profiles.Select(profile => text
                .Replace("ReproducibleSimd", profile.Name, StringComparison.Ordinal)
                .Replace("EmitProfile.Simd", "EmitProfile." + profile.Emit, StringComparison.Ordinal)
                .Replace("Numerics.Reproducible", "Numerics." + profile.Numerics, StringComparison.Ordinal))),
        ];
        Assert.True(File.Exists(RuntimePackage), $"{RuntimePackage} was not built.");
        string standard = Path.Combine(Repository.PackageRoot, "netstandard.library.ref/2.1.0/ref/netstandard2.1");
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Unity",
            texts.Select(text => CSharpSyntaxTree.ParseText(text, options)),
            [.. Directory.GetFiles(standard, "*.dll").Append(RuntimePackage).Select(path => MetadataReference.CreateFromFile(path))],
            new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
        MemoryStream image = new();
        ResourceDescription digits = new("digits.csv", () => File.OpenRead(Repository.PathOf("samples/Digits/digits.csv")), isPublic: true);
        Microsoft.CodeAnalysis.Emit.EmitResult result = generated.Emit(image, manifestResources: [digits]);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(20)));
        image.Position = 0;
        return image;
    }
}
