using System;
using System.Runtime.CompilerServices;

namespace GeneratedNetworks.Tests.Compiled;

/// <summary>The profiles with spans: everything goes through <see cref="INetwork{T}"/>.</summary>
internal sealed class SpanSubject<T>(object instance) : Subject<T>(instance)
    where T : struct
{
    public INetwork<T> Network { get; } = (INetwork<T>)instance;

    public override int InputSize => Network.InputSize;

    public override int OutputSize => Network.OutputSize;

    public override int ParameterCount => Network.ParameterCount;

    public override void GetParameters(T[] destination) => Network.GetParameters(destination);

    public override void SetParameters(T[] source) => Network.SetParameters(source);

    public override void Forward(T[] inputs, T[] outputs)
    {
        FillStack();
        Network.Forward(inputs, outputs);
    }

    public override SubjectTrainer<T> CreateTrainer(ulong seed) => new SpanTrainer<T>(NewTrainer(seed));

    /// <summary>Leaves NaN where the next call has its scratch: what is read before it is written shows in the outputs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FillStack()
    {
        // All bits set are NaN in single and in double precision.
        Span<byte> stack = stackalloc byte[100_000];
        stack.Fill(0xFF);
    }
}

internal sealed class SpanTrainer<T> : SubjectTrainer<T>
    where T : struct
{
    private readonly BackwardToInputs? _backwardToInputs;

    public SpanTrainer(object instance)
        : base(instance)
    {
        Trainer = (ITrainer<T>)instance;
        Type[] parameters = [typeof(ReadOnlySpan<T>), typeof(ReadOnlySpan<T>), typeof(Span<T>)];
        _backwardToInputs = instance.GetType().GetMethod("Backward", parameters)?.CreateDelegate<BackwardToInputs>(instance);
    }

    private delegate T BackwardToInputs(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, Span<T> inputGradients);

    public ITrainer<T> Trainer { get; }

    public override int StateSize => Trainer.StateSize;

    public override T Loss(T[] inputs, T[] targets) => Trainer.Loss(inputs, targets);

    public override T Backward(T[] inputs, T[] targets) => Trainer.Backward(inputs, targets);

    public override T Backward(T[] inputs, T[] targets, T[] inputGradients) => _backwardToInputs!(inputs, targets, inputGradients);

    public override void BackwardFrom(T[] inputs, T[] outputGradients) => Trainer.BackwardFrom(inputs, outputGradients);

    public override void GetGradients(T[] destination) => Trainer.GetGradients(destination);

    public override void SetGradients(T[] source) => Trainer.SetGradients(source);

    public override void Update() => Trainer.Update();

    public override T Step(T[] inputs, T[] targets) => Trainer.Step(inputs, targets);

    public override void GetState(byte[] destination) => Trainer.GetState(destination);

    public override void SetState(byte[] source) => Trainer.SetState(source);
}
