using System.Buffers.Binary;
using GeneratedNetworks.Import.Tests.Formats;
using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.TfLite;

public sealed class TfLiteTests
{
    public static TheoryData<string> Names => [.. Fixture.Names("TfLite")];

    [Theory]
    [MemberData(nameof(Names))]
    public void AModelGivesTheNumbersOfItsOperators(string name) => FixtureChecks.Naive(Load(name), name);

    [Fact]
    public void GeneratedCodeGivesTheNumbersOfTheOperators() =>
        FixtureChecks.Generated([.. Fixture.Names("TfLite").Select(name => (name, Load(name)))]);

    [Fact]
    public void WeightsAreTurnedFromOutInToInOut()
    {
        ImportedModel model = ModelFile.Read(Load("float").Path);
        byte[] content = Content("float");
        ImportedTensor weight = model.Tensors[0];
        Assert.Equal([4, 8], weight.Shape);

        // The file holds [8, 4]: its second number belongs to the second input and the first output.
        int start = Find(content, (float)weight.Values![0]);
        Assert.Equal(BinaryPrimitives.ReadSingleLittleEndian(content.AsSpan(start + 4)), weight.Values[8]);
        Assert.Equal(BinaryPrimitives.ReadSingleLittleEndian(content.AsSpan(start + 16)), weight.Values[1]);
    }

    [Fact]
    public void LayersAreNamedByTheLayersInTensorNames()
    {
        ImportedModel model = ModelFile.Read(Load("float").Path);
        Assert.Equal(["hidden.weight", "hidden.bias", "scores.weight", "scores.bias"], model.Tensors.Select(tensor => tensor.Name));
        Assert.Equal("TFLite", model.Format);
        Assert.Equal([4], model.InputShape);
        Assert.Equal([Activation.Relu, Activation.Softmax], model.Layers.Select(layer => layer.Get("activation", Activation.Identity)));
    }

    [Fact]
    public void IntegersSayThatTheyWereDequantized() => Assert.Equal("TFLite, integers dequantized", ModelFile.Read(Load("int8").Path).Format);

    [Theory]
    [InlineData("refused-conv", "operator 0, CONV_2D of 'model/conv_2d_0/CONV_2D', has no options, which say how its window moves")]
    [InlineData("refused-lstm-time", "operator 0, UNIDIRECTIONAL_SEQUENCE_LSTM of 'model/unidirectional_sequence_lstm_0/UNIDIRECTIONAL_SEQUENCE_LSTM', has its time first (time_major), before the batch")]
    [InlineData("refused-lstm-function", "operator 0, UNIDIRECTIONAL_SEQUENCE_LSTM of 'model/unidirectional_sequence_lstm_0/UNIDIRECTIONAL_SEQUENCE_LSTM', has the activation 1 of the schema, and TANH is supported")]
    [InlineData("refused-lstm-coupled", "operator 0, UNIDIRECTIONAL_SEQUENCE_LSTM of 'model/unidirectional_sequence_lstm_0/UNIDIRECTIONAL_SEQUENCE_LSTM', couples its input and forget gates")]
    [InlineData("refused-lstm-peephole", "operator 0, UNIDIRECTIONAL_SEQUENCE_LSTM of 'model/unidirectional_sequence_lstm_0/UNIDIRECTIONAL_SEQUENCE_LSTM', has peepholes, which no layer has")]
    [InlineData("refused-custom", "operator 0, the custom operator 'MyOperator' of 'model/custom_0/CUSTOM', is not supported")]
    [InlineData("refused-beta", "operator 0, SOFTMAX of 'model/softmax_0/SOFTMAX', has the factor beta = 0.25, and only 1 is supported")]
    [InlineData("refused-branch", "operator 2, DIV of 'quotient', divides by a value that is computed, which is not supported")]
    [InlineData("refused-border", "'PAD': it puts zeros around its value, and only a convolution or pool that reads it can take them up")]
    [InlineData("refused-transpose", "operator 0, TRANSPOSE of 'model/transpose_0/TRANSPOSE', turns samples of shape [3, 4] into [4, 3], which moves their elements")]
    [InlineData("refused-repeated", "operator 1, MUL of 'model/mul_1/MUL', computes with samples of the shapes [4, 4, 2] and [1, 1, 2]")]
    [InlineData("refused-pad", "operator 0, PADV2 of 'model/padv2_0/PADV2', puts 1 around its value; 0 is supported")]
    [InlineData("refused-extent", "operator 0, TRANSPOSE_CONV of 'model/transpose_conv_0/TRANSPOSE_CONV', is to give 9 elements along axis 0 from 3, which a window of 2 and a stride of 2 do not reach")]
    [InlineData("refused-shape", "operator 0, FULLY_CONNECTED of 'model/fc0/MatMul', has weights for 5 inputs, and what it reads has the shape [4]")]
    public void WhatIsNotSupportedIsNamed(string name, string problem) =>
        Assert.StartsWith(problem, FixtureChecks.Refusal(name + ".tflite", Content(name)));

    [Fact]
    public void AForeignFileIsRefused()
    {
        Assert.Contains("bytes 4 to 7 should read TFL3", FixtureChecks.Refusal("a.tflite", [1, 2, 3]));
        Assert.Contains("bytes 4 to 7 should read TFL3", FixtureChecks.Refusal("a.tflite", new byte[1000]));
    }

    [Theory]
    [InlineData("float")]
    [InlineData("int8-per-channel")]
    [InlineData("outside")]
    public void ATruncatedFileIsRefused(string name)
    {
        // FlatBuffers are written from the back, so that what is cut off is needed.
        byte[] content = Content(name);
        FixtureChecks.Truncated("cut.tflite", content[..^16]);
    }

    [Fact]
    public void ABufferOfTheWrongSizeIsRefused()
    {
        byte[] content = Content("float");
        int start = Find(content, (float)ModelFile.Read(Load("float").Path).Tensors[0].Values![0]);
        Assert.Equal(128u, BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(start - 4)));
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(start - 4), 124);
        Assert.Equal(
            "tensor 'kernel' has the shape [8, 4] of FLOAT32, 128 bytes, but its buffer has 124.",
            FixtureChecks.Refusal("short.tflite", content));
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(start - 4), uint.MaxValue);
        Assert.StartsWith("it is damaged: byte", FixtureChecks.Refusal("long.tflite", content));
    }

    [Fact]
    public void ASmallFileThatIsAHugeNetworkIsRefused()
    {
        byte[] content = Content("refused-shared");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.StartsWith("tensor 'kernel': with it, the model has more than", FixtureChecks.Refusal("shared.tflite", content));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 26);
    }

    [Fact]
    public void ANumberThatIsNoneIsPassedOn()
    {
        byte[] content = Content("float");
        int start = Find(content, (float)ModelFile.Read(Load("float").Path).Tensors[0].Values![0]);
        BinaryPrimitives.WriteSingleLittleEndian(content.AsSpan(start), float.NaN);
        Assert.True(double.IsNaN(FixtureChecks.Read("nan.tflite", content).Tensors[0].Values![0]));
    }

    private static Fixture Load(string name) => Fixture.Load("TfLite", name, ".tflite");

    private static byte[] Content(string name) => File.ReadAllBytes(Path.Combine(Fixture.Folder("TfLite"), name + ".tflite"));

    private static int Find(byte[] content, float value)
    {
        byte[] bytes = new byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        int found = content.AsSpan().IndexOf(bytes);
        Assert.True(found > 0);
        return found;
    }
}
