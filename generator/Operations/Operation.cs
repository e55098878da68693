using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>One step of a pass over a chunk of samples: what is computed, from which tensors and parameters into which.</summary>
/// <remarks>
/// No tensor is written twice in a pass, so that any of them may be read again wherever it pays. Emission has for each
/// a formula, a kernel, and, where layers go forward by it, plain loops with their derivative.
/// </remarks>
internal abstract record Operation
{
    /// <summary>Tensors that it reads.</summary>
    public abstract IEnumerable<Tensor> Reads { get; }

    /// <summary>The tensor that it writes, if any; of several the first.</summary>
    public virtual Tensor? Writes => null;

    /// <summary>All tensors that it writes.</summary>
    public virtual IEnumerable<Tensor> Results => Writes is null ? [] : [Writes];

    /// <summary>Blocks of parameters that it reads.</summary>
    public virtual IEnumerable<ParameterBlock> Blocks => [];

    /// <summary>Blocks whose gradients it adds to.</summary>
    public virtual IEnumerable<ParameterBlock> Gradients => [];

    /// <summary>Whether element i of the result depends on element i of each operand alone, so that the result may replace an operand.</summary>
    public virtual bool IsElementwise => false;

    /// <summary>The same with its result written to the caller's rows, which have no padding; null where it cannot write them.</summary>
    public virtual Operation? WritingTo(Tensor output) => null;
}
