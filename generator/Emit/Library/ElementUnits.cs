using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Functions.Helpers;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>Element by element: activations over padded rows, losses, optimizer steps. Each is made from its row in the tables of functions.</summary>
internal static class ElementUnits
{
    public const string ClampName = "ClampRows", ClampBackwardName = "ClampBackwardRows";

    public static IEnumerable<Unit> All => [.. Activations, Clamp, ClampBackward, .. Losses, .. Updates, SquaredNorm];

    public static string Map(Activation function) => ActivationFunction.Of(function).ForwardHelper + "Rows";

    public static string MapBackward(Activation function) => ActivationFunction.Of(function).BackwardHelper + "Rows";

    /// <summary>What starts a sum with a bias, or with zero, and ends it with an activation.</summary>
    public static string Ends(bool hasBias, Activation function) => (hasBias ? "Bias" : "Zero") + (function == Activation.Identity ? "" : "Then" + function);

    /// <summary>What multiplies a sum by a derivative.</summary>
    public static string SlopeEnds(Activation function) => "ZeroThen" + ActivationFunction.Of(function).BackwardHelper;

    public static string LossName(Loss loss) => loss + "Rows";

    public static string UpdateName(Optimizer optimizer) => OptimizerRule.Of(optimizer).Helper + "Rows";

    private static IEnumerable<Unit> Activations
    {
        get
        {
            foreach (bool hasBias in new[] { true, false })
                yield return EndsUnit(Ends(hasBias, Activation.Identity), StartOf(hasBias), "sum");
            foreach (ActivationFunction function in ActivationFunction.All.Where(function => function.IsElementWise && function.Activation != Activation.Identity))
            {
                foreach (bool hasBias in new[] { true, false })
                {
                    string name = Ends(hasBias, function.Activation);
                    yield return EndsUnit(name, StartOf(hasBias), $"Map<W, V>.{function.ForwardHelper}(sum)") with { Functions = [function.ForwardHelper] };
                }

                string slope = SlopeEnds(function.Activation);
                yield return EndsUnit(slope, "W.Zero", $"Map<W, V>.{function.BackwardHelper}(sum, W.Load(ref saved))") with { Functions = [function.BackwardHelper] };
                string saved = function.Uses == DerivativeUses.Input ? "z" : "y";
                yield return new(Map(function.Activation), $$"""
                    // y = {{function.Formula}}, `count` elements; the last vector may reach behind them, but not behind the chunk that they lie in.
                    {{Unit.Optimized}} internal static void {{Map(function.Activation)}}<W, V>(ref float z, ref float y, int count) {{Unit.Where}}
                    {
                        for (int i = 0; i < count; i += W.Count)
                            W.Store(Map<W, V>.{{function.ForwardHelper}}(W.Load(ref Unsafe.Add(ref z, i))), ref Unsafe.Add(ref y, i));
                    }
                    """) { Functions = [function.ForwardHelper] };
                yield return new(MapBackward(function.Activation), $$"""
                    // dz = dy ⊙ f', f' = {{function.Derivative}}.
                    {{Unit.Optimized}} internal static void {{MapBackward(function.Activation)}}<W, V>(ref float dy, ref float {{saved}}, ref float dz, int count) {{Unit.Where}}
                    {
                        for (int i = 0; i < count; i += W.Count)
                            W.Store(Map<W, V>.{{function.BackwardHelper}}(W.Load(ref Unsafe.Add(ref dy, i)), W.Load(ref Unsafe.Add(ref {{saved}}, i))), ref Unsafe.Add(ref dz, i));
                    }
                    """) { Functions = [function.BackwardHelper] };
            }
        }
    }

    private static Unit Clamp => new(ClampName, $$"""
        // y = min(max(x, minimum), maximum), `count` elements; the last vector may reach behind them, but not behind the chunk that they lie in.
        {{Unit.Optimized}} internal static void {{ClampName}}<W, V>(ref float x, ref float y, float minimum, float maximum, int count) {{Unit.Where}}
        {
            V low = W.Create(minimum), high = W.Create(maximum);
            for (int i = 0; i < count; i += W.Count)
                W.Store(Map<W, V>.{{RangeHelpers.Clamp}}(W.Load(ref Unsafe.Add(ref x, i)), low, high), ref Unsafe.Add(ref y, i));
        }
        """) { Functions = [RangeHelpers.Clamp] };

