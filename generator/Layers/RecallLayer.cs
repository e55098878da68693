using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>The frames that a causal window sees at a step, the oldest first: those before it come out of the stream's memory, which then takes the new one.</summary>
/// <param name="Name">The convolution's.</param>
/// <param name="Kernel">How many it sees.</param>
/// <param name="Dilation">From one to the next.</param>
internal sealed record RecallLayer(string Name, int Kernel, int Dilation) : UnaryLayer(Name)
{
    public override bool ReadsCallersRows => true;

    public override string Kind => "Memory";

    public override string InnerName => "Seen";

    /// <summary>The last frames, and the number of the oldest one's place among them.</summary>
    public static Shape PastOf(int kernel, int dilation, int channels) => new(checked(((kernel - 1) * dilation * channels) + 1));

    public override Shape InferShape(Shape input) => new(Kernel, input.Columns);

    public override void Forward(ForwardPass pass) => pass.Add(new Recall(
        pass.Input, pass.PastOf("frames", PastOf(Kernel, Dilation, pass.Input.Shape.Columns))!, Kernel, Dilation, pass.Output));

    public override void Backward(BackwardPass pass) => throw new System.NotSupportedException("A frame is not trained by itself.");
}
