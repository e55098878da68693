namespace GeneratedNetworks.Generator.Planning;

/// <summary>The trainer's one array: gradients, one block per optimiser slot, packed Wᵀ, and the tensors of a chunk, in this order.</summary>
/// <param name="SlotLength">Elements of the gradients, and of each slot.</param>
/// <param name="Slots">Slots of the optimiser.</param>
/// <param name="TransposedLength">Elements of all packed Wᵀ together.</param>
/// <param name="ScratchLength">Elements of the tensors of a full chunk.</param>
/// <param name="AverageLength">Elements of what goes into moving averages at the next update.</param>
/// <param name="Losses">Outputs whose losses are told apart; 0 for one.</param>
internal sealed record TrainerMemory(int SlotLength, int Slots, int TransposedLength, int ScratchLength, int AverageLength = 0, int Losses = 0)
{
    /// <summary>Where the losses are, from the start of the tensors.</summary>
    public int LossesInScratch => ScratchLength + AverageLength;

    /// <summary>Where that starts, behind the tensors.</summary>
    public int Averages => Scratch + ScratchLength;

    public int Gradients => 0;

    public int Transposed => SlotLength * (1 + Slots);

    public int Scratch => Transposed + TransposedLength;

    public int Length => checked(Scratch + ScratchLength + AverageLength + Losses);

    public int Slot(int index) => SlotLength * (1 + index);
}
