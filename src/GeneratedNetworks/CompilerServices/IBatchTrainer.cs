using System.ComponentModel;

namespace GeneratedNetworks.CompilerServices;

/// <summary>A trainer that takes statistics of the batch: it steps on one thread, whatever <see cref="FitOptions.Threads"/> says.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBatchTrainer
{
    /// <summary>How many samples a batch needs: 2 where a channel has one value of each sample, since one value has no variance.</summary>
    int LeastBatch { get; }
}
