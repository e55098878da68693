using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Tests.Witness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>
/// What a header says is what stands beneath it. The witness reads the emitted files as anyone would, by syntax and by the words of the header, and knows
/// besides them only what the test declared.
/// </summary>
[Collection(nameof(ChainFindings))]
public sealed class HeaderTests
{
    public static TheoryData<string> Chains => [.. Witnessed.Chains.Select(chain => string.Join("-", chain))];

    [Theory]
    [MemberData(nameof(Chains))]
    public void SaysWhatIsThere(string chain)
    {
        IReadOnlyList<string> faults = ChainFindings.Of(chain).FalseClaims;
        Assert.True(faults.Count == 0, $"{faults.Count} false claims\n" + string.Join("\n", faults.Take(40)));
    }

    public static TheoryData<string, string> Windows
    {
        get
        {
            string[] networks =
            [
                "9, 8, 3|[Conv2D(16, 3, Activation.Relu, Padding = Padding.Same)][MaxPool2D(2)][DepthwiseConv2D(3, Stride = 2, Padding = Padding.Same)][Conv2D(20, 1)][AveragePool2D(2)][Dense(3, Activation.Softmax)]",
                "12, 12, 6|[Conv2D(40, 5, Groups = 2, Stride = 2)][Conv2D(4, 2, Dilation = 2)][GlobalAveragePool][Dense(2, Activation.Softmax)]",
                "30, 2|[Conv1D(8, 5, Activation.Relu, Padding = Padding.Causal)][DepthwiseConv1D(3)][MaxPool1D(3)][Conv1D(1, 4)][Dense(2, Activation.Softmax)]",
                "5, 4, 9|[Conv2DTranspose(24, 3, Stride = 2)][DepthwiseConv2D(3)][Conv2DTranspose(3, 4, Stride = 3, Padding = Padding.Same)][GlobalMaxPool][Dense(2, Activation.Softmax)]",
                "4, 4, 1|[Conv2D(17, 3)][MaxPool2D(2)][Conv2D(33, 1)][Dense(2, Activation.Softmax)]",
            ];
            TheoryData<string, string> data = [];
            foreach (string network in networks)
            {
                foreach (string options in new[] { "Simd, Single", "Simd, Double", "Scalar, Single", "Basic, Double" })
                    data.Add(network, options);
            }

            return data;
        }
    }

    /// <summary>Windows and pools: tiles, vectors and parts are those of the calls beneath, and every call is spoken of.</summary>
    [Theory]
    [MemberData(nameof(Windows))]
    public void SaysWhichKernelsWindowsHave(string network, string options)
    {
        string[] parts = network.Split('|'), words = options.Split(", ");
        string source = $"using GeneratedNetworks;\n[GeneratedNetwork({parts[0]}, Emit = EmitProfile.{words[0]}, Precision = Precision.{words[1]})]\n{parts[1]}\n[Training(Loss.CrossEntropy, Optimizer.Adam)]\npublic partial class Net {{ }}";
        GeneratorRun run = GeneratorHarness.Run(source);
        Assert.True(run.Crash is null && run.GeneratorDiagnostics.IsEmpty, $"{run.Crash}{run.GeneratorDiagnostics.FirstOrDefault()}");
        (IReadOnlyList<string> faults, int claims) = WindowClaims.Check(run, words[1] == "Single" ? 4 : 8);
        Assert.True(faults.Count == 0, string.Join("\n", faults));
        Assert.True(claims >= 5, $"{claims} claims");
    }

    /// <summary>A tile has as many sums as its name says, and the products go to the tiles that they ask for.</summary>
    [Fact]
    public void TilesAreWhatTheirNamesSay()
    {
        HashSet<string> seen = [];
        foreach (string shared in Chains.SelectMany(row => ChainFindings.Of(row.Data).Shared).Distinct(StringComparer.Ordinal))
        {
            MethodDeclarationSyntax method = Assert.IsType<MethodDeclarationSyntax>(SyntaxFactory.ParseMemberDeclaration(shared));
            string name = method.Identifier.Text;
            seen.Add(name);
            if (Regex.Match(name, @"^(Rows|Gradient)(\d)By(\d)$") is { Success: true } tile && tile.Groups[2].Value != "1")
            {
                int sums = method.DescendantNodes().OfType<VariableDeclaratorSyntax>().Count(variable => Regex.IsMatch(variable.Identifier.Text, @"^c\d\d$"));
                Assert.True(sums == int.Parse(tile.Groups[2].Value) * int.Parse(tile.Groups[3].Value), $"{name} has {sums} sums");
            }

            string[]? expected = name switch { "GemmPairs" => ["Rows6By2", "Rows4By2", "Rows1By2"], "GemmSingles" => ["Rows8By1", "Rows1By1"], _ => null };
            if (expected is not null)
                Assert.Equal(expected, EmittedText.Calls(method).Select(call => call.Name).Where(call => call.StartsWith("Rows", StringComparison.Ordinal) && call != "Rows1By8"));
        }

        Assert.Superset(new HashSet<string> { "GemmPairs", "GemmSingles", "Gradient6By2", "Gradient8By1", "Dots", "DotColumn" }, seen);
    }

