using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>
/// Says of an attribute that the compiler rejects what to write. The compiler's own error names types and no remedy, and cannot be taken away; this stands
/// beside it, at the argument at fault. What an attribute takes is read off its class, so that there is no second table of it.
/// </summary>
internal sealed class ArgumentCheck
{
    private readonly INamedTypeSymbol _attribute;
    private readonly IMethodSymbol _constructor;
    private readonly AttributeSyntax _syntax;
    private readonly SemanticModel _semantics;
    private readonly CancellationToken _cancellation;
    private readonly List<LocatedIssue> _errors = [];
    private readonly WindowNumbers? _window;

    private ArgumentCheck(INamedTypeSymbol attribute, IMethodSymbol constructor, AttributeSyntax syntax, SemanticModel semantics, CancellationToken cancellation)
    {
        _attribute = attribute;
        _constructor = constructor;
        _syntax = syntax;
        _semantics = semantics;
        _cancellation = cancellation;
        _window = WindowNumbers.Of(Name, syntax.SyntaxTree.Options);
    }

    private string Name => AttributeNames.ShortName(_attribute);

    private IEnumerable<IPropertySymbol> Properties
    {
        get
        {
            for (INamedTypeSymbol? type = _attribute; type is not null; type = type.BaseType)
            {
                foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>().Where(property => property.SetMethod is not null))
                    yield return property;
            }
        }
    }

    /// <summary>Whether the text has a named argument that the attribute lacks, which the compiler leaves out of what it tells of the attribute.</summary>
    public static bool HasUnknownName(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax { ArgumentList: { } list }
        && list.Arguments.Count(argument => argument.NameEquals is not null) != attribute.NamedArguments.Length;

    /// <returns>What can be said of an attribute that is broken; nothing where the compiler's error says it all.</returns>
    public static IEnumerable<LocatedIssue> Run(AttributeData attribute, Compilation compilation, CancellationToken cancellation)
    {
        if (attribute.AttributeClass is not { } type || attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax
            || type.InstanceConstructors.OrderByDescending(constructor => constructor.Parameters.Length).FirstOrDefault() is not { } constructor)
        {
            return [];
        }

        ArgumentCheck check = new(type, constructor, syntax, compilation.GetSemanticModel(syntax.SyntaxTree), cancellation);
        check.Run();
        return check._errors;
    }

    private void Run()
    {
        AttributeArgumentSyntax[] arguments = [.. _syntax.ArgumentList?.Arguments ?? default];

        // The last line of a list that is being typed is no argument yet.
        if (_syntax.ContainsDiagnostics)
            return;
        HashSet<string> given = [];
        if (SecondOfWindow(arguments) is { } second)
        {
            Report(arguments[second], _window!.OfTwo(arguments[second - 1].Expression, arguments[second].Expression));
            arguments = [.. arguments.Where((_, i) => i != second)];
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            if (Target(arguments[i], i) is not var (name, type))
                continue;
            given.Add(name);
            CheckValue(arguments[i].Expression, name, type is IArrayTypeSymbol { ElementType: var element } && arguments[i].NameEquals is null ? element : type);
        }

        if (_errors.Count == 0 && _constructor.Parameters.FirstOrDefault(parameter => !parameter.IsOptional && !parameter.IsParams && !given.Contains(parameter.Name)) is { } missing)
            Report(_syntax, $"needs {missing.Name}, {Kind(missing.Type)}: {Example()}");
    }

    /// <summary>The place of a number behind that of a window's size, where the attribute takes none.</summary>
    private int? SecondOfWindow(AttributeArgumentSyntax[] arguments)
    {
        int place = (_window?.Place ?? 0) + 1;
        return _window is not null && arguments.Length > place && IsNumber(place - 1) && IsNumber(place) ? place : null;

        bool IsNumber(int index) => arguments[index] is { NameEquals: null, NameColon: null, Expression: var value }
            && _semantics.GetTypeInfo(value, _cancellation).Type?.SpecialType == SpecialType.System_Int32;
    }

    /// <summary>The parameter or property that an argument is for; null with an error where there is none.</summary>
    private (string Name, ITypeSymbol Type)? Target(AttributeArgumentSyntax argument, int index)
    {
        string? name = argument.NameEquals?.Name.Identifier.ValueText ?? argument.NameColon?.Name.Identifier.ValueText;
        if (name is null)
        {
            int last = _constructor.Parameters.Length - 1;
            if (index <= last || (last >= 0 && _constructor.Parameters[last].IsParams))
                return (_constructor.Parameters[Math.Min(index, last)].Name, _constructor.Parameters[Math.Min(index, last)].Type);
            if (_semantics.GetTypeInfo(argument.Expression, _cancellation).Type?.Name == nameof(Activation) && OtherPlace.OfActivation(_attribute, argument, _semantics, _cancellation) is { } place)
            {
                Report(argument, place);
                return null;
            }

            string positional = string.Join(" and ", _constructor.Parameters.Select(parameter => parameter.Name));
            string named = string.Join(", ", Properties.Select(property => property.Name + " = …"));
            Report(argument, $"takes {(positional.Length == 0 ? "nothing" : "only " + positional)} without a name: write the others as {named}");
            return null;
        }

        IParameterSymbol? parameter = _constructor.Parameters.FirstOrDefault(candidate => Same(candidate.Name));
        IPropertySymbol? property = Properties.FirstOrDefault(candidate => Same(candidate.Name));
        bool isProperty = argument.NameEquals is not null;
        if (isProperty && property is not null && property.Name == name)
            return (name, property.Type);
        if (!isProperty && parameter is not null && parameter.Name == name)
            return (name, parameter.Type);

        // Written with the other sign, or in other letters.
        string value = (parameter?.Type ?? property?.Type) is INamedTypeSymbol { TypeKind: TypeKind.Enum } choice && Meant(argument.Expression, choice) is { } meant
            ? $"{choice.Name}.{meant}"
            : argument.Expression.ToString();
        if (parameter is not null)
            Report(argument, $"has no property '{name}' but a parameter '{parameter.Name}', which takes a colon: write {parameter.Name}: {value}");
        else if (property is not null && isProperty)
        {
            // A number of elements around is another argument than the rule by which they are counted.
            bool isCount = property.Type.Name == nameof(Padding) && _window is not null && _semantics.GetConstantValue(argument.Expression, _cancellation).Value is int;
            Report(argument, $"has no argument '{name}': write {(isCount ? $"Pads = {_window!.PadsOf(value)}" : $"{property.Name} = {value}")}");
        }
        else if (property is not null)
            Report(argument, $"takes '{property.Name}' with a sign of equality: write {property.Name} = {value}");
        else
            ReportUnknown(argument, name);
        return null;

        bool Same(string candidate) => string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase);
    }

    private void ReportUnknown(AttributeArgumentSyntax argument, string name)
    {
        if (OtherPlace.Of(Joined(name), argument, _semantics, _cancellation) is { } place)
        {
            Report(argument, string.Equals(name, nameof(Activation), StringComparison.OrdinalIgnoreCase) && OtherPlace.OfActivation(_attribute, argument, _semantics, _cancellation) is { } other
                ? other
                : $"has no argument '{name}': {place}");
            return;
        }

        string[] known = [.. _constructor.Parameters.Select(parameter => parameter.Name), .. Properties.Select(property => property.Name)];
        string meant = Spelling.Nearest(name, known) is { } near ? $"; did you mean '{near}'?" : "";
        Report(argument, $"has no argument '{name}': there are {string.Join(", ", known.Distinct())}{meant}");
    }

    private void CheckValue(ExpressionSyntax expression, string name, ITypeSymbol type)
    {
        ITypeSymbol? found = _semantics.GetTypeInfo(expression, _cancellation).Type;
        bool isUnknown = found is null or { TypeKind: TypeKind.Error };
        if (found is not { TypeKind: TypeKind.Error } && TypesOf(name, type).Any(candidate => _semantics.ClassifyConversion(expression, candidate).IsImplicit))
            return;
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } values)
            ReportChoice(expression, name, values);
        else if (_window?.Remedy(name, expression, _semantics.GetConstantValue(expression, _cancellation).Value) is { } remedy)
            Report(expression, remedy);
        else if (!isUnknown)
            Report(expression, $"takes {Kind(type)} as '{name}'{Remedy(expression, type)}");
    }

    /// <summary>What another constructor takes will do as well: a size for all axes, or one for each.</summary>
    private IEnumerable<ITypeSymbol> TypesOf(string name, ITypeSymbol type) =>
        _attribute.InstanceConstructors.SelectMany(constructor => constructor.Parameters).Where(parameter => parameter.Name == name).Select(parameter => parameter.Type).Append(type);

    private void ReportChoice(ExpressionSyntax expression, string name, INamedTypeSymbol type)
    {
        string? word = Word(expression);
        string[] known = Values(type);
        bool isQuoted = expression.IsKind(SyntaxKind.StringLiteralExpression);
        string? meant = Meant(expression, type);
        string why = word is not null && ElsewhereName(word, type) is { } elsewhere ? $"{(isQuoted ? ", without quotes" : "")}, and '{word}' is called {elsewhere} here"
            : isQuoted ? ", without quotes" : word is null || known.Contains(word) ? "" : $", and '{word}' is none";
        string remedy = meant is null ? $"there are {string.Join(", ", known)}" : $"write {type.Name}.{meant}";
        Report(expression, $"takes a value of the enum {type.Name} as '{name}'{why}: {remedy}", meant is null ? "" : $"{type.Name}.{meant}");
    }

    /// <summary>The value of an enum that an expression may have been meant as.</summary>
    private static string? Meant(ExpressionSyntax expression, INamedTypeSymbol type) =>
        Word(expression) is { } word ? ElsewhereName(word, type) ?? Spelling.Nearest(Joined(word), Values(type)) : null;

    /// <summary>What a value of another library is called here, if it goes by another name.</summary>
    private static string? ElsewhereName(string word, INamedTypeSymbol type) =>
        Values(type).Contains(Joined(word), StringComparer.OrdinalIgnoreCase) ? null : OtherNames.Find(type.Name, Joined(word));

    private static string[] Values(INamedTypeSymbol type) => [.. type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).Select(field => field.Name)];

    /// <summary>The name that an expression may be a misspelling of.</summary>
    private static string? Word(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) => literal.Token.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        _ => null,
    };

    /// <summary>A name without what stands between its words elsewhere.</summary>
    private static string Joined(string word) => word.Replace("_", "").Replace("-", "").Replace(" ", "");

    private string Remedy(ExpressionSyntax expression, ITypeSymbol type)
    {
        object? constant = _semantics.GetConstantValue(expression, _cancellation).Value;
        if (type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Double && constant is string text)
        {
            bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && (type.SpecialType == SpecialType.System_Double || number % 1 == 0);
            return ", without quotes" + (isNumber ? $": write {text.Trim()}" : "");
        }

        if (type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 && constant is double or float or decimal or long or uint or ulong)
            return $", not {expression}";
        return type.SpecialType switch
        {
            SpecialType.System_String => $": write \"{expression}\"",
            SpecialType.System_Boolean => $", not {expression}",
            _ => "",
        };
    }

    private static string Kind(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } => "a whole number",
        { SpecialType: SpecialType.System_Double } => "a number",
        { SpecialType: SpecialType.System_Boolean } => "true or false",
        { SpecialType: SpecialType.System_String } => "a text in quotes",
        { TypeKind: TypeKind.Enum } => $"a value of the enum {type.Name}",
        IArrayTypeSymbol => "a list",
        _ => type.Name,
    };

    /// <summary>What may be written for an attribute that lacks an argument.</summary>
    private string Example()
    {
        if (AttributeNames.Is(_attribute, AttributeNames.Training))
        {
            return "write [Training(Loss.CrossEntropy)] for classes, with Softmax on the last layer, [Training(Loss.BinaryCrossEntropy)] for yes or no, with "
                + "Sigmoid there, or [Training(Loss.MeanSquaredError)] for numbers";
        }

        string example = AttributeNames.Is(_attribute, AttributeNames.Weights) ? "[Weights(\"trained.safetensors\")]" : LayerRegistry.Find(Name)?.Example ?? $"[{Name}(…)]";
        return $"write it in brackets, as in {example}";
    }

    private void Report(SyntaxNode place, string what, string instead = "") =>
        _errors.Add(new(Issue.Create(IssueIds.BadArgument, -1, Name, what, instead), SourceSpan.From(place)));
}
