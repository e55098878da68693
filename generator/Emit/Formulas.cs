using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>What an operation computes, in the network's own names: the comment above its call. A letter stands for one thing, and only where the formula has it.</summary>
internal static class Formulas
{
    public static IEnumerable<string> Of(Operation operation, NetworkPlan plan) => operation switch
    {
        Gemm gemm => [OfGemm(gemm)],
        GemmTransposed gemm => [$"{gemm.InputGradient.Name} = {gemm.OutputGradient.Name}·{Letter(gemm.Weight)}ᵀ{Slope(gemm.Function, gemm.Saved)}, {Letter(gemm.Weight)} of {gemm.Weight.Layer}"],
        WeightGradient gradient => [OfWeightGradient(gradient)],
        Map map => [$"{map.Output.Name} = {ActivationFunction.Of(map.Function).Formula}, z = {map.Input.Name}"],
        MapBackward map => [$"{map.InputGradient.Name} = {map.OutputGradient.Name}{Slope(map.Function, map.Saved)}"],
        Clamp clamp => [$"{clamp.Output.Name} = min(max({clamp.Input.Name}, {Number(clamp.Minimum)}), {Number(clamp.Maximum)})"],
        ClampBackward clamp => [$"{clamp.InputGradient.Name} = {clamp.OutputGradient.Name} where {Number(clamp.Minimum)} < {clamp.Saved.Name} < {Number(clamp.Maximum)}, otherwise 0"],
        Softmax softmax => [$"{softmax.Output.Name} = {(softmax.Log ? "log " : "")}softmax({softmax.Input.Name}), row by row"],
        SoftmaxBackward { Log: true } softmax => [$"{softmax.InputGradient.Name} = dy - exp(y) Σ dy, y = {softmax.Output.Name}, dy = {softmax.OutputGradient.Name}"],
        SoftmaxBackward softmax => [$"{softmax.InputGradient.Name} = y ⊙ (dy - Σ dy·y), y = {softmax.Output.Name}, dy = {softmax.OutputGradient.Name}"],
        RandomMask dropout => [$"{dropout.Output.Name} = {dropout.Input.Name} ⊙ mask / (1 - {Number(dropout.Rate)})"],
        Add add => [$"{add.Output.Name} = {add.Left.Name} + {add.Right.Name}"],
        Frame frame => [$"{frame.Output.Name} = {frame.Input.Name} {(frame.Top < 0 || frame.Left < 0 ? "without its border" : "with zeros around it")}"],
        Convolve product => [OfConvolve(product)],
        ConvolveTransposed product => [$"{product.InputGradient.Name}[e] = Σ {product.OutputGradient.Name}[p]·W[k]ᵀ where position p sees e as its element k, W of {product.Weight.Layer}"],
        ConvolveGradient gradient => [$"{gradient.Weight.Layer}: d{Letter(gradient.Weight)}[k] = Σ {gradient.Input.Name}[p, k]ᵀ·{gradient.OutputGradient.Name}[p]{(gradient.Bias is null ? "" : $", db = Σ {gradient.OutputGradient.Name}")} over positions p"],
        Deconvolve product => [$"{product.Output.Name}[e] = {(product.Function == Activation.Identity ? "" : ActivationFunction.Of(product.Function).Formula + ", z = ")}Σ {product.Input.Name}[p]·W[k] where position p spreads over e as its element k{(product.Bias is null ? "" : " + b")}, {Operands(product.Bias)} of {product.Weight.Layer}"],
        DeconvolveBackward product => [$"{product.InputGradient.Name}[p] = Σ {product.OutputGradient.Name}[p, k]·W[k]ᵀ, W of {product.Weight.Layer}"],
        DeconvolveGradient gradient => [$"{gradient.Weight.Layer}: d{Letter(gradient.Weight)}[k] = Σ {gradient.Input.Name}[p]ᵀ·{gradient.OutputGradient.Name}[p, k] over positions p"],
        ChannelSums sums => [$"{sums.Bias.Layer}: db = Σ {sums.OutputGradient.Name} over positions"],
        NormalizeBatch norm => [$"{norm.Output.Name} = {Rectified(norm.IsRectified, Normalized(norm.Norm, norm.Input, "mean", "variance"))} of {norm.Norm.Mean.Layer}"],
        NormalizeBatchBackward norm => [$"{norm.InputGradient.Name} = {norm.OutputGradient.Name}{(norm.Norm.Gamma is null ? "" : "·γ")} / √(variance + ε) of {norm.Norm.Mean.Layer}"],
        BatchNorm norm => [$"{norm.Output.Name} = {Rectified(norm.IsRectified, Normalized(norm.Norm, norm.Input, "m", "v"))}, m and v mean and variance of the batch"],
        BatchNormBackward norm => [$"{norm.Norm.Mean.Layer}: dβ = Σ dy, dγ = Σ dy·x̂{(norm.InputGradient is null ? "" : $", {norm.InputGradient.Name} = {(norm.Norm.Gamma is null ? "" : "γ·")}(dy - dβ / N - x̂·dγ / N) / √(v + ε)")}, dy = {norm.OutputGradient.Name}{(norm.IsRectified ? " ⊙ f', f' of max(0, z)" : "")}, x̂ of {norm.Input.Name}"],
        Multiply multiply => [$"{multiply.Output.Name} = {multiply.Left.Name} ⊙ {multiply.Right.Name}"],
        Concatenate join => [OfJoin(join)],
        Split split => [$"[{string.Join(", ", split.Parts.Select(part => part.Gradient.Name))}] = {split.OutputGradient.Name}"],
        MultiplyRow multiply => [$"{multiply.Output.Name} = {multiply.Input.Name} ⊙ {multiply.Row.Kind} of {multiply.Row.Layer}"],
        MultiplyRowGradient gradient => [$"{gradient.Row.Layer}: d{gradient.Row.Kind} = Σ {gradient.Input.Name} ⊙ {gradient.OutputGradient.Name}"],
        DivideRow { Mean: { } mean } divide => [$"{divide.Output.Name} = ({divide.Input.Name} - {mean.Kind}) / {divide.Deviation.Kind} of {divide.Deviation.Layer}"],
        DivideRow divide => [$"{divide.Output.Name} = {divide.Input.Name} / {divide.Deviation.Kind} of {divide.Deviation.Layer}"],
        SumRows sum => [$"{sum.Output.Name} = Σ {sum.Input.Name} over its rows"],
        RepeatRows repeat => [$"{repeat.Output.Name}: {repeat.Input.Name} in every row"],
        MaxPool pool => [$"{pool.Output.Name} = max over each window of {pool.Input.Name}, {Extent(pool.Window)}"],
        MaxPoolBackward pool => [$"{pool.InputGradient.Name} += {pool.OutputGradient.Name} where {pool.Input.Name} is first as large as {pool.Output.Name}, {Extent(pool.Window)}{(pool.Function == Activation.Identity ? "" : "; then")}{Slope(pool.Function, pool.Input)}"],
        AveragePool pool => [$"{pool.Output.Name} = mean of each window of {pool.Input.Name}, {Extent(pool.Window)}"],
        AveragePoolBackward pool => [$"{pool.InputGradient.Name} += {pool.OutputGradient.Name} in equal shares to each window, {Extent(pool.Window)}"],
        LayerNormalize norm => [$"{norm.Output.Name} = n{(norm.Scale is null ? "" : "·γ")}{(norm.Offset is null ? "" : " + β")}, n = ({norm.Input.Name} - mean) / √(variance + {Number(norm.Epsilon)}), each over {norm.Width} elements"],
        LayerNormalizeBackward norm => [$"{norm.InputGradient.Name} = (g - mean g - n·mean(g·n)) / √(variance + {Number(norm.Epsilon)}), g = {norm.OutputGradient.Name}{(norm.Scale is null ? "" : "·γ")}, n from {norm.Input.Name}"],
        LayerNormalizeGradient { Scale: { } scale } norm => [$"{scale.Layer}: dγ = Σ {norm.OutputGradient.Name}·n{(norm.Offset is null ? "" : $", dβ = Σ {norm.OutputGradient.Name}")}, n from {norm.Input.Name}"],
        LayerNormalizeGradient norm => [$"{norm.Offset!.Layer}: dβ = Σ {norm.OutputGradient.Name}"],
        ParametricRelu slope => [$"{slope.Output.Name} = {slope.Input.Name} where that is positive, otherwise {slope.Slope.Kind} of {slope.Slope.Layer} times that"],
        ParametricReluBackward slope => [$"{slope.InputGradient.Name} = {slope.OutputGradient.Name}, times {slope.Slope.Kind} of {slope.Slope.Layer} unless {slope.Input.Name} is positive"],
        ParametricReluGradient slope => [$"{slope.Slope.Layer}: d{slope.Slope.Kind} = Σ {slope.Input.Name} ⊙ {slope.OutputGradient.Name} unless {slope.Input.Name} is positive"],
        Clear clear => [$"{clear.Output.Name} = 0{(clear.Count < clear.Output.Width ? " before the first step" : "")}"],
        Lookup lookup => [$"{lookup.Output.Name}[t] = W[{lookup.Input.Name}[t]], W of {lookup.Table.Layer}"],
        LookupGradient lookup => [$"{lookup.Table.Layer}: dW[id] = Σ {lookup.OutputGradient.Name}[t] where {lookup.Input.Name}[t] is id"],
        Recall recall => [$"{recall.Output.Name} = the frames before, {recall.Dilation.ToString(CultureInfo.InvariantCulture)} apart, and {recall.Input.Name}"],
        RecallWindow recall => [$"{recall.Output.Name} goes on from {recall.Past.Name}, which takes its last frames"],
        Resume resume => [$"{resume.Output.Name} goes on from {resume.Past.Name}"],
        Retain retain => [$"{retain.Past.Name} = {retain.Input.Name} after the last step"],
        ConvolveFrame frame => [.. Of(frame.Recall, plan), .. Of(frame.Product, plan)],
        CellRow { Input: not null } row => [$"{row.Step.Form.Comment}, a = {row.Input.Input.Name}·W{(row.Input.Bias is null ? "" : " + b")}, {Operands(row.Input.Bias)} and U of {row.Product.Weight.Layer}"],
        CellRow row => [$"{row.Step.Form.Comment}, U of {row.Product.Weight.Layer}"],
        CellStep step => [step.Form.Comment],
        Repetition { Steps: 1 } => [],
        Repetition repetition => [$"{repetition.Writes!.Name}: {repetition.Steps.ToString(CultureInfo.InvariantCulture)} steps{(repetition.IsReversed ? ", the last one first" : "")}"],
        LossGradient loss => [OfLoss(loss, plan)],
        CopyRows copy => [$"{copy.Output.Name}: rows {copy.Input.Stride} apart become rows {copy.Output.Stride} apart"],
        _ => throw new NotSupportedException($"{operation.GetType().Name} has no formula."),
    };

