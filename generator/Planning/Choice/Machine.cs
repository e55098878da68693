namespace GeneratedNetworks.Generator.Planning;

/// <summary>
/// Every number by which a plan chooses between forms, or a loop is cut: what it stands for, and where its effect shows. Nothing that decides has a
/// number of its own elsewhere in the planner.
/// </summary>
/// <remarks>
/// The commands named are those of <c>tests/GeneratedNetworks.Benchmarks</c>. <c>machine</c> has a line for each number here: what this processor says of
/// it, from timing both sides of a threshold or what a price is paid for, or why it is no matter of speed. <c>sweep</c> times single layers, as every
/// form that they could have, against the form that these numbers choose; <c>table</c> times whole networks. A number is changed with the figures of all
/// three from before and after. "Manuals" are the makers' optimisation manuals for processors since 2017.
/// </remarks>
internal static class Machine
{
    // Prices, in cycles.

    /// <summary>Multiply-adds that begin in one cycle. Manuals.</summary>
    public const double MultiplyAddsPerCycle = 2;

    /// <summary>Loads or broadcasts that begin in one cycle. Manuals.</summary>
    public const double LoadsPerCycle = 2;

    /// <summary>Until a sum can be added to again: 4 by the manuals, and a little for loops that have no slack beside it. <c>sweep</c>, layers of one or two vectors.</summary>
    public const double Latency = 4.3;

    /// <summary>Sums that are kept under way at once: latency times throughput. Manuals.</summary>
    public const int Accumulators = 8;

    /// <summary>Vectors of one layer's result, or of the inputs of dot products, that stay in registers: sums and weights need the others.</summary>
    public const int HeldVectors = 8;

    /// <summary>The sums over the lanes of four vectors: eleven instructions. <c>sweep</c>, weights output by output.</summary>
    public const double LaneSums = 3;

    /// <summary>A turn of a loop over inputs in which too little happens to hide it. <c>sweep</c>, one sample, loop against written out.</summary>
    public const double Turn = 1;

    /// <summary>The call of a method of tiles: pointers, first and last turn. <c>sweep</c>, batches of 4 against 32.</summary>
    public const double Call = 14;

    /// <summary>Each tile in it. <c>sweep</c>, batches of 4 against 32.</summary>
    public const double Tile = 4;

    /// <summary>Counting the tiles of a batch by division. <c>sweep</c>, tiles of 6 rows.</summary>
    public const double DivideBySix = 10;

    /// <summary>The same by shifts. <c>sweep</c>, tiles of 4 and 8 rows.</summary>
    public const double DivideByPowerOfTwo = 3;

    /// <summary>Entering a pass of one sample, and the last sum until it is stored. <c>sweep</c>, one sample, the smallest layers.</summary>
    public const double Sample = 10;

    /// <summary>What the chunk's pass takes to get to one sample: dividing the batch up, scratch, counting tiles. <c>sweep</c>, one sample as a batch of one.</summary>
    public const double Chunk = 60;

    /// <summary>A line of weights from the second-level cache, as one of many panels read side by side. <c>sweep</c>, layers beyond 32 KiB.</summary>
    public const double Line = 1.4;

    /// <summary>The same as one of two panels. <c>sweep</c>, layers beyond 32 KiB, two panels at a time.</summary>
    public const double LineOfTwo = 1.9;

    /// <summary>Finding the start of a panel while many are read. <c>sweep</c>, layers beyond 64 KiB.</summary>
    public const double PanelStart = 40;

    /// <summary>The batches that stand for all that are not one sample.</summary>
    public const int FewRows = 4, ManyRows = 32;

    // Memory.

    /// <summary>The first-level cache of most processors; what is larger comes from the second. Manuals.</summary>
    public const int FirstLevelBytes = 32 * 1024;

    /// <summary>Scratch of rows that go through one by one: with it a method's frame stays within a page.</summary>
    public const int RowScratchBytes = 2048;

    /// <summary>Features of a step up to which a row's step multiplies them itself; of more, all steps at once share the loads of weights.</summary>
    public const int RowFeatures = 8;

    /// <summary>Kernels of frames that may be inlined into one pass, and how many of them a recurrent cell counts for: half of what the just-in-time compiler still inlines in whole (16 frames; two cells of an LSTM, three of a GRU).</summary>
    public const int InlinedKernels = 8, InlinedCell = 4;

    /// <summary>Scratch of a forward pass that may lie on the stack: a sixteenth of the least default stack of a thread.</summary>
    public const int StackBytes = 64 * 1024;

    /// <summary>Elements of scratch for one sample that may lie on the stack.</summary>
    public const int SampleScratch = 4096;

    /// <summary>Working memory of a training chunk: near the size of a second-level cache. <c>table</c>, steps of 784-128-10 by chunk size.</summary>
    public const int TrainingBytes = 640 * 1024;

    /// <summary>Weights that no cache near the processor holds: each chunk reads them again. <c>table</c>, batches of 2048-2048 networks by chunk size.</summary>
    public const long FarWeightBytes = 8 << 20;

    /// <summary>Inputs up to which a product takes longer to store its results than to compute them, beyond the first-level cache. <c>table</c>, 8-32-32-4 by chunk size.</summary>
    public const int ThinInputs = 32;

