using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Formats;

/// <summary>Files of several outputs: what can be asked for, what is said where nothing is asked for, and what else a file says.</summary>
public sealed class OutputTests
{
    [Theory]
    [InlineData("Onnx/policy.onnx", "'version_number' (a constant), 'memory_size' (a constant), 'continuous_actions', 'action_shape' (a constant), 'deterministic_continuous_actions'")]
    [InlineData("Onnx/policy.onnx", "--outputs: 'deterministic_continuous_actions' of shape [batch, 2], 'mu' of shape [batch, 2], or any value inside")]
    [InlineData("Onnx/policy.onnx", "'continuous_actions' is random: node '/RandomNormalLike' (RandomNormalLike) draws numbers")]
    [InlineData("Onnx/policy-masked.onnx", "'discrete_actions' cannot be it: its output 'discrete_actions' is random")]
    [InlineData("Onnx/policy-masked.onnx", "--outputs: 'log' of shape [batch, 3], 'p' of shape [batch, 3], or any value inside")]
    [InlineData("Onnx/classifier.onnx", "'label' cannot be it: node 'ArgMax' (ArgMax): it gives classes")]
    [InlineData("Onnx/classifier.onnx", "--outputs: 'probabilities' of shape [batch, 3], or any value inside")]
    [InlineData("Onnx/heads.onnx", "--outputs: 'policy' of shape [batch, 3], 'value' of shape [batch, 1], 'policy, value' of shape [batch, 4], or any value inside")]
    [InlineData("Keras/heads-3.keras", "it must have one output, and has 2: 'policy', 'value'. Choose with Outputs")]
    [InlineData("Keras/heads-3.keras", "'policy' of shape [batch, 2], 'value' of shape [batch, 1]")]
    [InlineData("TfLite/heads.tflite", "it must have one output, and has 2: 'policy', 'value'. Choose with Outputs")]
    public void SeveralOutputsAreListedWithHowToChoose(string file, string expected) => Assert.Contains(expected, Refuse(file, null));

    [Theory]
    [InlineData("Onnx/policy.onnx", "continuous_actions", "The value before the noise is 'mu' of shape [batch, 2]: Outputs = \"mu\" beside Model, or --outputs, asks for it")]
    [InlineData("Onnx/policy.onnx", "version_number", "'version_number' is a constant of the graph and no output of a network")]
    [InlineData("Onnx/policy.onnx", "nobody", "'nobody' is no value of its graph. Choose with Outputs")]
    [InlineData("Onnx/policy-masked.onnx", "discrete_actions", "node 'Draw' (Multinomial) draws numbers. The value before the noise is 'log' of shape [batch, 3]")]
    [InlineData("Onnx/policy-masked.onnx", "deterministic_discrete_actions", "(ArgMax, output 'best'): it gives classes, and a network gives numbers. The value before it is 'p' of shape [batch, 3]")]
    [InlineData("Onnx/classifier.onnx", "label", "node 'ArgMax' (ArgMax): it gives classes, and a network gives numbers. The value before it is 'probabilities' of shape [batch, 3]")]
    [InlineData("Onnx/hand-qdq.onnx", "hq", "its output 'hq' holds the quantized result of")]
    [InlineData("Keras/heads-3.keras", "nobody", "'nobody' is no layer of the model. Choose with Outputs")]
    [InlineData("TfLite/heads.tflite", "nobody", "'nobody' is no tensor that its operators write. Choose with Outputs")]
    [InlineData("SafeTensors/types.safetensors", "x", "'x' cannot be asked for: the file holds tensors and no layers")]
    public void WhatCannotBeAskedForIsExplained(string file, string output, string expected) => Assert.Contains(expected, Refuse(file, output));

    /// <summary>What gennet inspect shows is the layer's name: it stands for the value that the layer gives, and what is nothing is told what there is.</summary>
    [Theory]
    [InlineData("TfLite/sequence-lstm.tflite")]
    [InlineData("Onnx/heads.onnx")]
    public void ALayerStandsForTheValueThatItGives(string file)
    {
        ImportedModel[] models = [.. ModelFile.ReadAll(PathOf(file)) is { Default: var usual, Others: var others } ? others.Prepend(usual).OfType<ImportedModel>() : []];
        int asked = 0;
        foreach (ImportedModel model in models)
        {
            foreach (ImportedValue value in model.Values.Where(value => !value.IsLinear))
            {
                string layer = model.Layers[value.Layers - 1].Get("Name", "");
                if (layer.Length == 0 || model.Values.Any(other => other.Name == layer || (other != value && other.Layers == value.Layers && !other.IsLinear)))
                    continue;
                Assert.Equal(ModelFile.Read(PathOf(file), null, value.Name).Layers.Count, ModelFile.Read(PathOf(file), null, layer).Layers.Count);
                asked++;
            }
        }

        string inside = models[0].Values.Count == 0 ? models[0].Output! : models[0].Values[0].Name;
        Assert.Contains($"'{inside}'", Refuse(file, "nobody")[Refuse(file, "nobody").IndexOf(" There are ", StringComparison.Ordinal)..]);
        Assert.True(asked > 0, $"{file}: no layer was asked for");
    }