    /// <summary>Adds what is not as the header of a network says.</summary>
    internal static void Check(Witnessed network, GeneratorRun run, List<string> faults)
    {
        try
        {
            HeaderClaims header = HeaderClaims.Parse(run.SingleFile);
            EmittedText text = new(run.Roots(name => name != LibraryFile.HintName));
            CheckSizes(network, header, text, Fault);
            CheckForward(network, header, text, Fault);
            CheckTraining(network, header, text, Fault);
            CheckRemarks(run.SingleFile, header, Fault);
            new KernelClaims(network, header, text, Fault).Check();
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or NullReferenceException or KeyNotFoundException)
        {
            Fault("unreadable", exception.Message + exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Witness", StringComparison.Ordinal)));
        }

        void Fault(string line, string what) => faults.Add($"{network}\n    {line}\n    but {what}");
    }

    private static void CheckSizes(Witnessed network, HeaderClaims header, EmittedText text, Action<string, string> fault)
    {
        Expect("inputs", header.Title.Groups["in"].Value, network.Layers[0].Inputs, text.Number(@"\bconst int InputSize = (\d+);"));
        Expect("outputs", header.Title.Groups["out"].Value, network.Layers[^1].Outputs, text.Number(@"\bconst int OutputSize = (\d+);"));
        long parameters = network.Layers.Sum(layer => ((long)layer.Inputs * layer.Outputs) + (layer.HasBias ? layer.Outputs : 0));
        Expect("parameters", header.Total.Parameters.ToString(), parameters, text.Number(@"\bconst int ParameterCount = (\d+);"));
        Expect("multiply-adds", header.Total.MultiplyAdds.ToString(), network.Layers.Sum(layer => (long)layer.Inputs * layer.Outputs));
        Expect("multiply-adds to run", header.InAll.Groups["run"].Value, network.Layers.Sum(layer => (long)layer.Inputs * layer.Outputs));
        long layout = text.Matches(@"NetworkParameter\(""[\w.]+"", (\d+), (\d+)(?:, (\d+))?\)")
            .Sum(match => long.Parse(match.Groups[2].Value) * (match.Groups[3].Success ? long.Parse(match.Groups[3].Value) : 1));
        if (network.Profile != "Basic")
            Expect("Layout", header.Total.Parameters.ToString(), layout);
        if (header.Title.Groups["precision"].Value != network.Precision.ToLowerInvariant() || header.Title.Groups["profile"].Value != network.Profile)
            fault(header.Title.Value, "it is another precision or profile");

        long bytes = network.ElementBytes;
        Expect("bytes of parameters", header.Parameters.Groups["bytes"].Value, bytes * text.Number(@"\b(?:_gn|Parameters) = new [\w.]+[\[(](\d+)[\])];"));
        string batch = text.Methods.First(method => method.Identifier.Text == "ForwardBatch" && method.Parent is TypeDeclarationSyntax { Identifier.Text: "Batches" or "Gn" }).ToFullString();
        Expect("samples at once", header.Parameters.Groups["rows"].Value, long.Parse(Regex.Match(batch, @"samples - first < (\d+) \?").Groups[1].Value));
        Expect("bytes of scratch", header.Parameters.Groups["scratch"].Value, bytes * Scratch(network, text, batch));

        void Expect(string what, string said, params long[] found)
        {
            if (found.Any(number => number != HeaderClaims.Number(said)))
                fault($"{what}: {said}", $"found {string.Join(" and ", found)}");
        }
    }

    /// <summary>Elements of the memory that a forward pass takes, without what it is aligned in.</summary>
    private static long Scratch(Witnessed network, EmittedText text, string batch)
    {
        if (network.Profile == "Basic")
            return Exactly(text.Number(@"\bScratch = new \w+\[(\d+)\];"));
        if (Regex.Match(batch, @"(?:stackalloc|new) \w+\[(\d+)\]") is { Success: true } array)
            return Exactly(long.Parse(array.Groups[1].Value));
        return Exactly(text.Number(@"\[InlineArray\((\d+)\)\]\s+private struct Scratch\s") - (64 / network.ElementBytes));

        // No memory of no elements can be had.
        static long Exactly(long length) => length == 1 ? 0 : length;
    }

    private static void CheckForward(Witnessed network, HeaderClaims header, EmittedText text, Action<string, string> fault)
    {
        bool isSimd = network.Profile == "Simd";
        IReadOnlyList<EmittedCall> calls = EmittedText.Calls(text.Get(isSimd ? "Passes" : "Gn", "ForwardChunk"));
        foreach (WitnessedLayer layer in network.Layers)
        {
            LayerClaim? dense = header.Layers.SingleOrDefault(claim => claim.Layer == layer.Name && claim.Function.Length == 0);
            if (dense is null || dense.Output != layer.Outputs.ToString() || dense.MultiplyAdds != (long)layer.Inputs * layer.Outputs
                || dense.Parameters != (layer.Inputs * layer.Outputs) + (layer.HasBias ? layer.Outputs : 0))
            {
                fault($"{dense}", $"it has {layer.Inputs} inputs and {layer.Outputs} outputs");
                continue;
            }

            if (isSimd)
            {
                EmittedCall product = calls.Single(call => call.Types.Count > 0 && call.IsOfWeights(layer.Name));
                string expected = product.Name is "Dots" or "DotColumn" ? "a dot product per output" : $"{product.Of("panel")} outputs side by side";
                if (dense.Kernel != expected)
                    fault($"{dense}", $"{product.Name} has {expected}");
            }
        }

        foreach (IGrouping<string, LayerClaim> group in header.Layers.Where(claim => claim.Function.Length > 0).GroupBy(claim => claim.Function))
        {
            string function = group.Key;
            int own = calls.Count(call => isSimd ? Same(call.Name, function + "Rows") || Same(call.Name, function) : Regex.IsMatch(call.Name, $@"^\w+?\d{function}\d*$", RegexOptions.IgnoreCase) || Same(call.Name, function) || Regex.IsMatch(call.Name, $@"^{function}\d+$", RegexOptions.IgnoreCase));
            int said = group.Count(claim => claim.Kernel is "a pass of its own" or "row by row");
            if (own != said)
                fault(string.Join(", ", group), $"{own} passes compute {function} alone");
            int fused = isSimd
                ? calls.Sum(call => call.Types.Count > 2 && Regex.IsMatch(call.Types[^1], $@"Then{function}\b", RegexOptions.IgnoreCase) ? 1 : 0)
                : calls.Count(call => text.Find("Kernels", call.Name) is { } kernel && Regex.IsMatch(kernel.GetLeadingTrivia().ToFullString(), $@"c = {function}\(a·W", RegexOptions.IgnoreCase));
            int saidFused = group.Count(claim => claim.Kernel == "fused into the product");
            if (fused != saidFused || said + saidFused != group.Count())
                fault(string.Join(", ", group), $"{fused} products end with {function}");
        }

        if (calls.Any(call => call.Name.Contains("Mask", StringComparison.Ordinal)) && header.Layers.Any(claim => claim.Kernel == "training only"))
            fault("dropout: training only", "the forward pass draws masks");

        static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
    }

    private static void CheckTraining(Witnessed network, HeaderClaims header, EmittedText text, Action<string, string> fault)
    {
        if (header.Training is not { } training || header.Trainer is not { } trainer || network.Optimizer is null)
        {
            if (network.Optimizer is not null || header.Training is not null || header.Trainer is not null || text.HasType("Trainer"))
                fault("Training", "there is a trainer and no word of it, or the other way round");
            return;
        }

        string holder = network.Profile == "Simd" ? "Passes" : "Gn";
        string loss = EmittedText.Calls(text.Get(holder, "Loss")).First().Name, update = EmittedText.Calls(text.Get(holder, "UpdateSome")).Single().Name;
        Expect("loss", training.Groups["loss"].Value, network.Loss!, Regex.Match(loss, "^(.+?)(Rows|Loss\\d*)$").Groups[1].Value);
        Expect("optimizer", training.Groups["optimizer"].Value, network.Optimizer, Regex.Match(update, "^(.+?)Update").Groups[1].Value);
        Expect("reduction", training.Groups["reduction"].Value, network.Reduction!.ToLowerInvariant());
        string accumulate = text.Get("Trainer", "Accumulate").ToFullString();
        bool isMean = accumulate.Contains("/ samples", StringComparison.Ordinal) || accumulate.Contains("1.0 / (samples", StringComparison.Ordinal);
        Expect("reduction in the text", training.Groups["reduction"].Value, isMean ? "mean" : "sum");
        Expect("trainer", HeaderClaims.Number(trainer.Groups["bytes"].Value).ToString(), (network.ElementBytes * text.Number(@"\b_memory = new [\w.]+[\[(](\d+)[\])];")).ToString());
        MethodDeclarationSyntax batch = text.Methods.First(method => method.Identifier.Text == "Accumulate" && method.Parent is TypeDeclarationSyntax { Identifier.Text: "Batches" or "Gn" });
        Expect("samples of a trainer", HeaderClaims.Number(trainer.Groups["rows"].Value).ToString(), Regex.Match(batch.ToFullString(), @"samples - first < (\d+) \?").Groups[1].Value);

        void Expect(string what, string said, params string[] found)
        {
            if (found.Any(word => word != said))
                fault($"{what}: {said}", $"found {string.Join(" and ", found)}");
        }
    }

    /// <summary>The table of layers stands on the class again.</summary>
    private static void CheckRemarks(string text, HeaderClaims header, Action<string, string> fault)
    {
        Match remarks = Regex.Match(text, "/// <code>\n(.*?)/// </code>", RegexOptions.Singleline);
        if (!remarks.Success)
        {
            if (header.Title.Groups["profile"].Value != "Basic")
                fault("remarks", "there are none");
            return;
        }

        IEnumerable<string> lines = remarks.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Replace("///", "").Trim()).Where(line => line.Length > 0);
        if (!lines.SequenceEqual(header.Table))
            fault("remarks", "they are another table");
    }
}
