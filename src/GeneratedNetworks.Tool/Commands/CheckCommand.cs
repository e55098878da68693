using System.CommandLine;
using System.Globalization;
using System.Numerics;
using GeneratedNetworks.Import;
using GeneratedNetworks.Import.Reading;
using GeneratedNetworks.Tool.Cli;
using GeneratedNetworks.Tool.Networks;
using GeneratedNetworks.Tool.Output;

namespace GeneratedNetworks.Tool.Commands;

/// <summary><c>check</c>: generated code against the model file, which is executed as it stands.</summary>
internal sealed class CheckCommand : Verb
{
    private const double SingleTolerance = 1e-5;
    private const double DoubleTolerance = 1e-12;

    // Where the file has constants such as √2 in 32 bits.
    private const double RoundedTolerance = 1e-6;

    private readonly Terminal _terminal;
    private readonly ModelInput _model = new();
    private readonly Option<int> _samples = Number("--samples", "How many random inputs; a few more are searched for the model's clamps.", "N", 1, 1000);
    private readonly Option<int> _seed = Number("--seed", "The same seed gives the same inputs.", "SEED", 0, 1);
    private readonly Option<string?> _inputs = new("--inputs")
    {
        Description = "Inputs to run before the random ones, as the model file takes them: a text file with one in each line, numbers separated by commas or blanks.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _rounded = new("--rounded")
    {
        Description = "Round quantized values to whole numbers, as the format says, to see how far integers are from the network; fails only above a --tolerance.",
    };

    private readonly Option<bool> _hash = new("--hash")
    {
        Description = "Generate the code with Numerics.Reproducible and print a hash of its outputs: equal wherever the same inputs give the same bits.",
    };

    private readonly Option<Precision> _precision = DeclarationOptions.PrecisionOption();
    private readonly Option<EmitProfile> _profile = DeclarationOptions.ProfileOption("What the generated code may use.");
    private readonly Option<double?> _tolerance = new("--tolerance")
    {
        Description = "The largest relative error that passes: of each output vector, max |a - b| / max(1, max |b|). Default: 1e-5, in double precision 1e-12.",
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
            "Generates and compiles the code of a model, runs it on inputs that fit the file, and compares it with the file, executed node by node in double.",
            "gennet check digits.onnx",
            "gennet check digits.onnx --profile basic --samples 100000 --seed 7",
            "gennet check policy.onnx --inputs observations.csv",
            "gennet check digits.onnx --precision double --tolerance 1e-13",
            "gennet check digits.onnx --hash --profile scalar")
    {
        _terminal = terminal;
        _model.AddTo(this);
        Options.Add(_samples);
        Options.Add(_seed);
        Options.Add(_inputs);
        Options.Add(_rounded);
        Options.Add(_hash);
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
        string path = result.GetRequiredValue(_model.Path);
        string source = _model.SourceOf(result);
        EmitProfile profile = DeclarationOptions.ProfileOf(result, _profile);
        Precision precision = result.GetValue(_precision);
        ImportedModel model = _model.Read(result, _terminal);
        bool hashes = result.GetValue(_hash);
        Declaration declaration = new(ClassNames.OfFile(source), "", precision, null, false) { Numerics = hashes ? Numerics.Reproducible : Numerics.Fast };
        GeneratedText generated = _terminal.Work("generating", () => GeneratedText.Of(model, source, declaration, profile));
        string[] text = [DeclarationText.Bare(declaration, source), .. generated.Files.Select(file => file.Text)];
        Action<T[], T[]> forward = _terminal.Work("compiling", () => CompiledNetwork.Forward<T>(text, declaration.FullName, profile));

        int inputSize = generated.Graph.Input.Shape.Count;
        CheckedOutputs outputs = CheckedOutputs.Of(generated.Graph);
        int outputSize = outputs.Size;
        FileOrder order = FileOrder.Of(model, outputSize);
        ModelReading reading = _terminal.Work("opening", () => FileReading.Open(path, source, model, result.GetValue(_model.Outputs), result.GetValue(_model.Window)));
        CheckInputs inputs = _terminal.Work("executing the file", () => Draw<T>(result, reading, inputSize, source));
        bool rounds = result.GetValue(_rounded);
        double[] reference = References(reading, inputs, inputSize, outputSize, order, source, rounds);
        T[] given = [.. inputs.Samples.SelectMany(order.ToInput).Select(T.CreateChecked)];
        T[] actual = new T[reference.Length];
        _terminal.Work("running", () =>
        {
            forward(given, actual);
            return true;
        });

        bool loosened = precision == Precision.Double && reading.HasRoundedConstants;
        double? limit = result.GetValue(_tolerance) ?? (rounds ? null : loosened ? RoundedTolerance : tolerance);
        _terminal.Line($"{source}: {model.Format}");
        _terminal.Line(
            $"Generated code (profile {profile}, {precision.ToString().ToLowerInvariant()} precision{(hashes ? ", reproducible numerics" : "")}) against the file, executed node by node in double "
            + $"({reading.Format}){(rounds ? ", quantized values rounded" : "")}.");
        new CheckReport(_terminal, reading, inputs, result.GetValue(_samples), result.GetValue(_seed)).WriteInputs();
        if (loosened && result.GetValue(_tolerance) is null)
            _terminal.Line($"Constants of its functions have 32 bits in the file, so that {Limit(RoundedTolerance)} is the tolerance.");
        _terminal.Line();
        WorstError worst = WriteErrors(actual, reference, outputs);
        _terminal.Line();
        if (hashes)
            _terminal.Line($"The outputs' bits: {BitHash.Of(actual)} (FNV-1a). These inputs give these bits on every runtime and in every profile.");
        if (limit is null)
        {
            _terminal.Line("Rounded values pass whatever they are; --tolerance sets a limit.");
            return Gennet.Done;
        }

        string spread = "";
        if (actual is float[] single && result.GetValue(_tolerance) is null && !(worst.Value <= limit))
        {
            RoundingSpread runs = new(reading, reading.InputSize / inputSize, result.GetValue(_seed)) { Order = order, Sizes = outputs.Sizes };
            SpreadVerdict verdict = _terminal.Work("rounding the file", () => runs.Judge(single, reference, inputs.Samples, limit.Value));
            if (verdict.Unexplained is null)
            {
                WriteExplained(worst, limit.Value, verdict, inputs.Samples.Count);
                return Gennet.Done;
            }

            worst = verdict.Unexplained.Value;
            spread = $", and 32-bit rounding moves the file's own numbers there by {Numbers.Error(verdict.Spread)}";
        }

        if (!(worst.Value <= limit))
        {
            string place = $"sample {Numbers.Count(worst.Index / outputSize)}, output {outputs.Place(worst.Index)}{spread}";
            string fault = Fault(model, given, reference, outputs, limit.Value);
            throw new ToolException(
                $"{source}: the relative error {Numbers.Error(worst.Value)} is above the tolerance {Limit(limit.Value)}: "
                + $"{Numbers.Short(double.CreateChecked(actual[worst.Index]))} for {Numbers.Short(reference[worst.Index])} at {place}{fault}.");
        }

        _terminal.Line($"The relative error is within {Limit(limit.Value)}.", Tint.Good);
        return Gennet.Done;
    }

    private CheckInputs Draw<T>(ParseResult result, ModelReading reading, int inputSize, string source)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int samples = result.GetValue(_samples);
        if (reading.InputSize % inputSize != 0)
            throw new ToolException($"{source}: the network reads {Numbers.Count(inputSize)} numbers, and the file {Numbers.Count(reading.InputSize)}.");
        if ((long)samples * inputSize > Array.MaxLength)
            throw new ToolException($"{source}: so many samples have {Numbers.Count((long)samples * inputSize)} numbers; choose fewer.");
        IReadOnlyList<double[]> given = result.GetValue(_inputs) is { } file ? ExampleInputs.Read(file, inputSize) : [];

        // Both are given the same numbers: those of the network's type.
        return CheckInputs.Draw(
            reading, samples, result.GetValue(_seed), reading.InputSize / inputSize, given, value => double.CreateChecked(T.CreateChecked(value)));
    }

