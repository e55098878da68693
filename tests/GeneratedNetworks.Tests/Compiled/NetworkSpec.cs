using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace GeneratedNetworks.Tests.Compiled;

/// <summary>What a network's attributes say, as data, so that one description feeds the generator and the naive reference alike.</summary>
internal sealed record NetworkSpec(IReadOnlyList<int> InputShape, IReadOnlyList<LayerSpec> Layers, TrainingSpec? Training = null)
{
    public Precision Precision { get; init; } = Precision.Double;

    public EmitProfile Profile { get; init; } = EmitProfile.Simd;

    public Unroll Unroll { get; init; } = Unroll.Auto;

    public Numerics Numerics { get; init; } = Numerics.Fast;

    public bool Streaming { get; init; }

    public int InputSize => InputShape.Aggregate(1, (product, extent) => product * extent);

    public int OutputSize => Layers.OfType<DenseSpec>().LastOrDefault()?.Units ?? InputSize;

    /// <summary>Every function of the network in order, an activation of a dense layer being one of its own.</summary>
    public IEnumerable<Activation> Activations => Layers.Select(layer => layer switch
    {
        DenseSpec dense => dense.Activation,
        ActivationSpec activation => activation.Activation,
        _ => Activation.Identity,
    });

    public static NetworkSpec Of(int input, params LayerSpec[] layers) => new([input], layers);

    public NetworkSpec Train(Loss loss, Optimizer optimizer = Optimizer.Sgd, Reduction reduction = Reduction.Mean, bool inputGradients = false) =>
        this with { Training = new(loss, optimizer, reduction, inputGradients) };

    /// <summary>The same network in a profile and, where one is given, a precision.</summary>
    public NetworkSpec In(EmitProfile profile, Precision? precision = null) => this with { Profile = profile, Precision = precision ?? Precision };

    /// <summary>The declaration, in C# 7.3, without its namespace.</summary>
    public string ToSource(string className)
    {
        StringBuilder text = new();

        // Inputs by name have their shapes in lines of their own.
        text.Append("[GeneratedNetwork(").Append(string.Concat(InputShape.Select(extent => $"{extent}, ")));
        text.Append($"Precision = Precision.{Precision}, Emit = EmitProfile.{Profile}, Unroll = Unroll.{Unroll}{(Numerics == Numerics.Fast ? "" : $", Numerics = Numerics.{Numerics}")}{(Streaming ? ", Streaming = true" : "")})]\n");
        foreach (LayerSpec layer in Layers)
            text.Append(layer.ToSource()).Append('\n');
        if (Training is { } training)
        {
            text.Append($"[Training(Loss.{training.Loss}, Optimizer.{training.Optimizer}, Reduction = Reduction.{training.Reduction}, ");
            text.Append(training.InputGradients ? "InputGradients = true)]\n" : "InputGradients = false)]\n");
        }

        return text.Append($"public sealed partial class {className} {{ }}\n").ToString();
    }

    public override string ToString() => ToSource("Network").TrimEnd();
}

internal abstract record LayerSpec
{
    public abstract string ToSource();
}

internal sealed record DenseSpec(int Units, Activation Activation = Activation.Identity) : LayerSpec
{
    public bool UseBias { get; init; } = true;

    public Initializer Initializer { get; init; } = Initializer.Auto;

    public bool Frozen { get; init; }

    public string? Name { get; init; }

    public override string ToSource()
    {
        string named = (UseBias ? "" : ", UseBias = false")
            + (Initializer == Initializer.Auto ? "" : $", Initializer = Initializer.{Initializer}")
            + (Frozen ? ", Frozen = true" : "")
            + (Name is null ? "" : $", Name = \"{Name}\"");
        return $"[Dense({Units}, Activation.{Activation}{named})]";
    }
}

internal sealed record ActivationSpec(Activation Activation) : LayerSpec
{
    public override string ToSource() => $"[Activation(Activation.{Activation})]";
}

internal sealed record DropoutSpec(double Rate) : LayerSpec
{
    public override string ToSource() => $"[Dropout({Rate.ToString("R", CultureInfo.InvariantCulture)})]";
}

internal sealed record TrainingSpec(Loss Loss, Optimizer Optimizer, Reduction Reduction, bool InputGradients);
