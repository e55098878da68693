using System.Linq;
using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Issues;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>The types to which no legal part can be added, so that nothing is emitted for them.</summary>
internal static class TypeCheck
{
    public static LocatedIssue? Run(INamedTypeSymbol type, TypeDeclarationSyntax declaration, Compilation compilation, SourceSpan name)
    {
        if (WhyUnsupported(type, declaration, compilation) is { } reason)
            return new(Issue.Create(IssueIds.UnsupportedType, -1, type.Name, reason), name);
        if (!TypeHierarchy.IsPartial(declaration))
            return new(Issue.Create(IssueIds.NotPartial, -1, type.Name), name);

        foreach (TypeDeclarationSyntax container in declaration.Ancestors().OfType<TypeDeclarationSyntax>().Reverse())
        {
            if (!TypeHierarchy.IsPartial(container))
            {
                Issue issue = Issue.Create(
                    IssueIds.ContainingTypeNotPartial, -1, container.Identifier.ValueText, type.Name, container.Keyword.ValueText);
                return new(issue, SourceSpan.From(container.Identifier));
            }
        }

        return null;
    }

    private static string? WhyUnsupported(INamedTypeSymbol type, TypeDeclarationSyntax declaration, Compilation compilation)
    {
        if (type.IsRecord)
            return "it is a record, which is compared by value: write 'class' in place of 'record'";
        if (type.TypeKind != TypeKind.Class)
            return type.TypeKind == TypeKind.Interface ? "it is an interface: write 'class'" : "it is a struct, and would be copied with its parameters: write 'class'";
        if (type is { IsAbstract: true, IsStatic: false })
            return "it is abstract, and its trainer and its users need instances of it: remove 'abstract'";
        if (type.Arity > 0)
            return "it is generic: remove the type parameters; Precision chooses between float and double";
        if (TypeHierarchy.ContainingTypes(type).Any(container => container.Arity > 0))
            return "a type around it is generic: move the network out of it";
        if (declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Any(TypeHierarchy.IsFileLocal))
            return "it is a file-local type, and its code goes into another file: write 'internal' in place of 'file'";
        if (!type.IsStatic && type.BaseType is { TypeKind: TypeKind.Class } parent && !HasUsableConstructor(parent, type, compilation))
            return $"its base class '{parent.Name}' has no constructor that can be called without arguments: add one, or remove the base class";
        return null;
    }

    private static bool HasUsableConstructor(INamedTypeSymbol parent, INamedTypeSymbol type, Compilation compilation) =>
        parent.InstanceConstructors.Any(constructor =>
            constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams)
            && compilation.IsSymbolAccessibleWithin(constructor, type));
}
