using System;
using System.Linq;
using System.Numerics;
using GeneratedNetworks.Tests.Reference;

namespace GeneratedNetworks.Tests.Compiled;

/// <summary>A generated network that takes and gives fresh double arrays in either precision, for tests about values.</summary>
internal abstract class TestNetwork(NetworkSpec spec)
{
    public NetworkSpec Spec { get; } = spec;

    public abstract object Instance { get; }

    public abstract int ParameterCount { get; }

    public abstract double[] GetParameters();

    public abstract void SetParameters(double[] parameters);

    public abstract double[] Forward(double[] inputs);

    public abstract TestTrainer CreateTrainer(ulong seed = 0);

    /// <summary>The naive interpreter with this network's present parameters.</summary>
    public NaiveNetwork ToNaive()
    {
        NaiveNetwork naive = new(Spec);
        GetParameters().CopyTo(naive.Parameters, 0);
        return naive;
    }

    /// <summary>Rounds to the network's precision, so that the reference starts from the very same numbers.</summary>
    public double[] Round(double[] values) =>
        Spec.Precision == Precision.Single ? values.Select(value => (double)(float)value).ToArray() : values;

    public static TestNetwork Create(NetworkSpec spec, Type type, params object[] arguments)
    {
        object instance = Activator.CreateInstance(type, arguments)!;
        return (spec.Precision, spec.Profile) switch
        {
            (Precision.Single, EmitProfile.Basic) => new TestNetwork<float>(spec, new ArraySubject<float>(instance)),
            (Precision.Double, EmitProfile.Basic) => new TestNetwork<double>(spec, new ArraySubject<double>(instance)),
            (Precision.Single, _) => new TestNetwork<float>(spec, new SpanSubject<float>(instance)),
            _ => new TestNetwork<double>(spec, new SpanSubject<double>(instance)),
        };
    }
}

internal sealed class TestNetwork<T>(NetworkSpec spec, Subject<T> subject) : TestNetwork(spec)
    where T : struct, IFloatingPoint<T>
{
    public Subject<T> Subject { get; } = subject;

    public override object Instance => Subject.Instance;

    public override int ParameterCount => Subject.ParameterCount;

    public override double[] GetParameters()
    {
        T[] parameters = new T[Subject.ParameterCount];
        Subject.GetParameters(parameters);
        return Numbers.ToDouble(parameters);
    }

    public override void SetParameters(double[] parameters) => Subject.SetParameters(Numbers.From<T>(parameters));

    public override double[] Forward(double[] inputs)
    {
        T[] outputs = new T[inputs.Length / Subject.InputSize * Subject.OutputSize];
        Subject.Forward(Numbers.From<T>(inputs), outputs);
        return Numbers.ToDouble(outputs);
    }

    public override TestTrainer CreateTrainer(ulong seed = 0) => new TestTrainer<T>(this, Subject.CreateTrainer(seed));
}

/// <summary>A generated trainer that takes and gives fresh double arrays in either precision.</summary>
internal abstract class TestTrainer
{
    public abstract object Instance { get; }

    public abstract double Loss(double[] inputs, double[] targets);

    public abstract double Backward(double[] inputs, double[] targets);

    public abstract double Backward(double[] inputs, double[] targets, out double[] inputGradients);

    public abstract void BackwardFrom(double[] inputs, double[] outputGradients);

    public abstract double[] GetGradients();

    public abstract void SetGradients(double[] gradients);

    public abstract void Update();

    public abstract double Step(double[] inputs, double[] targets);

    public abstract byte[] GetState();

    public abstract void SetState(byte[] state);

    public abstract void Reset();

    public abstract double this[string hyperParameter] { get; set; }

    public bool Has(string hyperParameter) => Instance.GetType().GetProperty(hyperParameter) is not null;

    public GradientCheck CheckGradients(double[] inputs, double[] targets) => Instance switch
    {
        ITrainer<float> single => single.CheckGradients(Numbers.From<float>(inputs), Numbers.From<float>(targets)),
        ITrainer<double> trainer => trainer.CheckGradients(inputs, targets),
        _ => throw new InvalidOperationException("The Basic profile has no gradient check."),
    };
}

internal sealed class TestTrainer<T>(TestNetwork<T> network, SubjectTrainer<T> trainer) : TestTrainer
    where T : struct, IFloatingPoint<T>
{
    public SubjectTrainer<T> Trainer { get; } = trainer;

    public override object Instance => Trainer.Instance;

    public override double this[string hyperParameter]
    {
        get => double.CreateChecked(Trainer.Get(hyperParameter));
        set => Trainer.Set(hyperParameter, T.CreateChecked(value));
    }

    public override double Loss(double[] inputs, double[] targets) =>
        double.CreateChecked(Trainer.Loss(Numbers.From<T>(inputs), Numbers.From<T>(targets)));

    public override double Backward(double[] inputs, double[] targets) =>
        double.CreateChecked(Trainer.Backward(Numbers.From<T>(inputs), Numbers.From<T>(targets)));

    public override double Backward(double[] inputs, double[] targets, out double[] inputGradients)
    {
        T[] gradients = new T[inputs.Length];
        T loss = Trainer.Backward(Numbers.From<T>(inputs), Numbers.From<T>(targets), gradients);
        inputGradients = Numbers.ToDouble(gradients);
        return double.CreateChecked(loss);
    }

    public override void BackwardFrom(double[] inputs, double[] outputGradients) =>
        Trainer.BackwardFrom(Numbers.From<T>(inputs), Numbers.From<T>(outputGradients));

    public override double[] GetGradients()
    {
        T[] gradients = new T[network.ParameterCount];
        Trainer.GetGradients(gradients);
        return Numbers.ToDouble(gradients);
    }

    public override void SetGradients(double[] gradients) => Trainer.SetGradients(Numbers.From<T>(gradients));

    public override void Update() => Trainer.Update();

    public override double Step(double[] inputs, double[] targets) =>
        double.CreateChecked(Trainer.Step(Numbers.From<T>(inputs), Numbers.From<T>(targets)));

    public override byte[] GetState()
    {
        byte[] state = new byte[Trainer.StateSize];
        Trainer.GetState(state);
        return state;
    }

    public override void SetState(byte[] state) => Trainer.SetState(state);

    public override void Reset() => Trainer.Reset();
}

internal static class Numbers
{
    public static T[] From<T>(double[] values)
        where T : struct, IFloatingPoint<T> => Array.ConvertAll(values, value => T.CreateTruncating(value));

    public static double[] ToDouble<T>(T[] values)
        where T : struct, IFloatingPoint<T> => Array.ConvertAll(values, value => double.CreateTruncating(value));
}
