using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>Writes the statements of a pass over a chunk of rows, as a profile has them.</summary>
internal interface IPassWriter
{
    /// <summary>The operation's formula as a comment, and the call that computes it.</summary>
    void Write(CSharpWriter writer, Operation operation);

    /// <summary>Statements that leave a loss's gradient in its place and hand on the summed loss.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="add">What stands before the sum: <c>return </c>, or an addition.</param>
    /// <param name="isByStep">Whether each sample's loss is that of its own steps alone: as many as its length says.</param>
    void WriteLoss(CSharpWriter writer, LossGradient loss, string add, bool isByStep = false);

    /// <summary>A moving average takes what training passes left for it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="norm">Whose.</param>
    /// <param name="input">What the layer reads.</param>
    void WriteMove(CSharpWriter writer, BatchNormBlocks norm, Tensor input);

    /// <summary>Packs Wᵀ of a layer through which gradients flow down.</summary>
    void WriteTranspose(CSharpWriter writer, DenseWeights weights);
}