    [Theory]
    [InlineData("Onnx/policy.onnx", "deterministic_continuous_actions", "continuous_actions")]
    [InlineData("Onnx/policy-state.onnx", null, "")]
    [InlineData("Onnx/heads.onnx", "value", "policy")]
    [InlineData("Keras/heads-3.keras", "value", "policy")]
    [InlineData("TfLite/heads.tflite", "value", "policy")]
    [InlineData("Onnx/torch-relu.onnx", null, "")]
    public void FurtherOutputsAreNamed(string file, string? output, string others) =>
        Assert.Equal(others, string.Join(' ', ModelFile.Read(PathOf(file), null, output).OtherOutputs));

    [Fact]
    public void ConstantOutputsAreMetadata()
    {
        ImportedModel model = ModelFile.Read(PathOf("Onnx/policy.onnx"), null, "deterministic_continuous_actions");
        Assert.Equal(["version_number", "memory_size", "action_shape"], model.Constants.Select(constant => constant.Name));
        Assert.Equal([3.0, 0, 2], model.Constants.Select(constant => constant.Values!.Single()));
    }

    [Fact]
    public void APolicyKeepsItsNormalizerItsLimitsAndItsScale()
    {
        ImportedModel model = ModelFile.Read(PathOf("Onnx/policy.onnx"), null, "deterministic_continuous_actions");
        Assert.Equal(["Normalize", "Dense", "Dense", "Dense", "Clip", "Normalize"], model.Layers.Select(layer => layer.Attribute));
        Assert.Equal(5, model.Layers[0].Get("Clip", 0.0));
        Assert.Equal((-3, 3), (model.Layers[4].Get("minimum", 0.0), model.Layers[4].Get("maximum", 0.0)));
        Assert.Equal("normalizer.mean normalizer.deviation", string.Join(' ', model.Tensors.Take(2).Select(tensor => tensor.Name)));
        Assert.Equal([3, 3], model.Tensors[^1].Values!);
        Assert.All(model.Tensors, tensor => Assert.True(tensor.FitsSingle, $"{tensor.Name} is not as in the file"));
    }

    [Theory]
    [InlineData("Onnx/tied.onnx", "The file uses the weights 'w' in 2 layers, 'encode', 'decode'; here they are untied")]
    [InlineData("Onnx/torch-relu.onnx", null)]
    public void LayersThatShareWeightsAreSaidToBeUntied(string file, string? note)
    {
        IReadOnlyList<string> notes = ModelFile.Read(PathOf(file)).Notes;
        if (note is null)
            Assert.Empty(notes);
        else
            Assert.StartsWith(note, Assert.Single(notes));
    }

    [Theory]
    [InlineData("Onnx/torch-batch-norm.onnx", null)]
    [InlineData("Onnx/torch-channels-last.onnx", "(BatchNormalization) takes its statistics from each batch in training")]
    [InlineData("Keras/packed-2.h5", null)]
    [InlineData("Onnx/normalized-far.onnx", null)]
    public void BatchNormalizationIsForInferenceOnly(string file, string? reason)
    {
        string? found = ModelFile.Read(PathOf(file)).InferenceOnly;
        if (reason is null)
            Assert.Null(found);
        else
            Assert.Contains(reason, found);
    }

    [Fact]
    public void InputsOfWholeNumbersAreDescribed()
    {
        Assert.Equal(new ImportedInput("serving_default_x:0", "INT8", (float)0.05, 3), ModelFile.Read(PathOf("TfLite/int8.tflite")).Input);
        Assert.Equal(new ImportedInput("input", "INT8", null, null), ModelFile.Read(PathOf("Onnx/hand-quantized-input.onnx")).Input);
        Assert.Null(ModelFile.Read(PathOf("TfLite/float.tflite")).Input);
        Assert.Null(ModelFile.Read(PathOf("Onnx/torch-relu.onnx")).Input);
    }

