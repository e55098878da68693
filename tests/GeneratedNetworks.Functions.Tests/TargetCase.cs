using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Basic.Reference.Assemblies;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>One kind of generated text with the oldest language and library that it must compile against.</summary>
/// <param name="VectorBits">Of what it is run with: 0 for single numbers.</param>
/// <param name="IsShared">Whether it is the one text for any width, which an assembly's networks share.</param>
public sealed record TargetCase(string Name, int VectorBits, bool IsBasic, bool IsSingle, bool IsShared)
{
    public static IReadOnlyList<TargetCase> All { get; } =
    [
        .. from single in new[] { true, false }
           from form in new[]
           {
               ("Scalar", 0, false, false), ("Basic", 0, true, false),
               ("1", 0, false, true), ("128", 128, false, true), ("256", 256, false, true), ("512", 512, false, true),
           }
           select new TargetCase((single ? "float" : "double") + form.Item1, form.Item2, form.Item3, single, form.Item4),
        .. Reproducible,
    ];

    /// <summary>Those that must agree to the bit.</summary>
    public static IEnumerable<TargetCase> Reproducible =>
        from single in new[] { true, false }
        from form in new[] { ("Scalar", 0, false, false), ("Basic", 0, true, false), ("1", 0, false, true), ("128", 128, false, true), ("256", 256, false, true), ("512", 512, false, true) }
        select new TargetCase((single ? "float" : "double") + form.Item1 + "Reproducible", form.Item2, form.Item3, single, form.Item4) { IsReproducible = true };

    /// <summary>The functions of doubles that the plain loops call, by System.Math: accurate, but not in the last digits of the smallest numbers.</summary>
    public static TargetCase Plain { get; } = new("plain", 0, false, false, true);

    public static IEnumerable<string> Names => All.Select(c => c.Name);

    public static TargetCase Of(string name) => All.Single(c => c.Name == name);

    /// <summary>One form for all targets, no product fused into a sum.</summary>
    public bool IsReproducible { get; init; }

    internal NumericTarget Target => new(IsSingle ? Precision.Single : Precision.Double, VectorBits, IsBasic) { IsReproducible = IsReproducible };

    public LanguageVersion Language => IsBasic ? LanguageVersion.CSharp7_3 : IsShared ? LanguageVersion.CSharp12 : LanguageVersion.CSharp9;

    /// <summary>The oldest library that the text must compile against; what stands in for missing instructions has names of a newer one.</summary>
    public IEnumerable<MetadataReference> References => !IsShared ? ReferenceAssemblies.NetStandard20 : IsAccelerated ? ReferenceAssemblies.Net80 : Net100.References.All;

    /// <summary>Whether the processor has the instructions that the text is for.</summary>
    public bool IsAccelerated => VectorBits switch
    {
        512 => Avx512F.IsSupported,
        256 => Vector256.IsHardwareAccelerated && Fma.IsSupported,
        128 => Vector128.IsHardwareAccelerated,
        _ => true,
    };

    /// <summary>Whether a sweep takes every value.</summary>
    /// <remarks>Fewer where every lane is a call, hundreds of times slower.</remarks>
    public bool TakesAll => IsReproducible ? VectorBits == 256 && IsAccelerated : !IsBasic && IsAccelerated;

    /// <summary>The helpers that exist for the target: those of initialisation and the logarithm of a sum are scalar, tables are members of the widest vector.</summary>
    public IEnumerable<string> Helpers => FunctionLibrary.Names.Where(name => name switch
    {
        "Cos" or "Log" or "Power" or "Sqrt" => !IsShared || this == Plain,
        "ExpParts" or "TableEntry" or "TanhByTable" or "ScaledExpByTable" => false,
        _ => true,
    });

    public bool Has(string helper) => Helpers.Contains(helper);

    public override string ToString() => Name;

    private static class ReferenceAssemblies
    {
        public static IEnumerable<MetadataReference> NetStandard20 => Basic.Reference.Assemblies.NetStandard20.References.All;

        public static IEnumerable<MetadataReference> Net80 => Basic.Reference.Assemblies.Net80.References.All;
    }
}
