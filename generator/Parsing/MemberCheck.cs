using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>Finds the emitted members that the user's half leaves no room for.</summary>
internal static class MemberCheck
{
    private static readonly SymbolDisplayFormat ParameterFormat = SymbolDisplayFormat.CSharpErrorMessageFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>Adds an error for each collision.</summary>
    /// <returns>The keys of the members that cannot be emitted, in ordinal order.</returns>
    public static IReadOnlyList<string> Run(INamedTypeSymbol type, IEnumerable<EmittedMember> emitted, SourceSpan name, List<LocatedIssue> errors)
    {
        SortedSet<string> taken = new(System.StringComparer.Ordinal);
        ISymbol[] declared = [.. type.GetMembers().Where(member => !member.IsImplicitlyDeclared && !IsAccessor(member))];
        ISymbol? primaryConstructor = declared.FirstOrDefault(IsPrimaryConstructor);

        foreach (EmittedMember member in emitted)
        {
            if (member.Name == type.Name)
            {
                taken.Add(member.Key);
                errors.Add(new(Issue.Create(IssueIds.ClassNamedLikeMember, -1, type.Name), name));
            }
            else if (declared.FirstOrDefault(other => Collides(member, other)) is { } other)
            {
                taken.Add(member.Key);
                errors.Add(Taken(other, Display(member, type), type, name));
            }
            else if (member.Name == EmittedMember.Constructor && primaryConstructor is not null)
            {
                // Every other constructor of a class with a primary one must call it, and nobody can say with which arguments.
                if (taken.Add(member.Key) && member == EmittedMembers.DefaultConstructor)
                    errors.Add(Taken(primaryConstructor, "a primary constructor", type, name));
            }
        }

        return [.. taken];
    }

    private static bool Collides(EmittedMember member, ISymbol other)
    {
        if (other.Name != member.Name)
            return false;
        return other switch
        {
            INamedTypeSymbol nested => nested.Arity == 0,
            IMethodSymbol method when member.Parameters is not null =>
                method.Arity == 0 && !IsPrimaryConstructor(method) && Signature(method) == member.Parameters,
            _ => true,
        };
    }

    private static string Signature(IMethodSymbol method) => string.Join(", ", method.Parameters.Select(parameter =>
        (parameter.RefKind == RefKind.None ? "" : "ref ")
        + parameter.Type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(ParameterFormat)));

    private static bool IsAccessor(ISymbol member) =>
        member is IMethodSymbol { AssociatedSymbol: not null } or IMethodSymbol { MethodKind: MethodKind.StaticConstructor };

    private static bool IsPrimaryConstructor(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Constructor }
        && member.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax);

    private static string Display(EmittedMember member, INamedTypeSymbol type) => member switch
    {
        { Name: EmittedMember.Constructor } => $"{type.Name}({member.Parameters})",
        { Parameters: not null } => $"{member.Name}({member.Parameters})",
        _ => member.Name,
    };

    private static LocatedIssue Taken(ISymbol member, string display, INamedTypeSymbol type, SourceSpan name)
    {
        Location? place = member.Locations.FirstOrDefault(location => location.IsInSource);
        return new(Issue.Create(IssueIds.MemberTaken, -1, display, type.Name), place is null ? name : SourceSpan.From(place));
    }
}
