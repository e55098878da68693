using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Issues;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace GeneratedNetworks.CodeFixes.Tests;

/// <summary>Each fix is taken where the generator reports the fault; then the text is as it should be, and the fault is gone.</summary>
public class CodeFixTests
{
    private const string Usings = "using GeneratedNetworks;\n\n";

    [Theory]
    [InlineData("public class Net { }", "public partial class Net { }")]
    [InlineData("class Net { }", "partial class Net { }")]
    [InlineData("/// <summary>Mine.</summary>\n// Here.\n@ internal sealed class Net;", "/// <summary>Mine.</summary>\n// Here.\n@ internal sealed partial class Net;")]
    public async Task A_class_becomes_partial(string before, string after)
    {
        static string Place(string text) => text.Contains('@')
            ? text.Replace("@ ", "[GeneratedNetwork(2)]\n[Dense(1)]\n", StringComparison.Ordinal)
            : "[GeneratedNetwork(2)]\n[Dense(1)]\n" + text;
        await AssertFixed(new MakePartialFix(), "GN0001", "Make 'Net' partial", Place(before), Place(after));
    }

    [Fact]
    public async Task So_do_the_types_around_it_one_by_one()
    {
        const string Before = "public static class Outer\n{\n    struct Inner\n    {\n        [GeneratedNetwork(2)]\n        [Dense(1)]\n        public partial class Net { }\n    }\n}\n";
        using Editor editor = new(Usings + Before);
        MakePartialFix fix = new();
        while ((await editor.Diagnostics()).Any(diagnostic => diagnostic.Id == "GN0002"))
            await editor.Take(fix, "GN0002", Assert.Single(await editor.Offers(fix, "GN0002")));
        string text = await editor.Text();
        Assert.Contains("public static partial class Outer", text, StringComparison.Ordinal);
        Assert.Contains("    partial struct Inner", text, StringComparison.Ordinal);
        Assert.Empty(await editor.Diagnostics());
    }

