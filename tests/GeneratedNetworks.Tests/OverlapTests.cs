using System;
using System.Linq;
using System.Numerics;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>What is written may not share memory with what is read: such a call is refused, with both names and the remedy, before anything is written.</summary>
public sealed class OverlapTests
{
    private const int Width = 5;

    public static TheoryData<EmitProfile, Precision> Targets => ReferenceTests.Targets();

    [Theory]
    [MemberData(nameof(Targets))]
    public void InPlaceIsRefused(EmitProfile profile, Precision precision)
    {
        if (precision == Precision.Double)
            Checks<double>.InPlace(profile, precision);
        else
            Checks<float>.InPlace(profile, precision);
    }

    /// <summary>By one element at either end, in a batch of one and of more than a chunk, where one sample has a method of its own and where not.</summary>
    [Theory]
    [InlineData(EmitProfile.Simd, Precision.Single)]
    [InlineData(EmitProfile.Simd, Precision.Double)]
    [InlineData(EmitProfile.Scalar, Precision.Single)]
    [InlineData(EmitProfile.Scalar, Precision.Double)]
    public void OverlappingPartsAreRefused(EmitProfile profile, Precision precision)
    {
        if (precision == Precision.Double)
            Checks<double>.Parts(profile, precision);
        else
            Checks<float>.Parts(profile, precision);
    }

    /// <summary>No sample has no memory: the empty array is one and the same for inputs and outputs.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void NoSampleOverlapsNothing(EmitProfile profile, Precision precision)
    {
        if (precision == Precision.Double)
            Checks<double>.Empty(profile, precision);
        else
            Checks<float>.Empty(profile, precision);
    }

    private static class Checks<T>
        where T : struct, IFloatingPoint<T>
    {
        public static void InPlace(EmitProfile profile, Precision precision)
        {
            foreach (Subject<T> network in Networks(profile, precision))
            {
                foreach (int samples in new[] { 1, 100 })
                {
                    T[] buffer = Values(samples * network.InputSize);
                    Refuses("outputs", "inputs", buffer, () => network.Forward(buffer, buffer));
                    SubjectTrainer<T> trainer = network.CreateTrainer(0);
                    T[] other = Values(buffer.Length);
                    Refuses("inputGradients", "inputs", buffer, () => trainer.Backward(buffer, other, buffer));
                    Refuses("inputGradients", "targets", buffer, () => trainer.Backward(other, buffer, buffer));
                    Assert.Throws<InvalidOperationException>(() => trainer.GetGradients(new T[network.ParameterCount]));

                    // One array to read from twice is no harm.
                    trainer.Step(buffer, buffer);
                }
            }
        }

        public static void Parts(EmitProfile profile, Precision precision)
        {
            foreach (Subject<T> subject in Networks(profile, precision))
            {
                INetwork<T> network = ((SpanSubject<T>)subject).Network;
                foreach (int samples in new[] { 1, 100 })
                {
                    int length = samples * network.InputSize;
                    foreach (int shift in new[] { 1 - length, -1, 1, length - 1 })
                    {
                        T[] buffer = Values(3 * length);
                        Refuses("outputs", "inputs", buffer, () => network.Forward(buffer.AsSpan(length, length), buffer.AsSpan(length + shift, length)));
                    }
                }
            }
        }

        public static void Empty(EmitProfile profile, Precision precision)
        {
            foreach (Subject<T> network in Networks(profile, precision))
                network.Forward([], []);
        }

        private static Subject<T>[] Networks(EmitProfile profile, Precision precision) =>
        [
            .. NetworkCompiler.Compile([.. new[] { Width, 300 }.Select(width => NetworkSpec
                .Of(width, new DenseSpec(9, Activation.Tanh), new DenseSpec(width))
                .Train(Loss.MeanSquaredError, Optimizer.Sgd, inputGradients: true).In(profile, precision))]).Select(network => ((TestNetwork<T>)network).Subject),
        ];

        private static T[] Values(int count) => [.. Enumerable.Range(0, count).Select(i => T.CreateChecked(i % 7) / T.CreateChecked(8))];

        private static void Refuses(string written, string read, T[] buffer, Action call)
        {
            T[] before = [.. buffer];
            ArgumentException exception = Assert.Throws<ArgumentException>(call);
            Assert.Equal(written, exception.ParamName);
            Assert.Contains($"{written} overlap the {read}", exception.Message);
            Assert.Contains($"copy the {read} first", exception.Message);
            Assert.Equal(before, buffer);
        }
    }
}
