using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Issues;

/// <summary>An error, warning or information as data.</summary>
/// <param name="Id">One of <see cref="IssueIds"/>.</param>
/// <param name="AttributeIndex">The attribute at fault, counted from 0 in source order among the declaration's attributes of this package;
/// −1 for the class's name.</param>
/// <param name="Arguments">The message's arguments, already formatted in the invariant culture.</param>
internal sealed record Issue(string Id, int AttributeIndex, EquatableArray<string> Arguments)
{
    public static Issue Create(string id, int attributeIndex, params string[] arguments) => new(id, attributeIndex, new(arguments));
}
