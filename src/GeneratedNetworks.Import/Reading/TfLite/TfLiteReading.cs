using System.Globalization;
using GeneratedNetworks.Import.TfLite;

namespace GeneratedNetworks.Import.Reading.TfLite;

/// <summary>
/// Opens TensorFlow Lite files: every operator becomes an operation, in the file's order. Values are what quantised numbers stand for; behind every
/// operator with a quantised result, that is held in its range.
/// </summary>
internal static class TfLiteReading
{
    private const uint SchemaVersion = 3;
    private const int SequenceLstm = 44;

    public static ModelReading Open(ModelSource source, IReadOnlyList<string> outputs)
    {
        FlatFile file = new(source);
        if (!file.HasIdentifier("TFL3") || file.Root is var model && model.UInt(0) != SchemaVersion)
            throw source.Error("it is no TFLite file of schema version 3.");
        FlatVector graphs = model.Vector(2, sizeof(uint));
        if (graphs.Count == 0)
            throw source.Error("it holds no graph.");
        FlatTable graph = graphs.Table(0);
        FlatVector codes = model.Vector(1, sizeof(uint));
        FlatVector operators = graph.Vector(3, sizeof(uint));
        TfLiteTensors tensors = new(source, model, graph);
        Operation[] operations = [.. Enumerable.Range(0, operators.Count).Select(i => OperationOf(source, tensors, codes, operators.Table(i), i))];
        GraphInput[] inputs = [.. Ints(graph.Vector(1, sizeof(int))).Select(index => InputOf(source, tensors.Of(index), graph))];
        string[] wanted = Wanted(source, tensors, operations, Ints(graph.Vector(2, sizeof(int))), outputs);
        ReadGraph read = new(source, inputs, operations, wanted, key => tensors.Constant(int.Parse(key, CultureInfo.InvariantCulture)));

        // Scales have 32 bits, and so have the ends of ranges; a ReLU6 that lies in one ends at 6.00000006.
        bool isRounded = operations.Any(operation => operation.Outputs.Any(key => tensors.Of(int.Parse(key, CultureInfo.InvariantCulture)).Range is not null))
            || Enumerable.Range(0, operators.Count).Any(i => HasRoundedSlope(codes, operators.Table(i)));
        return new ModelReading(source, $"TFLite, {operations.Length} operators", read, isRounded);
    }

    private static Operation OperationOf(ModelSource source, TfLiteTensors tensors, FlatVector codes, FlatTable table, int index)
    {
        int code = CodeOf(codes, table);
        TfLiteRule? rule = TfLiteRules.Find(code);
        int[] inputs = Ints(table.Vector(1, sizeof(int)));

        // What an operator remembers between runs starts as zeros, and one run is all there is.
        if (code == SequenceLstm)
            inputs = [.. inputs.Select((input, i) => i is 18 or 19 ? -1 : input)];
        int[] outputs = Ints(table.Vector(2, sizeof(int)));
        TfLiteTensor? output = outputs.Length > 0 ? tensors.Of(outputs[0]) : null;
        TfLiteTensor?[] said = [.. inputs.Select(input => input < 0 ? null : tensors.Of(input))];
        string label = $"operator {index}, {rule?.Name ?? $"number {code} of the schema"}{(output is null ? "" : $" of '{output.Name}'")}";
        if (outputs.Length > 1 || output is null)
            rule = null;
        return new Operation(label, [.. inputs.Select(input => input < 0 ? "" : Key(input))], [.. outputs.Select(Key)], scope => rule is null
            ? throw scope.Error("this operator is not executed")
            : [Hold(scope, rule.Apply(new TfLiteCall(table, said, scope)), output!, rule.Bounds)])
        {
            Role = rule?.Role == PrefixRole.Range && output?.Range is null ? PrefixRole.None : rule?.Role ?? PrefixRole.None,
            Range = output?.Range is { } range ? _ => range : null,
        };
    }

    /// <summary>What a quantised tensor keeps of a value: the range of its type, and whole steps of its scale where rounding is asked for.</summary>
    private static Tensor Hold(OperationScope scope, Tensor value, TfLiteTensor output, (double Least, double Greatest)? bounds)
    {
        if (output.Range is not { } range)
            return value;
        double scale = output.Scales[0];
        if (scope.Rounds)
            value = scope.Map(value, x => scale * Math.Round(x / scale, MidpointRounding.AwayFromZero));
        else
            range = QuantisedRange.Limits(range.Least, range.Greatest, scale, bounds);
        return scope.Clamp(value, range.Least, range.Greatest) with { Type = ElementType.Real };
    }

    private static GraphInput InputOf(ModelSource source, TfLiteTensor tensor, FlatTable graph)
    {
        if (tensor.Type is not { } type || tensor.Shape.Length == 0)
            throw source.Error($"its input '{tensor.Name}' holds no numbers, or has no axis.");
        FlatVector signature = graph.Vector(0, sizeof(uint)).Table(tensor.Index).Vector(7, sizeof(int));
        int[] shape = [.. tensor.Shape.Select((extent, axis) => axis < signature.Count && signature.Int(axis) < 0 ? axis == 1 && source.Window is { } window ? window : 1 : extent)];
        long count = Extents.Count(shape);
        if (count < 1 || count > (1 << 20) + (8L * source.Content.Length))
            throw source.Error($"its input '{tensor.Name}' has {count} elements.");
        return new GraphInput(Key(tensor.Index), tensor.Name, tensor.IsQuantised ? ElementType.Real : type, shape, shape.Length > 1 ? shape[0] : 1) { Range = tensor.Range };
    }

    private static string[] Wanted(ModelSource source, TfLiteTensors tensors, Operation[] operations, int[] outputs, IReadOnlyList<string> named)
    {
        if (named.Count == 0)
            return outputs.Length > 0 ? [.. outputs.Select(Key)] : throw source.Error("it has no output.");
        IEnumerable<int> all = operations.SelectMany(operation => operation.Outputs).Select(key => int.Parse(key, CultureInfo.InvariantCulture));
        Dictionary<string, string> keys = new(StringComparer.Ordinal);
        foreach (int index in all)
            keys[tensors.Of(index).Name] = Key(index);
        return [.. named.Select(name => keys.GetValueOrDefault(name) ?? throw source.Error($"no operator gives '{name}'."))];
    }

    private static int CodeOf(FlatVector codes, FlatTable table)
    {
        uint index = table.UInt(0);
        if (index >= codes.Count)
            throw codes.File.Source.Error($"operator code {index} is named, and there are {codes.Count}.");
        FlatTable code = codes.Table((int)index);
        return Math.Max(code.Byte(0), code.Int(3));
    }

    private static bool HasRoundedSlope(FlatVector codes, FlatTable table)
    {
        const int LeakyRelu = 98;
        return CodeOf(codes, table) == LeakyRelu && table.Child(4)?.Float(0) is float slope && Math.Floor(slope * 1024) != slope * 1024;
    }

    private static int[] Ints(FlatVector vector) => [.. Enumerable.Range(0, vector.Count).Select(vector.Int)];

    private static string Key(int index) => index.ToString(CultureInfo.InvariantCulture);
}
