using System;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>Pools as plain loops.</summary>
internal static class PlainPools
{
    public static void WriteForward(CSharpWriter writer, Operation operation)
    {
        switch (operation)
        {
            case MaxPool pool:
                PoolLoops loops = new(pool.Window, pool.Channels);
                loops.Write(writer, () =>
                {
                    string input = PlainLoops.Value(pool.Input.Name);
                    WriteLargest(writer, loops, input);
                    writer.Line($"{PlainLoops.Value(pool.Output.Name)}[{loops.Position}] = {input}[largest];");
                    writer.Line("pieces = unchecked(pieces * 31 + (ulong)largest);");
                });
                break;
            case AveragePool pool:
                PoolLoops means = new(pool.Window, pool.Channels);
                means.Write(writer, () =>
                {
                    writer.Line("double sum = 0;");
                    means.WriteTaps(writer, () => writer.Line($"sum += {PlainLoops.Value(pool.Input.Name)}[{means.Tap}];"));
                    writer.Line($"{PlainLoops.Value(pool.Output.Name)}[{means.Position}] = sum / ({means.Count(pool.CountPadding)});");
                });
                break;
            default:
                throw new NotSupportedException($"{operation.GetType().Name} is no pool.");
        }
    }

    public static void WriteBackward(CSharpWriter writer, Operation operation)
    {
        switch (operation)
        {
            case MaxPool pool:
                PoolLoops loops = new(pool.Window, pool.Channels);
                loops.Write(writer, () =>
                {
                    WriteLargest(writer, loops, PlainLoops.Value(pool.Input.Name));
                    writer.Line($"{PlainLoops.Gradient(pool.Input.Name)}[largest] += {PlainLoops.Gradient(pool.Output.Name)}[{loops.Position}];");
                });
                break;
            case AveragePool pool:
                PoolLoops means = new(pool.Window, pool.Channels);
                means.Write(writer, () => means.WriteTaps(writer, () => writer.Line(
                    $"{PlainLoops.Gradient(pool.Input.Name)}[{means.Tap}] += {PlainLoops.Gradient(pool.Output.Name)}[{means.Position}] / ({means.Count(pool.CountPadding)});")));
                break;
            default:
                throw new NotSupportedException($"{operation.GetType().Name} is no pool.");
        }
    }

    /// <summary>Which of those that a position sees is the first that is as large as any.</summary>
    private static void WriteLargest(CSharpWriter writer, PoolLoops loops, string input)
    {
        writer.Line($"int largest = {loops.First};");
        loops.WriteTaps(writer, () => writer.Line($"largest = {input}[{loops.Tap}] > {input}[largest] ? {loops.Tap} : largest;"));
    }
}
