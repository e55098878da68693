using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.Loader;
using System.Text;
using GeneratedNetworks.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace GeneratedNetworks.Import.Tests.Support;

/// <summary>
/// Imported models as generated networks: declared by attributes, compiled in memory, their parameters set from the model's tensors.
/// </summary>
internal sealed class GeneratedModel
{
    /// <summary>What all compilations start from: of one name, so that they share what the references contain instead of each reading it again.</summary>
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Subjects",
        references: FrameworkReferences(),
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, concurrentBuild: false));

    private readonly object _network;

    private GeneratedModel(object network) => _network = network;

    /// <summary>Compiles all models in one assembly; one compilation for many is far faster than many.</summary>
    public static IReadOnlyList<GeneratedModel> Compile(IReadOnlyList<(ImportedModel Model, Precision Precision)> models)
    {
        string declarations = string.Concat(models.Select((entry, i) => Declare(entry.Model, entry.Precision, $"Network{i}") + "\n"));
        AssemblyLoadContext context = new("imported models");
        Type[] types = context.LoadFromStream(Emit(declarations)).GetTypes();
        return [.. models.Select((entry, i) => Create(types.Single(type => type.FullName == $"Subjects.Network{i}"), entry.Model))];
    }

    public static GeneratedModel Compile(ImportedModel model, Precision precision) => Compile([(model, precision)])[0];

    /// <summary>A trainer of the model in single precision; it has the model's parameters.</summary>
    public static ITrainer<float> CompileTrainer(ImportedModel model, Loss loss, Optimizer optimizer)
    {
        string declaration = $"[Training(Loss.{loss}, Optimizer.{optimizer})]\n{Declare(model, Precision.Single, "Network")}";
        Type type = new AssemblyLoadContext("a model to train").LoadFromStream(Emit(declaration)).GetType("Subjects.Network", throwOnError: true)!;
        return (ITrainer<float>)Activator.CreateInstance(type.GetNestedType("Trainer")!, Create(type, model)._network, 0UL)!;
    }

    /// <summary>The types of declarations that take their layers from model files, by name; each file is named as the declaration names it.</summary>
    public static IReadOnlyDictionary<string, Type> CompileFiles(string declarations, IReadOnlyList<(string File, ImportedChoice Content)> files)
    {
        ModelFileText[] texts = [.. files.Select(file =>
        {
            StringWriter writer = new();
            ModelText.Write(writer, file.File, file.Content);
            return new ModelFileText($"obj/networkmodels/{file.File}.nnmodel", writer.ToString());
        })];
        AssemblyLoadContext context = new("models of files");
        return context.LoadFromStream(Emit(declarations, texts)).GetTypes().Where(type => type.Namespace == "Subjects" && !type.IsNested).ToDictionary(type => type.Name);
    }

    /// <param name="inputs">Any number of samples, one after the other.</param>
    public double[] Forward(double[] inputs) => Forward(_network, inputs);

    /// <param name="network">A generated network of either precision.</param>
    /// <param name="inputs">Any number of samples, one after the other.</param>
    public static double[] Forward(object network, double[] inputs)
    {
        if (network is INetwork<double> exact)
        {
            double[] results = new double[inputs.Length / exact.InputSize * exact.OutputSize];
            exact.Forward(inputs, results);
            return results;
        }

        INetwork<float> single = (INetwork<float>)network;
        float[] outputs = new float[inputs.Length / single.InputSize * single.OutputSize];
        single.Forward(Array.ConvertAll(inputs, value => (float)value), outputs);
        return Array.ConvertAll(outputs, value => (double)value);
    }

    /// <summary>The class that declares the model: what a user would write.</summary>
    public static string Declare(ImportedModel model, Precision precision, string name)
    {
        StringBuilder text = new();
        IEnumerable<string> shape = model.Inputs.Count > 0 ? [] : model.InputShape!.Select(extent => $"{extent}");
        text.Append("[GeneratedNetwork(").AppendJoin(", ", [.. shape, $"Precision = Precision.{precision}"]).Append(")]\n");
        foreach (ImportedPort port in model.Inputs)
            text.Append($"[Input({Literal(port.Layer!)}, {string.Join(", ", port.Shape)})]\n");
        foreach (ImportedLayer layer in model.Layers)
        {
            // Parameters of the constructors are written in lower case, properties in upper case.
            IEnumerable<string> arguments = layer.Arguments.Select(argument =>
                $"{argument.Key}{(char.IsLower(argument.Key[0]) ? ": " : " = ")}{Literal(argument.Value)}");
            text.Append($"[{layer.Attribute}({string.Join(", ", arguments)})]\n");
        }

        foreach (ImportedPort port in model.Outputs)
            text.Append($"[Output({Literal(port.Layer!)})]\n");
        return text.Append($"public sealed partial class {name} {{ }}\n").ToString();
    }

    private static GeneratedModel Create(Type type, ImportedModel model)
    {
        object network = Activator.CreateInstance(type)!;
        double[] parameters = [.. model.Tensors.SelectMany(tensor => tensor.Values!)];
        if (network is INetwork<double> exact)
            exact.SetParameters(parameters);
        else
            ((INetwork<float>)network).SetParameters(Array.ConvertAll(parameters, value => (float)value));
        return new GeneratedModel(network);
    }

    private static string Literal(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        int[] numbers => $"new[] {{ {string.Join(", ", numbers)} }}",
        string[] texts => $"new[] {{ {string.Join(", ", texts.Select(Literal))} }}",
        Activation function => $"Activation.{function}",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        IFormattable number => number.ToString("G", CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"{value.GetType()} is no argument of a layer."),
    };

    private static MemoryStream Emit(string declarations, IEnumerable<AdditionalText>? texts = null)
    {
        string source = $"using GeneratedNetworks;\nnamespace Subjects\n{{\n{declarations}\n}}\n";
        CSharpParseOptions options = new(LanguageVersion.CSharp12);
        CSharpCompilation compilation = Empty.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, options, "Declarations.cs", Encoding.UTF8));
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], texts, options)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> reported);
        MemoryStream image = new();
        string[] problems =
        [
            .. reported.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
                .Concat(output.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
                .Take(10).Select(diagnostic => diagnostic.ToString()),
        ];
        if (problems.Length > 0)
            throw new InvalidOperationException($"{string.Join("\n", problems)}\n--- compiled from\n{source}");
        image.Position = 0;
        return image;
    }

    private static ImmutableArray<MetadataReference> FrameworkReferences()
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return
        [
            .. trusted.Split(Path.PathSeparator)
                .Where(path => Path.GetFileName(path) is string name
                    && (name.StartsWith("System.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll" or "GeneratedNetworks.dll"))
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
    }
}

/// <summary>What the build makes of a model file.</summary>
internal sealed class ModelFileText(string path, string text) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
}
