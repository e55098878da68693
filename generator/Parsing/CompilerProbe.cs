using GeneratedNetworks.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>Asks a compilation which language version and which APIs the emitted text may use.</summary>
internal static class CompilerProbe
{
    public static CompilerOptions Read(Compilation compilation, ParseOptions options)
    {
        return new(
            options is CSharpParseOptions csharp ? Version(csharp.LanguageVersion.MapSpecifiedToEffectiveVersion()) : 0,
            HasSpan: Has("System.Span`1") && Has("System.ReadOnlySpan`1") && Has("System.MemoryExtensions"),
            HasVector512: Has("System.Runtime.Intrinsics.Vector512") && Has("System.Runtime.CompilerServices.Unsafe"),
            SkipsLocalsInit: compilation.Options is CSharpCompilationOptions { AllowUnsafe: true } && Has("System.Runtime.CompilerServices.SkipLocalsInitAttribute"),
            HasInterfaces: Has($"{AttributeNames.Namespace}.INetwork`1"))
        {
            Assembly = compilation.AssemblyName ?? "",
            IsNano = IsNano(compilation.GetSpecialType(SpecialType.System_Object).ContainingAssembly),
        };

        bool Has(string metadataName) => Find(metadataName) is not null;

        // Null where two references define the name: the emitted text could not use it either.
        INamedTypeSymbol? Find(string metadataName)
        {
            INamedTypeSymbol? type = compilation.GetTypeByMetadataName(metadataName);
            return type is not null && compilation.IsSymbolAccessibleWithin(type, compilation.Assembly) ? type : null;
        }
    }

    /// <summary>
    /// Profile <c>Basic</c> is also what a project for .NET Framework or .NET Standard gets, whose core libraries have <c>System.Math</c>: nanoFramework has it in
    /// a library of its own. That a project references that one tells nothing, so the core library alone is asked.
    /// </summary>
    private static bool IsNano(IAssemblySymbol? core) => core is { Name: "mscorlib" } && core.GetTypeByMetadataName("System.Math") is null;

    /// <summary>C# 1 to 7 are numbered 1 to 7, later versions 701, 702, …; a preview is a very large number, and newer than all.</summary>
    private static int Version(LanguageVersion version) => (int)version < 100 ? (int)version * 100 : (int)version;
}
