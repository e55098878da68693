using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>What nanoFramework's assemblies cannot hold is said in the build, since its tools say nothing; no other target hears of it.</summary>
public sealed class NanoLimitTests
{
    private static readonly Target Framework = Target.NetStandard20 with { Language = LanguageVersion.CSharp7_3 };

    /// <summary>A row of 4 outputs has no padding: 4 × 4,094 weights and 4 biases are 65,520 bytes.</summary>
    [Theory]
    [InlineData("[«Weights(\"net.safetensors\")»] public partial class Net { }", 4095, "65,536")]
    [InlineData("[«Weights(\"net.safetensors\")»] public static partial class Net { }", 4095, "65,536")]
    [InlineData("[«Weights(\"net.safetensors\")»] [Training(Loss.Huber)] public partial class Net { }", 20000, "320,016")]
    [InlineData("[Weights(\"net.safetensors\")] public partial class «Net» { }", 4094, null)]
    public void GN0034_NanoConstants(string declaration, int inputs, string? bytes)
    {
        Marked marked = Marked.Parse(GeneratorHarness.Usings + $"[GeneratedNetwork({inputs})] [Dense(4)] " + declaration);
        GeneratorRun run = GeneratorHarness.Run(marked.Text, Target.Nano, null, File(inputs, 4));
        Assert.Empty(run.CompilerDiagnostics);
        if (bytes is null)
        {
            Assert.Empty(run.GeneratorDiagnostics);
            return;
        }

        Diagnostic error = Assert.Single(run.GeneratorDiagnostics);
        Assert.Equal("GN0034", error.Id);
        Assert.StartsWith(
            $"The parameters of 'Net' take {bytes} bytes, and a constant of a nanoFramework assembly has at most 65,535: leave [Weights] out", error.GetMessage(), StringComparison.Ordinal);
        marked.AssertAt(error, "File0.cs");
    }

    /// <summary>Layers from a file are embedded by the attribute that names it.</summary>
    [Fact]
    public void GN0034_OfALayerFile()
    {
        Marked marked = Marked.Parse(GeneratorHarness.Usings + "[«GeneratedNetwork(Model = \"net.onnx\")»] public partial class Net { }");
        GeneratorRun run = GeneratorHarness.Run(
            marked.Text, Target.Nano, null, ModelTexts.Of("net.onnx", ModelTexts.Model([4095], ModelTexts.Dense("a", 4095, 4, Activation.Tanh))));
        Diagnostic error = Assert.Single(run.GeneratorDiagnostics);
        Assert.Equal("GN0034", error.Id);
        marked.AssertAt(error, "File0.cs");
    }

    /// <summary>Basic for .NET Framework, and nanoFramework with its library of mathematics.</summary>
    [Fact]
    public void OnlyNanoFrameworkHasTheLimit()
    {
        const string Net = GeneratorHarness.Usings + "[GeneratedNetwork(4095)] [Dense(4)] [Weights(\"net.safetensors\")] public partial class Net { }";
        GeneratorHarness.Run(Net, Framework, null, File(4095, 4)).AssertClean();
        Target mathematics = Target.Nano with { Prelude = Target.Nano.Prelude + "namespace System { public static class Math { } }" };
        Assert.Equal("GN0034", Assert.Single(GeneratorHarness.Run(Net, mathematics, null, File(4095, 4)).GeneratorDiagnostics).Id);
    }

    /// <summary>Networks of 4 × 1,000 + 4 numbers are 16,016 bytes each: four of them fit no table of 65,535 bytes that holds signatures, too.</summary>
    [Theory]
    [InlineData("nanoFramework", 4, "The networks of this assembly embed 64,064 bytes (A 16,016, B 16,016, C 16,016, D 16,016), and nanoFramework keeps the constants and signatures of an assembly in 65,535, of which 4,096")]
    [InlineData("nanoFramework", 3, null)]
    [InlineData("netstandard2.0", 4, null)]
    public async Task GN0110_NanoConstantsTogether(string target, int count, string? message)
    {
        IEnumerable<string> networks = "ABCD"[..count].Reverse().Select(name => $"[GeneratedNetwork(1000)] [Dense(4)] [{(name == 'A' ? "«" : "")}Weights(\"net.safetensors\"){(name == 'A' ? "»" : "")}] public partial class {name} {{ }}\n");
        Marked marked = Marked.Parse(GeneratorHarness.Usings + string.Concat(networks));
        GeneratorRun run = GeneratorHarness.Run(marked.Text, target == Framework.Name ? Framework : Target.Named(target), null, File(1000, 4)).AssertClean();
        Diagnostic[] warnings = [.. (await run.AnalyzeAsync()).Where(diagnostic => diagnostic.Id == "GN0110")];
        if (message is null)
        {
            Assert.Empty(warnings);
            return;
        }

        Assert.StartsWith(message, Assert.Single(warnings).GetMessage(), StringComparison.Ordinal);
        marked.AssertAt(warnings[0], "File0.cs");
    }

    /// <summary>At the largest, and not beside the error of one that is too large by itself.</summary>
    [Theory]
    [InlineData(3000, true)]
    [InlineData(5000, false)]
    public async Task GN0110_StandsAtTheLargest(int inputs, bool isTogether)
    {
        Marked marked = Marked.Parse(GeneratorHarness.Usings + $$"""
            [GeneratedNetwork(1000)] [Dense(4)] [Weights("net.safetensors")] public partial class A { }
            [GeneratedNetwork({{inputs}})] [Dense(4)] [«Weights("large.safetensors")»] public partial class B { }
            """);
        GeneratorRun run = GeneratorHarness.Run(marked.Text, Target.Nano, null, File(1000, 4), File(inputs, 4, "large.safetensors"));
        Diagnostic[] warnings = [.. (await run.AnalyzeAsync()).Where(diagnostic => diagnostic.Id == "GN0110")];
        Assert.Equal(isTogether ? 1 : 0, warnings.Length);
        Diagnostic found = Assert.Single([.. warnings, .. run.GeneratorDiagnostics]);
        Assert.Equal(isTogether ? "GN0110" : "GN0034", found.Id);
        marked.AssertAt(found, "File0.cs");
    }

    private static AdditionalText File(int inputs, int outputs, string name = "net.safetensors") =>
        ModelTexts.Of(name, ModelTexts.Tensors(("dense1.weight", [inputs, outputs]), ("dense1.bias", [outputs])));
}
