using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using System.Text.RegularExpressions;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Tests.Support;

namespace GeneratedNetworks.Tool.Tests;

/// <summary>What <c>inspect</c> says of the code in an assembly, against what reflection says of it once it is loaded.</summary>
public sealed class InspectCodeTests : IDisposable
{
    /// <summary>One network with parameters as numbers, one with a string of them, one without, and members of the user's own.</summary>
    private const string Declarations = """
        using GeneratedNetworks;

        namespace Shop
        {
            [GeneratedNetwork(Model = "torch-flatten.onnx")]
            [Training(Loss.CrossEntropy, Optimizer.Adam)]
            public partial class Few { public int Own(int x) => x * x * x - x; }

            [GeneratedNetwork(Model = "wide.onnx", Emit = EmitProfile.Scalar)]
            public static partial class Many { public static string Text => "A string of the user's own, which is none of the network's constants."; }

            [GeneratedNetwork(3, Emit = EmitProfile.Basic)]
            [Dense(5, Activation.Tanh)]
            [Training(Loss.MeanSquaredError)]
            public partial class None { }

            public static class Other { public static int Twice(int x) => x + x; }
        }
        """;

    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void CodeAndConstantsAreAddedUp()
    {
        byte[] image = GeneratedAssembly.Compile(Declarations, GeneratedAssembly.Convert(Fixture.PathOf("Onnx/torch-flatten.onnx")), Wide());
        File.WriteAllBytes(_place.PathOf("Shop.dll"), image);
        using JsonDocument json = JsonDocument.Parse(_place.Succeed("inspect", _place.PathOf("Shop.dll"), "--json"));
        Dictionary<string, JsonElement> networks = json.RootElement.GetProperty("networks").EnumerateArray()
            .ToDictionary(network => network.GetProperty("class").GetString()!, network => network.GetProperty("code"));
        Type[] types = new AssemblyLoadContext("inspected").LoadFromStream(new MemoryStream(image)).GetTypes();
        long all = 0;
        int methods = 0;
        foreach ((string name, long constants) in new[] { ("Shop.Few", 684L), ("Shop.Many", 4 * 4550L), ("Shop.None", 0L) })
        {
            (int count, long bytes) = Sum(types, type => type.FullName == name || type.FullName!.StartsWith(name + "+", StringComparison.Ordinal));
            Check(networks[name], count, bytes, constants);
        }

        (int sharedCount, long sharedBytes) = Sum(types, type => type.FullName!.StartsWith("GeneratedNetworks.Generated.", StringComparison.Ordinal));
        Assert.True(sharedBytes > 1000);
        Check(json.RootElement.GetProperty("sharedCode"), sharedCount, sharedBytes, 0);
        Assert.Equal((methods, all, 684 + (4 * 4550)), Read(json.RootElement.GetProperty("totalCode")));

        string table = _place.Succeed("inspect", _place.PathOf("Shop.dll"));
        Assert.Matches($@"\ncode +methods +IL bytes +constant bytes\n-+\nShop\.Few +[\d,]+ +[\d,]+ +684\nShop\.Many +[\d,]+ +[\d,]+ +18,200\nShop\.None +[\d,]+ +[\d,]+\nwhat networks share +[\d,]+ +[\d,]+\n-+\nall networks +[\d,]+ +{all:#,0} +18,884\n", table);

        void Check(JsonElement code, int count, long bytes, long constants)
        {
            methods += count;
            all += bytes;
            Assert.Equal((count, bytes, constants), Read(code));
        }
    }

    /// <summary>The header of a network says what its constants take, and the assembly holds them.</summary>
    [Theory]
    [InlineData("basic")]
    [InlineData("scalar")]
    [InlineData("simd")]
    public void ConstantsAreThoseOfTheHeader(string profile)
    {
        _place.Succeed("emit", Fixture.PathOf("Onnx/torch-softmax.onnx"), "-o", _place.PathOf("gen"), "--name", "Brain", "--profile", profile);
        Match header = Regex.Match(File.ReadAllText(_place.PathOf("gen", "Brain.g.cs")), @"In all: ([\d,]+) bytes of constants;");
        File.WriteAllBytes(_place.PathOf("Bare.dll"), BareTarget.Of(profile)[0].Compile(Directory.EnumerateFiles(_place.PathOf("gen"))));
        string text = _place.Succeed("inspect", _place.PathOf("Bare.dll"));
        Assert.Matches($@"\nBrain +[\d,]+ +[\d,]+ +{header.Groups[1].Value}\n", text);
        Assert.Equal(profile == "simd", text.Contains("what networks share", StringComparison.Ordinal));
    }

    [Fact]
    public void AnAssemblyWithoutNetworksHasNoTableOfCode()
    {
        File.Copy(typeof(Assert).Assembly.Location, _place.PathOf("other.dll"));
        Assert.DoesNotContain("IL bytes", _place.Succeed("inspect", _place.PathOf("other.dll")), StringComparison.Ordinal);
    }

    /// <summary>64 × 70 weights and 70 biases: more than are written as numbers.</summary>
    private static Microsoft.CodeAnalysis.AdditionalText Wide()
    {
        StringWriter text = new();
        ModelText.Write(text, "wide.onnx", new ImportedModel("ONNX", [64],
            [new("Dense", [new("units", 70), new("Name", "wide")])],
            [new("wide.weight", [64, 70], "F32", new double[64 * 70]), new("wide.bias", [70], "F32", new double[70])]));
        return GeneratedAssembly.Text("wide.onnx.nnmodel", text.ToString());
    }

    private static (int Methods, long IlBytes, long ConstantBytes) Read(JsonElement code) =>
        (code.GetProperty("methods").GetInt32(), code.GetProperty("ilBytes").GetInt64(), code.GetProperty("constantBytes").GetInt64());

    /// <summary>All methods of some types but the user's own, by reflection.</summary>
    private static (int Methods, long IlBytes) Sum(IEnumerable<Type> types, Func<Type, bool> isWanted)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        int[] bodies =
        [
            .. types.Where(isWanted).SelectMany(type => type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
                .Where(method => method.Name is not ("Own" or "get_Text"))
                .Select(method => method.GetMethodBody()?.GetILAsByteArray()?.Length ?? -1).Where(length => length >= 0),
        ];
        return (bodies.Length, bodies.Sum(length => (long)length));
    }
}
