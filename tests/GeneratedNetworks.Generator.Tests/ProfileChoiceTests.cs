using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Parsing;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Which profile a project gets, and why it may not have the one that it asks for.</summary>
public sealed class ProfileChoiceTests
{
    [Theory]
    [InlineData("Auto", "net10.0", 1400, "Simd", null)]
    [InlineData("Auto", "net8.0", 1200, "Simd", null)]
    [InlineData("Auto", "net8.0", 1100, "Scalar", null)]
    [InlineData("Auto", "net8.0", 900, "Scalar", null)]
    [InlineData("Auto", "net8.0", 800, "Basic", null)]
    [InlineData("Auto", "net8.0", 703, "Basic", null)]
    [InlineData("Auto", "net8.0", 702, "Basic", "GN0023")]
    [InlineData("Auto", "netstandard2.0", 1400, "Scalar", null)]
    [InlineData("Auto", "nanoFramework", 1400, "Basic", null)]
    [InlineData("Simd", "net8.0", 1200, "Simd", null)]
    [InlineData("Simd", "net8.0", 1100, "Scalar", "GN0023")]
    [InlineData("Simd", "netstandard2.0", 1400, "Scalar", "GN0024")]
    [InlineData("Scalar", "net10.0", 1400, "Scalar", null)]
    [InlineData("Scalar", "netstandard2.0", 800, "Basic", "GN0023")]
    [InlineData("Scalar", "nanoFramework", 1400, "Basic", "GN0024")]
    [InlineData("Basic", "net10.0", 1400, "Basic", null)]
    [InlineData("Basic", "nanoFramework", 703, "Basic", null)]
    [InlineData("Basic", "nanoFramework", 600, "Basic", "GN0023")]
    [InlineData("99", "net8.0", 1200, "Simd", null)]
    public void IsResolved(string requested, string target, int language, string profile, string? issue)
    {
        CompilerOptions options = Probe(Target.Named(target)) with { LanguageVersion = language };
        ProfileChoice choice = ProfileChoice.Resolve(System.Enum.Parse<Model.EmitProfile>(requested), options);
        Assert.Equal(profile, choice.Profile.ToString());
        Assert.Equal(issue, choice.Issue?.Id);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp7, 700)]
    [InlineData(LanguageVersion.CSharp7_3, 703)]
    [InlineData(LanguageVersion.CSharp12, 1200)]
    public void LanguageVersionIsRead(LanguageVersion version, int expected) =>
        Assert.Equal(expected, Probe(Target.Net100 with { Language = version }).LanguageVersion);

    [Theory]
    [InlineData(LanguageVersion.Preview)]
    [InlineData(LanguageVersion.Latest)]
    [InlineData(LanguageVersion.LatestMajor)]
    [InlineData(LanguageVersion.Default)]
    public void FloatingVersionsAreNew(LanguageVersion version) =>
        Assert.True(Probe(Target.Net100 with { Language = version }).LanguageVersion >= 1400);

    [Fact]
    public void TypesThatCannotBeUsedDoNotCount()
    {
        const string Source = "namespace System { struct Span<T> { } struct ReadOnlySpan<T> { } static class MemoryExtensions { } }";
        CompilerOptions own = Probe(Target.Nano with { Prelude = Source });
        Assert.True(own.HasSpan);
        Assert.False(own.HasInterfaces);
        Assert.Equal(new CompilerOptions(703, false, false, false, false) { Assembly = "Consumer", IsNano = true }, Probe(Target.Nano));
        Assert.Equal(new CompilerOptions(1200, true, true, false, true) { Assembly = "Consumer" }, Probe(Target.Net80));
        Assert.Equal(new CompilerOptions(1400, true, true, false, true) { Assembly = "Consumer" }, Probe(Target.Net100));
    }

    /// <summary>The attribute against clearing needs a project that allows unsafe code, and a runtime that has it.</summary>
    [Fact]
    public void UnsafeCodeAllowsScratchThatIsNotCleared()
    {
        Assert.True(Probe(Target.Net80, allowsUnsafe: true).SkipsLocalsInit);
        Assert.False(Probe(Target.Nano, allowsUnsafe: true).SkipsLocalsInit);
        const string Source = GeneratorHarness.Usings + "[GeneratedNetwork(3)] [Dense(4, Activation.Tanh)] partial class Net { }";
        Assert.Equal(3, Occurrences(GeneratorHarness.Run(Source, Target.Net80, options => options.WithAllowUnsafe(true))));
        Assert.Equal(0, Occurrences(GeneratorHarness.Run(Source, Target.Net80)));

        static int Occurrences(GeneratorRun run) => run.Output.SyntaxTrees.Sum(tree => tree.ToString().Split("[global::System.Runtime.CompilerServices.SkipLocalsInit]").Length - 1);
    }

    private static CompilerOptions Probe(Target target, bool allowsUnsafe = false)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile([""], target, options => options.WithAllowUnsafe(allowsUnsafe));
        return CompilerProbe.Read(compilation, compilation.SyntaxTrees[0].Options);
    }
}
