using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>y = (x − mean) / √(variance + ε)·γ + β, mean and biased variance over the last axes of one sample.</summary>
internal sealed record LayerNormLayer(string Name, double Epsilon, int LastAxes, bool UseScale, bool UseOffset, bool Frozen) : UnaryLayer(Name)
{
    public static readonly LayerRegistration Registration = new(
        "LayerNorm",
        [
            new("Epsilon", ArgumentKind.Double) { Default = 1e-5 },
            ArgumentSchema.Whole("LastAxes", 1),
            ArgumentSchema.Flag("UseScale", true),
            ArgumentSchema.Flag("UseOffset", true),
            ArgumentSchema.Flag("Frozen", false),
        ],
        Create,
        "[LayerNorm]",
        "y = (x − mean) / √(variance + ε)·γ + β, mean and biased variance over the last `LastAxes` axes of one sample; γ starts as 1 and β as 0")
    {
        DefaultName = "layernorm",
        ExampleShape = [2, 5],
    };

    public override bool IsTrainable => !Frozen && (UseScale || UseOffset);

    public override bool ReadsCallersRows => true;

    public override string Kind => "LayerNorm";

    private static IEnumerable<Layer> Create(LayerArguments arguments)
    {
        double epsilon = arguments.Number("Epsilon");

        // Not the reverse: a NaN is above nothing.
        if (!(epsilon > 0 && epsilon < double.PositiveInfinity))
        {
            arguments.Report(IssueIds.NormalizationNumber, arguments.Name, "an Epsilon that is positive and finite", epsilon.ToString("R", CultureInfo.InvariantCulture));
            epsilon = 1;
        }

        yield return new LayerNormLayer(arguments.Name, epsilon, arguments.Int("LastAxes"), arguments.Flag("UseScale"), arguments.Flag("UseOffset"), arguments.Flag("Frozen"));
    }

    public override LayerFault? FaultOf(Shape input) => input.Dimensions.Count < LastAxes
        ? new(IssueIds.ShapesDoNotFit, Name, $"normalizes the last {Text(LastAxes)} axes, and reads {input}, which has {Text(input.Dimensions.Count)}: write a smaller LastAxes")
        : null;

    public override IEnumerable<ParameterBlock> Parameters(Shape input)
    {
        Shape normalized = Normalized(input);
        if (UseScale)
            yield return new ParameterBlock(Name, "gamma", ParameterRole.Scale, normalized, InitialValue.Ones, Frozen);
        if (UseOffset)
            yield return new ParameterBlock(Name, "beta", ParameterRole.Offset, normalized, InitialValue.Zeros, Frozen);
    }

    public override void Forward(ForwardPass pass) =>
        pass.Add(new LayerNormalize(pass.FindBlock("gamma"), pass.FindBlock("beta"), Epsilon, Normalized(pass.Input.Shape).Count, pass.Input, pass.Output));

    public override void Backward(BackwardPass pass)
    {
        ParameterBlock? scale = pass.FindBlock("gamma");
        int width = Normalized(pass.Input.Shape).Count;

        // dx reads the scale before a fused step changes it.
        if (pass.InputGradient is not null)
            pass.Add(new LayerNormalizeBackward(scale, Epsilon, width, pass.Input, pass.OutputGradient, pass.InputGradient));
        if (IsTrainable)
            pass.Add(new LayerNormalizeGradient(scale, pass.FindBlock("beta"), Epsilon, width, pass.Input, pass.OutputGradient));
    }

    public override StreamRule InStream(IReadOnlyList<Shape> inputs) => LastAxes < inputs[0].Dimensions.Count
        ? StreamRule.EachStep
        : StreamRule.Wrong("normalizes over time, and a frame does not know those after it: write a smaller LastAxes");

    private Shape Normalized(Shape input) => new(new EquatableArray<int>(input.Dimensions.Skip(input.Dimensions.Count - LastAxes)));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
