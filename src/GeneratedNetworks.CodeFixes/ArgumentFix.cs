using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace GeneratedNetworks.CodeFixes;

/// <summary>GN0033: writes the value that an attribute's argument was meant as.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ArgumentFix))]
public sealed class ArgumentFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(Ids.BadArgument);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            SyntaxNode? node = root?.FindNode(diagnostic.Location.SourceSpan);
            if ((node as AttributeArgumentSyntax)?.Expression is { } argument)
                node = argument;
            if (!diagnostic.Properties.TryGetValue(Ids.Meant, out string? meant) || meant is null || node is not ExpressionSyntax expression)
                continue;
            string title = $"Write {meant}";
            context.RegisterCodeFix(CodeAction.Create(title, cancel => Write(context.Document, expression, meant, cancel), title), diagnostic);
        }
    }

    private static async Task<Document> Write(Document document, ExpressionSyntax expression, string meant, CancellationToken cancel)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false))!;
        ExpressionSyntax value = SyntaxFactory.ParseExpression($"global::GeneratedNetworks.{meant}").WithAdditionalAnnotations(Simplifier.Annotation);
        return document.WithSyntaxRoot(root.ReplaceNode(expression, value.WithTriviaFrom(expression)));
    }
}
