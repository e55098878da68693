using System.Text.Json;
using System.Xml.Linq;
using GeneratedNetworks.Tool.Tests.Support;

namespace GeneratedNetworks.Tool.Tests;

public sealed class InspectTests : IDisposable
{
    private const string Declarations = """
        using GeneratedNetworks;

        namespace Shop
        {
            [GeneratedNetwork(2, 3, Precision = Precision.Double)]
            [Flatten]
            [Dense(4, Activation.Tanh, Name = "hidden", UseBias = false)]
            [Dropout(0.25)]
            [Dense(1)]
            [Activation(Activation.Sigmoid)]
            [Training(Loss.BinaryCrossEntropy)]
            public partial class Taste { }

            public static partial class Outer
            {
                [GeneratedNetwork(3)]
                [Dense(2, Activation.Softmax)]
                public partial class Inner { static Inner() => throw new System.InvalidOperationException("It was run."); }
            }

            public class NoNetwork { public const int InputSize = 1; public const int OutputSize = 1; public const int ParameterCount = 1; }
        }
        """;

    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void AModelIsATableOfItsLayers() => Assert.Equal(
        """
        torch-flatten.onnx: ONNX, opset 13, by pytorch 1.13.0

        layer                    input  output  parameters  multiply-adds  bytes
        ------------------------------------------------------------------------
        x (input)                       2×3×4
        flatten1 (Flatten)       2×3×4  24
        layer1 (Dense, Relu)     24     6              150            144    600
        layer4 (Dense, Softmax)  6      3               21             18     84
        ------------------------------------------------------------------------
        total                                          171            162    684
        Bytes are those of the parameters in single precision; multiply-adds are those of one sample.

        """.ReplaceLineEndings("\n"),
        _place.Succeed("inspect", _place.Copy("Onnx/torch-flatten.onnx")));

    [Theory]
    [InlineData("Onnx/tied.onnx", null, "The file uses the weights 'w' in 2 layers, 'encode', 'decode'; here they are untied")]
    [InlineData("Onnx/heads.onnx", "value", "The network ends in 'value'; further outputs, for --outputs: 'policy'.")]
    [InlineData("Onnx/policy.onnx", "deterministic_continuous_actions", "constant 'version_number' = 3\nconstant 'memory_size' = 0\nconstant 'action_shape' = 2\n")]
    [InlineData("Onnx/policy.onnx", "deterministic_continuous_actions", "(Clip, -3 to 3)")]
    [InlineData("Onnx/policy.onnx", "deterministic_continuous_actions", "normalizer (Normalize, clip 5)")]
    [InlineData("Onnx/torch-channels-last.onnx", null, "It cannot be trained here, because ")]
    [InlineData("Onnx/graph-pixels.onnx", null, "its channels last.")]
    [InlineData("Onnx/hand-quantized-input.onnx", null, "The input 'input' is INT8; the network reads its whole numbers as they are.")]
    [InlineData("TfLite/int8.tflite", null, "The input 'serving_default_x:0' is INT8 with scale 0.05 and zero point 3; the network reads what its whole numbers stand for, from -6.55 to 6.2.")]
    public void WhatAFileSaysBesideItsLayersIsShown(string model, string? output, string expected)
    {
        Fixture.RequireLayers(model, output);
        string[] arguments = output is null ? [] : ["--outputs", output];
        Assert.Contains(expected, _place.Succeed(["inspect", Fixture.PathOf(model), .. arguments]), StringComparison.Ordinal);
    }

    /// <summary>What the advice names there is.</summary>
    [Fact]
    public void StepsThatAFileLeavesOpenAreSaid()
    {
        string model = Fixture.PathOf("Onnx/open-steps.onnx");
        Assert.Contains("--window", _place.Fail(1, "inspect", model), StringComparison.Ordinal);
        Assert.Contains("7×", _place.Succeed("inspect", model, "--window", "7"), StringComparison.Ordinal);
        Assert.Contains("5×", _place.Succeed("inspect", model, "--window", "5"), StringComparison.Ordinal);
        Assert.Contains("it leaves no number of steps open", _place.Fail(1, "inspect", Fixture.PathOf("Onnx/torch-flatten.onnx"), "--window", "5"), StringComparison.Ordinal);
    }

    [Fact]
    public void RemarksAreInTheJsonToo()
    {
        using JsonDocument document = JsonDocument.Parse(_place.Succeed("inspect", Fixture.PathOf("Onnx/heads.onnx"), "--outputs", "value", "--json"));
        Assert.Equal("value", document.RootElement.GetProperty("output").GetString());
        Assert.Equal("policy", document.RootElement.GetProperty("otherOutputs")[0].GetString());
        Assert.Equal(0, document.RootElement.GetProperty("constants").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("input").ValueKind);
    }

