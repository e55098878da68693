using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Testing;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>The network of samples/Inspect, as the generator of today makes it.</summary>
public class InspectTests
{
    [Fact]
    public void TheSamplesNetworkIsAsPinned()
    {
        GeneratorRun run = GeneratorHarness.Run(Repository.Read("samples/Inspect/XorNet.cs")).AssertClean();
        IEnumerable<KeyValuePair<string, string>> files = run.Files.Select(file => KeyValuePair.Create(file.Name, file.Text));
        PinnedCode code = new(files, Repository.PathOf("samples/Inspect/Pinned"), "Inspect.XorNet.g.cs");
        Assert.Single(code.Names);
        if (Snapshot.IsUpdate)
            code.Accept();
        IReadOnlyList<string> differences = code.Compare();
        Assert.True(differences.Count == 0, "UPDATE_SNAPSHOTS=1 accepts this:\n" + string.Concat(differences));
    }

    [Fact]
    public void HoverShowsTheUsersSummaryAndTheTable()
    {
        GeneratorRun run = GeneratorHarness.Run(Repository.Read("samples/Inspect/XorNet.cs"));
        INamedTypeSymbol network = run.Output.GetTypeByMetadataName("Inspect.XorNet")!;
        string text = Documentation(network);
        Assert.Contains("Two bits to the probability that they differ.", text, StringComparison.Ordinal);
        Assert.Contains("dense1 tanh", text, StringComparison.Ordinal);
        INamedTypeSymbol trainer = Assert.Single(network.GetTypeMembers("Trainer"));
        Assert.All(
            network.GetMembers().Concat(trainer.GetMembers())
                .Where(member => member.DeclaredAccessibility == Accessibility.Public && member is not IMethodSymbol { AssociatedSymbol: not null }),
            member => Assert.Contains("<summary>", Documentation(member), StringComparison.Ordinal));

        static string Documentation(ISymbol symbol) => symbol.GetDocumentationCommentXml(cancellationToken: TestContext.Current.CancellationToken) ?? "";
    }
}
