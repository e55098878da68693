using System;
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

/// <summary>GN0025: names the model file in the project.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddModelFix))]
public sealed class AddModelFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(Ids.ModelFileMissing);

    /// <summary>None: each edits the same project file.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        string? project = context.Document.Project.FilePath;
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null || project is null || !project.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase))
            return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            SyntaxNode node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            ExpressionSyntax? text = node.DescendantNodesAndSelf().OfType<ExpressionSyntax>().FirstOrDefault(IsText);
            if (text is null)
                continue;
            string file = (string)model.GetConstantValue(text, context.CancellationToken).Value!;
            ProjectModelItem item = ProjectModelItem.Find(project, file);
            CodeAction action = new EditProject($"Add <NetworkModel Include=\"{item.Include}\" /> to the project", item);
            context.RegisterCodeFix(action, diagnostic);

            bool IsText(ExpressionSyntax expression) =>
                expression.FirstAncestorOrSelf<AttributeArgumentSyntax>() is not null
                && model.GetConstantValue(expression, context.CancellationToken).Value is string;
        }
    }

    /// <summary>A project file is no document of the workspace: the edit goes to the disk, and the editor loads the project again.</summary>
    private sealed class EditProject(string title, ProjectModelItem item) : CodeAction
    {
        public override string Title => title;

        public override string EquivalenceKey => title;

        protected override Task<IEnumerable<CodeActionOperation>> ComputeOperationsAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<CodeActionOperation>>([new Operation(title, item)]);
    }

    private sealed class Operation(string title, ProjectModelItem item) : CodeActionOperation
    {
        public override string Title => title;

        public override void Apply(Workspace workspace, CancellationToken cancellationToken) => item.Add();
    }
}