    private static Unit ClampBackward => new(ClampBackwardName, $$"""
        // dx = dy where minimum < y < maximum, otherwise 0.
        {{Unit.Optimized}} internal static void {{ClampBackwardName}}<W, V>(ref float dy, ref float y, ref float dx, float minimum, float maximum, int count) {{Unit.Where}}
        {
            V low = W.Create(minimum), high = W.Create(maximum);
            for (int i = 0; i < count; i += W.Count)
                W.Store(Map<W, V>.{{RangeHelpers.ClampBackward}}(W.Load(ref Unsafe.Add(ref dy, i)), W.Load(ref Unsafe.Add(ref y, i)), low, high), ref Unsafe.Add(ref dx, i));
        }
        """) { Functions = [RangeHelpers.ClampBackward] };

    private static string StartOf(bool hasBias) => hasBias ? "W.Load(ref start)" : "W.Zero";

    private static Unit EndsUnit(string name, string start, string end) =>
        new(name, EndsText(name, start, end, $$"""
                public static bool IsPart { {{Unit.Inlined}} get => false; }

            """)) { Padded = EndsText(name, start, end, "") };

    private static string EndsText(string name, string start, string end, string isPart) => $$"""
        internal readonly struct {{name}}<W, V> : IEnds<V> {{Unit.Where}}
        {
        {{isPart}}    {{Unit.Inlined}} public static V Start(ref float start) => {{start}};
            {{Unit.Inlined}} public static V End(V sum, ref float saved) => {{end}};
        }
        """;

    private static IEnumerable<Unit> Losses
    {
        get
        {
            foreach (LossFunction loss in LossFunction.All.Where(loss => loss.Loss != Loss.CrossEntropy))
            {
                yield return new(LossName(loss.Loss), $$"""
                    // {{loss.Formula}}, summed over rows and not yet divided; the gradient times lossScale, zero in the padding.
                    {{Unit.Optimized}} internal static double {{LossName(loss.Loss)}}<W, V>(ref float value, int stride, ref float target, int width, ref float gradient, int rows, float lossScale) {{Unit.Where}}
                    {
                        V scales = W.Create(lossScale);
                        double loss = 0;
                        if (width == 1 && stride * sizeof(float) == 16 && Vector128.IsHardwareAccelerated)
                        {
                            // A single output: its gradient and the padding are one store.
                            for (; rows > 0; rows--)
                            {
                                loss += Map<W1, float>.{{loss.ValueHelper}}(value, target);
                                Vector128.CreateScalar(lossScale * Map<W1, float>.{{loss.GradientHelper}}(value, target)).StoreUnsafe(ref gradient);
                                value = ref Unsafe.Add(ref value, stride); target = ref Unsafe.Add(ref target, 1); gradient = ref Unsafe.Add(ref gradient, stride);
                            }
                            return loss;
                        }
                        for (; rows > 0; rows--)
                        {
                            int o = 0;
                            if (W.Count > 1)
                            {
                                V sums = W.Zero;
                                for (; o <= width - W.Count; o += W.Count)
                                {
                                    V y = W.Load(ref Unsafe.Add(ref value, o)), t = W.Load(ref Unsafe.Add(ref target, o));
                                    sums = W.Add(sums, Map<W, V>.{{loss.ValueHelper}}(y, t));
                                    W.Store(W.Multiply(scales, Map<W, V>.{{loss.GradientHelper}}(y, t)), ref Unsafe.Add(ref gradient, o));
                                }
                                loss += W.Sum(sums);
                            }
                            for (; o < width; o++)
                            {
                                loss += Map<W1, float>.{{loss.ValueHelper}}(Unsafe.Add(ref value, o), Unsafe.Add(ref target, o));
                                Unsafe.Add(ref gradient, o) = lossScale * Map<W1, float>.{{loss.GradientHelper}}(Unsafe.Add(ref value, o), Unsafe.Add(ref target, o));
                            }
                            for (; o < stride; o++)
                                Unsafe.Add(ref gradient, o) = 0;
                            value = ref Unsafe.Add(ref value, stride); target = ref Unsafe.Add(ref target, width); gradient = ref Unsafe.Add(ref gradient, stride);
                        }
                        return loss;
                    }
                    """)
                {
                    Ordered = OrderedLoss(loss),
                    OrderedUnits = [RowUnits.RowSum],
                    Functions = [loss.ValueHelper, loss.GradientHelper],
                };
            }

            yield return new(LossName(Loss.CrossEntropy), $$"""
                // From the logits z: loss = -Σ t·(z - log Σ exp z), dz = lossScale·(p·Σt - t) with p = softmax(z). Neither p nor its logarithm is ever
                // rounded to 0 or -∞ on the way.
                {{Unit.Optimized}} internal static double CrossEntropyRows<W, V>(ref float value, int stride, ref float target, int width, ref float gradient, int rows, float lossScale) {{Unit.Where}}
                {
                    V scales = W.Create(-lossScale);
                    double loss = 0;
                    for (; rows > 0; rows--)
                    {
                        double sum = Exponentials<W, V>(ref value, ref gradient, width, out float largest), logSum = Plain.Log(sum), total = 0;
                        int o = 0;
                        for (; o < width; o++)
                        {
                            double to = Unsafe.Add(ref target, o);
                            total += to;
                            if (to != 0)
                                loss -= to * ((double)Unsafe.Add(ref value, o) - largest - logSum);
                        }
                        float weight = (float)(lossScale * total / sum);
                        V weights = W.Create(weight);
                        for (o = 0; o <= width - W.Count; o += W.Count)
                        {
                            V p = W.Multiply(W.Load(ref Unsafe.Add(ref gradient, o)), weights);
                            W.Store(W.Add(p, W.Multiply(scales, W.Load(ref Unsafe.Add(ref target, o)))), ref Unsafe.Add(ref gradient, o));
                        }
                        for (; o < width; o++)
                            Unsafe.Add(ref gradient, o) = Unsafe.Add(ref gradient, o) * weight - lossScale * Unsafe.Add(ref target, o);
                        for (; o < stride; o++)
                            Unsafe.Add(ref gradient, o) = 0;
                        value = ref Unsafe.Add(ref value, stride); target = ref Unsafe.Add(ref target, width); gradient = ref Unsafe.Add(ref gradient, stride);
                    }
                    return loss;
                }
                """) { Units = ["Exponentials"], DoubleFunctions = ["Log"] };
        }
    }

