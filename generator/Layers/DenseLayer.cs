using System.Collections.Generic;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>z = x·W + b, W of shape [in, out]. Backward: dW = xᵀ·dz, db = Σ dz over the batch, dx = dz·Wᵀ.</summary>
internal sealed record DenseLayer(string Name, int Units, bool UseBias, Initializer Initializer, bool Frozen) : Layer(Name)
{
    public override bool IsTrainable => !Frozen;

    public static IEnumerable<Layer> Create(LayerArguments arguments)
    {
        Activation activation = arguments.Choice("activation", Activation.Identity);
        Initializer initializer = arguments.Choice("Initializer", Initializer.Auto);
        if (initializer == Initializer.Auto)
            initializer = ActivationFunction.Of(activation).DefaultInitializer;
        yield return new DenseLayer(
            arguments.Name, arguments.Size("units"), arguments.Flag("UseBias", true), initializer, arguments.Flag("Frozen", false));
        if (activation != Activation.Identity)
            yield return new ActivationLayer(arguments.Name, activation);
    }

    public override Shape InferShape(Shape input) => new(Units);

    public override IEnumerable<ParameterBlock> Parameters(Shape input)
    {
        yield return new ParameterBlock(Name, "weight", ParameterRole.Weight, new Shape(input.Count, Units), Initializer, Frozen);
        if (UseBias)
            yield return new ParameterBlock(Name, "bias", ParameterRole.Bias, new Shape(Units), Initializer.Zeros, Frozen);
    }

    public override void Forward(PassBuilder pass, Tensor input, Tensor output) =>
        pass.Add(new Gemm(pass.Block(Name, "weight"), pass.FindBlock(Name, "bias"), input, output, Activation.Identity));

    public override void Backward(PassBuilder pass, Tensor input, Tensor output, Tensor outputGradient, Tensor? inputGradient)
    {
        // dx reads the weights before a fused step changes them, so it comes first.
        if (inputGradient is not null)
            pass.Add(new GemmTransposed(pass.Block(Name, "weight"), outputGradient, inputGradient, Activation.Identity, null));
        if (!Frozen)
            pass.Add(new WeightGradient(pass.Block(Name, "weight"), pass.FindBlock(Name, "bias"), input, outputGradient));
    }
}
