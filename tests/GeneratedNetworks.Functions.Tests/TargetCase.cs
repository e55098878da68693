using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using Basic.Reference.Assemblies;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>One kind of generated text with the oldest language and library that it must compile against.</summary>
public sealed record TargetCase(string Name, int VectorBits, bool HasMultiplyAddEstimate, bool IsBasic, bool IsSingle)
{
    public static IReadOnlyList<TargetCase> All { get; } =
    [
        .. from single in new[] { true, false }
           from form in new[]
           {
               ("Scalar", 0, false, false), ("Basic", 0, false, true),
               ("128", 128, true, false), ("256", 256, true, false), ("512", 512, true, false),
               ("128net8", 128, false, false), ("256net8", 256, false, false), ("512net8", 512, false, false),
           }
           select new TargetCase((single ? "float" : "double") + form.Item1, form.Item2, form.Item3, form.Item4, single),
    ];

    public static IEnumerable<string> Names => All.Select(c => c.Name);

    public static TargetCase Of(string name) => All.Single(c => c.Name == name);

    internal NumericTarget Target => new(IsSingle ? Precision.Single : Precision.Double, VectorBits, HasMultiplyAddEstimate, IsBasic);

    public LanguageVersion Language => IsBasic ? LanguageVersion.CSharp7_3 : VectorBits == 0 ? LanguageVersion.CSharp9 : LanguageVersion.CSharp12;

    /// <summary>The library that the text runs with here.</summary>
    public IEnumerable<MetadataReference> References => VectorBits == 0
        ? ReferenceAssemblies.NetStandard20
        : HasMultiplyAddEstimate ? Net100.References.All : ReferenceAssemblies.Net80;

    /// <summary>Whether a sweep takes every value.</summary>
    /// <remarks>Fewer where every lane is a call, hundreds of times slower, and where the text differs from another in spelling alone.</remarks>
    public bool TakesAll => VectorBits switch
    {
        _ when IsBasic || (VectorBits > 0 && !HasMultiplyAddEstimate) => false,
        0 => true,
        128 => Vector128.IsHardwareAccelerated,
        256 => Vector256.IsHardwareAccelerated,
        _ => Vector512.IsHardwareAccelerated,
    };

    /// <summary>The helpers that exist for the target: initialisation has no vector form, tables are vectors of 16 floats.</summary>
    public IEnumerable<string> Helpers => FunctionLibrary.Names.Where(name => name switch
    {
        "Cos" or "Power" or "Sqrt" => VectorBits == 0,
        "TableEntry" => VectorBits == 512 && IsSingle,
        _ => true,
    });

    public override string ToString() => Name;

    private static class ReferenceAssemblies
    {
        public static IEnumerable<MetadataReference> NetStandard20 => Basic.Reference.Assemblies.NetStandard20.References.All;

        public static IEnumerable<MetadataReference> Net80 => Basic.Reference.Assemblies.Net80.References.All;
    }
}