    /// <summary>Layers up to a value that a network names are the network that ends in it, when that is read by itself.</summary>
    [Theory]
    [InlineData("Onnx/policy.onnx", "deterministic_continuous_actions", 8)]
    [InlineData("Onnx/torch-relu.onnx", null, 2)]
    [InlineData("Onnx/hand-normalised.onnx", null, 3)]
    [InlineData("Onnx/hand-gemm.onnx", null, 2)]
    [InlineData("Onnx/qdq-limits.onnx", null, 6)]
    [InlineData("Keras/layers-3.keras", null, 6)]
    [InlineData("TfLite/activations.tflite", null, 20)]
    public void TheFirstLayersGiveTheValuesThatAreNamed(string file, string? output, int atLeast)
    {
        ImportedModel whole = ModelFile.Read(PathOf(file), null, output);
        Assert.True(whole.Values.Count >= atLeast, $"{whole.Values.Count}: {string.Join(", ", whole.Values)}");
        foreach (ImportedValue value in whole.Values)
        {
            ImportedModel alone = ModelFile.Read(PathOf(file), null, value.Name);
            ImportedLayer[] layers = [.. whole.Layers.Take(value.Layers)];
            if (value.IsLinear)
                layers[^1] = layers[^1] with { Arguments = [.. layers[^1].Arguments.Where(argument => argument.Key != "activation")] };
            ImportedModel prefix = whole with { Layers = layers, Tensors = [.. whole.Tensors.Take(value.Tensors)] };
            Random random = new(5);
            double[] inputs = [.. Enumerable.Range(0, 3 * whole.InputShape!.Aggregate(1, (a, b) => a * b)).Select(_ => (random.NextDouble() * 8) - 4)];
            Assert.Equal(NaiveModel.Forward(alone, inputs), NaiveModel.Forward(prefix, inputs));
        }
    }

    [Fact]
    public void AllOutputsOfAFileAreReadTogether()
    {
        ImportedChoice heads = ModelFile.ReadAll(PathOf("Onnx/heads.onnx"));
        Assert.Null(heads.Default);
        Assert.Contains("must have one output, and has 2", heads.Problem!.Message);
        Assert.Equal(["policy", "value", "policy, value"], heads.Others.Select(model => model.Output));
        ImportedChoice policy = ModelFile.ReadAll(PathOf("Onnx/policy.onnx"));
        Assert.Equal(["deterministic_continuous_actions", "mu"], policy.Others.Select(model => model.Output));
        ImportedChoice single = ModelFile.ReadAll(PathOf("Onnx/torch-relu.onnx"));
        Assert.NotNull(single.Default);
        Assert.Null(single.Problem);
        Assert.Empty(single.Others);
        Assert.Contains("CONV_2D", ModelFile.ReadAll(PathOf("TfLite/refused-conv.tflite")).Problem!.Message);
    }

    /// <summary>The range of an int8 log-softmax limits it, and no network can be its own softmax: what it is computed from can be asked for, also in a project.</summary>
    [Fact]
    public void ALimitBehindALogSoftmaxNamesTheValueToAskFor()
    {
        ImportedChoice choice = ModelFile.ReadAll(PathOf("TfLite/log-softmax-in-range.tflite"));
        Assert.Null(choice.Default);
        Assert.Contains(
            "'head' limits the result of a LogSoftmax to [-15.9375, 0], and a network ends in its LogSoftmax. The value before the LogSoftmax is 'model/logits/MatMul' of shape [batch, 3]: Outputs = \"model/logits/MatMul\"",
            choice.Problem!.Message);
        Assert.Equal("model/logits/MatMul", Assert.Single(choice.Others).Output);
    }

    [Fact]
    public void TheTextOfSeveralOutputsHoldsSharedTensorsOnce()
    {
        StringWriter writer = new();
        ModelText.Write(writer, "heads.onnx", ModelFile.ReadAll(PathOf("Onnx/heads.onnx")));
        string[] lines = writer.ToString().Split('\n');
        Assert.StartsWith("error \"heads.onnx: its graph must have one output", lines[3]);
        Assert.Equal(["network \"policy\"", "network \"value\"", "network \"policy, value\""], lines.Where(line => line.StartsWith("network")));
        Assert.Equal(["same 0 \"w0.weight\"", "same 1 \"w0.bias\""], lines.Where(line => line.StartsWith("same")).Select(line => line.Replace("\"dense1", "\"w0")).Take(2));
        Assert.Contains("value 1 2 linear \"g\"", lines);
        Assert.Equal(4 + 2, lines.Count(line => line.StartsWith("tensor")));
        Assert.Equal("end 14", lines[^2]);
    }

    private static string Refuse(string file, string? output) =>
        Assert.Throws<ModelFileException>(() => ModelFile.Read(PathOf(file), "it", output)).Message;

    private static string PathOf(string file) => Path.Combine(Fixture.Folder(Path.GetDirectoryName(file)!), Path.GetFileName(file));
}
