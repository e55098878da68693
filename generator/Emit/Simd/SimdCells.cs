using System.Linq;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Simd;

/// <summary>Steps of recurrent layers.</summary>
internal static class SimdCells
{
    /// <returns>Whether it is such an operation.</returns>
    public static bool Write(CSharpWriter writer, SimdCalls calls, Operation operation)
    {
        switch (operation)
        {
            case Clear clear:
                calls.Call(writer, CellUnits.Clear, null, calls.At(clear.Output), "stride: " + SimdCalls.Text(clear.Output.Stride), "count: " + SimdCalls.Text(clear.Count), "rows");
                return true;
            case CellStep step:
                string[] limit = step.Form.HasLimit ? ["limit: " + calls.Literal(step.Limit)] : [];
                calls.Call(writer, step.Form.Name, SimdTypes.Parameters,
                    [.. step.Tensors.SelectMany((tensor, slot) => new[] { calls.At(tensor), $"{step.Form.Slots[slot]}Stride: {SimdCalls.Text(tensor.Stride)}" }), "units: " + SimdCalls.Text(step.Units), .. limit, "rows"]);
                return true;
            default:
                return false;
        }
    }
}
