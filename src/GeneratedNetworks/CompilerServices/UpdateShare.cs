using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace GeneratedNetworks.CompilerServices;

/// <summary>Which parameters one call of a generated trainer updates: all, which is the default, or the share of a thread.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>, by the network's <see cref="Precision"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct UpdateShare<T>
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
    private int _end;
    private bool _isInside;

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

    /// <summary>Where the block begins.</summary>
    public int At { readonly get; private set; }

    /// <summary>Its elements.</summary>
    public int Count { readonly get; private set; }

    /// <summary>
    /// Goes to the next block of a stretch of parameters, and adds up its gradients where several threads computed them; false, and ready for the next
    /// stretch, where there is none.
    /// </summary>
    /// <param name="start">Where the stretch begins.</param>
    /// <param name="length">Its elements, the same until the end.</param>
    /// <returns>Whether there is a block.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Next(int start, int length)
    {
        if (_shards is not null)
            return NextBlock(start, length);
        At = start;
        Count = length;
        return _isInside = !_isInside;
    }

    private bool NextBlock(int start, int length)
    {
        if (!_isInside)
        {
            At = start + Cut(length, _part);
            _end = start + Cut(length, _part + 1);
        }
        else
        {
            At += Count;
        }

        Count = Math.Min(_end - At, Block);
        _isInside = Count > 0;
        if (_isInside && !_isSummed)
            _shards!.Sum(_workers, At, Count);
        return _isInside;
    }

    /// <summary>Where a part begins. Whole blocks: which of them are whose does not change what is computed.</summary>
    private readonly int Cut(int length, int part)
    {
        long blocks = (length / Block) + (length % Block > 0 ? 1 : 0);
        return (int)Math.Min(length, blocks * part / _parts * Block);
    }
}
