namespace GeneratedNetworks.Import.TfLite.Operators;

/// <summary>Operators that apply one function to every element, and the two softmaxes.</summary>
internal static class Activations
{
    private const int SoftmaxOptions = 9;
    private const int LeakyReluOptions = 75;
    private const int GeluOptions = 116;

    /// <summary>The slope of <see cref="Activation.LeakyRelu"/>, in the 32 bits of the file.</summary>
    private const float LeakyReluSlope = 0.01f;

    public static void Add(OperatorScope scope, Activation function) => scope.Chain.Activate(scope.LayerName, function);

    public static void AddLeakyRelu(OperatorScope scope)
    {
        float slope = scope.Options(LeakyReluOptions)?.Float(0) ?? 0;
        if (slope != LeakyReluSlope)
            throw scope.Error($"has the slope {slope}, and only {LeakyReluSlope} is supported.");
        Add(scope, Activation.LeakyRelu);
    }

    public static void AddGelu(OperatorScope scope) =>
        Add(scope, scope.Options(GeluOptions)?.Bool(0) ?? false ? Activation.GeluTanh : Activation.Gelu);

    public static void AddSoftmax(OperatorScope scope)
    {
        float beta = scope.Options(SoftmaxOptions)?.Float(0) ?? 0;
        if (beta != 1)
            throw scope.Error($"has the factor beta = {beta}, and only 1 is supported.");
        AddOverAll(scope, Activation.Softmax);
    }

    public static void AddLogSoftmax(OperatorScope scope) => AddOverAll(scope, Activation.LogSoftmax);

    private static void AddOverAll(OperatorScope scope, Activation function)
    {
        if (scope.Chain.Size != scope.Chain.Shape[^1])
            throw scope.Error(
                $"runs over the last axis of a value of shape [{string.Join(", ", scope.Chain.Shape)}]; over all elements of a sample is supported.");
        Add(scope, function);
    }
}
