using System;
using System.Linq;
using GeneratedNetworks.Import;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>
/// Arguments in a model text that a hand has changed. What is not of its parameter's type, or names no parameter, is an error: a default in its place
/// would be another network.
/// </summary>
public sealed class ModelTextArgumentTests
{
    [Theory]
    [InlineData("Dense units=\"3\"")]
    [InlineData("Dense units=true")]
    [InlineData("Dense units=3.5")]
    [InlineData("Dense units=NaN")]
    [InlineData("Dense units=99999999999")]
    [InlineData("Dense units=-3")]
    [InlineData("Dense units=0")]
    [InlineData("Dense")]
    [InlineData("Dense units=3 units=3")]
    [InlineData("Dense units=3 Units=4")]
    [InlineData("Dense units=3 activation=\"Relu\"")]
    [InlineData("Dense units=3 activation=1")]
    [InlineData("Dense units=3 activation=-1")]
    [InlineData("Dense units=3 activation=Foo")]
    [InlineData("Dense units=3 activation=Relu,Tanh")]
    [InlineData("Dense units=3 Activation=Relu")]
    [InlineData("Dense units=3 Name=5")]
    [InlineData("Dense units=3 Name=true")]
    [InlineData("Dense units=3 Name=\"a\\n#error\"")]
    [InlineData("Dense units=3 UseBias=0")]
    [InlineData("Dense units=3 UseBias=\"true\"")]
    [InlineData("Dense units=3 Frozen=\"x\"")]
    [InlineData("Dense units=3 Initializer=99")]
    [InlineData("Dense units=3 Initializer=\"Zeros\"")]
    [InlineData("Dense units=3 Foo=1")]
    [InlineData("Dense units==3")]
    [InlineData("Dense units=3 =")]
    [InlineData("Dense units=3 =\"x\"")]
    [InlineData("Dropout")]
    [InlineData("Dropout rate=\"0.5\"")]
    [InlineData("Dropout rate=true")]
    [InlineData("Dropout rate=NaN")]
    [InlineData("Dropout rate=1e400")]
    [InlineData("Dropout rate=0,5")]
    [InlineData("Dropout rate=1")]
    [InlineData("Activation")]
    [InlineData("Activation activation=true")]
    [InlineData("Activation activation=Softmax")]
    [InlineData("Flatten units=3")]
    [InlineData("Clip minimum=1 maximum=-1")]
    [InlineData("Clip minimum=1 maximum=1")]
    [InlineData("Clip minimum=NaN maximum=1")]
    [InlineData("Clip minimum=0 maximum=NaN")]
    [InlineData("Clip maximum=-Infinity")]
    [InlineData("Clip minimum=Infinity")]
    [InlineData("Clip minimum=\"0\"")]
    [InlineData("Clip minimum=low")]
    [InlineData("Clip Minimum=0")]
    [InlineData("Normalize Clip=-1")]
    [InlineData("Normalize Clip=NaN")]
    [InlineData("Normalize Clip=Infinity")]
    [InlineData("Normalize Clip=true")]
    [InlineData("Normalize clip=5")]
    public void OfAnotherTypeAreAnError(string layer)
    {
        GeneratorRun run = Run(layer);
        Assert.Null(run.Crash);
        Assert.Contains(run.GeneratorDiagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.All(run.GeneratorDiagnostics, diagnostic => Assert.StartsWith("GN", diagnostic.Id, StringComparison.Ordinal));
        Assert.Empty(run.CompilerErrors);
    }

    [Theory]
    [InlineData("Dense units=4 activation=Relu UseBias=false Name=\"a\"")]
    [InlineData("Dropout rate=0")]
    [InlineData("Dropout rate=0.5")]
    [InlineData("Activation activation=Tanh")]
    [InlineData("Flatten")]
    [InlineData("Clip minimum=-1.0 maximum=3.0")]
    [InlineData("Clip minimum=-1")]
    [InlineData("Clip maximum=3")]
    [InlineData("Clip minimum=-Infinity maximum=3")]
    [InlineData("Clip minimum=-1 maximum=Infinity")]
    [InlineData("Clip")]
    [InlineData("Normalize Clip=5.0 Name=\"a\"")]
    [InlineData("Normalize Clip=0 Name=\"a\"")]
    [InlineData("Normalize Name=\"a\"")]
    public void OfTheirTypeAreRead(string layer)
    {
        // Square: every layer gives what it takes, and the parameters fit whether it has weights or not.
        bool isDense = layer.StartsWith("Dense", StringComparison.Ordinal), isNormalize = layer.StartsWith("Normalize", StringComparison.Ordinal);
        string tensors = isDense ? Weight("a") : isNormalize ? Channel("a.mean") + Channel("a.deviation") : "";
        GeneratorRun run = Run(layer, tensors, isDense ? 2 : isNormalize ? 3 : 1);
        Assert.Empty(run.GeneratorDiagnostics.Select(diagnostic => diagnostic.ToString()));
        Assert.Empty(run.CompilerErrors);
    }

    private static GeneratorRun Run(string layer, string tensors = "", int count = 1)
    {
        string text = $"{ModelText.Signature}\nsource \"net.onnx\"\nformat \"a test\"\ninput 4\nlayer {layer}\n"
            + $"layer Dense units=4 UseBias=false Name=\"last\"\n{tensors}{Weight("last")}end {count}\n";
        return GeneratorHarness.Run(
            "using GeneratedNetworks; [GeneratedNetwork(Model = \"net.onnx\")] public partial class Net { }", null, null, new InMemoryText("net.nnmodel", text));
    }

    private static string Channel(string name) => $"tensor \"{name}\" F32 4\n{Convert.ToBase64String(new byte[16])}\n";

    private static string Weight(string name) => $"tensor \"{name}.weight\" F32 4 4\n{Convert.ToBase64String(new byte[64])}\n";
}
