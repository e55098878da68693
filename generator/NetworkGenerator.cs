using System.Collections.Immutable;
using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeneratedNetworks.Generator;

/// <summary>Emits the code of every class that carries <c>[GeneratedNetwork]</c>, and reports what stops it from doing so.</summary>
/// <remarks>
/// attributes and model files → <c>Model</c> → <c>Plan</c> → C#. Places in the source travel only in the branch that reports errors: an edit that moves a
/// declaration without changing it runs neither named step again.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<ImmutableArray<ModelFile>> files = context.AdditionalTextsProvider
            .Select(static (file, cancellation) => ModelFiles.Read(file, withElements: true, cancellation))
            .Where(static file => file is not null)
            .Select(static (file, _) => file!)
            .Collect();
        IncrementalValuesProvider<ParsedNetwork> networks = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                AttributeNames.NetworkMetadataName,
                static (node, _) => node is TypeDeclarationSyntax,
                NetworkParser.Parse)
            .Where(static network => network is not null)
            .Combine(files)
            .Select(static (pair, _) => ModelFiles.Resolve(pair.Left!, pair.Right));

        IncrementalValuesProvider<Declaration> models = networks
            .Where(static network => network.Declaration is not null)
            .Select(static (network, _) => network.Declaration!)
            .WithTrackingName(TrackingNames.Model);
        IncrementalValuesProvider<Outcome> plans = models.Select(Outcome.Of).WithTrackingName(TrackingNames.Plan);

        // The one place where networks meet. Names alone go in, so the result stays equal while they do.
        IncrementalValueProvider<EquatableArray<NameClash>> clashes = models
            .Select(static (declaration, _) => TypeName.Of(declaration.Model.Type))
            .Collect()
            .Select(NameClashes.Find);

        IncrementalValuesProvider<EmittedOutcome> texts = plans.Select(EmittedOutcome.Of).WithTrackingName(TrackingNames.Text);

        // What a network takes of the shared text is a list of names: it stays equal while the network's shapes change.
        IncrementalValueProvider<LibraryText> library = texts
            .Where(static outcome => outcome.Network?.Use is not null)
            .Select(static (outcome, _) => new LibraryRequest(outcome.Model.Options.Assembly, outcome.Network!.Use!))
            .Collect()
            .Select(LibraryText.Of)
            .WithTrackingName(TrackingNames.Library);

        context.RegisterSourceOutput(texts.Combine(clashes), static (context, pair) => pair.Left.AddSource(context, pair.Right));
        context.RegisterSourceOutput(library, static (context, text) => text.AddSource(context));
        context.RegisterSourceOutput(networks.Combine(clashes), static (context, pair) => ErrorReport.Report(context, pair.Left, pair.Right));

        IncrementalValuesProvider<LocatedIssue> trainers = context.SyntaxProvider
            .CreateSyntaxProvider(TrainerUse.IsCandidate, TrainerUse.Find)
            .Where(static use => use is not null)!;
        context.RegisterSourceOutput(trainers.Collect(), TrainerUse.Report);

        foreach (string name in AttributeNames.DependentMetadataNames)
        {
            IncrementalValuesProvider<ParsedNetwork> orphans = context.SyntaxProvider
                .ForAttributeWithMetadataName(
                    name,
                    static (node, _) => node is TypeDeclarationSyntax,
                    NetworkParser.ParseOrphan)
                .Where(static network => network is not null)!;
            context.RegisterSourceOutput(orphans, static (context, network) => ErrorReport.ReportOrphan(context, network));
        }
    }
}