    /// <summary>The same for the fewest inputs. <c>table</c>, 2-4-1 by chunk size.</summary>
    public const int VeryThinInputs = 4;

    /// <summary>Working memory of a training chunk of thin products. <c>table</c>, steps of 8-32-32-4 by chunk size.</summary>
    public const int ThinTrainingBytes = 128 * 1024;

    /// <summary>Two of the largest tiles.</summary>
    public const int ThinRows = 12;

    /// <summary>Rows of a training chunk that repay its fixed cost. <c>table</c>, steps of 2-4-1 by chunk size.</summary>
    public const int LeastTrainingRows = 16;

    // Where the order of sums is fixed.

    /// <summary>Inputs of a layer from which each output has two sums there: one would wait for its additions: results depend on it.</summary>
    public const int SplitInputs = 16;

    /// <summary>Outputs up to which it has: more fill as many sums by themselves: results depend on it.</summary>
    public const int SplitOutputs = 32;

    /// <summary>Samples of a training chunk there, in every profile: results depend on it.</summary>
    public const int OrderedRows = 32;

    /// <summary>The fewest, where a sample takes much memory.</summary>
    public const int LeastOrderedRows = 4;

    /// <summary>Sums of a row, and of a dot product: as many floats as the narrowest vector has. Results depend on it.</summary>
    public const int RowSums = 4;

    /// <summary>Sums of a tile that stay in registers beside two vectors, an element and a product: 12 of 16.</summary>
    public const int TileSums = 12;

    // How profiles without vectors, and what is not a product, are cut.

    /// <summary>Rows of a forward chunk without vectors beyond which nothing is gained. <c>table</c>, profile Scalar by chunk size.</summary>
    public const int ScalarRows = 16;

    /// <summary>The same of a training chunk, which adds to every gradient once. <c>table</c>, profile Scalar by chunk size.</summary>
    public const int ScalarTrainingRows = 32;

    /// <summary>Scratch of a forward chunk that the smallest device has to spare.</summary>
    public const int SmallScratchBytes = 1024;

    /// <summary>Parameters for which a forward chunk may have one element of scratch: a small part of what the device holds of the network anyway.</summary>
    public const int ParametersPerScratch = 16;

    /// <summary>Working memory of a training chunk that a device which trains has to spare.</summary>
    public const int SmallTrainingBytes = 12 * 1024;

    /// <summary>Rows of the largest tile of single numbers: with four sums each, eight are under way.</summary>
    public const int ScalarTileRows = 2;

    /// <summary>Sums of a row of such a tile.</summary>
    public const int ScalarTileSums = 4;

    /// <summary>Single elements up to which what is left of a row is written out element by element: a loop is hardly shorter.</summary>
    public const int FewElements = 4;

    /// <summary>Vectors of one row up to which a loss is written out in whole vectors, so that backward can read what it just stored.</summary>
    public const int LossVectors = 4;

    // How much is written out.

    /// <summary>Inputs of a layer up to which writing out its loop gains time. <c>sweep</c>, one sample.</summary>
    public const int UnrolledInputs = 32;

    /// <summary>Multiply-adds of a layer up to which it does. <c>sweep</c>, one sample.</summary>
    public const int UnrolledMultiplyAdds = 2048;

    /// <summary>Multiply-adds that one method can hold before the just-in-time compiler stops optimising it, with a margin: it gives up at 60,000 bytes of IL or 2,000 basic blocks.</summary>
    public const int MethodMultiplyAdds = 8192;

    /// <summary>Multiply-adds of single elements beyond which a layer gains nothing from being written out. <c>table</c>, profile Scalar.</summary>
    public const int UnrolledScalars = 128;

    /// <summary>Multiply-adds of single elements that one method may have written out: each is about 18 bytes of IL and 6 uses of locals, and the compiler tracks 1,024 locals.</summary>
    public const int MethodScalars = 768;

    /// <summary>Rows of positions that a depthwise window goes through for all channels before the next: memory is read nearly in its order. <c>table</c>, Adam steps of dscnn.</summary>
    public const int SquareRows = 4;

    /// <summary>Multiply-adds of vectors that one method may have written out: the same limit.</summary>
    public const int MethodVectors = 1024;

    /// <summary>Outputs up to which weights may lie output by output: the sums, a vector of inputs and one of weights fill 16 registers.</summary>
    public const int ByOutputs = 12;

    /// <summary>Layers up to which a step in one method stays within what the just-in-time compiler optimises. <c>table</c>, steps of one sample.</summary>
    public const int StepLayers = 6;

    /// <summary>Multiply-adds up to which it does. <c>table</c>, steps of one sample.</summary>
    public const int StepMultiplyAdds = 16384;

    /// <summary>Bits of the widest vectors that a small one is written out for: it waits for sums, not for multipliers, and wider ones gain nothing. <c>table</c>, steps of one sample.</summary>
    public const int StepBits = 256;

    /// <summary>Multiply-adds beyond which it is written out for the widest too: the step waits for loads, and 512 bits need half as many. <c>table</c>, steps of 8-32-32-4 and 64-32-10 on Zen 5, 101 → 80 and 137 → 107 ns.</summary>
    public const int WideStepMultiplyAdds = 1024;
}
