using System;

namespace GeneratedNetworks.Tests.Compiled;

/// <summary>
/// A generated network behind arrays, so that one test runs on every profile: <c>Simd</c> and <c>Scalar</c> through the public
/// interfaces, <c>Basic</c>, which has none, through delegates. Nothing here allocates once it is made.
/// </summary>
internal abstract class Subject<T>(object instance)
    where T : struct
{
    public object Instance { get; } = instance;

    public abstract int InputSize { get; }

    public abstract int OutputSize { get; }

    public abstract int ParameterCount { get; }

    public abstract void GetParameters(T[] destination);

    public abstract void SetParameters(T[] source);

    public abstract void Forward(T[] inputs, T[] outputs);

    public abstract SubjectTrainer<T> CreateTrainer(ulong seed);

    protected object NewTrainer(ulong seed)
    {
        Type type = Instance.GetType().GetNestedType("Trainer") ?? throw new InvalidOperationException($"{Instance.GetType()} has no trainer.");
        return Activator.CreateInstance(type, Instance, seed)!;
    }
}

/// <summary>A generated trainer behind arrays.</summary>
internal abstract class SubjectTrainer<T>(object instance)
    where T : struct
{
    public object Instance { get; } = instance;

    public abstract int StateSize { get; }

    public abstract T Loss(T[] inputs, T[] targets);

    public abstract T Backward(T[] inputs, T[] targets);

    public abstract T Backward(T[] inputs, T[] targets, T[] inputGradients);

    public abstract void BackwardFrom(T[] inputs, T[] outputGradients);

    public abstract void GetGradients(T[] destination);

    public abstract void SetGradients(T[] source);

    public abstract void Update();

    public abstract T Step(T[] inputs, T[] targets);

    public abstract void GetState(byte[] destination);

    public abstract void SetState(byte[] source);

    public void Reset() => Member.Bind<Action>(Instance, "Reset")();

    /// <summary>Sets a hyper-parameter, such as "LearningRate" or "ClipNorm".</summary>
    public void Set(string name, T value) =>
        (Instance.GetType().GetProperty(name) ?? throw new InvalidOperationException($"The trainer has no {name}.")).SetValue(Instance, value);

    public T Get(string name) =>
        (T)(Instance.GetType().GetProperty(name) ?? throw new InvalidOperationException($"The trainer has no {name}.")).GetValue(Instance)!;
}
