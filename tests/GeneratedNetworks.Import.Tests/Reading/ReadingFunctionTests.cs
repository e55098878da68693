using GeneratedNetworks.Import.Reading.Functions;
using GeneratedNetworks.Tests.Reference;
using ErrorFunction = GeneratedNetworks.Import.Reading.Functions.ErrorFunction;

namespace GeneratedNetworks.Import.Tests.Reading;

/// <summary>The reading's functions against the definitions that the network tests use, which are others' work.</summary>
[Trait("Category", "Numeric")]
public sealed class ReadingFunctionTests
{
    public static TheoryData<string> Names => [.. Functions.Keys];

    private static Dictionary<string, (Func<double, double> Function, Activation Definition)> Functions { get; } = new(StringComparer.Ordinal)
    {
        ["relu"] = (Scalar.Relu, Activation.Relu),
        ["elu"] = (x => Scalar.Elu(x, 1), Activation.Elu),
        ["selu"] = (x => Scalar.Selu(x, 1.6732632423543772848170429916717, 1.0507009873554804934193349852946), Activation.Selu),
        ["gelu"] = (Scalar.Gelu, Activation.Gelu),
        ["gelu tanh"] = (Scalar.GeluTanh, Activation.GeluTanh),
        ["silu"] = (Scalar.Silu, Activation.Silu),
        ["mish"] = (Scalar.Mish, Activation.Mish),
        ["softplus"] = (Scalar.Softplus, Activation.Softplus),
        ["log sigmoid"] = (Scalar.LogSigmoid, Activation.LogSigmoid),
        ["softsign"] = (Scalar.Softsign, Activation.Softsign),
        ["sigmoid"] = (Scalar.Sigmoid, Activation.Sigmoid),
        ["hard sigmoid"] = (x => Scalar.HardSigmoid(x, 1.0 / 6, 0.5), Activation.HardSigmoid),
        ["hard swish"] = (Scalar.HardSwish, Activation.HardSwish),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void AFunctionIsItsDefinition(string name)
    {
        (Func<double, double> function, Activation definition) = Functions[name];
        double[] grid = [.. Enumerable.Range(-600, 1201).Select(i => i / 16.0), 1e-9, -1e-9, 1e-4, -1e-4, 0, 700, -700];
        foreach (double x in grid)
            Approx.Equal(NaiveActivation.Value(definition, x), function(x), 2e-14, $"{name}({x:R})");
        Assert.True(double.IsNaN(function(double.NaN)));
    }

    [Theory]
    [InlineData(0.1, 0.1124629160182849)]
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(1, 0.8427007929497149)]
    [InlineData(2.4, 0.9993114861033549)]
    [InlineData(3, 0.9999779095030014)]
    [InlineData(-1, -0.8427007929497149)]
    public void TheErrorFunctionHasItsTabledValues(double x, double expected) => Approx.Equal(expected, ErrorFunction.Erf(x), 4e-16, $"erf({x})");

    [Theory]
    [InlineData(0.5, 0.4795001221869535)]
    [InlineData(2, 0.004677734981047266)]
    [InlineData(5, 1.537459794428035e-12)]
    [InlineData(10, 2.088487583762545e-45)]
    public void ItsComplementKeepsItsDigits(double x, double expected) =>
        Assert.InRange(ErrorFunction.Complement(x), expected * (1 - 1e-13), expected * (1 + 1e-13));
}
