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
