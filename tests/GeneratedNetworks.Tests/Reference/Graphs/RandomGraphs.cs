using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;

namespace GeneratedNetworks.Tests.Reference.Graphs;

/// <summary>Random graphs of all layers and their arguments, at sizes where kernels change: one less than a vector, one, one more.</summary>
internal static class RandomGraphs
{
    public static readonly Gen<GraphSpec> Graphs = Gen.Int.Select(seed => new Drawing(new Random(seed)).Draw());

    /// <summary>A graph under construction.</summary>
    private sealed class Drawing(Random random)
    {
        private const int MostElements = 1600, MostProducts = 60_000;

        private static readonly int[] Extents = [1, 3, 7, 8, 9, 17], Channels = [1, 2, 3, 4, 7, 8, 9, 16, 17];
        private static readonly (Activation[] Activations, Loss[] Losses)[] Ends =
        [
            (RandomNetworks.Elementwise, [Loss.MeanSquaredError, Loss.SquaredError, Loss.MeanAbsoluteError, Loss.Huber]),
            ([Activation.Sigmoid], [Loss.BinaryCrossEntropy]),
            ([Activation.Softmax, Activation.LogSoftmax], [Loss.CrossEntropy, Loss.CrossEntropy, Loss.SquaredError, Loss.MeanSquaredError]),
        ];

        private readonly List<(string Name, int[] Shape)> _inputs = [];
        private readonly List<GraphLayer> _layers = [];

        /// <summary>Inputs that embeddings read, and nothing else.</summary>
        private readonly List<int> _ids = [];
        private readonly List<GraphHead> _heads = [];

        private int Last => _inputs.Count + _layers.Count - 1;

        public GraphSpec Draw()
        {
            int inputs = Chance(0.25) ? 2 : 1, layers = random.Next(1, 8);
            for (int i = 0; i < inputs; i++)
            {
                if (Chance(0.1))
                    _ids.Add(i);
                _inputs.Add((inputs == 1 ? "x" : i == 0 ? "near" : "far", _ids.Contains(i) ? [Pick(Extents)] : InputShape()));
            }

            foreach (int ids in _ids)
                _layers.Add(new GraphEmbedding(Name(), ids, ShapeOf(ids), random.Next(1, 12), Pick(Channels)) { Frozen = Chance(0.12) });
            for (int i = 0; i < layers; i++)
                Grow();
            End();
            bool isPlain = _heads.Count == 1 && _heads[0].Value == Last && _heads[0].Weight == 1;
            return new GraphSpec(_inputs, _layers, _heads)
            {
                Optimizer = Chance(0.3) ? Optimizer.Sgd : Pick(Enum.GetValues<Optimizer>()),
                Reduction = Pick(Enum.GetValues<Reduction>()),
                InputGradients = Chance(0.6),
                GhostBatch = Pick([64, 64, 64, 3, 4, 8]),
                NamesOutputs = !isPlain || Chance(0.2),
            };
        }

        /// <summary>One more layer that reads a value there is, mostly the last one.</summary>
        private void Grow()
        {
            for (int attempt = 0; attempt < 50; attempt++)
            {
                int source = Chance(0.65) ? Last : Pick([.. Unread().Append(Pick([.. All()]))]);
                GraphLayer? layer = Chance(0.15) ? Join(source) : Draw(source);
                if (layer is not null && layer.Shape.All(extent => extent > 0) && Size(layer.Shape) <= MostElements && layer.Cost <= MostProducts)
                {
                    _layers.Add(layer);
                    return;
                }
            }
        }

