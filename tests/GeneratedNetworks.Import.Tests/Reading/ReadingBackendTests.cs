using GeneratedNetworks.Import.Onnx.Schema;
using GeneratedNetworks.Import.Reading;
using GeneratedNetworks.Import.Tests.Onnx;

namespace GeneratedNetworks.Import.Tests.Reading;

/// <summary>ONNX's own node tests: all of the imported operators, executed as they stand, those that no importer takes among them.</summary>
[Trait("Category", "Numeric")]
public sealed class ReadingBackendTests
{
    /// <summary>What is not executed: training, texts, and a result longer than its weights reach.</summary>
    private static readonly string[] Refused =
    [
        "test_batchnorm_epsilon_training_mode", "test_batchnorm_example_training_mode", "test_cast_FLOAT_to_STRING",
        "test_convtranspose_output_shape", "test_edge_pad", "test_reflect_pad",
        "test_training_dropout", "test_training_dropout_default", "test_training_dropout_default_mask",
        "test_training_dropout_mask", "test_training_dropout_zero_ratio", "test_training_dropout_zero_ratio_mask",
    ];

    [Fact]
    public void EveryCaseGivesWhatOnnxSays()
    {
        List<string> wrong = [];
        List<string> refused = [];
        int passed = 0;
        foreach (BackendCase test in BackendCase.LoadAll())
        {
            if (test.Input is null || test.Sample.Length == 0)
                continue;
            try
            {
                double[] actual = Run(test);
                double[] expected = test.Output!.Values!;
                bool fits = actual.Length == expected.Length
                    && !actual.Where((value, i) => !value.Equals(expected[i]) && !(Math.Abs(value - expected[i]) / Math.Max(1, Math.Abs(expected[i])) <= test.Tolerance)).Any();
                if (fits)
                    passed++;
                else
                    wrong.Add($"{test.Name}: [{string.Join(", ", actual.Take(8))}] for [{string.Join(", ", expected.Take(8))}]");
            }
            catch (ModelFileException exception)
            {
                refused.Add($"{test.Name}: {exception.Message}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.Equal(Refused, refused.Select(line => line.Split(':')[0]));
        Assert.True(passed > 140, $"{passed} passed");
    }

    /// <summary>The cases have inputs of fixed shape, whose first axis is no batch: the whole is one sample.</summary>
    private static double[] Run(BackendCase test)
    {
        string output = ModelProto.Parser.ParseFrom(test.Model).Graph.Output[0].Name;
        ModelReading reading = ModelReading.Open(new ModelSource(test.Name + ".onnx", test.Model, null), [output]);
        return reading.RunTensors(test.Sample, rounds: true);
    }
}
