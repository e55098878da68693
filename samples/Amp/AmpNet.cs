using GeneratedNetworks;

namespace Amp;

/// <summary>
/// What an amplifier makes of a guitar, sample by sample. Gated recurrent units remember what the circuit remembers, the head mixes them, and what went in is added, so
/// that only what the amplifier does to it is left to learn.
/// </summary>
/// <remarks>Trained by windows of 1,024 samples, a fiftieth of a second; run on blocks of any length.</remarks>
[GeneratedNetwork(1024, 1, Streaming = true)]
[Gru(16, ReturnSequences = true)]
[Dense(1, PerStep = true, Name = "head")]
[Add("head", "x")]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
public sealed partial class AmpNet;
