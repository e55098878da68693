using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using System.Threading;
using GeneratedNetworks.Generator.Tests.Witness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>What a header says that a network takes is what its assembly holds and what creating it allocates.</summary>
public sealed class FootprintTests
{
    /// <summary>On 64-bit .NET: a header word, the type, the length; then up to 7 bytes to the next multiple of 8.</summary>
    private const int ArrayHead = 24, Rounding = 7;

    /// <summary>A header word and the type. A field is at most 8 bytes, and a struct's two.</summary>
    private const int ObjectHead = 16, Field = 16;

    /// <summary>What the runtime allocates for a thread's first static field grows with the types of the process that have one; the scratch is a hundred thousand.</summary>
    private const int ThreadStatics = 4096;

    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Named layers, so that one file fits all.</summary>
    private static readonly Dictionary<string, string> Networks = new()
    {
        ["3-4-1"] = "[GeneratedNetwork(3$)] [Dense(4, Activation.Tanh)] [Dense(1)]",
        ["64-32-10"] = "[GeneratedNetwork(64$)] [Dense(32, Activation.Relu)] [Dropout(0.1)] [Dense(10, Activation.Softmax)]",
        ["normalized"] = "[GeneratedNetwork(9$)] [Normalize] [Dense(33, Activation.Gelu, Frozen = true)] [Dense(7)] [Clip(-1, 1)]",
        ["double"] = "[GeneratedNetwork(5$, Precision = Precision.Double)] [Dense(20, Activation.Mish)] [Dense(20)] [Dense(2)]",

        // Orthogonal matrices, the default, are made in memory that is dropped again.
        ["sequence"] = "[GeneratedNetwork(20, 3$)] [Gru(12, ReturnSequences = true, RecurrentInitializer = Initializer.GlorotUniform)] "
            + "[Lstm(7, ReturnSequences = true, RecurrentInitializer = Initializer.GlorotUniform)] [SimpleRnn(5, RecurrentInitializer = Initializer.GlorotUniform)] [Dense(2)]",
        ["wide"] = "[GeneratedNetwork(6$)] [Dense(9000, Activation.Relu)] [Dense(2)]",
    };

