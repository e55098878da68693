using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>The text that stands in for a network with an error.</summary>
public sealed class ErrorSurfaceTests
{
    [Theory]
    [InlineData("Simd", "net10.0")]
    [InlineData("Basic", "nanoFramework")]
    public void SurfaceOfATrainer(string profile, string target)
    {
        string text = GeneratorHarness.Run(
            "using GeneratedNetworks; namespace Space { [GeneratedNetwork(4, 3)]"
                + " [Training(Loss.Huber, Optimizer.AdamW, InputGradients = true)] public partial class Net { } }",
            Target.Named(target)).SingleFile;
        Snapshot.Match($"ErrorSurface.{profile}", text);
    }

    /// <summary>What only sequences, streams and ids have is there too, so that its calls are no errors beside the one.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(", Emit = EmitProfile.Basic")]
    public void SurfaceOfAStreamHasItsCalls(string options)
    {
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Usings + $$"""
            [GeneratedNetwork(6, Streaming = true{{options}})] [Embedding(9, 0)] [Gru(5, ReturnSequences = true)] [Dense(9, PerStep = true)] [Training(Loss.Huber)] public partial class Net;
            static class User
            {
                static void Use(Net net, Net.Trainer trainer, float[] values, int[] numbers)
                {
                    float[] memory = new float[Net.MemorySize + Net.FrameSize + Net.OutputFrameSize];
                    net.ForwardStream(values, values, memory);
                    net.ForwardStreams(values, values, memory);
                    net.ForwardStreamIds(numbers, values, memory);
                    net.ForwardIds(numbers, values);
                    net.ForwardLengths(values, values, numbers);
                    float loss = trainer.StepStreams(values, values, memory) + trainer.BackwardStreams(values, values, memory) + trainer.LossStreams(values, values, memory)
                        + trainer.StepLengths(values, values, numbers) + trainer.BackwardLengths(values, values, numbers) + trainer.LossLengths(values, values, numbers) + trainer.StepIds(numbers, values);
                }
            }
            """);
        Assert.Single(run.GeneratorDiagnostics);
        Assert.Empty(run.CompilerErrors);
    }

    [Fact]
    public void SurfaceOfAStaticClass()
    {
        string text = GeneratorHarness.Run(
            GeneratorHarness.Usings
            + "static partial class Outer { [GeneratedNetwork(2, Precision = Precision.Double)] static partial class Net { } }").SingleFile;
        Snapshot.Match("ErrorSurface.Static", text);
    }

    [Fact]
    public void SurfaceLeavesOutWhatTheUserTook()
    {
        string text = GeneratorHarness.Run(GeneratorHarness.Usings + """
            [GeneratedNetwork(2)] [Dense(1)] [Training(Loss.Huber)]
            partial class Net
            {
                public Net() { }
                const int InputSize = 2;
                void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) { }
                class Trainer { }
            }
            """).SingleFile;
        Snapshot.Match("ErrorSurface.Taken", text);
    }
}
