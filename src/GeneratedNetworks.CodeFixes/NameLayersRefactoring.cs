using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeneratedNetworks.CodeFixes;

/// <summary>
/// Writes down the names that the dense layers of a network have by their order, so that saved parameters still fit after a layer is put between.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(NameLayersRefactoring))]
public sealed class NameLayersRefactoring : CodeRefactoringProvider
{
    private const string Dense = "Dense";

    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null || root.FindNode(context.Span).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
            return;

        // On its attributes and its name, not everywhere in its body.
        Declaration declaration = new(model, context.CancellationToken);
        if (context.Span.Start > type.Identifier.Span.End || declaration.Find(type, "GeneratedNetwork") is null)
            return;
        Dictionary<AttributeSyntax, AttributeSyntax> named = [];
        int number = 0;
        foreach (AttributeSyntax layer in declaration.Layers(type).Where(layer => declaration.Name(layer) == Dense))
        {
            number++;
            if (declaration.Text(layer, "Name") is null)
                named.Add(layer, Declaration.WithText(layer, "Name", "dense" + number.ToString(CultureInfo.InvariantCulture)));
        }

        if (named.Count == 0)
            return;
        CodeAction action = CodeAction.Create("Name the layers", cancel => Apply(context.Document, named, cancel), nameof(NameLayersRefactoring));
        context.RegisterRefactoring(action);
    }

    private static async Task<Document> Apply(Document document, Dictionary<AttributeSyntax, AttributeSyntax> named, CancellationToken cancel)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false))!;
        return document.WithSyntaxRoot(root.ReplaceNodes(named.Keys, (original, _) => named[original]));
    }
}
