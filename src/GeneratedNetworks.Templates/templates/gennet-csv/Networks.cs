//-:cnd:noEmit
using GeneratedNetworks;

/// <summary>What data.csv holds: columns of numbers, and the class last. For data of your own, change it here and nowhere else.</summary>
public static class Columns
{
    public const int Inputs = 4;
    public const int Classes = 3;

    public static readonly string[] ClassNames = ["setosa", "versicolor", "virginica"];
}

/// <summary>Four measures of a flower to the probabilities of its species. Layers have names, under which their parameters are saved.</summary>
[GeneratedNetwork(Columns.Inputs)]
[Dense(16, Activation.Tanh, Name = "hidden")]
[Dense(Columns.Classes, Activation.Softmax, Name = "species")]
[Training(Loss.CrossEntropy, Optimizer.Adam)]
public sealed partial class Classifier;

#if TRAINED
/// <summary>The same layers with what was learned, as part of the program: nothing to load, nothing that can change.</summary>
[GeneratedNetwork(Columns.Inputs)]
[Dense(16, Activation.Tanh, Name = "hidden")]
[Dense(Columns.Classes, Activation.Softmax, Name = "species")]
[Weights("model.safetensors")]
public static partial class TrainedClassifier;
#endif