    private static double[] References(ModelReading reading, CheckInputs inputs, int inputSize, int outputSize, FileOrder order, string source, bool rounds)
    {
        int copies = reading.InputSize / inputSize;
        IReadOnlyList<double[]> outputs = rounds
            ? [.. inputs.Samples.Select(sample => reading.Run([.. Enumerable.Repeat(sample, copies).SelectMany(copy => copy)], rounds)[..outputSize])]
            : inputs.Outputs;
        return outputs[0].Length == outputSize
            ? [.. outputs.SelectMany(order.ToOutput)]
            : throw new ToolException($"{source}: the network gives {Numbers.Count(outputSize)} numbers, and the file {Numbers.Count(outputs[0].Length)}.");
    }

    /// <summary>Writes every kind of error and returns the one that decides.</summary>
    private WorstError WriteErrors<T>(T[] actual, double[] reference, CheckedOutputs outputs)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        WorstError vector = VectorError.Of(actual, reference, outputs.Sizes);
        Comparison elements = Comparison.Of(actual, reference);
        TextTable table = new("error", ">largest", ">sample", ">output");
        Add("relative to the output vector", vector, Numbers.Error);
        Add("relative to the element", elements.Relative, Numbers.Error);
        Add("absolute", elements.Absolute, Numbers.Error);
        Add("ulp", elements.Ulps, Numbers.Short);
        table.Write(_terminal);
        return vector;

        void Add(string name, WorstError error, Func<double, string> format) => table.Add(
            name, format(error.Value), Numbers.Count(error.Index / outputs.Size), outputs.Place(error.Index));
    }

    /// <summary>A pass above the tolerance says so, and why it is one.</summary>
    private void WriteExplained(WorstError worst, double limit, SpreadVerdict verdict, int samples)
    {
        _terminal.Line(
            $"The relative error is above {Limit(limit)}, up to {Numbers.Error(worst.Value)}, for {Numbers.Count(verdict.Vectors)} of {Numbers.Count(samples)} output vectors, "
            + "and for none of them farther than single precision leaves open:");
        _terminal.Line(
            $"large values cancel there, and executed with 32-bit rounding the file itself is off by up to {Numbers.Error(verdict.Spread)}. --precision double compares more digits.",
            Tint.Good);
    }

    /// <summary>Where the fault lies, as far as plain loops over the imported layers tell; nothing where these cannot be run.</summary>
    private static string Fault<T>(ImportedModel model, T[] given, double[] reference, CheckedOutputs outputs, double limit)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double[] plain = new double[reference.Length];
        try
        {
            new PlainNetwork<double>(model).Forward(Array.ConvertAll(given, double.CreateChecked), plain);
        }
        catch (NotSupportedException)
        {
            return "";
        }

        return VectorError.Of(plain, reference, outputs.Sizes).Value <= limit
            ? "; the imported layers agree with the file in double"
            : "; the imported layers are another function than the file";
    }

    private static string Limit(double tolerance) => tolerance == 0 ? "0" : tolerance.ToString("0.######e-0", CultureInfo.InvariantCulture);
}
