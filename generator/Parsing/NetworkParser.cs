using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>Reads a declaration into data. Everything that needs symbols or syntax happens here; sizes and meanings are checked later.</summary>
internal static class NetworkParser
{
    public static ParsedNetwork? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation) => Parse(
        (INamedTypeSymbol)context.TargetSymbol,
        (TypeDeclarationSyntax)context.TargetNode,
        context.SemanticModel.Compilation,
        checkMembers: true,
        cancellation);

    /// <summary>Parses the declaration that carries <c>[GeneratedNetwork]</c>.</summary>
    /// <param name="type">The class.</param>
    /// <param name="declaration">The part that carries the attribute.</param>
    /// <param name="compilation">The consumer's compilation.</param>
    /// <param name="checkMembers">Whether to look for members that the user's half took; not when the generated half is already there.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>Null when another part carries the attribute too and comes first: the compiler reports the duplicate.</returns>
    public static ParsedNetwork? Parse(
        INamedTypeSymbol type, TypeDeclarationSyntax declaration, Compilation compilation, bool checkMembers, CancellationToken cancellation)
    {
        AttributeData? network = type.GetAttributes().FirstOrDefault(IsNetwork);
        return network is null || !IsOn(network, declaration)
            ? null
            : Read(type, declaration, network, [], compilation, checkMembers, cancellation);
    }

    /// <summary>Parses a declaration with an attribute that needs a <c>[GeneratedNetwork]</c>, where no part has one.</summary>
    /// <returns>Null when the class is a network, or another such attribute comes before this one and is reported instead.</returns>
    public static ParsedNetwork? ParseOrphan(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.TargetSymbol;
        TypeDeclarationSyntax declaration = (TypeDeclarationSyntax)context.TargetNode;
        AttributeData attribute = context.Attributes[0];
        AttributeData first = type.GetAttributes().First(other => AttributeNames.IsOurs(other.AttributeClass));
        if (type.GetAttributes().Any(IsNetwork) || !Same(first, attribute))
            return null;

        Issue issue = Issue.Create(IssueIds.AttributeWithoutNetwork, 0, AttributeNames.ShortName(attribute.AttributeClass!), type.Name);
        LocatedIssue error = new(issue, Place(attribute, cancellation));
        ParsedNetwork parsed = Read(type, declaration, null, [error], context.SemanticModel.Compilation, checkMembers: true, cancellation);
        return parsed with { Errors = new(error) };
    }

    private static ParsedNetwork Read(
        INamedTypeSymbol type,
        TypeDeclarationSyntax declaration,
        AttributeData? network,
        List<LocatedIssue> errors,
        Compilation compilation,
        bool checkMembers,
        CancellationToken cancellation)
    {
        SourceSpan name = SourceSpan.From(declaration.Identifier);
        AttributeData[] all = [.. type.GetAttributes().Where(attribute => AttributeNames.IsOurs(attribute.AttributeClass))];
        AttributeData[] own =
        [
            .. all.Where(attribute => IsOn(attribute, declaration)).OrderBy(attribute => attribute.ApplicationSyntaxReference!.Span.Start),
        ];
        EquatableArray<SourceSpan> places = new(own.Select(attribute => Place(attribute, cancellation)));

        // A name that is missing from the source is the compiler's to report, and no part can be written without it.
        if (!TypeHierarchy.IsNamed(type))
            return new(null, default, name, places);
        if (TypeCheck.Run(type, declaration, compilation, name) is { } unsupported)
            return new(null, new(unsupported), name, places);

        List<AttributeData> broken = [];
        List<LayerModel> layers = [];
        TrainingModel? training = null;
        ModelReference? weights = null;
        BudgetModel? budget = null;
        List<InputModel> inputs = [];
        List<OutputModel> outputs = [];
        for (int i = 0; i < own.Length; i++)
        {
            INamedTypeSymbol attributeClass = own[i].AttributeClass!;
            AttributeReader reader = new(own[i]);
            if (reader.IsBroken || ArgumentCheck.HasUnknownName(own[i], cancellation))
                broken.Add(own[i]);
            if (AttributeNames.IsLayer(attributeClass))
                layers.Add(new(AttributeNames.ShortName(attributeClass), reader.Arguments, i));
            else if (AttributeNames.Is(attributeClass, AttributeNames.Training))
                training = new(reader.IntOrNull("loss"), reader.Int("optimizer"), reader.Int("Reduction"), reader.Bool("InputGradients"), i) { GhostBatch = reader.IntOrNull("GhostBatch") ?? 64 };
            else if (AttributeNames.Is(attributeClass, AttributeNames.Input))
                inputs.Add(new(reader.String("name") ?? "", reader.Ints("shape"), i));
            else if (AttributeNames.Is(attributeClass, AttributeNames.Output))
                outputs.Add(new(reader.String("name") ?? "", reader.IntOrNull("loss"), reader.Double("Weight") ?? 1, i));
            else if (AttributeNames.Is(attributeClass, AttributeNames.Budget))
                budget = Budget(reader, i);
            else if (AttributeNames.Is(attributeClass, AttributeNames.Weights))
            {
                weights = new(reader.String("file") ?? "", i)
                {
                    WeightOrder = reader.IntOrNull("Order"),
                    Names = reader.String("Names"),
                    AllowsOtherTensors = reader.Bool("AllowOtherTensors"),
                };
            }
        }

        AttributeReader? options = network is null ? null : new(network);
        int networkIndex = System.Array.FindIndex(own, attribute => network is not null && Same(attribute, network));
        NetworkModel model = new(
            TypeHierarchy.Describe(type, compilation),
            options?.Ints("inputShape") ?? default,
            options?.Int("Precision") ?? 0,
            options?.Int("Emit") ?? 0,
            options?.Int("Unroll") ?? 0,
            new(layers),
            training,
            CompilerProbe.Read(compilation, declaration.SyntaxTree.Options))
        {
            AttributeIndex = networkIndex,
            Numerics = options?.Int("Numerics") ?? 0,
            Streaming = options?.Bool("Streaming") ?? false,
            Architecture = options?.String("Model") is { } path
                ? new ModelReference(path, networkIndex) { FrozenLayers = options.Int("FrozenLayers"), Outputs = options.String("Outputs"), Window = options.IntOrNull("Window") }
                : null,
            Weights = weights,
            Budget = budget,
            Inputs = new(inputs),
            Outputs = new(outputs),
        };

        bool isMisplaced = ReportMisplaced(type.Name, [.. all.Where(attribute => !IsOn(attribute, declaration))], errors, cancellation);
        if (model.Architecture is not null)
            CheckArchitecture(model, name, places, errors);
        else if (layers.Count == 0 && !isMisplaced)
            errors.Add(new(Issue.Create(IssueIds.NoLayer, -1, type.Name, FirstLayers(model.InputShape)), name));
        if (model.Architecture is null && options?.Int("FrozenLayers") is int frozen and not 0)
        {
            string why = $"FrozenLayers = {frozen} has no effect without Model: write Frozen = true on the layers";
            errors.Add(new(Issue.Create(IssueIds.ModelFileMisused, networkIndex, why), places[networkIndex]));
        }

        if (model.Architecture is null && options?.IntOrNull("Window") is { } window)
        {
            string why = $"Window = {window} has no effect without Model: the number of steps is the first extent of the input's shape";
            errors.Add(new(Issue.Create(IssueIds.ModelFileMisused, networkIndex, why), places[networkIndex]));
        }

        if (model.Architecture is null && options?.String("Outputs") is { } wanted)
        {
            string why = $"Outputs = \"{wanted}\" has no effect without Model: it names a value of the model file";
            errors.Add(new(Issue.Create(IssueIds.ModelFileMisused, networkIndex, why), places[networkIndex]));
        }

        CheckStatic(type, own, model, name, places, errors);

        ProfileChoice choice = ProfileChoice.Resolve((EmitProfile)model.Profile, model.Options, model.AttributeIndex);
        if (choice.Issue is { } profileIssue)
            errors.Add(new(profileIssue, profileIssue.AttributeIndex < 0 ? name : places[profileIssue.AttributeIndex]));

        if (checkMembers)
        {
            IEnumerable<EmittedMember> emitted =
                EmittedMembers.Of(choice.Profile, (Precision)model.Precision, training is not null, type.IsStatic, model.HasNormalizer || model.Architecture is not null, model.Streaming, model.HasRecurrence || model.Architecture is not null, model.HasTables || model.Architecture is not null);
            IReadOnlyList<string>? taken = MemberCheck.Run(type, emitted, name, errors);
            model = model with { Type = model.Type with { TakenMembers = new(taken ?? []), IsCopied = taken is null } };
        }

        LocatedIssue[] unknown = [.. UnknownLayers.Of(declaration, compilation, cancellation)];

        // Beside the compiler's own error about an attribute's text only what to write there: the rest would repeat what follows from missing values.
        bool isRejected = broken.Count > 0 || unknown.Length > 0;
        EquatableArray<LocatedIssue> reported = isRejected ? new([.. unknown, .. broken.SelectMany(attribute => ArgumentCheck.Run(attribute, compilation, cancellation))]) : new(errors);
        return new(new(model, isRejected || errors.Count > 0), reported, name, places);
    }

    private static BudgetModel Budget(AttributeReader reader, int index) => new(
        reader.LongOrNull("Parameters"), reader.LongOrNull("Bytes"), reader.LongOrNull("ForwardBytes"), reader.LongOrNull("TrainingBytes"), reader.LongOrNull("MultiplyAdds"), index);

    /// <summary>What to do where there is no layer. Sizes one after another are often meant as units.</summary>
    private static string FirstLayers(EquatableArray<int> shape)
    {
        const string One = "write at least one below [GeneratedNetwork], such as [Dense(1)]";
        if (shape.Count < 2)
            return One;
        string units = string.Join(" ", shape.Skip(1).Select(size => $"[Dense({size})]"));
        return $"{One}; ({string.Join(", ", shape)}) is the shape of one input: where units were meant, write [GeneratedNetwork({shape[0]})] {units}";
    }

    /// <summary>Reports what stands on other parts. A part that declares a network of its own is one fault, whatever else it carries.</summary>
    private static bool ReportMisplaced(string name, AttributeData[] attributes, List<LocatedIssue> errors, CancellationToken cancellation)
    {
        SyntaxNode?[] networks = [.. attributes.Where(IsNetwork).Select(PartOf)];
        foreach (AttributeData attribute in attributes)
        {
            if (IsNetwork(attribute))
                errors.Add(new(Issue.Create(IssueIds.DeclaredTwice, -1, name), Place(attribute, cancellation)));
            else if (!networks.Contains(PartOf(attribute)))
                errors.Add(new(Issue.Create(IssueIds.AttributeOnOtherPart, -1, AttributeNames.ShortName(attribute.AttributeClass!)), Place(attribute, cancellation)));
        }

        return attributes.Length > 0;

        SyntaxNode? PartOf(AttributeData attribute) => attribute.ApplicationSyntaxReference!.GetSyntax(cancellation).Parent?.Parent;
    }

    /// <summary>A network takes its layers from a file or from attributes; a file that ends in logits may get its output activation from one.</summary>
    private static void CheckArchitecture(NetworkModel model, SourceSpan name, EquatableArray<SourceSpan> places, List<LocatedIssue> errors)
    {
        string path = model.Architecture!.Path;
        if (model.Layers.Count > 0 && model.Layers is not [{ Attribute: "Activation" }])
        {
            LayerModel layer = model.Layers.FirstOrDefault(layer => layer.Attribute != "Activation") ?? model.Layers[1];
            string why = layer.Attribute == "Activation" ? "only one [Activation] may stand behind them: remove this one" : $"[{layer.Attribute}] has no place: remove it, or Model";
            Report(layer.AttributeIndex, $"the layers come from '{path}', so {why}");
        }

        if (model.InputShape.Count > 0)
            Report(model.AttributeIndex, $"the input shape comes from '{path}', so none can be given here: remove it, or Model");

        void Report(int attribute, string why) => errors.Add(
            new(Issue.Create(IssueIds.ModelFileMisused, attribute, why), attribute < 0 ? name : places[attribute]));
    }

    private static void CheckStatic(
        INamedTypeSymbol type, AttributeData[] own, NetworkModel model, SourceSpan name, EquatableArray<SourceSpan> places, List<LocatedIssue> errors)
    {
        if (!type.IsStatic)
            return;
        int training = System.Array.FindIndex(own, attribute => AttributeNames.Is(attribute.AttributeClass, AttributeNames.Training));
        if (training >= 0)
            errors.Add(new(Issue.Create(IssueIds.StaticWithTraining, training, type.Name), places[training]));
        else if (!model.IsEmbedded)
            errors.Add(new(Issue.Create(IssueIds.StaticWithoutWeights, -1, type.Name), name));
    }

    private static bool IsNetwork(AttributeData attribute) => AttributeNames.Is(attribute.AttributeClass, AttributeNames.Network);

    private static bool IsOn(AttributeData attribute, TypeDeclarationSyntax declaration) =>
        attribute.ApplicationSyntaxReference is { } reference
        && reference.SyntaxTree == declaration.SyntaxTree
        && declaration.AttributeLists.FullSpan.Contains(reference.Span);

    private static bool Same(AttributeData left, AttributeData right) =>
        left.ApplicationSyntaxReference is { } a && right.ApplicationSyntaxReference is { } b && a.SyntaxTree == b.SyntaxTree && a.Span == b.Span;

    private static SourceSpan Place(AttributeData attribute, CancellationToken cancellation) =>
        SourceSpan.From(attribute.ApplicationSyntaxReference!.GetSyntax(cancellation));
}
