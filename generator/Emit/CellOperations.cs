using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>The kernels of recurrent layers, for profiles without vectors.</summary>
internal static class CellOperations
{
    public static Kernel Of(Clear clear) =>
        new ClearRowsKernel($"Clear{clear.Count}Of{clear.Output.Stride}", $"The first {clear.Count} elements of rows {clear.Output.Stride} apart become 0.", clear.Count, clear.Output.Stride);

    public static Kernel Of(CellStep step) => new CellKernel(
        PassWriter.Pascal(step.Layer) + step.Form.Name, step.Form.Comment + ".", step.Form, step.Units, new(step.Tensors.Select(tensor => tensor.Stride)), step.Limit);
}
