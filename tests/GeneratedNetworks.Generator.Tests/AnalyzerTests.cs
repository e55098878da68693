using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using GeneratedNetworks.Import;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Warnings and infos: what the planner notes, at the attribute that it is about.</summary>
public sealed class AnalyzerTests
{
    [Fact]
    public async Task GN0101_NotUnrolled() =>
        await AssertInfo("GN0101", "[GeneratedNetwork(784)]\n[«Dense(256, Activation.Relu)»]\n[Dense(1)]\npublic partial class Net { }");

    [Fact]
    public async Task GN0102_ScratchBeyondStack() =>
        await AssertInfo("GN0102", "[«GeneratedNetwork(4, Unroll = Unroll.None)»]\n[Dense(100000)]\n[Dense(1)]\npublic partial class Net { }");

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3, "7.3")]
    [InlineData(LanguageVersion.CSharp8, "8.0")]
    public async Task GN0103_BasicByLanguageVersion(LanguageVersion language, string version)
    {
        Diagnostic warning = await AssertWarning(
            "GN0103",
            "[Obsolete]\n[«GeneratedNetwork(2)»]\n[Dense(1)]\npublic partial class Net { }",
            Target.NetStandard20 with { Language = language });
        string message = $"'Net' uses profile Basic, because the project is compiled as C# {version}. Profile Basic has no Fit, Save and Load: ";
        Assert.StartsWith(message, warning.GetMessage(), StringComparison.Ordinal);
    }

    /// <summary>Both ways out that the warning names: the version brings the methods, and the profile written down keeps what there is without a word.</summary>
    [Theory]
    [InlineData("", LanguageVersion.CSharp7_3, true, 3)]
    [InlineData("", LanguageVersion.CSharp9, false, 0)]
    [InlineData(", Emit = EmitProfile.Basic", LanguageVersion.CSharp7_3, false, 3)]
    public async Task GN0103_IsTrue(string emit, LanguageVersion language, bool warns, int missing)
    {
        string source = GeneratorHarness.Usings + $$"""
            [GeneratedNetwork(2{{emit}})] [Dense(1)] [Training(Loss.MeanSquaredError)] public sealed partial class Net { }
            static class User
            {
                static void Use(Net network, Net.Trainer trainer, Dataset<float> data)
                {
                    trainer.Fit(data, new FitOptions());
                    network.Save("net.safetensors");
                    network.Load("net.safetensors");
                }
            }
            """;
        GeneratorRun run = GeneratorHarness.Run(source, Target.NetStandard20 with { Language = language });
        Assert.Empty(run.GeneratorDiagnostics);
        Assert.Equal(missing, run.CompilerErrors.Count);
        Assert.Equal(warns ? ["GN0103"] : [], (await run.AnalyzeAsync()).Where(note => note.Severity == DiagnosticSeverity.Warning).Select(note => note.Id));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp9, "9.0")]
    [InlineData(LanguageVersion.CSharp11, "11.0")]
    public async Task GN0107_ScalarByLanguageVersion(LanguageVersion language, string version)
    {
        const string Auto = "[Obsolete]\n[«GeneratedNetwork(2)»]\n[Dense(1)]\npublic partial class Net { }";
        Diagnostic info = await AssertNote("GN0107", DiagnosticSeverity.Info, Auto, Target.Net80 with { Language = language });
        string message = $"'Net' uses profile Scalar, because the project is compiled as C# {version}: the faster profile Simd needs C# 12 ";
        Assert.StartsWith(message, info.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScalarIsNotCommentedOnWhereItIsWantedOrAllThereIs()
    {
        const string Wanted = "[GeneratedNetwork(2, Emit = EmitProfile.Scalar)] [Dense(1)] public partial class Net { }";
        Assert.Empty(await Analyze(Wanted, Target.Net80 with { Language = LanguageVersion.CSharp11 }));
        Assert.Empty(await Analyze(Wanted.Replace(", Emit = EmitProfile.Scalar", "", StringComparison.Ordinal), Target.NetStandard20));
    }

    /// <summary>The compiler rejects the call, in words that do not name the cause.</summary>
    [Theory]
    [InlineData("", "new Net().Forward(«new double[2]», new float[1])", "'Net' computes with float, and 'new double[2]' is of double: write float in place of double")]
    [InlineData("", "new Net().Forward(«[0.5, 1]», new float[1])", "'Net' computes with float, and '[0.5, 1]' is of double: ")]
    [InlineData("", "new Net().Predict(«new double[2]»)", "'Net' computes with float, ")]
    [InlineData("", "new Net.Trainer(new Net()).Step([1, 2], «new List<double>()»)", "'Net' computes with float, and 'new List<double>()' is of double: ")]
    [InlineData("", "new Net.Trainer(new Net()).Fit(«Dataset<double>.FromLabels(2, 1, [1, 2], [0])»)", "'Net' computes with float, and 'Dataset<double>.FromLabels(2, 1, [1, 2],…' is of double: ")]
    [InlineData(", Precision = Precision.Double", "new Net().Forward([1, 2], «new float[1]»)", "'Net' computes with double, and 'new float[1]' is of float: write double in place of float, or")]
    [InlineData(", Precision = Precision.Double", "new Net().SetParameters(«stackalloc float[3]»)", "'Net' computes with double, ")]
    public async Task GN0108_OtherPrecision(string option, string call, string message)
    {
        Marked marked = Marked.Parse(GeneratorHarness.Usings + $$"""
            using System.Collections.Generic;
            [GeneratedNetwork(2{{option}})] [Dense(1)] [Training(Loss.Huber)] public partial class Net;
            static class User { static void Use() { {{call}}; } }
            """);
        GeneratorRun run = GeneratorHarness.Run(marked.Text);
        Assert.NotEmpty(run.CompilerErrors);
        Diagnostic warning = Assert.Single(await run.AnalyzeAsync());
        Assert.Equal("GN0108", warning.Id);
        Assert.StartsWith(message, warning.GetMessage(), StringComparison.Ordinal);
        marked.AssertAt(warning, "File0.cs");
    }

    /// <summary>Calls that compile, and those that fail for another reason.</summary>
    [Theory]
    [InlineData("new Net().Forward([0.5f, 1], new float[1])")]
    [InlineData("new Net().Forward(new int[2], new float[1])")]
    [InlineData("new Net().Forward(new float[2])")]
    [InlineData("new Other().Forward(new double[2], new float[1])")]
    public async Task PrecisionIsNotBlamedForOtherErrors(string call) => Assert.Empty(await GeneratorHarness.Run(GeneratorHarness.Usings + $$"""
        [GeneratedNetwork(2)] [Dense(1)] public partial class Net;
        class Other { public void Forward(float[] inputs, float[] outputs) { } }
        static class User { static void Use() { {{call}}; } }
        """).AnalyzeAsync());

    /// <summary>What the compiler rejects is a member of the trainer, or of the object that a static class offers.</summary>
    [Theory]
    [InlineData("net.«Fit»(data, new FitOptions())", "Fit belongs to the trainer: write new Net.Trainer(net).Fit(…)")]
    [InlineData("net.«Step»([1, 2], [3])", "Step belongs to the trainer: write new Net.Trainer(net).Step(…)")]
    [InlineData("new Net().«Fit»(data)", "Fit belongs to the trainer: write new Net.Trainer(network).Fit(…)")]
    [InlineData("new Plain().«Fit»(data)", "Fit belongs to a trainer, and 'Plain' has none: write [Training(…)] on the class, with the loss to train by, and then new Plain.Trainer(network).Fit(…)")]
    [InlineData("Still.«Predict»([1, 2])", "'Still' is static and Predict is for objects: write Still.Instance.Predict(…)")]
    [InlineData("Still.«Save»(\"still.safetensors\")", "'Still' is static and Save is for objects: write Still.Instance.Save(…)")]
    [InlineData("_ = «new Still()»", "'Still' is static, so that there is nothing to create: write Still.Forward(inputs, outputs), or Still.Instance, which is the class as an object")]
    [InlineData("Still made = «new()»", "'Still' is static, so that there is nothing to create: ")]
    public async Task GN0109_MisplacedCall(string statement, string message)
    {
        Marked marked = Marked.Parse(MisplacedCall(statement));
        GeneratorRun run = GeneratorHarness.Run(marked.Text, null, null, ModelTexts.Xor);
        Assert.NotEmpty(run.CompilerErrors);
        Diagnostic warning = Assert.Single(await run.AnalyzeAsync());
        Assert.Equal("GN0109", warning.Id);
        Assert.StartsWith(message, warning.GetMessage(), StringComparison.Ordinal);
        marked.AssertAt(warning, "File0.cs");
    }

    /// <summary>Calls that compile, and those that fail for another reason.</summary>
    [Theory]
    [InlineData("new Net.Trainer(net).Fit(data)")]
    [InlineData("Still.Instance.Predict([1, 2])")]
    [InlineData("net.Forward([1, 2])")]
    [InlineData("net.Predict(1)")]
    [InlineData("net.Foo(data)")]
    [InlineData("new Plain().Foo(data)")]
    [InlineData("Still.Foo(data)")]
    [InlineData("Net.Fit(data)")]
    [InlineData("new Other().Fit(data)")]
    public async Task OtherCallsAreNotSentElsewhere(string statement) =>
        Assert.Empty(await GeneratorHarness.Run(MisplacedCall(statement), null, null, ModelTexts.Xor).AnalyzeAsync());

    /// <summary>What only networks of one kind have: where it is missing, what makes a network one of them.</summary>
    [Theory]
    [InlineData("plain.«ForwardStream»(new float[2], new float[1], new float[8])", "ForwardStream is there where a network runs frame by frame, and 'Plain' does not: write Streaming = true in [GeneratedNetwork]")]
    [InlineData("gru.«ForwardStreams»(new float[2], new float[1], new float[8])", "ForwardStreams is there where a network runs frame by frame, and 'Steps' does not")]
    [InlineData("_ = new float[Steps.«MemorySize»]", "MemorySize is there where a network runs frame by frame, and 'Steps' does not")]
    [InlineData("new Steps.Trainer(gru).«StepStreams»(new float[2], new float[1], new float[8])", "StepStreams is there where a network runs frame by frame, and 'Steps' does not")]
    [InlineData("plain.«ForwardLengths»(new float[8], new float[1], new int[1])", "ForwardLengths is there where a sequence may end before its window does, and in 'Plain' none may: that takes SimpleRnn, Gru or Lstm, ")]
    [InlineData("new Plain.Trainer(plain).«StepLengths»(new float[8], new float[1], new int[1])", "StepLengths is there where a sequence may end before its window does, and in 'Plain' none may")]
    [InlineData("gru.«ForwardIds»(new int[8], new float[1])", "ForwardIds is there where Embedding reads all inputs, which are then whole numbers, and not in 'Steps': write [Embedding(vocabulary, dimensions)] as its first layer")]
    [InlineData("new Steps.Trainer(gru).«StepIds»(new int[8], new float[1])", "StepIds is there where Embedding reads all inputs")]
    [InlineData("frames.«ForwardStreamIds»(new int[8], new float[1], new float[8])", "ForwardStreamIds is there where a network runs frame by frame and Embedding reads its input, and 'Frames' is none such")]
    [InlineData("frames.«StepStreams»(new float[2], new float[1], new float[8])", "StepStreams belongs to a trainer, and 'Frames' has none: write [Training(…)] on the class")]
    [InlineData("gru.«StepLengths»(new float[8], new float[1], new int[1])", "StepLengths belongs to the trainer: write new Steps.Trainer(gru).StepLengths(…)")]
    public async Task GN0109_OtherKind(string statement, string message)
    {
        Marked marked = Marked.Parse(OtherKind(statement));
        GeneratorRun run = GeneratorHarness.Run(marked.Text);
        Assert.NotEmpty(run.CompilerErrors);
        Diagnostic warning = Assert.Single(await run.AnalyzeAsync(), warning => warning.Severity == DiagnosticSeverity.Warning);
        Assert.Equal("GN0109", warning.Id);
        Assert.StartsWith(message, warning.GetMessage(), StringComparison.Ordinal);
        marked.AssertAt(warning, "File0.cs");
    }

    /// <summary>A missing argument of a class is one fault in a file, however many members it takes away.</summary>
    [Fact]
    public async Task GN0109_OncePerClassAndFile()
    {
        Marked marked = Marked.Parse(OtherKind(
            "float[] memory = new float[Steps.«MemorySize»], frame = new float[Steps.FrameSize]; gru.ForwardStream(frame, memory, memory); gru.ForwardStream(frame, memory, memory)"));
        GeneratorRun run = GeneratorHarness.Run(marked.Text);
        Diagnostic warning = Assert.Single(await run.AnalyzeAsync(), warning => warning.Severity == DiagnosticSeverity.Warning);
        Assert.Equal(("GN0109", "MemorySize, FrameSize and ForwardStream are there where a network runs frame by frame, and 'Steps' does not: write Streaming = true in [GeneratedNetwork]"), (warning.Id, warning.GetMessage()));
        marked.AssertAt(warning, "File0.cs");

        // Another class, and another kind, are another fault.
        Diagnostic[] several = [.. await GeneratorHarness.Run(OtherKind(
            "_ = new float[Steps.MemorySize]; _ = new float[Plain.MemorySize]; gru.ForwardIds(new int[8], new float[1]); _ = Steps.FrameSize")).AnalyzeAsync()];
        Assert.Equal(
            ["ForwardIds is there", "MemorySize and FrameSize are there", "MemorySize is there"],
            several.Where(note => note.Id == "GN0109").Select(note => note.GetMessage()).Select(message => message[..(message.IndexOf(" there", StringComparison.Ordinal) + 6)]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("frames.ForwardStream(new float[2], new float[1], new float[Frames.MemorySize])")]
    [InlineData("frames.ForwardStream(1)")]
    [InlineData("gru.ForwardLengths(1)")]
    [InlineData("_ = other.MemorySize")]
    [InlineData("other.ForwardStream()")]
    public async Task WhatIsThereIsOfNoOtherKind(string statement) =>
        Assert.DoesNotContain(await GeneratorHarness.Run(OtherKind(statement)).AnalyzeAsync(), warning => warning.Id == "GN0109");

    private static string OtherKind(string statement) => GeneratorHarness.Usings + $$"""
        [GeneratedNetwork(4, 2)] [Flatten] [Dense(1)] [Training(Loss.Huber)] public partial class Plain;
        [GeneratedNetwork(4, 2)] [Gru(3)] [Dense(1)] [Training(Loss.Huber)] public partial class Steps;
        [GeneratedNetwork(4, 2, Streaming = true)] [Gru(3)] [Dense(1)] public partial class Frames;
        class Other;
        static class User { static void Use(Plain plain, Steps gru, Frames frames, Other other) { {{statement}}; } }
        """;

    private static string MisplacedCall(string statement) => GeneratorHarness.Usings + $$"""
        [GeneratedNetwork(2)] [Dense(1)] [Training(Loss.Huber)] public partial class Net;
        [GeneratedNetwork(2)] [Dense(1)] public partial class Plain;
        [GeneratedNetwork(2)] [Dense(4, Activation.Tanh)] [Dense(1, Activation.Sigmoid)] [Weights("xor.safetensors")] public static partial class Still;
        class Other;
        static class User { static void Use(Net net, Dataset<float> data) { {{statement}}; } }
        """;

    /// <summary>Neither the file, nor the attribute, nor any shape says what comes first.</summary>
    [Fact]
    public async Task GN0106_WeightOrderUnsaid()
    {
        const string Net = "[GeneratedNetwork(2)] [Dense(2)] [Dense(2)] [«Weights(\"net.safetensors\")»] public partial class Net { }";
        ImportedModel model = ModelTexts.Tensors(("dense1.weight", [2, 2]), ("dense1.bias", [2]), ("dense2.weight", [2, 2]), ("dense2.bias", [2]));
        Marked marked = Marked.Parse(GeneratorHarness.Usings + Net);
        Diagnostic warning = Assert.Single(await Notes(marked.Text, model with { IsFromPyTorch = true }));
        Assert.Equal(("GN0106", DiagnosticSeverity.Warning), (warning.Id, warning.Severity));
        Assert.StartsWith("'net.safetensors' says that PyTorch wrote it", warning.GetMessage(), StringComparison.Ordinal);
        marked.AssertAt(warning, "File0.cs");

        // Another writer, an order of the file or of the attribute, or a shape that fits one way alone: nothing is left to guess.
        Assert.Empty(await Notes(marked.Text, model));
        Assert.Empty(await Notes(marked.Text, model with { IsFromPyTorch = true, WeightOrder = WeightOrder.OutIn }));
        foreach (string order in new[] { "InOut", "OutIn" })
        {
            string said = marked.Text.Replace("ors\")", $"ors\", Order = WeightOrder.{order})", StringComparison.Ordinal);
            Assert.Empty(await Notes(said, model with { IsFromPyTorch = true }));
        }

        ImportedModel tall = ModelTexts.Tensors(("dense1.weight", [2, 3]), ("dense1.bias", [3]), ("dense2.weight", [3, 3]), ("dense2.bias", [3]));
        string other = marked.Text.Replace("Dense(2)", "Dense(3)", StringComparison.Ordinal);
        Assert.Empty(await Notes(other, tall with { IsFromPyTorch = true }));
        ImportedModel single = ModelTexts.Tensors(("dense1.weight", [1, 1]), ("dense1.bias", [1]));
        const string One = "[GeneratedNetwork(1)] [Dense(1)] [Weights(\"net.safetensors\")] public partial class Net { }";
        Assert.Empty(await Notes(GeneratorHarness.Usings + One, single with { IsFromPyTorch = true }));

        static async Task<IEnumerable<Diagnostic>> Notes(string source, ImportedModel model) =>
            await GeneratorHarness.Run(source, null, null, ModelTexts.Of("net.safetensors", model)).AssertClean().AnalyzeAsync();
    }

    [Fact]
    public async Task BasicIsNotCommentedOnWhereItIsWantedOrAllThereIs()
    {
        const string Wanted = "[GeneratedNetwork(2, Emit = EmitProfile.Basic)] [Dense(1)] public partial class Net { }";
        Assert.Empty(await Analyze(Wanted, Target.NetStandard20 with { Language = LanguageVersion.CSharp7_3 }));
        const string Auto = "[GeneratedNetwork(2)] [Dense(1)] public partial class Net { }";
        Assert.Empty(await Analyze(Auto, Target.Nano));
        Assert.Empty(await Analyze(Auto, Target.NetStandard20));
    }

    [Theory]
    [InlineData("[«Dense(1, Activation.Softmax)»]", "Softmax over one output is always 1: ")]
    [InlineData("[Dense(1)]\n[«Activation(Activation.LogSoftmax)»]", "LogSoftmax over one output is always 0: ")]
    [InlineData("[«Dense(1, Activation.Softmax)»]\n[Flatten]", "Softmax over one output is always 1: ")]
    public async Task GN0104_SoftmaxOfOneOutput(string layers, string message)
    {
        Diagnostic warning = await AssertWarning("GN0104", $"[GeneratedNetwork(2)]\n{layers}\npublic partial class Net {{ }}", Target.Net100);
        Assert.StartsWith(message, warning.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8, 2", "[Conv1D(3, 2, Activation.Relu)] [«Dense(4)»]", "'dense1' takes all 7 steps of 'conv1' as one row of inputs: write PerStep = true where ")]
    [InlineData("8, 2", "[Conv1D(3, 2, Name = \"ears\")] [«Dense(4, Activation.Tanh)»]", "'dense1' takes all 7 steps of 'ears' as one row of inputs: ")]
    [InlineData("8, 2", "[Conv1D(3, 2)] [Dense(3, PerStep = true)] [Add(\"conv1\", \"dense1\")] [Flatten] [Dense(2)] [«Dense(4, From = \"conv1\")»] [Concat(\"dense2\", \"dense3\")]", "'dense3' takes all 7 steps of 'conv1' ")]
    public async Task GN0111_FlattensSteps(string shape, string layers, string message)
    {
        Diagnostic warning = await AssertWarning("GN0111", $"[GeneratedNetwork({shape}, Unroll = Unroll.None)]\n{layers}\npublic partial class Net {{ }}", Target.Net100);
        Assert.StartsWith(message, warning.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8, 2", "[Conv1D(3, 2)] [Dense(4, PerStep = true)]")]
    [InlineData("8, 2", "[Conv1D(3, 2)] [Flatten] [Dense(4)]")]
    [InlineData("8, 2", "[Conv1D(3, 8)] [Dense(4)]")]
    [InlineData("8, 2", "[Conv1D(3, 2)] [GlobalAveragePool] [Dense(4)]")]
    [InlineData("8, 8, 2", "[Conv2D(3, 2)] [Dense(4)]")]
    [InlineData("8, 2", "[Dense(4)]")]
    public async Task DenseThatIsMeantIsNotCommentedOn(string shape, string layers) =>
        Assert.Empty(await Analyze($"[GeneratedNetwork({shape}, Unroll = Unroll.None)] {layers} public partial class Net {{ }}", Target.Net100));

    [Fact]
    public async Task SoftmaxOfTwoOutputsIsNotCommentedOn() =>
        Assert.Empty(await Analyze("[GeneratedNetwork(2)] [Dense(2, Activation.Softmax)] public partial class Net { }", Target.Net100));

    [Fact]
    public async Task SmallNetworksAreNotCommentedOn()
    {
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Usings + "[GeneratedNetwork(2)] [Dense(1)] public partial class Net { }");
        Assert.Empty(await run.AssertClean().AnalyzeAsync());
    }

    [Fact]
    public async Task AnErrorIsTheGeneratorsAlone()
    {
        GeneratorRun run = GeneratorHarness.Run(
            GeneratorHarness.Usings + "[GeneratedNetwork(784)] [Dense(256)] [Dense(0)] public partial class Net { }");
        Assert.NotEmpty(run.GeneratorDiagnostics);
        Assert.Empty(await run.AnalyzeAsync());
    }

    private static async Task<IEnumerable<Diagnostic>> Analyze(string source, Target target) =>
        await GeneratorHarness.Run(GeneratorHarness.Usings + source, target).AssertClean().AnalyzeAsync();

    private static Task<Diagnostic> AssertWarning(string id, string source, Target target) =>
        AssertNote(id, DiagnosticSeverity.Warning, source, target);

    private static async Task<Diagnostic> AssertNote(string id, DiagnosticSeverity severity, string source, Target target)
    {
        Marked marked = Marked.Parse(GeneratorHarness.Usings + source);
        Diagnostic note = Assert.Single(await GeneratorHarness.Run(marked.Text, target).AssertClean().AnalyzeAsync());
        Assert.Equal((id, severity), (note.Id, note.Severity));
        marked.AssertAt(note, "File0.cs");
        return note;
    }

    private static async Task AssertInfo(string id, string source)
    {
        Marked marked = Marked.Parse(GeneratorHarness.Usings + source);
        GeneratorRun run = GeneratorHarness.Run(marked.Text).AssertClean();
        IEnumerable<Diagnostic> infos = await run.AnalyzeAsync();
        Assert.All(infos, info => Assert.Equal(DiagnosticSeverity.Info, info.Severity));
        Diagnostic found = Assert.Single(infos, info => info.Id == id && info.Location.SourceSpan == marked.Span);
        Assert.True(found.Location.IsInSource);
        marked.AssertAt(found, "File0.cs");
    }
}
