using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeneratedNetworks.CodeFixes;

/// <summary>GN0014 and GN0015: gives a layer a name that is allowed and that no other has.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LayerNameFix))]
public sealed class LayerNameFix : CodeFixProvider
{
    private const string Name = "Name";
    private const int Longest = 256;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(Ids.BadLayerName, Ids.DuplicateLayerName);

    /// <summary>None: several names are made unique one after the other.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

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
            AttributeSyntax? layer = node.FirstAncestorOrSelf<AttributeSyntax>();
            if (layer is null || node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
                continue;
            HashSet<string> taken = new(Taken(declaration, type, layer), StringComparer.OrdinalIgnoreCase);
            string name = Unique(Allowed(declaration.Text(layer, Name) ?? declaration.Name(layer)!), taken);
            CodeAction action = CodeAction.Create($"Call this layer '{name}'", cancel => Rename(context.Document, layer, name, cancel), nameof(LayerNameFix));
            context.RegisterCodeFix(action, diagnostic);
        }
    }

    /// <summary>Letters, digits and _, beginning with a letter.</summary>
    internal static string Allowed(string name)
    {
        string text = new([.. name.Select(c => c < 128 && (char.IsLetterOrDigit(c) || c == '_') ? c : '_')]);
        text = text.TrimStart('_');
        if (text.Length == 0 || !char.IsLetter(text[0]))
            text = "layer" + (text.Length == 0 ? "" : "_" + text);
        return text.Length <= Longest ? text : text.Substring(0, Longest);
    }

    private static string Unique(string name, HashSet<string> taken)
    {
        if (!taken.Contains(name))
            return name;
        string stem = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        for (int i = 2; ; i++)
        {
            string number = i.ToString(CultureInfo.InvariantCulture);
            string candidate = stem.Substring(0, Math.Min(stem.Length, Longest - number.Length)) + number;
            if (!taken.Contains(candidate))
                return candidate;
        }
    }

    /// <summary>The names of the other layers: their own, or that of their kind with a number, which those without a name have.</summary>
    private static IEnumerable<string> Taken(Declaration declaration, TypeDeclarationSyntax type, AttributeSyntax layer)
    {
        Dictionary<string, int> counts = [];
        foreach (AttributeSyntax other in declaration.Layers(type))
        {
            string kind = declaration.Name(other)!;
            counts[kind] = counts.TryGetValue(kind, out int count) ? count + 1 : 1;
            if (other != layer)
                yield return declaration.Text(other, Name) ?? kind + counts[kind].ToString(CultureInfo.InvariantCulture);
        }
    }

    private static async Task<Document> Rename(Document document, AttributeSyntax layer, string name, CancellationToken cancel)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false))!;
        return document.WithSyntaxRoot(root.ReplaceNode(layer, Declaration.WithText(layer, Name, name)));
    }
}
