#!/usr/bin/python3
"""Breaks the rules of the importers one by one and expects the checks that hold them against the file to turn red.

    tests/GeneratedNetworks.Import.Tests/mutate.py [--only WORD] [--list]

Works in a copy of what is committed. For every rule below: one text in one source file is replaced, the importers are built again, and then run

  - the tests that compare what is imported with the same file, executed node by node (ReadingFixtureTests.TheImporterMakesOfItWhatItSays), and
  - `gennet check` on a model that the rule concerns, which passes while nothing is broken.

Both must fail, the tests by a failed test and the tool by an error above its tolerance or by what it says of the broken network. A text that is not found, or more than once, is a failure too: the
list has to follow the code. The exit code is 1 where a broken rule was not noticed.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = subprocess.run(["git", "rev-parse", "--show-toplevel"], cwd=os.path.dirname(os.path.abspath(__file__)), check=True, capture_output=True, text=True).stdout.strip()
IMPORT = "src/GeneratedNetworks.Import"

# What is broken, where, the text, what it becomes, and a model under tests/Golden/Models that shows it; behind a # the output to ask for.
RULES = [
    # Activation kinds.
    ("ONNX: Relu becomes LeakyRelu", "Onnx/Operators/SimpleActivations.cs", "Apply(node, chain, Activation.Relu)", "Apply(node, chain, Activation.LeakyRelu)", "Onnx/torch-relu.onnx"),
    ("ONNX: Sigmoid becomes HardSigmoid", "Onnx/Operators/SimpleActivations.cs", "Activation.Sigmoid", "Activation.HardSigmoid", "Onnx/torch-sigmoid.onnx"),
    ("ONNX: Gelu takes the other form", "Onnx/Operators/GeluOperator.cs", "Activation.GeluTanh", "Activation.Gelu", "Onnx/hand-gelu.onnx"),
    ("ONNX: Softmax becomes LogSoftmax", "Onnx/Operators/SoftmaxOperators.cs", "Activation.Softmax", "Activation.LogSoftmax", "Onnx/torch-softmax.onnx"),
    ("ONNX: HardSigmoid keeps its own slope", "Onnx/Operators/HardSigmoidOperator.cs", "if (alpha != 1f / 6 || beta != 0.5)", "if (alpha < 0)", "Onnx/hand-vector.onnx"),
    ("ONNX: Celu loses its alpha behind", "Onnx/Operators/RectifierOperators.cs", "chain.Scale(node, alpha, 0);", "chain.Scale(node, 1, 0);", "Onnx/hand-celu.onnx"),
    ("Keras: relu6 becomes relu", "Keras/KerasActivations.cs", '["relu6"] = Activation.Relu6', '["relu6"] = Activation.Relu', "Keras/activations-3.keras"),
    ("Keras: softsign becomes tanh", "Keras/KerasActivations.cs", '["softsign"] = Activation.Softsign', '["softsign"] = Activation.Tanh', "Keras/activations-3.keras"),
    ("Keras: ReLU loses its maximum", "Keras/Layers/ActivationLayers.cs", "KerasActivations.Add(scope, Activation.Relu6);", "KerasActivations.Add(scope, Activation.Relu);", "Keras/layers-3.keras"),
    ("TFLite: fused TANH becomes RELU", "TfLite/OperatorScope.cs", "4 => Activation.Tanh", "4 => Activation.Relu", "TfLite/fused.tflite"),
    ("TFLite: ELU becomes RELU", "TfLite/Operators/OperatorTable.cs", "Activations.Add(scope, Activation.Elu)", "Activations.Add(scope, Activation.Relu)", "TfLite/activations.tflite"),

    # Clamps.
    ("TFLite: fused RELU6 becomes RELU", "TfLite/OperatorScope.cs", "3 => Activation.Relu6", "3 => Activation.Relu", "TfLite/last-relu6.tflite"),
    ("TFLite: fused RELU_N1_TO_1 is left out", "TfLite/OperatorScope.cs", "2 => Activation.HardTanh", "2 => Activation.Identity", "TfLite/fused.tflite"),
    ("ranges of quantised values do not limit", "LayerChain.cs", "if (_interval.Low < minimum - step || _interval.High > maximum + step)", "if (double.IsNaN(step))", "TfLite/int8.tflite"),
    ("ranges limit only where both ends are passed", "LayerChain.cs", "_interval.Low < minimum - step || _interval.High > maximum + step", "_interval.Low < minimum - step && _interval.High > maximum + step", "TfLite/int8.tflite"),
    ("a range's ends are exchanged with others", "TfLite/TfLiteGraph.cs", "QuantizedRange.End(scale, greatest - zero), scale", "QuantizedRange.End(scale, greatest), scale", "TfLite/int8.tflite"),
    ("intervals: a product's weights are taken as positive", "Interval.cs", "low[step.OutputOf(i)] += weight * (weight < 0 ? High : Low);", "low[step.OutputOf(i)] += weight * Low;", "TfLite/negative-in-range.tflite"),
    ("intervals: a product's weights are taken as negative", "Interval.cs", "high[step.OutputOf(i)] += weight * (weight < 0 ? Low : High);", "high[step.OutputOf(i)] += weight * Low;", "TfLite/positive-in-range.tflite"),
    ("ONNX: Clip loses its upper end", "Onnx/Operators/ClipOperator.cs", "chain.Clip(node, low, high);", "chain.Clip(node, low, double.PositiveInfinity);", "Onnx/torch-hard-tanh.onnx"),
    ("two limits: the first one is forgotten", "ScaleFolding.cs", "new(LimitOf(step.Name, least, greatest), last.Start, at + 1)", "new(step, last.Start, at + 1)", "TfLite/int8.tflite"),

    # Transposes.
    ("ONNX: Gemm forgets transB", "Onnx/Operators/GemmOperator.cs", "transposed ? WeightMatrix.Transpose(node, values, units, inputs) : values", "values", "Onnx/torch-relu.onnx"),
    ("TFLite: weights stay [out, in]", "TfLite/Operators/FullyConnected.cs", "transposed[(i * units) + o] = values[(o * inputs) + i];", "transposed[(o * inputs) + i] = values[(o * inputs) + i];", "TfLite/float.tflite"),
    ("ONNX: a Transpose in front of a product is forgotten", "Onnx/ElementOrder.cs", "ordered.AsSpan(places[i] * units)", "ordered.AsSpan(i * units)", "Onnx/torch-channels-last.onnx"),

    # Biases.
    ("ONNX: Gemm loses its bias", "Onnx/Operators/GemmOperator.cs", "matrix, bias, inputs", "matrix, null, inputs", "Onnx/torch-relu.onnx"),
    ("ONNX: beta is ignored", "Onnx/Operators/GemmOperator.cs", "if (bias is not null && beta != 1)", "if (bias is not null && beta == 7)", "Onnx/hand-gemm.onnx"),
    ("TFLite: the bias is left out", "TfLite/OperatorScope.cs", "if (Input(position) is null)", "if (Input(position) is not null)", "TfLite/float.tflite"),
    ("Keras: the bias is left out", "Keras/Layers/ConvolutionLayers.cs", 'scope.Flag("use_bias", true) ?', '!scope.Flag("use_bias", true) ?', "Keras/sequential-2.h5"),
    ("zero points of weights are ignored", "TfLite/ConstantReader.cs", "values[i] = scales.Float(slice) * (values[i] - zero);", "values[i] = scales.Float(slice) * values[i];", "TfLite/uint8.tflite"),
    ("scales of channels are those of the first", "TfLite/ConstantReader.cs", "i / inner % scales.Count : 0;", "0 : 0;", "TfLite/int8-per-channel.tflite"),

    # Folding.
    ("folding into the layer before loses the summand", "ScaleFolding.cs", "+ scale.Summands[o % count];", "+ (0 * scale.Summands[o % count]);", "Onnx/torch-batch-norm.onnx"),
    ("folding into the layer behind loses the summand", "ScaleFolding.cs", "bias[o] += scale.Summands[at] * value;", "bias[o] += 0 * value;", "TfLite/scalings.tflite"),
    ("two scalings in a row: the second one's summand is taken off", "ScaleFolding.cs", "* second.Factors[b] / second.Divisors[b]) + second.Summands[b]", "* second.Factors[b] / second.Divisors[b]) - second.Summands[b]", "TfLite/scalings.tflite"),
    ("two scalings in a row: the first one's summand is not scaled", "ScaleFolding.cs", "(first.Summands[a] * second.Factors[b] / second.Divisors[b])", "first.Summands[a]", "TfLite/scalings.tflite"),
    ("two scalings in a row: the second one's divisor is forgotten", "ScaleFolding.cs", "first.Divisors[a] * second.Divisors[b];", "first.Divisors[a];", "TfLite/scalings.tflite"),
    ("[1 - p, p] becomes [p, 1 - p]", "ScaleFolding.cs", "step.ComplementFirst ? -0.5 : 0.5", "step.ComplementFirst ? 0.5 : -0.5", "Onnx/classifier-two.onnx#probabilities"),
    ("ONNX: Sub from a constant loses its sign", "Onnx/Operators/ArithmeticOperators.cs", "(-1, constant", "(1, constant", "Onnx/hand-normalised.onnx"),
    ("BatchNormalization takes another epsilon", "Onnx/Operators/BatchNormalizationOperator.cs", "mean, variance, epsilon, Math", "mean, variance, 0.5, Math", "Onnx/hand-batch-norm.onnx"),

    # Normalisers.
    ("a normaliser forgets its mean", "ScaleFolding.cs", "new(scale.Name, Spread(scale.Means, last),", "new(scale.Name, new double[last],", "Keras/packed-2.h5"),
    ("two normalisers in a row: the second one's mean is not scaled", "ScaleFolding.cs", "second.Means[b] * first.Divisors[a] / first.Factors[a]);", "second.Means[b]);", "TfLite/scalings.tflite"),
    ("a normaliser's limit is twice as wide", "ScaleFolding.cs", "normalize with { Limit = clip.Maximum }", "normalize with { Limit = 2 * clip.Maximum }", "Onnx/policy.onnx#deterministic_continuous_actions"),
    ("a normaliser multiplies by its deviation", "ScaleFolding.cs", "Select(i => scale.Divisors[i] / scale.Factors[i])", "Select(i => scale.Factors[i] / scale.Divisors[i])", "Keras/packed-2.h5"),
    ("Keras: Normalization takes the variance for the deviation", "Keras/Layers/NormalizationLayer.cs", "Math.Max(Math.Sqrt(value), SmallestDeviation)", "Math.Max(value, SmallestDeviation)", "Keras/normalization-3.keras"),
    ("Keras: Rescaling forgets its offset", "Keras/Layers/RescalingLayer.cs", 'scope.Number("offset", 0)', "0", "Keras/layers-3.keras"),
    ("scikit-learn: Scaler divides", "Onnx/Operators/ScalerOperator.cs", "chain.Normalize(node, offset, scale);", "chain.Normalize(node, scale, offset);", "Onnx/normalized-scaler.onnx"),

    # Windows.
    ("same: the odd zero goes before", "Convolution.cs", "oddBefore ? (total - small, small) : (small, total - small)", "(total - small, small)", "TfLite/conv.tflite"),
    ("TFLite: SAME becomes VALID", "TfLite/Operators/Windows.cs", "IsSame(scope, options) ? window.Same(scope.Chain.Shape) : window", "IsSame(scope, options) ? window : window", "TfLite/conv.tflite"),
    ("zeros around a value change sides", "LayerChain.Windows.cs", "[.. pad.Before.SkipLast(1), .. pad.After.SkipLast(1)]", "[.. pad.After.SkipLast(1), .. pad.Before.SkipLast(1)]", "TfLite/borders.tflite"),
    ("zeros around a value are left where an axis was", "Step.cs", "(Before[kept[next]], After[kept[next]], inside[kept[next]])", "(Before[kept[^1]], After[kept[^1]], inside[kept[next]])", "TfLite/signal.tflite"),
]


def run(command, folder, most=600):
    environment = dict(os.environ, MSBUILDDISABLENODEREUSE="1", DOTNET_NOLOGO="1", DOTNET_CLI_TELEMETRY_OPTOUT="1")
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=most)
    return done.returncode, done.stdout + done.stderr


def build(folder, project, *more):
    code, text = run(["dotnet", "build", "-c", "Release", "-m:1", project, *more], folder, 1800)
    return None if code == 0 else "\n".join(line for line in text.splitlines() if "error" in line)[:2000]


class Copy:
    """The committed state in a folder of its own, built once."""

    def __init__(self, folder):
        self.folder = folder
        for project in ("tests/GeneratedNetworks.Import.Tests", "src/GeneratedNetworks.Tool"):
            problem = build(folder, project)
            if problem:
                sys.exit(f"{project} does not build:\n{problem}")
        self.tests = self.find("GeneratedNetworks.Import.Tests.dll", "tests/GeneratedNetworks.Import.Tests/bin")
        self.tool = self.find("GeneratedNetworks.Tool.dll", "src/GeneratedNetworks.Tool/bin")
        self.compile = self.compiler()

    def find(self, name, under):
        for at, _, files in os.walk(os.path.join(self.folder, under)):
            if name in files and "/ref" not in at:
                return os.path.join(at, name)
        sys.exit(f"there is no {name} below {under}")

    def compiler(self):
        """The command that compiles the importers alone: that of their build, without analyzers, by the compiler's server."""
        asked = ["-t:Compile", "-p:ProvideCommandLineArgs=true", "-p:SkipCompilerExecution=true", "-p:NonExistentFile=none", "-getItem:CscCommandLineArgs"]
        code, text = run(["dotnet", "build", "-c", "Release", "--no-dependencies", "--no-restore", IMPORT, *asked], self.folder)
        if code:
            sys.exit("the compiler's arguments are not known:\n" + text[-2000:])
        said = [item["Identity"] for item in json.loads(text)["Items"]["CscCommandLineArgs"]]
        skipped = ("/noconfig", "/warnaserror", "/refout", "/out:")
        said = [one for one in said if not one.startswith(skipped) and not re.search("NetAnalyzers|CodeStyle", one)]
        folder = os.path.join(self.folder, IMPORT)
        self.made = os.path.join(folder, "obj", "GeneratedNetworks.Import.dll")
        with open(os.path.join(folder, "obj", "mutate.rsp"), "w", encoding="utf-8") as file:
            file.write("\n".join([*said, f'/out:"{self.made}"']))
        _, sdks = run(["dotnet", "--version"], self.folder)
        _, found = run(["dotnet", "--list-sdks"], self.folder)
        base = next(line for line in found.splitlines() if line.startswith(sdks.strip() + " "))
        csc = os.path.join(base[base.index("[") + 1:-1], sdks.strip(), "Roslyn", "bincore", "csc.dll")
        return ["dotnet", csc, "/noconfig", "/shared", "@obj/mutate.rsp"]

    def build(self):
        """Builds the importers alone and puts them where tests and tool take them from."""
        code, text = run(self.compile, os.path.join(self.folder, IMPORT))
        if code:
            return "\n".join(line for line in text.splitlines() if "error" in line)[:2000]
        for program in (self.tests, self.tool):
            shutil.copy(self.made, os.path.dirname(program))
        return None

    def failed_tests(self):
        """How many oracle tests fail; 0: all pass."""
        code, text = run(["dotnet", self.tests, "-method", "*.ReadingFixtureTests.TheImporterMakesOfItWhatItSays", "-noColor"], self.folder)
        counts = re.search(r"Total: (\d+), Errors: (\d+), Failed: (\d+)", text)
        if counts is None or int(counts[1]) == 0:
            sys.exit("the tests did not run:\n" + text[-2000:])
        return int(counts[2]) + int(counts[3])

    def check(self, model):
        """None where the model passes, otherwise the tool's one line."""
        path, _, output = model.partition("#")
        more = ["--outputs", output] if output else []
        code, text = run(["dotnet", self.tool, "check", os.path.join("tests/Golden/Models", path), "--samples", "200", *more], self.folder)
        return None if code == 0 else text.strip().splitlines()[-1]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--only", default="", help="rules with this word in their name")
    arguments.add_argument("--list", action="store_true", help="name the rules and end")
    said = arguments.parse_args()
    rules = [rule for rule in RULES if said.only.lower() in rule[0].lower()]
    if said.list:
        print("\n".join(rule[0] for rule in rules))
        return 0

    folder = tempfile.mkdtemp(prefix="mutate-")
    subprocess.run(["git", "worktree", "add", "--detach", "--force", "-q", folder, "HEAD"], cwd=ROOT, check=True)
    try:
        return try_all(Copy(folder), rules)
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", folder], cwd=ROOT)


