using System.Collections.Generic;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>h = f(z). Backward: dz = dh ⊙ f'(z), from h where f' can be told from it.</summary>
internal sealed record ActivationLayer(string Name, Activation Function) : Layer(Name)
{
    public static IEnumerable<Layer> Create(LayerArguments arguments)
    {
        yield return new ActivationLayer(arguments.Name, arguments.Choice("activation", Activation.Identity));
    }

    public override Shape InferShape(Shape input) => input;

    public override void Forward(PassBuilder pass, Tensor input, Tensor output)
    {
        if (Function is Activation.Softmax or Activation.LogSoftmax)
            pass.Add(new Softmax(input, output, Function == Activation.LogSoftmax));
        else
            pass.Add(new Map(Function, input, output));
    }

    public override void Backward(PassBuilder pass, Tensor input, Tensor output, Tensor outputGradient, Tensor? inputGradient)
    {
        if (inputGradient is null)
            return;
        if (Function is Activation.Softmax or Activation.LogSoftmax)
        {
            pass.Add(new SoftmaxBackward(output, outputGradient, inputGradient, Function == Activation.LogSoftmax));
            return;
        }

        Tensor saved = ActivationFunction.Of(Function).Uses == DerivativeUses.Input ? input : output;
        pass.Add(new MapBackward(Function, outputGradient, saved, inputGradient));
    }
}
