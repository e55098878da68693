using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>Which recurrent layer it is.</summary>
internal enum CellKind
{
    /// <summary>h = f(x·W + b + h₋₁·U).</summary>
    Simple,

    /// <summary>Gates z, r, n; r works on h₋₁·U.</summary>
    GruResetAfter,

    /// <summary>Gates z, r, n; r works on h₋₁.</summary>
    GruResetBefore,

    /// <summary>Gates i, f, g, o and a memory.</summary>
    Lstm,
}

/// <summary>A recurrent layer apart from its input's product.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Layer">Its name.</param>
/// <param name="Units">Elements of its state.</param>
/// <param name="Steps">Of a sequence.</param>
/// <param name="Recurrent">U, of shape [units, gates·units].</param>
/// <param name="Bias">What is added to h₋₁·U, or null.</param>
/// <param name="IsSequence">Whether every step's state is its value; otherwise the last one's.</param>
/// <param name="Function">Of <see cref="CellKind.Simple"/>.</param>
/// <param name="Limit">What a memory is held within; 0 for nothing.</param>
internal sealed record Cell(
    CellKind Kind, string Layer, int Units, int Steps, ParameterBlock Recurrent, ParameterBlock? Bias, bool IsSequence, Activation Function, double Limit)
{
    public int Gates => GatesOf(Kind);

    /// <summary>Elements of all gates of one step.</summary>
    public int Width => Gates * Units;

    public static int GatesOf(CellKind kind) => kind switch
    {
        CellKind.Simple => 1,
        CellKind.Lstm => 4,
        _ => 3,
    };

    /// <summary>A window of one step.</summary>
    public static Window EachOf(int steps) => new(Axis.None, new(steps, 1, 1, 1, 0, 0, steps));

    /// <summary>What a step sees of a tensor: a part of its own where there is one for each.</summary>
    /// <param name="tensor">Of one step, or of all.</param>
    /// <param name="width">Of a step's part.</param>
    /// <param name="steps">Parts that the first step is behind the start.</param>
    public Tensor Each(Tensor tensor, int width, int steps = 0) => tensor.Width == width && steps == 0 ? tensor
        : Steps == 1 ? tensor.Part(new(width), steps * width)
        : tensor.Width > width ? tensor.EachStep(new(width), steps) : tensor;

    /// <summary>The states before each step: all but the last.</summary>
    public Window StatesBefore => new(Axis.None, new(Steps + 1, 1, 1, 1, 0, 0, Steps));
}

/// <summary>Where a recurrent layer keeps what it computes.</summary>
/// <param name="Gates">[steps, width]: x·W + b, then the gates' values.</param>
/// <param name="Sums">h₋₁·U + b': [steps, width] where backward needs those of every step, otherwise [width].</param>
/// <param name="States">[steps + 1, units], the first one the state before the sequence; or [units], where no state is kept.</param>
/// <param name="Output">The layer's value.</param>
internal sealed record CellTensors(Tensor Gates, Tensor Sums, Tensor States, Tensor Output)
{
    /// <summary>As <see cref="States"/>, of an LSTM.</summary>
    public Tensor? Memories { get; init; }

    /// <summary>r ⊙ h₋₁ where r works on h₋₁: of every step, or of one.</summary>
    public Tensor? Reset { get; init; }

    /// <summary>Its product with U.</summary>
    public Tensor? NewSums { get; init; }

    /// <summary>Those that only the layer itself knows, the gates apart.</summary>
    public IEnumerable<Tensor> Own => new[] { Sums, States, Memories, Reset, NewSums }.OfType<Tensor>().Where(tensor => tensor.IsScratch && !tensor.Equals(Output));

    /// <summary>Where a stream's state comes from and goes to, or null for zeros.</summary>
    public Tensor? PastState { get; init; }

    /// <summary>The same of an LSTM's memory.</summary>
    public Tensor? PastMemory { get; init; }

    /// <summary>Makes a layer's tensors.</summary>
    /// <param name="cell">The layer.</param>
    /// <param name="output">Its value.</param>
    /// <param name="keep">Makes a tensor of its own.</param>
    /// <param name="pastOf">Makes a part of a stream's memory, where there is one.</param>
    /// <param name="isTraining">Whether backward will read them.</param>
    public static CellTensors Of(Cell cell, Tensor output, Func<string, Shape, Tensor> keep, Func<string, Shape, Tensor?> pastOf, bool isTraining)
    {
        Tensor? state = pastOf("state", new(cell.Units)), memory = cell.Kind == CellKind.Lstm ? pastOf("memory", new(cell.Units)) : null;

        Shape each(int width) => isTraining ? new(cell.Steps, width) : new(width);
        Shape states = isTraining ? new(cell.Steps + 1, cell.Units) : new(cell.Units);
        bool isBefore = cell.Kind == CellKind.GruResetBefore;
        return new(
            keep("Gates", new(cell.Steps, cell.Width)),
            keep("Sums", cell.Kind == CellKind.GruResetAfter ? each(cell.Width) : new(cell.Width)),
            isTraining ? keep("States", states) : state ?? (!cell.IsSequence && output.IsScratch ? output : keep("States", states)),
            output)
        {
            PastState = isTraining ? state : null,
            PastMemory = isTraining ? memory : null,
            Memories = cell.Kind != CellKind.Lstm ? null : isTraining ? keep("Memories", states) : memory ?? keep("Memories", states),
            Reset = isBefore ? keep("Reset", each(cell.Units)) : null,
            NewSums = isBefore ? keep("NewSums", new(cell.Width)) : null,
        };
    }

}

