using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>The trainer's one array: gradients, one block per optimiser slot, packed Wᵀ, and the tensors of a chunk, in this order.</summary>
internal sealed record TrainerMemory(int SlotLength, int Slots, int TransposedLength, int ScratchLength)
{
    public int Gradients => 0;

    public int Transposed => SlotLength * (1 + Slots);

    public int Scratch => Transposed + TransposedLength;

    public int Length => checked(Scratch + ScratchLength);

    public int Slot(int index) => SlotLength * (1 + index);

    public static TrainerMemory Of(NetworkPlan plan) => new(
        plan.ParameterLength,
        OptimizerRule.Of(plan.Graph.Training!.Optimizer).Slots.Count,
        plan.Layout.Align(plan.Training!.TransposedLength),
        plan.Training.ScratchLength);
}