    public static TheoryData<string, string, string> Cases =>
        [.. from network in Networks.Keys from profile in new[] { "Simd", "Scalar", "Basic" } from optimizer in new[] { "Sgd", "Adam" } select (network, profile, optimizer)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void MemoryIsWhatTheHeaderSays(string network, string profile, string optimizer)
    {
        (GeneratorRun run, byte[] image) = Compile(network, profile, $"[Training(Loss.MeanSquaredError, Optimizer.{optimizer})]");
        Match header = HeaderClaims.InAllOf(run.SingleFile);
        Assembly assembly = new AssemblyLoadContext("footprint").LoadFromStream(new MemoryStream(image));
        Type probe = assembly.GetType("Probe", throwOnError: true)!;
        Func<object> create = probe.GetMethod("Network")!.CreateDelegate<Func<object>>();
        Func<object, object> train = probe.GetMethod("Train")!.CreateDelegate<Func<object, object>>();
        Action<object> use = probe.GetMethod("Use")!.CreateDelegate<Action<object>>();

        // From here on everything is compiled.
        object created = create();
        use(created);
        long scratch = OnStack(run.KernelsFile, created);
        if (run.KernelsFile.Contains("ThreadStatic", StringComparison.Ordinal))
        {
            // What the stack cannot hold a thread allocates at its first call.
            long allocated = 0;
            Thread other = new(() =>
            {
                (allocated, _) = Measure(() => { use(created); return created; });
                scratch = Math.Max(scratch, Buffer.ByteLength(ScratchOfThread(assembly)));
            });
            other.Start();
            other.Join();
            Assert.InRange(allocated, scratch, scratch + ArrayHead + Rounding + ThreadStatics);
        }

        long heads = 0;
        (long bytes, object fresh) = Measure(create);
        long arrays = Payload(fresh, ref heads);
        Assert.Equal(HeaderClaims.Number(header.Groups["forward"].Value), arrays + scratch);
        Assert.InRange(bytes, arrays, arrays + heads);

        train(created);
        (long trainerBytes, object trainer) = Measure(() => train(fresh));
        heads = 0;
        long trainerArrays = Payload(trainer, ref heads) - arrays;
        Assert.Equal(HeaderClaims.Number(header.Groups["training"].Value), arrays + scratch + trainerArrays);
        Assert.InRange(trainerBytes, trainerArrays, trainerArrays + heads);

        // What it says of the trainer alone leaves out what starts a cache line; and no batch takes more.
        long own = HeaderClaims.Number(Regex.Match(run.SingleFile, @"^// A trainer takes ([\d,]+) bytes", RegexOptions.Multiline).Groups[1].Value);
        Assert.InRange(trainerArrays - own, 0, 64);
        Func<object, int, long> step = probe.GetMethod("Step")!.CreateDelegate<Func<object, int, long>>();
        step(trainer, 3);
        step(trainer, 500);

        // The least of some calls: the runtime's own work of compiling once more may fall into one of them.
        long least(int samples) => Enumerable.Range(0, 5).Min(_ => step(trainer, samples));
        Assert.Equal((0, 0), (least(1), least(500)));
    }

    /// <summary>What both forms with embedded parameters are compared with.</summary>
    private static readonly ConcurrentDictionary<(string Network, string Profile), Lazy<(GeneratorRun Run, byte[] Image)>> Plain = new();

    public static TheoryData<string, string, string> Embedded =>
        [.. from network in new[] { "3-4-1", "64-32-10", "double", "wide" } from profile in new[] { "Simd", "Scalar", "Basic" } from form in new[] { "", "static " } select (network, profile, form)];

    [Theory]
    [MemberData(nameof(Embedded))]
    public void ConstantsAreWhatTheHeaderSays(string network, string profile, string form)
    {
        (GeneratorRun plain, byte[] without) = Plain.GetOrAdd((network, profile), key => new(() => Compile(key.Network, key.Profile, ""))).Value;
        (GeneratorRun run, byte[] with) = Compile(network, profile, "[Weights(\"net.safetensors\")]", form, File(network));
        Match header = HeaderClaims.InAllOf(run.SingleFile);
        long constants = header.Groups["constants"].Success ? HeaderClaims.Number(header.Groups["constants"].Value) : 0;
        Assert.False(HeaderClaims.InAllOf(plain.SingleFile).Groups["constants"].Success);

        // Of strings only one is that long: the rest are names and messages.
        bool isText = run.SingleFile.Contains("as a string that holds their bits", StringComparison.Ordinal);
        Assert.Equal(constants, isText ? LongestString(with) : DataBytes(with) - DataBytes(without));
        Assert.True(constants > 0);
    }

    /// <summary>By hand: forward, the gradients of weights, and those of values down to the lowest layer that learns.</summary>
    [Theory]
    [InlineData("[GeneratedNetwork(64)] [Dense(32, Activation.Relu)] [Dense(10)]", "", 2368, (2 * 2368) + 320)]
    [InlineData("[GeneratedNetwork(64)] [Dense(32, Activation.Relu, Frozen = true)] [Dense(10)]", "", 2368, 2368 + 320)]
    [InlineData("[GeneratedNetwork(64)] [Dense(32, Activation.Relu)] [Dense(10, Frozen = true)]", "", 2368, 2368 + 320 + 2048)]
    [InlineData("[GeneratedNetwork(64)] [Dense(32, Activation.Relu)] [Dense(10)]", ", InputGradients = true", 2368, (2 * 2368) + 320)]
    [InlineData("[GeneratedNetwork(6, 2)] [Lstm(8, ReturnSequences = true)] [Dense(1, PerStep = true)]", "", 6 * (64 + 256 + 8), (2 * 6 * (64 + 256 + 8)) + (6 * (256 + 8)))]
    [InlineData("[GeneratedNetwork(6, 2)] [Gru(8)] [Dense(3)]", "", (6 * (48 + 192)) + 24, (2 * ((6 * (48 + 192)) + 24)) + (6 * 192) + 24)]
    public void MultiplyAddsAreThoseOfTheProducts(string layers, string option, int forward, int step)
    {
        string text = GeneratorHarness.Run(GeneratorHarness.Usings + $"{layers} [Training(Loss.MeanSquaredError{option})] public partial class Net {{ }}").AssertClean().SingleFile;
        Match header = HeaderClaims.InAllOf(text);
        Assert.Equal(forward, HeaderClaims.Number(Regex.Match(text, @"^// total +[\d,]+ +([\d,]+)", RegexOptions.Multiline).Groups[1].Value));
        Assert.Equal((forward, step), (HeaderClaims.Number(header.Groups["run"].Value), HeaderClaims.Number(header.Groups["step"].Value)));
    }

    private static (GeneratorRun Run, byte[] Image) Compile(string network, string profile, string attributes, string form = "", params AdditionalText[] files)
    {
        string type = network == "double" ? "double" : "float";
        string layers = Networks[network].Replace("$", $", Emit = EmitProfile.{profile}", StringComparison.Ordinal);
        string probe = form.Length > 0 || attributes.Contains("Weights", StringComparison.Ordinal) || attributes.Length == 0 ? "" : $$"""
            public static class Probe
            {
                public static object Network() => new Net(1UL);
                public static object Train(object network) => new Net.Trainer((Net)network);
                private static readonly {{type}}[] Inputs = new {{type}}[3 * Net.InputSize], Outputs = new {{type}}[3 * Net.OutputSize];
                public static void Use(object network) => ((Net)network).Forward(Inputs, Outputs);
                public static long Step(object trainer, int samples)
                {
                    {{type}}[] inputs = new {{type}}[samples * Net.InputSize], targets = new {{type}}[samples * Net.OutputSize];
                    long before = System.GC.GetAllocatedBytesForCurrentThread();
                    ((Net.Trainer)trainer).Step(inputs, targets);
                    return System.GC.GetAllocatedBytesForCurrentThread() - before;
                }
            }
            """;
        GeneratorRun run = GeneratorHarness.Run(
            GeneratorHarness.Usings + $"{layers} {attributes} public {form}partial class Net {{ }}\n{probe}", null, null, files);
        byte[] image = run.Emit();
        return (run.AssertClean(), image);
    }

    private static InMemoryText File(string network) => ModelTexts.Of("net.safetensors", network switch
    {
        "3-4-1" => ModelTexts.Tensors(("dense1.weight", [3, 4]), ("dense1.bias", [4]), ("dense2.weight", [4, 1]), ("dense2.bias", [1])),
        "64-32-10" => ModelTexts.Tensors(("dense1.weight", [64, 32]), ("dense1.bias", [32]), ("dense2.weight", [32, 10]), ("dense2.bias", [10])),
        "double" => ModelTexts.Tensors(
            ("dense1.weight", [5, 20]), ("dense1.bias", [20]), ("dense2.weight", [20, 20]), ("dense2.bias", [20]), ("dense3.weight", [20, 2]), ("dense3.bias", [2])),
        _ => ModelTexts.Tensors(("dense1.weight", [6, 9000]), ("dense1.bias", [9000]), ("dense2.weight", [9000, 2]), ("dense2.bias", [2])),
    });

    private static (long Bytes, object Result) Measure(Func<object> create)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        object result = create();
        return (GC.GetAllocatedBytesForCurrentThread() - before, result);
    }

