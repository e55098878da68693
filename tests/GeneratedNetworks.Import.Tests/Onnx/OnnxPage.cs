using System.Text;
using GeneratedNetworks.Import.Onnx;
using GeneratedNetworks.Import.Onnx.Operators;
using GeneratedNetworks.Import.Onnx.Patterns;

namespace GeneratedNetworks.Import.Tests.Onnx;

/// <summary>The page on ONNX: rules, tables from the code, and the outcome of every node test.</summary>
internal static class OnnxPage
{
    private const string Rules = """
        # ONNX

        A file becomes a network if its graph consists of the operators below. Constants are folded first, and activations that exporters write in simpler
        operators are recognised by their formula. This page is written by `OnnxBackendTests`.

        ## How a file is read

        - **Output.** One value of the graph: its only output, or the one that `Outputs = "…"` beside `Model`, or `--outputs`, names. That may be any value inside, or
          all outputs with commas between, `Outputs = "policy, value"`, which become a network of several outputs; `--outputs` takes any such list. What it does not need is left out: further heads, labels, masks, states that are handed on. Outputs that need no input, such as a version number, are constants
          that `gennet inspect` prints, and an input that is handed on unchanged is no output of a network: neither has to be excluded by name. Where several remain,
          the error lists them with their shapes and says how to choose. What follows a random operator or gives classes (ArgMax, ZipMap) is refused with the value
          before it, and so is what limits a softmax or computes with it, since a network ends in its softmax.
        - **Inputs.** The graph inputs without an initializer that the output needs, one or several. Their first axis is the batch, free or of any extent, and the
          others must be fixed. An input of one axis is a single sample. Whole numbers are taken where a Cast, DequantizeLinear, Scaler or quantized product reads
          them first: the network reads the whole numbers themselves, given as floating-point numbers.
        - **Channels.** ONNX has the channels of images and signals first, a network has them last. An input that a convolution or pool reads is taken with its
          channels last, `[height, width, channels]`, and an output that one gives is given so; a note of `gennet inspect` says it, with both shapes. Nothing is
          transposed at run time: weights are brought into order, and the rows of a dense layer behind a Flatten, or the columns of one before a Reshape, are permuted.
        - **Rows.** A product over the last of several axes is `Dense` with `PerStep`. Where these axes are left open, every row of the last axis is taken as a sample, all
          axes before it being batch: a dense layer that runs over the words of a sentence becomes a network of one word.
        - **Samples are independent.** What would mix them is refused: a moved batch axis, constants that differ along it, statistics of the batch.
        - **Branches.** A value may be read by several nodes, and values of equal shape are added, multiplied, or joined along the channels. A value that is computed is
          not repeated along an axis, and no elements are cut out of one.
        - **Precision.** Constants of 64 bits stay exact, those of 16 bits are widened. Casts between floating-point types are dropped: a network computes in its own
          precision throughout.
        - **Constants in front of the first dense layer** (Sub, Div, Mul, Add, Scaler, BatchNormalization) become a `Normalize` layer with the file's mean and deviation,
          a symmetric Clip behind them its `Clip`. Behind a dense layer they are part of it, between a function and a dense layer they are folded into that, and where
          there is none they are a `Normalize` layer too.
        - **BatchNormalization** becomes `BatchNorm`, which training goes on with; in a class without `[Training]` it becomes a part of the layer with weights before it,
          if there is one. Where its channels are not the last axis of the layers, before a Transpose say, it is a scaling by constants: such a network is for inference,
          and under `[Training]` an error.
        - **Quantized models** in the forms QDQ, QOperator (QLinearMatMul, QGemm) and dynamic (DynamicQuantizeLinear with MatMulInteger) are dequantized: constants become
          what they stand for, and values are not rounded. What the type of a quantized value can stand for limits it, as a Relu or Clip does that quantizers leave out
          for it; that limit is a layer. It is dropped only where the layers before show that the value goes at most one step of its type beyond, which is as much as
          rounding moves it: behind a sigmoid in steps of 1/256, say.
        - **Shared weights.** Layers that use one array of weights get a copy each: they are untied, and `gennet inspect` says so.
        - **Names.** A layer is called as its weights ("fc1.weight": fc1), otherwise as its node.
        - **Data beside the file** is read from the model's folder only: no absolute path, no `..`, no link.
        - **Operator sets** from 7 to 28, the newest that was published when this was written, mean what they mean here; a later one is refused. Of older ones Gemm,
          Add, Sub, Mul and Div are read with their `broadcast` and `axis`, Dropout with `is_test`, and operators whose attributes are those of today; any other
          attribute, and BatchNormalization, are refused. Functions and control flow are not supported.

        ## What is written

        `OnnxExport` writes operator set {opset}, or a newer one where the model's file has it, and keeps that file's names of input and output: Gemm with weights [in, out], and activations in operators of that set or as formulas that are read again. Double files
        hold formulas where ONNX Runtime has no operator in double or where an attribute of 32 bits would lose digits.

        """;

    public static string Write(IReadOnlyList<(string Case, string? Reason)> cases)
    {
        StringBuilder text = new();
        text.Append(Rules.Replace("{opset}", $"{OnnxExport.Opset}")).Append("\n## Operators\n\n| operator | becomes |\n|---|---|\n");
        foreach (OnnxOperator known in OperatorTable.All)
            text.Append($"| {known.Name} | {known.Becomes} |\n");
        text.Append($"\nFolded where all inputs are constants: {string.Join(", ", ConstantFolding.Operators.Order(StringComparer.Ordinal))}.\n");

        text.Append("\n## Expansions\n\nFormulas of x, in the form they are compared in, up to a factor.\n\n| function | formula |\n|---|---|\n");
        foreach ((string formula, (Activation function, double _)) in Expansions.ByKernel.OrderBy(entry => entry.Value.Function))
            text.Append($"| {function} | `{(formula.Length > 200 ? formula[..200] + "…" : formula)}` |\n");

        int passed = cases.Count(entry => entry.Reason is null);
        text.Append($"\n## ONNX's own node tests\n\n{cases.Count} cases of these operators in ONNX 1.12: {passed} pass, {cases.Count - passed} are not supported.\n");
        text.Append("Every input but the first is bound as an initializer. The first axis is the batch; operators that work element by element get one sample, the\n");
        text.Append("whole input, instead. Outputs agree within 1e-5, those of 16 bits within half of their last digit.\n\n");
        text.Append("| case | outcome |\n|---|---|\n");
        foreach ((string name, string? reason) in cases)
            text.Append($"| {name} | {(reason is null ? "passes" : "unsupported: " + reason.Replace("|", "\\|"))} |\n");
        return text.ToString().ReplaceLineEndings("\n");
    }
}
