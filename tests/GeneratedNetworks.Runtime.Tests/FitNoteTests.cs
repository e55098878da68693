namespace GeneratedNetworks.Runtime.Tests;

/// <summary>Fit says once that a layer which normalizes was never adapted, and trains all the same.</summary>
public sealed class FitNoteTests
{
    private static readonly Dataset<float> Data = new(2, 1, [100, 0.1f, 300, 0.2f, 200, 0.3f, 400, 0.5f], [0, 1, 0, 1]);

    [Fact]
    public void What_was_never_adapted_is_said_before_the_first_epoch()
    {
        StringWriter text = new();
        FitResult result = new ScaledNet.Trainer(new ScaledNet()).Fit(Data, new FitOptions { Epochs = 3 }, new TextProgress(text));
        string[] lines = text.ToString().Split(Environment.NewLine);
        const string Note = "'normalize1' has the mean 0 and the deviation 1, and so changes nothing: network.Adapt(data) before Fit takes them from data";
        Assert.Equal("note: " + Note, lines[0]);
        Assert.StartsWith("epoch 1/3: ", lines[1]);
        Assert.StartsWith("epoch 2/3: ", lines[2]);
        Assert.Equal([Note, null, null], result.History.Select(report => report.Note));
        Assert.EndsWith(". Note: " + Note, result.ToString());
    }

    [Fact]
    public void All_such_layers_are_named()
    {
        FitResult result = new TwiceScaledNet.Trainer(new TwiceScaledNet()).Fit(Data, new FitOptions { Epochs = 1 });
        Assert.StartsWith("'normalize1' and 'second' have the mean 0 and the deviation 1, and so change nothing: ", result.History[0].Note);
    }

    [Fact]
    public void Nothing_is_said_of_layers_that_were_adapted_or_are_not_there()
    {
        ScaledNet adapted = new();
        adapted.Adapt(Data);
        Assert.Null(new ScaledNet.Trainer(adapted).Fit(Data, new FitOptions { Epochs = 1 }).History[0].Note);

        // One feature alone that was set is enough: somebody did it.
        ScaledNet set = new();
        float[] parameters = new float[ScaledNet.ParameterCount];
        set.GetParameters(parameters);
        parameters[1] = 0.5f;
        set.SetParameters(parameters);
        Assert.Null(new ScaledNet.Trainer(set).Fit(Data, new FitOptions { Epochs = 1 }).History[0].Note);
        Assert.Null(new OneLabelNet.Trainer(new OneLabelNet()).Fit(new Dataset<float>(4, 1, [1, 2, 3, 4], [1]), new FitOptions { Epochs = 1 }).History[0].Note);
    }

    /// <summary>The line is due even where that of the epoch is not: a resumed run begins at any.</summary>
    [Fact]
    public void A_run_that_goes_on_says_it_too()
    {
        using TemporaryFolder folder = new();
        FitOptions options = new() { Epochs = 2, CheckpointPath = folder["run.checkpoint"], Resume = true };
        new ScaledNet.Trainer(new ScaledNet()).Fit(Data, options);
        StringWriter text = new();
        options.Epochs = 9;
        new ScaledNet.Trainer(new ScaledNet()).Fit(Data, options, new TextProgress(text, every: 5));
        string[] starts = [.. text.ToString().Split(Environment.NewLine).Select(line => line.Split(':')[0])];
        Assert.Equal(["note", "epoch 3/9", "epoch 5/9", "epoch 9/9", ""], starts);
    }
}

[GeneratedNetwork(2)]
[Normalize]
[Dense(1, Activation.Sigmoid)]
[Training(Loss.BinaryCrossEntropy)]
internal sealed partial class ScaledNet;

[GeneratedNetwork(2)]
[Normalize]
[Dense(3)]
[Normalize(Name = "second")]
[Dense(1, Activation.Sigmoid)]
[Training(Loss.BinaryCrossEntropy)]
internal sealed partial class TwiceScaledNet;
