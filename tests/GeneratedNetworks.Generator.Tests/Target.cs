using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>A consumer's project: what it references, its C# version, and source that every file of it may count on.</summary>
public sealed record Target(string Name, LanguageVersion Language, IReadOnlyList<MetadataReference> References, string Prelude = "")
{
    /// <summary>The newest that the tests run on.</summary>
    public static readonly Target Net100 = new("net10.0", LanguageVersion.CSharp14,
        [.. Basic.Reference.Assemblies.Net100.References.All, MetadataReference.CreateFromFile(typeof(GeneratedNetworkAttribute).Assembly.Location)]);

    /// <summary>The least that profile Simd promises to run on.</summary>
    public static readonly Target Net80 = new("net8.0", LanguageVersion.CSharp12,
        [.. Basic.Reference.Assemblies.Net80.References.All, File("net8.0/GeneratedNetworks.dll")]);

    /// <summary>The least that profile Scalar promises to run on.</summary>
    public static readonly Target NetStandard20 = new("netstandard2.0", LanguageVersion.CSharp9,
    [
        .. Basic.Reference.Assemblies.NetStandard20.References.All,
        File("netstandard2.0/System.Memory.dll"),
        File("netstandard2.0/GeneratedNetworks.dll"),
    ]);

    /// <summary>The least that profile Basic promises to run on: one library, and the attributes declared by the user.</summary>
    public static readonly Target Nano = new("nanoFramework", LanguageVersion.CSharp7_3, [File("nano/mscorlib.dll")], NanoAttributes.Text);

    public static IEnumerable<Target> All => [Net100, Net80, NetStandard20, Nano];

    public static Target Named(string name) => All.Single(target => target.Name == name);

    public override string ToString() => Name;

    private static PortableExecutableReference File(string path) =>
        MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, "references", path));
}
