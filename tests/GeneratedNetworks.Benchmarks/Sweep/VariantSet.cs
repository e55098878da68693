using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using GeneratedNetworks.Benchmarks.Generation;
using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Networks;
using GeneratedNetworks.Generator;
using GeneratedNetworks.Generator.Emit;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Benchmarks.Sweep;

/// <summary>A layer in every way that the planner could choose, compiled into one assembly.</summary>
internal static class VariantSet
{
    private static readonly TileShape[] Tiles = [CostModel.WideTile, CostModel.LowTile, CostModel.NarrowTile];

    private static readonly int[] InferenceRows = [12, 16, 32, 64, 128, 256], TrainingRows = [16, 32, 64, 128, 256];

    /// <summary>The planner's pick first.</summary>
    public static List<Variant> Create(int inputs, int outputs)
    {
        List<Forced> asked = [new Forced()];
        foreach (Generator.Planning.WeightOrder order in Enum.GetValues<Generator.Planning.WeightOrder>())
        {
            // Choices for one sample and choices for many do not meet: both are walked through at once.
            foreach ((SampleForm sample, int i) in Enum.GetValues<SampleForm>().Select(static (form, i) => (form, i)))
            {
                foreach ((StepForm step, int j) in Enum.GetValues<StepForm>().Select(static (form, j) => (form, j)))
                {
                    asked.Add(new Forced
                    {
                        Order = order,
                        ForwardTile = Tiles[i % Tiles.Length],
                        GradientTile = Tiles[(i + j) % Tiles.Length],
                        Sample = sample,
                        Step = step,
                    });
                }
            }
        }

        asked.AddRange(Enumerable.Range(0, InferenceRows.Length).Select(static i => new Forced
        {
            InferenceRows = InferenceRows[i],
            TrainingRows = TrainingRows[Math.Min(i, TrainingRows.Length - 1)],
        }));
        return Load([inputs, outputs], asked);
    }

    /// <summary>Generates, compiles and loads; what comes out the same is kept once.</summary>
    /// <param name="sizes">Inputs, hidden units (relu), outputs (linear).</param>
    /// <param name="asked">What is asked of the planner. A layer that cannot have its order is left out.</param>
    /// <param name="scalar">In profile Scalar.</param>
    public static List<Variant> Load(int[] sizes, IReadOnlyList<Forced> asked, bool scalar = false)
    {
        NetworkModel model = ModelOf(sizes, scalar);
        NetworkGraph graph = ShapeInference.Infer(model, [], CancellationToken.None)!;
        List<(int Number, Variant Variant)> variants = [];
        Dictionary<string, Variant> texts = new(StringComparer.Ordinal);
        List<string> sources = [];
        List<LibraryUse> uses = [];
        for (int i = 0; i < asked.Count; i++)
        {
            string name = $"Variant{i}Network";
            NetworkGraph named = graph with { Model = model with { Type = model.Type with { Name = name } } };
            NetworkPlan plan = Planner.Plan(named, CancellationToken.None, asked[i]);
            if (asked[i].Order is { } order && order != plan.Weights[0].Order)
            {
                continue;
            }

            EmittedNetwork emitted = NetworkEmitter.Emit(plan, CancellationToken.None);
            string text = string.Concat(emitted.Files.Select(static file => file.Text));
            string anonymous = text.Replace(name, "Network", StringComparison.Ordinal);
            if (texts.TryGetValue(anonymous, out Variant? same))
            {
                same.Stands.Add(asked[i]);
                continue;
            }

            Variant variant = new(asked[i], plan);
            texts.Add(anonymous, variant);
            variants.Add((i, variant));
            sources.AddRange(emitted.Files.Select(static file => file.Text));
            if (emitted.Use is { } use)
            {
                uses.Add(use);
            }
        }

        if (uses.Count > 0)
        {
            sources.Add(LibraryFile.Write(model.Options.Assembly, uses));
        }

        string declarations = string.Join('\n', variants.Select(static variant => $"public sealed partial class Variant{variant.Number}Network;"));
        Assembly assembly = Assembly.Load(new GeneratedSource($"Sweep{string.Join('x', sizes)}", declarations).Build(sources));
        foreach ((int number, Variant variant) in variants)
        {
            Type type = assembly.GetType($"Variant{number}Network", throwOnError: true)!;
            object network = Activator.CreateInstance(type, 1UL)!;
            variant.Network = (INetwork<float>)network;
            variant.Trainer = (ITrainer<float>)Activator.CreateInstance(type.GetNestedType("Trainer")!, network, 0UL)!;
            variant.Trainer.LearningRate = Method.LearningRate;
        }

        List<Variant> loaded = [.. variants.Select(static pair => pair.Variant)];
        foreach (Variant other in loaded.Skip(1))
        {
            Compare(loaded[0], other, sizes[0], sizes[^1]);
        }

        return loaded;
    }

    /// <summary>A fast candidate that computes something else is none.</summary>
    private static void Compare(Variant expected, Variant actual, int inputs, int outputs)
    {
        foreach (int samples in new[] { 1, 9 })
        {
            Batch<float> data = new(samples, inputs, outputs, static value => (float)value);
            float[] first = new float[samples * outputs], second = new float[samples * outputs];
            expected.Network.Forward(data.Inputs, first);
            actual.Network.Forward(data.Inputs, second);
            float loss = expected.Trainer.Step(data.Inputs, data.Targets), other = actual.Trainer.Step(data.Inputs, data.Targets);
            if (first.Zip(second).Any(static pair => !(Math.Abs(pair.First - pair.Second) < 1e-4f)) || !(Math.Abs(loss - other) < 1e-4f))
            {
                throw new InvalidOperationException($"{inputs} → {outputs}: '{actual.Forward(samples)}' or '{actual.Step(samples)}' is wrong.");
            }
        }
    }

    /// <summary>What the parser makes of the declaration.</summary>
    private static NetworkModel ModelOf(int[] sizes, bool scalar)
    {
        GeneratedSource source = new(scalar ? ", Emit = EmitProfile.Scalar" : "", sizes);
        return source.Generate(GeneratedSource.CreateDriver())
            .GetRunResult().Results[0].TrackedSteps[TrackingNames.Plan]
            .SelectMany(static step => step.Outputs)
            .Select(static output => ((Outcome)output.Value).Model)
            .Single();
    }
}
