//-:cnd:noEmit
// dotnet run                       trains on data.csv and saves what was learned
// dotnet run -- 5.1 3.5 1.4 0.2    tells the class of one sample, from what was saved before this build
//
// For data of your own: replace data.csv, whose last column is the class, say at the top of Networks.cs what it holds, and delete model.safetensors,
// which fits the old columns: a build that embeds it among others fails with GN0027.
using System.Globalization;
using GeneratedNetworks;

// A number that is missing, an empty field, NA, ? or another of MissingTexts, counts as its column's mean. SkipRow would leave its line out, and without
// Missing the first one ends the program.
CsvOptions options = new()
{
    Separator = Columns.Separator,
    DecimalSeparator = Columns.DecimalSeparator,
    ClassNames = Columns.ClassNames,
    Missing = MissingValues.Mean,
};

if (args.Length > 0)
{
#if TRAINED
    if (args.Length != Columns.Inputs)
        return Fail($"{Columns.Inputs} numbers are needed, one for each column, and there are {args.Length}.");
    Scaling<float> scale = Scaling<float>.Load("scaling.csv");
    float[] sample = new float[Columns.Inputs];
    for (int i = 0; i < sample.Length; i++)
    {
        // The mean is 0 once it is scaled.
        if (options.MissingTexts.Contains(args[i], StringComparer.OrdinalIgnoreCase))
            sample[i] = 0;
        else if (float.TryParse(args[i], NumberStyles.Float, CultureInfo.InvariantCulture, out float number))
            sample[i] = scale.Apply(number, i);
        else
            return Fail($"'{args[i]}' is no number: write one such as 5.1, or NA where it is not known.");
    }

    float[] probabilities = new float[TrainedClassifier.OutputSize];
    TrainedClassifier.Forward(sample, probabilities);
    int best = Metrics.ClassOf<float>(probabilities);
    Console.WriteLine($"{Columns.ClassNames[best]} ({probabilities[best]:p1})");
    return 0;
#else
    return Fail("Nothing was saved before this build: run it without arguments first.");
#endif
}

Dataset<float> data;
try
{
    data = Dataset<float>.ReadCsv("data.csv", options);
}
catch (CsvFormatException exception)
{
    // The message names the line, the column and what may help.
    return Fail(exception.Message);
}

Console.WriteLine(data.Summarize());

// A fifth is held back, with its share of each class. Columns are scaled by what is trained on alone.
(Dataset<float> train, Dataset<float> validation) = data.SplitStratified(0.8, seed: 0);
Scaling<float> scaling = Scaling<float>.Standardize(train.Inputs, train.InputSize);
train = train.ScaleInputs(scaling);
validation = validation.ScaleInputs(scaling);

Classifier network = new(seed: 0);
Classifier.Trainer trainer = new(network) { LearningRate = 0.01f };
FitOptions run = new() { Epochs = 60, BatchSize = 16, Validation = validation, RestoreBest = true };
FitResult result = trainer.Fit(train, run, new TextProgress(Console.Out, every: 10));
Console.WriteLine(result);
Console.WriteLine();
Console.WriteLine($"of {validation.Count} samples that it was not trained on, {network.Accuracy(validation):p1} are right:");
Console.WriteLine(network.Confusion(validation));

network.Save("model.safetensors");
scaling.Save("scaling.csv");
Console.WriteLine("saved model.safetensors and scaling.csv; the next build embeds the model");
return 0;

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 1;
}
