using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>A part of what a network takes: a layer's, or what is no layer's alone.</summary>
internal sealed record Share(string Name, long Amount);

/// <summary>What a network takes, known from its plan alone: the header says it, and a budget limits it.</summary>
/// <remarks>Bytes are those of the elements of arrays and of what is on the stack, without what a runtime adds to each object.</remarks>
internal sealed class Footprint
{
    private readonly NetworkPlan _plan;
    private readonly int _bytes;

    public Footprint(NetworkPlan plan)
    {
        _plan = plan;
        _bytes = plan.Layout.ElementBytes;
        Parameters = [.. plan.Graph.Parameters.GroupBy(block => block.Layer).Select(layer => new Share(layer.Key, layer.Sum(block => block.Shape.LongCount)))];
        Constants = plan.Graph.Embedded is null ? []
            : plan.Graph.Profile == EmitProfile.Basic ? Sum(Memory(1))
            : [.. Parameters.Select(share => share with { Amount = share.Amount * _bytes })];
        Share scratch = new($"values of {plan.Inference.ChunkRows} samples", ScratchBytes());
        Forward = Sum([.. Memory(1), Slack(), scratch]);
        Training = plan.Training is { } training ? Sum([.. Forward, .. Trainer(training)]) : [];
        MultiplyAdds = Sum(Each(plan.Inference.Calls).Select(Product));
        StepMultiplyAdds = plan.Training is { } step ? Sum(Each(step.Forward.Concat(step.Backward.Where(operation => !step.OnlyForInputs.Contains(operation)))).Select(Product)) : [];
    }

    /// <summary>Numbers in canonical order.</summary>
    public IReadOnlyList<Share> Parameters { get; }

    /// <summary>Bytes in the assembly: the embedded parameters. In <c>Basic</c> they are the network's memory as it is, padding included.</summary>
    public IReadOnlyList<Share> Constants { get; }

    /// <summary>Bytes of memory to run: the network's own, and the values of a chunk of samples.</summary>
    public IReadOnlyList<Share> Forward { get; }

    /// <summary>Bytes of memory to train: the same and the trainer's; nothing without a trainer.</summary>
    public IReadOnlyList<Share> Training { get; }

    /// <summary>Those of the layers' products for one sample.</summary>
    public IReadOnlyList<Share> MultiplyAdds { get; }

    /// <summary>The same of a training step: forward, and the gradients of weights and values; the update is not among them.</summary>
    public IReadOnlyList<Share> StepMultiplyAdds { get; }

    /// <summary>Bytes of constants in the assembly.</summary>
    public static long ConstantBytes(NetworkPlan plan) => Total(new Footprint(plan).Constants);

    public static long Total(IEnumerable<Share> shares) => shares.Sum(share => share.Amount);

    /// <summary>Arrays of the layout of the parameters: themselves, gradients, moments. Buffers are in the first alone.</summary>
    private IEnumerable<Share> Memory(int arrays, bool withBuffers = true)
    {
        BlockPlace[] places = [.. _plan.Parameters.Places.OrderBy(place => place.Offset)];
        for (int i = 0; i < places.Length; i++)
        {
            int end = i + 1 < places.Length ? places[i + 1].Offset : _plan.ParameterLength;
            if (withBuffers || places[i].Block.Role != ParameterRole.Buffer)
                yield return new(places[i].Block.Layer, (long)arrays * (end - places[i].Offset) * _bytes);
        }
    }

    private IEnumerable<Share> Trainer(TrainingPlan training)
    {
        foreach (DenseWeights weights in _plan.Parameters.Transposed)
            yield return new(weights.Layer, (long)_plan.Layout.Align(weights.TransposedLength) * _bytes);
        foreach (Share share in Memory(1 + training.Trainer.Slots, withBuffers: false))
            yield return share;
        yield return new($"values of {training.ChunkRows} samples in training", (long)training.Trainer.ScratchLength * _bytes);
        yield return Slack();
    }

    /// <summary>What memory that starts a cache line has beyond its elements.</summary>
    private Share Slack() => new("alignment", _plan.Graph.Profile == EmitProfile.Simd ? Layout.LineBytes : 0);

    /// <summary>On the stack, once for each thread where that is too small, or in the network.</summary>
    private long ScratchBytes()
    {
        if (ChunkSize.IsBeyondStack(_plan.Graph, _plan.Layout, _plan.Inference))
            return (long)_plan.Inference.ScratchLength * _bytes;
        return ((long)_plan.Inference.WorkLength * _bytes) + Slack().Amount;
    }

    /// <summary>What runs, as often as it runs.</summary>
    private static IEnumerable<Operation> Each(IEnumerable<Operation> operations) => operations.SelectMany(operation => operation is Repetition repetition
        ? [.. repetition.Before, .. Enumerable.Range(0, repetition.Steps).SelectMany(_ => repetition.Body.Flat()), .. repetition.After]
        : new[] { operation }.Flat());

    private Share Product(Operation operation) => operation switch
    {
        Gemm product => Of(product.Weight),
        GemmTransposed product => Of(product.Weight),
        WeightGradient product => Of(product.Weight),
        Convolve product => new(product.Weight.Layer, PatchWalk.Of(product, _plan.Parameters.PatchesOf(product.Weight)).MultiplyAdds),
        Deconvolve product => new(product.Weight.Layer, PatchWalk.Of(product, _plan.Parameters.PatchesOf(product.Weight)).Sum(walk => walk.MultiplyAdds)),
        DeconvolveBackward product => new(product.Weight.Layer, PatchWalk.Of(product, _plan.Parameters.PatchesOf(product.Weight)).MultiplyAdds),
        DeconvolveGradient product => new(product.Weight.Layer, PatchWalk.Of(product, _plan.Parameters.PatchesOf(product.Weight)).MultiplyAdds * product.Window.Taps),
        ConvolveTransposed product => new(product.Weight.Layer, PatchWalk.Transposed(product, _plan.Parameters.PatchesOf(product.Weight)).Sum(walk => walk.MultiplyAdds)),
        ConvolveGradient product => new(product.Weight.Layer, PatchWalk.Of(product, _plan.Parameters.PatchesOf(product.Weight)).MultiplyAdds),
        _ => new(string.Empty, 0),
    };

    private Share Of(ParameterBlock weight)
    {
        DenseWeights weights = _plan.Weights.Of(weight);
        return new(weights.Layer, (long)weights.Inputs * weights.Outputs);
    }

    /// <summary>One share for each name, in the order of their first.</summary>
    private static IReadOnlyList<Share> Sum(IEnumerable<Share> shares) =>
        [.. shares.Where(share => share.Amount > 0).GroupBy(share => share.Name, StringComparer.Ordinal).Select(group => new Share(group.Key, Total(group)))];
}
