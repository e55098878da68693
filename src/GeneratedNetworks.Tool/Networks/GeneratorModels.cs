using System.Globalization;
using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Parsing;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Cli;
using EmitProfile = GeneratedNetworks.EmitProfile;
using ModelFile = GeneratedNetworks.Generator.Model.ModelFile;
using Precision = GeneratedNetworks.Precision;

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
    public static ModelFile ReadLayers(ImportedModel model) => Read(model with { Tensors = [], Values = [] }, "");

    /// <summary>A network of the layers alone, for what depends on no profile, precision or number. Its layers' attribute indices count them.</summary>
    public static NetworkModel Plain(ModelFile file)
    {
        const EmitProfile Any = EmitProfile.Scalar;
        NetworkModel model = Of(file, new Declaration("Net", "", default, null, false), Any, ProfileOptions.Of(Any));
        return model with { Architecture = null, Layers = new(file.Layers.Select((layer, i) => layer with { AttributeIndex = i })) };
    }

    /// <summary>The network of a class that is declared so and starts with the file's parameters.</summary>
    public static NetworkModel Of(ModelFile file, Declaration declaration, EmitProfile profile, CompilerOptions options) => new(
        new TypeModel(declaration.Namespace, default, declaration.Name, declaration.IsStatic, declaration.Name, default),
        file.Inputs.Count == 0 ? file.InputShape : default,
        (int)declaration.Precision,
        (int)profile,
        (int)Unroll.Auto,
        file.Layers,
        declaration.Training is { } training ? new TrainingModel((int)training.Loss, (int)training.Optimizer, (int)Reduction.Mean, false, -1) : null,
        options)
    {
        AttributeIndex = -1,
        Numerics = (int)declaration.Numerics,
        Inputs = file.Inputs,
        Outputs = file.Outputs,
        Architecture = file.Tensors.Count == 0 ? null : new ModelReference(file.Source, -1) { File = file },
    };

    /// <summary>The graph, or an error that says why no network comes of it.</summary>
    public static NetworkGraph Infer(NetworkModel model, string file)
    {
        List<Issue> issues = [];
        if (ShapeInference.Infer(model, issues, CancellationToken.None) is { } graph)
            return graph;

        // These two are about the option: without it the model is as good as any.
        throw issues[0].Id is IssueIds.LossNeedsActivation or IssueIds.AllFrozen
            ? new ToolException($"--training does not fit {file}: {Describe(issues[0], file)}.", Gennet.WrongUsage)
            : new ToolException($"{file}: it cannot become a network: {Describe(issues[0], file)}.");
    }

    /// <summary>
    /// Why a file's layers and numbers cannot become a network in any precision, or null. A file of tensors alone has no such reason.
    /// </summary>
    public static string? Problem(ImportedModel model, string source)
    {
        if (!model.HasArchitecture)
            return null;
        ModelFile layers = ReadLayers(model);
        ModelFile file = new(source, "")
        {
            InputShape = layers.InputShape,
            Inputs = layers.Inputs,
            Outputs = layers.Outputs,
            Layers = layers.Layers,
            Tensors = new(model.Tensors.Select(WithoutElements)),
        };

        // Double holds more numbers, and single more of them.
        return Of(Precision.Single) is { } problem && Of(Precision.Double) is not null ? problem : null;

        string? Of(Precision precision)
        {
            const EmitProfile Profile = EmitProfile.Scalar;
            Declaration declaration = new(ClassNames.OfFile(source), "", precision, null, false);
            List<Issue> issues = [];
            NetworkModel network = GeneratorModels.Of(file, declaration, Profile, ProfileOptions.Of(Profile));
            return ShapeInference.Infer(network, issues, CancellationToken.None) is null ? Describe(issues[0], source) : null;
        }
    }

    /// <summary>The text that a build would show, with its id.</summary>
    /// <param name="issue">What the generator found.</param>
    /// <param name="file">A name that stands before the text already, so that it need not begin with it.</param>
    public static string Describe(Issue issue, string file)
    {
        string format = DiagnosticDescriptors.Of(issue.Id).MessageFormat.ToString(CultureInfo.InvariantCulture);
        string text = string.Format(CultureInfo.InvariantCulture, format, [.. issue.Arguments]);
        string start = file + ": ";
        return $"{(text.StartsWith(start, StringComparison.Ordinal) ? text[start.Length..] : text)} ({issue.Id})";
    }

    /// <summary>What the generator asks of a tensor before it needs the numbers themselves; a text of those could be larger than memory.</summary>
    private static ModelTensor WithoutElements(ImportedTensor tensor)
    {
        string type = tensor.Values is null ? tensor.ElementType : tensor.FitsSingle ? "F32" : "F64";
        double[] values = tensor.Values ?? [];
        int odd = Array.FindIndex(values, value => !double.IsFinite(value));
        if (odd < 0)
        {
            double largest = values.Aggregate(0.0, (most, value) => Math.Max(most, Math.Abs(value)));
            return new ModelTensor(tensor.Name, type, new(tensor.Shape)) { Largest = largest };
        }

        string number = double.IsNaN(values[odd]) ? "NaN" : values[odd] > 0 ? "infinity" : "-infinity";
        return new ModelTensor(tensor.Name, type, new(tensor.Shape)) { NotFinite = FormattableString.Invariant($"{number} at index {odd}") };
    }
}
