using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>
/// RyuJIT gives up optimizing a method beyond any of these sizes, silently and for good: the limits are its DEFAULT_MIN_OPTS
/// constants. Inlined callees do not count.
/// </summary>
public sealed class JitBudgetTests(ITestOutputHelper output)
{
    private static NetworkSpec[] Shapes { get; } =
    [
        Chain(Loss.SquaredError, Optimizer.Sgd, 1, 1),
        Chain(Loss.SquaredError, Optimizer.Adam, 3, 4, 1),
        Chain(Loss.Huber, Optimizer.Momentum, 2, 16, 16, 2),
        Chain(Loss.MeanSquaredError, Optimizer.AdamW, 8, 32, 32, 4),
        Chain(Loss.MeanAbsoluteError, Optimizer.RmsProp, 64, 32, 10),
        Chain(Loss.MeanSquaredError, Optimizer.Nesterov, 784, 128, 10),
        Chain(Loss.MeanSquaredError, Optimizer.Adam, 1000, 3, 1000),
        Chain(Loss.MeanSquaredError, Optimizer.Adam, [.. Enumerable.Repeat(7, 40)]),
        Chain(Loss.MeanSquaredError, Optimizer.Adam, 33, 65, 129, 31, 17),
    ];

    [Theory]
    [InlineData(EmitProfile.Simd, Unroll.Auto, Precision.Double)]
    [InlineData(EmitProfile.Simd, Unroll.Full, Precision.Single)]
    [InlineData(EmitProfile.Scalar, Unroll.Auto, Precision.Double)]
    [InlineData(EmitProfile.Scalar, Unroll.Full, Precision.Single)]
    [InlineData(EmitProfile.Basic, Unroll.Full, Precision.Double)]
    public void EveryMethodStaysWithinWhatTheJitOptimizes(EmitProfile profile, Unroll unroll, Precision precision)
    {
        IEnumerable<string> declarations = Shapes.Select(shape =>
            (shape with { Profile = profile, Unroll = unroll, Precision = precision }).ToSource($"Net_{string.Join('_', Widths(shape).Take(6))}"));
        List<MethodSize> all = MethodBodies.Read(NetworkCompiler.Emit(string.Concat(declarations), profile));
        MethodSize largest = all.MaxBy(size => size.Bytes)!;
        output.WriteLine($"{profile}, {precision}, unroll {unroll}: {all.Count} methods, the largest {largest}");
        Assert.Contains(all, size => size.Name.EndsWith(".Forward", StringComparison.Ordinal));
        Assert.All(all, size => Assert.True(Fits(size), size.ToString()));
    }

    /// <summary>Single layers of every size, where a kernel that is written out or runs in one method would grow with the layer.</summary>
    [Theory]
    [InlineData(Unroll.Auto)]
    [InlineData(Unroll.Full)]
    public void NoSizeOfLayerExceedsTheBudget(Unroll unroll)
    {
        int[] sizes = [1, 3, 8, 17, 64, 100, 256, 1024];
        IEnumerable<string> declarations = sizes.SelectMany(inputs => sizes.Select(outputs =>
            (NetworkSpec.Of(inputs, new DenseSpec(outputs)).Train(Loss.MeanSquaredError) with { Precision = Precision.Single, Unroll = unroll })
                .ToSource($"Net_{inputs}_{outputs}")));
        List<MethodSize> all = MethodBodies.Read(NetworkCompiler.Emit(string.Concat(declarations), EmitProfile.Simd));
        output.WriteLine($"unroll {unroll}: {all.Count} methods, the largest {all.MaxBy(size => size.Bytes)}");
        Assert.Equal(sizes.Length * sizes.Length, all.Count(size => size.Name.EndsWith(".Forward", StringComparison.Ordinal)));
        Assert.All(all, size => Assert.True(Fits(size), size.ToString()));
    }

    private static bool Fits(MethodSize size) =>
        size is { Bytes: < 60_000, Instructions: < 20_000, Locals: < 2_000, LocalReferences: < 8_000, Blocks: < 2_000 };

    private static NetworkSpec Chain(Loss loss, Optimizer optimizer, params int[] widths) => NetworkSpec
        .Of(widths[0], [.. widths[1..^1].Select(width => new DenseSpec(width, Activation.Gelu)), new DenseSpec(widths[^1])])
        .Train(loss, optimizer, inputGradients: true);

    private static IEnumerable<int> Widths(NetworkSpec spec) => spec.Layers.OfType<DenseSpec>().Select(dense => dense.Units).Prepend(spec.InputSize);
}
