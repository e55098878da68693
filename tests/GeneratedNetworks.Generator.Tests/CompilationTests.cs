using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>What is emitted compiles without a warning on the least that its profile promises, whatever stands around it.</summary>
public sealed class CompilationTests
{
    private const string Intrinsics = "System.Runtime.Intrinsics";
    private const System.StringComparison Ordinal = System.StringComparison.Ordinal;

    private static readonly string[] Networks =
    [
        "[GeneratedNetwork(2)] [Dense(1)]",
        "[GeneratedNetwork(3)] [Dense(4, Activation.Tanh)] [Dense(1, Activation.Sigmoid)] [Training(Loss.BinaryCrossEntropy, Optimizer.Adam)]",
        "[GeneratedNetwork(28, 28, 1)] [Dense(128, Activation.Relu)] [Dropout(0.5)] [Dense(10, Activation.Softmax)]"
            + " [Training(Loss.CrossEntropy, Optimizer.AdamW)]",
        "[GeneratedNetwork(8, Precision = Precision.Double)] [Dense(32, Activation.GeluTanh)] [Activation(Activation.Mish)] [Dense(4)]"
            + " [Training(Loss.Huber, Optimizer.RmsProp, Reduction = Reduction.Sum, InputGradients = true)]",
        "[GeneratedNetwork(6)] [Dense(16, Activation.Gelu, Frozen = true)] [Dense(5, UseBias = false, Name = \"outputs\")]"
            + " [Activation(Activation.LogSoftmax)] [Training(Loss.CrossEntropy, Optimizer.Nesterov)]",
        "[GeneratedNetwork(6, 2)] [Gru(8)] [Normalize] [Dense(1)] [Training(Loss.MeanSquaredError)]",
        "[GeneratedNetwork(5, 2)] [Lstm(8, Frozen = true)] [Dense(1)] [Training(Loss.MeanSquaredError)]",
        "[GeneratedNetwork(6, Streaming = true)] [Embedding(9, 3)] [Gru(5, ReturnSequences = true)] [Lstm(3, ReturnSequences = true)] [Normalize] [Dense(9, Activation.Softmax, PerStep = true)]"
            + " [Training(Loss.CrossEntropy, Optimizer.Adam)]",
        "[GeneratedNetwork(8, 8, 1)] [Conv2D(4, 3, Activation.Relu, Padding = Padding.Same)] [MaxPool2D(2)] [BatchNorm] [Dense(3, Activation.Softmax)] [Training(Loss.CrossEntropy)]",
    ];

    /// <summary>A class for every type that a using directive of the emitted text could mean.</summary>
    private static readonly string Imported = string.Join(" ", typeof(Vector128).Assembly.GetExportedTypes()
        .Where(type => type.Namespace is "System.Runtime.CompilerServices" || type.Namespace?.StartsWith(Intrinsics, Ordinal) == true)
        .Where(type => type is { IsNested: false, IsGenericType: false } && !type.Name.EndsWith("Attribute", Ordinal))
        .Select(type => type.Name)
        .Distinct()
        .Select(name => $"public class {name} {{ }}"));

    public static IEnumerable<TheoryDataRow<string, int>> Matrix =>
        from target in Target.All
        from network in Enumerable.Range(0, Networks.Length)
        select new TheoryDataRow<string, int>(target.Name, network);

    [Theory]
    [MemberData(nameof(Matrix))]
    public void CompilesWithoutAWarning(string target, int network)
    {
        GeneratorRun run = GeneratorHarness.Run(Consumer(Networks[network]), Target.Named(target), Strict).AssertClean();
        Assert.Contains("Forward", run.SingleFile, Ordinal);
    }

    /// <summary>Vectors and spans without the runtime package, as the text is that <c>gennet emit</c> writes: it names nothing of it.</summary>
    [Theory]
    [InlineData("net10.0", "Simd")]
    [InlineData("net8.0", "Simd")]
    [InlineData("netstandard2.0", "Scalar")]
    public void CompilesWithoutTheRuntimePackage(string target, string profile)
    {
        Target bare = Target.Named(target);
        bare = bare with
        {
            References = [.. bare.References.Where(reference => reference.Display?.EndsWith("GeneratedNetworks.dll", Ordinal) != true)],
            Prelude = NanoAttributes.Text,
        };
        foreach (string network in Networks)
        {
            GeneratorRun run = GeneratorHarness.Run(Consumer(network), bare, Strict).AssertClean();
            Assert.Contains("profile " + profile, run.SingleFile, Ordinal);
            Assert.All(run.Files, file => Assert.DoesNotContain("global::GeneratedNetworks.", file.Text.Replace("global::GeneratedNetworks.Generated.", "", Ordinal), Ordinal));
        }
    }