        /// <summary>What nothing reads becomes part of an output.</summary>
        private void End()
        {
            int most = random.Next(1, 4);
            while (Unread().Count > most)
            {
                int[] flat = [.. Unread().Take(2).Select(Flat)];
                _layers.Add(new GraphConcat(Name(), flat, [.. flat.Select(ShapeOf)]) { Activation = Chance(0.2) ? Activation.Tanh : Activation.Identity });
            }

            foreach (int value in Unread())
                AddHead(value);

            // An output that another layer reads, and inner values that are outputs, too.
            if (Chance(0.2) && _layers[^1].Activation is not (Activation.Softmax or Activation.LogSoftmax) && _heads.Count < 3)
                AddHead(Last);
            int[] inner = [.. Enumerable.Range(_inputs.Count, _layers.Count).Where(value => _heads.All(head => head.Value != value) && _layers[value - _inputs.Count].Attribute is not ("Dropout" or "Flatten" or "Reshape"))];
            if (Chance(0.15) && inner.Length > 0)
                _heads.Add(new(Pick(inner), Pick(Ends[0].Losses), Pick([1, 0.5])));
        }

        private void AddHead(int value)
        {
            (Activation[] activations, Loss[] losses) = Pick(Ends);
            Activation activation = Pick(activations);
            Loss loss = Pick(losses);
            bool isApart = Chance(0.2), isOver = activation is Activation.Softmax or Activation.LogSoftmax;
            Activation inside = isApart ? Activation.Identity : activation;
            int[] shape = ShapeOf(value);
            int units = random.Next(isOver ? 2 : 1, 10);
            if (shape.Length == 1 || Chance(0.5))
            {
                int flat = Flat(value);
                _layers.Add(new GraphDense(Name(), flat, ShapeOf(flat), units, Chance(0.8), perStep: false) { Activation = inside });
            }
            else if (Chance(0.6) || (shape.Length == 3 && Size(shape) > 400))
                _layers.Add(new GraphDense(Name(), value, shape, units, Chance(0.8), perStep: true) { Activation = inside });
            else
                _layers.Add(new GraphConvolution(Name(), value, shape, new(Ones(shape.Length - 1), Ones(shape.Length - 1), Ones(shape.Length - 1), Around.Valid, []), units, 1, true) { Activation = inside });
            if (isApart)
                _layers.Add(new GraphSame(Name(), Last, ShapeOf(Last), ShapeOf(Last), "Activation", []) { Activation = activation });
            int output = Last;
            _heads.Add(new(output, loss, Pick([1, 1, 0.5, 2.25])));
        }

        private static int[] Ones(int count) => [.. Enumerable.Repeat(1, count)];

        /// <summary>A value of one axis with the same elements: a layer above it if it is one of several.</summary>
        private int Flat(int value)
        {
            int[] shape = ShapeOf(value);
            if (shape.Length == 1)
                return value;
            int known = Enumerable.Range(0, _layers.Count).Where(i => _layers[i].Attribute == "Flatten" && _layers[i].Sources[0] == value).Select(i => _inputs.Count + i).FirstOrDefault(-1);
            if (known >= 0)
                return known;
            _layers.Add(new GraphSame(Name(), value, shape, [Size(shape)], "Flatten", []));
            return Last;
        }

        private GraphLayer? Join(int source)
        {
            int[] shape = ShapeOf(source);
            int[] equal = [.. All().Where(value => ShapeOf(value).SequenceEqual(shape))], alike = [.. All().Where(value => ShapeOf(value)[..^1].SequenceEqual(shape[..^1]))];
            Activation activation = Chance(0.3) ? Pick(RandomNetworks.Elementwise) : Activation.Identity;
            int count = random.Next(1, 3);
            if (Chance(0.4))
            {
                int[] parts = [source, .. Enumerable.Range(0, count).Select(_ => Pick(alike))];
                random.Shuffle(parts);
                return new GraphConcat(Name(), parts, [.. parts.Select(ShapeOf)]) { Activation = activation };
            }

            int[] terms = [source, .. Enumerable.Range(0, count).Select(_ => Pick(equal))];
            random.Shuffle(terms);
            return new GraphJoin(Name(), terms, [.. terms.Select(ShapeOf)], Chance(0.6)) { Activation = activation };
        }

