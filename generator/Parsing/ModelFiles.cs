using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading;
using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>The project's model files, and what a declaration takes from them.</summary>
internal static class ModelFiles
{
    /// <summary>Reads an additional file that holds a model as text; null for any other.</summary>
    /// <param name="file">Any additional file. Which are ours is told by the extension, then by the first line, so that others cost nothing.</param>
    /// <param name="withElements">False: names, types and shapes are enough.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static ModelFile? Read(AdditionalText file, bool withElements, CancellationToken cancellation)
    {
        if (!HasModelExtension(file.Path) || file.GetText(cancellation) is not { } source)
            return null;
        string text = source.ToString();
        return ModelTextReader.IsModelText(text)
            ? ModelTextReader.Read(text, Checksum(source), FileName(file.Path), withElements, cancellation)
            : null;
    }

    /// <summary>Adds to a declaration what the files it names hold, or the reason why they cannot be used.</summary>
    public static ParsedNetwork Resolve(ParsedNetwork network, ImmutableArray<ModelFile> files)
    {
        if (network.Declaration is not { Model.IsEmbedded: true } declaration)
            return network;
        NetworkModel model = declaration.Model;
        List<Issue> issues = [];
        if (model.Architecture is { } architecture)
        {
            model = model with { Architecture = Find(architecture, files, issues) };
            model = WithLayers(model, issues);
        }

        if (model.Weights is { } weights)
            model = model with { Weights = Find(weights, files, issues) };
        IEnumerable<LocatedIssue> located = issues.Select(issue => new LocatedIssue(issue, network.PlaceOf(issue)));
        return network with
        {
            Declaration = new Declaration(model, declaration.HasErrors || issues.Count > 0),
            Errors = new([.. network.Errors, .. located]),
        };
    }

    // Unity hands a file to one analyzer if it is called Name.<Analyzer>.additionalfile.
    private static bool HasModelExtension(string path) =>
        path.EndsWith(".nnmodel", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".additionalfile", StringComparison.OrdinalIgnoreCase);

    private static ModelReference Find(ModelReference reference, ImmutableArray<ModelFile> files, List<Issue> issues)
    {
        string path = reference.Path.Replace('\\', '/');
        path = path.StartsWith("./", StringComparison.Ordinal) ? path.Substring(2) : path;
        ModelFile[] exact = [.. files.Where(file => file.Source == path)];
        ModelFile[] found = exact.Length > 0 ? exact : [.. files.Where(file => Ends(file.Source, path, StringComparison.Ordinal))];
        if (found.Length == 1)
        {
            return reference with { File = Choose(found[0], reference, issues) };
        }

        if (found.Length > 1)
        {
            string why = $"'{reference.Path}' may be any of {List(found)}: write more of the path";
            issues.Add(Issue.Create(IssueIds.ModelFileMisused, reference.AttributeIndex, why));
            return reference;
        }

        string known = files.Length == 0 ? "there are none" : "there are " + List(files);
        string? near = files.FirstOrDefault(file => Ends(file.Source, path, StringComparison.OrdinalIgnoreCase))?.Source
            ?? Spelling.Nearest(path, files.Select(file => file.Source));
        string item = $"<NetworkModel Include=\"{path}\" />";
        string missing = files.Length > 0 ? "" : "; if it stands there already, the package that reads the file is missing: dotnet add package GeneratedNetworks.Build;";
        string remedy = near is null
            ? $"write {item} into an ItemGroup of the project{missing} or add the text that 'gennet pack' makes of the file as an additional file"
            : $"write that name, or add the file to the project as {item}";
        if (near is not null)
            known += $"; did you mean '{near}'?";
        issues.Add(Issue.Create(IssueIds.ModelFileMissing, reference.AttributeIndex, reference.Path, known, remedy));
        return reference;
    }

    /// <summary>The file, ending in the value that the attribute asks for.</summary>
    private static ModelFile Choose(ModelFile file, ModelReference reference, List<Issue> issues)
    {
        if (reference.Outputs is not { } asked || (file.Networks.Count == 0 && file.Error is not null))
        {
            if (file.Error is { } error)
                issues.Add(Issue.Create(IssueIds.ModelFileUnusable, reference.AttributeIndex, error));
            return file;
        }

        if (file.EndingIn(asked) is { } chosen)
            return chosen;
        string[] names = [.. file.Networks.Select(network => network.Name).Concat(file.Networks.SelectMany(network => network.Values).Select(value => value.Name))];
        string known = NameList.Of(names.Where(name => name.Length > 0).Distinct());
        string why = $"'{file.Source}' has no value '{asked}' that a network of it ends in: there are {known}";
        issues.Add(Issue.Create(IssueIds.ModelFileMisused, reference.AttributeIndex, why));
        return file;
    }

