using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>What is emitted, for networks that together have every registered layer, loss and optimizer and every kind of kernel.</summary>
public sealed class SnapshotTests
{
    private const string Sgd = """
        [GeneratedNetwork(8)]
        [Dense(32, Activation.Relu)]
        [Dense(24, Activation.Gelu)]
        [Dense(3)]
        [Training(Loss.MeanSquaredError, Optimizer.Sgd)]
        """;

    private const string Adam = """
        [GeneratedNetwork(7, 7, 1)]
        [Flatten]
        [Dense(40, Activation.Relu)]
        [Dropout(0.25)]
        [Dense(10, Activation.Softmax)]
        [Training(Loss.CrossEntropy, Optimizer.Adam)]
        """;

    private const string Tiny = """
        [GeneratedNetwork(2)]
        [Dense(4, Activation.Tanh)]
        [Dense(1, Activation.Sigmoid)]
        [Training(Loss.BinaryCrossEntropy, Optimizer.Momentum)]
        """;

    private const string Frozen = """
        [GeneratedNetwork(5)]
        [Dense(9, Activation.Silu, Frozen = true, Name = "body")]
        [Activation(Activation.HardTanh)]
        [Dense(2, UseBias = false, Name = "head")]
        [Training(Loss.Huber, Optimizer.Nesterov, Reduction = Reduction.Sum, InputGradients = true)]
        """;

    private const string Wide = """
        [GeneratedNetwork(300, Precision = Precision.Double)]
        [Dense(129, Activation.Tanh)]
        [Dense(20, Activation.LogSoftmax)]
        [Training(Loss.SquaredError, Optimizer.AdamW)]
        """;

    private const string Image = """
        [GeneratedNetwork(9, 8, 3)]
        [Conv2D(16, 3, Activation.Relu, Padding = Padding.Same)]
        [BatchNorm(Name = "a")]
        [DepthwiseConv2D(3, Stride = 2, Padding = Padding.Same)]
        [BatchNorm(Frozen = true)]
        [Conv2D(20, 1, Activation.Tanh)]
        [MaxPool2D(2)]
        [AveragePool2D(2, Stride = 1, Padding = Padding.Same)]
        [PRelu]
        [Conv2DTranspose(8, 3, Stride = 2, Padding = Padding.Same)]
        [GlobalAveragePool]
        [Dense(10, Activation.Softmax)]
        [Training(Loss.CrossEntropy, Optimizer.Adam)]
        """;

    private const string Signal = """
        [GeneratedNetwork(16, 6)]
        [Conv1D(8, 3, Activation.Relu, Padding = Padding.Causal, Dilation = 2)]
        [DepthwiseConv1D(3, Padding = Padding.Same, Multiplier = 2)]
        [Conv1DTranspose(8, 3, Activation.Relu, Stride = 2)]
        [MaxPool1D(2)]
        [AveragePool1D(2)]
        [LayerNorm]
        [GlobalMaxPool]
        [Dense(3)]
        [Training(Loss.MeanSquaredError, Optimizer.Sgd)]
        """;

    /// <summary>A table, recurrent layers of every kind, and a loss over every step.</summary>
    private const string Sequence = """
        [GeneratedNetwork(6)]
        [Embedding(9, 4)]
        [Gru(4, ReturnSequences = true)]
        [Gru(3, ReturnSequences = true, ResetAfter = false)]
        [SimpleRnn(3, Activation.Relu, ReturnSequences = true)]
        [Lstm(5, ReturnSequences = true)]
        [Dense(2, Activation.Softmax, PerStep = true)]
        [Training(Loss.CrossEntropy, Optimizer.Adam)]
        """;

    /// <summary>Frame by frame: what a causal convolution and recurrent layers remember.</summary>
    private const string Stream = """
        [GeneratedNetwork(16, 2, Streaming = true)]
        [Conv1D(4, 3, Activation.Relu, Padding = Padding.Causal, Dilation = 2)]
        [Lstm(5, CellClip = 3)]
        [Dense(1)]
        [Training(Loss.MeanSquaredError, Optimizer.Sgd)]
        """;

    private const string Graph = """
        [GeneratedNetwork]
        [Input("position", 4)]
        [Input("view", 2, 3)]
        [Dense(6, Activation.Tanh, Name = "body")]
        [Reshape(6, From = "view", Name = "flat")]
        [Add("body", "flat")]
        [Multiply("add1", "body")]
        [Concat("multiply1", "position", Activation = Activation.Relu, Name = "trunk")]
        [Dense(3, Activation.Softmax, Name = "policy")]
        [Dense(1, From = "trunk", Name = "value")]
        [Output("policy", Loss.CrossEntropy)]
        [Output("value", Loss.MeanSquaredError, Weight = 0.5)]
        [Training(Optimizer.Adam, InputGradients = true)]
        """;

