using System.Collections.Immutable;
using System.Runtime.Loader;
using System.Text;
using GeneratedNetworks.Tool.Cli;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>Generated text, compiled in this process and run.</summary>
internal static class CompiledNetwork
{
    private delegate void SpanForward<T>(ReadOnlySpan<T> inputs, Span<T> outputs);

    /// <summary>Compiles a class and returns its <c>Forward</c> over arrays of whole samples.</summary>
    /// <param name="text">All of its source.</param>
    /// <param name="name">Its full name.</param>
    /// <param name="profile">The profile that the text is of: it is compiled as the oldest C# that this promises to need.</param>
    public static Action<T[], T[]> Forward<T>(IReadOnlyList<string> text, string name, EmitProfile profile)
        where T : struct
    {
        Type type = new AssemblyLoadContext("generated").LoadFromStream(Compile(text, profile)).GetType(name, throwOnError: true)!;
        object network = Activator.CreateInstance(type)!;
        if (profile == EmitProfile.Basic)
            return type.GetMethod("Forward", [typeof(T[]), typeof(T[])])!.CreateDelegate<Action<T[], T[]>>(network);
        SpanForward<T> forward = type.GetMethod("Forward", [typeof(ReadOnlySpan<T>), typeof(Span<T>)])!.CreateDelegate<SpanForward<T>>(network);
        return (inputs, outputs) => forward(inputs, outputs);
    }

    private static MemoryStream Compile(IReadOnlyList<string> text, EmitProfile profile)
    {
        CSharpParseOptions language = new(profile switch
        {
            EmitProfile.Simd => LanguageVersion.CSharp12,
            EmitProfile.Scalar => LanguageVersion.CSharp9,
            _ => LanguageVersion.CSharp7_3,
        });
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Generated",
            text.Select(file => CSharpSyntaxTree.ParseText(file, language, encoding: Encoding.UTF8)),
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        MemoryStream image = new();
        ImmutableArray<Diagnostic> diagnostics = compilation.Emit(image).Diagnostics;
        if (diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } error)
            throw new ToolException($"the generated code does not compile, which is a fault of the generator: {error}");
        image.Position = 0;
        return image;
    }

    /// <summary>What the running framework consists of.</summary>
    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
        .Select(path => MetadataReference.CreateFromFile(path));
}
