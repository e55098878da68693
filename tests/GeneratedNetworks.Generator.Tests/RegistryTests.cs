using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Issues;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Tables that say the same thing twice say the same thing.</summary>
public sealed class RegistryTests
{
    public static TheoryData<Type, Type> Enums => new()
    {
        { typeof(Padding), typeof(Model.Padding) },
        { typeof(Precision), typeof(Model.Precision) },
        { typeof(EmitProfile), typeof(Model.EmitProfile) },
        { typeof(Unroll), typeof(Model.Unroll) },
        { typeof(Numerics), typeof(Model.Numerics) },
        { typeof(Activation), typeof(Model.Activation) },
        { typeof(Loss), typeof(Model.Loss) },
        { typeof(Optimizer), typeof(Model.Optimizer) },
        { typeof(Reduction), typeof(Model.Reduction) },
        { typeof(Initializer), typeof(Model.Initializer) },
        { typeof(WeightOrder), typeof(Model.WeightOrder) },
    };

    [Theory]
    [MemberData(nameof(Enums))]
    public void TheGeneratorsEnumsMirrorThePublicOnes(Type published, Type mirror)
    {
        Assert.Equal(Enum.GetNames(published), Enum.GetNames(mirror));
        Assert.Equal(Values(published), Values(mirror));

        static IEnumerable<int> Values(Type type) => Enum.GetValues(type).Cast<object>().Select(value => (int)value);
    }

    [Fact]
    public void EmittedMembersAreThoseThatAreReserved()
    {
        // Between them they take every path: scratch on and beyond the stack, one sample and many.
        string[] networks =
        [
            "[GeneratedNetwork(4)] [Dense(3, Activation.Tanh)] [Dense(2)] [Training(Loss.Huber)]",
            "[GeneratedNetwork(4)] [Dense(20000, Activation.Gelu)] [Dropout(0.5)] [Dense(30)] [Dense(3, Activation.Softmax)]"
                + " [Training(Loss.CrossEntropy, Optimizer.AdamW, InputGradients = true)]",
            "[GeneratedNetwork(2)] [Dense(4)] [Dense(1)] [Weights(\"xor.safetensors\")]",
            "[GeneratedNetwork(2)] [Normalize] [Dense(4, Activation.Gelu)] [Normalize] [Dense(1)]",
        ];
        HashSet<string> emitted = [];
        HashSet<string> reserved = [];
        foreach ((Target target, Model.EmitProfile profile) in new[]
        {
            (Target.Net80, Model.EmitProfile.Simd), (Target.NetStandard20, Model.EmitProfile.Scalar), (Target.Nano, Model.EmitProfile.Basic),
        })
        {
            string[] names =
            [
                .. networks
                    .Select(network => GeneratorHarness.Usings + network + " public partial class Net { }")
                    .Select(source => GeneratorHarness.Run(source, target, null, ModelTexts.Xor).AssertClean())
                    .SelectMany(run => run.Output.GetTypeByMetadataName("Net")!.GetMembers())
                    .Where(member => !member.IsImplicitlyDeclared && !member.Name.Contains('.', StringComparison.Ordinal) || member.Name == ".ctor")
                    .Select(member => member.Name),
            ];
            IEnumerable<Model.EmittedMember> members = Model.EmittedMembers.Of(profile, Model.Precision.Single, training: true, isStatic: false, normalizes: true);
            string[] known = [.. members.Select(member => member.Name)];
            Assert.Empty(names.Except(known));
            emitted.UnionWith(names);
            reserved.UnionWith(known);
        }

        Assert.Empty(reserved.Except(emitted));
    }

    [Fact]
    public void NoEmittedMemberHidesATypeThatAttributesName() => Assert.Empty(
        Model.EmittedMembers.Of(Model.EmitProfile.Simd, Model.Precision.Single, training: true, isStatic: false, normalizes: true)
            .Select(member => member.Name)
            .Intersect(Enums.Select(row => row.Data.Item1.Name)));

    [Fact]
    public void EveryPublicEnumHasAMirror() => Assert.Equal(
        typeof(GeneratedNetworkAttribute).Assembly.GetExportedTypes()
            .Where(type => type.IsEnum && Attributes.SelectMany(Surface).Select(used => Nullable.GetUnderlyingType(used) ?? used).Contains(type))
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal),
        Enums.Select(row => row.Data.Item1.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void EveryIdHasADescriptorAPageAReleaseAndATest()
    {
        string[] ids = [.. typeof(IssueIds).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal)];
        Assert.Equal(ids, DiagnosticDescriptors.All.Select(descriptor => descriptor.Id).Order(StringComparer.Ordinal));
        IEnumerable<string?> pages = Directory.EnumerateFiles(Repository.PathOf("generator/Help"), "GN*.md").Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(ids, pages.Order(StringComparer.Ordinal)!);

        string releases = Repository.Read("generator/AnalyzerReleases.Shipped.md") + Repository.Read("generator/AnalyzerReleases.Unshipped.md");
        string tests = string.Concat(
            new[] { "Diagnostic", "Analyzer", "Embedding", "NanoLimit", "Budget" }.Select(subject => Repository.Read($"tests/GeneratedNetworks.Generator.Tests/{subject}Tests.cs")));
        foreach (DiagnosticDescriptor descriptor in DiagnosticDescriptors.All)
        {
            string release = $"\n{descriptor.Id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}\n";
            Assert.Contains(release, releases, StringComparison.Ordinal);
            Assert.Contains($"public void {descriptor.Id}_", tests.Replace("async Task", "void", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Equal(DiagnosticDescriptors.HelpFolder + descriptor.Id + ".md", descriptor.HelpLinkUri);
            string page = Repository.Read($"generator/Help/{descriptor.Id}.md");
            Assert.StartsWith($"# {descriptor.Id}: {descriptor.Title}\n", page, StringComparison.Ordinal);
            Assert.Contains("```csharp", page, StringComparison.Ordinal);
            Assert.Contains("## Fix\n", page, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<Type> Attributes =>
        typeof(GeneratedNetworkAttribute).Assembly.GetExportedTypes().Where(type => typeof(Attribute).IsAssignableFrom(type));

    private static IEnumerable<Type> Surface(Type attribute) => attribute.GetProperties().Select(property => property.PropertyType);
}
