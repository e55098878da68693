using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeneratedNetworks.CodeFixes;

/// <summary>GN0010, GN0011 and GN0104: chooses an activation or a loss that is allowed.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FunctionFix))]
public sealed class FunctionFix : CodeFixProvider
{
    private const string Activation = "activation";
    private const string Loss = "loss";

    // For any output. Others are one edit away, in the editor's list of the enum.
    private const string AnyOutput = "MeanSquaredError";

    private static readonly string[] Hidden = ["Relu", "Tanh"];

    /// <summary>The output activations that a loss needs; a test holds this equal to the generator's own table.</summary>
    internal static IReadOnlyDictionary<string, string[]> Outputs { get; } = new Dictionary<string, string[]>
    {
        ["CrossEntropy"] = ["Softmax", "LogSoftmax"],
        ["BinaryCrossEntropy"] = ["Sigmoid"],
    };

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(Ids.SoftmaxBeforeOutput, Ids.LossNeedsActivation, Ids.SoftmaxOfOneOutput);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
            return;
        Declaration declaration = new(model, context.CancellationToken);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            SyntaxNode node = root.FindNode(diagnostic.Location.SourceSpan);
            if (node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
                continue;
            foreach ((string title, IReadOnlyList<Edit> edits) in Choices(diagnostic.Id, declaration, type, node.FirstAncestorOrSelf<AttributeSyntax>()))
            {
                CodeAction action = CodeAction.Create(title, cancel => Apply(context.Document, declaration, edits, cancel), title);
                context.RegisterCodeFix(action, diagnostic);
            }
        }
    }

    private static IEnumerable<(string Title, IReadOnlyList<Edit> Edits)> Choices(
        string id, Declaration declaration, TypeDeclarationSyntax type, AttributeSyntax? at)
    {
        AttributeSyntax? output = declaration.Output(type);
        AttributeSyntax? training = declaration.Find(type, "Training");
        if (id == Ids.SoftmaxBeforeOutput && at is not null)
        {
            foreach (string activation in Hidden)
                yield return ($"Use {activation} here", [new Edit(at, Activation, activation)]);
        }
        else if (id == Ids.SoftmaxOfOneOutput && output is not null)
        {
            List<Edit> edits = [new(output, Activation, "Sigmoid")];
            bool trained = training is not null && declaration.Value(training, Loss) == "CrossEntropy";
            if (trained)
                edits.Add(new Edit(training!, Loss, "BinaryCrossEntropy"));
            yield return (trained ? "Use Sigmoid and BinaryCrossEntropy" : "Use Sigmoid", edits);
        }
        else if (id == Ids.LossNeedsActivation && training is not null && declaration.Value(training, Loss) is { } loss)
        {
            if (output is not null && Outputs.TryGetValue(loss, out string[]? needed))
            {
                foreach (string activation in needed)
                    yield return ($"Use {activation} as the output activation", [new Edit(output, Activation, activation)]);
            }

            string? found = output is null ? null : declaration.Value(output, Activation);
            foreach (string fitting in Outputs.Where(pair => found is not null && pair.Value.Contains(found)).Select(pair => pair.Key).Append(AnyOutput))
                yield return ($"Use the loss {fitting}", [new Edit(training, Loss, fitting)]);
        }
    }

    private static async Task<Document> Apply(Document document, Declaration declaration, IReadOnlyList<Edit> edits, CancellationToken cancel)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false))!;
        Dictionary<AttributeSyntax, AttributeSyntax> changed = edits.ToDictionary(
            edit => edit.Attribute,
            edit => declaration.WithValue(edit.Attribute, edit.Parameter, edit.Parameter == Loss ? "Loss" : "Activation", edit.Value));
        return document.WithSyntaxRoot(root.ReplaceNodes(changed.Keys, (original, _) => changed[original]));
    }

    private sealed record Edit(AttributeSyntax Attribute, string Parameter, string Value);
}
