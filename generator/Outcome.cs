using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Emit;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Parsing;
using GeneratedNetworks.Generator.Planning;
using Microsoft.CodeAnalysis;

namespace GeneratedNetworks.Generator;

/// <summary>What the pipeline made of one declaration: a plan, or null where only its surface can be emitted.</summary>
internal sealed record Outcome(NetworkModel Model, NetworkPlan? Plan)
{
    public static Outcome Of(Declaration declaration, CancellationToken cancellation)
    {
        if (declaration.HasErrors)
            return new(declaration.Model, null);
        NetworkGraph? graph = ShapeInference.Infer(declaration.Model, [], cancellation);
        return new(declaration.Model, graph is null ? null : Planner.Plan(graph, cancellation));
    }
}

/// <summary>The same with its text.</summary>
internal sealed record EmittedOutcome(NetworkModel Model, EmittedNetwork? Network)
{
    public static EmittedOutcome Of(Outcome outcome, CancellationToken cancellation) =>
        new(outcome.Model, outcome.Plan is null ? null : NetworkEmitter.Emit(outcome.Plan, cancellation));

    public void AddSource(SourceProductionContext context, EquatableArray<NameClash> clashes)
    {
        bool givesWay = clashes.Any(clash => clash.Key == NameClashes.Key(Model.Type));
        if (Network is null || givesWay)
        {
            AddSurface(context, Model);
            return;
        }

        foreach (EmittedFile file in Network.Files)
            context.AddSource(file.HintName, file.Text);
    }

    /// <summary>Surfaces exist beside an error only, and their file names are unique whatever the error is.</summary>
    public static void AddSurface(SourceProductionContext context, NetworkModel model)
    {
        // What its copy declares is all that there would be.
        if (model.Type.IsCopied)
            return;
        NetworkGraph? graph = model.Layers.Count == 0 ? null : ShapeInference.Infer(model, [], context.CancellationToken);
        context.AddSource(NameClashes.SurfaceHintName(model.Type), ErrorSurface.Emit(model, graph));
    }
}