    /// <summary>A row's elements one after the other, whatever the width: they pass through the place of the gradient.</summary>
    private static string OrderedLoss(LossFunction loss) => $$"""
        // {{loss.Formula}}, summed over rows and not yet divided; the gradient times lossScale, zero in the padding.
        {{Unit.Optimized}} internal static double {{LossName(loss.Loss)}}<W, V>(ref float value, int stride, ref float target, int width, ref float gradient, int rows, float lossScale) {{Unit.Where}}
        {
            V scales = W.Create(lossScale);
            double loss = 0;
            if (width == 1 && stride * sizeof(float) == 16 && Vector128.IsHardwareAccelerated)
            {
                for (; rows > 0; rows--)
                {
                    loss += Map<W1, float>.{{loss.ValueHelper}}(value, target);
                    Vector128.CreateScalar(lossScale * Map<W1, float>.{{loss.GradientHelper}}(value, target)).StoreUnsafe(ref gradient);
                    value = ref Unsafe.Add(ref value, stride); target = ref Unsafe.Add(ref target, 1); gradient = ref Unsafe.Add(ref gradient, stride);
                }
                return loss;
            }
            for (; rows > 0; rows--)
            {
                int o = 0;
                for (; o <= width - W.Count; o += W.Count)
                    W.Store(Map<W, V>.{{loss.ValueHelper}}(W.Load(ref Unsafe.Add(ref value, o)), W.Load(ref Unsafe.Add(ref target, o))), ref Unsafe.Add(ref gradient, o));
                for (; o < width; o++)
                    Unsafe.Add(ref gradient, o) = Map<W1, float>.{{loss.ValueHelper}}(Unsafe.Add(ref value, o), Unsafe.Add(ref target, o));
                loss += RowSum(ref gradient, width);
                for (o = 0; o <= width - W.Count; o += W.Count)
                    W.Store(W.Multiply(scales, Map<W, V>.{{loss.GradientHelper}}(W.Load(ref Unsafe.Add(ref value, o)), W.Load(ref Unsafe.Add(ref target, o)))), ref Unsafe.Add(ref gradient, o));
                for (; o < width; o++)
                    Unsafe.Add(ref gradient, o) = lossScale * Map<W1, float>.{{loss.GradientHelper}}(Unsafe.Add(ref value, o), Unsafe.Add(ref target, o));
                for (; o < stride; o++)
                    Unsafe.Add(ref gradient, o) = 0;
                value = ref Unsafe.Add(ref value, stride); target = ref Unsafe.Add(ref target, width); gradient = ref Unsafe.Add(ref gradient, stride);
            }
            return loss;
        }
        """;

