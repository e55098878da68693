using System.CommandLine;
using System.Globalization;
using System.Numerics;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Cli;
using GeneratedNetworks.Tool.Networks;
using GeneratedNetworks.Tool.Output;

namespace GeneratedNetworks.Tool.Commands;

/// <summary><c>check</c>: generated code against what the model file means.</summary>
internal sealed class CheckCommand : Verb
{
    private const double SingleTolerance = 1e-5;
    private const double DoubleTolerance = 1e-12;

    private readonly Terminal _terminal;
    private readonly ModelInput _model = new();
    private readonly Option<int> _samples = Number("--samples", "How many random inputs.", "N", 1, 1000);
    private readonly Option<int> _seed = Number("--seed", "The same seed gives the same inputs.", "SEED", 0, 1);
    private readonly Option<Precision> _precision = DeclarationOptions.PrecisionOption();
    private readonly Option<EmitProfile> _profile = DeclarationOptions.ProfileOption("What the generated code may use.");
    private readonly Option<double?> _tolerance = new("--tolerance")
    {
        Description = "The largest relative error that passes, |a - b| / max(1, |b|). Default: 1e-5, in double precision 1e-12.",
        HelpName = "ERROR",
        CustomParser = result =>
        {
            if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0)
                return value;
            result.AddError($"'{result.Tokens[0].Value}' is no tolerance, such as 1e-5.");
            return null;
        },
    };

    public CheckCommand(Terminal terminal)
        : base(
            "check",
            "Generates and compiles the code of a model, runs it on random inputs, and compares it with plain loops in double over the model file.",
            "gennet check digits.onnx",
            "gennet check digits.onnx --profile basic --samples 100000 --seed 7",
            "gennet check digits.onnx --precision double --tolerance 1e-13")
    {
        _terminal = terminal;
        _model.AddTo(this);
        Options.Add(_samples);
        Options.Add(_seed);
        Options.Add(_precision);
        Options.Add(_profile);
        Options.Add(_tolerance);
        SetAction(result => result.GetValue(_precision) == Precision.Single
            ? Run<float>(result, SingleTolerance)
            : Run<double>(result, DoubleTolerance));
    }

    private static Option<int> Number(string name, string description, string word, int smallest, int fallback) => new(name)
    {
        Description = description,
        HelpName = word,
        DefaultValueFactory = _ => fallback,
        CustomParser = result =>
        {
            string said = result.Tokens[0].Value;
            if (int.TryParse(said, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= smallest)
                return value;
            result.AddError($"{name} is a whole number from {smallest} to {Numbers.Count(int.MaxValue)}, and not '{said}'.");
            return fallback;
        },
    };

    private int Run<T>(ParseResult result, double tolerance)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        tolerance = result.GetValue(_tolerance) ?? tolerance;
        string source = _model.SourceOf(result);
        EmitProfile profile = DeclarationOptions.ProfileOf(result, _profile);
        Precision precision = result.GetValue(_precision);
        ImportedModel model = _model.Read(result, _terminal);
        Declaration declaration = new(ClassNames.OfFile(source), "", precision, null, false);
        GeneratedText generated = _terminal.Work("generating", () => GeneratedText.Of(model, source, declaration, profile, isForThisRuntime: true));
        string[] text = [DeclarationText.Bare(declaration, source), generated.Text];
        Action<T[], T[]> forward = _terminal.Work("compiling", () => CompiledNetwork.Forward<T>(text, declaration.FullName, profile));

        int samples = result.GetValue(_samples);
        int seed = result.GetValue(_seed);
        int outputSize = generated.Graph.Output.Shape.Count;
        T[] inputs = RandomInputs<T>(seed, (long)samples * generated.Graph.Input.Shape.Count, source);
        Comparison errors = _terminal.Work("running", () => Compare(forward, model, inputs, outputSize));

        _terminal.Line($"{source}: {model.Format}");
        _terminal.Line(
            $"Generated code (profile {profile}, {precision.ToString().ToLowerInvariant()} precision) against plain loops in double: "
            + $"{Numbers.Count(samples)} random inputs, seed {seed}.");
        _terminal.Line();
        TextTable table = new("error", ">largest", ">sample", ">output");
        Add("absolute", errors.Absolute, Numbers.Error);
        Add("relative", errors.Relative, Numbers.Error);
        Add("ulp", errors.Ulps, Numbers.Short);
        table.Write(_terminal);
        _terminal.Line();
        string limit = tolerance == 0 ? "0" : tolerance.ToString("0.######e-0", CultureInfo.InvariantCulture);
        if (!(errors.Relative.Value <= tolerance))
            throw new ToolException($"{source}: the relative error {Numbers.Error(errors.Relative.Value)} is above the tolerance {limit}.");
        _terminal.Line($"The relative error is within {limit}.", Tint.Good);
        return Gennet.Done;

        void Add(string name, WorstError error, Func<double, string> format) => table.Add(
            name, format(error.Value), Numbers.Count(error.Index / outputSize), Numbers.Count(error.Index % outputSize));
    }

    private static Comparison Compare<T>(Action<T[], T[]> forward, ImportedModel model, T[] inputs, int outputSize)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        // The same inputs for both: those that the generated code can be given.
        PlainNetwork<double> plain = new(model);
        double[] reference = new double[inputs.Length / plain.InputSize * outputSize];
        plain.Forward(Array.ConvertAll(inputs, double.CreateChecked), reference);
        T[] actual = new T[reference.Length];
        forward(inputs, actual);
        return Comparison.Of(actual, reference);
    }

    /// <summary>Normally distributed with mean 0 and variance 1, by Box and Muller's transform.</summary>
    private static T[] RandomInputs<T>(int seed, long count, string source)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (count > Array.MaxLength)
            throw new ToolException($"{source}: so many samples have {Numbers.Count(count)} numbers; choose fewer.");
        Random random = new(seed);
        T[] inputs = new T[count];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = T.CreateChecked(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return inputs;
    }
}