    private static bool Ends(string source, string path, StringComparison comparison) =>
        path.Length > 0 && (source.Equals(path, comparison) || source.EndsWith("/" + path, comparison));

    private static string List(IEnumerable<ModelFile> files) =>
        NameList.Of(files.Select(file => file.Source).OrderBy(name => name, StringComparer.Ordinal));

    private static NetworkModel WithLayers(NetworkModel model, List<Issue> issues)
    {
        ModelReference reference = model.Architecture!;
        if (reference.File is not { Error: null } file)
            return model;
        if (!file.HasArchitecture)
        {
            string why = $"'{file.Source}' holds tensors and no layers: declare the layers and name the file in [Weights]";
            issues.Add(Issue.Create(IssueIds.ModelFileMisused, reference.AttributeIndex, why));
            return model;
        }

        int trainable = file.Layers.Count(CanBeFrozen);
        if (reference.FrozenLayers < 0 || reference.FrozenLayers > trainable)
        {
            string why = $"FrozenLayers must be at least 0 and at most {trainable}, the number of layers with parameters in '{file.Source}', not {reference.FrozenLayers}";
            issues.Add(Issue.Create(IssueIds.ModelFileMisused, reference.AttributeIndex, why));
        }

        if (model.Training is not null && file.InferenceOnly is { } reason)
        {
            string why = $"'{file.Source}' cannot be trained here, because {reason}: leave out [Training]";
            issues.Add(Issue.Create(IssueIds.ModelFileMisused, reference.AttributeIndex, why));
        }

        if (model.Layers is [{ Attribute: "Activation" } closing] && file.Outputs.Count > 0)
        {
            string why = $"'{file.Source}' has several outputs, so [Activation] does not say behind which it stands: remove it, or let 'gennet import' write the layers and edit them";
            issues.Add(Issue.Create(IssueIds.ModelFileMisused, closing.AttributeIndex, why));
        }

        int seen = 0;
        int? window = WindowOf(file, reference, issues);
        return model with
        {
            InputShape = file.Inputs.Count == 0 ? OfWindow(file.InputShape, window) : default,
            Inputs = new(file.Inputs.Select(input => input with { Shape = OfWindow(input.Shape, window), AttributeIndex = reference.AttributeIndex })),
            Outputs = model.Outputs.Count > 0 ? model.Outputs : new(file.Outputs.Select(output => output with { AttributeIndex = reference.AttributeIndex })),
            Layers = new([.. file.Layers.Select(layer =>
            {
                bool isFrozen = CanBeFrozen(layer) && seen++ < reference.FrozenLayers;
                return layer with
                {
                    AttributeIndex = reference.AttributeIndex,
                    Arguments = isFrozen ? new([.. layer.Arguments, new Argument("Frozen", true)]) : layer.Arguments,
                };
            }), .. model.Layers]),
        };
    }

    /// <summary>The steps of the attribute's window, which the file leaves open; null for those that it says.</summary>
    private static int? WindowOf(ModelFile file, ModelReference reference, List<Issue> issues)
    {
        bool canChoose = file.HasOpenSteps || file.IsFrame;
        string? why = (canChoose, reference.Window) switch
        {
            (true, null) when file.HasOpenSteps => $"'{file.Source}' leaves the number of steps of its input open: say how many a window has, such as Window = 64",
            (true, < 1) => $"Window must be at least 1, the steps of a window, not {reference.Window}",
            (false, not null) => $"Window = {reference.Window} has no effect: the input of '{file.Source}' has the shape [{string.Join(", ", file.InputShape)}]",
            _ => null,
        };
        if (why is not null)
            issues.Add(Issue.Create(IssueIds.ModelFileMisused, reference.AttributeIndex, why));
        return canChoose && reference.Window is >= 1 ? reference.Window : null;
    }

    private static EquatableArray<int> OfWindow(EquatableArray<int> shape, int? window) => window is { } steps ? new([steps, .. shape.Skip(1)]) : shape;

    /// <summary>Whether training would change parameters of the layer.</summary>
    private static bool CanBeFrozen(LayerModel layer) => LayerRegistry.Find(layer.Attribute)?.Find("Frozen") is not null;

    private static string Checksum(SourceText text)
    {
        StringBuilder checksum = new();
        foreach (byte part in text.GetChecksum())
            checksum.Append(part.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        return checksum.ToString();
    }

    private static string FileName(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
}
