using System;

namespace GeneratedNetworks.Benchmarks.Networks;

/// <summary>A forward pass of one class. Structs, for each of which the loop is compiled, so that the call in it is as direct as a user's.</summary>
internal interface IForward<T>
{
    void Forward(ReadOnlySpan<T> inputs, Span<T> outputs);
}

/// <summary>A step of one trainer.</summary>
internal interface IStep<T>
{
    void Step(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets);
}

/// <summary>Makes calls of the public API as often as asked.</summary>
internal static class Loop
{
    public static Action<int> Forward<T, TForward>(Batch<T> batch, TForward made)
        where T : struct
        where TForward : struct, IForward<T> => calls =>
        {
            TForward network = made;
            ReadOnlySpan<T> inputs = batch.Inputs;
            Span<T> outputs = batch.Outputs;
            for (int i = 0; i < calls; i++)
            {
                network.Forward(inputs, outputs);
            }
        };

    public static Action<int> Step<T, TStep>(Batch<T> batch, TStep made)
        where T : struct
        where TStep : struct, IStep<T> => calls =>
        {
            TStep trainer = made;
            ReadOnlySpan<T> inputs = batch.Inputs;
            ReadOnlySpan<T> targets = batch.Targets;
            for (int i = 0; i < calls; i++)
            {
                trainer.Step(inputs, targets);
            }
        };
}
