using GeneratedNetworks.Import.Onnx;
using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Onnx;

/// <summary>ONNX's own node tests of the imported operators: each passes, or stands in the page on ONNX with the reason why not.</summary>
[Trait("Category", "Numeric")]
public sealed class OnnxBackendTests
{
    private const string Page = "src/GeneratedNetworks.Import/Onnx/README.md";

    [Fact]
    public void EveryCaseOfTheFamilyPassesOrIsListedWithItsReason()
    {
        List<(BackendCase Case, ImportedModel? Model, string? Reason)> all = [.. BackendCase.LoadAll().Select(Import)];
        (BackendCase Case, ImportedModel Model)[] read = [.. all.Where(entry => entry.Model is not null).Select(entry => (entry.Case, entry.Model!))];
        ImportedModel[] known = [.. read.Select(entry => entry.Model).Where(GeneratorSide.Knows)];
        Dictionary<ImportedModel, GeneratedModel> generated = new(ReferenceEqualityComparer.Instance);
        foreach ((ImportedModel model, GeneratedModel network) in known.Zip(GeneratedModel.Compile([.. known.Select(model => (model, Precision.Single))])))
            generated.Add(model, network);
        List<string> wrong = [];
        for (int i = 0; i < read.Length; i++)
        {
            (BackendCase test, ImportedModel model) = read[i];
            double[] expected = test.Output!.Values!;
            Check(wrong, test, "by plain loops", () => FileOrder.Forward(model, inputs => NaiveModel.Forward(model, inputs), test.Samples), expected);
            if (generated.TryGetValue(model, out GeneratedModel? network))
                Check(wrong, test, "generated", () => FileOrder.Forward(model, network.Forward, test.Samples), expected);
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Repository.MustHold(Page, OnnxPage.Write([.. all.Select(entry => (entry.Case.Name, entry.Reason))]));
    }

    private static (BackendCase Case, ImportedModel? Model, string? Reason) Import(BackendCase test)
    {
        try
        {
            return (test, OnnxFormat.Read(new ModelSource(test.Name, test.Model, null)), null);
        }
        catch (ModelFileException exception)
        {
            return (test, null, exception.Message[(test.Name.Length + 2)..]);
        }
    }

    private static void Check(List<string> wrong, BackendCase test, string how, Func<double[]> run, double[] expected)
    {
        double[] actual = run();
        if (actual.Length != expected.Length)
        {
            wrong.Add($"{test.Name} {how}: {actual.Length} numbers for {expected.Length}");
            return;
        }

        // Some cases hold NaN and infinities.
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(actual[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i]));
            if (!actual[i].Equals(expected[i]) && !(error <= test.Tolerance))
                wrong.Add($"{test.Name} {how}: [{i}] is {actual[i]:R} and should be {expected[i]:R}");
        }
    }
}
