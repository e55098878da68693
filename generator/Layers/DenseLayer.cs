using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>
/// z = x·W + b, W of shape [in, out], of all of x or of each step along the axes before the last, with the same W. Backward: dW = xᵀ·dz, db = Σ dz over the batch
/// and the steps, dx = dz·Wᵀ.
/// </summary>
internal sealed record DenseLayer(string Name, int Units, bool UseBias, Initializer Initializer, bool Frozen, bool PerStep) : UnaryLayer(Name)
{
    public static readonly LayerRegistration Registration = new(
        "Dense",
        [
            ArgumentSchema.Size("units"),
            ArgumentSchema.Choice("activation", Activation.Identity),
            ArgumentSchema.Flag("UseBias", true),
            ArgumentSchema.Choice("Initializer", Initializer.Auto),
            ArgumentSchema.Flag("Frozen", false),
            ArgumentSchema.Flag("PerStep", false),
        ],
        Create,
        "[Dense(3, Activation.Tanh)]",
        "y = f(x·W + b), W of shape [inputs, units]; flattens its input, or with `PerStep` acts on the last axis");

    public override bool IsTrainable => !Frozen;

    public override bool ReadsCallersRows => true;

    public override string Kind => "Dense";

    private static IEnumerable<Layer> Create(LayerArguments arguments)
    {
        Activation activation = arguments.Choice<Activation>("activation");
        Initializer initializer = arguments.Choice<Initializer>("Initializer");
        if (initializer == Initializer.Auto)
            initializer = ActivationFunction.Of(activation).DefaultInitializer;
        yield return new DenseLayer(arguments.Name, arguments.Int("units"), arguments.Flag("UseBias"), initializer, arguments.Flag("Frozen"), arguments.Flag("PerStep"));
        if (activation != Activation.Identity)
            yield return new ActivationLayer(arguments.Name, activation);
    }

    public override Shape InferShape(Shape input) =>
        PerStep ? new(new EquatableArray<int>(input.Dimensions.Take(input.Dimensions.Count - 1).Append(Units))) : new(Units);

    public override IEnumerable<ParameterBlock> Parameters(Shape input)
    {
        yield return new ParameterBlock(Name, "weight", ParameterRole.Weight, new Shape(PerStep ? input.Columns : input.Count, Units), InitialValue.Of(Initializer), Frozen);
        if (UseBias)
            yield return new ParameterBlock(Name, "bias", ParameterRole.Bias, new Shape(Units), InitialValue.Zeros, Frozen);
    }

    public override void Forward(ForwardPass pass)
    {
        if (HasSteps(pass.Input))
            pass.Add(new Convolve(pass.Block("weight"), pass.FindBlock("bias"), Steps(pass.Input), 1, Signal(pass.Input), Signal(pass.Output), Activation.Identity));
        else
            pass.Add(new Gemm(pass.Block("weight"), pass.FindBlock("bias"), pass.Input, pass.Output, Activation.Identity));
    }

    public override void Backward(BackwardPass pass)
    {
        bool hasSteps = HasSteps(pass.Input);

        // dx reads the weights before a fused step changes them, so it comes first.
        if (pass.InputGradient is { } gradient)
        {
            pass.Add(hasSteps
                ? new ConvolveTransposed(pass.Block("weight"), Steps(pass.Input), 1, Signal(pass.OutputGradient), Signal(gradient))
                : new GemmTransposed(pass.Block("weight"), pass.OutputGradient, gradient, Activation.Identity, null));
        }

        if (!Frozen)
        {
            pass.Add(hasSteps
                ? new ConvolveGradient(pass.Block("weight"), pass.FindBlock("bias"), Steps(pass.Input), 1, Signal(pass.Input), Signal(pass.OutputGradient))
                : new WeightGradient(pass.Block("weight"), pass.FindBlock("bias"), pass.Input, pass.OutputGradient));
        }
    }

    public override StreamRule InStream(IReadOnlyList<Shape> inputs) =>
        PerStep ? StreamRule.EachStep : StreamRule.Wrong("takes all steps as one row of inputs: write PerStep = true, so that it acts on each frame");

    private bool HasSteps(Tensor input) => PerStep && input.Shape.Dimensions.Count > 1;

    /// <summary>A window of one step.</summary>
    private static Window Steps(Tensor input) => new(Axis.None, new(input.Shape.Rows, 1, 1, 1, 0, 0, input.Shape.Rows));

    private static Tensor Signal(Tensor tensor) => tensor with { Shape = new(tensor.Shape.Rows, tensor.Shape.Columns) };
}
