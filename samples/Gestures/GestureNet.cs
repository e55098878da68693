using GeneratedNetworks;

namespace Gestures;

/// <summary>
/// Nearly two seconds of a wrist, 96 frames of acceleration and rotation about three axes each, to the probabilities of what the hand does at their end. Streamed, it says so
/// after every frame, and has no window to wait for.
/// </summary>
[GeneratedNetwork(96, Hand.Axes, Streaming = true)]
[Gru(24)]
[Dense(Hand.GestureCount, Activation.Softmax)]
[Training(Loss.CrossEntropy, Optimizer.Adam)]
public sealed partial class GestureNet;
