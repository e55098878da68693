using System;
using System.Linq;
using System.Numerics;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>
/// A stream that falls silent leaves no subnormal numbers behind: where a state shrinks by less than a half in a frame, rounding would keep it at the smallest
/// number for good, and processors that are slow with those would be slow from then on.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class FadingStreamTests
{
    private const int Frames = 20_000;

    [Fact]
    public void NoStateStaysSubnormal()
    {
        FadingStream whole = new(1);
        Fade(values => whole.GetParameters(values), values => whole.SetParameters(values), (frame, output, memory) => whole.ForwardStream(frame, output, memory), FadingStream.ParameterLayout, new float[FadingStream.ParameterCount], FadingStream.MemorySize, Tiny);
        FadingStream many = new(1);
        Fade(values => many.GetParameters(values), values => many.SetParameters(values), (frame, output, memory) => many.ForwardStreams(frame, output, memory), FadingStream.ParameterLayout, new float[FadingStream.ParameterCount], FadingStream.MemorySize, Tiny);
        FadingNarrow narrow = new(1);
        Fade(values => narrow.GetParameters(values), values => narrow.SetParameters(values), (frame, output, memory) => narrow.ForwardStream(frame, output, memory), FadingNarrow.ParameterLayout, new float[FadingNarrow.ParameterCount], FadingNarrow.MemorySize, Tiny);
        FadingDouble twice = new(1);
        Fade(values => twice.GetParameters(values), values => twice.SetParameters(values), (frame, output, memory) => twice.ForwardStream(frame, output, memory), FadingDouble.ParameterLayout, new double[FadingDouble.ParameterCount], FadingDouble.MemorySize, 2.2250738585072014e-308);
        FadingScalar scalar = new(1);
        Fade(values => scalar.GetParameters(values), values => scalar.SetParameters(values), (frame, output, memory) => scalar.ForwardStream(frame, output, memory), FadingScalar.ParameterLayout, new float[FadingScalar.ParameterCount], FadingScalar.MemorySize, Tiny);
        FadingArrays arrays = new(1);
        Fade(values => arrays.GetParameters(values), values => arrays.SetParameters(values), (frame, output, memory) => arrays.ForwardStream(frame, output, memory), FadingScalar.ParameterLayout, new float[FadingArrays.ParameterCount], FadingArrays.MemorySize, Tiny);
    }

    private const float Tiny = 1.17549435E-38F;

    private static void Fade<T>(Action<T[]> get, Action<T[]> set, Action<T[], T[], T[]> forward, ReadOnlySpan<NetworkParameter> layout, T[] parameters, int memorySize, T smallestNormal)
        where T : struct, IFloatingPointIeee754<T>
    {
        get(parameters);
        foreach (NetworkParameter parameter in layout)
        {
            Span<T> block = parameters.AsSpan(parameter.Offset, parameter.Length);

            // Nothing but the gates' own forgetting, by about a quarter in a frame: they are told by a bias of 1, of which each layer has its own.
            int units = block.Length / 3;
            if (parameter.Name.EndsWith(".recurrent", StringComparison.Ordinal) && parameter.Name.StartsWith("simple", StringComparison.Ordinal))
            {
                block.Clear();
                for (int i = 0, width = (int)Math.Sqrt(block.Length); i < width; i++)
                    block[(i * width) + i] = T.CreateChecked(0.75);
            }
            else if (parameter.Name.EndsWith(".recurrent", StringComparison.Ordinal))
            {
                for (int i = 0; i < block.Length; i++)
                    block[i] *= T.CreateChecked(0.01);
            }
            else if (parameter.Name == "gru1.bias")
            {
                block[..units].Fill(T.One);
            }
        }

        set(parameters);
        T[] frame = [T.One], output = new T[1], memory = new T[memorySize];
        for (int i = 0; i < 3; i++)
            forward(frame, output, memory);
        Assert.All(memory, value => Assert.True(T.Abs(value) > T.CreateChecked(1e-4), $"{value}"));
        frame[0] = T.Zero;
        for (int i = 0; i < Frames; i++)
            forward(frame, output, memory);
        Assert.All(memory, value => Assert.True(value == T.Zero || (T.Abs(value) >= smallestNormal && T.Abs(value) < T.CreateChecked(1e-20)), string.Join(" ", memory.Select(state => state.ToString()))));
    }
}
