using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using GeneratedNetworks.Generator.Emit;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Parsing;
using GeneratedNetworks.Generator.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GeneratedNetworks.Generator.Tests.General;

/// <summary>Networks of layers that are not part of the product: from data to a plan, to text, and to a class that runs.</summary>
internal static class GeneralNetwork
{
    /// <summary>All assemblies start from it, so that their compilations share what the references contain.</summary>
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "General", references: Target.Net100.References, options: new(OutputKind.DynamicallyLinkedLibrary, concurrentBuild: false));

    private static readonly IReadOnlyList<LayerRegistration> Layers =
    [
        SumLayer.Registration,
        ScaleLayer.Registration,
        AddRowsLayer.Registration,
    ];

    /// <summary>Lines of layers in the words of a model text: <c>Dense units=3 activation=Tanh Name="a"</c>.</summary>
    public static NetworkPlan Plan(
        EmitProfile profile, int[] inputs, string layers, Optimizer optimizer = Optimizer.Sgd, bool inputGradients = false, Precision precision = Precision.Double, bool streaming = false)
    {
        using IDisposable known = LayerRegistry.With(Layers);
        string text = $"{ModelTextReader.Signature}\ninput {string.Join(' ', inputs)}\n"
            + string.Concat(layers.Split('\n').Select(line => $"layer {line.Trim()}\n")) + "end 0\n";
        ModelFile file = ModelTextReader.Read(text, "", "general", withElements: false, CancellationToken.None);
        Assert.Null(file.Error);
        TypeModel type = new("", [], "Net", false, "Net", []);
        CompilerOptions options = profile switch
        {
            EmitProfile.Simd => new(1400, true, true, false, true),
            EmitProfile.Scalar => new(900, true, false, false, true),
            _ => new(703, false, false, false, false),
        };
        NetworkModel model = new(
            type,
            new(inputs),
            (int)precision,
            (int)profile,
            0,
            file.Layers,
            new((int)Loss.SquaredError, (int)optimizer, 0, inputGradients, 0),
            options)
        {
            Streaming = streaming,
        };
        List<Issues.Issue> issues = [];
        NetworkGraph? graph = ShapeInference.Infer(model, issues, CancellationToken.None);
        Assert.Empty(issues);
        return Planner.Plan(graph!, CancellationToken.None);
    }

    /// <summary>The class in an assembly of its own.</summary>
    public static Type Compile(NetworkPlan plan)
    {
        EmittedNetwork network = NetworkEmitter.Emit(plan, CancellationToken.None);
        List<string> texts = [.. network.Files.Select(file => file.Text), "public sealed partial class Net { }"];
        if (network.Use is { } use)
            texts.Add(LibraryFile.Write(plan.Graph.Model.Options.Assembly, [use]));
        CSharpParseOptions parse = new(plan.Graph.Profile == Model.EmitProfile.Simd ? LanguageVersion.CSharp14
            : plan.Graph.Profile == Model.EmitProfile.Scalar ? LanguageVersion.CSharp9 : LanguageVersion.CSharp7_3);
        CSharpCompilation compilation = Empty.AddSyntaxTrees(texts.Select(text => CSharpSyntaxTree.ParseText(text, parse)));
        using MemoryStream image = new();
        IEnumerable<Diagnostic> problems = compilation.Emit(image).Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error);
        Assert.True(!problems.Any(), string.Join("\n", problems.Take(5)) + "\n" + string.Join("\n", texts));
        image.Position = 0;
        return new AssemblyLoadContext(null).LoadFromStream(image).GetType("Net", throwOnError: true)!;
    }
}
