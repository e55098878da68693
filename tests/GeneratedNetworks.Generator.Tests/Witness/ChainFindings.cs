using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Library;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GeneratedNetworks.Generator.Tests.Witness;

/// <summary>What is found in the files of all networks of one chain, which are generated once for all tests that ask.</summary>
/// <param name="FalseClaims">What headers say and the text does not bear out.</param>
/// <param name="Dead">What nobody calls, and the first network that has it.</param>
/// <param name="Shared">The methods that the networks share, as text, each once: most networks take the same.</param>
internal sealed record ChainFindings(
    IReadOnlyList<string> FalseClaims, IReadOnlyDictionary<string, string> Dead, IReadOnlyCollection<string> Shared)
{
    private static readonly ConcurrentDictionary<string, Lazy<ChainFindings>> Cache = new(StringComparer.Ordinal);

    /// <summary>The findings of a chain, such as "8-32-3".</summary>
    public static ChainFindings Of(string chain) => Cache.GetOrAdd(chain, sizes => new(() => Find([.. sizes.Split('-').Select(int.Parse)]))).Value;

    private static ChainFindings Find(int[] sizes)
    {
        List<string> faults = [];
        SortedDictionary<string, string> dead = new(StringComparer.Ordinal);
        Dictionary<string, SyntaxNode> libraries = new(StringComparer.Ordinal);
        HashSet<string> shared = new(StringComparer.Ordinal);
        foreach (Witnessed network in Witnessed.Of(sizes))
        {
            GeneratorRun run = GeneratorHarness.Run(network.Source, Target.Named(network.Target));
            Assert.True(run.Crash is null && run.GeneratorDiagnostics.IsEmpty, $"{network}: {run.Crash}{run.GeneratorDiagnostics.FirstOrDefault()}");
            HeaderTests.Check(network, run, faults);
            IEnumerable<SyntaxNode> roots = run.Roots(name => name != LibraryFile.HintName);
            if (run.Files.SingleOrDefault(file => file.Name == LibraryFile.HintName).Text is { } library)
            {
                if (!libraries.TryGetValue(library, out SyntaxNode? root))
                {
                    libraries.Add(library, root = EmittedText.Parse(library));
                    shared.UnionWith(EmittedUses.Of(root).Methods.Select(method => library.Substring(method.SpanStart, method.Span.Length)));
                }

                roots = roots.Append(root);
            }

            if (network.Unroll == "Auto")
            {
                foreach (string name in DeadTextTests.Unreached(roots))
                    dead.TryAdd(name, network.ToString());
            }
        }

        return new(faults, dead, shared);
    }
}