    private const string Straight = """
        [GeneratedNetwork(3)]
        [Dense(6, Activation.Relu6)]
        [Dense(2, Activation.Softmax)]
        [Training(Loss.MeanAbsoluteError, Optimizer.Sgd)]
        """;

    private const string Single = """
        [GeneratedNetwork(8)]
        [Dense(128, Activation.Relu)]
        [Dense(1)]
        [Training(Loss.MeanSquaredError, Optimizer.RmsProp)]
        """;

    private const string Ordered = """
        [GeneratedNetwork(20, Numerics = Numerics.Reproducible)]
        [Dense(24, Activation.Tanh)]
        [Dense(5)]
        [Training(Loss.MeanSquaredError, Optimizer.Sgd)]
        """;

    private const string Ranges = """
        [GeneratedNetwork(2, 3)]
        [Normalize(Clip = 5)]
        [Dense(4, Activation.Tanh)]
        [Clip(-0.5, maximum: 0.75)]
        [Dense(2)]
        [Training(Loss.SquaredError, Optimizer.Adam, InputGradients = true)]
        """;

    private static readonly IReadOnlyDictionary<string, string> Networks = new Dictionary<string, string>
    {
        [nameof(Sgd)] = Sgd,
        [nameof(Adam)] = Adam,
        [nameof(Tiny)] = Tiny,
        [nameof(Frozen)] = Frozen,
        [nameof(Wide)] = Wide,
        [nameof(Straight)] = Straight,
        [nameof(Ranges)] = Ranges,
        [nameof(Single)] = Single,
        [nameof(Ordered)] = Ordered,
        [nameof(Image)] = Image,
        [nameof(Signal)] = Signal,
        [nameof(Graph)] = Graph,
        [nameof(Sequence)] = Sequence,
        [nameof(Stream)] = Stream,
    };

    /// <summary>Compiled once for all tests that ask.</summary>
    private static readonly ConcurrentDictionary<(string Network, string Target), Lazy<GeneratorRun>> Runs = new();

