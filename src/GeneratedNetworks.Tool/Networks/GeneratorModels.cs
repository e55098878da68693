using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Parsing;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Cli;
using EmitProfile = GeneratedNetworks.EmitProfile;
using ModelFile = GeneratedNetworks.Generator.Model.ModelFile;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>A model in the generator's terms, by the way that it takes in a build: written as text, read from that.</summary>
internal static class GeneratorModels
{
    /// <summary>What the generator would read of the model.</summary>
    public static ModelFile Read(ImportedModel model, string source)
    {
        StringWriter text = new();
        ModelText.Write(text, source, model);
        ModelFile file = ModelTextReader.Read(text.ToString(), source, source, withElements: true, CancellationToken.None);
        return file.Error is null ? file : throw new ToolException(file.Error);
    }

    /// <summary>The layers of a model text, for what needs no numbers.</summary>
    public static ModelFile ReadLayers(ImportedModel model) => Read(model with { Tensors = [] }, "");

    /// <summary>The network of a class that is declared so and starts with the file's parameters.</summary>
    public static NetworkModel Of(ModelFile file, Declaration declaration, EmitProfile profile, CompilerOptions options) => new(
        new TypeModel(declaration.Namespace, default, declaration.Name, declaration.IsStatic, declaration.FullName, default),
        file.InputShape,
        (int)declaration.Precision,
        (int)profile,
        (int)Unroll.Auto,
        file.Layers,
        declaration.Training is { } training ? new TrainingModel((int)training.Loss, (int)training.Optimizer, (int)Reduction.Mean, false, -1) : null,
        options)
    {
        AttributeIndex = -1,
        Architecture = file.Tensors.Count == 0 ? null : new ModelReference(file.Source, -1) { File = file },
    };

    /// <summary>The graph, or an error that says why no network comes of it.</summary>
    public static NetworkGraph Infer(NetworkModel model, string file)
    {
        List<Issue> issues = [];
        return ShapeInference.Infer(model, issues, CancellationToken.None)
            ?? throw new ToolException($"{file}: it cannot become a network: {Describe(issues[0])}.");
    }

    /// <summary>The text that a build would show, with its id.</summary>
    public static string Describe(Issue issue)
    {
        string format = DiagnosticDescriptors.Of(issue.Id).MessageFormat.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return $"{string.Format(System.Globalization.CultureInfo.InvariantCulture, format, [.. issue.Arguments])} ({issue.Id})";
    }
}
