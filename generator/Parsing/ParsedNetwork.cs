using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>What the parser found in one declaration, and where. Only the error branch and the analyzer look at places.</summary>
/// <param name="Declaration">What the rest of the pipeline sees, or null where no legal part can be emitted.</param>
/// <param name="Errors">The parser's own errors.</param>
/// <param name="NamePlace">The class's name.</param>
/// <param name="AttributePlaces">The attributes of this package in source order: an issue's index points into them.</param>
internal sealed record ParsedNetwork(
    Declaration? Declaration,
    EquatableArray<LocatedIssue> Errors,
    SourceSpan NamePlace,
    EquatableArray<SourceSpan> AttributePlaces)
{
    public SourceSpan PlaceOf(Issue issue) => PlaceOf(issue.AttributeIndex);

    public SourceSpan PlaceOf(int attributeIndex) =>
        attributeIndex >= 0 && attributeIndex < AttributePlaces.Count ? AttributePlaces[attributeIndex] : NamePlace;
}

/// <summary>A model, and whether only its surface can be emitted because the parser or the compiler found an error in it.</summary>
internal sealed record Declaration(NetworkModel Model, bool HasErrors);
