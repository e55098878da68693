using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace GeneratedNetworks;

/// <summary>The file that a run can be resumed from. All numbers are little-endian.</summary>
/// <remarks>
/// Magic · length of the identity, and the identity as UTF-8 (<see cref="CheckpointIdentity"/>, what must be equal to resume) · epoch, best epoch,
/// epochs without a better one, whether the best follow · one record per epoch · parameters · optimizer state · both of the best epoch · FNV-1a of all
/// that.
/// </remarks>
internal sealed class Checkpoint<T>
    where T : struct
{
    private const ulong Magic = 0x324B4843_4E454720; // " GENCHK2"
    private const ulong FormerMagic = 0x314B4843_4E454720;
    private const int PrefixSize = 8 + 4;
    private const int ProgressSize = 4 * 4;

    // Names of layers are the longest part of an identity.
    private const int MostIdentityBytes = 1 << 26;

    private readonly string _path;
    private readonly ITrainer<T> _trainer;
    private readonly int _epochs;
    private readonly CheckpointIdentity _identity;
    private readonly byte[] _identityBytes;
    private readonly T[] _parameters;
    private readonly byte[] _optimizerState;
    private readonly MemoryStream _buffer = new();

    public Checkpoint(string path, ITrainer<T> trainer, Dataset<T> data, Dataset<T>? validation, FitOptions options)
    {
        _path = path;
        _trainer = trainer;
        _epochs = options.Epochs;
        _parameters = new T[trainer.Network.ParameterCount];
        _optimizerState = new byte[trainer.StateSize];
        _identity = CheckpointIdentity.Of(trainer, data, validation, options);
        _identityBytes = Encoding.UTF8.GetBytes(_identity.ToString());
    }

    public void Write(FitProgress<T> progress)
    {
        _buffer.SetLength(0);
        using (BinaryWriter writer = new(_buffer, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(_identityBytes.Length);
            writer.Write(_identityBytes);
            writer.Write(progress.Epoch);
            writer.Write(progress.BestEpoch);
            writer.Write(progress.EpochsWithoutBetter);
            writer.Write(progress.Best is null ? 0 : 1);
            foreach (EpochReport report in progress.History)
                EpochRecord.Write(writer, report);

            _trainer.Network.GetParameters(_parameters);
            WriteNumbers(writer, _parameters);
            _trainer.GetState(_optimizerState);
            writer.Write(_optimizerState);
            if (progress.Best is not null)
            {
                WriteNumbers(writer, progress.Best.Parameters);
                writer.Write(progress.Best.State);
            }

            writer.Flush();
            Fnv1a hash = new();
            hash.Add(_buffer.GetBuffer().AsSpan(0, (int)_buffer.Length));
            writer.Write(hash.Value);
        }

        AtomicFile.Write(_path, stream => _buffer.WriteTo(stream));
    }

    /// <summary>Restores network, optimizer and progress; touches none of them unless the whole file is sound.</summary>
    public void Read(FitProgress<T> progress)
    {
        using FileStream file = SharedFile.OpenRead(_path);
        using BinaryReader header = new(file);
        CheckIdentity(file, header);
        int start = PrefixSize + _identityBytes.Length + ProgressSize;
        int epoch = header.ReadInt32();
        int bestEpoch = header.ReadInt32();
        int withoutBetter = header.ReadInt32();
        int hasBest = header.ReadInt32();
        if (epoch < 1 || bestEpoch < 0 || bestEpoch > epoch || withoutBetter < 0 || withoutBetter > epoch || hasBest is < 0 or > 1)
            throw Error(start - ProgressSize, "the progress it records makes no sense.");
        long states = (((long)_parameters.Length * Real<T>.Size) + _optimizerState.Length) * (1 + hasBest);
        long expected = start + ((long)epoch * EpochRecord.Size) + states + 8;
        if (file.Length != expected)
            throw Error(Math.Min(file.Length, expected), $"it has {file.Length} bytes instead of {expected}.");

        byte[] content = new byte[expected];
        file.Position = 0;
        file.ReadFully(content);
        Fnv1a hash = new();
        hash.Add(content.AsSpan(0, content.Length - 8));
        if (hash.Value != BinaryPrimitives.ReadUInt64LittleEndian(content.AsSpan(content.Length - 8)))
            throw Error(expected - 8, "the checksum is wrong: the file is damaged.");
        if (hasBest == 0 && progress.Best is not null)
            throw Error(start - 4, "it keeps no best parameters, but RestoreBest wants them.");
        Restore(content, start, epoch, hasBest == 1, progress);
        progress.BestEpoch = bestEpoch;
        progress.EpochsWithoutBetter = withoutBetter;
        if (progress.Best is not null && bestEpoch > 0)
            progress.Best.LearningRate = progress.History[bestEpoch - 1].LearningRate;
    }

    private void Restore(byte[] content, int start, int epoch, bool hasBest, FitProgress<T> progress)
    {
        using BinaryReader reader = new(new MemoryStream(content, start, content.Length - start));
        for (int i = 1; i <= epoch; i++)
            progress.History.Add(EpochRecord.Read(reader, i, _epochs));

        Span<byte> rest = content.AsSpan(start + (epoch * EpochRecord.Size));
        int length = _parameters.Length * Real<T>.Size;
        Span<byte> best = rest.Slice(length + _optimizerState.Length);
        if (hasBest && progress.Best is not null)
        {
            LittleEndian.Read(best.Slice(0, length), progress.Best.Parameters.AsSpan());
            best.Slice(length, _optimizerState.Length).CopyTo(progress.Best.State);
        }

        LittleEndian.Read(rest.Slice(0, length), _parameters.AsSpan());
        _trainer.SetState(rest.Slice(length, _optimizerState.Length));
        _trainer.Network.SetParameters(_parameters);
    }

    private void CheckIdentity(FileStream file, BinaryReader header)
    {
        ulong magic = file.Length < PrefixSize ? 0 : header.ReadUInt64();
        if (magic == FormerMagic)
            throw Error(0, "an earlier version of this library wrote it: start anew, or resume with that version.");
        if (magic != Magic)
            throw Error(0, "this is not a checkpoint.");
        int length = header.ReadInt32();
        if (length < 0 || length > MostIdentityBytes || length > file.Length - PrefixSize - ProgressSize)
            throw Error(8, $"its identity should have {length} bytes, and the file has {file.Length} in all.");
        byte[] identity = new byte[length];
        file.ReadFully(identity);
        if (identity.AsSpan().SequenceEqual(_identityBytes))
            return;

        // Bytes that are no text become replacement characters, and differ.
        string difference = _identity.DifferenceTo(Encoding.UTF8.GetString(identity)) ?? "an identity of other bytes";
        throw Error(PrefixSize, $"it belongs to a run with {difference}.");
    }

    /// <summary>Whatever is wrong, the way out is the same.</summary>
    private NetworkFileException Error(long position, string problem) => new(
        _path, null, position, problem + " Set Resume to false, or delete the file, to start anew; give this run a CheckpointPath of its own to keep both.");

    private static void WriteNumbers(BinaryWriter writer, T[] numbers)
    {
        byte[] bytes = new byte[Math.Min(numbers.Length, 4096) * Real<T>.Size];
        for (int i = 0; i < numbers.Length; i += 4096)
        {
            int count = Math.Min(4096, numbers.Length - i);
            LittleEndian.Write(numbers.AsSpan(i, count), bytes);
            writer.Write(bytes, 0, count * Real<T>.Size);
        }
    }
}
