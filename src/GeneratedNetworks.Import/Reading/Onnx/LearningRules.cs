using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Onnx;

/// <summary>Operators of the domain ai.onnx.ml, which converters of scikit-learn write.</summary>
internal static class LearningRules
{
    public static readonly IReadOnlyDictionary<string, OnnxRule> Table = new Dictionary<string, OnnxRule>(StringComparer.Ordinal)
    {
        ["Scaler"] = OnnxRule.Of(Scaler) with { Role = PrefixRole.Affine },
        ["Normalizer"] = OnnxRule.Of(Normalizer),
        ["LinearRegressor"] = OnnxRule.Of(call => Transform(call, Linear(call, "coefficients", "intercepts", call.Int("targets", 1)))),
        ["LinearClassifier"] = new(LinearClassifier),

        // The probabilities with names to them.
        ["ZipMap"] = OnnxRule.Of(call => call.Input(0)),
        ["ArrayFeatureExtractor"] = OnnxRule.Of(call => Shapes.Gather(
            call.Scope, call.Input(0), call.Input(1).WithShape(call.Input(1).Count), -1) is var found && found.Rank == 1 ? found.WithShape(1, found.Count) : found),
        ["FeatureVectorizer"] = OnnxRule.Of(call => Shapes.Concat(call.Scope, call.Inputs, -1)),
    };

    /// <summary>(x − offset) · scale.</summary>
    private static Tensor Scaler(OnnxCall call)
    {
        Tensor value = call.Input(0) with { Type = ElementType.Real };
        double[] offset = call.Floats("offset") ?? [0];
        double[] scale = call.Floats("scale") ?? [1];
        Tensor centred = Elementwise.Apply(call.Scope, value, Tensor.Real([offset.Length], offset), (x, mean) => x - mean);
        return Elementwise.Apply(call.Scope, centred, Tensor.Real([scale.Length], scale), (x, factor) => x * factor);
    }

    private static Tensor Normalizer(OnnxCall call)
    {
        Tensor value = call.Input(0) with { Type = ElementType.Real };
        Func<double[], double> norm = call.Text("norm", "MAX") switch
        {
            "MAX" => line => line.Max(Math.Abs),
            "L1" => line => line.Sum(Math.Abs),
            "L2" => line => Math.Sqrt(line.Sum(x => x * x)),
            string other => throw call.Error($"its norm '{other}' is not known"),
        };
        return AlongAxis.Apply(call.Scope, value, value.Rank - 1, line => norm(line) is double length and not 0 ? Array.ConvertAll(line, x => x / length) : line);
    }

    private static Tensor[] LinearClassifier(OnnxCall call)
    {
        double[] coefficients = call.Floats("coefficients") ?? throw call.Error("it has no coefficients");
        Tensor value = call.Input(0);
        int features = value.Shape[^1];
        long classes = features == 0 ? 0 : coefficients.Length / features;
        Tensor scores = Transform(call, Linear(call, "coefficients", "intercepts", classes));

        // The labels may be texts, which are no numbers; their places are.
        Tensor places = Reductions.Apply(call.Scope, scores, new HashSet<int> { 1 }, keeps: false, line => Array.IndexOf(line, line.Max()));
        return [places with { Type = ElementType.Int64 }, scores];
    }

    private static Tensor Linear(OnnxCall call, string weights, string biases, long units)
    {
        double[] coefficients = call.Floats(weights) ?? throw call.Error($"it has no {weights}");
        Tensor value = call.Input(0) with { Type = ElementType.Real };
        if (value.Rank != 2 || units is < 1 or > int.MaxValue || coefficients.Length != units * value.Shape[1])
            throw call.Error($"{coefficients.Length} coefficients do not fit a value of shape {value.ShapeText}");
        Tensor matrix = Products.Transpose(call.Scope, Tensor.Real([(int)units, value.Shape[1]], coefficients));
        Tensor product = Products.MatMul(call.Scope, value, matrix);
        return call.Floats(biases) is { } bias
            ? Elementwise.Apply(call.Scope, product, Tensor.Real([bias.Length], bias), (x, summand) => x + summand)
            : product;
    }

    private static Tensor Transform(OnnxCall call, Tensor scores) => call.Text("post_transform", "NONE") switch
    {
        "NONE" => scores,
        "LOGISTIC" => call.Scope.Map(scores, Scalar.Sigmoid),
        "SOFTMAX" => AlongAxis.Apply(call.Scope, scores, scores.Rank - 1, AlongAxis.Softmax),
        string other => throw call.Error($"its transform '{other}' is not supported"),
    };
}
