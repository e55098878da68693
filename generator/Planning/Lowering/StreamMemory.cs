using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>A part of what a stream remembers.</summary>
/// <param name="Name">"gru1.state".</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Offset">Where it starts in a stream's memory.</param>
internal sealed record MemoryPart(string Name, Shape Shape, int Offset);

/// <summary>Collects what the layers of a network remember from frame to frame, and places it.</summary>
/// <param name="element">Of all of it.</param>
/// <param name="size">Elements of a stream's memory, once they are known.</param>
internal sealed class StreamMemory(ElementType element, int size = 0)
{
    private readonly List<MemoryPart> _parts = [];

    public IReadOnlyList<MemoryPart> Parts => _parts;

    public int Size => _parts.Sum(part => part.Shape.Count);

    /// <summary>A part; the same one for the same words.</summary>
    public Tensor PartOf(string layer, string what, Shape shape)
    {
        string name = layer + "." + what;
        MemoryPart? part = _parts.Find(other => other.Name == name);
        if (part is null)
        {
            part = new(name, shape, Size);
            _parts.Add(part);
        }

        return new Tensor(name, shape, element, size == 0 ? shape.Count : size, TensorRole.Past) { Offset = part.Offset };
    }
}