/// <summary>h of every step, from h of the step before and the gates' sums.</summary>
internal sealed record Recurrence(Cell Cell, CellTensors Tensors) : Repetition(Cell.Steps, false)
{
    /// <summary>Whether each row goes through a step by itself, products and all.</summary>
    public bool IsByRow { get; init; }

    /// <summary>Whether the kernel of a row becomes a part of its caller, where sizes are constants.</summary>
    public bool IsInlined { get; init; }

    /// <summary>x·W + b of one step, where that is part of the step.</summary>
    public Convolve? Input { get; init; }

    /// <summary>Whether backward reads what it leaves.</summary>
    public bool Keeps { get; init; }

    public override Tensor? Writes => Tensors.Output;

    public override IReadOnlyList<Operation> Before => [.. Cleared()];

    public override IReadOnlyList<Operation> Body
    {
        get
        {
            Gemm product = new(Cell.Recurrent, Cell.Bias, State(0), Sums, Activation.Identity) { IsRecurrent = true };
            IReadOnlyList<Operation> whole(CellForm form) => IsByRow ? [new CellRow(Input, product, Step(form)) { Keeps = Keeps, IsInlined = IsInlined }] : [product, Step(form)];
            return Cell.Kind switch
            {
                CellKind.Simple => whole(CellForms.Simple(Cell.Function, Cell.IsSequence)),
                CellKind.GruResetAfter => whole(CellForms.Gru(Cell.IsSequence)),
                CellKind.Lstm => whole(CellForms.Lstm(Cell.IsSequence, Cell.Limit > 0)),
                _ => [product, Step(CellForms.GruReset), product with { Input = Reset, Output = Tensors.NewSums! }, Step(CellForms.GruNew(Cell.IsSequence), Tensors.NewSums)],
            };
        }
    }

    public override IReadOnlyList<Operation> After =>
    [
        .. Cell.IsSequence || Tensors.States.Equals(Tensors.Output) ? [] : new[] { new CopyRows(Last(Tensors.States), Tensors.Output) },
        .. Tensors.PastState is { } state ? new[] { new Retain(Last(Tensors.States), state) } : [],
        .. Tensors.PastMemory is { } memory ? new[] { new Retain(Last(Tensors.Memories!), memory) } : [],
    ];

    private Tensor Sums => Cell.Each(Tensors.Sums, Cell.Width);

    private Tensor Reset => Cell.Each(Tensors.Reset!, Cell.Units);

    private Tensor State(int steps) => State(Tensors.States, steps);

    /// <summary>The state before a step, or the one after it; the same place where none is kept.</summary>
    private Tensor State(Tensor tensor, int steps) => tensor.Width > Cell.Units ? Cell.Each(tensor, Cell.Units, steps) : tensor;

    private Tensor Last(Tensor tensor) => tensor.Width > Cell.Units ? tensor.Part(new(Cell.Units), Cell.Steps * Cell.Units) : tensor;

    private IEnumerable<Operation> Cleared()
    {
        if (Tensors.States.Role != TensorRole.Past)
            yield return First(Tensors.States, Tensors.PastState);
        if (Tensors.Memories is { Role: not TensorRole.Past } memories)
            yield return First(memories, Tensors.PastMemory);
        if (Cell.IsSequence && Tensors.Output.Stride > Tensors.Output.Width)
            yield return new Clear(Tensors.Output, Tensors.Output.Stride);
    }

    /// <summary>The state before the first step; where there is one place for all steps, with its padding.</summary>
    private Operation First(Tensor tensor, Tensor? past) => past is not null ? new Resume(past, tensor, Cell.Units) : new Clear(tensor, tensor.Width > Cell.Units ? Cell.Units : tensor.Stride);

    private CellStep Step(CellForm form, Tensor? sums = null) => new(form, Cell.Layer, Cell.Units, new(form.Slots.Select(slot => slot switch
    {
        CellForms.Gates => Cell.Each(Tensors.Gates, Cell.Width),
        CellForms.Sums => sums ?? Sums,
        CellForms.State => State(0),
        CellForms.Next => State(1),
        CellForms.Output => Cell.Each(Tensors.Output, Cell.Units),
        CellForms.Memory => State(Tensors.Memories!, 0),
        CellForms.NextMemory => State(Tensors.Memories!, 1),
        CellForms.Reset => Reset,
        _ => throw new NotSupportedException($"A step forward has no '{slot}'."),
    })), Cell.Limit)
    { Steps = Cell.Steps };
}

