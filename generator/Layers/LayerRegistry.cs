using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>Every layer that can be written as an attribute, one line each.</summary>
internal static class LayerRegistry
{
    /// <summary>Attribute name, how it becomes layers, and an example from which the tests build, check and document a network.</summary>
    public static readonly IReadOnlyList<LayerRegistration> Layers =
    [
        new("Dense", DenseLayer.Create, "[Dense(3, Activation.Tanh)]"),
        new("Activation", ActivationLayer.Create, "[Activation(Activation.Silu)]"),
        new("Dropout", DropoutLayer.Create, "[Dropout(0.25)]"),
        new("Flatten", FlattenLayer.Create, "[Flatten]"),
    ];

    public static LayerRegistration? Find(string attribute)
    {
        foreach (LayerRegistration registration in Layers)
        {
            if (registration.Attribute == attribute)
                return registration;
        }

        return null;
    }
}

/// <param name="Attribute">The attribute's name without its suffix.</param>
/// <param name="Create">Reads the attribute's arguments and returns the layers it stands for, in order; reports what is wrong with them.</param>
/// <param name="Example">One line of source.</param>
internal sealed record LayerRegistration(string Attribute, LayerFactory Create, string Example);

internal delegate IEnumerable<Layer> LayerFactory(LayerArguments arguments);
