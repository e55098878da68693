using System.Collections.Generic;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>What recurrent layers have in common.</summary>
/// <param name="Name">The layer's.</param>
/// <param name="Kind">Which it is.</param>
/// <param name="Units">Elements of its state.</param>
internal abstract record RecurrentLayer(string Name, CellKind CellKind, int Units) : UnaryLayer(Name)
{
    /// <summary>Whether every step's state is its value.</summary>
    public bool ReturnSequences { get; init; }

    public bool UseBias { get; init; } = true;

    public Initializer Initializer { get; init; }

    public Initializer RecurrentInitializer { get; init; }

    public bool Frozen { get; init; }

    public override bool IsTrainable => !Frozen;

    public override bool ReadsCallersRows => true;

    public override bool ReturnsSteps => ReturnSequences;

    /// <summary>Biases, one after the other: one for each gate, or one of each product's.</summary>
    protected virtual int Biases => 1;

    protected virtual Activation Function => Activation.Tanh;

    protected virtual double Limit => 0;

    /// <summary>What biases start as.</summary>
    protected virtual InitialValue InitialBias => InitialValue.Zeros;

    private int Width => Cell.GatesOf(CellKind) * Units;

    /// <summary>Those that every one of them takes behind its own.</summary>
    protected static IEnumerable<ArgumentSchema> Arguments =>
    [
        ArgumentSchema.Flag("ReturnSequences", false),
        ArgumentSchema.Flag("UseBias", true),
        ArgumentSchema.Choice("Initializer", Initializer.Auto),
        ArgumentSchema.Choice("RecurrentInitializer", Initializer.Orthogonal),
        ArgumentSchema.Flag("Frozen", false),
    ];

    /// <summary>The layer with what those say.</summary>
    protected static RecurrentLayer Read(LayerArguments arguments, RecurrentLayer layer)
    {
        Initializer initializer = arguments.Choice<Initializer>("Initializer"), recurrent = arguments.Choice<Initializer>("RecurrentInitializer");
        return layer with
        {
            ReturnSequences = arguments.Flag("ReturnSequences"),
            UseBias = arguments.Flag("UseBias"),
            Initializer = initializer == Initializer.Auto ? Initializer.GlorotUniform : initializer,
            RecurrentInitializer = recurrent == Initializer.Auto ? Initializer.Orthogonal : recurrent,
            Frozen = arguments.Flag("Frozen"),
        };
    }

    public override LayerFault? FaultOf(Shape input) => input.Dimensions.Count == 2
        ? null
        : new(IssueIds.ShapesDoNotFit, Name, $"takes a sequence, [time, features], and reads {input}")
        {
            Remedy = "write Reshape before it, or ReturnSequences = true in a recurrent layer before it",
            Axes = 2,
        };

    public override StreamRule InStream(IReadOnlyList<Shape> inputs) => ReturnSequences ? StreamRule.EachStep : StreamRule.LastStep;

    public override Shape InferShape(Shape input) => ReturnSequences ? new(input.Dimensions[0], Units) : new(Units);

    public override IEnumerable<ParameterBlock> Parameters(Shape input)
    {
        yield return new ParameterBlock(Name, "kernel", ParameterRole.Weight, new Shape(input.Columns, Width), InitialValue.Of(Initializer), Frozen);
        yield return new ParameterBlock(Name, "recurrent", ParameterRole.Weight, new Shape(Units, Width), InitialValue.Of(RecurrentInitializer), Frozen);
        if (UseBias)
            yield return new ParameterBlock(Name, "bias", ParameterRole.Bias, Biases == 1 ? new Shape(Width) : new Shape(Biases, Width), InitialBias, Frozen);
    }

    public override void Forward(ForwardPass pass)
    {
        Cell cell = CellOf(pass);
        CellTensors tensors = CellTensors.Of(cell, pass.Output, pass.Kept, pass.PastOf, pass.IsTraining);
        pass.Add(new Convolve(pass.Block("kernel"), InputBias(pass), Cell.EachOf(cell.Steps), 1, pass.Input, tensors.Gates, Activation.Identity));
        pass.Add(new Recurrence(cell, tensors));
    }

    public override void Backward(BackwardPass pass)
    {
        Cell cell = CellOf(pass);
        CellTensors tensors = CellTensors.Of(cell, pass.Output, pass.Kept, pass.PastOf, isTraining: true);
        RecurrenceBackward backward = new(cell, tensors, pass.OutputGradient, CellGradients.Of(cell, pass.Beside));
        pass.Add(backward);

        // dx reads the weights before a fused step changes them, so it comes first.
        if (pass.InputGradient is { } gradient)
            pass.Add(new ConvolveTransposed(pass.Block("kernel"), Cell.EachOf(cell.Steps), 1, tensors.Gates, gradient));
        if (Frozen)
            return;
        ParameterBlock recurrent = pass.Block("recurrent");
        pass.Add(new ConvolveGradient(pass.Block("kernel"), InputBias(pass), Cell.EachOf(cell.Steps), 1, pass.Input, tensors.Gates));
        pass.Add(new ConvolveGradient(recurrent, cell.Bias, cell.StatesBefore, 1, tensors.States, backward.Deltas));
        if (tensors.Reset is { } reset)
            pass.Add(new ConvolveGradient(recurrent, null, Cell.EachOf(cell.Steps), 1, reset, backward.Work.NewDeltas!) { Adds = true });
    }

    private Cell CellOf(ForwardPass pass) => new(
        CellKind, Name, Units, pass.Input.Shape.Dimensions[0], pass.Block("recurrent"), Biases > 1 ? pass.FindBlock("bias")?.RowOf(1) : null, ReturnSequences, Function, Limit);

    private ParameterBlock? InputBias(ForwardPass pass) => pass.FindBlock("bias") is { } bias ? Biases > 1 ? bias.RowOf(0) : bias : null;
}
