using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>
/// The cells. Before a step, <c>gates</c> holds x·W + b; <c>sums</c> h₋₁·U, with a second bias where a layer has one; <c>state</c> h₋₁. The step leaves the
/// gates' values in place of the sums that they came from, and backward their derivatives in place of the values. What a step hands to the next is flushed to
/// 0 below the normal numbers: rounding keeps a state that fades at the smallest number there is, for good.
/// </summary>
internal static class CellForms
{
    public const string Gates = "gates", Sums = "sums", State = "state", Next = "next", Output = "output", Memory = "memory", NextMemory = "nextMemory",
        Reset = "reset", OutputGradient = "outputGradient", Carry = "carry", Down = "down", CarryMemory = "carryMemory", Deltas = "deltas", NewDeltas = "newDeltas",
        ResetGradient = "resetGradient", Saved = "saved";

    /// <summary>Every form there is, for the text that networks share.</summary>
    public static IEnumerable<CellForm> All
    {
        get
        {
            foreach (bool isSequence in new[] { false, true })
            {
                foreach (Activation activation in Activations)
                {
                    yield return Simple(activation, isSequence);
                    yield return SimpleBackward(activation, isSequence);
                }

                yield return Gru(isSequence);
                yield return GruBackward(isSequence);
                yield return GruNew(isSequence);
                yield return GruNewBackward(isSequence);
                yield return Lstm(isSequence, false);
                yield return Lstm(isSequence, true);
                yield return LstmBackward(isSequence, false);
                yield return LstmBackward(isSequence, true);
            }

            yield return GruReset;
            yield return GruResetBackward;
        }
    }

    /// <summary>Activations that a simple recurrent layer can have: of one element each.</summary>
    public static IEnumerable<Activation> Activations => ActivationFunction.All.Select(function => function.Activation).Where(activation => activation is not (Activation.Softmax or Activation.LogSoftmax));

    /// <summary>h = f(x·W + b + h₋₁·U).</summary>
    public static CellForm Simple(Activation activation, bool isSequence) => Forward(
        "SimpleStep" + activation, $"h = f(x·W + b + h₋₁·U), f = {activation.ToString().ToLowerInvariant()}",
        [new("z", Gates), new("a", Sums), new("h", State)],
        ["z = z + a", activation == Activation.Identity ? "y = FlushSubnormal(z)" : $"y = FlushSubnormal({ActivationFunction.Of(activation).ForwardHelper}(z))"],
        [new("z", Gates)], isSequence);

    public static CellForm SimpleBackward(Activation activation, bool isSequence)
    {
        ActivationFunction function = ActivationFunction.Of(activation);
        string saved = function.Uses == DerivativeUses.Output ? "y" : "z";
        return Backward(
            "SimpleStepBackward" + activation, "dz = dh ⊙ f'",
            [new("z", Gates), .. function.Uses == DerivativeUses.Output ? new CellPlace[] { new("y", Next) } : []],
            [activation == Activation.Identity ? "dz = dh + zero" : $"dz = {function.BackwardHelper}(dh, {saved})", "rest = zero"],
            [new("dz", Gates), new("rest", Carry)], [new("zero", Gates)], isSequence);
    }

    /// <summary>The reset gate works on h₋₁·U, as in Keras' reset_after, PyTorch and cuDNN.</summary>
    public static CellForm Gru(bool isSequence) => Forward(
        "GruStep", "z = σ(a_z + u_z); r = σ(a_r + u_r); n = tanh(a_n + r ⊙ u_n); h = z ⊙ h₋₁ + (1 - z) ⊙ n, a = x·W + b, u = h₋₁·U + b'",
        [new("z", Gates), new("r", Gates, 1), new("n", Gates, 2), new("a", Sums), new("b", Sums, 1), new("u", Sums, 2), new("h", State)],
        ["r = Sigmoid(r + b)", "z = Sigmoid(z + a)", "n = Tanh(n + r * u)", "y = FlushSubnormal(n + z * (h - n))"],
        [new("z", Gates), new("r", Gates, 1), new("n", Gates, 2)], isSequence) with
    {
        Apart = 2,
        FusedStatements = new(["r = Sigmoid(r + b)", "z = Sigmoid(z + a)", "old = Lifted(z * h)", "rest = one - z", "n = Tanh(MultiplyAdd(r, u, n))", "y = Lowered(MultiplyAdd(rest, n, old))"]),
    };

