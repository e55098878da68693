using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CsCheck;
using GeneratedNetworks.Tests.Compiled;
using Xunit;

namespace GeneratedNetworks.Tests.Reference;

/// <summary>Random architectures around the sizes where kernels change: vector widths, one less and one more.</summary>
internal static class RandomNetworks
{
    /// <summary>Set to a printed seed, every property runs on that case alone.</summary>
    public const string SeedVariable = "NETWORK_SEED";

    /// <summary>Set to a number, every run draws the same cases: three runs of one build then test, and compile, the same networks.</summary>
    public const string DrawVariable = "NETWORK_DRAW";

    public static readonly Activation[] Elementwise =
        Enum.GetValues<Activation>().Where(NaiveActivation.IsElementwise).ToArray();

    private static readonly Gen<int> Width = Gen.OneOf(1, 3, 7, 8, 9, 15, 16, 17, 33, 64);
    private static readonly Gen<int[]> InputShape = Gen.OneOf(
        Width.Select(width => new[] { width }),
        Gen.OneOf(new[] { 3, 3, 1 }, new[] { 2, 8 }, new[] { 5, 1, 7 }));

    /// <summary>A dense layer with its activation inside or behind it, at times followed by a dropout that drops nothing.</summary>
    private static readonly Gen<LayerSpec[]> HiddenLayer =
        from dense in Dense(Gen.OneOf(Elementwise))
        from form in Gen.Int[0, 5]
        select form switch
        {
            0 => new LayerSpec[] { dense with { Activation = Activation.Identity }, new ActivationSpec(dense.Activation) },
            1 => [dense, new DropoutSpec(0)],
            _ => [dense],
        };

    private static readonly Gen<(DenseSpec Dense, bool Apart, Loss Loss)> Output =
        from pair in Gen.OneOf(
            Gen.OneOf(Elementwise).Select(Gen.OneOf(Loss.MeanSquaredError, Loss.SquaredError, Loss.MeanAbsoluteError, Loss.Huber)),
            Gen.Select(Gen.Const(Activation.Sigmoid), Gen.Const(Loss.BinaryCrossEntropy)),
            Gen.Select(Gen.OneOf(Activation.Softmax, Activation.LogSoftmax), Gen.Const(Loss.CrossEntropy)),
            Gen.Select(Gen.OneOf(Activation.Softmax, Activation.LogSoftmax), Gen.OneOf(Loss.SquaredError, Loss.Huber)))
        from dense in Dense(Gen.Const(pair.Item1))
        from apart in Gen.Bool
        select (dense, apart, pair.Item2);

    public static readonly Gen<NetworkSpec> Networks =
        from shape in InputShape
        from hidden in HiddenLayer.Array[0, 3]
        from output in Output
        from optimizer in Gen.Frequency((2, Gen.Const(Optimizer.Sgd)), (3, Gen.Enum<Optimizer>()))
        from reduction in Gen.Enum<Reduction>()
        from inputGradients in Gen.Bool
        select Build(shape, hidden.SelectMany(layer => layer).ToArray(), output, optimizer, reduction, inputGradients);

    /// <summary>Draws cases and hands them on with the seed that gives each back. Every <paramref name="stream"/> has cases of its own.</summary>
    public static (T Value, string Seed)[] Draw<T>(Gen<T> generator, int count, int stream)
    {
        string? only = Environment.GetEnvironmentVariable(SeedVariable);
        string? draw = Environment.GetEnvironmentVariable(DrawVariable);
        ulong start = string.IsNullOrEmpty(draw) ? (ulong)Random.Shared.NextInt64() : ulong.Parse(draw, CultureInfo.InvariantCulture);
        PCG source = new((uint)stream, start);
        return Enumerable.Range(0, only is null ? count : 1)
            .Select(_ =>
            {
                string seed = only ?? new PCG(source.Next(), source.Next64()).ToString();
                return (generator.Generate(PCG.Parse(seed), null, out Size _), seed);
            })
            .ToArray();
    }

    /// <summary>Runs one case; a failure names its seed and its declaration.</summary>
    public static void Run(string seed, object description, Action test)
    {
        try
        {
            test();
        }
        catch (Exception exception)
        {
            Assert.Fail($"{exception.Message}\nseed: {SeedVariable}={seed}\n{description}\n{exception.StackTrace}");
        }
    }

    private static Gen<DenseSpec> Dense(Gen<Activation> activation) =>
        from units in Width
        from function in activation
        from useBias in Gen.Frequency((4, true), (1, false))
        from frozen in Gen.Frequency((1, true), (5, false))
        select new DenseSpec(units, function) { UseBias = useBias, Frozen = frozen };

    private static NetworkSpec Build(
        int[] shape,
        LayerSpec[] hidden,
        (DenseSpec Dense, bool Apart, Loss Loss) output,
        Optimizer optimizer,
        Reduction reduction,
        bool inputGradients)
    {
        // The last layer always learns, since a network that is frozen as a whole is an error.
        DenseSpec last = output.Dense with { Frozen = false };
        List<LayerSpec> layers = [.. hidden];
        if (output.Apart)
            layers.AddRange([last with { Activation = Activation.Identity }, new ActivationSpec(last.Activation)]);
        else
            layers.Add(last);
        return new NetworkSpec(shape, layers).Train(output.Loss, optimizer, reduction, inputGradients);
    }
}