    /// <summary>"3×3 of 8×8, steps of 2×2".</summary>
    private static string Extent(Window window)
    {
        Axis rows = window.Rows, columns = window.Columns;
        return $"{Pair(rows.Kernel, columns.Kernel)} of {Pair(rows.Input, columns.Input)}, steps of {Pair(rows.Stride, columns.Stride)}";

        string Pair(int ofRows, int ofColumns) => rows == Axis.None ? $"{ofColumns}" : $"{ofRows}×{ofColumns}";
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The loss, and what its letter stands for.</summary>
    public static string OfLoss(LossGradient loss, NetworkPlan plan)
    {
        LossFunction function = LossFunction.Of(loss.Loss);
        string value = loss.Value.Name;
        string letter = function.Takes switch
        {
            LossArgument.Output => "y = " + value,
            LossArgument.PreActivation => "z = " + value,
            _ => $"p = softmax({value})",
        };
        return $"{function.Formula}, {letter}; {loss.Gradient.Name} = {function.Gradient}";
    }

    private static string OfJoin(Concatenate join)
    {
        string[] written = [.. join.Inputs.Where(input => input.Whole is not null).Select(input => input.PartName!)];
        return $"{join.Output.Name} = [{string.Join(", ", join.Inputs.Select(input => input.PartName ?? input.Name))}]"
            + (written.Length == 0 ? "" : $"; {string.Join(" and ", written)} {(written.Length == 1 ? "is" : "are")} there already");
    }

    private static string OfGemm(Gemm gemm)
    {
        if (gemm.IsRecurrent)
            return $"{gemm.Output.Name} = h·U{(gemm.Bias is null ? "" : " + b'")}, h of {gemm.Input.Name} before this step, U{(gemm.Bias is null ? "" : " and b'")} of {gemm.Weight.Layer}";
        string product = $"{gemm.Input.Name}·W{(gemm.Bias is null ? "" : " + b")}";
        string output = gemm.Output.Whole is { } whole ? $"{gemm.Output.PartName}, a part of {whole.Name}," : gemm.Output.Name;
        return gemm.Function == Activation.Identity
            ? $"{output} = {product}, {Operands(gemm.Bias)} of {gemm.Weight.Layer}"
            : $"{output} = {ActivationFunction.Of(gemm.Function).Formula}, z = {product}, {Operands(gemm.Bias)} of {gemm.Weight.Layer}";
    }

    private static string Normalized(BatchNormBlocks norm, Tensor input, string mean, string variance) =>
        $"({input.Name} - {mean}) / √({variance} + {Number(norm.Epsilon)}){(norm.Gamma is null ? "" : "·γ")}{(norm.Beta is null ? "" : " + β")}";

    private static string Rectified(bool isRectified, string value) => isRectified ? $"max(0, {value})" : value;

    private static string OfConvolve(Convolve product)
    {
        string sum = $"Σ {product.Input.Name}[p, k]·W[k]{(product.Bias is null ? "" : " + b")}";
        string where = $"{Operands(product.Bias)} of {product.Weight.Layer}, k over a window of {Size(product.Window)}{(product.Border is null ? "" : ", zeros around it")}";
        return product.Function == Activation.Identity
            ? $"{product.Output.Name}[p] = {sum}, {where}"
            : $"{product.Output.Name}[p] = {ActivationFunction.Of(product.Function).Formula}, z = {sum}, {where}";
    }

    private static string Size(Window window) => window.Rows == Axis.None ? $"{window.Columns.Kernel}" : $"{window.Rows.Kernel}×{window.Columns.Kernel}";

    private static string Operands(ParameterBlock? bias) => bias is null ? "W" : "W and b";

    /// <summary>W, or U where a layer has both.</summary>
    private static string Letter(ParameterBlock weight) => weight.Kind == "recurrent" ? "U" : "W";

    private static string OfWeightGradient(WeightGradient gradient)
    {
        string bias = gradient.Bias is null ? "" : $", db = Σ {gradient.OutputGradient.Name}";
        return $"{gradient.Weight.Layer}: dW = {gradient.Input.Name}ᵀ·{gradient.OutputGradient.Name}{bias}";
    }

    /// <summary>" ⊙ f'" with f' in terms of what was saved.</summary>
    public static string Slope(Activation activation, Tensor? saved)
    {
        if (saved is null || activation == Activation.Identity)
            return "";
        ActivationFunction function = ActivationFunction.Of(activation);
        string letter = function.Uses switch
        {
            DerivativeUses.Input => $", z = {saved.Name}",
            DerivativeUses.Output => $", y = {saved.Name}",
            _ => "",
        };
        return $" ⊙ f', f' = {function.Derivative}{letter}";
    }
}
