using System;
using System.Linq;
using System.Reflection;

namespace GeneratedNetworks.Generator.Tests.General;

/// <summary>An instance of a generated class of any profile, in double precision, with its trainer.</summary>
internal sealed class Subject
{
    private readonly object _network;

    public Subject(Type type, ulong seed)
    {
        _network = Activator.CreateInstance(type, seed)!;
        Trainer = Activator.CreateInstance(type.GetNestedType("Trainer")!, _network, 7UL)!;
    }

    private delegate void Read(ReadOnlySpan<double> source);

    private delegate void Write(Span<double> destination);

    private delegate void ReadWrite(ReadOnlySpan<double> inputs, Span<double> outputs);

    private delegate double ReadTwo(ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets);

    private delegate void ReadTwoOnly(ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets);

    private delegate void WriteBytes(Span<byte> destination);

    private delegate void ReadBytes(ReadOnlySpan<byte> source);

    public object Trainer { get; }

    public int ParameterCount => (int)_network.GetType().GetField("ParameterCount")!.GetRawConstantValue()!;

    public int StateSize => (int)Trainer.GetType().GetProperty("StateSize")!.GetValue(Trainer)!;

    public double LearningRate
    {
        set => Trainer.GetType().GetProperty("LearningRate")!.SetValue(Trainer, value);
    }

    private int OutputSize => (int)_network.GetType().GetField("OutputSize")!.GetRawConstantValue()!;

    private int InputSize => (int)_network.GetType().GetField("InputSize")!.GetRawConstantValue()!;

    public void SetParameters(double[] values) => Call<Read>(_network, "SetParameters", method => method(values), values);

    public double[] Parameters()
    {
        double[] values = new double[ParameterCount];
        Call<Write>(_network, "GetParameters", method => method(values), values);
        return values;
    }

    public double[] Forward(double[] inputs)
    {
        double[] outputs = new double[inputs.Length / InputSize * OutputSize];
        Call<ReadWrite>(_network, "Forward", method => method(inputs, outputs), inputs, outputs);
        return outputs;
    }

    public double[] Gradients()
    {
        double[] values = new double[ParameterCount];
        Call<Write>(Trainer, "GetGradients", method => method(values), values);
        return values;
    }

    public double Backward(double[] inputs, double[] targets) => CallForLoss("Backward", inputs, targets);

    public double Step(double[] inputs, double[] targets) => CallForLoss("Step", inputs, targets);

    public void BackwardFrom(double[] inputs, double[] outputGradients) =>
        Call<ReadTwoOnly>(Trainer, "BackwardFrom", method => method(inputs, outputGradients), inputs, outputGradients);

    public byte[] State()
    {
        byte[] state = new byte[StateSize];
        Call<WriteBytes>(Trainer, "GetState", method => method(state), state);
        return state;
    }

    public void SetState(byte[] state) => Call<ReadBytes>(Trainer, "SetState", method => method(state), state);

    private double CallForLoss(string name, double[] inputs, double[] targets)
    {
        double loss = 0;
        object? result = Call<ReadTwo>(Trainer, name, method => loss = method(inputs, targets), inputs, targets);
        return result is double value ? value : loss;
    }

    /// <summary>Spans cannot go through reflection, and arrays need no delegate.</summary>
    private static object? Call<TDelegate>(object target, string name, Action<TDelegate> call, params object[] arrays)
        where TDelegate : Delegate
    {
        MethodInfo method = target.GetType().GetMethods().Single(candidate => candidate.Name == name && candidate.GetParameters().Length == arrays.Length);
        if (method.GetParameters()[0].ParameterType.IsArray)
            return method.Invoke(target, arrays);
        call(method.CreateDelegate<TDelegate>(target));
        return null;
    }
}
