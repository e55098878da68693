using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Behind the parser nothing knows Roslyn, and nothing knows a stage that comes after it.</summary>
public sealed class DependencyTests
{
    /// <summary>Each stage and the stages that it may not know.</summary>
    public static TheoryData<string, string> Forbidden => new()
    {
        { "Model", "Microsoft.CodeAnalysis|Parsing|Layers|Graph|Planning|Emit" },
        { "Functions", "Microsoft.CodeAnalysis|Parsing|Planning" },
        { "Layers", "Microsoft.CodeAnalysis|Parsing|Emit" },
        { "Graph", "Microsoft.CodeAnalysis|Parsing|Emit" },
        { "Planning", "Microsoft.CodeAnalysis|Parsing|Emit" },
        { "Emit", "Microsoft.CodeAnalysis|Parsing" },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void FilesDoNotImport(string stage, string forbidden)
    {
        string folder = Repository.PathOf($"generator/{stage}");
        string[] files = [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)];
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            foreach (string line in File.ReadLines(file).Where(line => line.StartsWith("using ", StringComparison.Ordinal)))
            {
                string imported = line["using ".Length..].TrimEnd(';').Replace("static ", "", StringComparison.Ordinal);
                Assert.False(IsForbidden(imported, forbidden), $"{Path.GetFileName(file)}: {line}");
            }

            Assert.DoesNotContain("Microsoft.CodeAnalysis", File.ReadAllText(file), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void SignaturesDoNotMention(string stage, string forbidden)
    {
        const BindingFlags Everything =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        Type[] types = [.. typeof(NetworkGenerator).Assembly.GetTypes().Where(type => IsIn(type, stage))];
        Assert.NotEmpty(types);
        foreach (Type type in types)
        {
            IEnumerable<Type> mentioned = type.GetFields(Everything).Select(field => field.FieldType)
                .Concat(type.GetMethods(Everything).Select(method => method.ReturnType))
                .Concat(type.GetMethods(Everything).SelectMany(Taken))
                .Concat(type.GetConstructors(Everything).SelectMany(Taken))
                .Concat(type.GetInterfaces());
            if (type.BaseType is not null)
                mentioned = mentioned.Append(type.BaseType);
            foreach (Type other in mentioned.SelectMany(Parts))
                Assert.False(other.Namespace is { } name && IsForbidden(name, forbidden), $"{type} mentions {other}");
        }
    }

    [Fact]
    public void GeneratorReferencesRoslynAndTheStandardLibraryOnly() => Assert.All(
        typeof(NetworkGenerator).Assembly.GetReferencedAssemblies(),
        reference => Assert.Contains(reference.Name, new[]
        {
            "netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "System.Memory",
        }));

    private static bool IsForbidden(string name, string forbidden) => forbidden.Split('|').Any(part =>
        part.Contains('.', StringComparison.Ordinal)
            ? name.StartsWith(part, StringComparison.Ordinal)
            : (name + ".").StartsWith($"GeneratedNetworks.Generator.{part}.", StringComparison.Ordinal));

    private static bool IsIn(Type type, string stage) =>
        ((type.Namespace ?? "") + ".").StartsWith($"GeneratedNetworks.Generator.{stage}.", StringComparison.Ordinal);

    private static IEnumerable<Type> Taken(MethodBase method) => method.GetParameters().Select(parameter => parameter.ParameterType);

    private static IEnumerable<Type> Parts(Type type) =>
        type.GetGenericArguments().SelectMany(Parts).Concat(type.HasElementType ? Parts(type.GetElementType()!) : []).Append(type);
}
