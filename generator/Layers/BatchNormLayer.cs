using System;
using System.Collections.Generic;
using System.Globalization;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>
/// y = (x − m) / √(v + ε)·γ + β for each channel; in training m and v are mean and biased variance of the batch, otherwise their moving averages, which are kept
/// with the parameters. Frozen, it takes these in training too.
/// </summary>
internal sealed record BatchNormLayer(string Name, double Momentum, double Epsilon, bool UseScale, bool UseOffset, bool IsUnbiased, bool Frozen) : UnaryLayer(Name)
{
    public static readonly LayerRegistration Registration = new(
        "BatchNorm",
        [
            new("Momentum", ArgumentKind.Double) { Default = 0.9 },
            new("Epsilon", ArgumentKind.Double) { Default = 1e-5 },
            ArgumentSchema.Flag("UseScale", true),
            ArgumentSchema.Flag("UseOffset", true),
            ArgumentSchema.Flag("UnbiasedVariance", true),
            ArgumentSchema.Flag("Frozen", false),
        ],
        Create,
        "[BatchNorm]",
        "y = (x − m) / √(v + ε)·γ + β for each channel, m and v of the batch in training and their moving averages otherwise")
    { DefaultName = "batchnorm" };

    private static IEnumerable<Layer> Create(LayerArguments arguments)
    {
        double momentum = Number("Momentum", 0.9, value => value is >= 0 and < 1, "a Momentum of at least 0 and less than 1");
        double epsilon = Number("Epsilon", 1e-5, value => value is > 0 and < double.PositiveInfinity, "an Epsilon that is positive and finite");
        yield return new BatchNormLayer(
            arguments.Name, momentum, epsilon, arguments.Flag("UseScale"), arguments.Flag("UseOffset"), arguments.Flag("UnbiasedVariance"), arguments.Flag("Frozen"));

        double Number(string name, double otherwise, Func<double, bool> isRight, string what)
        {
            double value = arguments.Number(name);
            if (isRight(value))
                return value;
            arguments.Report(IssueIds.NormalizationNumber, arguments.Name, what, value.ToString("R", CultureInfo.InvariantCulture));
            return otherwise;
        }
    }

    /// <summary>Whether it takes the statistics of the batch.</summary>
    public bool UsesBatch => !Frozen;

    public override bool IsTrainable => !Frozen && (UseScale || UseOffset);

    public override string Kind => "BatchNorm";

    public override IEnumerable<ParameterBlock> Parameters(Shape input)
    {
        Shape channels = new(input.Columns);
        if (UseScale)
            yield return new ParameterBlock(Name, "gamma", ParameterRole.Scale, channels, InitialValue.Ones, Frozen);
        if (UseOffset)
            yield return new ParameterBlock(Name, "beta", ParameterRole.Offset, channels, InitialValue.Zeros, Frozen);
        yield return new ParameterBlock(Name, "mean", ParameterRole.Buffer, channels, InitialValue.Zeros, false);
        yield return new ParameterBlock(Name, "variance", ParameterRole.Buffer, channels, InitialValue.Ones, false);
    }

    public override void Forward(ForwardPass pass)
    {
        if (pass.IsTraining && UsesBatch)
            pass.Add(new BatchNorm(Blocks(pass), Momentum, IsUnbiased, pass.Input, pass.Output, Statistics(pass)));
        else
            pass.Add(new NormalizeBatch(Blocks(pass), pass.Input, pass.Output));
    }

    public override void Backward(BackwardPass pass)
    {
        if (UsesBatch)
            pass.Add(new BatchNormBackward(Blocks(pass), pass.Input, Statistics(pass), pass.OutputGradient, pass.InputGradient));
        else if (pass.InputGradient is not null)
            pass.Add(new NormalizeBatchBackward(Blocks(pass), pass.OutputGradient, pass.InputGradient));
    }

    private static Tensor Statistics(ForwardPass pass) => pass.Kept("Statistics", new(2 * pass.Input.Shape.Columns));

    private BatchNormBlocks Blocks(ForwardPass pass) => new(pass.FindBlock("gamma"), pass.FindBlock("beta"), pass.Block("mean"), pass.Block("variance"), Epsilon);
}