    [Fact]
    public async Task A_loss_gets_its_output_activation_or_gives_way()
    {
        const string Before = "[GeneratedNetwork(4)]\n[Dense(8, Activation.Tanh)]\n[Dense(3, Activation.Relu)]\n[Training(Loss.CrossEntropy)]\npublic partial class Net { }\n";
        using (Editor editor = new(Usings + Before))
        {
            string[] offers = ["Use Softmax as the output activation", "Use LogSoftmax as the output activation", "Use the loss MeanSquaredError"];
            Assert.Equal(offers, await editor.Offers(new FunctionFix(), "GN0011"));
        }

        await AssertFixed(
            new FunctionFix(), "GN0011", "Use LogSoftmax as the output activation", Before, Before.Replace("Activation.Relu", "Activation.LogSoftmax", StringComparison.Ordinal));
        await AssertFixed(
            new FunctionFix(), "GN0011", "Use the loss MeanSquaredError", Before, Before.Replace("CrossEntropy", "MeanSquaredError", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[Dense(3)]", "[Dense(3, Activation.Softmax)]")]
    [InlineData("[Dense(3, UseBias = false)]", "[Dense(3, Activation.Softmax, UseBias = false)]")]
    [InlineData("[Dense(units: 3)]", "[Dense(units: 3, activation: Activation.Softmax)]")]
    [InlineData("[Dense(activation: Activation.Relu, units: 3)]", "[Dense(activation: Activation.Softmax, units: 3)]")]
    [InlineData("[Dense(3), Activation(Activation.Tanh)]", "[Dense(3), Activation(Activation.Softmax)]")]
    public async Task Wherever_the_output_activation_is_said(string before, string after) => await AssertFixed(
        new FunctionFix(),
        "GN0011",
        "Use Softmax as the output activation",
        $"[GeneratedNetwork(4)]\n{before}\n[Training(Loss.CrossEntropy)]\npublic partial class Net {{ }}\n",
        $"[GeneratedNetwork(4)]\n{after}\n[Training(Loss.CrossEntropy)]\npublic partial class Net {{ }}\n");

    [Fact]
    public async Task A_loss_that_fits_the_output_is_offered_first()
    {
        const string Text = "[GeneratedNetwork(4)]\n[Dense(1, Activation.Sigmoid)]\n[Training(Loss.CrossEntropy)]\npublic partial class Net { }\n";
        using Editor editor = new(Usings + Text);
        Assert.Equal("Use the loss BinaryCrossEntropy", (await editor.Offers(new FunctionFix(), "GN0011")).First(title => title.Contains("loss", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Names_are_qualified_where_they_must_be() => await AssertFixed(
        new FunctionFix(),
        "GN0011",
        "Use Sigmoid as the output activation",
        "[GeneratedNetworks.GeneratedNetwork(4)]\n[GeneratedNetworks.Dense(1)]\n[GeneratedNetworks.Training(GeneratedNetworks.Loss.BinaryCrossEntropy)]\npublic partial class Net { }\n",
        "[GeneratedNetworks.GeneratedNetwork(4)]\n[GeneratedNetworks.Dense(1, GeneratedNetworks.Activation.Sigmoid)]\n[GeneratedNetworks.Training(GeneratedNetworks.Loss.BinaryCrossEntropy)]\npublic partial class Net { }\n",
        usings: "");

    [Theory]
    [InlineData("Dense(8, \"relu\")", "Dense(8, Activation.Relu)", "Activation.Relu")]
    [InlineData("Dense(8, Activation.ReLU, UseBias = false)", "Dense(8, Activation.Relu, UseBias = false)", "Activation.Relu")]
    [InlineData("Dense(8, activation: Tanh)", "Dense(8, activation: Activation.Tanh)", "Activation.Tanh")]
    [InlineData("Dense(8, Initializer = Initializer.henormal)", "Dense(8, Initializer = Initializer.HeNormal)", "Initializer.HeNormal")]
    public async Task A_value_is_written_as_it_was_meant(string before, string after, string value) => await AssertFixed(
        new ArgumentFix(),
        "GN0033",
        $"Write {value}",
        $"[GeneratedNetwork(4)]\n[{before}]\n[Dense(3)]\npublic partial class Net {{ }}\n",
        $"[GeneratedNetwork(4)]\n[{after}]\n[Dense(3)]\npublic partial class Net {{ }}\n");

    [Fact]
    public async Task Nothing_is_written_where_nobody_knows_what_was_meant()
    {
        using Editor editor = new(Usings + "[GeneratedNetwork(4)]\n[Dense(8, Activation.Wobble)]\n[Dense(\"3\")]\npublic partial class Net { }\n");
        Assert.Empty(await editor.Offers(new ArgumentFix(), "GN0033"));
    }

    [Fact]
    public async Task Softmax_inside_gives_way() => await AssertFixed(
        new FunctionFix(),
        "GN0010",
        "Use Tanh here",
        "[GeneratedNetwork(4)]\n[Dense(8, Activation.Softmax)]\n[Dense(3)]\npublic partial class Net { }\n",
        "[GeneratedNetwork(4)]\n[Dense(8, Activation.Tanh)]\n[Dense(3)]\npublic partial class Net { }\n");

    [Fact]
    public async Task Softmax_of_one_output_becomes_sigmoid_with_its_loss() => await AssertFixed(
        new FunctionFix(),
        "GN0104",
        "Use Sigmoid and BinaryCrossEntropy",
        "[GeneratedNetwork(4)]\n[Dense(1, Activation.Softmax)]\n[Training(Loss.CrossEntropy, Optimizer.Adam)]\npublic partial class Net { }\n",
        "[GeneratedNetwork(4)]\n[Dense(1, Activation.Sigmoid)]\n[Training(Loss.BinaryCrossEntropy, Optimizer.Adam)]\npublic partial class Net { }\n");

    [Theory]
    [InlineData("GN0014", "[Dense(4, Name = \"1st-layer\")]\n[Dense(1)]", "layer_1st_layer", "[Dense(4, Name = \"layer_1st_layer\")]\n[Dense(1)]")]
    [InlineData("GN0014", "[Dense(4, Name = \"größe\")]\n[Dense(1)]", "gr__e", "[Dense(4, Name = \"gr__e\")]\n[Dense(1)]")]
    [InlineData("GN0015", "[Dense(4, Name = \"hidden\")]\n[Dense(1, Name = \"Hidden\")]", "Hidden2", "[Dense(4, Name = \"hidden\")]\n[Dense(1, Name = \"Hidden2\")]")]
    public async Task A_layer_gets_a_name_that_is_free(string id, string before, string name, string after) => await AssertFixed(
        new LayerNameFix(),
        id,
        $"Call this layer '{name}'",
        $"[GeneratedNetwork(2)]\n{before}\npublic partial class Net {{ }}\n",
        $"[GeneratedNetwork(2)]\n{after}\npublic partial class Net {{ }}\n");

    [Fact]
    public async Task Layers_are_named_as_they_are_called_already()
    {
        const string Before = "[GeneratedNetwork(2)]\n[Dense(4, Activation.Tanh)]\n[Dropout(0.5)]\n[Dense(3, Name = \"middle\")]\n[Dense(1)]\npublic partial class Net\n{\n    int _mine;\n}\n";
        using Editor editor = new(Usings + Before);
        NameLayersRefactoring refactoring = new();
        Assert.Empty(await editor.Refactorings(refactoring, "_mine"));
        IReadOnlyList<CodeAction> offers = await editor.Refactorings(refactoring, "Dropout");
        Assert.Equal("Name the layers", Assert.Single(offers).Title);
        await editor.Apply(offers[0]);
        string text = await editor.Text();
        Assert.Contains("[Dense(4, Activation.Tanh, Name = \"dense1\")]", text, StringComparison.Ordinal);
        Assert.Contains("[Dense(3, Name = \"middle\")]\n[Dense(1, Name = \"dense3\")]", text, StringComparison.Ordinal);
        Assert.DoesNotContain(await editor.Diagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Empty(await editor.Refactorings(refactoring, "Dropout"));
    }

    [Fact]
    public void The_tables_are_the_generators()
    {
        Dictionary<string, string[]> needed = LossFunction.All
            .Where(loss => loss.Outputs.Count > 0)
            .ToDictionary(loss => loss.Loss.ToString(), loss => loss.Outputs.Select(output => output.ToString()).ToArray());
        Assert.Equal(needed.OrderBy(pair => pair.Key, StringComparer.Ordinal), FunctionFix.Outputs.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        string[] ids = [Ids.NotPartial, Ids.ContainingTypeNotPartial, Ids.SoftmaxBeforeOutput, Ids.LossNeedsActivation, Ids.BadLayerName, Ids.DuplicateLayerName, Ids.ModelFileMissing, Ids.BadArgument, Ids.SoftmaxOfOneOutput];
        string[] issues =
        [
            IssueIds.NotPartial, IssueIds.ContainingTypeNotPartial, IssueIds.SoftmaxBeforeOutput, IssueIds.LossNeedsActivation,
            IssueIds.BadLayerName, IssueIds.DuplicateLayerName, IssueIds.ModelFileMissing, IssueIds.BadArgument, IssueIds.SoftmaxOfOneOutput,
        ];
        Assert.Equal(issues, ids);
        Assert.Equal(DiagnosticDescriptors.Meant, Ids.Meant);
    }

    [Fact]
    public void Editors_load_it_without_the_generator()
    {
        string[] references = [.. typeof(MakePartialFix).Assembly.GetReferencedAssemblies().Select(name => name.Name!).Order(StringComparer.Ordinal)];
        Assert.DoesNotContain(references, name => name.StartsWith("GeneratedNetworks", StringComparison.Ordinal) || name.StartsWith("System.Composition", StringComparison.Ordinal));
        Assert.Contains("Microsoft.CodeAnalysis.Workspaces", references);
    }

    private static async Task AssertFixed(CodeFixProvider provider, string id, string title, string before, string after, string usings = Usings)
    {
        using Editor editor = new(usings + before);
        await editor.Take(provider, id, title);
        Assert.Equal(usings + after, await editor.Text());
        Assert.DoesNotContain(await editor.Diagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || diagnostic.Id == id);
    }
}
