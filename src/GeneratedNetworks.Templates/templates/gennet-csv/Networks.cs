//-:cnd:noEmit
using GeneratedNetworks;

/// <summary>
/// What data.csv holds: columns of numbers, and the class last. For data of your own, change it here and nowhere else, and delete model.safetensors: it
/// fits the old columns, and the build says so (GN0027).
/// </summary>
public static class Columns
{
    public const int Inputs = 4;
    public const int Classes = 3;

    /// <summary>What stands between fields; ';' where decimals have a comma.</summary>
    public const char Separator = ',';

    /// <summary>'.' as in 5.1, or ',' as in 5,1.</summary>
    public const char DecimalSeparator = '.';

    /// <summary>The labels of the last column, in the order of the outputs.</summary>
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
