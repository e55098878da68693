using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using GeneratedNetworks.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>Where a class stands: namespace, types around it, and the name of its generated file.</summary>
internal static class TypeHierarchy
{
    /// <summary>Those that the compiler reference does not know yet.</summary>
    private static readonly string[] YoungKeywords = ["file", "scoped", "required", "allows", "field", "extension"];

    private static readonly SymbolDisplayFormat NamespaceFormat = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    public static TypeModel Describe(INamedTypeSymbol type, Compilation compilation) => new(
        Namespace(type),
        new(ContainingTypes(type).Select(container => $"partial {Keyword(container)} {Identifier(container.Name)}")),
        Identifier(type.Name),
        type.IsStatic,
        HintName(type),
        default)
    {
        HidesShortNames = ShortNames.Namespaces.Keys.Any(name => IsHidden(name, type, compilation)),
    };

    /// <summary>The types around <paramref name="type"/>, outermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> ContainingTypes(INamedTypeSymbol type)
    {
        Stack<INamedTypeSymbol> containers = new();
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
            containers.Push(container);
        return containers;
    }

    /// <summary>Whether the class and all that is around it have a name.</summary>
    public static bool IsNamed(INamedTypeSymbol type)
    {
        for (ISymbol symbol = type; symbol is not INamespaceSymbol { IsGlobalNamespace: true }; symbol = symbol.ContainingSymbol)
        {
            if (symbol.Name.Length == 0)
                return false;
        }

        return true;
    }

    public static bool IsPartial(SyntaxNode declaration) =>
        declaration is TypeDeclarationSyntax type && type.Modifiers.Any(SyntaxKind.PartialKeyword);

    /// <summary>A <c>file</c> type, by the word: the modifier is younger than the compiler that this is built against.</summary>
    public static bool IsFileLocal(TypeDeclarationSyntax declaration) => declaration.Modifiers.Any(modifier => modifier.ValueText == "file");

    /// <summary>With @ where the name would read as a keyword, contextual ones included: some are no type names (record, var, await).</summary>
    public static string Identifier(string name)
    {
        bool isKeyword = SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None
            || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            || YoungKeywords.Contains(name);
        return isKeyword ? "@" + name : name;
    }

    /// <summary>Whether a name means something of the class, of a type around it, or of its namespace, before any using directive is asked.</summary>
    private static bool IsHidden(string name, INamedTypeSymbol type, Compilation compilation)
    {
        for (INamedTypeSymbol? scope = type; scope is not null; scope = scope.ContainingType)
        {
            for (INamedTypeSymbol? ancestor = scope; ancestor is not null; ancestor = ancestor.BaseType)
            {
                if (!ancestor.GetMembers(name).IsEmpty)
                    return true;
            }
        }

        return compilation.GetCompilationNamespace(type.ContainingNamespace)?.GetMembers(name).Any() == true;
    }

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { IsRecord: true } => "record",
        _ => "class",
    };

    private static string Namespace(INamedTypeSymbol type)
    {
        if (type.ContainingNamespace.IsGlobalNamespace)
            return "";
        return string.Join(".", type.ContainingNamespace.ToDisplayString(NamespaceFormat).Split('.').Select(Identifier));
    }

    /// <summary>
    /// The metadata name with - between nested types. No identifier holds a -, and a character that a hint name may not hold becomes - and its code,
    /// so different types never share a name.
    /// </summary>
    private static string HintName(INamedTypeSymbol type)
    {
        StringBuilder name = new();
        if (!type.ContainingNamespace.IsGlobalNamespace)
            Append(type.ContainingNamespace.ToDisplayString(NamespaceFormat) + ".");
        foreach (INamedTypeSymbol container in ContainingTypes(type))
        {
            Append(container.MetadataName);
            name.Append('-');
        }

        Append(type.MetadataName);
        return name.ToString();

        void Append(string part)
        {
            foreach (char c in part)
            {
                if (char.IsLetterOrDigit(c) || c is '.' or '_')
                    name.Append(c);
                else
                    name.Append('-').Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            }
        }
    }
}
