using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace GeneratedNetworks;

/// <summary>Reads a network's parameters from a safetensors stream, front to back.</summary>
internal sealed class SafeTensorsReader<T>
    where T : struct
{
    private const int ChunkBytes = 65536;

    private readonly INetwork<T> _network;
    private readonly Stream _stream;
    private readonly LoadOptions _options;
    private readonly string _file;
    private readonly TensorNames _names;
    private readonly Dictionary<string, NetworkParameter> _wanted = new(StringComparer.Ordinal);
    private readonly byte[] _chunk = new byte[ChunkBytes];
    private WeightOrder _order;

    public SafeTensorsReader(INetwork<T> network, Stream stream, LoadOptions options, string file)
    {
        _network = network;
        _stream = stream;
        _options = options;
        _file = file;
        _names = new TensorNames(options.Names, options.NameInFile, network.ParameterLayout);
        string[] names = _names.OfAll(network.ParameterLayout);
        for (int i = 0; i < names.Length; i++)
            _wanted.Add(names[i], network.ParameterLayout[i]);
    }

    public void Read()
    {
        SafeTensorsHeader header = SafeTensorsHeader.Read(_stream, _file);
        _order = Order(header);

        CheckTensors(header);
        CheckFunctions(header);
        T[] parameters = new T[_network.ParameterCount];
        foreach (TensorEntry entry in header.Tensors)
        {
            if (_wanted.TryGetValue(entry.Name, out NetworkParameter parameter))
                ReadTensor(entry, header.DataPosition, parameter, parameters);
            else
                Skip(entry, header.DataPosition);
        }

        if (_stream.ReadUpTo(_chunk, 1) > 0)
        {
            long end = header.Tensors.Count == 0 ? 0 : header.Tensors[header.Tensors.Count - 1].End;
            throw Error(null, header.DataPosition + end, "bytes follow after the last tensor.");
        }

        _network.SetParameters(parameters);
    }

    /// <summary>What was asked for, what the file says, or the library's own order; the first two may not contradict each other.</summary>
    private WeightOrder Order(SafeTensorsHeader header)
    {
        if (header.WeightOrder is not { } stated)
            return _options.Order ?? WeightOrder.InOut;
        if (_options.Order is { } asked && stated != SafeTensorsHeader.Describe(asked))
        {
            string axes = SafeTensorsHeader.Describe(asked);
            throw Error(null, 8, $"its metadata say that weights are [{stated}], but Order reads them as [{axes}]; leave Order out.");
        }

        foreach (WeightOrder order in new[] { WeightOrder.InOut, WeightOrder.OutIn })
        {
            if (stated == SafeTensorsHeader.Describe(order))
                return order;
        }

        throw Error(null, 8, $"its metadata say that weights are [{stated}], which is no order that is known.");
    }

    /// <summary>Everything that can be said before a number is read.</summary>
    private void CheckTensors(SafeTensorsHeader header)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        foreach (TensorEntry entry in header.Tensors)
        {
            if (_wanted.TryGetValue(entry.Name, out NetworkParameter parameter))
            {
                CheckTensor(entry, parameter, header);
                found.Add(entry.Name);
            }
            else if (!_options.AllowOtherTensors)
            {
                throw Error(entry, $"the network has no parameter of that name{Advice(header).OfUnread(entry.Name)}.");
            }
        }

        foreach (KeyValuePair<string, NetworkParameter> wanted in _wanted)
        {
            if (!found.Contains(wanted.Key))
                throw Error(wanted.Key, 8, $"it is not in the file, but the network's '{wanted.Value.Name}' needs it{Advice(header).OfNames()}.");
        }
    }

    private OtherTensorAdvice Advice(SafeTensorsHeader header) => new(header, _wanted, _options, _order);

    /// <summary>Of the layers that file and network share; a file that does not say its functions fits any.</summary>
    private void CheckFunctions(SafeTensorsHeader header)
    {
        if (header.Functions is null || _options.AllowOtherFunctions)
            return;
        IReadOnlyDictionary<string, string> stated = LayerFunctions.Read(header.Functions)
            ?? throw Error(null, 8, $"its metadata say that the functions behind its layers are '{header.Functions}', which cannot be understood.");
        foreach (KeyValuePair<string, string> function in LayerFunctions.Of(_network, _names))
        {
            if (stated.TryGetValue(function.Key, out string? trained) && trained != function.Value)
            {
                if (_wanted.ContainsKey(function.Key + ".deviation"))
                {
                    throw Error(
                        null,
                        8,
                        $"it was saved by a network with [Normalize], '{function.Key}', {LayerFunctions.BehindNormalization(trained)}, and '{_network.Info.Name}' has it "
                            + $"{LayerFunctions.BehindNormalization(function.Value)}, so that the same parameters would give other outputs. {ClipAdvice(trained)}, or set "
                            + "AllowOtherFunctions to load it as it is.");
                }

                string where = function.Key.Length == 0 ? "before its first parameters" : $"behind '{function.Key}'";
                throw Error(
                    null,
                    8,
                    $"it was saved by a network with {trained} {where}, and '{_network.Info.Name}' has {function.Value} there, so that the same parameters would give "
                        + "other outputs. Declare the function that it was trained with, or set AllowOtherFunctions to load it as it is.");
            }
        }
    }

    private static string ClipAdvice(string trained) =>
        trained == LayerFunctions.None ? "Remove Clip" : "Declare it as it was trained, by [Normalize(Clip = …)] where that had one";

    private void CheckTensor(TensorEntry entry, NetworkParameter parameter, SafeTensorsHeader header)
    {
        int size = entry.Type switch
        {
            "F32" => sizeof(float),
            "F64" => sizeof(double),
            _ => throw Error(entry, $"numbers of type {entry.Type} cannot be read, only F32 and F64."),
        };
        if (size != Real<T>.Size && !_options.AllowConversion)
            throw Error(entry, $"it holds {entry.Type} but the network {(Real<T>.IsSingle ? "F32" : "F64")}; AllowConversion would convert it.");

        bool transposed = IsTransposed(parameter);
        bool fits = entry.Shape.Length == parameter.Shape.Length;
        for (int i = 0; fits && i < entry.Shape.Length; i++)
            fits = entry.Shape[i] == parameter.Shape[transposed ? 1 - i : i];
        if (!fits)
        {
            string problem = $"its shape {entry.DescribeShape()} does not fit {parameter.Name} {parameter.DescribeShape()}{ShapeAdvice(entry, parameter, transposed, header)}.";
            throw new NetworkFileException(_file, entry.Name, entry.HeaderPosition, problem, isDamaged: false);
        }

        if (entry.End - entry.Begin != (long)parameter.Length * size)
            throw Error(entry, $"its shape needs {(long)parameter.Length * size} bytes but it has {entry.End - entry.Begin}.");
    }

    private string ShapeAdvice(TensorEntry entry, NetworkParameter parameter, bool transposed, SafeTensorsHeader header)
    {
        bool areMatrices = entry.Shape.Length == 2 && parameter.Shape.Length == 2;
        if (areMatrices && entry.Shape[0] == parameter.Shape[transposed ? 0 : 1] && entry.Shape[1] == parameter.Shape[transposed ? 1 : 0])
            return $"; Order = WeightOrder.{(transposed ? WeightOrder.InOut : WeightOrder.OutIn)} would";
        string other = entry.Shape.Length == parameter.Shape.Length ? "of other sizes" : "with other layers";
        bool isRenamed = _options.Names is not null || _options.NameInFile is not null;
        string declare = !isRenamed && FileLayers.Declare<T>(header, _order) is { } layers ? $"declare the layers that this file has: {layers}" : "declare the layers that this file has";
        return $"{(areMatrices && transposed ? " read as [out, in]" : "")}: the file is of a network {other}. Load the file that '{_network.Info.Name}' saved, or {declare}";
    }

    private void ReadTensor(TensorEntry entry, long dataPosition, NetworkParameter parameter, T[] parameters)
    {
        Span<T> destination = parameters.AsSpan(parameter.Offset, parameter.Length);
        int size = entry.Type == "F32" ? sizeof(float) : sizeof(double);
        int perChunk = ChunkBytes / size;
        for (int i = 0; i < destination.Length; i += perChunk)
        {
            int count = Math.Min(perChunk, destination.Length - i);
            ReadChunk(entry, dataPosition + entry.Begin + ((long)i * size), count * size);
            ReadNumbers(_chunk.AsSpan(0, count * size), size, destination.Slice(i, count));
        }

        if (IsTransposed(parameter))
            Matrix.Transpose<T>(destination, parameter.Shape[1], parameter.Shape[0]).CopyTo(destination);
    }

    private static void ReadNumbers(ReadOnlySpan<byte> bytes, int size, Span<T> destination)
    {
        if (size == Real<T>.Size)
        {
            LittleEndian.Read(bytes, destination);
        }
        else if (size == sizeof(float))
        {
            float[] values = new float[destination.Length];
            LittleEndian.Read<float>(bytes, values);
            Span<double> doubles = MemoryMarshal.Cast<T, double>(destination);
            for (int i = 0; i < values.Length; i++)
                doubles[i] = values[i];
        }
        else
        {
            double[] values = new double[destination.Length];
            LittleEndian.Read<double>(bytes, values);
            Span<float> floats = MemoryMarshal.Cast<T, float>(destination);
            for (int i = 0; i < values.Length; i++)
                floats[i] = (float)values[i];
        }
    }

    private void Skip(TensorEntry entry, long dataPosition)
    {
        for (long at = entry.Begin; at < entry.End; at += ChunkBytes)
            ReadChunk(entry, dataPosition + at, (int)Math.Min(ChunkBytes, entry.End - at));
    }

    private void ReadChunk(TensorEntry entry, long position, int count)
    {
        int read = _stream.ReadUpTo(_chunk, count);
        if (read < count)
            throw Error(entry.Name, position + read, "the file ends within its data.");
    }

    private bool IsTransposed(NetworkParameter parameter) => _order == WeightOrder.OutIn && parameter.Shape.Length == 2;

    private NetworkFileException Error(TensorEntry entry, string problem) => Error(entry.Name, entry.HeaderPosition, problem);

    private NetworkFileException Error(string? tensor, long position, string problem) => new(_file, tensor, position, problem);
}
