using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>How a pass names the lengths of its sequences: one for each row, or none at all, where every one fills its window.</summary>
internal static class LengthText
{
    /// <summary>Stands for the type of a kernel's parameter.</summary>
    public const string Type = "lengths";

    /// <summary>A parameter of a pass.</summary>
    public static string Parameter(EmitProfile profile) => profile switch
    {
        EmitProfile.Simd => "ref int lengths",
        EmitProfile.Scalar => "global::System.ReadOnlySpan<int> lengths",
        _ => "int[] lengths, int lengthsAt",
    };

    /// <summary>The argument, so many rows further.</summary>
    public static string Argument(EmitProfile profile, string name, string rows = "0") => profile switch
    {
        EmitProfile.Simd when rows == "0" => $"ref {name}",
        EmitProfile.Simd => $"ref (Unsafe.IsNullRef(ref {name}) ? ref {name} : ref Unsafe.Add(ref {name}, {rows}))",
        EmitProfile.Scalar when rows == "0" => name,
        EmitProfile.Scalar => $"{name}.IsEmpty ? {name} : {name}.Slice({rows})",
        _ when rows == "0" => $"{name}, {name}At",
        _ => $"{name}, {name}At + {rows}",
    };

    /// <summary>The argument where every sequence fills its window.</summary>
    public static string None(EmitProfile profile) => profile switch
    {
        EmitProfile.Simd => "ref Unsafe.NullRef<int>()",
        EmitProfile.Scalar => "default",
        _ => "null, 0",
    };

    /// <summary>Whether there are lengths.</summary>
    public static string Exist(EmitProfile profile) => profile switch
    {
        EmitProfile.Simd => "!Unsafe.IsNullRef(ref lengths)",
        EmitProfile.Scalar => "!lengths.IsEmpty",
        _ => "lengths != null",
    };

    /// <summary>The length of a row.</summary>
    public static string At(EmitProfile profile, string row) => profile switch
    {
        EmitProfile.Simd => $"Unsafe.Add(ref lengths, {row})",
        EmitProfile.Scalar => $"lengths[{row}]",
        _ => $"lengths[lengthsAt + {row}]",
    };

    /// <summary>Whether row's sequence has ended before step.</summary>
    public static string HasEnded(Dialect dialect)
    {
        EmitProfile profile = dialect is ArrayDialect ? EmitProfile.Basic : EmitProfile.Scalar;
        return $"{Exist(profile)} && step >= {At(profile, "row")}";
    }
}
