using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GeneratedNetworks.Onnx.Tests.Layers;

/// <summary>Networks of <c>Networks.cs</c> with parameters of all kinds, and what ONNX Runtime makes of their files.</summary>
internal static class Sample
{
    public static IEnumerable<Type> Types { get; } =
        [.. typeof(Sample).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith(typeof(Sample).Namespace + ".", StringComparison.Ordinal) == true && type.IsAssignableTo(typeof(INetworkLayout)))];

    public static Type Find(string name, Precision precision) => Types.Single(type => type.Name == name && type.Namespace!.EndsWith(precision.ToString(), StringComparison.Ordinal));

    /// <summary>No two parameters alike, statistics such as data have.</summary>
    public static INetwork<T> Create<T>(Type type)
        where T : struct
    {
        INetwork<T> network = (INetwork<T>)Activator.CreateInstance(type, 5UL)!;
        T[] parameters = new T[network.ParameterCount];
        network.GetParameters(parameters);
        Random random = new(11);
        foreach (NetworkParameter parameter in network.ParameterLayout)
        {
            bool isPositive = parameter.Name.EndsWith(".variance", StringComparison.Ordinal) || parameter.Name.EndsWith(".deviation", StringComparison.Ordinal);
            for (int i = parameter.Offset; i < parameter.Offset + parameter.Length; i++)
                parameters[i] = Number<T>(isPositive ? 0.3 + random.NextDouble() : Convert.ToDouble(parameters[i], null) + (random.NextDouble() - 0.5));
        }

        network.SetParameters(parameters);
        return network;
    }

    public static byte[] Save<T>(INetwork<T> network, OnnxOptions options)
        where T : struct
    {
        using MemoryStream stream = new();
        network.SaveOnnx(stream, options);
        return stream.ToArray();
    }

    /// <summary>ONNX Runtime computes each output from the parts of the inputs as the network does from rows.</summary>
    public static void Agrees<T>(INetwork<T> network, OnnxOptions options, int samples, double tolerance)
        where T : struct
    {
        bool isSingle = options.Precision == Precision.Single || typeof(T) == typeof(float);

        // A double file is run as it is written: ONNX Runtime's optimizer makes of a decomposed LayerNorm an operator whose epsilon has 32 bits.
        using SessionOptions settings = new() { GraphOptimizationLevel = isSingle ? GraphOptimizationLevel.ORT_ENABLE_ALL : GraphOptimizationLevel.ORT_DISABLE_ALL };
        using InferenceSession session = new(Save(network, options), settings);
        Random random = new(samples);

        // Numbers that 32 bits hold.
        double[] inputs = [.. Enumerable.Range(0, samples * network.InputSize).Select(_ => (double)(float)((random.NextDouble() * 4) - 2))];
        T[] expected = network.Predict<T>([.. inputs.Select(Number<T>)]);
        INetworkLayout layout = (INetworkLayout)network;
        double[][] results = isSingle
            ? Run<float>(session, layout, inputs, samples)
            : Run<double>(session, layout, inputs, samples);
        int number = 0;
        foreach (NetworkValue output in layout.OutputLayout)
        {
            double[] result = results[number++];
            Assert.Equal(samples * output.Length, result.Length);
            for (int i = 0; i < result.Length; i++)
            {
                double own = Convert.ToDouble(expected[(i / output.Length * network.OutputSize) + output.Offset + (i % output.Length)], null);
                Assert.True(
                    Math.Abs(own - result[i]) <= tolerance * Math.Max(1, Math.Abs(own)),
                    FormattableString.Invariant($"{network.Info.Name}, {output.Name}[{i}] of {samples}: {own:g9} and in ONNX Runtime {result[i]:g9}"));
            }
        }
    }

    private static double[][] Run<T>(InferenceSession session, INetworkLayout layout, double[] inputs, int samples)
        where T : struct
    {
        List<NamedOnnxValue> values = [];
        int width = inputs.Length / samples;
        string[] names = [.. session.InputNames];
        Assert.Equal(layout.InputLayout.Length, names.Length);
        foreach (NetworkValue input in layout.InputLayout)
        {
            T[] part = [.. Enumerable.Range(0, samples * input.Length).Select(i => Number<T>(inputs[(i / input.Length * width) + input.Offset + (i % input.Length)]))];
            Assert.Equal([-1, .. input.Shape], session.InputMetadata[names[values.Count]].Dimensions);
            values.Add(NamedOnnxValue.CreateFromTensor(names[values.Count], new DenseTensor<T>(part, [samples, .. input.Shape])));
        }

        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run(values, [.. session.OutputNames]);
        List<double[]> all = [];
        foreach (NetworkValue output in layout.OutputLayout)
        {
            Assert.Equal([-1, .. output.Shape], session.OutputMetadata[session.OutputNames[all.Count]].Dimensions);
            Tensor<T> tensor = results[all.Count].AsTensor<T>();
            Assert.Equal([samples, .. output.Shape], tensor.Dimensions.ToArray());
            all.Add([.. tensor.Select(value => Convert.ToDouble(value, null))]);
        }

        return [.. all];
    }

    private static T Number<T>(double value) => (T)Convert.ChangeType(value, typeof(T), null);
}
