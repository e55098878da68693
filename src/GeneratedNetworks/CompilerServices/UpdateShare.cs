using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace GeneratedNetworks.CompilerServices;

/// <summary>Which parameters one call of a generated trainer updates: all, which is the default, or the share of a thread.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>, by the network's <see cref="Precision"/>.</typeparam>
/// <remarks>Of each stretch of parameters that are treated alike, it goes from <see cref="Start"/> to <see cref="End"/>, block by block.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct UpdateShare<T>
    where T : struct
{
    /// <summary>
    /// Threads take parameters in blocks of this many elements: enough to hide a block's own cost, few enough to stay in the nearest cache between the sum
    /// of their gradients and their update.
    /// </summary>
    private const int Block = 1024;

    private readonly ReadOnlySpan<IParallelTrainer<T>> _workers;
    private readonly Shards<T>? _shards;
    private readonly int _part;
    private readonly int _parts;
    private readonly bool _isSummed;

    internal UpdateShare(Shards<T> shards, ReadOnlySpan<IParallelTrainer<T>> workers, int part, int parts, bool isSummed)
    {
        if (parts < 1)
            throw new ArgumentOutOfRangeException(nameof(parts), parts, "There must be a part.");
        if (part < 0 || part >= parts)
            throw new ArgumentOutOfRangeException(nameof(part), part, $"The part must be one of {parts}, counted from 0.");
        _shards = shards;
        _workers = workers;
        _part = part;
        _parts = parts;
        _isSummed = isSummed;
    }

    /// <summary>Where the share of a stretch begins.</summary>
    /// <param name="start">Where the stretch begins.</param>
    /// <param name="length">Its elements.</param>
    /// <returns>The first element.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Start(int start, int length) => _shards is null ? start : start + Cut(length, _part);

    /// <summary>Where the share of a stretch ends.</summary>
    /// <param name="start">Where the stretch begins.</param>
    /// <param name="length">Its elements.</param>
    /// <returns>The element behind the last.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int End(int start, int length) => _shards is null ? start + length : start + Cut(length, _part + 1);

    /// <summary>The next block, whose gradients are added up first where several threads computed them.</summary>
    /// <param name="at">Where the block begins.</param>
    /// <param name="end">Where the share of the stretch ends.</param>
    /// <returns>Its elements, 0 at the end.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(int at, int end) => _shards is null ? end - at : TakeBlock(at, end);

    private int TakeBlock(int at, int end)
    {
        int count = Math.Min(end - at, Block);
        if (count > 0 && !_isSummed)
            _shards!.Sum(_workers, at, count);
        return count;
    }

    /// <summary>Where a part begins. Whole blocks: which of them are whose does not change what is computed.</summary>
    private int Cut(int length, int part)
    {
        long blocks = (length / Block) + (length % Block > 0 ? 1 : 0);
        return (int)Math.Min(length, blocks * part / _parts * Block);
    }
}
