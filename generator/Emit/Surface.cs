using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>How a profile spells the public surface and turns its arguments into places in memory.</summary>
internal sealed class Surface(EmitProfile profile, Precision precision)
{
    public EmitProfile Profile => profile;

    public bool IsBasic => profile == EmitProfile.Basic;

    public string Element => precision == Precision.Single ? "float" : "double";

    public int ElementBytes => precision == Precision.Single ? 4 : 8;

    /// <summary>A parameter that is only read.</summary>
    public string In(string name, string? element = null) => IsBasic ? $"{element ?? Element}[] {name}" : $"global::System.ReadOnlySpan<{element ?? Element}> {name}";

    /// <summary>A parameter that is written.</summary>
    public string Out(string name, string? element = null) => IsBasic ? $"{element ?? Element}[] {name}" : $"global::System.Span<{element ?? Element}> {name}";

    /// <summary>The first element of such a parameter. In the Simd profile this declares a ref.</summary>
    public Pointer Start(CSharpWriter writer, string local, string parameter)
    {
        switch (profile)
        {
            case EmitProfile.Simd:
                writer.Line($"ref {Element} {local} = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference({parameter});");
                return new Pointer(local);
            case EmitProfile.Scalar:
                return new Pointer(parameter);
            default:
                return new Pointer(parameter, "0");
        }
    }

    /// <summary>The first element of memory of our own: in the Simd profile it starts a cache line and is declared as a ref.</summary>
    public Pointer StartOfMemory(CSharpWriter writer, string local, string memory)
    {
        switch (profile)
        {
            case EmitProfile.Simd:
                writer.Line($"ref {Element} {local} = ref {memory}.First;");
                return new Pointer(local);
            case EmitProfile.Scalar:
                writer.Line($"global::System.Span<{Element}> {local} = {memory};");
                return new Pointer(local);
            default:
                return new Pointer(memory, "0");
        }
    }

    /// <summary>The first element of a parameter, where it is needed once and no local is declared for it.</summary>
    public Pointer At(string parameter) => profile switch
    {
        EmitProfile.Simd => new Pointer($"global::System.Runtime.InteropServices.MemoryMarshal.GetReference({parameter})"),
        EmitProfile.Scalar => new Pointer(parameter),
        _ => new Pointer(parameter, "0"),
    };

    /// <summary>The same of memory of our own; <paramref name="isOffset"/> says that it is needed some way behind the first element.</summary>
    public Pointer AtMemory(string memory, bool isOffset = false) => profile switch
    {
        EmitProfile.Simd => new Pointer(memory + ".First"),
        EmitProfile.Scalar => new Pointer(isOffset ? $"global::System.MemoryExtensions.AsSpan({memory})" : memory),
        _ => new Pointer(memory, "0"),
    };

    /// <summary>The type of memory of our own, and how it is created.</summary>
    public string MemoryType => profile == EmitProfile.Simd ? "Memory" : Element + "[]";

    public string NewMemory(string length) => profile == EmitProfile.Simd ? $"new Memory({length})" : $"new {Element}[{length}]";
}
