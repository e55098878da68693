using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeneratedNetworks.Tool.Tests.Support;

/// <summary>A project that references nothing of ours.</summary>
internal sealed record BareTarget(string Name, LanguageVersion Language, IReadOnlyList<MetadataReference> References)
{
    public static readonly BareTarget Net80 = new("net8.0", LanguageVersion.CSharp12, [.. Basic.Reference.Assemblies.Net80.References.All]);

    public static readonly BareTarget NetStandard20 = new(
        "netstandard2.0", LanguageVersion.CSharp9,
        [.. Basic.Reference.Assemblies.NetStandard20.References.All, Reference("netstandard2.0/System.Memory.dll")]);

    public static readonly BareTarget NetStandard21 = new("netstandard2.1", LanguageVersion.CSharp9, [Reference("netstandard2.1/netstandard.dll")]);

    public static readonly BareTarget Nano = new("nanoFramework", LanguageVersion.CSharp7_3, [Reference("nano/mscorlib.dll")]);

    public static IReadOnlyList<BareTarget> Of(string profile) => profile switch
    {
        "simd" => [Net80],
        "scalar" => [NetStandard20, NetStandard21],
        _ => [Nano],
    };

    /// <summary>Compiles files with warnings as errors and arithmetic checked; any word of the compiler's fails the test.</summary>
    public byte[] Compile(IEnumerable<string> files)
    {
        CSharpParseOptions language = new(Language);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Bare",
            files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), language, file, Encoding.UTF8)),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, checkOverflow: true, concurrentBuild: false));
        using MemoryStream image = new();
        Diagnostic[] problems = [.. compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
        Assert.True(problems.Length == 0, $"{Name}:\n{string.Join("\n", problems.Take(5).Select(problem => problem.ToString()))}");
        return image.ToArray();
    }

    /// <summary>Loads an assembly and runs a network of it, created as its users do.</summary>
    public static double[] Forward(byte[] assembly, string type, double[] inputs)
    {
        Type network = new AssemblyLoadContext("bare").LoadFromStream(new MemoryStream(assembly)).GetType(type, throwOnError: true)!;
        object? instance = network is { IsAbstract: true, IsSealed: true } ? null : Activator.CreateInstance(network);
        MethodInfo forward = network.GetMethod("Forward")!;
        int samples = inputs.Length / Size("InputSize");
        return forward.GetParameters()[0].ParameterType switch
        {
            var t when t == typeof(ReadOnlySpan<double>) => Run(inputs, (x, y) => forward.CreateDelegate<Spans<double>>(instance)(x, y)),
            var t when t == typeof(double[]) => Run(inputs, (x, y) => forward.Invoke(instance, [x, y])),
            var t when t == typeof(ReadOnlySpan<float>) => Narrow((x, y) => forward.CreateDelegate<Spans<float>>(instance)(x, y)),
            _ => Narrow((x, y) => forward.Invoke(instance, [x, y])),
        };

        int Size(string constant) => (int)network.GetField(constant)!.GetRawConstantValue()!;

        T[] Run<T>(T[] x, Action<T[], T[]> run)
        {
            T[] y = new T[samples * Size("OutputSize")];
            run(x, y);
            return y;
        }

        double[] Narrow(Action<float[], float[]> run)
        {
            float[] outputs = Run(Array.ConvertAll(inputs, value => (float)value), run);
            return Array.ConvertAll(outputs, value => (double)value);
        }
    }

    private delegate void Spans<T>(ReadOnlySpan<T> inputs, Span<T> outputs);

    private static PortableExecutableReference Reference(string path) =>
        MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, "references", path));
}