        private GraphLayer? Draw(int source)
        {
            int[] shape = ShapeOf(source);
            string name = Name();
            Activation activation = Chance(0.4) ? Activation.Identity : Pick(RandomNetworks.Elementwise);
            bool frozen = Chance(0.12), bias = Chance(0.8);
            switch (random.Next(shape.Length switch { 1 => 9, 2 => 24, _ => 20 }))
            {
                case 0:
                    return new GraphSame(name, source, shape, shape, "Activation", []) { Activation = Pick(RandomNetworks.Elementwise) };
                case 1:
                    return new GraphBatchNorm(name, source, shape, Pick([0.9, 0.75, 0.99]), Pick([1e-5, 1e-3, 0.1]), Chance(0.8), Chance(0.8), Chance(0.7)) { Frozen = Chance(0.15) };
                case 2:
                    return new GraphLayerNorm(name, source, shape, random.Next(1, shape.Length + 1), Pick([1e-5, 1e-3]), Chance(0.8), Chance(0.8));
                case 3:
                    return new GraphPRelu(name, source, shape, Chance(0.4));
                case 4:
                    return Chance(0.5) ? new GraphClip(name, source, shape, -0.5, 0.75) : new GraphNormalize(name, source, shape, Pick([0, 0.8]));
                case 5:
                    return Reshape(name, source, shape);
                case 6:
                    return new GraphSame(name, source, shape, shape, "Dropout", ["0"]);
                case 7 or 8 when shape.Length == 1 || Chance(0.5):
                    // Behind a signal a dense layer that flattens says so in a layer of its own.
                    return shape.Length == 2 ? null : new GraphDense(name, source, shape, Pick(Channels), bias, perStep: false) { Activation = activation, Frozen = frozen };
                case 7 or 8 or 9:
                    return new GraphDense(name, source, shape, Pick(Channels), bias, perStep: true) { Activation = activation, Frozen = frozen };
                case 10:
                    return new GraphGlobalPool(name, source, shape, Chance(0.5));
                case 11 or 12:
                    return Window(shape, isPool: true) is { } pool ? new GraphPool(name, source, shape, pool, true, false) : null;
                case 13:
                    return Window(shape, isPool: true) is { } mean ? new GraphPool(name, source, shape, mean, false, Chance(0.5)) : null;
                case 14 or 15:
                    return Window(shape, isPool: false) is { } depthwise ? new GraphDepthwise(name, source, shape, depthwise, random.Next(1, 4), bias) { Activation = activation, Frozen = frozen } : null;
                case 16:
                    return Transposed(name, source, shape, bias, activation, frozen);
                case >= 20:
                    return Recurrent(name, source, shape, bias, frozen);
                default:
                    return Convolution(name, source, shape, bias, activation, frozen);
            }
        }

        private GraphLayer Recurrent(string name, int source, int[] shape, bool bias, bool frozen)
        {
            int units = Pick(Channels);
            bool every = Chance(0.6);
            return random.Next(4) switch
            {
                0 => new GraphSimpleRnn(name, source, shape, units, Pick([Activation.Tanh, Activation.Tanh, Activation.Relu, Activation.Sigmoid]), bias, every) { Frozen = frozen },
                1 => new GraphLstm(name, source, shape, units, Chance(0.7) ? 0 : 0.25, bias, every) { Frozen = frozen },
                _ => new GraphGru(name, source, shape, units, Chance(0.6), bias, every) { Frozen = frozen },
            };
        }

        private GraphLayer? Convolution(string name, int source, int[] shape, bool bias, Activation activation, bool frozen)
        {
            if (Window(shape, isPool: false) is not { } window)
                return null;
            int groups = Chance(0.7) ? 1 : Pick([.. Enumerable.Range(1, shape[^1]).Where(divisor => shape[^1] % divisor == 0)]);
            int filters = groups == 1 ? Pick(Channels) : groups * random.Next(1, 4);
            return new GraphConvolution(name, source, shape, window, filters, groups, bias) { Activation = activation, Frozen = frozen };
        }