    /// <summary>Bytes of the elements of all arrays that an object holds, and, added to <paramref name="heads"/>, the most that it takes beside them.</summary>
    private static long Payload(object root, ref long heads)
    {
        long payload = 0;
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<object> open = new([root]);
        while (open.TryPop(out object? value))
        {
            if (!value.GetType().IsValueType && !seen.Add(value))
                continue;
            if (value is Array array)
            {
                payload += Buffer.ByteLength(array);
                heads += ArrayHead + Rounding;
                continue;
            }

            FieldInfo[] fields = value.GetType().GetFields(Own);
            heads += value.GetType().IsValueType ? 0 : ObjectHead + Rounding + (Field * fields.Length);
            foreach (FieldInfo field in fields.Where(field => !field.FieldType.IsPrimitive && !field.FieldType.IsPointer))
            {
                if (field.GetValue(value) is { } inner)
                    open.Push(inner);
            }
        }

        return payload;
    }

    /// <summary>Bytes on the stack by the text: of one of two forms for each way through the network, the larger.</summary>
    private static long OnStack(string kernels, object network)
    {
        IEnumerable<long> elements = Regex.Matches(kernels, @"stackalloc \w+\[(\d+)\]|\[InlineArray\((\d+)\)\]")
            .Select(match => long.Parse(match.Groups[match.Groups[1].Success ? 1 : 2].Value));
        return elements.DefaultIfEmpty(0).Max() * ElementBytes(network);
    }

    private static int ElementBytes(object network) => network.GetType().GetMethods().Single(method => method.Name == "GetParameters")
        .GetParameters()[0].ParameterType.ToString().Contains("Double", StringComparison.Ordinal) ? sizeof(double) : sizeof(float);

    private static Array ScratchOfThread(Assembly assembly) => assembly.GetTypes()
        .SelectMany(type => type.ContainsGenericParameters ? [] : type.GetFields(BindingFlags.Static | BindingFlags.NonPublic))
        .Where(field => field.Name == "ScratchOfThread").Select(field => field.GetValue(null)).OfType<Array>().Single();

    /// <summary>Bytes of the data that fields of an assembly start with.</summary>
    private static long DataBytes(byte[] image)
    {
        using PEReader file = new(new MemoryStream(image));
        MetadataReader reader = file.GetMetadataReader();
        long bytes = 0;
        foreach (FieldDefinition field in reader.FieldDefinitions.Select(reader.GetFieldDefinition).Where(field => field.GetRelativeVirtualAddress() != 0))
        {
            BlobReader signature = reader.GetBlobReader(field.Signature);
            signature.ReadSignatureHeader();
            bytes += signature.ReadSignatureTypeCode() == SignatureTypeCode.TypeHandle
                ? reader.GetTypeDefinition((TypeDefinitionHandle)signature.ReadTypeHandle()).GetLayout().Size
                : sizeof(long);
        }

        return bytes;
    }

    private static long LongestString(byte[] image)
    {
        using PEReader file = new(new MemoryStream(image));
        MetadataReader reader = file.GetMetadataReader();
        long longest = 0;
        for (UserStringHandle text = MetadataTokens.UserStringHandle(1); !text.IsNil; text = reader.GetNextHandle(text))
            longest = Math.Max(longest, reader.GetUserString(text).Length);
        return longest * sizeof(char);
    }
}