/// <summary>
/// The derivatives of a layer's gates, step by step from the last to the first, in place of their values; and those that the gradient of U needs where they differ.
/// </summary>
/// <param name="Cell">The layer.</param>
/// <param name="Tensors">What forward left.</param>
/// <param name="OutputGradient">Of the layer's value.</param>
/// <param name="Work">What it works with.</param>
internal sealed record RecurrenceBackward(Cell Cell, CellTensors Tensors, Tensor OutputGradient, CellGradients Work) : Repetition(Cell.Steps, true)
{
    public override Tensor? Writes => Tensors.Gates;

    /// <summary>Derivatives of what U's product gave, of every step.</summary>
    public Tensor Deltas => Cell.Kind switch
    {
        CellKind.GruResetAfter => Tensors.Sums,
        CellKind.GruResetBefore => Work.Deltas!,
        _ => Tensors.Gates,
    };

    public override IReadOnlyList<Operation> Before =>
    [
        Cell.IsSequence ? new Clear(Work.Carry, Work.Carry.Stride) : new CopyRows(OutputGradient, Work.Carry),
        new Clear(Work.Down, Work.Down.Stride),
        .. Work.CarryMemory is { } memory ? new Operation[] { new Clear(memory, memory.Stride) } : [],
    ];

    public override IReadOnlyList<Operation> Body
    {
        get
        {
            Operation down = new GemmTransposed(Cell.Recurrent, Cell.Each(Deltas, Cell.Width), Work.Down, Activation.Identity, null) { IsRecurrent = true };
            return Cell.Kind switch
            {
                CellKind.Simple => [Step(CellForms.SimpleBackward(Cell.Function, Cell.IsSequence)), down],
                CellKind.GruResetAfter => [Step(CellForms.GruBackward(Cell.IsSequence)), down],
                CellKind.Lstm => [Step(CellForms.LstmBackward(Cell.IsSequence, Cell.Limit > 0)), down],
                _ =>
                [
                    Step(CellForms.GruNewBackward(Cell.IsSequence)),
                    new GemmTransposed(Cell.Recurrent, Cell.Each(Work.NewDeltas!, Cell.Width), Work.ResetGradient!, Activation.Identity, null) { IsRecurrent = true },
                    Step(CellForms.GruResetBackward),
                    down,
                ],
            };
        }
    }

    public override IReadOnlyList<Operation> After => [];

    private CellStep Step(CellForm form) => new(form, Cell.Layer, Cell.Units, new(form.Slots.Select(slot => slot switch
    {
        CellForms.Gates => Cell.Each(Tensors.Gates, Cell.Width),
        CellForms.Sums => Cell.Each(Tensors.Sums, Cell.Width),
        CellForms.State => Cell.Each(Tensors.States, Cell.Units),
        CellForms.Next => Cell.Each(Tensors.States, Cell.Units, 1),
        CellForms.Memory => Cell.Each(Tensors.Memories!, Cell.Units),
        CellForms.NextMemory => Cell.Each(Tensors.Memories!, Cell.Units, 1),
        CellForms.OutputGradient => Cell.Each(OutputGradient, Cell.Units),
        CellForms.Carry => Work.Carry,
        CellForms.Down => Work.Down,
        CellForms.CarryMemory => Work.CarryMemory!,
        CellForms.ResetGradient => Work.ResetGradient!,
        CellForms.Deltas => Cell.Each(Work.Deltas!, Cell.Width),
        CellForms.NewDeltas => Cell.Each(Work.NewDeltas!, Cell.Width),
        _ => throw new NotSupportedException($"A step backward has no '{slot}'."),
    })), Cell.Limit)
    { Steps = Cell.Steps };
}

/// <summary>What a recurrent layer's backward pass works with.</summary>
/// <param name="Carry">dh that goes around U, [units].</param>
/// <param name="Down">dh that goes through U, [units].</param>
internal sealed record CellGradients(Tensor Carry, Tensor Down)
{
    /// <summary>dc, [units].</summary>
    public Tensor? CarryMemory { get; init; }

    /// <summary>Where r works on h₋₁: d(r ⊙ h₋₁), [units].</summary>
    public Tensor? ResetGradient { get; init; }

    /// <summary>Of h₋₁·U: dz, dr and 0, of every step.</summary>
    public Tensor? Deltas { get; init; }

    /// <summary>Of (r ⊙ h₋₁)·U: 0, 0 and dn, of every step.</summary>
    public Tensor? NewDeltas { get; init; }

    public static CellGradients Of(Cell cell, Func<string, Shape, Tensor> beside)
    {
        bool isBefore = cell.Kind == CellKind.GruResetBefore;
        Shape all = new(cell.Steps, cell.Width);
        return new(beside("Carry", new(cell.Units)), beside("Down", new(cell.Units)))
        {
            CarryMemory = cell.Kind == CellKind.Lstm ? beside("CarryMemory", new(cell.Units)) : null,
            ResetGradient = isBefore ? beside("Reset", new(cell.Units)) : null,
            Deltas = isBefore ? beside("Deltas", all) : null,
            NewDeltas = isBefore ? beside("NewDeltas", all) : null,
        };
    }
}
