using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;

namespace GeneratedNetworks;

/// <summary>What a generated network says of itself: sizes, layers, parameters, and as text the table that opens its generated file.</summary>
/// <remarks>One object serves all networks of a class; it never changes. Layers are taken apart when they are first asked for.</remarks>
public sealed class NetworkInfo
{
    private readonly string _table;
    private readonly NetworkParameter[] _parameters;
    private NetworkValue[]? _inputs;
    private NetworkValue[]? _outputs;
    private string[][]? _rows;
    private IReadOnlyList<int>? _inputShape;
    private IReadOnlyList<int>? _outputShape;
    private IReadOnlyList<LayerInfo>? _layers;

    /// <summary>For generated code, and for networks written by hand.</summary>
    /// <param name="name">The class, with namespace and outer classes.</param>
    /// <param name="precision">The type of its numbers.</param>
    /// <param name="declaration">The input's shape and the layers: see <see cref="Declaration"/>.</param>
    /// <param name="table">
    /// A line for the input and one for each layer, with tabs between name, kind, shape behind the layer (<c>28×28×1</c>), parameters, multiply-adds and
    /// kernel; counts of none are empty. Lines without a tab stand below the table.
    /// </param>
    /// <param name="parameters">The parameters in canonical order; not copied.</param>
    /// <param name="plan">A hash of all that decides in which order numbers are added up; 0 where there is none.</param>
    /// <param name="loss">What a trainer minimizes, if there is a trainer and it is one loss.</param>
    /// <param name="optimizer">What its steps follow, if there is a trainer.</param>
    /// <param name="source">The model file's path, if there is one.</param>
    /// <param name="format">What kind of file that is.</param>
    /// <param name="input">The file's name for the network's input, if it is known.</param>
    /// <param name="output">The file's name for the network's output, if it is known.</param>
    /// <param name="inputs">The inputs' places in a row, where there are several.</param>
    /// <param name="outputs">The outputs' places in a row, where there are several.</param>
    /// <param name="losses">What a trainer minimizes of each output, where there is a trainer and several outputs.</param>
    /// <exception cref="ArgumentNullException">A text or the parameters are null.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NetworkInfo(
        string name,
        Precision precision,
        string declaration,
        string table,
        NetworkParameter[] parameters,
        ulong plan = 0,
        Loss? loss = null,
        Optimizer? optimizer = null,
        string? source = null,
        string? format = null,
        string? input = null,
        string? output = null,
        NetworkValue[]? inputs = null,
        NetworkValue[]? outputs = null,
        Loss[]? losses = null)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        Precision = precision;
        Declaration = declaration ?? throw new ArgumentNullException(nameof(declaration));
        _table = table ?? throw new ArgumentNullException(nameof(table));
        _parameters = parameters ?? throw new ArgumentNullException(nameof(parameters));
        Plan = plan;
        Loss = loss;
        Losses = losses is not null ? Array.AsReadOnly(losses) : loss is { } one ? Array.AsReadOnly(new[] { one }) : [];
        Optimizer = optimizer;
        _inputs = inputs;
        _outputs = outputs;
        Source = source is null ? null : new NetworkSource(source, format ?? "", input, output);
    }

    /// <summary>The class, with namespace and outer classes.</summary>
    public string Name { get; }

    /// <summary>The type of inputs, outputs and parameters.</summary>
    public Precision Precision { get; }

    /// <summary>The extents of one input sample, row-major; of several inputs, the length of their row.</summary>
    public IReadOnlyList<int> InputShape => _inputShape ??= ShapeOf(InputLayout);

    /// <summary>The extents of one output, row-major; of several outputs, the length of their row.</summary>
    public IReadOnlyList<int> OutputShape => _outputShape ??= ShapeOf(OutputLayout);

    /// <summary>The number of values in one input sample.</summary>
    public int InputSize => InputShape.Aggregate(1, (product, extent) => product * extent);

    /// <summary>The number of values in one output.</summary>
    public int OutputSize => OutputShape.Aggregate(1, (product, extent) => product * extent);

    /// <summary>The number of parameters, frozen ones included.</summary>
    public int ParameterCount => _parameters.Sum(parameter => parameter.Length);

    /// <summary>The inputs in order: name, shape and place in a row.</summary>
    public ReadOnlySpan<NetworkValue> InputLayout => _inputs ??= [ValueOf(Rows[0])];

    /// <summary>The outputs in order: name, shape and place in a row.</summary>
    public ReadOnlySpan<NetworkValue> OutputLayout => _outputs ??= [ValueOf(Rows[Rows.Length - 1])];

    /// <summary>The parameter tensors in canonical order.</summary>
    public ReadOnlySpan<NetworkParameter> ParameterLayout => _parameters;

    /// <summary>The layers in the order in which they run. An attribute with an activation makes two.</summary>
    public IReadOnlyList<LayerInfo> Layers => _layers ??= ReadLayers();

    /// <summary>How many multiplications with an addition the products of one forward pass take, for one sample.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>What the class's trainer minimizes; <see langword="null"/> without a trainer, and where several outputs have a loss each.</summary>
    public Loss? Loss { get; }

    /// <summary>What the class's trainer minimizes of each output, in the order of the outputs; empty without a trainer.</summary>
    public IReadOnlyList<Loss> Losses { get; }

    /// <summary>What the steps of the class's trainer follow; <see langword="null"/> without a trainer.</summary>
    public Optimizer? Optimizer { get; }

    /// <summary>The model file that layers or parameters come from; <see langword="null"/> where there is none.</summary>
    public NetworkSource? Source { get; }

    /// <summary>
    /// The declaration as lines of text: <c>input 28 28</c>, then for each layer its attribute with its arguments by name, such as
    /// <c>layer Dense units=32 activation=Relu Name="hidden"</c>. Arguments left out have their defaults. Inputs and outputs that are declared by name have a
    /// line each before the layers, <c>input 3 "speed" "speed"</c> and <c>output "policy" "policy"</c>: the first name is that of a file.
    /// </summary>
    public string Declaration { get; }

    /// <summary>A hash of the plan that the code was generated from: networks that compute with the same bits have the same one.</summary>
    internal ulong Plan { get; }

    private string[][] Rows => _rows ??= InfoTable.Rows(_table);

    /// <summary>The table that opens the generated file: layers, shapes, parameters, multiply-adds and kernels, and the memory that is needed.</summary>
    public override string ToString()
    {
        string[] input = Rows[0];
        string[] total = ["total", "", InfoTable.Count(ParameterCount), InfoTable.Count(MultiplyAdds), ""];
        IEnumerable<string> lines = InfoTable.Align([[input[0], input[2], input[3], input[4], input[5]], .. Layers.Select(layer => layer.Row), total]);
        string[] sentences = [.. InfoTable.Sentences(_table)];
        return $"{Name}: {InfoTable.Shape(InputShape)} → {InfoTable.Shape(OutputShape)}, {Precision.ToString().ToLowerInvariant()} precision\n\n"
            + string.Join("\n", sentences.Length == 0 ? lines : [.. lines, "", .. sentences]);
    }

    private static NetworkValue ValueOf(string[] row) => new(row[0], 0, InfoTable.ParseShape(row[2]));

    private static IReadOnlyList<int> ShapeOf(ReadOnlySpan<NetworkValue> layout)
    {
        if (layout.Length == 1)
            return layout[0].Shape;
        int length = 0;
        foreach (NetworkValue value in layout)
            length += value.Length;
        return Array.AsReadOnly(new[] { length });
    }

    private IReadOnlyList<LayerInfo> ReadLayers()
    {
        List<LayerInfo> layers = [];
        string above = "";
        foreach (string[] row in Rows.Skip(1))
        {
            layers.Add(new LayerInfo(row, InfoTable.Label(row, above)));
            above = row[0];
        }

        return layers.AsReadOnly();
    }
}
