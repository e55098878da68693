using GeneratedNetworks.Import.Reading.Keras;
using GeneratedNetworks.Import.Reading.Onnx;
using GeneratedNetworks.Import.Reading.TfLite;

namespace GeneratedNetworks.Import.Reading;

/// <summary>
/// A model file that is executed as it stands: node by node, in double, without fusing, folding or planning anything. It shares nothing with the
/// importers but the readers of the containers, so that what an importer makes of a file can be held against it.
/// </summary>
/// <remarks>A run costs time and memory in proportion to the file at most.</remarks>
public sealed class ModelReading
{
    private readonly ModelSource _source;
    private readonly ReadGraph _graph;

    internal ModelReading(ModelSource source, string format, ReadGraph graph, bool hasRoundedConstants)
    {
        _source = source;
        _graph = graph;
        Format = format;
        HasRoundedConstants = hasRoundedConstants;
        InputSize = graph.Frames * graph.Inputs.Sum(input => input.SampleSize);
        Domain = InputDomain.Of(graph);
    }

    /// <summary>The container, for people to read: "ONNX, 6 nodes".</summary>
    public string Format { get; }

    /// <summary>The inputs that the outputs depend on, in the order in which a sample has them. A shape is that of one sample, its axes as the file has them.</summary>
    public IReadOnlyList<ReadingValue> Inputs => [.. _graph.Inputs.Select(input => new ReadingValue(input.Name, input.SampleShape))];

    /// <summary>Elements of one sample: of all inputs that the output depends on, one after the other.</summary>
    public int InputSize { get; }

    /// <summary>Where the file's inputs lie.</summary>
    public InputDomain Domain { get; }

    /// <summary>
    /// Whether functions of the file have constants that are known to seven digits, such as √2 as a 32-bit number: no reading of it is more exact than
    /// these.
    /// </summary>
    public bool HasRoundedConstants { get; }

    /// <summary>Whether a file of that name can be read: by its extension.</summary>
    public static bool Knows(string path) => OpenerOf(path) is not null;

    /// <summary>Opens a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="outputs">The values that are wanted, one after the other, by their names in the file; empty: all that are computed from its inputs.</param>
    /// <param name="name">What to call it in messages; null: its file name.</param>
    /// <param name="window">How many steps an input has where the file leaves that open, or how many frames a sample is where the file computes one; null: 1.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged, or has a node that is not known here.</exception>
    public static ModelReading Open(string path, IReadOnlyList<string>? outputs = null, string? name = null, int? window = null)
    {
        name ??= Path.GetFileName(path);
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(name, $"it cannot be read ({exception.Message}).", exception);
        }

