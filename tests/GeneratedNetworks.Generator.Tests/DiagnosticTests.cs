using System.Linq;
using GeneratedNetworks.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Errors: one fault, one diagnostic, at its place, and nothing else breaks.</summary>
public sealed class DiagnosticTests
{
    [Fact]
    public void GN0001_NotPartial() => AssertOnlyError("GN0001", "[GeneratedNetwork(2)] [Dense(1)] public class «Net» { }");

    [Fact]
    public void GN0002_ContainingTypeNotPartial() =>
        AssertOnlyError("GN0002", "public static class «Outer» { [GeneratedNetwork(2)] [Dense(1)] public partial class Net { } }");

    [Theory]
    [InlineData("public partial class «Net»<T> { }", "it is generic")]
    [InlineData("public partial record «Net»;", "it is a record")]
    [InlineData("file partial class «Net» { }", "it is a file-local type")]
    [InlineData("public abstract partial class «Net» { }", "it is abstract")]
    public void GN0003_UnsupportedType(string declaration, string reason)
    {
        Diagnostic error = AssertOnlyError("GN0003", "[GeneratedNetwork(2)] [Dense(1)] " + declaration);
        Assert.Contains(reason, error.GetMessage(), System.StringComparison.Ordinal);
    }

    [Fact]
    public void GN0003_Struct()
    {
        // The attribute's own usage is an error of the compiler's; ours says why and must not be lost.
        Diagnostic error = Assert.Single(GeneratorHarness.Run(
            GeneratorHarness.Usings + "[GeneratedNetwork(2)] [Dense(1)] public partial struct Net { }").GeneratorDiagnostics);
        Assert.Equal("GN0003", error.Id);
        Assert.Contains("it is a struct", error.GetMessage(), System.StringComparison.Ordinal);
    }

    [Fact]
    public void GN0003_InGenericType() =>
        AssertOnlyError("GN0003", "public partial class Outer<T> { [GeneratedNetwork(2)] [Dense(1)] public partial class «Net» { } }");

    [Fact]
    public void GN0003_BaseClassWithoutConstructor() => AssertOnlyError(
        "GN0003",
        "public class Parent { protected Parent(int x) { } } [GeneratedNetwork(2)] [Dense(1)] public partial class «Net» : Parent { }",
        cascades: true);

    [Fact]
    public void GN0004_NoLayer() => AssertOnlyErrorWithTrainer(
        "GN0004", "[GeneratedNetwork(2)] [Training(Loss.Huber)] public partial class «Net»;");

    [Fact]
    public void GN0004_UnitsInTheShape()
    {
        Diagnostic error = AssertOnlyErrorWithTrainer("GN0004", "[GeneratedNetwork(4, 12, 3)] [Training(Loss.Huber)] public partial class «Net»;");
        Assert.EndsWith("where units were meant, write [GeneratedNetwork(4)] [Dense(12)] [Dense(3)]", error.GetMessage(), System.StringComparison.Ordinal);
    }

    [Fact]
    public void GN0005_AttributeOnOtherPart() => AssertOnlyErrorWithTrainer(
        "GN0005", "[GeneratedNetwork(2)] [Dense(1)] [Training(Loss.Huber)] public partial class Net; [«Dense(3)»] partial class Net;");

    [Fact]
    public void GN0005_AllLayersOnOtherPart() => AssertOnlyErrorWithTrainer(
        "GN0005", "[GeneratedNetwork(2)] [Training(Loss.Huber)] public partial class Net; [«Dense(3)»] partial class Net;");

    [Fact]
    public void GN0006_AttributeWithoutNetwork() =>
        AssertOnlyErrorWithTrainer("GN0006", "[«Dense(3)»] [Dense(1)] [Training(Loss.Huber)] public partial class Net;");

    [Fact]
    public void GN0006_TrainingAlone() => AssertOnlyErrorWithTrainer("GN0006", "[«Training(Loss.Huber)»] public partial class Net;");

    [Theory]
    [InlineData("[GeneratedNetwork(2)] [«Dense(0)»]")]
    [InlineData("[GeneratedNetwork(2)] [«Dense(-5)»]")]
    [InlineData("[«GeneratedNetwork(28, 0, 1)»] [Dense(1)]")]
    [InlineData("[«GeneratedNetwork()»] [Dense(1)]")]
    [InlineData("[«GeneratedNetwork(null)»] [Dense(1)]")]
    [InlineData("[Obsolete] [GeneratedNetwork(2)] [Dense(1)] [«Dense(0)»]")]
    [InlineData("[Dense(1)] [«GeneratedNetwork(0)»]")]
    public void GN0007_NonPositiveSize(string attributes) =>
        AssertOnlyErrorWithTrainer("GN0007", attributes + " [Training(Loss.Huber)] public partial class Net;");

    [Theory]
    [InlineData("[«GeneratedNetwork»]", "inputShape must be at least 1: say how many inputs there are: [GeneratedNetwork(64)]")]
    [InlineData("[«GeneratedNetwork(-2)»]", "inputShape must be at least 1, not -2")]
    public void GN0007_SaysWhatToWrite(string attribute, string message)
    {
        Diagnostic error = AssertOnlyError("GN0007", attribute + " [Dense(1)] public partial class Net;");
        Assert.Equal(message, error.GetMessage());
    }

