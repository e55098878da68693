using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using System.Threading;
using GeneratedNetworks.Generator.Emit.Library;

namespace GeneratedNetworks.Tests.Compiled;

/// <summary>
/// Networks whose vectors have a width that the test says and not the processor. What asks for the width asks a field instead, which is read when an assembly is loaded:
/// one compilation serves all widths, each loaded for itself.
/// </summary>
internal static partial class ForcedWidths
{
    public static readonly int[] All = [128, 256, 512];

    private const string Switch = "GeneratedNetworks.ForcedWidth";

    private const string Field = $$"""internal static class ForcedWidth { public static readonly int Bits = (int)System.AppContext.GetData("{{Switch}}"); }""";

    private static readonly ConcurrentDictionary<(string Source, bool InSoftware, bool AnyProcessor), Lazy<byte[]>> Images = new();
    private static readonly Lock Loading = new();

    /// <param name="width">In bits, 0 for the text without vectors.</param>
    /// <param name="specs">Networks of the profile <c>Simd</c>.</param>
    /// <param name="anyProcessor">Whether no instruction of one processor family is named.</param>
    public static TestNetwork[] Compile(int width, NetworkSpec[] specs, bool anyProcessor)
    {
        string source = string.Concat(specs.Select((spec, i) => spec.ToSource($"Network{i}") + "\n")) + Field;
        bool inSoftware = anyProcessor || (width == 512 ? !Avx512F.IsSupported : !Fma.IsSupported);
        byte[] image = Images.GetOrAdd((source, inSoftware, anyProcessor), key => new(() => Emit(key.Source, key.InSoftware, key.AnyProcessor))).Value;
        ILookup<string?, Type> loaded = Load(image, width).ToLookup(type => type.FullName);
        return [.. specs.Select((spec, i) => TestNetwork.Create(spec, loaded[$"Subjects.Network{i}"].Single()))];
    }

    private static byte[] Emit(string source, bool inSoftware, bool anyProcessor) => NetworkCompiler.Emit(
        source,
        EmitProfile.Simd,
        text =>
        {
            foreach (int width in All)
                text = text.Replace(WidthText.Condition(width), $"global::Subjects.ForcedWidth.Bits == {width}", StringComparison.Ordinal);
            if (inSoftware)
                text = InSoftware.Of(text);
            return anyProcessor ? InstructionSet().Replace(text, "false") : text;
        });

    private static Type[] Load(byte[] image, int width)
    {
        lock (Loading)
        {
            AppContext.SetData(Switch, width);
            Type[] types = new AssemblyLoadContext($"networks of {width} bits").LoadFromStream(new MemoryStream(image)).GetTypes();
            RuntimeHelpers.RunClassConstructor(types.Single(type => type.FullName == "Subjects.ForcedWidth").TypeHandle);
            return types;
        }
    }

    [GeneratedRegex(@"(global::System\.Runtime\.Intrinsics\.\w+\.)?\b\w+(\.Arm64|\.X64)?\.IsSupported\b")]
    private static partial Regex InstructionSet();
}