        return Open(new ModelSource(name, content, Path.GetDirectoryName(Path.GetFullPath(path))) { Window = window }, outputs);
    }

    /// <summary>Opens a file whose content is there.</summary>
    /// <param name="source">The content, under a name whose extension says the format.</param>
    /// <param name="outputs">The values that are wanted, one after the other, by their names in the file; empty: all that are computed from its inputs.</param>
    /// <exception cref="ModelFileException">The file is damaged, or has a node that is not known here.</exception>
    public static ModelReading Open(ModelSource source, IReadOnlyList<string>? outputs = null) => Guard(source, () =>
    {
        Func<ModelSource, IReadOnlyList<string>, ModelReading> open = OpenerOf(source.Name)
            ?? throw source.Error("its extension is that of no file which could be executed.");
        return open(source, outputs ?? []);
    });

    /// <summary>What the file computes from one sample.</summary>
    /// <param name="sample">Of <see cref="InputSize"/> elements.</param>
    /// <param name="rounds">
    /// Whether quantized values are rounded to whole numbers, as the format says; otherwise they are only held in their range.
    /// </param>
    /// <param name="clamps">Receives the limits that were met, or null.</param>
    /// <returns>All outputs, one after the other.</returns>
    /// <exception cref="ArgumentException">The sample has another length.</exception>
    /// <exception cref="ModelFileException">A node cannot do what it should.</exception>
    public double[] Run(ReadOnlySpan<double> sample, bool rounds = false, ClampLog? clamps = null) => Run(sample, new RunOptions(rounds, clamps));

    /// <summary>
    /// What the file may compute from one sample in single precision: each number that a node gives, and every sum of a product of matrices at each of its
    /// terms, is rounded to 32 bits, up or down by chance. Many runs spread as far as this precision leaves the result open.
    /// </summary>
    /// <param name="sample">Of <see cref="InputSize"/> elements.</param>
    /// <param name="random">Decides.</param>
    /// <returns>All outputs, one after the other.</returns>
    /// <exception cref="ArgumentException">The sample has another length.</exception>
    /// <exception cref="ModelFileException">A node cannot do what it should.</exception>
    public double[] RunInSingle(ReadOnlySpan<double> sample, Random random) => Run(sample, new RunOptions(Single: new SingleRounding(random)));

    private double[] Run(ReadOnlySpan<double> sample, RunOptions options)
    {
        return [.. RunGraph(sample, options).SelectMany(output => output.Elements)];
    }

    /// <summary>Runs a sample and gives every output for itself, in the shape that one sample has.</summary>
    /// <param name="sample">Of <see cref="InputSize"/> elements.</param>
    /// <exception cref="ArgumentException">The sample has another length.</exception>
    /// <exception cref="ModelFileException">A node cannot do what it should.</exception>
    public IReadOnlyList<(IReadOnlyList<int> Shape, double[] Elements)> RunEach(ReadOnlySpan<double> sample)
    {
        return [.. RunGraph(sample, RunOptions.Plain).Select(output => ((IReadOnlyList<int>)output.Shape, output.Elements))];
    }

    /// <summary>A file that fixes its batch computes the same for each of the samples, which are copies; an axis of the batch is left out.</summary>
    private Tensor OfOneSample(Tensor output)
    {
        int batch = _graph.Inputs[0].Batch;
        if (output.Rank == 0 || output.Count % batch != 0)
            return output;
        if (batch > 1 && output.Rank > 1 && output.Shape[1] == batch && _graph.Inputs[0].BatchAxis == 1)
        {
            // Time first: of each step the first row.
            int inner = (int)Extents.Count(output.Shape[2..]);
            double[] rows = [.. Enumerable.Range(0, output.Shape[0]).SelectMany(step => output.Elements.Skip(step * batch * inner).Take(inner))];
            return output with { Shape = [output.Shape[0], .. output.Shape[2..]], Elements = rows };
        }

        double[] first = output.Elements[..(output.Count / batch)];
        return output.Shape[0] == batch ? output with { Shape = output.Shape[1..], Elements = first } : output with { Shape = [first.Length], Elements = first };
    }

    private Tensor[] RunGraph(ReadOnlySpan<double> sample, RunOptions options)
    {
        if (sample.Length != InputSize)
            throw new ArgumentException($"A sample has {InputSize} elements, not {sample.Length}.", nameof(sample));
        if (_graph.Frames == 1)
        {
            Tensor[] inputs = InputDomain.Split(_graph, sample);
            return Guard(_source, () => Array.ConvertAll(_graph.Run(inputs, options), OfOneSample));
        }

        Tensor[][] frames = [.. FramesOf(sample.ToArray()).Select(frame => InputDomain.Split(_graph, frame))];
        return Guard(_source, () =>
        {
            Tensor[][] results = [.. _graph.RunFrames(frames, options).Select(frame => Array.ConvertAll(frame, OfOneSample))];
            return results[0].Select((first, i) => first with { Shape = [frames.Length, .. first.Shape], Elements = [.. results.SelectMany(frame => frame[i].Elements)] }).ToArray();
        });
    }

    /// <summary>A sample has all frames of one input before those of the next, a frame one of each.</summary>
    private IEnumerable<double[]> FramesOf(double[] sample)
    {
        for (int frame = 0; frame < _graph.Frames; frame++)
        {
            int start = 0;
            List<double> elements = [];
            foreach (GraphInput input in _graph.Inputs)
            {
                elements.AddRange(sample.AsSpan(start + (frame * input.SampleSize), input.SampleSize));
                start += _graph.Frames * input.SampleSize;
            }

            yield return [.. elements];
        }
    }

    /// <summary>Runs many samples, one after the other.</summary>
    /// <param name="samples">Whole samples.</param>
    /// <param name="rounds">Whether quantized values are rounded.</param>
    public double[] RunAll(ReadOnlySpan<double> samples, bool rounds = false)
    {
        if (samples.Length % InputSize != 0)
            throw new ArgumentException($"{samples.Length} numbers are no whole samples of {InputSize}.", nameof(samples));
        List<double> results = [];
        for (int start = 0; start < samples.Length; start += InputSize)
            results.AddRange(Run(samples.Slice(start, InputSize), rounds));
        return [.. results];
    }

    /// <summary>Runs whole tensors, as the file has them: all that a file with a batch of its own reads.</summary>
    internal double[] RunTensors(ReadOnlySpan<double> elements, bool rounds)
    {
        List<Tensor> values = [];
        foreach (GraphInput input in _graph.Inputs)
        {
            int count = input.SampleSize * input.Batch;
            values.Add(new Tensor(input.Type, input.Shape, elements[..count].ToArray()));
            elements = elements[count..];
        }

        return [.. _graph.Run(values, new RunOptions(rounds)).SelectMany(output => output.Elements)];
    }

    /// <summary>Libraries and index arithmetic throw whatever comes of a damaged file.</summary>
    private static T Guard<T>(ModelSource source, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is not (ModelFileException or OutOfMemoryException))
        {
            throw source.Error($"it is damaged ({exception.Message.ReplaceLineEndings(" ")}).", exception);
        }
    }

    private static Func<ModelSource, IReadOnlyList<string>, ModelReading>? OpenerOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".onnx" => OnnxReading.Open,
        ".tflite" => TfLiteReading.Open,
        ".h5" or ".hdf5" => KerasReading.OpenHdf,
        ".keras" => KerasReading.OpenArchive,
        _ => null,
    };
}

/// <summary>An input of a file.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Shape">Of one sample, its axes in the file's order.</param>
public sealed record ReadingValue(string Name, IReadOnlyList<int> Shape);
