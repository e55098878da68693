using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Emitted names get in nobody's way: not in another assembly, not in the user's class, not in the namespace around it.</summary>
public sealed class NameTests
{
    private const string Network = "[GeneratedNetwork(8{0})] [Dense(16, Activation.Tanh)] [Dense(3)] [Training(Loss.MeanSquaredError, Optimizer.Sgd)]";

    /// <summary>What a reader of the emitted text might fear to share a name with.</summary>
    private const string Members = """
            public int Initialize(int seed) => seed + 1;
            public string Names => "a";
            public float[] Scratch = new float[1];
            public static int Kernels() => 2;
            public ulong Mix(ulong z) => z;
            public class Memory { public int First; }
            public enum Layout { None }
            public sealed class On512 { }
            public int Parameters { get; set; }
            public static class Functions { public static float Relu(float z) => z; }
        """;

    /// <summary>Trains for some steps and says what became of the loss.</summary>
    private const string Use = """
        public static class User
        {
            public static string Run()
            {
                Net net = new Net(1);
                Net.Trainer trainer = new Net.Trainer(net);
                trainer.LearningRate = 0.1f;
                float[] x = new float[16], t = new float[6];
                for (int i = 0; i < x.Length; i++)
                    x[i] = i % 5 - 2;
                for (int i = 0; i < t.Length; i++)
                    t[i] = i % 3 - 1;
                float before = trainer.Loss(x, t);
                for (int step = 0; step < 200; step++)
                    trainer.Step(x, t);
                float after = trainer.Loss(x, t);
                int own = net.Initialize(1) + net.Names.Length + net.Scratch.Length + Net.Kernels() + (int)net.Mix(3) + new Net.Memory().First + (int)Net.Layout.None + (int)Net.Functions.Relu(4);
                return own + (after < 0.1f * before ? " learned" : " " + before + " " + after);
            }
        }
        """;

    /// <summary>Types that emitted text could mean another of.</summary>
    private static readonly string[] Types = ["Vector512", "Vector256", "Vector128", "Unsafe", "Math", "Functions", "Gn", "Span", "MemoryMarshal", "IWidth", "W512", "Single"];

    [Theory]
    [InlineData("net10.0")]
    [InlineData("net8.0")]
    public void FriendAssembliesEachHaveTheirNetworks(string target)
    {
        CSharpCompilation first = Create("First", target, $$"""
            using GeneratedNetworks;
            [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Second")]
            namespace One { {{Declare("")}} internal partial class Net { } }
            """);
        MemoryStream image = new();
        Assert.True(first.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        PortableExecutableReference reference = MetadataReference.CreateFromImage(image.ToArray());
        CSharpCompilation second = Create("Second", target, $$"""
            using GeneratedNetworks;
            namespace Two { {{Declare("")}} public partial class Net { } {{Declare(", Precision = Precision.Double")}} public partial class Other { } }
            public class Both { internal One.Net First = new One.Net(); public Two.Net Second = new Two.Net(); public Two.Other Third = new Two.Other(); }
            """, reference);

        // The internals are seen indeed: without that there would be nothing to get in the way.
        Assert.NotNull(second.GetTypeByMetadataName("One.Net"));
        INamespaceSymbol shared = Assert.Single(second.GlobalNamespace.GetNamespaceMembers(), space => space.Name == "GeneratedNetworks")
            .GetNamespaceMembers().Single(space => space.Name == "Generated");
        // Emitted text silences the warning of two types of one name, which a name of its own for each assembly makes needless.
        Assert.Equal(2, shared.GetTypeMembers().Select(type => type.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("Simd")]
    [InlineData("Scalar")]
    [InlineData("Basic")]
    public void AClassKeepsItsMembers(string profile)
    {
        CSharpCompilation compilation = Create("Members" + profile, "net10.0", $$"""
            using GeneratedNetworks;
            {{Declare($", Emit = EmitProfile.{profile}")}}
            public partial class Net
            {
            {{Members}}
            }
            {{Use}}
            """);
        MemoryStream image = new();
        Assert.True(compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        image.Position = 0;
        AssemblyLoadContext context = new("members", isCollectible: true);
        object? said = context.LoadFromStream(image).GetType("User")!.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, null);
        Assert.Equal("13 learned", said);
        context.Unload();
    }

    /// <summary>Where nothing else can stand in the same compilation.</summary>
    private static readonly string[] Places =
    [
        "NET",
        "public partial class Outer { NET }",
        "namespace Space { internal partial class Outer { public partial class Inner { NET } } }",
        "namespace GeneratedNetworks.Generated { NET }",
        "namespace GeneratedNetworks { NET }",
        "namespace Space.Functions { NET }",
    ];

    /// <summary>A namespace beside others, with a type that gets in the way of what stands in it alone.</summary>
    private static readonly string[] Neighbors =
    [
        .. Types.Select(type => $"public class {type} {{ }} NET"),
        .. Types.Select(type => $"public static class {type} {{ }} public partial class Outer {{ NET }}"),
    ];

    /// <summary>One compilation for all neighbors of a target: what networks share is large, and the same for each.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<CSharpCompilation>> Neighborhoods = new(StringComparer.Ordinal);

    public static IEnumerable<TheoryDataRow<string, string>> PlacesOfTargets => OfTargets(Places);

    public static IEnumerable<TheoryDataRow<string, string>> NeighborsOfTargets => OfTargets(Neighbors);

    [Theory]
    [MemberData(nameof(PlacesOfTargets))]
    public void StandsAnywhere(string target, string place) => Create("Place", target, "using GeneratedNetworks;\n" + Fill(place));

    [Theory]
    [MemberData(nameof(NeighborsOfTargets))]
    public void StandsBesideTypesOfAnyName(string target, string place)
    {
        CSharpCompilation all = Neighborhoods.GetOrAdd(target, name => new(() => Create(
            "Places", name, "using GeneratedNetworks;\n" + string.Join("\n", Neighbors.Select((text, index) => $"namespace Space{index} {{ {Fill(text)} }}"))))).Value;
        string net = $"Space{Array.IndexOf(Neighbors, place)}.{(place.Contains("Outer", StringComparison.Ordinal) ? "Outer+" : "")}Net";
        Assert.NotEmpty(all.GetTypeByMetadataName(net)!.GetMembers("Forward"));
    }

    private static IEnumerable<TheoryDataRow<string, string>> OfTargets(string[] places) =>
        from target in new[] { "net10.0", "net8.0", "netstandard2.0" }
        from place in places
        select new TheoryDataRow<string, string>(target, place);

    private static string Fill(string place) => place.Replace("NET", $"{Declare("")} public partial class Net {{ }}", StringComparison.Ordinal);

    private static string Declare(string arguments) => string.Format(Network, arguments);

    /// <summary>An assembly with its generated half, about which nobody has anything to say.</summary>
    private static CSharpCompilation Create(string name, string target, string source, params MetadataReference[] references)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile([source], Target.Named(target), options => options.WithWarningLevel(9999).WithOverflowChecks(false))
            .WithAssemblyName(name).AddReferences(references);
        GeneratorHarness.CreateDriver(compilation).RunGeneratorsAndUpdateCompilation(
            compilation, out Compilation output, out ImmutableArray<Diagnostic> generator, TestContext.Current.CancellationToken);
        Assert.Empty(generator);
        Diagnostic[] found = [.. output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
        Assert.True(found.Length == 0, string.Join("\n", found.Take(5).Select(GeneratorRun.Describe)));
        Assert.True(output.SyntaxTrees.Count() > compilation.SyntaxTrees.Length, "nothing was generated");
        return (CSharpCompilation)output;
    }
}
