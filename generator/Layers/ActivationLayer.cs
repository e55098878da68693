using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>h = f(z). Backward: dz = dh ⊙ f'(z), from h where f' can be told from it.</summary>
internal sealed record ActivationLayer(string Name, Activation Function) : UnaryLayer(Name)
{
    public static readonly LayerRegistration Registration = new(
        "Activation",
        [ArgumentSchema.Choice<Activation>("activation")],
        arguments => [new ActivationLayer(arguments.Name, arguments.Choice<Activation>("activation"))],
        "[Activation(Activation.Silu)]",
        "y = f(x); as the last layer it is the output activation");

    public override string Kind => Function.ToString();

    public override bool OnlyAsOutput => Function is Activation.Softmax or Activation.LogSoftmax;

    public override void Forward(ForwardPass pass)
    {
        if (OnlyAsOutput)
            pass.Add(new Softmax(pass.Input, pass.Output, Function == Activation.LogSoftmax));
        else
            pass.Add(new Map(Function, pass.Input, pass.Output));
    }

    public override void Backward(BackwardPass pass)
    {
        if (pass.InputGradient is null)
            return;
        if (OnlyAsOutput)
        {
            pass.Add(new SoftmaxBackward(pass.Output, pass.OutputGradient, pass.InputGradient, Function == Activation.LogSoftmax));
            return;
        }

        Tensor saved = ActivationFunction.Of(Function).Uses == DerivativeUses.Input ? pass.Input : pass.Output;
        pass.Add(new MapBackward(Function, pass.OutputGradient, saved, pass.InputGradient));
    }
}
