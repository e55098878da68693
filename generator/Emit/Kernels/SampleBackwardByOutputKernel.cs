using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>
/// Backward through one dense layer for one sample where weights lie output by output: dx = (Σₒ dz[o]·W[o]) ⊙ f'(saved), and with a
/// step W[o] += scale·dz[o]·x in the same walk. No sum over lanes is needed.
/// </summary>
/// <param name="Computes">Whether it computes dx.</param>
/// <param name="Steps">Whether it updates the parameters.</param>
/// <param name="Function">The helper f' as f(dy, saved), or null.</param>
internal sealed record SampleBackwardByOutputKernel(
    string Name, string Comment, DenseWeights Weights, bool Computes, bool Steps, string? Function) : Kernel(Name, Comment), IHoldsRows
{
    /// <summary>Vectors of inputs that are written out.</summary>
    private const int WrittenOut = 2;

    /// <summary>Outputs from which on two sums share them, so that a multiply-add does not wait for the one before.</summary>
    private const int TwoSums = 4;

    public override int MaximumLanes => Weights.InputPanel;

    public override IReadOnlyList<KernelParameter> Parameters => SampleBackwardKernel.ParametersOf(Computes, Steps, Function is not null);

    public bool Takes(KernelContext context, HeldRow dz) => context.Dialect.Lanes > 1;

    public HeldRow? Leaves(KernelContext context, string name) => Computes && context.Dialect.Lanes > 1 && Turns(context.Dialect) <= WrittenOut
        ? HeldRow.Of(context.Dialect, name, Turns(context.Dialect))
        : null;

    public override void WriteBody(CSharpWriter writer, KernelContext context) => WriteBody(writer, context, null, null);

    public void WriteBody(CSharpWriter writer, KernelContext context, HeldRow? dz, HeldRow? dx)
    {
        Dialect dialect = context.Dialect;
        Pointer w = dialect.Received("w");
        for (int o = 0; o < Weights.Outputs; o++)
        {
            string delta = dz?.Spread(writer, context, dialect, o) ?? dialect.Broadcast(dialect.At(dialect.Received("dz"), Number(o)));
            writer.Line($"var d{Number(o)} = {delta};");
        }

        if (Steps)
            writer.Line($"var s = {dialect.Broadcast("scale")};");
        int turns = Turns(dialect);
        if (turns <= WrittenOut && dialect.Lanes > 1)
        {
            for (int turn = 0; turn < turns; turn++)
            {
                using (IDisposable? block = turns == 1 ? null : writer.Open())
                    WriteVector(writer, context, dialect, w, turn * dialect.Lanes, null, dx?.Vectors[turn]);
            }
        }
        else
        {
            using (writer.Open($"for (int i = 0; i < {Number(Weights.InputStride)}; i += {Number(dialect.Lanes)})"))
                WriteVector(writer, context, dialect, w, 0, "i", null);
        }

        if (!Steps || !Weights.HasBias)
            return;
        if (dz is not null)
        {
            SampleUpdate.WriteBias(writer, context, dialect, Weights, dz);
            return;
        }

        for (int o = 0; o < Weights.Outputs; o++)
            writer.Line($"{dialect.At(w, Number(Weights.BiasOffset + o))} += scale * {dialect.At(dialect.Received("dz"), Number(o))};");
    }

    private int Turns(Dialect dialect) => Weights.InputStride / dialect.Lanes;

    /// <summary>The vector of inputs at <paramref name="first"/>, or at the loop's <paramref name="variable"/>.</summary>
    private void WriteVector(CSharpWriter writer, KernelContext context, Dialect dialect, Pointer w, int first, string? variable, string? dx)
    {
        string i = variable ?? Number(first);

        // x takes the factor: it is known long before dz.
        if (Steps)
            writer.Line($"var sx = s * {dialect.Load(dialect.Received("x"), i)};");
        int sums = Weights.Outputs >= TwoSums ? 2 : 1;
        for (int o = 0; o < Weights.Outputs; o++)
        {
            string number = Number(o);
            string at = Dialect.Plus(Number(Weights.Offset + (o * Weights.InputStride) + first), variable ?? "0");
            writer.Line($"var w{number} = {dialect.Load(w, at)};");
            if (Computes && !SlopeFirst)
            {
                string sum = "sum" + Number(o % sums);
                writer.Line(o < sums
                    ? $"var {sum} = d{number} * w{number};"
                    : $"{sum} = {dialect.MultiplyAdd("d" + number, "w" + number, sum, context.Functions)};");
            }

            if (Steps)
                writer.Line(dialect.Store(w, at, dialect.MultiplyAdd("sx", "d" + number, "w" + number, context.Functions)));
        }

        if (!Computes)
            return;
        string saved = Function is null ? string.Empty : dialect.Load(dialect.Received("saved"), i);
        if (SlopeFirst)
        {
            writer.Line("// f' takes W[0] in place of dz[0]·W[0], as it is linear: only one product has to wait for dz.");
            WriteResult($"d0 * {context.Function(Function!)}(w0, {saved})");
            return;
        }

        string total = sums == 1 ? "sum0" : "sum0 + sum1";
        string value = Function is null ? total : $"{context.Function(Function)}({total}, {saved})";
        WriteResult(value);

        void WriteResult(string row) => writer.Line(dx is null ? dialect.Store(dialect.Received("dx"), i, row) : $"{dx} = {row};");
    }

    /// <summary>One output under a smooth function: where f' may be cut off, infinity times its 0 would be NaN.</summary>
    private bool SlopeFirst => Computes && Weights.Outputs == 1 && Function is not null && ActivationFunction.IsSmooth(Function);

    private static string Number(int value) => CSharpLiteral.Of(value);
}