def try_all(copy, rules):
    failed = copy.failed_tests()
    if failed:
        sys.exit(f"{failed} tests fail before anything is broken")
    for model in sorted({rule[4] for rule in rules}):
        if said := copy.check(model):
            sys.exit(f"{model} does not pass before anything is broken: {said}")
    unnoticed = 0
    print(f"{'tests':>6}  {'check':8}  rule")
    for name, file, text, broken, model in rules:
        path = os.path.join(copy.folder, IMPORT, file)
        with open(path, encoding="utf-8") as source:
            whole = source.read()
        if whole.count(text) != 1:
            print(f"{'':6}  {'':8}  {name}: '{text}' stands {whole.count(text)} times in {file}", flush=True)
            unnoticed += 1
            continue
        with open(path, "w", encoding="utf-8") as source:
            source.write(whole.replace(text, broken))
        try:
            problem = copy.build()
            if problem:
                print(f"{'':6}  {'':8}  {name}: it does not build: {problem}", flush=True)
                unnoticed += 1
                continue
            tests = copy.failed_tests()
            said = copy.check(model)
            shown = "red" if said and "above the tolerance" in said else "refused" if said else "GREEN"
            print(f"{tests or 'GREEN':>6}  {shown:8}  {name}", flush=True)
            if tests == 0 or shown == "GREEN":
                unnoticed += 1
        finally:
            with open(path, "w", encoding="utf-8") as source:
                source.write(whole)
    print(f"{len(rules)} rules broken, {unnoticed} not noticed")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