    private static IEnumerable<Unit> Updates => OptimizerRule.All.Select(rule =>
    {
        string slots = string.Concat(rule.Slots.Select(slot => $"ref float {slot}, "));
        string scalars = string.Concat(rule.Scalars.Select(scalar => $"float {scalar.Name}, "));
        string spread = string.Concat(rule.Scalars.Select(scalar => $"{scalar.Name}s = W.Create({scalar.Name}), "));
        string loads = string.Concat(rule.Slots.Select(slot => $"\n        V {slot}i = W.Load(ref Unsafe.Add(ref {slot}, i));"));
        string stores = string.Concat(rule.Slots.Select(slot => $"\n        W.Store({slot}i, ref Unsafe.Add(ref {slot}, i));"));
        string arguments = string.Join(", ", rule.Slots.Select(slot => $"ref {slot}i").Concat(rule.Scalars.Select(scalar => scalar.Name + "s")));
        return new Unit(UpdateName(rule.Optimizer), $$"""
            // {{rule.Formula}}, after g = clip·g + l1·sign(w) + l2·w.
            {{Unit.Optimized}} internal static void {{UpdateName(rule.Optimizer)}}<W, V>(ref float w, ref float g, {{slots}}int count, {{scalars}}float clip, float l1, float l2) {{Unit.Where}}
            {
                V {{spread}}clips = W.Create(clip), l1s = W.Create(l1), l2s = W.Create(l2);
                bool isPlain = clip == 1 && l1 == 0 && l2 == 0;
                for (int i = 0; i < count; i += W.Count)
                {
                    V wi = W.Load(ref Unsafe.Add(ref w, i)), gi = W.Load(ref Unsafe.Add(ref g, i));
                    if (!isPlain)
                        gi = Map<W, V>.PenalizedGradient(gi, wi, clips, l1s, l2s);{{loads.Replace("\n", "\n            ").Replace("                    V", "        V")}}
                    W.Store(Map<W, V>.{{rule.Helper}}(wi, gi, {{arguments}}), ref Unsafe.Add(ref w, i));{{stores.Replace("\n", "\n            ").Replace("                    W", "        W")}}
                }
            }
            """) { Functions = [rule.Helper, "PenalizedGradient"] };
    });

    private static Unit SquaredNorm => new("SquaredNorm", """
        // Σ g² in double: the square of what global-norm clipping compares.
        internal static double SquaredNorm(ref float g, int count)
        {
            double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
            for (int i = 0; i < count; i += 4)
            {
                double g0 = Unsafe.Add(ref g, i), g1 = Unsafe.Add(ref g, i + 1), g2 = Unsafe.Add(ref g, i + 2), g3 = Unsafe.Add(ref g, i + 3);
                sum0 += g0 * g0;
                sum1 += g1 * g1;
                sum2 += g2 * g2;
                sum3 += g3 * g3;
            }
            return sum0 + sum1 + (sum2 + sum3);
        }
        """)
    {
        Ordered = """
        // Σ g² in double of one block, in the canonical order: element o of a row goes into sum o mod 4.
        internal static double SquaredNorm(ref float g, int step, int panel, int panelLength, int inputs, int outputs)
        {
            double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
            for (int i = 0; i < inputs; i++)
            {
                for (int o = 0; o < outputs; o++)
                {
                    double gi = Unsafe.Add(ref g, i * step + o / panel * panelLength + o % panel), square = gi * gi;
                    switch (o & 3)
                    {
                        case 0: sum0 += square; break;
                        case 1: sum1 += square; break;
                        case 2: sum2 += square; break;
                        default: sum3 += square; break;
                    }
                }
            }
            return sum0 + sum1 + (sum2 + sum3);
        }
        """,
    };
}