    [Fact]
    public void AFileOfTensorsIsATableOfThem()
    {
        string text = _place.Succeed("inspect", _place.Copy("SafeTensors/types.safetensors"));
        Assert.Contains("model.0.weight  3×2     F32          6  -1.32436   1.13605  -0.118076\n", text, StringComparison.Ordinal);
        Assert.Contains("steps           2       I64          2\n", text, StringComparison.Ordinal);
        Assert.Contains("none            0×3     F32          0\n", text, StringComparison.Ordinal);
        Assert.EndsWith("it knows of no layers.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersThatAreNoneAreCounted()
    {
        string path = _place.PathOf("odd.safetensors");
        byte[] header =
        [
            .. """{"w":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"""u8,
            .. """ "n":{"dtype":"F32","shape":[1],"data_offsets":[16,20]}}"""u8,
        ];
        float[] numbers = [1, float.NaN, -3, float.PositiveInfinity, float.NaN];
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)header.Length), .. header, .. numbers.SelectMany(BitConverter.GetBytes)]);
        string text = _place.Succeed("inspect", path);
        Assert.Contains("w       4      F32          4        -3        1    -1  2 not finite\n", text, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(_place.Succeed("inspect", path, "--json"));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("tensors")[1].GetProperty("mean").ValueKind);
    }

    [Fact]
    public void JsonIsPinned()
    {
        string json = Workplace.Run("inspect", _place.Copy("Onnx/torch-flatten.onnx"), "--json").Output.Replace(
            JsonEncodedText.Encode(_place.Root + Path.DirectorySeparatorChar).ToString(), "", StringComparison.Ordinal);
        Assert.StartsWith(
            """
            {
              "file": "torch-flatten.onnx",
              "format": "ONNX, opset 13, by pytorch 1.13.0",
              "networks": [
                {
                  "class": null,
                  "precision": "single",
                  "inputShape": [
                    2,
                    3,
                    4
                  ],
                  "outputShape": [
                    3
                  ],
                  "parameters": 171,
                  "multiplyAdds": 162,
                  "bytes": 684,
                  "isTrainable": null,
                  "problem": null,
                  "layers": [
                    {
                      "name": "flatten1",
                      "kind": "Flatten",
                      "detail": null,
                      "outputShape": [
                        24
                      ],
                      "parameters": 0,
                      "multiplyAdds": 0,
                      "bytes": 0,
                      "reads": [
                        {
                          "name": "x",
                          "shape": [
                            2,
                            3,
                            4
                          ]
                        }
                      ]
                    },
                    {
                      "name": "layer1",
                      "kind": "Dense",
                      "detail": "Relu",
                      "outputShape": [
                        6
                      ],
                      "parameters": 150,
                      "multiplyAdds": 144,
                      "bytes": 600,
                      "reads": [
                        {
                          "name": "flatten1",
                          "shape": [
                            24
                          ]
                        }
                      ]
                    },
                    {
                      "name": "layer4",
                      "kind": "Dense",
                      "detail": "Softmax",
                      "outputShape": [
                        3
                      ],
                      "parameters": 21,
                      "multiplyAdds": 18,
                      "bytes": 84,
                      "reads": [
                        {
                          "name": "layer1",
                          "shape": [
                            6
                          ]
                        }
                      ]
                    }
                  ],
                  "inputs": [
                    {
                      "name": "x",
                      "shape": [
                        2,
                        3,
                        4
                      ]
                    }
                  ],
                  "outputs": [
                    {
                      "name": "layer4",
                      "shape": [
                        3
                      ]
                    }
                  ],
                  "code": null
                }
              ],
              "tensors": [
                {
                  "name": "layer1.weight",
                  "shape": [
                    24,
                    6
                  ],
                  "type": "F32",
                  "elements": 144,
                  "smallest": 
            """.ReplaceLineEndings("\n"),
            json, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal(
            ["name", "shape", "type", "elements", "smallest", "largest", "mean", "notFinite"],
            document.RootElement.GetProperty("tensors")[3].EnumerateObject().Select(property => property.Name));
        Assert.Equal(4, document.RootElement.GetProperty("tensors").GetArrayLength());
    }

    [Fact]
    public void AnAssemblyShowsItsNetworksAndIsNotRun()
    {
        File.WriteAllBytes(_place.PathOf("Shop.dll"), GeneratedAssembly.Compile(Declarations));
        Assert.StartsWith(
            """
            Shop.dll: .NET assembly

            Shop.Outer.Inner: 3 → 2
            layer                    input  output  parameters  multiply-adds  bytes
            ------------------------------------------------------------------------
            x (input)                       3
            dense1 (Dense, Softmax)  3      2                8              6     32
            ------------------------------------------------------------------------
            total                                            8              6     32
            Bytes are those of the parameters in single precision; multiply-adds are those of one sample.

            Shop.Taste: 2×3 → 1, with a trainer
            layer                              input  output  parameters  multiply-adds  bytes
            ----------------------------------------------------------------------------------
            x (input)                                 2×3
            flatten1 (Flatten)                 2×3    6
            hidden (Dense, Tanh)               6      4               24             24    192
            dropout1 (Dropout, rate 0.25)      4      4
            dense2 (Dense)                     4      1                5              4     40
            activation1 (Activation, Sigmoid)  1      1
            ----------------------------------------------------------------------------------
            total                                                     29             28    232
            Bytes are those of the parameters in double precision; multiply-adds are those of one sample.

            code                 methods  IL bytes  constant bytes
            """.ReplaceLineEndings("\n"),
            _place.Succeed("inspect", _place.PathOf("Shop.dll")), StringComparison.Ordinal);

        using JsonDocument json = JsonDocument.Parse(_place.Succeed("inspect", _place.PathOf("Shop.dll"), "--json", "--class", "Taste"));
        JsonElement network = Assert.Single(json.RootElement.GetProperty("networks").EnumerateArray());
        Assert.Equal("Shop.Taste", network.GetProperty("class").GetString());
        Assert.True(network.GetProperty("isTrainable").GetBoolean());
        string line = _place.Fail(1, "inspect", _place.PathOf("Shop.dll"), "--class", "aste");
        Assert.EndsWith("no network of a class 'aste' in it; there are Shop.Outer.Inner, Shop.Taste.", line, StringComparison.Ordinal);
        line = _place.Fail(1, "inspect", _place.PathOf("Shop.dll"), "--svg", _place.PathOf("x.svg"));
        Assert.EndsWith("--class says which to draw; there are Shop.Outer.Inner, Shop.Taste.", line, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEmittedClassSaysItsSizes()
    {
        _place.Succeed("emit", Fixture.PathOf("Onnx/torch-softmax.onnx"), "-o", _place.PathOf("gen"), "--name", "Brain", "--profile", "scalar");
        byte[] assembly = BareTarget.NetStandard20.Compile(Directory.EnumerateFiles(_place.PathOf("gen")));
        File.WriteAllBytes(_place.PathOf("Bare.dll"), assembly);
        string text = _place.Succeed("inspect", _place.PathOf("Bare.dll"));
        Assert.Contains("\nBrain: 5 → 4\n94 parameters, 376 bytes; it does not say its layers.\n", text, StringComparison.Ordinal);
        string line = _place.Fail(1, "inspect", _place.PathOf("Bare.dll"), "--svg", _place.PathOf("x.svg"));
        Assert.Contains("says no layers", line, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAssemblyWithoutNetworksAndAFileThatIsNoneAreTold()
    {
        File.Copy(typeof(Assert).Assembly.Location, _place.PathOf("other.dll"));
        Assert.EndsWith("There is no generated network in it. Networks are in the assembly of the project that declares them.\n", _place.Succeed("inspect", _place.PathOf("other.dll")), StringComparison.Ordinal);
        File.WriteAllText(_place.PathOf("text.dll"), "no assembly");
        string line = _place.Fail(1, "inspect", _place.PathOf("text.dll"));
        Assert.StartsWith("gennet: text.dll: it is damaged or no .NET assembly", line, StringComparison.Ordinal);
    }

    /// <summary>With any bytes changed an assembly is read or refused; nothing of it is run, so nothing else may happen.</summary>
    [Fact]
    public void ADamagedAssemblyIsReadOrRefused()
    {
        byte[] assembly = GeneratedAssembly.Compile("using GeneratedNetworks; [GeneratedNetwork(1)] [Dense(1)] public partial class Net { }");
        Random random = new(1);
        int refused = 0;
        for (int i = 0; i < 200; i++)
        {
            byte[] damaged = [.. assembly];
            for (int change = 0; change < 40; change++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            string path = _place.PathOf("damaged.dll");
            File.WriteAllBytes(path, i % 4 == 0 ? damaged[..random.Next(damaged.Length)] : damaged);
            Outcome outcome = Workplace.Run("inspect", path, "--json");
            Assert.InRange(outcome.Code, 0, 1);
            refused += outcome.Code;
        }

        Assert.InRange(refused, 25, 200);
    }

    [Fact]
    public void ThePictureHasABoxForEveryLayerAndStaysWhereItIs()
    {
        string picture = _place.PathOf("graph.svg");
        string model = _place.Copy("Onnx/torch-flatten.onnx");
        Assert.StartsWith("wrote graph.svg\n", _place.Succeed("inspect", model, "--svg", picture), StringComparison.Ordinal);
        XElement svg = XDocument.Load(picture).Root!;
        Assert.Equal(5, svg.Elements().Count(element => element.Name.LocalName == "rect" && element.Attribute("rx") is not null));
        Assert.Equal(4, svg.Elements().Count(element => element.Name.LocalName == "path"));
        string[] labels = [.. svg.Elements().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Contains("Dense, Relu, 150 parameters", labels);
        Assert.Contains("24", labels);

        Assert.Equal("gennet: graph.svg: the file is there already; --force replaces it.", _place.Fail(1, "inspect", model, "--svg", picture));
        using JsonDocument json = JsonDocument.Parse(_place.Succeed("inspect", model, "--svg", picture, "--force", "--json"));
        Assert.Equal(1, json.RootElement.GetProperty("networks").GetArrayLength());
    }
}
