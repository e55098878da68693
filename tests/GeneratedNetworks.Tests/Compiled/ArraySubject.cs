using System;
using System.Reflection;

namespace GeneratedNetworks.Tests.Compiled;

/// <summary>The Basic profile: the same members with arrays and without interfaces, bound once to delegates.</summary>
internal sealed class ArraySubject<T>(object instance) : Subject<T>(instance)
    where T : struct
{
    private readonly Action<T[]> _getParameters = Member.Bind<Action<T[]>>(instance, "GetParameters");
    private readonly Action<T[]> _setParameters = Member.Bind<Action<T[]>>(instance, "SetParameters");
    private readonly Action<T[], T[]> _forward = Member.Bind<Action<T[], T[]>>(instance, "Forward");

    public override int InputSize { get; } = Member.Constant(instance, "InputSize");

    public override int OutputSize { get; } = Member.Constant(instance, "OutputSize");

    public override int ParameterCount { get; } = Member.Constant(instance, "ParameterCount");

    public override void GetParameters(T[] destination) => _getParameters(destination);

    public override void SetParameters(T[] source) => _setParameters(source);

    public override void Forward(T[] inputs, T[] outputs) => _forward(inputs, outputs);

    public override SubjectTrainer<T> CreateTrainer(ulong seed) => new ArrayTrainer<T>(NewTrainer(seed));
}

internal sealed class ArrayTrainer<T>(object instance) : SubjectTrainer<T>(instance)
    where T : struct
{
    private readonly Func<int> _stateSize = Member.Bind<Func<int>>(instance, "get_StateSize");
    private readonly Func<T[], T[], T> _loss = Member.Bind<Func<T[], T[], T>>(instance, "Loss");
    private readonly Func<T[], T[], T> _backward = Member.Bind<Func<T[], T[], T>>(instance, "Backward");
    private readonly Func<T[], T[], T[], T>? _backwardToInputs = Member.TryBind<Func<T[], T[], T[], T>>(instance, "Backward");
    private readonly Action<T[], T[]> _backwardFrom = Member.Bind<Action<T[], T[]>>(instance, "BackwardFrom");
    private readonly Action<T[]> _getGradients = Member.Bind<Action<T[]>>(instance, "GetGradients");
    private readonly Action<T[]> _setGradients = Member.Bind<Action<T[]>>(instance, "SetGradients");
    private readonly Action _update = Member.Bind<Action>(instance, "Update");
    private readonly Func<T[], T[], T> _step = Member.Bind<Func<T[], T[], T>>(instance, "Step");
    private readonly Action<byte[]> _getState = Member.Bind<Action<byte[]>>(instance, "GetState");
    private readonly Action<byte[]> _setState = Member.Bind<Action<byte[]>>(instance, "SetState");

    public override int StateSize => _stateSize();

    public override T Loss(T[] inputs, T[] targets) => _loss(inputs, targets);

    public override T Backward(T[] inputs, T[] targets) => _backward(inputs, targets);

    public override T Backward(T[] inputs, T[] targets, T[] inputGradients) => _backwardToInputs!(inputs, targets, inputGradients);

    public override void BackwardFrom(T[] inputs, T[] outputGradients) => _backwardFrom(inputs, outputGradients);

    public override void GetGradients(T[] destination) => _getGradients(destination);

    public override void SetGradients(T[] source) => _setGradients(source);

    public override void Update() => _update();

    public override T Step(T[] inputs, T[] targets) => _step(inputs, targets);

    public override void GetState(byte[] destination) => _getState(destination);

    public override void SetState(byte[] source) => _setState(source);
}

internal static class Member
{
    public static TDelegate Bind<TDelegate>(object target, string method)
        where TDelegate : Delegate =>
        TryBind<TDelegate>(target, method)
        ?? throw new InvalidOperationException($"{target.GetType()} has no {method} fit for {typeof(TDelegate)}.");

    public static TDelegate? TryBind<TDelegate>(object target, string method)
        where TDelegate : Delegate
    {
        ParameterInfo[] parameters = typeof(TDelegate).GetMethod("Invoke")!.GetParameters();
        Type[] types = Array.ConvertAll(parameters, parameter => parameter.ParameterType);
        return target.GetType().GetMethod(method, types)?.CreateDelegate<TDelegate>(target);
    }

    public static int Constant(object instance, string name) =>
        (int?)instance.GetType().GetField(name)?.GetRawConstantValue() ?? throw new InvalidOperationException($"{instance.GetType()} has no {name}.");
}
