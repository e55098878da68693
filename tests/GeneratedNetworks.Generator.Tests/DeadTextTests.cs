using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Tests.Witness;
using Microsoft.CodeAnalysis;
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
        EmittedUses[] uses = [.. files.Select(EmittedUses.Of)];
        ILookup<string, MethodDeclarationSyntax> byKey = uses.SelectMany(file => file.Methods).ToLookup(EmittedUses.Key);
        ILookup<string, MethodDeclarationSyntax> byName = uses.SelectMany(file => file.Methods).ToLookup(method => method.Identifier.Text);
        HashSet<string> names = [];
        Queue<(EmittedUses File, SyntaxNode Node)> open = new(uses.SelectMany(file => file.Roots.Select(root => (file, root))));
        HashSet<SyntaxNode> reached = [.. open.Select(pair => pair.Node)];
        Dictionary<SyntaxTree, EmittedUses> fileOf = uses.ToDictionary(file => file.Tree);
        while (open.TryDequeue(out (EmittedUses File, SyntaxNode Node) next))
        {
            foreach ((string name, string? call) in next.File.In(next.Node))
            {
                names.Add(name);
                foreach (MethodDeclarationSyntax method in (call is null ? byName[name] : byKey[call]).Where(reached.Add))
                    open.Enqueue((fileOf[method.SyntaxTree], method));
            }
        }

        IEnumerable<string> types = uses.SelectMany(file => file.Types)
            .Where(type => !EmittedUses.IsOpen(type) && !names.Contains(type.Identifier.Text)).Select(type => "type " + type.Identifier.Text);
        return
        [
            .. uses.SelectMany(file => file.Methods).Where(method => !reached.Contains(method))
                .Select(method => "method " + EmittedUses.Key(method)).Concat(types).Distinct().Order(StringComparer.Ordinal),
        ];
    }
}
