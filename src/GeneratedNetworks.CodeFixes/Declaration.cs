using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace GeneratedNetworks.CodeFixes;

/// <summary>The attributes of a network's class, with what they mean.</summary>
internal sealed class Declaration(SemanticModel model, CancellationToken cancel)
{
    private const string Namespace = "GeneratedNetworks";

    /// <summary>Layers in order.</summary>
    public IEnumerable<AttributeSyntax> Layers(TypeDeclarationSyntax type) =>
        Attributes(type).Where(attribute => IsLayer(Class(attribute)));

    private static bool IsLayer(INamedTypeSymbol? type)
    {
        for (INamedTypeSymbol? ancestor = type?.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Name == "LayerAttribute" && IsOurs(ancestor))
                return true;
        }

        return false;
    }

    /// <summary>The attribute of that name, without "Attribute".</summary>
    public AttributeSyntax? Find(TypeDeclarationSyntax type, string name) =>
        Attributes(type).FirstOrDefault(attribute => Class(attribute) is { } found && IsOurs(found) && found.Name == name + "Attribute");

    /// <summary>The class's name without "Attribute".</summary>
    public string? Name(AttributeSyntax attribute) => Class(attribute) is { } found ? found.Name.Substring(0, found.Name.Length - "Attribute".Length) : null;

    /// <summary>The output layer that has an activation: the last that can have one.</summary>
    public AttributeSyntax? Output(TypeDeclarationSyntax type) => Layers(type).LastOrDefault(layer => Parameter(layer, "activation") is not null);

    /// <summary>The name of an enum's value that an argument says, such as <c>Softmax</c>; null where it is left out.</summary>
    public string? Value(AttributeSyntax attribute, string parameter) =>
        Argument(attribute, parameter) is { } argument ? model.GetSymbolInfo(argument.Expression, cancel).Symbol?.Name : null;

    /// <summary>The constant text that a named argument says.</summary>
    public string? Text(AttributeSyntax attribute, string property) =>
        Named(attribute, property) is { } argument && model.GetConstantValue(argument.Expression, cancel).Value is string text ? text : null;

    /// <summary>The attribute with an enum's value for a parameter, whether it was there before or not.</summary>
    public AttributeSyntax WithValue(AttributeSyntax attribute, string parameter, string type, string value)
    {
        ExpressionSyntax expression = SyntaxFactory.ParseExpression($"global::{Namespace}.{type}.{value}").WithAdditionalAnnotations(Simplifier.Annotation);
        if (Argument(attribute, parameter) is { } argument)
            return attribute.ReplaceNode(argument.Expression, expression.WithTriviaFrom(argument.Expression));
        AttributeArgumentListSyntax list = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        int positional = list.Arguments.TakeWhile(a => a.NameEquals is null && a.NameColon is null).Count();
        AttributeArgumentSyntax added = SyntaxFactory.AttributeArgument(expression);
        if (Parameter(attribute, parameter)?.Ordinal != positional)
            added = added.WithNameColon(SyntaxFactory.NameColon(parameter));
        return Insert(attribute, list, list.Arguments.TakeWhile(a => a.NameEquals is null).Count(), added);
    }

    /// <summary>The attribute with a text for a property, whether it was there before or not.</summary>
    public static AttributeSyntax WithText(AttributeSyntax attribute, string property, string text)
    {
        ExpressionSyntax literal = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text));
        if (Named(attribute, property) is { } argument)
            return attribute.ReplaceNode(argument.Expression, literal.WithTriviaFrom(argument.Expression));
        AttributeArgumentListSyntax list = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        AttributeArgumentSyntax added = SyntaxFactory.AttributeArgument(SyntaxFactory.NameEquals(property), null, literal);
        return Insert(attribute, list, list.Arguments.Count, added.NormalizeWhitespace());
    }

    private static AttributeSyntax Insert(AttributeSyntax attribute, AttributeArgumentListSyntax list, int place, AttributeArgumentSyntax added)
    {
        if (place > 0)
            added = added.WithLeadingTrivia(SyntaxFactory.Space);
        return attribute.WithArgumentList(list.WithArguments(list.Arguments.Insert(place, added)));
    }

    private static AttributeArgumentSyntax? Named(AttributeSyntax attribute, string property) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == property);

    private static IEnumerable<AttributeSyntax> Attributes(TypeDeclarationSyntax type) => type.AttributeLists.SelectMany(list => list.Attributes);

    private static bool IsOurs(INamedTypeSymbol type) => type.ContainingNamespace is { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true };

    private INamedTypeSymbol? Class(AttributeSyntax attribute) => model.GetTypeInfo(attribute, cancel).Type as INamedTypeSymbol;

    private IParameterSymbol? Parameter(AttributeSyntax attribute, string name) =>
        Class(attribute)?.InstanceConstructors.SelectMany(constructor => constructor.Parameters).FirstOrDefault(parameter => parameter.Name == name);

    private AttributeArgumentSyntax? Argument(AttributeSyntax attribute, string parameter)
    {
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = attribute.ArgumentList?.Arguments ?? default;
        AttributeArgumentSyntax? named = arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter);
        if (named is not null || Parameter(attribute, parameter) is not { } found)
            return named;
        AttributeArgumentSyntax? placed = arguments.ElementAtOrDefault(found.Ordinal);
        return placed is { NameEquals: null, NameColon: null } ? placed : null;
    }
}
