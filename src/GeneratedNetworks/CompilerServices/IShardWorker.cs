using System;
using System.ComponentModel;

namespace GeneratedNetworks.CompilerServices;

/// <summary>What a generated trainer shows to the others that share its steps.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>, by the network's <see cref="Precision"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IShardWorker<T>
    where T : struct
{
    /// <summary>Its shards of a batch.</summary>
    Shards<T> Shards { get; }

    /// <summary>The trainer's own gradients, in the order of its memory: those of its first shard, and of the trainer itself the sum.</summary>
    Span<T> Gradients { get; }
}