    [Theory]
    [InlineData("[«GeneratedNetwork(65536, 65536)»] [Dense(1)]", "An input of 65536×65536 has 4,294,967,296 values, and at most 16,777,216 are possible. Make it smaller, ")]
    [InlineData("[«GeneratedNetwork(2147483647, 2147483647, 2147483647, 4)»] [Dense(1)]", "An input of 2147483647×2147483647×2147483647×4 has 39,614,081,201,791,936,601,413,124,092 values, ")]
    [InlineData("[GeneratedNetwork(65536)] [«Dense(65536)»]", "With 'dense1.weight' of 65536×65536 the network has 4,294,967,296 parameters, and at most 67,108,864 are possible. "
        + "Give the layer at most 1,023 inputs for 65,536 units, or ")]
    [InlineData("[GeneratedNetwork(2)] [Dense(65536)] [«Dense(32768, Name = \"wide\")»]", "With 'wide.weight' of 65536×32768 the network has 2,147,680,256 parameters, "
        + "and at most 67,108,864 are possible. Give the layer at most 2,041 inputs for 32,768 units, or ")]
    [InlineData("[GeneratedNetwork(2)] [«Dense(1000000000, Name = \"wide\")»]", "With 'wide.bias' of 1000000000 the network has 3,000,000,000 parameters, and at most 67,108,864 are possible. Make the layer, ")]
    public void GN0008_SizeOverflow(string attributes, string what)
    {
        Diagnostic error = AssertOnlyErrorWithTrainer("GN0008", attributes + " [Training(Loss.Huber)] public partial class Net;");
        Assert.StartsWith(what, error.GetMessage(), System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[GeneratedNetwork(2)] [«Dense(1, (Activation)99)»] [Training(Loss.Huber)]")]
    [InlineData("[GeneratedNetwork(2)] [«Dense(1, Initializer = (Initializer)(-1))»] [Training(Loss.Huber)]")]
    [InlineData("[GeneratedNetwork(2)] [«Activation((Activation)99)»] [Dense(1)] [Training(Loss.Huber)]")]
    [InlineData("[GeneratedNetwork(2)] [Dense(1)] [«Training((Loss)6)»]")]
    [InlineData("[GeneratedNetwork(2)] [Dense(1)] [«Training(Loss.Huber, (Optimizer)6)»]")]
    [InlineData("[GeneratedNetwork(2)] [Dense(1)] [«Training(Loss.Huber, Reduction = (Reduction)2)»]")]
    [InlineData("[«GeneratedNetwork(2, Precision = (Precision)2)»] [Dense(1)] [Training(Loss.Huber)]")]
    [InlineData("[«GeneratedNetwork(2, Emit = (EmitProfile)4)»] [Dense(1)] [Training(Loss.Huber)]")]
    [InlineData("[«GeneratedNetwork(2, Unroll = (Unroll)3)»] [Dense(1)] [Training(Loss.Huber)]")]
    public void GN0009_UnknownEnumValue(string attributes) => AssertOnlyErrorWithTrainer("GN0009", attributes + " public partial class Net;");

    [Theory]
    [InlineData("[«Dense(3, Activation.Softmax)»] [Dense(1)]")]
    [InlineData("[Dense(3)] [«Activation(Activation.LogSoftmax)»] [Dense(1)]")]
    public void GN0010_SoftmaxBeforeOutput(string layers) =>
        AssertOnlyErrorWithTrainer("GN0010", $"[GeneratedNetwork(2)] {layers} [Training(Loss.Huber)] public partial class Net;");

    [Theory]
    [InlineData("[Dense(3, Activation.Relu)] [«Training(Loss.CrossEntropy)»]")]
    [InlineData("[Dense(3, Activation.Softmax)] [«Training(Loss.BinaryCrossEntropy)»]")]
    public void GN0011_LossNeedsActivation(string attributes) =>
        AssertOnlyErrorWithTrainer("GN0011", $"[GeneratedNetwork(2)] {attributes} public partial class Net;");

    [Theory]
    [InlineData("1")]
    [InlineData("-0.1")]
    [InlineData("double.NaN")]
    public void GN0012_DropoutRate(string rate) => AssertOnlyErrorWithTrainer(
        "GN0012", $"[GeneratedNetwork(2)] [Dense(3)] [«Dropout({rate})»] [Dense(1)] [Training(Loss.Huber)] public partial class Net;");

    [Theory]
    [InlineData("Clip(1, -1)", "not 1 and -1")]
    [InlineData("Clip(2.5, 2.5)", "not 2.5 and 2.5")]
    [InlineData("Clip(double.NaN, 1)", "not NaN and 1")]
    [InlineData("Clip(0, double.NaN)", "not 0 and NaN")]
    [InlineData("Clip(double.PositiveInfinity)", "not Infinity and Infinity")]
    [InlineData("Clip(maximum: double.NegativeInfinity)", "not -Infinity and -Infinity")]
    [InlineData("Normalize(Clip = -5)", "not -5")]
    [InlineData("Normalize(Clip = double.NaN)", "not NaN")]
    [InlineData("Normalize(Clip = double.PositiveInfinity)", "not Infinity")]
    public void GN0030_ClipBounds(string layer, string found)
    {
        Diagnostic error = AssertOnlyErrorWithTrainer(
            "GN0030", $"[GeneratedNetwork(2)] [Dense(3)] [«{layer}»] [Dense(1)] [Training(Loss.Huber)] public partial class Net;");
        Assert.EndsWith(found, error.GetMessage(), System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8, 8, 3", "MaxPool2D(2, Pads = new[] { 1, 0, 2, 1 })", "'maxpool1' goes 2 elements beyond the width, and its window has 2 there: a position would see no element; write smaller Pads, or a larger window")]
    [InlineData("8, 8, 3", "AveragePool2D(new[] { 2, 3 }, Pads = new[] { 0, 4, 1, 1 })", "'averagepool1' goes 4 elements beyond the height, and its window has 2 there: ")]
    [InlineData("8, 3", "MaxPool1D(3, Pads = new[] { 0, 3 })", "'maxpool1' goes 3 elements beyond the time, and its window has 3 there: ")]
    public void GN0044_PoolPadding(string shape, string layer, string message)
    {
        Diagnostic error = AssertOnlyErrorWithTrainer("GN0044", $"[GeneratedNetwork({shape})] [«{layer}»] [Dense(1)] [Training(Loss.Huber)] public partial class Net;");
        Assert.StartsWith(message, error.GetMessage(), System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("double.NaN")]
    [InlineData("double.PositiveInfinity")]
    public void GN0045_NormalizationNumber(string epsilon)
    {
        Diagnostic error = AssertOnlyErrorWithTrainer(
            "GN0045", $"[GeneratedNetwork(2)] [«LayerNorm(Epsilon = {epsilon})»] [Dense(1)] [Training(Loss.Huber)] public partial class Net;");
        Assert.StartsWith("'layernorm1' takes an Epsilon that is positive and finite, not ", error.GetMessage(), System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2, 4", "LayerNorm(LastAxes = 3)", "GN0037", "'layernorm1' normalizes the last 3 axes, and reads 2×4, which has 2: write a smaller LastAxes")]
    [InlineData("2, 4", "LayerNorm(LastAxes = 0)", "GN0007", "LastAxes must be at least 1, not 0")]
    [InlineData("2, 4", "MaxPool1D(0)", "GN0007", "size must be at least 1, not 0")]
    [InlineData("2, 4", "MaxPool1D(2, Stride = 0)", "GN0007", "Stride must be at least 1, not 0")]
    [InlineData("2, 4", "MaxPool1D(3)", "GN0040", "'maxpool1' has a window of 3 elements along the time, and there are 2: ")]
    [InlineData("2, 4", "MaxPool2D(2)", "GN0037", "'maxpool1' takes an image, [height, width, channels], and reads 2×4: write [GeneratedNetwork(2, 4, 1)] for one channel")]
    [InlineData("4, 4, 1", "AveragePool2D(new[] { 1, 2, 3 })", "GN0039", "'averagepool1' takes for size one number for both axes, or one for each, height first, and has 3")]
    public void ErrorsOfPoolsAndNormalization(string shape, string layer, string id, string message)
    {
        Diagnostic error = AssertOnlyErrorWithTrainer(id, $"[GeneratedNetwork({shape})] [«{layer}»] [Dense(1)] [Training(Loss.Huber)] public partial class Net;");
        Assert.StartsWith(message, error.GetMessage(), System.StringComparison.Ordinal);
    }

    [Fact]
    public void GN0013_DropoutLast() => AssertOnlyErrorWithTrainer(
        "GN0013", "[GeneratedNetwork(2)] [Dense(3)] [«Dropout(0.5)»] [Training(Loss.Huber)] public partial class Net;");

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("_x")]
    [InlineData("a b")]
    [InlineData("ä")]
    public void GN0014_BadLayerName(string name) => AssertOnlyErrorWithTrainer(
        "GN0014", $"[GeneratedNetwork(2)] [«Dense(3, Name = \"{name}\")»] [Dense(1)] [Training(Loss.Huber)] public partial class Net;");

    [Fact]
    public void GN0014_LongLayerName()
    {
        GN0014_BadLayerName(new string('a', 257));
        GeneratorHarness.Run(
            GeneratorHarness.Usings + $"[GeneratedNetwork(2)] [Dense(3, Name = \"{new string('a', 256)}\")] [Training(Loss.Huber)] public partial class Net;").AssertClean();
    }

    [Theory]
    [InlineData("[Dense(3, Name = \"a\")] [«Dense(1, Name = \"A\")»]")]
    [InlineData("[Dense(3)] [«Dense(1, Name = \"Dense1\")»]")]
    public void GN0015_DuplicateLayerName(string layers) =>
        AssertOnlyErrorWithTrainer("GN0015", $"[GeneratedNetwork(2)] {layers} [Training(Loss.Huber)] public partial class Net;");

    [Theory]
    [InlineData("public const int «InputSize» = 2;", false)]
    [InlineData("public static int «OutputSize» => 1;", false)]
    [InlineData("public static int «ParameterCount» = 1;", false)]
    [InlineData("public static ReadOnlySpan<NetworkParameter> «ParameterLayout» => default;", false)]
    [InlineData("public void «GetParameters»(Span<float> p) { }", false)]
    [InlineData("public void «SetParameters»(ReadOnlySpan<float> p) { }", false)]
    [InlineData("public void «Forward»(ReadOnlySpan<float> x, Span<float> y) { }", false)]
    [InlineData("public «Net»() { }", false)]
    [InlineData("public «Net»(ulong s) { }", false)]
    [InlineData("public event Action «Forward»;", true)]
    [InlineData("public sealed class «Trainer» { }", true)]
    [InlineData("private int «Gn» => 1;", false)]
    public void GN0016_MemberTaken(string member, bool cascades) => AssertOnlyError(
        "GN0016",
        $$"""[GeneratedNetwork(2)] [Dense(1)] [Training(Loss.Huber)] public partial class Net { {{member}} }""",
        UseSites.Of(training: true),
        cascades);

    [Fact]
    public void GN0016_Constructor() => Assert.Equal(
        "'Net' declares 'Net()', which is generated: remove it, or give it another list of parameters and let it call the generated one: public Net(string name) : this()",
        AssertOnlyError("GN0016", "[GeneratedNetwork(2)] [Dense(1)] public partial class Net { public «Net»() { } }", UseSites.Of()).GetMessage());

    [Fact]
    public void GN0016_PrimaryConstructor() => Assert.Equal(
        "'Net' declares a primary constructor, beside which C# allows none of the generated ones: write it into the class, where it calls the generated one: public Net(int x, string[] y) : this()",
        AssertOnlyError("GN0016", "[GeneratedNetwork(2)] [Dense(1)] public partial class «Net»(int x, string[] y) { public int X => x + y.Length; }").GetMessage());

    [Theory]
    [InlineData("public void Forward(float[] x) { }")]
    [InlineData("public void Forward(in ReadOnlySpan<float> x, Span<float> y) { }")]
    [InlineData("public void Forward<T>(ReadOnlySpan<float> x, Span<float> y) { }")]
    [InlineData("public Net(string file) : this() { }")]
    [InlineData("static Net() { }")]
    [InlineData("public class Trainer<T> { }")]
    public void NoError_OverloadBesideGeneratedMember(string member) => GeneratorHarness.Run(GeneratorHarness.Usings
        + $$"""[GeneratedNetwork(2)] [Dense(1)] [Training(Loss.Huber)] public partial class Net { {{member}} }""").AssertClean();

    [Fact]
    public void NoError_TrainerIsFreeWithoutTraining() => GeneratorHarness.Run(
        GeneratorHarness.Usings + "[GeneratedNetwork(2)] [Dense(1)] public partial class Net { public class Trainer { } }").AssertClean();

    [Theory]
    [InlineData("Forward")]
    [InlineData("Trainer")]
    [InlineData("InputSize")]
    [InlineData("Gn")]
    public void GN0017_ClassNamedLikeMember(string name) =>
        AssertOnlyError("GN0017", $"[GeneratedNetwork(2)] [Dense(1)] [Training(Loss.Huber)] public partial class «{name}»;");

    [Theory]
    [InlineData("[Dense(1, Frozen = true)]", "every layer that has parameters is frozen")]
    [InlineData("[Activation(Activation.Tanh)]", "none of its layers has parameters")]
    public void GN0018_AllFrozen(string layers, string why)
    {
        Diagnostic error = AssertOnlyErrorWithTrainer(
            "GN0018", $"[GeneratedNetwork(2)] {layers} [«Training(Loss.Huber)»] public partial class Net;");
        Assert.Contains(why, error.GetMessage(), System.StringComparison.Ordinal);
    }

    [Fact]
    public void GN0019_StaticWithoutWeights() => AssertOnlyError(
        "GN0019", "[GeneratedNetwork(2)] [Dense(1)] public static partial class «Net»;", UseSites.Of(isStatic: true));

    [Fact]
    public void GN0020_StaticWithTraining() => AssertOnlyError(
        "GN0020", "[GeneratedNetwork(2)] [Dense(1)] [«Training(Loss.Huber)»] public static partial class Net;", UseSites.Of(isStatic: true));

    [Fact]
    public void GN0021_NamesDifferInCase() => AssertOnlyErrorWithTrainer(
        "GN0021",
        """
        [GeneratedNetwork(2)] [Dense(1)] [Training(Loss.Huber)] public partial class Net;
        [GeneratedNetwork(2)] [Dense(1)] [Training(Loss.Huber)] public partial class «net»;
        """);

    [Fact]
    public void GN0021_NamespacesDifferInCase() => AssertOnlyError(
        "GN0021",
        """
        namespace A { [GeneratedNetwork(2)] [Dense(1)] public partial class Net; }
        namespace a { [GeneratedNetwork(2)] [Dense(1)] public partial class «Net»; }
        """);

    [Fact]
    public void GN0021_NamesCollideAnyhow()
    {
        // Two types of one name are the compiler's error. The generator must survive it: a second file of one name would stop everything it does.
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Usings + """
            public partial class Outer { [GeneratedNetwork(2)] [Dense(1)] public partial class Net { } }
            public partial struct Outer { [GeneratedNetwork(2)] [Dense(1)] public partial class Net { } }
            """);
        Assert.Null(run.Crash);
        Assert.Equal("GN0021", Assert.Single(run.GeneratorDiagnostics).Id);
        Assert.DoesNotContain(run.CompilerErrors, run.IsGenerated);
    }

    [Theory]
    [InlineData("the widest layer, 20,000,000, is too large for profile Simd: the limit is 16,777,216", "[«GeneratedNetwork(20000000)»] [Dense(1)]")]
    [InlineData("the number of parameters, 8,390,656, is too large for profile Basic: the limit is 4,194,304", "[«GeneratedNetwork(4096, Emit = EmitProfile.Basic)»] [Dense(2048)]")]
    public void GN0022_TooLargeForProfile(string message, string attributes) =>
        Assert.Equal(message, AssertOnlyError("GN0022", attributes + " public partial class Net;").GetMessage());

    [Fact]
    public void GN0023_LanguageVersionTooLow()
    {
        Diagnostic error = AssertOnlyErrorWithTrainer(
            "GN0023",
            "[«GeneratedNetwork(2, Emit = EmitProfile.Simd)»] [Dense(1)] [Training(Loss.Huber)] public partial class Net { }",
            Target.Net80 with { Language = LanguageVersion.CSharp11 });
        Assert.Contains("set <LangVersion>12.0</LangVersion>", error.GetMessage(), System.StringComparison.Ordinal);
    }

    [Fact]
    public void GN0023_LowestOfAll() => AssertOnlyError(
        "GN0023",
        "[«GeneratedNetwork(2)»] [Dense(1)] [Training(Loss.Huber)] public partial class Net { public Net.Trainer trainer; }",
        target: Target.Net80 with { Language = LanguageVersion.CSharp7_2 });

    [Fact]
    public void GN0024_ProfileUnavailable() => AssertOnlyErrorWithTrainer(
        "GN0024",
        "[«GeneratedNetwork(2, Emit = EmitProfile.Simd)»] [Dense(1)] [Training(Loss.Huber)] public partial class Net { }",
        Target.NetStandard20);

    [Fact]
    public void GN0024_NoSpan() => AssertOnlyError(
        "GN0024",
        "[«GeneratedNetwork(2, Emit = EmitProfile.Scalar)»] [Dense(1)] [Training(Loss.Huber)] public partial class Net { Net.Trainer trainer; }",
        target: Target.Nano);

    [Theory]
    [InlineData("Sgd", "LearningRate")]
    [InlineData("Momentum", "Momentum")]
    [InlineData("Nesterov", "Momentum")]
    [InlineData("RmsProp", "Rho + t.Epsilon")]
    [InlineData("Adam", "Beta1 + t.Beta2 + t.Epsilon")]
    [InlineData("AdamW", "Beta1 + t.Beta2 + t.Epsilon + t.WeightDecay")]
    public void SurfaceHasTheOptimizersHyperparameters(string optimizer, string use) => AssertOnlyErrorWithTrainer(
        "GN0004",
        $$"""
        [GeneratedNetwork(2)] [Training(Loss.Huber, Optimizer.{{optimizer}}, InputGradients = true)] public partial class «Net»;
        static class Reads
        {
            static float Of(Net.Trainer t, float[] v) => t.{{use}} + t.Backward(v, v, v);
        }
        """);

    [Theory]
    [InlineData("public partial class Outer { ", " }", "Outer.Net")]
    [InlineData("public partial record Outer { ", " }", "Outer.Net")]
    [InlineData("public partial record struct Outer { ", " }", "Outer.Net")]
    [InlineData("public partial struct Outer { ", " }", "Outer.Net")]
    [InlineData("public partial interface Outer { ", " }", "Outer.Net")]
    [InlineData("public static partial class Outer { public partial class @record { ", " } }", "Outer.@record.Net")]
    [InlineData("namespace @namespace.@event { ", " }", "@namespace.@event.Net")]
    public void SurfaceFitsWhereTheClassStands(string before, string after, string name) => AssertOnlyError(
        "GN0004",
        $$"""
        {{before}}[GeneratedNetwork(2)] [Training(Loss.Huber)] public partial class «Net» { }{{after}}
        static class Reads { static {{name}}.Trainer t; }
        """);

    [Fact]
    public void TwoFaultsAreTwoErrors()
    {
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Usings
            + "[GeneratedNetwork(2)] [Dense(1)] public partial class Net { int InputSize => 1; int OutputSize => 1; }");
        Assert.Equal(["GN0016", "GN0016"], run.GeneratorDiagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Theory]
    [InlineData("[GeneratedNetwork(2)] [Dense(Unknown)]", "CS0103")]
    [InlineData("[GeneratedNetwork(2)] [Dense(1)] [Dense(1, Name = Unknown)]", "CS0103")]
    [InlineData("[GeneratedNetwork(2, Unknown)] [Dense(1)]", "CS0103")]
    public void ErrorInAnAttributeStaysTheCompilers(string attributes, string id)
    {
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Usings
            + attributes + " [Training(Loss.Huber)] public partial class Net;" + UseSites.Of(training: true));
        Assert.Null(run.Crash);
        Assert.Empty(run.GeneratorDiagnostics);
        Assert.Equal(id, Assert.Single(run.CompilerErrors).Id);
    }

    /// <summary>Beside the compiler's error stands what to write, and nothing else follows from it, neither in the attributes nor where the class is used.</summary>
    [Theory]
    [InlineData("Dense(3, «\"relu\"»)", "CS1503", "[Dense] takes a value of the enum Activation as 'activation', without quotes: write Activation.Relu")]
    [InlineData("Dense(3, activation: «\"leaky_relu\"»)", "CS1503", "[Dense] takes a value of the enum Activation as 'activation', without quotes: write Activation.LeakyRelu")]
    [InlineData("Dense(3, «Activation.ReLU»)", "CS0117", "[Dense] takes a value of the enum Activation as 'activation', and 'ReLU' is none: write Activation.Relu")]
    [InlineData("Dense(3, «Relu»)", "CS0103", "[Dense] takes a value of the enum Activation as 'activation': write Activation.Relu")]
    [InlineData("Dense(3, Initializer = «Initializer.He»)", "CS0117", "[Dense] takes a value of the enum Initializer as 'Initializer', and 'He' is none: "
        + "there are Auto, GlorotUniform, GlorotNormal, HeUniform, HeNormal, LeCunNormal, Zeros")]
    [InlineData("Dense(3, «Loss.Huber»)", "CS1503", "[Dense] takes a value of the enum Activation as 'activation', and 'Huber' is none: there are Identity, ")]
    [InlineData("Dense(3, «2»)", "CS1503", "[Dense] takes a value of the enum Activation as 'activation': there are Identity, ")]
    [InlineData("Dense(«\"3\"»)", "CS1503", "[Dense] takes a whole number as 'units', without quotes: write 3")]
    [InlineData("Dense(«2.5»)", "CS1503", "[Dense] takes a whole number as 'units', not 2.5")]
    [InlineData("Dense(«\"x\"»)", "CS1503", "[Dense] takes a whole number as 'units', without quotes")]
    [InlineData("Dropout(«\"0.5\"»)", "CS1503", "[Dropout] takes a number as 'rate', without quotes: write 0.5")]
    [InlineData("Dense(3, UseBias = «0»)", "CS0029", "[Dense] takes true or false as 'UseBias', not 0")]
    [InlineData("Dense(3, Name = «7»)", "CS0029", "[Dense] takes a text in quotes as 'Name': write \"7\"")]
    [InlineData("«Dense»", "CS7036", "[Dense] needs units, a whole number: write it in brackets, as in [Dense(3, Activation.Tanh)]")]
    [InlineData("«Activation»", "CS7036", "[Activation] needs activation, a value of the enum Activation: write it in brackets, as in [Activation(Activation.Silu)]")]
    [InlineData("Dense(3, «activation = Activation.Tanh»)", "CS0246", "[Dense] has no property 'activation' but a parameter 'activation', which takes a colon: "
        + "write activation: Activation.Tanh")]
    [InlineData("Dense(3, «UseBias: false»)", "CS1739", "[Dense] takes 'UseBias' with a sign of equality: write UseBias = false")]
    [InlineData("Dense(3, «UseBais = false»)", "CS0246", "[Dense] has no argument 'UseBais': there are units, activation, UseBias, Initializer, Frozen, PerStep, From, Name; did you mean 'UseBias'?")]
    [InlineData("Dense(3, «Activation.Tahn»)", "CS0117", "[Dense] takes a value of the enum Activation as 'activation', and 'Tahn' is none: write Activation.Tanh")]
    [InlineData("Dense(3, «Activation.Swish»)", "CS0117", "[Dense] takes a value of the enum Activation as 'activation', and 'Swish' is called Silu here: write Activation.Silu")]
    [InlineData("Dense(3, «Activation.GELU»)", "CS0117", "[Dense] takes a value of the enum Activation as 'activation', and 'GELU' is none: write Activation.Gelu")]
    [InlineData("Dense(3, «\"gelu_new\"»)", "CS1503", "[Dense] takes a value of the enum Activation as 'activation', without quotes, and 'gelu_new' is called GeluTanh here: ")]
    [InlineData("Dense(3, «Dropout = 0.5»)", "CS0246", "[Dense] has no argument 'Dropout': Dropout is a layer of its own: write [Dropout(0.5)] on the next line")]
    [InlineData("Dense(3, «Clip = 5»)", "CS0246", "[Dense] has no argument 'Clip': Clip is a layer of its own: write it, as in [Clip(-0.75, 0.5)], on the next line")]
    [InlineData("Dense(3, «Normalize = true»)", "CS0246", "[Dense] has no argument 'Normalize': Normalize is a layer of its own: write [Normalize] on the next line")]
    [InlineData("Dense(3, «L2 = 0.01»)", "CS0246", "[Dense] has no argument 'L2': it is a property of the trainer: new(network) { L2 = 0.01f }")]
    [InlineData("Dense(3, Activation.Tanh, «false»)", "CS1729", "[Dense] takes only units and activation without a name: write the others as UseBias = …, ")]
    [InlineData("Gru(8, «Activation.Relu»)", "CS1729", "[Gru] has no activation to choose, its functions are sigmoid and tanh: [SimpleRnn(8, Activation.Relu)] takes one, or, for what it gives, "
        + "Activation is a layer of its own: write [Activation(Activation.Relu)] on the next line")]
    [InlineData("Lstm(8, «Activation = Activation.Relu», ReturnSequences = true)", "CS0246", "[Lstm] has no activation to choose, its functions are sigmoid and tanh: [SimpleRnn(8, Activation.Relu)] takes one, ")]
    [InlineData("LayerNorm(«Activation.Relu»)", "CS1729", "[LayerNorm] takes no activation: Activation is a layer of its own: write [Activation(Activation.Relu)] on the next line")]
    public void GN0033_BadArgument(string layer, string compilers, string message)
    {
        Marked marked = Marked.Parse(GeneratorHarness.Usings + $"[GeneratedNetwork(2)] [{layer}] [Dense(1)] [Training(Loss.Huber)] public partial class Net;");
        AssertBesideTheCompilers(marked, compilers, message);
    }

    [Theory]
    [InlineData("[GeneratedNetwork(2)] [Dense(1)] [«Training»]", "CS1729", "[Training] needs loss, a value of the enum Loss: write [Training(Loss.CrossEntropy)] for classes")]
    [InlineData("[GeneratedNetwork(2)] [Dense(1)] [Training(«\"hinge\"»)]", "CS1503", "[Training] takes a value of the enum Loss as 'loss', without quotes: there are ")]
    [InlineData("[GeneratedNetwork(2)] [Dense(1)] [Training(«\"mse\"»)]", "CS1503", "[Training] takes a value of the enum Loss as 'loss', without quotes, and 'mse' is called MeanSquaredError here: write Loss.MeanSquaredError")]
    [InlineData("[GeneratedNetwork(2)] [Dense(1)] [Training(Loss.Huber, «LearningRate = 0.01»)]", "CS0246", "[Training] has no argument 'LearningRate': it is a property of the trainer: new(network) { LearningRate = 0.01f }")]
    [InlineData("[GeneratedNetwork(2)] [Dense(1)] [Training(Loss.Huber, «Momentum = 0.9»)]", "CS0246", "[Training] has no argument 'Momentum': it is a property of the trainer with Optimizer.Momentum or Optimizer.Nesterov: new(network) { Momentum = 0.9f }")]
    [InlineData("[GeneratedNetwork(2)] [Dense(1)] [Training(Loss.Huber, «batch_size = 16»)]", "CS0246", "[Training] has no argument 'batch_size': it is a property of the options of Fit: new FitOptions { BatchSize = 16 }")]
    [InlineData("[GeneratedNetwork(2)] [Dense(1)] [Training(Loss.Huber, «Optimizer.ADAM»)]", "CS0117", "[Training] takes a value of the enum Optimizer as 'optimizer', and 'ADAM' is none: write Optimizer.Adam")]
    [InlineData("[GeneratedNetwork(«\"2\"»)] [Dense(1)] [Training(Loss.Huber)]", "CS1503", "[GeneratedNetwork] takes a whole number as 'inputShape', without quotes: write 2")]
    [InlineData("[GeneratedNetwork(2, Precision = «\"double\"»)] [Dense(1)] [Training(Loss.Huber)]", "CS0029", "[GeneratedNetwork] takes a value of the enum Precision as 'Precision', without quotes: write Precision.Double")]
    public void GN0033_OfOtherAttributes(string attributes, string compilers, string message) =>
        AssertBesideTheCompilers(Marked.Parse(GeneratorHarness.Usings + attributes + " public partial class Net;"), compilers, message);

    /// <summary>The numbers of a window: one for all axes or a list, and the list in the words of the project's C#.</summary>
    [Theory]
    [InlineData("Conv2D(8, 3, «5», Activation.Relu)", "CS1729", "[Conv2D] takes one kernel: one of 3 by 5 is [3, 5], and a stride of 5 is Stride = 5")]
    [InlineData("Conv2D(8, 3, «5»)", "CS1503", "[Conv2D] takes one kernel: one of 3 by 5 is [3, 5], and a stride of 5 is Stride = 5")]
    [InlineData("MaxPool2D(2, «2»)", "CS1729", "[MaxPool2D] takes one size: one of 2 by 2 is [2, 2], and a stride of 2 is Stride = 2")]
    [InlineData("Conv2D(8, «(3, 4)»)", "CS1503", "[Conv2D] takes a list as 'kernel': a kernel of 3 by 4 is [3, 4]")]
    [InlineData("Conv2D(8, 3, Stride = «(2, 1)»)", "CS0029", "[Conv2D] takes one whole number as 'Stride': write Strides = [2, 1] for one along each axis")]
    [InlineData("Conv2D(8, 3, Strides = «2»)", "CS0029", "[Conv2D] takes a list as 'Strides': write Stride = 2")]
    [InlineData("Conv2D(8, 3, Pads = «1»)", "CS0029", "[Conv2D] takes four numbers as 'Pads', top, bottom, left and right: write [1, 1, 1, 1]")]
    [InlineData("Conv2D(8, 3, Pads = «(1, 2)»)", "CS0029", "[Conv2D] takes four numbers as 'Pads', top, bottom, left and right: write [1, 1, 2, 2]")]
    [InlineData("DepthwiseConv2D(3, Pads = «2»)", "CS0029", "[DepthwiseConv2D] takes four numbers as 'Pads', top, bottom, left and right: write [2, 2, 2, 2]")]
    [InlineData("Conv2D(8, 3, «padding = 1»)", "CS0246", "[Conv2D] has no argument 'padding': write Pads = [1, 1, 1, 1]")]
    [InlineData("Conv2D(8, 3, Activation.Relu, «padding = \"same\"»)", "CS0246", "[Conv2D] has no argument 'padding': write Padding = Padding.Same")]
    [InlineData("Conv2D(8, 3, «activation = \"relu\"»)", "CS0246", "[Conv2D] has no property 'activation' but a parameter 'activation', which takes a colon: write activation: Activation.Relu")]
    public void GN0033_Windows(string layer, string compilers, string message) => AssertBesideTheCompilers(
        Marked.Parse(GeneratorHarness.Usings + $"[GeneratedNetwork(8, 8, 1)] [{layer}] [Dense(1)] [Training(Loss.Huber)] public partial class Net;"), compilers, message, isWhole: true);

    [Fact]
    public void GN0033_ListsBeforeCSharp12()
    {
        GeneratorRun run = GeneratorHarness.Run(
            GeneratorHarness.Usings + "[GeneratedNetwork(8, 8, 1)] [Conv2D(8, (3, 5))] [Dense(1)] public partial class Net { }",
            Target.NetStandard20);
        Assert.Equal("[Conv2D] takes a list as 'kernel': a kernel of 3 by 5 is new[] { 3, 5 }", Assert.Single(run.GeneratorDiagnostics).GetMessage());
    }

    /// <summary>Beside the compiler's error, which asks for a using directive, stands what to write, and nothing follows from it.</summary>
    [Theory]
    [InlineData("«GRU»(8)", "[GRU] is no attribute of a network: did you mean [Gru]?")]
    [InlineData("«LSTM»(8)", "[LSTM] is no attribute of a network: did you mean [Lstm]?")]
    [InlineData("«LSTMAttribute»(8)", "[LSTM] is no attribute of a network: did you mean [Lstm]?")]
    [InlineData("«Bidirectional»", "[Bidirectional] is no attribute of a network: bidirectional layers are not supported")]
    [InlineData("«Linear»(3)", "[Linear] is no attribute of a network: did you mean [Dense]?")]
    [InlineData("«MaxPooling2D»(3)", "[MaxPooling2D] is no attribute of a network: did you mean [MaxPool2D]?")]
    [InlineData("«ReLU»", "[ReLU] is no attribute of a network: write [Activation(Activation.Relu)], or Activation.Relu in the layer above")]
    [InlineData("«Dens»(3)", "[Dens] is no attribute of a network: did you mean [Dense]?")]
    public void GN0047_UnknownLayer(string layer, string message)
    {
        foreach (string below in new[] { "[Dense(1)]", "" })
        {
            Marked marked = Marked.Parse(GeneratorHarness.Usings + $"[GeneratedNetwork(2)] [{layer}] {below} [Training(Loss.Huber)] public partial class Net;");
            GeneratorRun run = GeneratorHarness.Run([marked.Text, UseSites.Of(training: true)]);
            Assert.Null(run.Crash);
            Assert.All(run.CompilerErrors, error => Assert.Equal("CS0246", error.Id));
            Diagnostic error = Assert.Single(run.GeneratorDiagnostics);
            Assert.Equal("GN0047", error.Id);
            Assert.Equal(message, error.GetMessage());
            marked.AssertAt(error, "File0.cs");
        }
    }

    /// <summary>Attributes that have nothing to do with networks are the compiler's alone, and so are those that exist.</summary>
    [Fact]
    public void AnAttributeThatIsLikeNoneOfOursIsTheCompilers()
    {
        GeneratorRun run = GeneratorHarness.Run(
            GeneratorHarness.Usings + "class Conv3DAttribute : System.Attribute { } [GeneratedNetwork(2)] [Dense(1)] [Conv3D] [JsonThing] public partial class Net;");
        Assert.Empty(run.GeneratorDiagnostics);
        Assert.All(run.CompilerErrors, error => Assert.Equal("CS0246", error.Id));
    }

    /// <summary>A number is told in the network's own type.</summary>
    [Fact]
    public void GN0033_SettingOfADoubleNetwork()
    {
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Usings
            + "[GeneratedNetwork(2, Precision = Precision.Double)] [Dense(1)] [Training(Loss.Huber, lr = 0.01)] public partial class Net;");
        Assert.Equal(
            "[Training] has no argument 'lr': it is a property of the trainer: new(network) { LearningRate = 0.01 }",
            Assert.Single(run.GeneratorDiagnostics).GetMessage());
    }

    [Fact]
    public void TwoPartsWithTheAttributeDoNotCollide()
    {
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Usings
            + "[GeneratedNetwork(2)] [Dense(1)] public partial class Net; [GeneratedNetwork(2)] partial class Net;");
        Assert.Null(run.Crash);
        Assert.Equal("GN0031", Assert.Single(run.GeneratorDiagnostics).Id);
        Assert.Equal("CS0579", Assert.Single(run.CompilerErrors).Id);
    }

    [Fact]
    public void GN0031_DeclaredTwice()
    {
        // The compiler's error says that the attribute is there twice; ours, that two networks share a name.
        Marked marked = Marked.Parse(GeneratorHarness.Usings
            + "[GeneratedNetwork(2)] [Dense(1)] public partial class Net; [«GeneratedNetwork(3)»] [Dense(4)] [Training(Loss.Huber)] public partial class Net;");
        GeneratorRun run = GeneratorHarness.Run(marked.Text);
        Diagnostic error = Assert.Single(run.GeneratorDiagnostics);
        Assert.Equal("GN0031", error.Id);
        marked.AssertAt(error, "File0.cs");
        Assert.DoesNotContain(run.CompilerErrors, run.IsGenerated);
    }

    [Theory]
    [InlineData("Net.«Trainer» trainer = new Net.Trainer(new Net());", "it lacks [Training]")]
    [InlineData("object trainer = new Net.«Trainer»(new Net());", "it lacks [Training]")]
    [InlineData("System.Collections.Generic.List<Net.«Trainer»> trainers = null!;", "it lacks [Training]")]
    [InlineData("global::Net.«Trainer» trainer = null!;", "it lacks [Training]")]
    [InlineData("Still.«Trainer» trainer = null!;", "it is static")]
    public void GN0032_NoTrainer(string use, string why)
    {
        Marked marked = Marked.Parse(GeneratorHarness.Usings + $$"""
            [GeneratedNetwork(2)] [Dense(1)] public partial class Net;
            [GeneratedNetwork(2)] [Dense(4, Activation.Tanh)] [Dense(1, Activation.Sigmoid)] [Weights("xor.safetensors")] public static partial class Still;
            static class User { static void Use() { {{use}} } }
            """);
        GeneratorRun run = GeneratorHarness.Run(marked.Text, null, null, ModelTexts.Xor);
        Diagnostic error = Assert.Single(run.GeneratorDiagnostics);
        Assert.Equal("GN0032", error.Id);
        Assert.Contains(why, error.GetMessage(), System.StringComparison.Ordinal);
        marked.AssertAt(error, "File0.cs");
        Assert.All(run.CompilerErrors, other => Assert.Equal("CS0426", other.Id));
    }

    /// <summary>Where the name is some type's, or the class is no network, nothing is missing.</summary>
    [Theory]
    [InlineData("[GeneratedNetwork(2)] [Dense(1)] [Training(Loss.Huber)] public partial class Net;")]
    [InlineData("[GeneratedNetwork(2)] [Dense(1)] public partial class Net { public class Trainer; }")]
    [InlineData("public class Base { public class Trainer; } [GeneratedNetwork(2)] [Dense(1)] public partial class Net : Base;")]
    [InlineData("public class Net { public class Trainer; }")]
    public void NoError_TrainerThatExists(string declaration) => GeneratorHarness.Run(
        GeneratorHarness.Usings + declaration + " static class User { static Net.Trainer? Trainer; }").AssertNoErrors();

    /// <summary>A name from elsewhere leads to a value that there is, and hides none.</summary>
    [Fact]
    public void NamesFromElsewhereLeadToValues() => Assert.All(OtherNames.All, pair =>
    {
        string[] parts = pair.Key.Split('.');
        System.Type type = typeof(Activation).Assembly.GetType($"{typeof(Activation).Namespace}.{parts[0]}", throwOnError: true)!;
        string[] known = System.Enum.GetNames(type);
        Assert.Contains(pair.Value, known);
        Assert.DoesNotContain(parts[1], known, System.StringComparer.OrdinalIgnoreCase);
    });

    [Theory]
    [InlineData("[Dense(8, Name = \"trunk\")] [«Dense(8, From = \"trunc\")»]", "'trunk' may be meant")]
    [InlineData("[«Dense(8, From = \"late\")»] [Dense(3, Name = \"late\")]", "declared below it")]
    [InlineData("[«Dense(8, Name = \"me\", From = \"me\")»]", "its own name")]
    [InlineData("[Dense(2)] [«Add(\"dense1\", \"nowhere\")»]", "there are 'x', 'dense1'")]
    [InlineData("[Dense(2)] [«Add(\"dense1\", \"\")»]", "no layer or input above it is called so")]
    public void GN0036_UnknownSource(string layers, string why) => AssertSays("GN0036", $"[GeneratedNetwork(2)] {layers} public partial class Net;", why);

    [Theory]
    [InlineData("[Dense(3)] [«Add(\"dense1\", \"x\")»]", "they are 3 and 2")]
    [InlineData("[Dense(3)] [«Multiply(\"dense1\", \"x\")»]", "multiplies values of one shape")]
    [InlineData("[Dense(3)] [«Add(\"dense1\")»]", "is given one")]
    [InlineData("[Dense(3)] [«Concat»]", "is given none")]
    [InlineData("[Dense(6)] [Reshape(2, 3, Name = \"a\")] [Reshape(3, 2, Name = \"b\", From = \"dense1\")] [«Concat(\"a\", \"b\")»]", "they are 2×3 and 3×2")]
    [InlineData("[«Reshape(3)»] [Dense(1)]", "which has 2 elements and not 3")]
    [InlineData("[«Conv2D(3, 2)»] [Dense(1)]", "takes an image")]
    [InlineData("[«Conv1D(3, 2)»] [Dense(1)]", "takes a signal")]
    public void GN0037_ShapesDoNotFit(string layers, string why) => AssertSays("GN0037", $"[GeneratedNetwork(2)] {layers} public partial class Net;", why);

    [Fact]
    public void GN0038_NothingReads() => AssertSays("GN0038", "[GeneratedNetwork(2)] [«Dense(3, Name = \"a\")»] [Dense(3, From = \"x\")] public partial class Net;", "Nothing reads 'a'");

    [Theory]
    [InlineData("Conv2D(3, 2, Padding = Padding.Same, Pads = new[] { 1, 1, 1, 1 })", "both Padding and Pads")]
    [InlineData("Conv2D(3, 2, Stride = 1, Strides = new[] { 1, 1 })", "both Stride and Strides")]
    [InlineData("Conv2D(3, 2, Dilation = 1, Dilations = new[] { 1, 1 })", "both Dilation and Dilations")]
    [InlineData("Conv2D(3, 2, Padding = Padding.Causal)", "only a signal has an order in time")]
    [InlineData("Conv2D(3, 2, Pads = new[] { 1, 1 })", "takes four Pads")]
    [InlineData("Conv2D(3, new[] { 2, 2, 2 })", "has 3")]
    [InlineData("Conv2D(3, 2, Strides = new[] { 2 })", "has 1")]
    public void GN0039_WindowArguments(string layer, string why) => AssertSays("GN0039", $"[GeneratedNetwork(6, 6, 2)] [«{layer}»] public partial class Net;", why);

    [Theory]
    [InlineData("[GeneratedNetwork(4, 9, 1)] [«Conv2D(3, 5)»]", "along the height, and there are 4")]
    [InlineData("[GeneratedNetwork(9, 4, 1)] [«Conv2D(3, 3, Dilation = 2)»]", "a dilated window of 5 elements along the width")]
    [InlineData("[GeneratedNetwork(4, 1)] [«Conv1D(3, 7, Pads = new[] { 1, 1 })»]", "4 and 2 around them")]
    public void GN0040_WindowDoesNotFit(string network, string why) => AssertSays("GN0040", $"{network} public partial class Net;", why);

    [Theory]
    [InlineData("Conv2D(4, 2, Groups = 3)")]
    [InlineData("Conv2D(3, 2, Groups = 2)")]
    public void GN0041_Groups(string layer) => AssertSays("GN0041", $"[GeneratedNetwork(6, 6, 2)] [«{layer}»] public partial class Net;", "must divide the 2 channels");

    [Theory]
    [InlineData("[GeneratedNetwork(4)] [«Input(\"a\", 4)»] [Dense(1)]", "leave one of the two out")]
    [InlineData("[GeneratedNetwork] [«Input(\"a b\", 4)»] [Dense(1)]", "no name of an input")]
    [InlineData("[GeneratedNetwork] [Input(\"a\", 4)] [«Input(\"A\", 4)»] [Concat(\"a\", \"A\")]", "Two inputs are called")]
    [InlineData("[GeneratedNetwork] [Input(\"a\", 4)] [«Input(\"b\", 4)»] [Dense(1)]", "Nothing reads the input 'b'")]
    public void GN0042_InputMisused(string network, string why) => AssertSays("GN0042", $"{network} public partial class Net;", why);

    [Theory]
    [InlineData("[Dense(3, Name = \"a\")] [«Output(\"c\")»]", "there are 'a'")]
    [InlineData("[Dense(3, Name = \"a\")] [Output(\"a\")] [«Output(\"a\")»]", "an output twice")]
    [InlineData("[Dense(3, Name = \"a\")] [«Output(\"a\", Weight = 0)»]", "Weight must be positive")]
    [InlineData("[Dense(3, Name = \"a\")] [«Output(\"a\")»] [Training(Optimizer.Adam)]", "has no loss")]
    [InlineData("[Dense(3, Name = \"a\")] [«Output(\"a\", Loss.Huber)»] [Training(Loss.Huber)]", "leave one of the two out")]
    [InlineData("[Dense(3, Name = \"a\")] [«Training(Optimizer.Adam)»]", "has no loss")]
    public void GN0043_OutputMisused(string network, string why) => AssertSays("GN0043", $"[GeneratedNetwork(2)] {network} public partial class Net;", why);

    [Theory]
    [InlineData("8, 2", "[«Conv1D(3, 3, Padding = Padding.Same)»] [Gru(2)]", "'conv1' reaches beyond its step: write Padding = Padding.Causal")]
    [InlineData("8, 2", "[«Conv1D(3, 3)»] [Gru(2)]", "'conv1' gives 6 steps of 8, and each frame has to give one: write Padding = Padding.Causal")]
    [InlineData("8, 2", "[«Conv1D(3, 3, Padding = Padding.Causal, Stride = 2)»] [Gru(2)]", "'conv1' leaves out steps (stride 2), which changes the rate of frames: write Stride = 1")]
    [InlineData("8, 2", "[«MaxPool1D(2)»] [Gru(2)]", "'maxpool1' pools over time, which changes the rate of frames")]
    [InlineData("8, 2", "[«GlobalAveragePool»]", "'globalpool1' pools over time")]
    [InlineData("8, 2", "[«Conv1DTranspose(3, 2)»] [Gru(2)]", "'transposed1' makes more steps of each")]
    [InlineData("8, 2", "[«LayerNorm(LastAxes = 2)»] [Gru(2)]", "'layernorm1' normalizes over time")]
    [InlineData("8, 2", "[Gru(2, ReturnSequences = true)] [«Dense(2)»]", "'dense1' takes all steps as one row of inputs: write PerStep = true")]
    [InlineData("8, 2", "[«Flatten»]", "'flatten1' makes one row of all steps")]
    [InlineData("8, 2", "[«Reshape(2, 8)»] [Gru(2)]", "'reshape1' makes 2×8 of 8×2, and so mixes time with other axes")]
    public void GN0046_Streaming(string shape, string layers, string says) =>
        AssertSays("GN0046", $"[GeneratedNetwork({shape}, Streaming = true)] {layers} public partial class Net;", says);

    [Fact]
    public void GN0046_NoTime() => AssertSays(
        "GN0046", "[«GeneratedNetwork(8, Streaming = true)»] [Dense(2)] public partial class Net;", "the input 'x' is 8, without an axis of time");

    /// <summary>What reads the input itself says how to declare that; elsewhere a new shape is the way.</summary>
    [Theory]
    [InlineData("[GeneratedNetwork(8, 8)] [«Conv2D(4, 3)»]", "takes an image, [height, width, channels], and reads 8×8: write [GeneratedNetwork(8, 8, 1)] for one channel")]
    [InlineData("[GeneratedNetwork(8, 8)] [«Conv2D(4, 3, Padding = Padding.Same)»]", "write [GeneratedNetwork(8, 8, 1)] for one channel")]
    [InlineData("[GeneratedNetwork(64)] [«Conv2D(4, 3)»]", "and reads 64: write [GeneratedNetwork(8, 8, 1)] if the image is as high as it is wide")]
    [InlineData("[GeneratedNetwork(3072)] [«Conv2D(4, 3)»]", "write [GeneratedNetwork(32, 32, 3)] if the image is as high as it is wide")]
    [InlineData("[GeneratedNetwork(70)] [«MaxPool2D(2)»]", "write [GeneratedNetwork(height, width, channels)], such as [GeneratedNetwork(1, 70, 1)]")]
    [InlineData("[GeneratedNetwork(32, 28, 28, 1)] [«Conv2D(4, 3)»]", "write [GeneratedNetwork(28, 28, 1)], without the batch, which no shape has")]
    [InlineData("[GeneratedNetwork(32, 24, 2)] [«Conv1D(4, 3)»]", "write [GeneratedNetwork(24, 2)], without the batch, which no shape has, or take a layer for images")]
    [InlineData("[GeneratedNetwork(24)] [«Conv1D(4, 3)»]", "write [GeneratedNetwork(24, 1)] for one feature a step")]
    [InlineData("[GeneratedNetwork(24)] [«Gru(4)»]", "write [GeneratedNetwork(24, 1)] for one feature a step")]
    [InlineData("[GeneratedNetwork] [Input(\"a\", 8, 8)] [«Conv2DTranspose(4, 3)»]", "write [Input(\"a\", 8, 8, 1)] for one channel")]
    [InlineData("[GeneratedNetwork(8, 8)] [Activation(Activation.Tanh)] [«Conv2D(4, 3)»]", "and reads 8×8: write Reshape before it")]
    [InlineData("[GeneratedNetwork(8, 8)] [Gru(4)] [«Gru(4)»]", "and reads 4: write Reshape before it, or ReturnSequences = true in a recurrent layer before it")]
    public void GN0037_OfTheInput(string network, string says) => Assert.EndsWith(says, AssertOnlyError("GN0037", $"{network} public partial class Net;").GetMessage(), System.StringComparison.Ordinal);

    [Theory]
    [InlineData("8, 2", "[«SimpleRnn(2, Activation.Softmax)»]", "GN0037", "'rnn1' applies its activation to each unit by itself")]
    [InlineData("8", "[«Gru(2)»]", "GN0037", "'gru1' takes a sequence, [time, features], and reads 8")]
    [InlineData("8, 2", "[«Embedding(4, 2)»]", "GN0037", "'embedding1' takes one number for each step, [time], and reads 8×2")]
    [InlineData("8", "[Activation(Activation.Relu)] [«Embedding(4, 2)»]", "GN0037", "'embedding1' reads numbers of rows, which only an input holds")]
    [InlineData("8, 2", "[«Lstm(2, CellClip = -1)»]", "GN0045", "'lstm1' takes a CellClip that is 0, for none, or positive and finite, not -1")]
    [InlineData("8, 2", "[«Lstm(2, ForgetBias = double.NaN)»]", "GN0045", "'lstm1' takes a ForgetBias that is finite, not NaN")]
    [InlineData("8, 2", "[«Gru(0)»]", "GN0007", "units must be at least 1, not 0")]
    public void Sequences(string shape, string layers, string id, string says) => AssertSays(id, $"[GeneratedNetwork({shape})] {layers} public partial class Net;", says);

    [Theory]
    [InlineData("[«BatchNorm(Momentum = 1)»] [Dense(1)]", "not 1")]
    [InlineData("[«BatchNorm(Momentum = -0.1)»] [Dense(1)]", "not -0.1")]
    [InlineData("[«BatchNorm(Epsilon = 0)»] [Dense(1)]", "not 0")]
    [InlineData("[BatchNorm] [Dense(1)] [«Training(Loss.Huber, GhostBatch = 1)»]", "not 1")]
    public void GN0045_BatchNorm(string network, string found) => AssertSays("GN0045", $"[GeneratedNetwork(2)] {network} public partial class Net;", found);

    private static void AssertSays(string id, string source, string words) =>
        Assert.Contains(words, AssertOnlyError(id, source).GetMessage(System.Globalization.CultureInfo.InvariantCulture), System.StringComparison.Ordinal);

    private static void AssertBesideTheCompilers(Marked marked, string compilers, string message, bool isWhole = false)
    {
        GeneratorRun run = GeneratorHarness.Run([marked.Text, UseSites.Of(training: true)]);
        Assert.Null(run.Crash);
        Assert.Equal([compilers], run.CompilerErrors.Select(error => error.Id));
        Diagnostic error = Assert.Single(run.GeneratorDiagnostics);
        Assert.Equal("GN0033", error.Id);
        Assert.StartsWith(message, error.GetMessage(), System.StringComparison.Ordinal);
        Assert.True(!isWhole || message == error.GetMessage(), error.GetMessage());
        marked.AssertAt(error, "File0.cs");
    }

    private static Diagnostic AssertOnlyErrorWithTrainer(string id, string source, Target? target = null) =>
        AssertOnlyError(id, source, UseSites.Of(training: true), target: target);

    /// <summary>The generator reports one error at the mark, and the compiler none: neither there nor where the class is used.</summary>
    private static Diagnostic AssertOnlyError(string id, string source, string useSites = "", bool cascades = false, Target? target = null)
    {
        Marked marked = Marked.Parse(GeneratorHarness.Usings + source);
        GeneratorRun run = GeneratorHarness.Run([marked.Text, useSites], target);

        Assert.Null(run.Crash);
        Diagnostic error = Assert.Single(run.GeneratorDiagnostics);
        Assert.Equal(id, error.Id);
        Assert.Equal(DiagnosticSeverity.Error, error.Severity);
        Assert.DoesNotContain("{", error.GetMessage(), System.StringComparison.Ordinal);
        marked.AssertAt(error, "File0.cs");
        Assert.DoesNotContain(run.CompilerErrors, diagnostic => run.IsGenerated(diagnostic) || !cascades);
        Assert.DoesNotContain(run.CompilerDiagnostics, run.IsGenerated);
        return error;
    }
}
