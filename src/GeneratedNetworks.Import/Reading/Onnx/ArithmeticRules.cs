using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Onnx;

/// <summary>Element by element: arithmetic, comparisons, elementary functions.</summary>
internal static class ArithmeticRules
{
    public static readonly IReadOnlyDictionary<string, OnnxRule> Table = new Dictionary<string, OnnxRule>(StringComparer.Ordinal)
    {
        ["Add"] = Binary((a, b) => a + b, PrefixRole.Affine),
        ["Sub"] = Binary((a, b) => a - b, PrefixRole.Affine),
        ["Mul"] = Binary((a, b) => a * b, PrefixRole.Affine),
        ["Div"] = OnnxRule.Of(Divide, PrefixRole.Affine),
        ["Pow"] = Binary(Math.Pow),
        ["Mod"] = OnnxRule.Of(Mod),
        ["Min"] = OnnxRule.Of(call => Extreme(call, isMin: true)),
        ["Max"] = OnnxRule.Of(call => Extreme(call, isMin: false)),
        ["Sum"] = OnnxRule.Of(call => Fold(call, (a, b) => a + b)),
        ["Mean"] = OnnxRule.Of(call => call.Scope.Map(Fold(call, (a, b) => a + b), sum => sum / call.Scope.InputCount)),
        ["Equal"] = Comparison((a, b) => a == b),
        ["Less"] = Comparison((a, b) => a < b),
        ["Greater"] = Comparison((a, b) => a > b),
        ["LessOrEqual"] = Comparison((a, b) => a <= b),
        ["GreaterOrEqual"] = Comparison((a, b) => a >= b),
        ["And"] = Comparison((a, b) => a != 0 && b != 0),
        ["Or"] = Comparison((a, b) => a != 0 || b != 0),
        ["Xor"] = Comparison((a, b) => a != 0 != (b != 0)),
        ["Not"] = OnnxRule.Map(x => x == 0 ? 1 : 0),
        ["Where"] = OnnxRule.Of(Where),
        ["Neg"] = OnnxRule.Of(call => call.Scope.Map(call.Input(0), x => -x), PrefixRole.Affine),
        ["Abs"] = OnnxRule.Map(Math.Abs),
        ["Sqrt"] = OnnxRule.Map(Math.Sqrt),
        ["Exp"] = OnnxRule.Map(Math.Exp),
        ["Log"] = OnnxRule.Map(Math.Log),
        ["Erf"] = OnnxRule.Map(ErrorFunction.Erf),
        ["Reciprocal"] = OnnxRule.Map(x => 1 / x),
        ["Floor"] = OnnxRule.Map(Math.Floor),
        ["Ceil"] = OnnxRule.Map(Math.Ceiling),
        ["Round"] = OnnxRule.Map(x => Math.Round(x, MidpointRounding.ToEven)),
        ["Sign"] = OnnxRule.Map(x => double.IsNaN(x) ? x : Math.Sign(x)),
        ["Sin"] = OnnxRule.Map(Math.Sin),
        ["Cos"] = OnnxRule.Map(Math.Cos),
        ["IsNaN"] = OnnxRule.Of(call => call.Scope.Map(call.Input(0), x => double.IsNaN(x) ? 1 : 0) with { Type = ElementType.Truth }),
    };

    private static OnnxRule Binary(Func<double, double, double> function, PrefixRole role = PrefixRole.None) =>
        OnnxRule.Of(call => Elementwise.Apply(call.Scope, call.Input(0), Second(call), function), role);

    private static OnnxRule Comparison(Func<double, double, bool> function) => OnnxRule.Of(call =>
        Elementwise.Apply(call.Scope, call.Input(0), Second(call), (a, b) => function(a, b) ? 1 : 0) with { Type = ElementType.Truth });

    /// <summary>Up to version 6, the second operand may start at an axis that is named: axes of extent 1 follow then.</summary>
    private static Tensor Second(OnnxCall call)
    {
        Tensor second = call.Input(1);
        if (call.Opset >= 7 || call.Int("broadcast", 0) == 0 || !call.Has("axis"))
            return second;
        int rank = call.Input(0).Rank;
        int behind = rank - call.Axis(call.Int("axis", 0), rank) - second.Rank;
        return behind >= 0 ? second.WithShape([.. second.Shape, .. Enumerable.Repeat(1, behind)]) : throw call.Error("its operands do not fit each other");
    }

    /// <summary>Whole numbers are divided as such, towards 0.</summary>
    private static Tensor Divide(OnnxCall call)
    {
        bool whole = call.Input(0).Type.IsWhole() && call.Input(1).Type.IsWhole();
        return Elementwise.Apply(call.Scope, call.Input(0), Second(call), (a, b) => whole ? Math.Truncate(a / b) : a / b);
    }

    /// <summary>The sign of the divisor, or of the dividend with fmod.</summary>
    private static Tensor Mod(OnnxCall call)
    {
        bool ofDividend = call.Int("fmod", 0) != 0;
        return Elementwise.Apply(call.Scope, call.Input(0), call.Input(1), (a, b) => ofDividend ? a % b : a - (b * Math.Floor(a / b)));
    }

    /// <summary>The least or greatest of all; with a single number beside a value, it is a clamp.</summary>
    private static Tensor Extreme(OnnxCall call, bool isMin)
    {
        IReadOnlyList<Tensor> all = call.Inputs;
        if (all.Count == 2 && all[1].Count == 1 && all[0].Count > 1)
        {
            double limit = all[1].Elements[0];
            call.Scope.NoteLimits(all[0], isMin ? double.NegativeInfinity : limit, isMin ? limit : double.PositiveInfinity);
        }

        return isMin ? Fold(call, Math.Min) : Fold(call, Math.Max);
    }

    private static Tensor Fold(OnnxCall call, Func<double, double, double> function)
    {
        IReadOnlyList<Tensor> all = call.Inputs;
        return all.Count == 0
            ? throw call.Error("it has no input")
            : all.Skip(1).Aggregate(all[0], (left, right) => Elementwise.Apply(call.Scope, left, right, function));
    }

    private static Tensor Where(OnnxCall call)
    {
        Tensor condition = call.Input(0);
        int[] shape = Extents.Broadcast(condition.Shape, call.Input(1).Shape) is { } first && Extents.Broadcast(first, call.Input(2).Shape) is { } all
            ? all
            : throw call.Error("its operands do not fit each other");
        Tensor chosen = Elementwise.Repeat(call.Scope, condition, shape);
        Tensor yes = Elementwise.Repeat(call.Scope, call.Input(1), shape);
        Tensor no = Elementwise.Repeat(call.Scope, call.Input(2), shape);
        return yes.WithElements([.. chosen.Elements.Select((value, i) => value != 0 ? yes.Elements[i] : no.Elements[i])]);
    }
}