    /// <summary>Network, target, and which of its files.</summary>
    public static TheoryData<string, string, string> Cases => new()
    {
        { nameof(Sgd), "net10.0", "read" },
        { nameof(Sgd), "net10.0", "kernels" },
        { nameof(Adam), "net8.0", "read" },
        { nameof(Adam), "net8.0", "kernels" },
        { nameof(Frozen), "net10.0", "read" },
        { nameof(Wide), "net10.0", "read" },
        { nameof(Straight), "netstandard2.0", "read" },
        { nameof(Straight), "netstandard2.0", "kernels" },
        { nameof(Ranges), "net10.0", "read" },
        { nameof(Ranges), "netstandard2.0", "read" },
        { nameof(Ranges), "netstandard2.0", "kernels" },
        { nameof(Single), "net10.0", "read" },
        { nameof(Single), "net10.0", "kernels" },
        { nameof(Ordered), "net10.0", "read" },
        { nameof(Ordered), "net10.0", "kernels" },
        { nameof(Ordered), "netstandard2.0", "kernels" },
        { nameof(Image), "net10.0", "read" },
        { nameof(Image), "netstandard2.0", "kernels" },
        { nameof(Signal), "net10.0", "read" },
        { nameof(Graph), "net10.0", "read" },
        { nameof(Graph), "netstandard2.0", "read" },
        { nameof(Sequence), "net10.0", "read" },
        { nameof(Sequence), "netstandard2.0", "kernels" },
        { nameof(Stream), "net10.0", "read" },
        { nameof(Tiny), "nanoFramework", "read" },
        { nameof(Tiny), "nanoFramework", "kernels" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Network(string network, string target, string file)
    {
        GeneratorRun run = Clean(network, Target.Named(target));
        Snapshot.Match($"{network}.{target}.{file}", file == "read" ? run.SingleFile : run.KernelsFile);
    }

    /// <summary>The text that all of them share, for single and double precision.</summary>
    [Fact]
    public void Shared()
    {
        string source = "using GeneratedNetworks;\n" + string.Join("\n", Networks.Select(network => $"{network.Value}\npublic partial class {network.Key} {{ }}"));
        Snapshot.Match("Shared.net10.0", GeneratorHarness.Run(source, Target.Net100).AssertClean().LibraryFile);
    }

    /// <summary>What .NET 9 added may be no instruction where the text runs, as on WebAssembly: one text serves all from .NET 8 on.</summary>
    [Fact]
    public void NewerLibrariesGetTheSameText()
    {
        foreach (string network in Networks.Keys)
            Assert.Equal(Files(Target.Net80, network), Files(Target.Net100, network));

        static IEnumerable<string> Files(Target target, string network) => Clean(network, target).Files.Select(file => file.Text);
    }

    [Fact]
    public void EveryLayerLossAndOptimizerIsAmongThem()
    {
        string all = string.Concat(Networks.Values);
        IEnumerable<string> wanted = LayerRegistry.Layers.Select(layer => "[" + layer.Attribute)
            .Concat(Enum.GetNames<Loss>().Select(loss => "Loss." + loss))
            .Concat(Enum.GetNames<Optimizer>().Select(optimizer => "Optimizer." + optimizer));
        Assert.All(wanted, name => Assert.Contains(name, all, StringComparison.Ordinal));
    }

    /// <summary>Operations that no attribute leads to: of layers inside tests (<see cref="General.OperationTests"/> emits them), and of a value with several readers.</summary>
    private static readonly string[] NotDeclarable = ["Add", "MultiplyRow", "MultiplyRowGradient", "RepeatRows", "SumRows"];

    /// <summary>Every operation, and every way in which the plan can have a product or a step run.</summary>
    [Fact]
    public void EveryKindOfKernelIsAmongThem()
    {
        HashSet<string> found = [];
        foreach ((string network, string target, string _) in Cases.Select(row => row.Data).DistinctBy(data => (data.Item1, data.Item2)))
        {
            GeneratorRun run = GeneratorHarness.Run(Declare(network), Target.Named(target));
            NetworkPlan plan = ((Outcome)run.Result.Results[0].TrackedSteps[TrackingNames.Plan].Single().Outputs.Single().Value).Plan!;
            found.UnionWith(Kinds(plan));
        }

        IEnumerable<string> wanted = typeof(Operation).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Operation)) && !type.IsAbstract).Select(type => type.Name)
            .Except(NotDeclarable)
            .Concat(Names<Planning.WeightOrder>()).Concat(Names<SampleWriting>()).Concat(Names<StepForm>()).Concat(Names<ColumnTiles>())
            .Concat(CostModel.Tiles.Select(tile => $"tile {tile}")).Append("sample as a batch of one");
        Assert.Empty(wanted.Except(found).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(name => $"{typeof(T).Name}.{name}");

    private static IEnumerable<string> Kinds(NetworkPlan plan)
    {
        TrainingPlan training = plan.Training!;
        Operation[] operations = [.. plan.Inference.Calls, .. training.Forward, training.Loss, .. training.FromOutputGradients, .. training.Backward];
        foreach (Operation operation in General.EveryOperation.Of(operations.Concat(plan.Stream?.Frame.Calls ?? [])))
        {
            yield return operation.GetType().Name;
            if (plan.Layout.Profile == Model.EmitProfile.Simd && ProductTiles.Of(plan, operation) is { } tiles)
                yield return $"ColumnTiles.{tiles.Choice.Columns}";
        }

        foreach (DenseWeights weights in plan.Weights)
        {
            yield return $"WeightOrder.{weights.Order}";
            yield return $"tile {weights.ForwardTile}";
            yield return $"tile {weights.GradientTile}";
            IReadOnlyList<(int Bits, SampleWriting Writing)> writings = SampleText.Of(plan, weights.Layer);
            foreach ((_, SampleWriting writing) in writings)
                yield return $"SampleWriting.{writing}";
            if (writings.Count == 0)
                yield return "sample as a batch of one";
        }

        yield return $"StepForm.{training.Step}";
    }

    /// <summary>A network stands for several targets only where these have different text.</summary>
    [Fact]
    public void NoTextIsThereTwice()
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("tests/GeneratedNetworks.Generator.Tests/Snapshots"), "*.verified.cs").Order(StringComparer.Ordinal))
        {
            // Comments name the profile and the class.
            string code = string.Join('\n', File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));
            Assert.True(texts.TryAdd(code, file), $"{Path.GetFileName(file)} has the text of {Path.GetFileName(texts.GetValueOrDefault(code))}.");
        }
    }

    private static GeneratorRun Clean(string network, Target target) =>
        Runs.GetOrAdd((network, target.Name), _ => new(() => GeneratorHarness.Run(Declare(network), target).AssertClean())).Value;

    private static string Declare(string network) => $"using GeneratedNetworks;\n{Networks[network]}\npublic partial class Net {{ }}";
}
