using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace GeneratedNetworks.CodeFixes;

/// <summary>GN0001 and GN0002: makes the network's class, or a type around it, partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix))]
public sealed class MakePartialFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(Ids.NotPartial, Ids.ContainingTypeNotPartial);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            TypeDeclarationSyntax? type = root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>();
            if (type is null || type.Modifiers.Any(SyntaxKind.PartialKeyword))
                continue;
            string title = $"Make '{type.Identifier.Text}' partial";
            context.RegisterCodeFix(CodeAction.Create(title, cancel => MakePartial(context.Document, type, cancel), nameof(MakePartialFix)), diagnostic);
        }
    }

    private static async Task<Document> MakePartial(Document document, TypeDeclarationSyntax type, CancellationToken cancel)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancel).ConfigureAwait(false);
        editor.SetModifiers(type, editor.Generator.GetModifiers(type).WithPartial(true));
        return editor.GetChangedDocument();
    }
}
