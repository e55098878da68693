using System.Globalization;
using GeneratedNetworks.Import.Reading;
using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Formats;

/// <summary>A file that leaves its number of steps open becomes the network of any window that is asked for.</summary>
[Trait("Category", "Numeric")]
public sealed class WindowTests
{
    private const string File = "open-steps.onnx";

    private static readonly string Folder = Fixture.Folder("Onnx");
    private static readonly string Place = Path.Combine(Folder, File);

    [Theory]
    [InlineData(6, 0)]
    [InlineData(9, 2)]
    public void TheWindowThatIsAskedForIsRead(int steps, int line)
    {
        (double[] inputs, double[] outputs) = Expected(line);
        ImportedModel model = ModelFile.Read(Place, window: steps);
        Assert.Equal([steps, 2], model.InputShape);
        Assert.False(model.HasOpenSteps);
        Approx.Equal(outputs, NaiveModel.Forward(model, inputs), 1e-12, "by plain loops");
        Approx.Equal(outputs, ModelReading.Open(Place, window: steps).Run(inputs), 1e-12, "executed as it stands");
    }

    [Fact]
    public void TheBuildLeavesTheStepsToTheDeclaration()
    {
        ImportedChoice choice = ModelFile.ReadAll(Place);
        Assert.True(choice.Default!.HasOpenSteps);
        IReadOnlyDictionary<string, Type> types = GeneratedModel.CompileFiles(
            $"[GeneratedNetwork(Model = \"{File}\", Window = 6, Precision = Precision.Double)] public sealed partial class Six {{ }}\n"
            + $"[GeneratedNetwork(Model = \"{File}\", Window = 9, Precision = Precision.Double)] public sealed partial class Nine {{ }}",
            [(File, choice)]);
        foreach ((string name, int line) in new[] { ("Six", 0), ("Nine", 2) })
        {
            (double[] inputs, double[] outputs) = Expected(line);
            INetwork<double> network = (INetwork<double>)Activator.CreateInstance(types[name])!;
            double[] found = new double[outputs.Length];
            network.Forward(inputs, found);
            Approx.Equal(outputs, found, 1e-12, name);
        }
    }

    [Fact]
    public void WithoutAWindowTheAxisIsNamed()
    {
        ModelFileException exception = Assert.Throws<ModelFileException>(() => ModelFile.Read(Place));
        Assert.True(exception.NeedsWindow);
        Assert.Equal("open-steps.onnx: axis 1 of the input 'input' leaves the number of its steps open: say how many a window has, Window = n beside Model, or --window.", exception.Message);
        Assert.Contains("a window has at least one step, not 0", Assert.Throws<ModelFileException>(() => ModelFile.Read(Place, window: 0)).Message);
        Assert.Contains(
            "it leaves no number of steps open", Assert.Throws<ModelFileException>(() => ModelFile.Read(Path.Combine(Folder, "sequence-gru.onnx"), window: 5)).Message);
    }

    [Theory]
    [InlineData(File, "", "'open-steps.onnx' leaves the number of steps of its input open: say how many a window has, such as Window = 64")]
    [InlineData(File, ", Window = 0", "Window must be at least 1, the steps of a window, not 0")]
    [InlineData("sequence-gru.onnx", ", Window = 5", "Window = 5 has no effect: the input of 'sequence-gru.onnx' has the shape [5, 3]")]
    public void WhatADeclarationLacksIsNamed(string file, string argument, string message)
    {
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => GeneratedModel.CompileFiles(
            $"[GeneratedNetwork(Model = \"{file}\"{argument})] public sealed partial class Net {{ }}", [(file, ModelFile.ReadAll(Path.Combine(Folder, file)))]));
        Assert.Contains(message, exception.Message);
    }

    private static (double[] Inputs, double[] Outputs) Expected(int line)
    {
        string[] lines = System.IO.File.ReadAllLines(Path.Combine(Folder, "open-steps.csv"));
        return (Numbers(lines[line]), Numbers(lines[line + 1]));
    }

    private static double[] Numbers(string line) => [.. line.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}
