using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>
/// Backward through one dense layer for one sample where weights lie output by output: dx = (Σₒ dz[o]·W[o]) ⊙ f'(saved), and with a
/// step W[o] += scale·dz[o]·x in the same walk. No sum over lanes is needed.
/// </summary>
/// <param name="Computes">Whether it computes dx.</param>
/// <param name="Steps">Whether it updates the parameters.</param>
/// <param name="Function">The helper f' as f(dy, saved), or null.</param>
internal sealed record SampleBackwardByOutputKernel(
    string Name, string Comment, DenseWeights Weights, bool Computes, bool Steps, string? Function) : Kernel(Name, Comment)
{
    public override int MaximumLanes => Weights.InputPanel;

    public override IReadOnlyList<KernelParameter> Parameters => SampleBackwardKernel.ParametersOf(Computes, Steps, Function is not null);

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer dz = dialect.Received("dz");
        Pointer w = dialect.Received("w");
        int[] outputs = [.. Enumerable.Range(0, Weights.Outputs)];
        foreach (int o in outputs)
        {
            string number = CSharpLiteral.Of(o);
            string text = $"var d{number} = {dialect.Broadcast(dialect.At(dz, number))};";
            if (Steps)
                text += $" var e{number} = {dialect.Broadcast($"scale * {dialect.At(dz, number)}")};";
            writer.Line(text);
        }

        int turns = Weights.InputStride / dialect.Lanes;
        if (turns == 1)
        {
            WriteVector(writer, context, dialect, w, outputs, "0");
        }
        else
        {
            using (writer.Open($"for (int i = 0; i < {CSharpLiteral.Of(Weights.InputStride)}; i += {CSharpLiteral.Of(dialect.Lanes)})"))
                WriteVector(writer, context, dialect, w, outputs, "i");
        }

        if (Steps && Weights.HasBias)
        {
            foreach (int o in outputs)
            {
                string number = CSharpLiteral.Of(o);
                writer.Line($"{dialect.At(w, CSharpLiteral.Of(Weights.BiasOffset + o))} += scale * {dialect.At(dz, number)};");
            }
        }
    }

    private void WriteVector(CSharpWriter writer, KernelContext context, Dialect dialect, Pointer w, int[] outputs, string i)
    {
        if (Steps)
            writer.Line($"var xi = {dialect.Load(dialect.Received("x"), i)};");
        foreach (int o in outputs)
        {
            string number = CSharpLiteral.Of(o);
            string at = Dialect.Plus(CSharpLiteral.Of(Weights.Offset + (o * Weights.InputStride)), i);
            writer.Line($"var w{number} = {dialect.Load(w, at)};");
            if (Computes)
            {
                writer.Line(o == 0
                    ? "var sum = d0 * w0;"
                    : $"sum = {dialect.MultiplyAdd("d" + number, "w" + number, "sum", context.Functions)};");
            }

            if (Steps)
                writer.Line(dialect.Store(w, at, dialect.MultiplyAdd("xi", "e" + number, "w" + number, context.Functions)));
        }

        if (!Computes)
            return;
        string value = Function is null ? "sum" : $"{context.Function(Function)}(sum, {dialect.Load(dialect.Received("saved"), i)})";
        writer.Line(dialect.Store(dialect.Received("dx"), i, value));
    }
}
