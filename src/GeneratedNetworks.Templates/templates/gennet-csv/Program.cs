//-:cnd:noEmit
// dotnet run                       trains on data.csv and saves what was learned
// dotnet run -- 5.1 3.5 1.4 0.2    tells the class of one sample, from what was saved before this build
//
// For data of your own: replace data.csv, whose last column is the class; name the classes here; and set the sizes in Networks.cs.
using System.Globalization;
using GeneratedNetworks;

string[] classes = ["setosa", "versicolor", "virginica"];

if (args.Length > 0)
{
#if TRAINED
    float[] sample = Array.ConvertAll(args, text => float.Parse(text, CultureInfo.InvariantCulture));
    Scaling<float>.Load("scaling.csv").Apply(sample);
    float[] probabilities = new float[TrainedClassifier.OutputSize];
    TrainedClassifier.Forward(sample, probabilities);
    int best = Metrics.ClassOf<float>(probabilities);
    Console.WriteLine($"{classes[best]} ({probabilities[best]:p1})");
    return 0;
#else
    Console.WriteLine("Nothing was saved before this build: run it without arguments first.");
    return 1;
#endif
}

CsvOptions columns = new() { ClassNames = classes, Missing = MissingValues.Mean };
Dataset<float> data = Dataset<float>.ReadCsv("data.csv", columns);
Console.WriteLine(data.Summarize());

// A fifth is held back, with its share of each class. Columns are scaled by what is trained on alone.
(Dataset<float> train, Dataset<float> validation) = data.SplitStratified(0.8, seed: 0);
Scaling<float> scaling = Scaling<float>.Standardize(train.Inputs, train.InputSize);
train = train.ScaleInputs(scaling);
validation = validation.ScaleInputs(scaling);

Classifier network = new(seed: 0);
Classifier.Trainer trainer = new(network) { LearningRate = 0.01f };
FitOptions options = new() { Epochs = 60, BatchSize = 16, Validation = validation, RestoreBest = true };
FitResult result = trainer.Fit(train, options, new TextProgress(Console.Out, every: 10));
Console.WriteLine(result);
Console.WriteLine();
Console.WriteLine($"of {validation.Count} samples that it was not trained on, {network.Accuracy(validation):p1} are right:");
Console.WriteLine(network.Confusion(validation));

network.Save("model.safetensors");
scaling.Save("scaling.csv");
Console.WriteLine("saved model.safetensors and scaling.csv; the next build embeds the model");
return 0;
