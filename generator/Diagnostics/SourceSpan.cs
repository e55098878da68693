using GeneratedNetworks.Generator.Issues;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace GeneratedNetworks.Generator.Diagnostics;

/// <summary>A place in the user's source as data: unlike a <see cref="Location"/> it keeps no syntax tree alive and compares by value.</summary>
internal sealed record SourceSpan(string Path, int Start, int Length, int StartLine, int StartColumn, int EndLine, int EndColumn)
{
    public static SourceSpan From(SyntaxNodeOrToken place) => From(place.GetLocation()!);

    public static SourceSpan From(Location location)
    {
        FileLinePositionSpan lines = location.GetLineSpan();
        return new(
            lines.Path ?? "",
            location.SourceSpan.Start,
            location.SourceSpan.Length,
            lines.StartLinePosition.Line,
            lines.StartLinePosition.Character,
            lines.EndLinePosition.Line,
            lines.EndLinePosition.Character);
    }

    public Location ToLocation() => Location.Create(
        Path,
        new TextSpan(Start, Length),
        new LinePositionSpan(new LinePosition(StartLine, StartColumn), new LinePosition(EndLine, EndColumn)));

    public Location ToLocation(SyntaxTree tree) => Location.Create(tree, new TextSpan(Start, Length));
}

/// <summary>An issue and where it is.</summary>
internal sealed record LocatedIssue(Issue Issue, SourceSpan Place)
{
    public Diagnostic ToDiagnostic() => DiagnosticDescriptors.Create(Issue, Place.ToLocation());
}