    public static CellForm GruBackward(bool isSequence) => Backward(
        "GruStepBackward", "dn = dh ⊙ (1 - z) ⊙ (1 - n²); dz = dh ⊙ (h₋₁ - n) ⊙ z ⊙ (1 - z); dr = dn ⊙ u_n ⊙ r ⊙ (1 - r); of U: dz, dr, dn ⊙ r",
        [new("z", Gates), new("r", Gates, 1), new("n", Gates, 2), new("u", Sums, 2), new("h", State)],
        ["dn = dh * (one - z) * (one - n * n)", "dz = dh * (h - n) * z * (one - z)", "dr = dn * u * r * (one - r)", "du = dn * r", "rest = dh * z"],
        [new("dz", Gates), new("dr", Gates, 1), new("dn", Gates, 2), new("dz", Sums), new("dr", Sums, 1), new("du", Sums, 2), new("rest", Carry)],
        [new("zero", Gates), new("zero", Gates, 1), new("zero", Gates, 2), new("zero", Sums), new("zero", Sums, 1), new("zero", Sums, 2)], isSequence);

    /// <summary>The reset gate works on h₋₁, before its product with U.</summary>
    public static CellForm GruReset => new(
        "GruReset", "z = σ(a_z + u_z); r = σ(a_r + u_r); reset = r ⊙ h₋₁, a = x·W + b, u = h₋₁·U",
        new([new("z", Gates), new("r", Gates, 1), new("a", Sums), new("b", Sums, 1), new("h", State)]),
        new(["z = Sigmoid(z + a)", "r = Sigmoid(r + b)", "y = r * h"]),
        new([new("z", Gates), new("r", Gates, 1), new("y", Reset)]),
        new([new("zero", Reset)]));

    public static CellForm GruNew(bool isSequence) => Forward(
        "GruNew", "n = tanh(a_n + u_n); h = z ⊙ h₋₁ + (1 - z) ⊙ n, u = reset·U",
        [new("z", Gates), new("n", Gates, 2), new("u", Sums, 2), new("h", State)],
        ["n = Tanh(n + u)", "y = FlushSubnormal(n + z * (h - n))"],
        [new("n", Gates, 2)], isSequence);

    public static CellForm GruNewBackward(bool isSequence) => Backward(
        "GruNewBackward", "dn = dh ⊙ (1 - z) ⊙ (1 - n²); dz = dh ⊙ (h₋₁ - n) ⊙ z ⊙ (1 - z)",
        [new("z", Gates), new("n", Gates, 2), new("h", State)],
        ["dn = dh * (one - z) * (one - n * n)", "dz = dh * (h - n) * z * (one - z)", "rest = dh * z"],
        [new("dz", Gates), new("dn", Gates, 2), new("zero", NewDeltas), new("zero", NewDeltas, 1), new("dn", NewDeltas, 2), new("rest", Carry)],
        [new("zero", Gates), new("zero", Gates, 2), new("zero", NewDeltas), new("zero", NewDeltas, 1), new("zero", NewDeltas, 2)], isSequence);

    public static CellForm GruResetBackward => new(
        "GruResetBackward", "dr = dreset ⊙ h₋₁ ⊙ r ⊙ (1 - r); dh₋₁ += dreset ⊙ r",
        new([new("dz", Gates), new("r", Gates, 1), new("h", State), new("dq", ResetGradient), new("rest", Carry)]),
        new(["dr = dq * h * r * (one - r)", "rest = rest + dq * r"]),
        new([new("dr", Gates, 1), new("dz", Deltas), new("dr", Deltas, 1), new("zero", Deltas, 2), new("rest", Carry)]),
        new([new("zero", Gates, 1), new("zero", Deltas), new("zero", Deltas, 1), new("zero", Deltas, 2)]));

