using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Simd;

/// <summary>Calls of shared kernels, and how they name what they work on.</summary>
/// <param name="plan">The network.</param>
/// <param name="use">Receives the kernels.</param>
/// <param name="places">Where the values of a chunk lie.</param>
internal sealed class SimdCalls(NetworkPlan plan, LibraryUse.Builder use, TensorPlaces places)
{
    public NetworkPlan Plan => plan;

    public LibraryUse.Builder Use => use;

    public TensorPlaces Places => places;

    public SimdTypes Types { get; } = new(plan.Layout, plan.Layout.Precision == Precision.Single ? "float" : "double");

    public string At(Tensor tensor) => tensor.Role switch
    {
        TensorRole.Input => At("x", tensor.Offset),
        TensorRole.Output => At("y", tensor.Offset),
        TensorRole.Targets => At("t", tensor.Offset),
        TensorRole.OutputGradients => At("dy", tensor.Offset),
        TensorRole.InputGradients => At("dx", tensor.Offset),
        _ => $"ref Unsafe.Add(ref scratch, {places.NameOf(tensor)})",
    };

    private static string At(string name, int offset) => offset == 0 ? $"ref {name}" : $"ref Unsafe.Add(ref {name}, {Text(offset)})";

    public static string Parameter(string place) => $"ref Unsafe.Add(ref parameters, {place})";

    public static string Gradient(string place) => $"ref Unsafe.Add(ref gradients, {place})";

    public static string Elements(Tensor tensor) => tensor.Stride == 1 ? "rows" : "rows * " + Text(tensor.Stride);

    /// <summary>Vectors that a row of so many elements fills.</summary>
    public string TypesOf(int width) => Types.Of(RowLoop.Lanes(width, plan.Layout.Line));

    /// <summary>The kernel with its type arguments, made part of the shared text.</summary>
    public string Name(string kernel, string? types)
    {
        use.Unit(kernel);
        return types is null ? kernel : $"{kernel}<{types}>";
    }

    public string Invocation(string kernel, string? types, params string[] arguments) => $"{Name(kernel, types)}({string.Join(", ", arguments)});";

    public void Call(CSharpWriter writer, string kernel, string? types, params string[] arguments) => writer.Line(Invocation(kernel, types, arguments));

    public string Literal(double value) => CSharpLiteral.Of(value, plan.Layout.Precision);

    public static string Text(int value) => CSharpLiteral.Of(value);
}
