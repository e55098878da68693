using System.Collections.Generic;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>z = x·W + b, W of shape [in, out]. Backward: dW = xᵀ·dz, db = Σ dz over the batch, dx = dz·Wᵀ.</summary>
internal sealed record DenseLayer(string Name, int Units, bool UseBias, Initializer Initializer, bool Frozen) : UnaryLayer(Name)
{
    public static readonly LayerRegistration Registration = new(
        "Dense",
        [
            ArgumentSchema.Size("units"),
            ArgumentSchema.Choice("activation", Activation.Identity),
            ArgumentSchema.Flag("UseBias", true),
            ArgumentSchema.Choice("Initializer", Initializer.Auto),
            ArgumentSchema.Flag("Frozen", false),
        ],
        Create,
        "[Dense(3, Activation.Tanh)]",
        "y = f(x·W + b), W of shape [inputs, units]; flattens its input");

    public override bool IsTrainable => !Frozen;

    public override bool ReadsCallersRows => true;

    public override string Kind => "Dense";

    private static IEnumerable<Layer> Create(LayerArguments arguments)
    {
        Activation activation = arguments.Choice<Activation>("activation");
        Initializer initializer = arguments.Choice<Initializer>("Initializer");
        if (initializer == Initializer.Auto)
            initializer = ActivationFunction.Of(activation).DefaultInitializer;
        yield return new DenseLayer(arguments.Name, arguments.Int("units"), arguments.Flag("UseBias"), initializer, arguments.Flag("Frozen"));
        if (activation != Activation.Identity)
            yield return new ActivationLayer(arguments.Name, activation);
    }

    public override Shape InferShape(Shape input) => new(Units);

    public override IEnumerable<ParameterBlock> Parameters(Shape input)
    {
        yield return new ParameterBlock(Name, "weight", ParameterRole.Weight, new Shape(input.Count, Units), InitialValue.Of(Initializer), Frozen);
        if (UseBias)
            yield return new ParameterBlock(Name, "bias", ParameterRole.Bias, new Shape(Units), InitialValue.Zeros, Frozen);
    }

    public override void Forward(ForwardPass pass) =>
        pass.Add(new Gemm(pass.Block("weight"), pass.FindBlock("bias"), pass.Input, pass.Output, Activation.Identity));

    public override void Backward(BackwardPass pass)
    {
        // dx reads the weights before a fused step changes them, so it comes first.
        if (pass.InputGradient is not null)
            pass.Add(new GemmTransposed(pass.Block("weight"), pass.OutputGradient, pass.InputGradient, Activation.Identity, null));
        if (!Frozen)
            pass.Add(new WeightGradient(pass.Block("weight"), pass.FindBlock("bias"), pass.Input, pass.OutputGradient));
    }
}
