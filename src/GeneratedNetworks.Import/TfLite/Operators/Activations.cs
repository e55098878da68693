namespace GeneratedNetworks.Import.TfLite.Operators;

/// <summary>Operators that apply one function to every element, and the two softmaxes, which run over the last axis.</summary>
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
        if (slope == LeakyReluSlope)
            Add(scope, Activation.LeakyRelu);
        else
            scope.Chain.PRelu(scope.LayerName, [slope]);
    }

    /// <summary>PRELU: a slope for all elements, for each channel, or for each element.</summary>
    public static void AddPRelu(OperatorScope scope)
    {
        scope.RequireValueFirst();
        double[] slopes = Broadcasting.Numbers(scope, scope.RequireConstant(1, "slopes"));
        IReadOnlyList<int> shape = scope.Chain.Shape;
        bool isOfElements = slopes.Length != 1 && slopes.Length != shape[^1];
        if (isOfElements)
            scope.Chain.Reshape(null, [scope.Chain.Size]);
        scope.Chain.PRelu(scope.LayerName, slopes);
        if (isOfElements)
            scope.Chain.Reshape(null, shape);
    }

    public static void AddGelu(OperatorScope scope) =>
        Add(scope, scope.Options(GeluOptions)?.Bool(0) ?? false ? Activation.GeluTanh : Activation.Gelu);

    public static void AddSoftmax(OperatorScope scope)
    {
        float beta = scope.Options(SoftmaxOptions)?.Float(0) ?? 0;
        if (beta != 1)
            throw scope.Error($"has the factor beta = {beta}, and only 1 is supported.");
        Add(scope, Activation.Softmax);
    }
}
