using System.Collections.Generic;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>output[p, o] = f(b[o] + Σ input[p·stride + k·dilation, c]·W[k, c, o]) over the elements k of the window and the channels c of o's group.</summary>
/// <param name="Weight">Of shape [rows, columns, channels of a group, outputs], the first axis left out for signals.</param>
/// <param name="Bias">Of shape [outputs], or null.</param>
/// <param name="Window">Over the input, and not beyond it.</param>
/// <param name="Groups">Channels and outputs are in so many groups, and each output sees the channels of its own.</param>
/// <param name="Input">What is read.</param>
/// <param name="Output">What is written.</param>
/// <param name="Function">f.</param>
internal sealed record Convolve(ParameterBlock Weight, ParameterBlock? Bias, Window Window, int Groups, Tensor Input, Tensor Output, Activation Function) : Operation
{
    /// <summary>Rows above and columns before the results in an output that has zeros around them; null where they are all of it.</summary>
    public (int Top, int Left)? Border { get; init; }

    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;

    public override IEnumerable<ParameterBlock> Blocks => Bias is null ? [Weight] : [Weight, Bias];

    public override Operation? WritingTo(Tensor output) => Border is null ? this with { Output = output } : null;
}

/// <summary>
/// inputGradient[e, c] = Σ outputGradient[p, o]·W[k, c, o] over all positions p and elements k of the window that see e: p·stride + k·dilation = e.
/// </summary>
/// <param name="Weight">As that of <see cref="Convolve"/>.</param>
/// <param name="Window">The same.</param>
/// <param name="Groups">The same.</param>
/// <param name="OutputGradient">With as many zeros around it as <see cref="Border"/> says.</param>
/// <param name="InputGradient">What is written.</param>
internal sealed record ConvolveTransposed(ParameterBlock Weight, Window Window, int Groups, Tensor OutputGradient, Tensor InputGradient) : Operation
{
    /// <summary>Rows and columns of the input before those whose gradient is written; null where it is written whole.</summary>
    public (int Top, int Left)? Crop { get; init; }

    public override IEnumerable<Tensor> Reads => [OutputGradient];

    public override Tensor? Writes => InputGradient;

    public override IEnumerable<ParameterBlock> Blocks => [Weight];

    /// <summary>Zeros around the positions of an axis, before and after, so that every tap that is read exists.</summary>
    public static (int Before, int After) Border(Axis axis)
    {
        int before = 0, after = 0;
        foreach (Phase phase in axis.Phases())
        {
            if (phase.Taps == 0)
                continue;
            before = System.Math.Max(before, -phase.Least);
            after = System.Math.Max(after, phase.Greatest - (axis.Output - 1));
        }

        return (before, after);
    }
}

/// <summary>dW[k, c, o] = Σ input[p·stride + k·dilation, c]·outputGradient[p, o] over all positions p and the batch, and db[o] = Σ outputGradient[p, o].</summary>
internal sealed record ConvolveGradient(ParameterBlock Weight, ParameterBlock? Bias, Window Window, int Groups, Tensor Input, Tensor OutputGradient) : Operation
{
    /// <summary>Whether it adds to what another gradient of the same weights has left.</summary>
    public bool Adds { get; init; }

    public override IEnumerable<Tensor> Reads => [Input, OutputGradient];

    public override IEnumerable<ParameterBlock> Gradients => Bias is null ? [Weight] : [Weight, Bias];
}
