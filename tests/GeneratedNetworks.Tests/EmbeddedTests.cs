using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Threading;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>A network with embedded parameters has those of the file, to the bit, whether they are written as numbers or as a string.</summary>
public sealed class EmbeddedTests
{
    private const int Inputs = 17;
    private static readonly ConcurrentDictionary<(string Declaration, string File), Lazy<(Type Instance, Type Static)>> Compiled = new();

    public static TheoryData<EmitProfile, Precision, int, WeightOrder> Cases
    {
        get
        {
            TheoryData<EmitProfile, Precision, int, WeightOrder> cases = [];
            foreach (EmitProfile profile in new[] { EmitProfile.Simd, EmitProfile.Scalar, EmitProfile.Basic })
            {
                foreach (Precision precision in new[] { Precision.Single, Precision.Double })
                {
                    // 17·9 + … stays below, 17·300 + … lies above what is written as numbers.
                    cases.Add(profile, precision, 9, WeightOrder.InOut);
                    cases.Add(profile, precision, 300, WeightOrder.OutIn);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AnInstanceStartsWithTheFilesParameters(EmitProfile profile, Precision precision, int width, WeightOrder order)
    {
        NetworkSpec spec = Spec(width).In(profile, precision);
        TestNetwork expected = NetworkCompiler.Compile(spec);
        new Samples(width).Randomize(expected);
        (Type type, _) = Compile(spec, File(expected, order), order);

        TestNetwork embedded = TestNetwork.Create(spec, type);
        Assert.Equal(expected.GetParameters(), embedded.GetParameters());
        double[] inputs = expected.Round(new Samples(1).Uniform(5 * Inputs, -1, 1));
        Assert.Equal(expected.Forward(inputs), embedded.Forward(inputs));

        // A seed still initialises, and what the constructor gave can be trained.
        Assert.Equal(NetworkCompiler.Compile(spec).GetParameters(), TestNetwork.Create(spec, type, 0UL).GetParameters());
    }

    /// <summary>In Basic the constant becomes the network's own memory: there is no array beside it, and creating a network makes no other either.</summary>
    [Theory]
    [InlineData(9)]
    [InlineData(300)]
    public void BasicHoldsEmbeddedParametersOnce(int width)
    {
        NetworkSpec spec = Spec(width).In(EmitProfile.Basic, Precision.Single);
        (Type type, Type fixedType) = Compile(spec, File(NetworkCompiler.Compile(spec), WeightOrder.InOut), WeightOrder.InOut);
        const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (Type network in new[] { type, fixedType })
        {
            IEnumerable<Type> inside = network.GetNestedTypes(All).Append(network).SelectMany(nested => nested.GetNestedTypes(All).Append(nested));
            Assert.DoesNotContain(inside.SelectMany(nested => nested.GetFields(All)), field => field.IsStatic && field.FieldType.IsArray);
        }

        float[] parameters = MemoryOf(Activator.CreateInstance(type)!, "Parameters");
        float[] scratch = MemoryOf(Activator.CreateInstance(type)!, "Scratch");
        Assert.Equal(parameters, MemoryOf(null, "Parameters"));
        Activator.CreateInstance(type);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Activator.CreateInstance(type);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(allocated, 4 * (parameters.Length + scratch.Length), (4 * (parameters.Length + scratch.Length)) + 200);

        float[] MemoryOf(object? instance, string name)
        {
            object storage = (instance is null ? fixedType : type).GetField("_gn", All)!.GetValue(instance)!;
            return (float[])storage.GetType().GetField(name, All)!.GetValue(storage)!;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AStaticClassRefusesOutputsInItsInputs(EmitProfile profile, Precision precision, int width, WeightOrder order)
    {
        NetworkSpec spec = Spec(width, outputs: Inputs).In(profile, precision);
        (_, Type type) = Compile(spec, File(NetworkCompiler.Compile(spec), order), order);
        if (precision == Precision.Single)
            Refuses<float>();
        else
            Refuses<double>();

        void Refuses<T>()
            where T : struct, IFloatingPoint<T>
        {
            MethodInfo method = type.GetMethod("Forward")!;
            foreach (int samples in new[] { 1, 5 })
            {
                T[] buffer = [.. Enumerable.Range(0, samples * Inputs).Select(i => T.CreateChecked(i % 7))];
                T[] before = [.. buffer];
                ArgumentException exception = Assert.Throws<ArgumentException>(() =>
                {
                    if (profile == EmitProfile.Basic)
                        method.CreateDelegate<Action<T[], T[]>>()(buffer, buffer);
                    else
                        method.CreateDelegate<SpanForward<T>>()(buffer, buffer);
                });
                Assert.Contains("copy the inputs first", exception.Message);
                Assert.Equal(before, buffer);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AStaticClassRunsWithTheFilesParameters(EmitProfile profile, Precision precision, int width, WeightOrder order)
    {
        NetworkSpec spec = Spec(width).In(profile, precision);
        TestNetwork expected = NetworkCompiler.Compile(spec);
        new Samples(width).Randomize(expected);
        (_, Type type) = Compile(spec, File(expected, order), order);
        Assert.DoesNotContain(type.GetMembers(), member => member.Name is "SetParameters" or "Trainer" or ".ctor");

        foreach (int samples in new[] { 1, 5 })
        {
            double[] inputs = expected.Round(new Samples(samples).Uniform(samples * Inputs, -1, 1));
            double[] outputs = precision == Precision.Single
                ? Forward<float>(type, inputs, samples * 2, profile)
                : Forward<double>(type, inputs, samples * 2, profile);
            Assert.Equal(expected.Forward(inputs), outputs);
        }
    }

    /// <summary>Layers and parameters from one file, with everything that a layer of a file can say.</summary>
    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    [InlineData(EmitProfile.Basic)]
    public void AnArchitectureFromAFileComputesTheSame(EmitProfile profile)
    {
        NetworkSpec spec = new([2, 3], [new DenseSpec(4, Activation.Elu) { UseBias = false }, new DropoutSpec(0.5), new ActivationSpec(Activation.Softsign), new DenseSpec(2)]);
        TestNetwork expected = NetworkCompiler.Compile(spec.In(profile));
        new Samples(3).Randomize(expected);
        double[] parameters = expected.GetParameters();
        ImportedModel model = new("ONNX", [2, 3],
        [
            new("Flatten", []),
            new("Dense", [new("units", 4), new("activation", Activation.Elu), new("UseBias", false), new("Name", "first")]),
            new("Dropout", [new("rate", 0.5)]),
            new("Activation", [new("activation", Activation.Softsign)]),
            new("Dense", [new("units", 2), new("Name", "second")]),
        ],
        [
            new("first.weight", [6, 4], "F64", parameters[..24]), new("second.weight", [4, 2], "F64", parameters[24..32]), new("second.bias", [2], "F64", parameters[32..]),
        ]);
        string declaration = $"[GeneratedNetwork(Model = \"net.onnx\", Precision = Precision.Double, Emit = EmitProfile.{profile})] public sealed partial class Net {{ }}";
        Type type = Load(NetworkCompiler.Emit(declaration, profile, null, null, new ModelFileText("net.onnx", model)), "Net");
        double[] inputs = new Samples(4).Uniform(3 * 6, -1, 1);
        Assert.Equal(expected.Forward(inputs), TestNetwork.Create(spec.In(profile), type).Forward(inputs));
    }

    /// <summary>Means, deviations and bounds from a file, in an instance and in a static class.</summary>
    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    [InlineData(EmitProfile.Basic)]
    public void NormalizingLayersOfAFileComputeWhatTheyShould(EmitProfile profile)
    {
        NaiveRanges naive = new(5);
        int[] starts = naive.Starts;
        double[] parameters = naive.Draw(new Samples(5));
        double[] Block(int block) => parameters[starts[block]..starts[block + 1]];
        ImportedModel model = new("ONNX", [2, 5],
        [
            new("Normalize", [new("Clip", 0.8), new("Name", "outer")]),
            new("Dense", [new("units", 5), new("activation", Activation.Tanh), new("Name", "hidden")]),
            new("Clip", [new("minimum", -0.3), new("maximum", 0.4)]),
            new("Clip", [new("maximum", double.PositiveInfinity), new("minimum", double.NegativeInfinity)]),
            new("Normalize", [new("Clip", 0.6), new("Name", "inner")]),
            new("Dense", [new("units", 2), new("Name", "second")]),
        ],
        [
            new("outer.mean", [5], "F64", Block(0)), new("outer.deviation", [5], "F64", Block(1)), new("hidden.weight", [10, 5], "F64", Block(2)),
            new("hidden.bias", [5], "F64", Block(3)), new("inner.mean", [5], "F64", Block(4)), new("inner.deviation", [5], "F64", Block(5)),
            new("second.weight", [5, 2], "F64", Block(6)), new("second.bias", [2], "F64", Block(7)),
        ]);
        string attribute = $"[GeneratedNetwork(Model = \"net.onnx\", Precision = Precision.Double, Emit = EmitProfile.{profile})] public ";
        byte[] image = NetworkCompiler.Emit(
            attribute + "sealed partial class Net { } " + attribute + "static partial class Fixed { }", profile, null, null, new ModelFileText("net.onnx", model));
        TestNetwork network = TestNetwork.Create(naive.Spec(profile, Precision.Double, Optimizer.Sgd), Load(image, "Net"));
        Assert.Equal(parameters, network.GetParameters());
        foreach (int samples in new[] { 1, 7 })
        {
            double[] inputs = new Samples(samples).Uniform(samples * 10, -1.5, 1.5), expected = naive.Forward(parameters, inputs);
            Approx.Equal(expected, network.Forward(inputs), 1e-13, "instance");
            Approx.Equal(expected, Forward<double>(Load(image, "Fixed"), inputs, samples * 2, profile), 1e-13, "static class");
        }
    }

    /// <summary>A normalizer in front becomes a part of the weights in a static class where that costs no digits, and stays a layer where it does.</summary>
    [Theory]
    [InlineData(EmitProfile.Simd, Precision.Single, 2.5, true, true)]
    [InlineData(EmitProfile.Simd, Precision.Double, -2.5, true, true)]
    [InlineData(EmitProfile.Scalar, Precision.Single, 0.25, true, true)]
    [InlineData(EmitProfile.Basic, Precision.Single, 4, true, true)]
    [InlineData(EmitProfile.Simd, Precision.Single, 250, true, false)]
    [InlineData(EmitProfile.Simd, Precision.Double, -4.01, true, false)]
    [InlineData(EmitProfile.Simd, Precision.Single, 1, false, false)]
    public void ANormalizerIsFoldedWhereItsNumbersAllowIt(EmitProfile profile, Precision precision, double ratio, bool hasBias, bool isFolded)
    {
        // Numbers that single precision holds, so that both precisions start alike.
        double[] Numbers(int count, int seed) => [.. new Samples(seed).Uniform(count, -1, 1).Select(value => (double)(float)value)];
        double[] deviation = [0.5, 16, 400], mean = [.. deviation.Select(value => ratio * value)];
        double[] first = Numbers(6 * 9, 1), bias = Numbers(9, 2), second = Numbers(9 * 2, 3);
        List<ImportedTensor> tensors = [new("scale.mean", [3], "F64", mean), new("scale.deviation", [3], "F64", deviation), new("first.weight", [6, 9], "F64", first)];
        if (hasBias)
            tensors.Add(new("first.bias", [9], "F64", bias));
        tensors.Add(new("second.weight", [9, 2], "F64", second));
        ImportedModel model = new("ONNX", [2, 3],
        [
            new("Normalize", [new("Name", "scale")]), new("Flatten", []),
            new("Dense", [new("units", 9), new("activation", Activation.Tanh), new("UseBias", hasBias), new("Name", "first")]),
            new("Dense", [new("units", 2), new("UseBias", false), new("Name", "second")]),
        ],
        tensors);
        List<string> texts = [];
        byte[] image = NetworkCompiler.Emit(
            $"[GeneratedNetwork(Model = \"net.onnx\", Precision = Precision.{precision}, Emit = EmitProfile.{profile})] public static partial class Fixed {{ }}",
            profile, text => { texts.Add(text); return text; }, null, new ModelFileText("net.onnx", model));
        Type type = Load(image, "Fixed");
        Assert.Equal((6 * 9) + (hasBias ? 9 : 0) + 18 + (isFolded ? 0 : 6), type.GetField("ParameterCount")!.GetRawConstantValue());
        Assert.Equal(isFolded, texts.Exists(text => text.Contains("scale is folded into first", StringComparison.Ordinal)));

        // Inputs as the normalizer expects them, and what comes of them by the definition.
        const int Samples = 11;
        double[] inputs = [.. Numbers(Samples * 6, 4).Select((value, i) => (double)(float)(mean[i % 3] + (2 * value * deviation[i % 3])))];
        List<double> expected = [];
        for (int sample = 0; sample < Samples; sample++)
        {
            double[] hidden = [.. Enumerable.Range(0, 9).Select(o => Math.Tanh((hasBias ? bias[o] : 0)
                + Enumerable.Range(0, 6).Sum(i => (inputs[(sample * 6) + i] - mean[i % 3]) / deviation[i % 3] * first[(i * 9) + o])))];
            expected.AddRange(Enumerable.Range(0, 2).Select(o => hidden.Select((h, i) => h * second[(i * 2) + o]).Sum()));
        }

        double[] outputs = precision == Precision.Single ? Forward<float>(type, inputs, Samples * 2, profile) : Forward<double>(type, inputs, Samples * 2, profile);
        Approx.Equal([.. expected], outputs, precision == Precision.Single ? 2e-6 : 1e-13, $"{profile} {precision} {ratio}");
    }

    private static NetworkSpec Spec(int width, int outputs = 2) => NetworkSpec.Of(Inputs, new DenseSpec(width, Activation.Relu), new DenseSpec(outputs) { UseBias = false });

    /// <summary>The network's present parameters as a file of tensors, transposed where the order says so.</summary>
    private static ModelFileText File(TestNetwork network, WeightOrder order)
    {
        double[] parameters = network.GetParameters();
        int width = ((DenseSpec)network.Spec.Layers[0]).Units;
        int bias = Inputs * width;
        return new ModelFileText("net.safetensors", new ImportedModel("safetensors", null, [],
        [
            Weight("dense2.weight", parameters[(bias + width)..], width, ((DenseSpec)network.Spec.Layers[1]).Units),
            new("dense1.bias", [width], "F64", parameters[bias..(bias + width)]),
            Weight("dense1.weight", parameters[..bias], Inputs, width),
        ]));

        ImportedTensor Weight(string name, double[] values, int inputs, int outputs) => order == WeightOrder.InOut
            ? new(name, [inputs, outputs], "F64", values)
            : new(name, [outputs, inputs], "F64",
                [.. Enumerable.Range(0, values.Length).Select(i => values[(i % inputs * outputs) + (i / inputs)])]);
    }

    /// <summary>The classes of one declaration and file are compiled once, however many tests ask for them.</summary>
    private static (Type Instance, Type Static) Compile(NetworkSpec spec, ModelFileText file, WeightOrder order)
    {
        string weights = $"[Weights(\"net.safetensors\", Order = WeightOrder.{order})]\npublic ";
        string instance = spec.ToSource("Net").Replace("public ", weights, StringComparison.Ordinal);
        string fixedForm = spec.ToSource("Fixed").Replace("public sealed", weights + "static", StringComparison.Ordinal);
        return Compiled.GetOrAdd((instance, file.GetText().ToString()), _ => new(() =>
        {
            byte[] image = NetworkCompiler.Emit(instance + fixedForm, spec.Profile, null, null, file);
            return (Load(image, "Net"), Load(image, "Fixed"));
        })).Value;
    }

    private static Type Load(byte[] image, string name) =>
        new AssemblyLoadContext(name).LoadFromStream(new MemoryStream(image)).GetType("Subjects." + name, throwOnError: true)!;

    private delegate void SpanForward<T>(ReadOnlySpan<T> inputs, Span<T> outputs);

    private static double[] Forward<T>(Type type, double[] inputs, int outputSize, EmitProfile profile)
        where T : struct, IFloatingPoint<T>
    {
        MethodInfo method = type.GetMethod("Forward")!;
        T[] from = [.. inputs.Select(T.CreateChecked)];
        T[] to = new T[outputSize];
        if (profile == EmitProfile.Basic)
            method.CreateDelegate<Action<T[], T[]>>()(from, to);
        else
            method.CreateDelegate<SpanForward<T>>()(from, to);
        return [.. to.Select(double.CreateChecked)];
    }
}

/// <summary>A model file as the build hands it to the generator.</summary>
internal sealed class ModelFileText : AdditionalText
{
    private readonly SourceText _text;

    public ModelFileText(string source, ImportedModel model)
    {
        StringWriter writer = new();
        ModelText.Write(writer, source, model);
        _text = SourceText.From(writer.ToString(), Encoding.UTF8);
        Path = source + ".nnmodel";
    }

    public override string Path { get; }

    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
}
