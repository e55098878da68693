using System.Collections.Generic;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>y[t] = W[x[t]]: a row for each of a vocabulary's numbers. Backward: dW[id] = Σ dy[t] over the steps with that number.</summary>
internal sealed record EmbeddingLayer(string Name, int Vocabulary, int Size, Initializer Initializer, bool Frozen) : UnaryLayer(Name)
{
    public static readonly LayerRegistration Registration = new(
        "Embedding",
        [
            ArgumentSchema.Size("vocabulary"), ArgumentSchema.Size("dimensions"), ArgumentSchema.Choice("Initializer", Initializer.Auto), ArgumentSchema.Flag("Frozen", false),
        ],
        Create,
        "[Embedding(5, 3)]",
        "y[t] = W[x[t]], W of shape [vocabulary, dimensions]; [time] becomes [time, dimensions], and x holds whole numbers from 0 to vocabulary − 1; the first layer of its input")
    {
        ExampleShape = [4],
    };

    public override bool IsTrainable => !Frozen;

    public override bool ReadsCallersRows => true;

    public override bool ReadsNumbers => true;

    public override bool ReturnsSteps => true;

    public override string Kind => "Embedding";

    private static IEnumerable<Layer> Create(LayerArguments arguments)
    {
        Initializer initializer = arguments.Choice<Initializer>("Initializer");
        yield return new EmbeddingLayer(
            arguments.Name, arguments.Int("vocabulary"), arguments.Int("dimensions"), initializer == Initializer.Auto ? Initializer.GlorotUniform : initializer, arguments.Flag("Frozen"));
    }

    public override LayerFault? FaultOf(Shape input) => input.Dimensions.Count == 1
        ? null
        : new(IssueIds.ShapesDoNotFit, Name, $"takes one number for each step, [time], and reads {input}");

    public override Shape InferShape(Shape input) => new(input.Count, Size);

    public override IEnumerable<ParameterBlock> Parameters(Shape input) => [new(Name, "weight", ParameterRole.Weight, new Shape(Vocabulary, Size), InitialValue.Of(Initializer), Frozen)];

    public override void Forward(ForwardPass pass) => pass.Add(new Lookup(pass.Block("weight"), pass.Input, pass.Output));

    public override void Backward(BackwardPass pass)
    {
        // A number of a row has no slope.
        if (pass.InputGradient is { } gradient)
            pass.Add(new Clear(gradient, gradient.Stride));
        if (!Frozen)
            pass.Add(new LookupGradient(pass.Block("weight"), pass.Input, pass.OutputGradient));
    }
}
