using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using GeneratedNetworks.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace GeneratedNetworks.Benchmarks.Generation;

/// <summary>A network declared as text: generated, compiled and loaded within this process.</summary>
internal sealed class GeneratedSource
{
    private static readonly CSharpParseOptions Parse = new(LanguageVersion.CSharp14);

    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is { } name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "GeneratedNetworks.dll"))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly CSharpCompilation _compilation;

    /// <param name="sizes">Inputs, hidden units (relu), outputs (linear); trained by Sgd on the mean squared error.</param>
    public GeneratedSource(params int[] sizes)
        : this("", sizes)
    {
    }

    /// <param name="settings">More of the network's attribute: ", Emit = EmitProfile.Scalar".</param>
    /// <param name="sizes">Inputs, hidden units (relu), outputs (linear); trained by Sgd on the mean squared error.</param>
    public GeneratedSource(string settings, int[] sizes)
        : this($"Network{string.Join('x', sizes)}", Declare(settings, sizes))
    {
    }

    /// <summary>Any declarations.</summary>
    public GeneratedSource(string assembly, string declarations)
    {
        _compilation = CSharpCompilation.Create(
            assembly,
            [CSharpSyntaxTree.ParseText(declarations, Parse)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
    }

    private static string Declare(string settings, int[] sizes)
    {
        IEnumerable<string> layers = sizes.Skip(1)
            .Select((units, i) => i == sizes.Length - 2 ? $"[Dense({units})]" : $"[Dense({units}, Activation.Relu)]");
        return $"""
            using GeneratedNetworks;
            [GeneratedNetwork({sizes[0]}{settings})]
            {string.Join("\n", layers)}
            [Training(Loss.MeanSquaredError, Optimizer.Sgd)]
            public sealed partial class Network;
            """;
    }

    /// <summary>A driver that has not seen any compilation yet.</summary>
    public static GeneratorDriver CreateDriver() => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()],
        parseOptions: Parse,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public GeneratorDriver Generate(GeneratorDriver driver) => driver.RunGenerators(_compilation);

    /// <summary>The same after an edit elsewhere in the project.</summary>
    public GeneratorDriver GenerateAfterUnrelatedEdit(GeneratorDriver driver, int edit) =>
        driver.RunGenerators(_compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText($"class Unrelated{edit};", Parse)));

    /// <summary>Bytes of the generated text in UTF-8.</summary>
    public static int SourceBytes(GeneratorDriver driver) =>
        driver.GetRunResult().GeneratedTrees.Sum(static tree => Encoding.UTF8.GetByteCount(tree.GetText().ToString()));

    /// <summary>Generates and compiles to an assembly in memory.</summary>
    public byte[] Build()
    {
        CreateDriver().RunGeneratorsAndUpdateCompilation(_compilation, out Compilation output, out _);
        return Emit(output);
    }

    /// <summary>Compiles the declarations with text generated elsewhere.</summary>
    public byte[] Build(IEnumerable<string> generated) =>
        Emit(_compilation.AddSyntaxTrees(generated.Select(static text => CSharpSyntaxTree.ParseText(text, Parse))));

    private static byte[] Emit(Compilation compilation)
    {
        using MemoryStream image = new();
        EmitResult result = compilation.Emit(image);
        return result.Success
            ? image.ToArray()
            : throw new InvalidOperationException(
                string.Join('\n', result.Diagnostics.Where(static one => one.Severity == DiagnosticSeverity.Error)));
    }

    /// <summary>A network of the class and a trainer of it.</summary>
    public (INetwork<float> Network, ITrainer<float> Trainer) Load()
    {
        Type type = Assembly.Load(Build()).GetType("Network", throwOnError: true)!;
        object network = Activator.CreateInstance(type, 1UL)!;
        Type trainer = type.GetNestedType("Trainer")!;
        return ((INetwork<float>)network, (ITrainer<float>)Activator.CreateInstance(trainer, network, 0UL)!);
    }
}
