using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Emit.Profiles;
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

    /// <summary>Whether the pass knows how long each sequence is.</summary>
    public bool HasLengths { get; init; }

    public SimdTypes Types { get; } = new(plan.Layout, plan.Layout.Precision == Precision.Single ? "float" : "double");

    public string At(Tensor tensor) => tensor.Role switch
    {
        TensorRole.Input => At("x", tensor),
        TensorRole.Output => At("y", tensor),
        TensorRole.Targets => At("t", tensor),
        TensorRole.OutputGradients => At("dy", tensor),
        TensorRole.InputGradients => At("dx", tensor),
        TensorRole.Past => At("past", tensor),
        _ => $"ref Unsafe.Add(ref scratch, {Dialect.Plus(places.NameOf(tensor), OrZero(Emit.Places.Within(tensor)))})",
    };

    private static string At(string name, Tensor tensor) => Emit.Places.Within(tensor) is { Length: > 0 } offset ? $"ref Unsafe.Add(ref {name}, {offset})" : $"ref {name}";

    private static string OrZero(string offset) => offset.Length == 0 ? "0" : offset;

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
