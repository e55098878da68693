using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Tests.Witness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Nothing is emitted that nobody calls: from the public surface every method of a network's files and of the shared one is reached, and every type.</summary>
[Collection(nameof(ChainFindings))]
public sealed class DeadTextTests
{
    public static TheoryData<string> Chains => HeaderTests.Chains;

    [Theory]
    [MemberData(nameof(Chains))]
    public void EverythingIsCalled(string chain)
    {
        IReadOnlyDictionary<string, string> dead = ChainFindings.Of(chain).Dead;
        Assert.True(dead.Count == 0, string.Join("\n", dead.Select(pair => $"{pair.Key}: {pair.Value}")));
    }

    /// <summary>The same of several networks that share text.</summary>
    [Fact]
    public void EverythingSharedIsCalled()
    {
        string source = "using GeneratedNetworks;\n" + string.Join("\n", Witnessed.Chains
            .SelectMany(chain => Witnessed.Of(chain).Where(network => network is { Unroll: "Auto", Profile: "Simd", Target: "net10.0" }).Take(3))
            .Select((network, index) => network.Source.Replace("using GeneratedNetworks;", "", StringComparison.Ordinal).Replace("class Net", "class Net" + index, StringComparison.Ordinal)));
        Assert.Empty(Unreached(GeneratorHarness.Run(source).AssertClean().Roots(_ => true)));
    }

    /// <summary>A method that nothing calls is found, and so is one that calls itself, or that another one calls which is not.</summary>
    [Fact]
    public void TheDeadAreFound() => Assert.Equal(
        ["method Again(1)", "method Dead(0)", "method Other(0)", "type Unused"],
        Unreached([EmittedText.Parse("""
            public partial class Net
            {
                public void Forward() { Gn.Run(1); }
                private abstract partial class Gn
                {
                    internal static void Run(int x) { Live<Used>(x); }
                    private static void Live<T>(int x) { }
                    private static void Dead() { Other(); }
                    private static void Other() { }
                    private static int Again(int x) { return Again(x - 1); }
                    private struct Used { }
                    private struct Unused { }
                }
            }
            """)]));

    /// <summary>Methods and types of a network's files that nothing leads to.</summary>
    internal static IReadOnlyList<string> Unreached(IEnumerable<SyntaxNode> files)
    {
        SyntaxNode[] roots = [.. files];
        MethodDeclarationSyntax[] methods = [.. roots.SelectMany(EmittedText.Declarations).OfType<MethodDeclarationSyntax>()];
        ILookup<string, MethodDeclarationSyntax> byKey = methods.ToLookup(Key);
        ILookup<string, MethodDeclarationSyntax> byName = methods.ToLookup(method => method.Identifier.Text);
        HashSet<string> names = [];
        Queue<SyntaxNode> open = new(roots.SelectMany(EmittedText.Declarations).Where(IsRoot));
        HashSet<SyntaxNode> reached = [.. open];
        while (open.Count > 0)
        {
            foreach (SimpleNameSyntax name in open.Dequeue().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                names.Add(name.Identifier.Text);
                SyntaxNode expression = name.Parent is MemberAccessExpressionSyntax member && member.Name == name ? member : name;
                IEnumerable<MethodDeclarationSyntax> called = expression.Parent is InvocationExpressionSyntax call && call.Expression == expression
                    ? byKey[$"{name.Identifier.Text}({call.ArgumentList.Arguments.Count})"]
                    : byName[name.Identifier.Text];
                foreach (MethodDeclarationSyntax method in called.Where(reached.Add))
                    open.Enqueue(method);
            }
        }

        IEnumerable<string> types = roots.SelectMany(EmittedText.Declarations).OfType<TypeDeclarationSyntax>()
            .Where(type => !IsOpen(type) && !names.Contains(type.Identifier.Text)).Select(type => "type " + type.Identifier.Text);
        return [.. methods.Where(method => !reached.Contains(method)).Select(method => "method " + Key(method)).Concat(types).Distinct().Order(StringComparer.Ordinal)];
    }

    private static string Key(MethodDeclarationSyntax method) => $"{method.Identifier.Text}({method.ParameterList.Parameters.Count})";

    /// <summary>Members that are there for others, and what is no method: initializers, constructors, properties, base lists.</summary>
    private static bool IsRoot(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.ExplicitInterfaceSpecifier is not null || (IsPublic(method.Modifiers) && method.Ancestors().OfType<TypeDeclarationSyntax>().All(IsOpen)),
        BaseListSyntax => true,
        MemberDeclarationSyntax and not (TypeDeclarationSyntax or BaseNamespaceDeclarationSyntax) => true,
        _ => false,
    };

    /// <summary>The user's class, of which a file has one part without modifiers, and the public ones in it.</summary>
    private static bool IsOpen(TypeDeclarationSyntax type) => IsPublic(type.Modifiers)
        || (type.Modifiers.Any(SyntaxKind.PartialKeyword) && type.Identifier.Text != "Gn" && !type.Modifiers.Any(SyntaxKind.PrivateKeyword));

    private static bool IsPublic(SyntaxTokenList modifiers) => modifiers.Any(SyntaxKind.PublicKeyword);
}
