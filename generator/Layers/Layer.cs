using System.Collections.Generic;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>What a layer computes: its shape rule, its parameters, and how forward and backward are made of kernel calls.</summary>
/// <param name="Name">Unique in the network; parameters are named after it.</param>
internal abstract record Layer(string Name)
{
    /// <summary>The shape of the output for a given input.</summary>
    public abstract Shape InferShape(Shape input);

    /// <summary>The parameters of the layer in canonical order; offsets are assigned by the caller.</summary>
    public virtual IEnumerable<ParameterBlock> Parameters(Shape input) => [];

    /// <summary>True where the layer does nothing outside training, so that inference skips it.</summary>
    public virtual bool TrainingOnly => false;

    /// <summary>Whether any of its parameters is trained.</summary>
    public virtual bool IsTrainable => false;

    /// <summary>Adds the calls that compute <paramref name="output"/> from <paramref name="input"/>.</summary>
    public abstract void Forward(PassBuilder pass, Tensor input, Tensor output);

    /// <summary>
    /// Adds the calls that add to the parameters' gradients and, where <paramref name="inputGradient"/> is not null, compute it
    /// from <paramref name="outputGradient"/>; both are gradients of the loss.
    /// </summary>
    public abstract void Backward(PassBuilder pass, Tensor input, Tensor output, Tensor outputGradient, Tensor? inputGradient);
}
