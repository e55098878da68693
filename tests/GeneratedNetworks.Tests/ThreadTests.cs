using System;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Forward from many threads at once on one network, its scratch on the stack or, for wide networks, per thread.</summary>
public sealed class ThreadTests
{
    [Theory]
    [InlineData(EmitProfile.Simd, 33)]
    [InlineData(EmitProfile.Scalar, 33)]
    [InlineData(EmitProfile.Simd, 9001)]
    [InlineData(EmitProfile.Scalar, 9001)]
    public void ForwardRunsOnManyThreads(EmitProfile profile, int width)
    {
        NetworkSpec spec = NetworkSpec.Of(3, new DenseSpec(width, Activation.Tanh), new DenseSpec(7, Activation.Softmax)).In(profile);
        TestNetwork network = NetworkCompiler.Compile(spec);
        const int Threads = 4;
        int rounds = width < 1000 ? 300 : 10;
        double[][] inputs = Enumerable.Range(0, Threads).Select(t => new Samples(t).Uniform(3 * 13, -1, 1)).ToArray();
        double[][] expected = inputs.Select(network.ToNaive().Forward).ToArray();
        double[] worst = new double[Threads];
        using Barrier start = new(Threads);
        Thread[] threads = Enumerable.Range(0, Threads).Select(t => new Thread(() =>
        {
            start.SignalAndWait();
            for (int round = 0; round < rounds; round++)
                worst[t] = Math.Max(worst[t], Approx.Distance(expected[t], network.Forward(inputs[t])));
        })).ToArray();
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.All(worst, distance => Assert.InRange(distance, 0, 1e-12));
    }
}