        private GraphLayer? Transposed(string name, int source, int[] shape, bool bias, Activation activation, bool frozen)
        {
            int axes = shape.Length - 1;
            int[] kernel = Each(axes, 1, 5), stride = Each(axes, 1, 4), dilation = Chance(0.7) ? Ones(axes) : Each(axes, 1, 4);
            Around around = Pick([Around.Valid, Around.Same, Around.Pads]);
            GraphWindow window = new(kernel, stride, dilation, around, around == Around.Pads ? Each(2 * axes, 0, 4) : []);
            int padding = around == Around.Same || Chance(0.6) ? 0 : random.Next(0, 3);
            return GraphTransposed.Lengths(window, shape[..^1], padding).Any(length => length < 1)
                ? null
                : new GraphTransposed(name, source, shape, window, Pick(Channels), padding, bias) { Activation = activation, Frozen = frozen };
        }

        private GraphWindow? Window(int[] shape, bool isPool)
        {
            int axes = shape.Length - 1;
            int[] kernel = Chance(0.6) ? [.. Enumerable.Repeat(random.Next(1, 5), axes)] : Each(axes, 1, 6);
            int[] stride = isPool && Chance(0.4) ? kernel : Chance(0.4) ? Ones(axes) : Each(axes, 1, 4);
            int[] dilation = isPool || Chance(0.7) ? Ones(axes) : Each(axes, 1, 4);
            Around around = (Around)random.Next(axes == 1 ? 4 : 3);
            int[] pads = around != Around.Pads ? [] : [.. Enumerable.Range(0, 2 * axes).Select(i => random.Next(0, isPool ? Math.Min(3, kernel[i % axes]) : 4))];
            GraphWindow window = new(kernel, stride, dilation, around, pads) { CeilMode = isPool && Chance(0.3) };
            return Enumerable.Range(0, axes).All(axis => window.Positions(axis, shape[axis]) > 0) ? window : null;
        }

        private GraphSame Reshape(string name, int source, int[] shape)
        {
            int size = Size(shape);
            if (shape.Length > 1 && Chance(0.4))
                return new(name, source, shape, [size], "Flatten", []);
            int last = Pick([.. Enumerable.Range(1, Math.Min(size, 17)).Where(divisor => size % divisor == 0)]);
            int middle = Pick([.. Enumerable.Range(1, size / last).Where(divisor => size / last % divisor == 0)]);
            int[] other = Chance(0.5) ? [size / last, last] : [size / last / middle, middle, last];
            return new(name, source, shape, other, "Reshape", [.. other.Select(extent => $"{extent}")]);
        }

        private int[] InputShape()
        {
            for (; ; )
            {
                int[] shape = random.Next(5) switch
                {
                    0 => [Pick([1, 3, 7, 8, 9, 17, 33])],
                    1 or 2 => [Pick(Extents), Pick(Channels)],
                    _ => [Pick(Extents), Pick(Extents), Pick(Channels)],
                };
                if (Size(shape) <= 600)
                    return shape;
            }
        }

        private IEnumerable<int> All() => Enumerable.Range(0, Last + 1).Except(_ids);

        private List<int> Unread() => [.. All().Where(value => _heads.All(head => head.Value != value) && !_layers.Any(layer => layer.Sources.Contains(value)))];

        private string Name() => $"v{_layers.Count + 1}";

        private int[] ShapeOf(int value) => value < _inputs.Count ? _inputs[value].Shape : _layers[value - _inputs.Count].Shape;

        private int[] Each(int count, int low, int high) => [.. Enumerable.Range(0, count).Select(_ => random.Next(low, high))];

        private bool Chance(double probability) => random.NextDouble() < probability;

        private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

        private static int Size(int[] shape) => shape.Aggregate(1, (product, extent) => product * extent);
    }
}
