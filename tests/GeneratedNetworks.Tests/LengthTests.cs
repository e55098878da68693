using System;
using System.Linq;
using System.Numerics;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Lengths are exact: a wrong one is named, with what was expected and found, before anything is written.</summary>
public sealed class LengthTests
{
    private const double Untouched = -123;

    public static TheoryData<EmitProfile, Precision> Targets => ReferenceTests.Targets();

    [Theory]
    [MemberData(nameof(Targets))]
    public void WrongLengthsThrow(EmitProfile profile, Precision precision)
    {
        if (precision == Precision.Double)
            Checks<double>.Run(Spec(profile, precision));
        else
            Checks<float>.Run(Spec(profile, precision));
    }

    /// <summary>A refused batch leaves parameters, gradients and state as they were.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void RefusedCallsChangeNothing(EmitProfile profile, Precision precision)
    {
        TestNetwork network = NetworkCompiler.Compile(Spec(profile, precision));
        TestTrainer trainer = network.CreateTrainer();
        double[] inputs = [.. Enumerable.Range(0, 10).Select(i => i / 8.0)];
        trainer.Backward(inputs, [1, 0, 0, 0, 1, 0]);
        double[] gradients = trainer.GetGradients();
        double[] parameters = network.GetParameters();
        byte[] state = trainer.GetState();
        Assert.Contains(gradients, gradient => gradient != 0);

        Assert.Throws<ArgumentException>(() => trainer.Backward(inputs, new double[7]));
        Assert.Throws<ArgumentException>(() => trainer.Step(inputs, new double[7]));
        Assert.Throws<ArgumentException>(() => trainer.BackwardFrom(inputs, new double[7]));
        Assert.Throws<ArgumentException>(() => trainer.SetGradients(new double[7]));
        Assert.Throws<ArgumentException>(() => network.SetParameters(new double[7]));
        Assert.Throws<ArgumentException>(() => trainer.SetState(new byte[state.Length + 1]));
        Assert.Equal(gradients, trainer.GetGradients());
        Assert.Equal(parameters, network.GetParameters());
        Assert.Equal(state, trainer.GetState());
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void NoSampleAtAll(EmitProfile profile, Precision precision)
    {
        TestNetwork network = NetworkCompiler.Compile(Spec(profile, precision));
        TestTrainer trainer = network.CreateTrainer();
        Assert.Empty(network.Forward([]));
        Assert.Throws<ArgumentException>(() => trainer.Loss([], []));
        Assert.Throws<ArgumentException>(() => trainer.Backward([], []));
        Assert.Throws<ArgumentException>(() => trainer.Backward([], [], out _));
        Assert.Throws<ArgumentException>(() => trainer.BackwardFrom([], []));
        Assert.Throws<ArgumentException>(() => trainer.Step([], []));
    }

    /// <summary>The words, which are the same with the runtime package and without it.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void WrongLengthsAreToldInSamples(EmitProfile profile, Precision precision)
    {
        TestNetwork network = NetworkCompiler.Compile(Spec(profile, precision));
        TestTrainer trainer = network.CreateTrainer();
        Says("'inputs' has length 11: the network takes 5 inputs a sample, so 5 numbers, or 10, 15 and so on for several samples.", () => network.Forward(new double[11]));
        Says("'inputs' has length 12: the network takes 5 inputs a sample, so 5 numbers, or 10, 15 and so on for several samples.", () => trainer.Loss(new double[12], new double[6]));
        Says("'inputs' has length 0: at least one sample, of 5 inputs, is needed.", () => trainer.Step([], []));
        Says("'targets' has length 7 instead of 6: 'inputs' holds 2 samples, and a sample has 3 targets.", () => trainer.Backward(new double[10], new double[7]));
        Says("'targets' has length 4 instead of 3: 'inputs' holds 1 sample, and a sample has 3 targets.", () => trainer.Step(new double[5], new double[4]));
        Says("'outputGradients' has length 2 instead of 6: 'inputs' holds 2 samples, and a sample has 3 outputs.", () => trainer.BackwardFrom(new double[10], new double[2]));
        Says(
            "'targets' has length 2 instead of 6: 'inputs' holds 2 samples, and a sample has 3 targets; a class number becomes a target for each class, 1 at its place and 0 elsewhere",
            () => trainer.Step(new double[10], new double[2]));
        Says("'source' has length 74, and the network has 75 parameters (ParameterCount).", () => network.SetParameters(new double[74]));
        Says("'source' has length 74, and the network has 75 parameters (ParameterCount).", () => trainer.SetGradients(new double[74]));

        static void Says(string message, Action call) =>
            Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    public void NeighbouringSlicesOfOneBufferDoNotOverlap(EmitProfile profile)
    {
        NetworkSpec spec = Spec(profile, Precision.Double);
        INetwork<double> network = ((SpanSubject<double>)((TestNetwork<double>)NetworkCompiler.Compile(spec)).Subject).Network;
        double[] inputs = new Samples(1).Uniform(10, -1, 1);
        double[] expected = new double[6];
        network.Forward(inputs, expected);
        double[] buffer = [Untouched, .. new double[6], .. inputs, .. new double[6], Untouched];
        network.Forward(buffer.AsSpan(7, 10), buffer.AsSpan(1, 6));
        network.Forward(buffer.AsSpan(7, 10), buffer.AsSpan(17, 6));
        Assert.Equal([Untouched, .. expected, .. inputs, .. expected, Untouched], buffer);
    }

    private static NetworkSpec Spec(EmitProfile profile, Precision precision) => NetworkSpec
        .Of(5, new DenseSpec(9, Activation.Tanh) { UseBias = false }, new DenseSpec(3))
        .Train(Loss.MeanSquaredError, Optimizer.Adam, inputGradients: true).In(profile, precision);

    private static void Throws(string parameter, int expected, int actual, Action call)
    {
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(call);
        Assert.Equal(parameter, exception.ParamName);
        Assert.Matches($@"\b{expected}\b", exception.Message);
        Assert.Matches($@"\b{actual}\b", exception.Message);
    }

    private static class Checks<T>
        where T : struct, IFloatingPoint<T>
    {
        public static void Run(NetworkSpec spec)
        {
            Subject<T> network = ((TestNetwork<T>)NetworkCompiler.Compile(spec)).Subject;
            SubjectTrainer<T> trainer = network.CreateTrainer(0);
            int parameters = network.ParameterCount;
            Assert.Equal((5, 3, 75), (network.InputSize, network.OutputSize, parameters));

            Writes("destination", parameters, parameters + 1, network.GetParameters);
            Writes("destination", parameters, parameters - 1, network.GetParameters);
            Reads("source", parameters, parameters - 1, network.SetParameters);
            Reads("source", parameters, 0, network.SetParameters);
            Writes("outputs", 6, 7, outputs => network.Forward(new T[10], outputs));
            Writes("outputs", 6, 5, outputs => network.Forward(new T[10], outputs));
            Writes("outputs", 0, 3, outputs => network.Forward([], outputs));
            Throws("inputs", 5, 11, () => network.Forward(new T[11], new T[6]));

            Reads("targets", 6, 7, targets => trainer.Loss(new T[10], targets));
            Reads("targets", 6, 3, targets => trainer.Backward(new T[10], targets));
            Reads("targets", 6, 9, targets => trainer.Step(new T[10], targets));
            Reads("targets", 6, 5, targets => trainer.Backward(new T[10], targets, new T[10]));
            Reads("outputGradients", 6, 8, gradients => trainer.BackwardFrom(new T[10], gradients));
            Writes("inputGradients", 10, 9, gradients => _ = trainer.Backward(new T[10], new T[6], gradients));
            Throws("inputs", 5, 12, () => trainer.Loss(new T[12], new T[6]));
            Throws("inputs", 5, 12, () => trainer.Backward(new T[12], new T[6]));
            Throws("inputs", 5, 12, () => trainer.Step(new T[12], new T[6]));
            Throws("inputs", 5, 12, () => trainer.BackwardFrom(new T[12], new T[6]));
            Throws("inputs", 5, 12, () => trainer.Backward(new T[12], new T[6], new T[12]));

            trainer.Backward(new T[5], new T[3]);
            Writes("destination", parameters, parameters + 1, trainer.GetGradients);
            Reads("source", parameters, parameters + 1, trainer.SetGradients);
            int state = trainer.StateSize;
            byte[] bytes = [.. Enumerable.Repeat((byte)7, state + 1)];
            Throws("destination", state, state + 1, () => trainer.GetState(bytes));
            Assert.All(bytes, value => Assert.Equal(7, value));
            Throws("source", state, state - 1, () => trainer.SetState(new byte[state - 1]));
        }

        private static void Writes(string parameter, int expected, int actual, Action<T[]> call)
        {
            T[] destination = [.. Enumerable.Repeat(T.CreateChecked(Untouched), actual)];
            Throws(parameter, expected, actual, () => call(destination));
            Assert.All(destination, value => Assert.Equal(T.CreateChecked(Untouched), value));
        }

        private static void Reads(string parameter, int expected, int actual, Action<T[]> call) =>
            Throws(parameter, expected, actual, () => call(new T[actual]));

        private static void Reads(string parameter, int expected, int actual, Func<T[], T> call) =>
            Throws(parameter, expected, actual, () => call(new T[actual]));
    }
}
