using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>
/// Lets recurrent layers go step by step one row at a time: products and gates in one kernel, sums in registers. Few rows gain, since nothing waits for calls and
/// memory between products and gates; many rows lose nothing as long as the nearest cache holds the weights of h.
/// </summary>
internal static class RowSteps
{
    /// <param name="graph">The network.</param>
    /// <param name="layout">Padding.</param>
    /// <param name="operations">A forward pass.</param>
    /// <param name="keeps">Whether backward reads what it leaves.</param>
    public static IReadOnlyList<Operation> Of(NetworkGraph graph, Layout layout, IReadOnlyList<Operation> operations, bool keeps)
    {
        // Where the order of sums is fixed it is that of products of many rows.
        if (graph.Profile != EmitProfile.Simd || graph.IsReproducible)
            return operations;
        List<Operation> result = [.. operations];
        for (int i = 0; i < result.Count; i++)
        {
            if (result[i] is not Recurrence recurrence || !IsByRow(recurrence.Cell, layout))
                continue;
            result[i] = recurrence with { IsByRow = true, Keeps = keeps };
            int product = result.FindIndex(operation => operation is Convolve sum && sum.Output.Equals(recurrence.Tensors.Gates));
            Convolve input = (Convolve)result[product];
            int features = input.Input.Width / recurrence.Steps;
            if (recurrence.Steps > 1 && features > Machine.RowFeatures)
                continue;
            Cell cell = recurrence.Cell;
            CellTensors tensors = recurrence.Tensors;
            if (!keeps)
                tensors = tensors with { Gates = tensors.Gates with { Shape = new(cell.Width), Stride = layout.Stride(cell.Width) } };
            result[i] = recurrence with
            {
                IsByRow = true,
                Keeps = keeps,
                Tensors = tensors,
                Input = input with { Window = Cell.EachOf(1), Input = cell.Each(input.Input, features), Output = cell.Each(tensors.Gates, cell.Width) },
            };
            result.RemoveAt(product);
            i--;
        }

        return result;
    }

    /// <summary>Causal convolutions of one frame, each with the memory that it sees.</summary>
    public static List<Operation> OfFrames(NetworkGraph graph, List<Operation> operations)
    {
        if (graph.Profile != EmitProfile.Simd || graph.IsReproducible)
            return operations;
        List<Operation> result = [];
        foreach (Operation operation in operations)
        {
            if (operation is Convolve { Groups: 1 } product && result.Count > 0 && result[result.Count - 1] is Recall recall && recall.Output.Equals(product.Input))
                result[result.Count - 1] = new ConvolveFrame(recall, product);
            else
                result.Add(operation);
        }

        return result;
    }

    /// <summary>Lets the kernels of rows and frames become parts of the pass, where it has so few that the just-in-time compiler inlines all that they consist of.</summary>
    public static List<Operation> Inlined(List<Operation> operations) =>
        operations.Sum(Weight) is 0 or > Machine.InlinedKernels ? operations : [.. operations.Select(operation => operation switch
        {
            Recurrence { IsByRow: true } recurrence => recurrence with { IsInlined = true },
            ConvolveFrame frame => frame with { IsInlined = true },
            _ => operation,
        })];

    private static int Weight(Operation operation) => operation switch
    {
        Recurrence { IsByRow: true } => Machine.InlinedCell,
        ConvolveFrame => 1,
        _ => 0,
    };

    /// <summary>Whether these are frames of layers that go row by row.</summary>
    public static bool AreFrames(IReadOnlyList<Operation> operations) =>
        operations.Any(operation => operation is ConvolveFrame or Recurrence { IsByRow: true, Steps: 1 }) && !operations.Any(operation => operation is Recurrence { IsByRow: false });

    private static bool IsByRow(Cell cell, Layout layout) =>
        cell.Kind != CellKind.GruResetBefore && (long)cell.Units * layout.Stride(cell.Width) * layout.ElementBytes <= Machine.FirstLevelBytes;
}
