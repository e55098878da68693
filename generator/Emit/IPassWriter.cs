using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>Writes the statements of a pass over a chunk of rows, as a profile has them.</summary>
internal interface IPassWriter
{
    /// <summary>The operation's formula as a comment, and the call that computes it.</summary>
    void Write(CSharpWriter writer, Operation operation);

    /// <summary>A statement that returns the summed loss and leaves its gradient in its place.</summary>
    void WriteLoss(CSharpWriter writer, LossGradient loss);

    /// <summary>Packs Wᵀ of a layer through which gradients flow down.</summary>
    void WriteTranspose(CSharpWriter writer, DenseWeights weights);
}
