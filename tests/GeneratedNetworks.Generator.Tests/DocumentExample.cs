using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>A C# example of a document.</summary>
/// <param name="Statements">What stands on top level; empty where the example only declares.</param>
/// <param name="Declarations">The types.</param>
/// <param name="Output">What the document says the statements write: a block <c>text</c> right below. Null where there is none.</param>
internal sealed partial record DocumentExample(string Statements, string Declarations, string? Output)
{
    /// <summary>The examples of a document, in order. Their usings are left out: tests have them for all.</summary>
    public static IReadOnlyList<DocumentExample> In(string document) =>
        [.. Block().Matches(document).Select(match => Parse(match.Groups["code"].Value, match.Groups["output"] is { Success: true } output ? output.Value : null))];

    private static DocumentExample Parse(string code, string? output)
    {
        CompilationUnitSyntax root = SyntaxFactory.ParseCompilationUnit(code, options: new CSharpParseOptions(LanguageVersion.CSharp14));
        return new(
            Text(root.Members.Where(member => member is GlobalStatementSyntax)),
            Text(root.Members.Where(member => member is not GlobalStatementSyntax)),
            output);

        string Text(IEnumerable<MemberDeclarationSyntax> members) => string.Concat(members.Select(member => member.ToFullString())).Trim('\n');
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)\n```(\n\n```text\n(?<output>.*?)\n```)?", RegexOptions.Singleline)]
    private static partial Regex Block();
}