    [Theory]
    [InlineData("net10.0")]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public void CompilesInANullableProject(string target)
    {
        GeneratorHarness.Run(Consumers(Networks), Target.Named(target), Nullable).AssertClean();

        static CSharpCompilationOptions Nullable(CSharpCompilationOptions options) =>
            Strict(options).WithNullableContextOptions(NullableContextOptions.Enable);
    }

    [Theory]
    [InlineData("Scalar")]
    [InlineData("Basic")]
    public void LowerProfilesCompileOnTheNewestTarget(string profile)
    {
        GeneratorHarness.Run(Consumers(Networks.Select(network => ForceProfile(network, profile))), Target.Net100, Strict).AssertClean();
    }

    [Theory]
    [InlineData("net10.0")]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    [InlineData("nanoFramework")]
    public void CompilesBesideTypesOfAnyName(string target)
    {
        string[] sources = [.. Networks.Select((network, index) => $$"""
                namespace Space{{index}}.System { public class Math { } public class Span { } }
                namespace Space{{index}}
                {
                    using GeneratedNetworks;
                    public class Trainer { } public class Exception { } public class MathF { } public class Math { }
                    public class Span { } public class ArgumentException { } public class Buffer { } public class GC { }
                    public class Array { } public class MemoryExtensions { } public class Convert { }
                    {{Imported}}
                    {{Qualify(network)}}
                    public partial class Net
                    {
                        public int System;
                        public int Loss;
                        public int Math() { return System + Loss; }
                        public class Single { }
                        public class Double { }
                        public class GeneratedNetworks { }
                    }
                }
                """)];
        GeneratorHarness.Run(sources, Target.Named(target), Strict).AssertClean();
    }

    [Theory]
    [InlineData("private static int Unsafe => 1;")]
    [InlineData("private sealed class Vector128 { }")]
    public void CompilesBesideMembersOfAnyName(string member) => GeneratorHarness.Run(
        $$"""using GeneratedNetworks; {{Networks[1]}} public partial class Net { {{member}} }""").AssertNoErrors();

    [Theory]
    [InlineData("Loss", "net10.0")]
    [InlineData("System", "net10.0")]
    [InlineData("GeneratedNetworks", "net10.0")]
    [InlineData("Math", "netstandard2.0")]
    [InlineData("network1", "net10.0")]
    [InlineData("Step", "nanoFramework")]
    public void CompilesUnderAnyName(string name, string target)
    {
        string[] sources = [.. Networks.Select((network, index) => $$"""
            namespace Space{{index}}.Inner
            {
                using global::GeneratedNetworks;
                {{Qualify(network)}}
                public partial class {{name}} { }
            }
            """)];
        GeneratorHarness.Run(sources, Target.Named(target), Strict).AssertClean();
    }

    [Theory]
    [InlineData("net10.0", "Vector256")]
    [InlineData("netstandard2.0", "ReadOnlySpan")]
    [InlineData("nanoFramework", "float[]")]
    public void TheProfileIsChosenFromTheProject(string target, string sign) =>
        Assert.Contains(sign, GeneratorHarness.Run(Consumer(Networks[2]), Target.Named(target)).KernelsFile, Ordinal);

    [Fact]
    public void WithoutTrainingNoTrainingCodeIsEmitted()
    {
        string text = GeneratorHarness.Run(Consumer(Networks[0])).SingleFile;
        Assert.DoesNotContain("Trainer", text, Ordinal);
        Assert.DoesNotContain("Backward", text, Ordinal);
    }

    [Fact]
    public void AClassThatDerivesFromANetworkCompiles() => GeneratorHarness.Run(GeneratorHarness.Usings
        + $$"""{{Networks[1]}} public partial class First { } {{Networks[1]}} public partial class Net : First { }""", null, Strict).AssertClean();

    /// <summary>A file for each, in a namespace of its own: in one compilation, what they share is bound once.</summary>
    private static string[] Consumers(IEnumerable<string> networks) =>
        [.. networks.Select((network, index) => Consumer(network).Replace("Space", "Space" + index, Ordinal))];

    private static string Consumer(string network) => $$"""
        using GeneratedNetworks;
        namespace Space.Inner
        {
            {{network}}
            public partial class Net
            {
            }
        }
        """;

    /// <summary>An attribute's arguments are looked up in the class that it stands on first.</summary>
    private static string Qualify(string network) => new[] { "Activation.", "Loss.", "Optimizer.", "Precision.", "Reduction." }.Aggregate(
        network, (text, type) => text.Replace(type, "global::GeneratedNetworks." + type, Ordinal));

    private static string ForceProfile(string network, string profile)
    {
        int close = network.IndexOf(")]", Ordinal);
        return network.Insert(close, $", Emit = EmitProfile.{profile}");
    }

    private static CSharpCompilationOptions Strict(CSharpCompilationOptions options) =>
        options.WithOverflowChecks(true).WithAllowUnsafe(false).WithGeneralDiagnosticOption(ReportDiagnostic.Error).WithWarningLevel(9999);
}
