using System;
using System.Diagnostics;

namespace GeneratedNetworks;

/// <summary>A row of a table for each number of a vocabulary: y[t] = W[x[t]], with W of shape [vocabulary, dimensions]. [time] becomes [time, dimensions].</summary>
/// <remarks>
/// It is the first layer of its input, which holds whole numbers from 0 to <see cref="Vocabulary"/> − 1 as numbers of the network's type; any other number throws before
/// anything is written. W counts as weights: penalties and decay apply.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[Conditional("GENERATEDNETWORKS_KEEP_ATTRIBUTES")]
public sealed class EmbeddingAttribute : UnaryLayerAttribute
{
    /// <summary>Adds a table.</summary>
    /// <param name="vocabulary">How many numbers there are, positive.</param>
    /// <param name="dimensions">The length of a row, positive.</param>
    public EmbeddingAttribute(int vocabulary, int dimensions)
    {
        Vocabulary = vocabulary;
        Dimensions = dimensions;
    }

    /// <summary>How many numbers there are.</summary>
    public int Vocabulary { get; }

    /// <summary>The length of a row.</summary>
    public int Dimensions { get; }

    /// <summary>How W is drawn when the network is constructed. Default: <see cref="Initializer.Auto"/>, which is <see cref="Initializer.GlorotUniform"/>.</summary>
    public Initializer Initializer { get; set; }

    /// <summary>Whether training leaves W as it is. Default: <see langword="false"/>.</summary>
    public bool Frozen { get; set; }
}
