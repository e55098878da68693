//-:cnd:noEmit
using GeneratedNetworks;

/// <summary>Four measures of a flower to the probabilities of its species. Layers have names, under which their parameters are saved.</summary>
[GeneratedNetwork(4)]
[Dense(16, Activation.Tanh, Name = "hidden")]
[Dense(3, Activation.Softmax, Name = "species")]
[Training(Loss.CrossEntropy, Optimizer.Adam)]
public sealed partial class Classifier;

#if TRAINED
/// <summary>The same layers with what was learned, as part of the program: nothing to load, nothing that can change.</summary>
[GeneratedNetwork(4)]
[Dense(16, Activation.Tanh, Name = "hidden")]
[Dense(3, Activation.Softmax, Name = "species")]
[Weights("model.safetensors")]
public static partial class TrainedClassifier;
#endif