    public static CellForm Lstm(bool isSequence, bool isClipped) => Forward(
        isClipped ? "LstmStepClipped" : "LstmStep",
        $"i, f, o = σ(a + u); g = tanh(a + u); c = {(isClipped ? "clip(f ⊙ c₋₁ + i ⊙ g)" : "f ⊙ c₋₁ + i ⊙ g")}; h = o ⊙ tanh(c), a = x·W + b, u = h₋₁·U",
        [new("i", Gates), new("f", Gates, 1), new("n", Gates, 2), new("o", Gates, 3), new("a", Sums), new("b", Sums, 1), new("u", Sums, 2), new("v", Sums, 3), new("h", State), new("c", Memory)],
        ["i = Sigmoid(i + a)", "f = Sigmoid(f + b)", "n = Tanh(n + u)", "o = Sigmoid(o + v)", isClipped ? "m = Clamp(f * c + i * n, -limit, limit)" : "m = f * c + i * n", "y = o * Tanh(m)", "m = FlushSubnormal(m)"],
        [new("i", Gates), new("f", Gates, 1), new("n", Gates, 2), new("o", Gates, 3), new("m", NextMemory)], isSequence, [new("c", NextMemory)]) with
    {
        FusedStatements = new(
        [
            "i = Sigmoid(i + a)", "f = Sigmoid(f + b)", "n = Tanh(n + u)", "o = Sigmoid(o + v)",
            isClipped ? "m = Clamp(MultiplyAdd(f, c, i * n), -limit, limit)" : "m = MultiplyAdd(f, c, i * n)", "y = o * Tanh(m)", "m = FlushSubnormal(m)",
        ]),
    };

    public static CellForm LstmBackward(bool isSequence, bool isClipped) => Backward(
        isClipped ? "LstmStepBackwardClipped" : "LstmStepBackward",
        $"dc += dh ⊙ o ⊙ (1 - tanh²c){(isClipped ? ", 0 where c is at the limit" : "")}; do = dh ⊙ tanh(c) ⊙ o ⊙ (1 - o); di = dc ⊙ g ⊙ i ⊙ (1 - i); df = dc ⊙ c₋₁ ⊙ f ⊙ (1 - f); dg = dc ⊙ i ⊙ (1 - g²)",
        [new("i", Gates), new("f", Gates, 1), new("n", Gates, 2), new("o", Gates, 3), new("c", Memory), new("m", NextMemory), new("dc", CarryMemory)],
        [
            "y = Tanh(m)",
            isClipped ? "dm = ClampBackward(dc + dh * o * (one - y * y), m, -limit, limit)" : "dm = dc + dh * o * (one - y * y)",
            "dout = dh * y * o * (one - o)", "di = dm * n * i * (one - i)", "df = dm * c * f * (one - f)", "dn = dm * i * (one - n * n)", "dc = dm * f", "rest = zero",
        ],
        [new("di", Gates), new("df", Gates, 1), new("dn", Gates, 2), new("dout", Gates, 3), new("dc", CarryMemory), new("rest", Carry)],
        [new("zero", Gates), new("zero", Gates, 1), new("zero", Gates, 2), new("zero", Gates, 3)], isSequence);

    private static CellForm Forward(string name, string comment, CellPlace[] loads, string[] statements, CellPlace[] stores, bool isSequence, CellPlace[]? held = null)
    {
        CellPlace[] outputs = isSequence ? [new("y", Next), new("y", Output)] : [new("y", Next)];
        return new(
            name + (isSequence ? "Sequence" : ""), comment, new(loads), new(statements), new(stores.Concat(outputs)),
            new(outputs.Select(place => place with { Variable = "h" }).Concat(held ?? [])));
    }

    /// <summary>dh is all of it: what the next step and, in a sequence, the layers above give.</summary>
    private static CellForm Backward(string name, string comment, CellPlace[] loads, string[] statements, CellPlace[] stores, CellPlace[] held, bool isSequence)
    {
        CellPlace[] gradients = [new("dh", Carry), new("below", Down), .. isSequence ? new CellPlace[] { new("above", OutputGradient) } : []];
        string sum = isSequence ? "dh = dh + below + above" : "dh = dh + below";
        return new(
            name + (isSequence ? "Sequence" : ""), comment, new(gradients.Concat(loads)), new(statements.Prepend(sum)), new(stores), new(held.Append(new("dh", Carry))))
        {
            HeldStatements = new([sum]),
        };
    }
}
