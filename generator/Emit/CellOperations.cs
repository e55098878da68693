using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>The kernels of recurrent layers and of what streams remember, for profiles without vectors.</summary>
internal static class CellOperations
{
    public static Kernel Of(Clear clear) =>
        new ClearRowsKernel($"Clear{clear.Count}Of{clear.Output.Stride}", $"The first {clear.Count} elements of rows {clear.Output.Stride} apart become 0.", clear.Count, clear.Output.Stride);

    public static Kernel Of(Lookup lookup, NetworkPlan plan) => new LookupKernel(
        PassWriter.Pascal(lookup.Table.Layer) + "Lookup", $"{lookup.Table.Layer}: rows of W by their numbers.", lookup.Table.Shape.Rows, lookup.Table.Shape.Columns, lookup.Input.Width,
        (lookup.Input.Stride, lookup.Output.Stride), plan.Parameters.Of(lookup.Table).Offset, false);

    public static Kernel Of(LookupGradient lookup, NetworkPlan plan) => new LookupKernel(
        PassWriter.Pascal(lookup.Table.Layer) + "LookupGradient", $"{lookup.Table.Layer}: dW[id] = Σ dy of the steps with that number, times scale.", lookup.Table.Shape.Rows, lookup.Table.Shape.Columns,
        lookup.Input.Width, (lookup.Input.Stride, lookup.OutputGradient.Stride), plan.Parameters.Of(lookup.Table).Offset, true);

    public static Kernel Of(Recall recall) => new RecallKernel(
        PassWriter.Pascal(recall.Output.Name) + "Recall", $"{recall.Output.Name}: {recall.Kernel} frames, {recall.Dilation} apart, out of the memory of {recall.Frames} and the new one.", recall.Kernel, recall.Dilation, recall.Channels,
        (recall.Input.Stride, recall.Past.Stride, recall.Output.Stride));

    public static Kernel Of(RecallWindow recall) => new RecallWindowKernel(
        PassWriter.Pascal(recall.Output.Name) + "RecallWindow", $"{recall.Output.Name}: the {recall.Frames} frames before the window, and its last ones in their place.", recall.Frames, recall.Channels,
        (recall.Output.Width / recall.Channels) - recall.Frames, (recall.Past.Stride, recall.Output.Stride));

    /// <summary>Copies a state, of rows that are parts of longer ones.</summary>
    public static Kernel Copy(Tensor from, Tensor to, int count) =>
        new CopyPartsKernel($"Copy{count}Of{from.Stride}To{to.Stride}", $"{count} elements of rows {from.Stride} apart, to rows {to.Stride} apart.", new(0, count, from.Stride), new(0, count, to.Stride), count, 1, 0);

    public static Kernel Of(CellStep step, bool hasLengths) => new CellKernel(
        PassWriter.Pascal(step.Layer) + step.Form.Name, step.Form.Comment + ".", step.Form, step.Units, new(step.Tensors.Select(tensor => tensor.Stride)), step.Limit)
    {
        HasLengths = hasLengths,
    };
}
