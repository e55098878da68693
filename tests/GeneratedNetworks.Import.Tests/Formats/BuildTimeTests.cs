using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Formats;

/// <summary>
/// Graphs as a project has them: the class names the file and what it is to give, the build makes a text of it, and the generator a network. They compute what
/// the framework computes, folded norms included, and those that can be trained are trained.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class BuildTimeTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, Type>> Types = new(Compile);

    public static TheoryData<string> Graphs => [.. Fixture.Names("Onnx").Where(name => name.StartsWith("graph-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Graphs))]
    public void AFileGivesItsNumbersFoldedAndTrained(string name)
    {
        Fixture fixture = Fixture.Load("Onnx", name, ".onnx");
        ImportedModel model = fixture.Read();
        INetwork<double> network = (INetwork<double>)Activator.CreateInstance(Types.Value[ClassOf(name)])!;
        Check(network, "without a trainer");
        if (model.Tensors.Count == 0)
            return;
        INetwork<double> trained = (INetwork<double>)Activator.CreateInstance(Types.Value["Trained" + ClassOf(name)])!;
        Check(trained, "with a trainer");
        bool hasNorm = model.Layers.Any(layer => layer.Attribute == "BatchNorm");
        Assert.Equal(hasNorm, network.ParameterCount < trained.ParameterCount);

        // It goes on from there: the loss becomes less.
        ITrainer<double> trainer = (ITrainer<double>)Activator.CreateInstance(trained.GetType().GetNestedType("Trainer")!, trained, 1UL)!;
        double[] targets = [.. fixture.FlatOutputs.Select(value => value + 0.25)];
        double before = trainer.Loss(fixture.FlatInputs, targets);
        trainer.LearningRate = 0.002;
        for (int i = 0; i < 20; i++)
            trainer.Step(fixture.FlatInputs, targets);
        Assert.InRange(trainer.Loss(fixture.FlatInputs, targets), 0, before * 0.999);

        void Check(INetwork<double> subject, string how) =>
            Approx.Equal(fixture.FlatOutputs, FileOrder.Forward(model, inputs => Run(subject, inputs), fixture.FlatInputs), 1e-12, $"{name} {how}");
    }

    private static double[] Run(INetwork<double> network, double[] inputs)
    {
        double[] outputs = new double[inputs.Length / network.InputSize * network.OutputSize];
        network.Forward(inputs, outputs);
        return outputs;
    }

    private static IReadOnlyDictionary<string, Type> Compile()
    {
        List<string> declarations = [];
        List<(string, ImportedChoice)> files = [];
        foreach (string name in Graphs.Select(row => row.Data))
        {
            Fixture fixture = Fixture.Load("Onnx", name, ".onnx");
            files.Add((name + ".onnx", ModelFile.ReadAll(fixture.Path)));
            string outputs = fixture.Output is { } output ? $", Outputs = \"{output}\"" : "";
            string network = $"[GeneratedNetwork(Model = \"{name}.onnx\"{outputs}, Precision = Precision.Double)]";
            declarations.Add($"{network}\npublic sealed partial class {ClassOf(name)} {{ }}");
            if (fixture.Read().Tensors.Count > 0)
                declarations.Add($"{network}\n[Training(Loss.MeanSquaredError, Optimizer.Adam)]\npublic sealed partial class Trained{ClassOf(name)} {{ }}");
        }

        return GeneratedModel.CompileFiles(string.Join("\n", declarations), files);
    }

    private static string ClassOf(string name) => name.Replace('-', '_');
}
