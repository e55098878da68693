using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Functions.Helpers;
using GeneratedNetworks.Generator.Model;
using static GeneratedNetworks.Generator.Functions.DerivativeUses;
using static GeneratedNetworks.Generator.Functions.InitializationFamily;

namespace GeneratedNetworks.Generator.Functions;

/// <summary>What the backward pass must keep of the forward pass.</summary>
internal enum DerivativeUses
{
    /// <summary>Nothing: the derivative is constant.</summary>
    None,

    /// <summary>The activation's result y, which the next layer keeps anyway.</summary>
    Output,

    /// <summary>The pre-activation z.</summary>
    Input,
}

/// <summary>The initializer that <c>Initializer.Auto</c> takes for a layer with the activation.</summary>
internal enum InitializationFamily { Glorot, He, LeCun }

/// <summary>One activation: everything that the compiler knows about it.</summary>
/// <param name="Formula">f in terms of z, for comments.</param>
/// <param name="Derivative">f' in terms of what is saved, y or z, for comments.</param>
/// <param name="Uses">What <c>XBackward(dy, saved)</c> takes as its second argument.</param>
/// <param name="Kinks">Where f' or f'' jumps, ascending: a central difference across such a point says nothing about f'.</param>
/// <param name="Forward">The statements of the helper <c>F(z)</c>.</param>
/// <param name="Backward">The statements of the helper <c>FBackward(dy, y)</c> or <c>FBackward(dy, z)</c>, which is dy·f'.</param>
internal sealed record ActivationFunction(
    Activation Activation, string Formula, string Derivative, DerivativeUses Uses, InitializationFamily Family, double[] Kinks,
    Func<NumericText, string> Forward, Func<NumericText, string> Backward)
{
    private static readonly double[] Smooth = [];
    private static readonly double[] AtZero = [0];
    private static readonly Func<NumericText, string> OnRows = _ => throw new InvalidOperationException("The function works on rows.");

    /// <summary>The table, in the order of the enum. A new element-wise activation is a row here; its two functions may stand in the row.</summary>
    public static IReadOnlyList<ActivationFunction> All { get; } =
    [
        new(Activation.Identity, "z", "1", None, Glorot, Smooth,
            PiecewiseActivations.Identity, PiecewiseActivations.IdentityBackward),
        new(Activation.Relu, "max(0, z)", "1 where y > 0, otherwise 0", Output, He, AtZero,
            PiecewiseActivations.Relu, PiecewiseActivations.ReluBackward),
        new(Activation.LeakyRelu, "z where z > 0, otherwise 0.01 z", "1 where y > 0, otherwise 0.01", Output, He, AtZero,
            PiecewiseActivations.LeakyRelu, PiecewiseActivations.LeakyReluBackward),
        new(Activation.Elu, "z where z > 0, otherwise exp(z) - 1", "1 where y > 0, otherwise y + 1", Output, He, AtZero,
            SmoothActivations.Elu, SmoothActivations.EluBackward),
        new(Activation.Selu, "λ z where z > 0, otherwise λ α (exp(z) - 1)", "λ where y > 0, otherwise y + λ α", Output, LeCun, AtZero,
            SmoothActivations.Selu, SmoothActivations.SeluBackward),
        new(Activation.Gelu, "z Φ(z)", "Φ(z) + z φ(z)", Input, He, Smooth,
            SmoothActivations.Gelu, SmoothActivations.GeluBackward),
        new(Activation.GeluTanh, "z σ(2u), u = √(2/π) (z + 0.044715 z³)", "σ(2u) + 2 z u' σ(2u) (1 - σ(2u))", Input, He, Smooth,
            SmoothActivations.GeluTanh, SmoothActivations.GeluTanhBackward),
        new(Activation.Silu, "z σ(z)", "σ(z) (1 + z (1 - σ(z)))", Input, He, Smooth,
            SmoothActivations.Silu, SmoothActivations.SiluBackward),
        new(Activation.Mish, "z tanh(log(1 + exp(z)))", "w + z σ(z) (1 - w²), w = tanh(log(1 + exp(z)))", Input, He, Smooth,
            SmoothActivations.Mish, SmoothActivations.MishBackward),
        new(Activation.Softplus, "log(1 + exp(z))", "1 - exp(-y)", Output, Glorot, Smooth,
            SmoothActivations.Softplus, SmoothActivations.SoftplusBackward),
        new(Activation.Softsign, "z / (1 + |z|)", "(1 - |y|)²", Output, Glorot, AtZero,
            PiecewiseActivations.Softsign, PiecewiseActivations.SoftsignBackward),
        new(Activation.Tanh, "tanh(z)", "1 - y²", Output, Glorot, Smooth,
            SmoothActivations.Tanh, SmoothActivations.TanhBackward) { Plain = "Math.Tanh(z)" },
        new(Activation.Sigmoid, "1 / (1 + exp(-z))", "y (1 - y)", Output, Glorot, Smooth,
            SmoothActivations.Sigmoid, SmoothActivations.SigmoidBackward) { Plain = "1 / (1 + Math.Exp(-z))" },
        new(Activation.HardSigmoid, "min(max(z + 3, 0), 6) / 6", "1/6 where 0 < y < 1, otherwise 0", Output, Glorot, [-3, 3],
            PiecewiseActivations.HardSigmoid, PiecewiseActivations.HardSigmoidBackward),
        new(Activation.HardTanh, "min(max(z, -1), 1)", "1 where -1 < y < 1, otherwise 0", Output, Glorot, [-1, 1],
            PiecewiseActivations.HardTanh, PiecewiseActivations.HardTanhBackward),
        new(Activation.HardSwish, "z min(max(z + 3, 0), 6) / 6", "0 where z <= -3, 1 where z >= 3, otherwise z / 3 + 1/2", Input, He, [-3, 3],
            PiecewiseActivations.HardSwish, PiecewiseActivations.HardSwishBackward),
        new(Activation.Relu6, "min(max(z, 0), 6)", "1 where 0 < y < 6, otherwise 0", Output, He, [0, 6],
            PiecewiseActivations.Relu6, PiecewiseActivations.Relu6Backward),
        new(Activation.Softmax, "exp(z) / Σ exp(z)", "dz = y (dy - Σ dy y)", Output, Glorot, Smooth, OnRows, OnRows),
        new(Activation.LogSoftmax, "z - log Σ exp(z)", "dz = dy - exp(y) Σ dy", Output, Glorot, Smooth, OnRows, OnRows),
        new(Activation.LogSigmoid, "min(0, z) - log(1 + exp(-|z|))", "1 - exp(y)", Output, Glorot, Smooth,
            t => $"return {t.Min(t.Zero, "z")} - {t.Call("SoftplusTail", "z")};",
            t => $"return dy * ({t.Constant(1)} - {t.Call("ExpOfNegative", "y")});"),
    ];

    /// <summary>f by System.Math, where that is shorter.</summary>
    public string? Plain { get; private init; }

    /// <summary>False where an output depends on every input of its row; such an activation has no helper of its own.</summary>
    public bool IsElementWise => Forward != OnRows;

    public string Name => Activation.ToString();

    /// <summary>The helper <c>F(z)</c>.</summary>
    public string ForwardHelper => IsElementWise ? Name : throw new InvalidOperationException($"{Name} works on rows.");

    /// <summary>The helper <c>FBackward(dy, saved)</c> = dy·F'.</summary>
    public string BackwardHelper => ForwardHelper + "Backward";

    /// <summary>What <see cref="Initializer.Auto"/> means for a layer with this activation.</summary>
    public Initializer DefaultInitializer => Family switch
    {
        InitializationFamily.He => Initializer.HeNormal,
        InitializationFamily.LeCun => Initializer.LeCunNormal,
        _ => Initializer.GlorotUniform,
    };

    /// <summary>The two helpers of every element-wise activation.</summary>
    public static IEnumerable<Helper> Helpers => All.Where(a => a.IsElementWise).SelectMany(a => new Helper[]
    {
        new(a.ForwardHelper, ["z"], a.Formula, a.Forward) { Plain = a.Plain },
        new(a.BackwardHelper, ["dy", a.Uses == Input ? "z" : "y"], "dy f'(z), f'(z) = " + a.Derivative, a.Backward),
    });

    public bool HasKinks => Kinks.Length > 0;

    /// <summary>Whether a backward helper belongs to an activation without kinks.</summary>
    public static bool IsSmooth(string backwardHelper) => All.Any(a => a.IsElementWise && !a.HasKinks && a.BackwardHelper == backwardHelper);

    public static ActivationFunction Of(Activation activation) => All[(int)activation];

    /// <summary>A C# expression of type int: how many kinks lie left of the double <paramref name="z"/>. Equal values mean one smooth piece.</summary>
    public string RegionExpression(string z) => Region(Kinks, z);

    internal static string Region(double[] kinks, string z) => kinks.Length == 0
        ? "0"
        : string.Join(" + ", kinks.Select(k => $"({z} > {k.ToString(CultureInfo.InvariantCulture)} ? 1 : 0)"));
}
