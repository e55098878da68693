using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>Where a block of parameters lies in the flat array, and, alike, its gradients and the optimiser's state.</summary>
/// <param name="Block">The block.</param>
/// <param name="Offset">Start, where the layout lets a block start.</param>
/// <param name="Length">Elements with padding, which is zero.</param>
/// <param name="Packing">How the weights of a dense product are ordered; null: in canonical order.</param>
internal sealed record BlockPlace(ParameterBlock Block, int Offset, int Length, DenseWeights? Packing)
{
    /// <summary>Where its rows end before their last panel does: elements of a panel, rows, and elements of a row.</summary>
    public (int Panel, int Inputs, int Outputs)? Padding { get; init; }
}

/// <summary>The flat array of all parameters.</summary>
/// <param name="Places">In canonical order of the blocks.</param>
/// <param name="Dense">The weights of all dense products, in the same order.</param>
/// <param name="Patches">Those of all windows.</param>
/// <param name="Length">Elements in all.</param>
/// <param name="TrainedLength">Elements that have gradients: buffers lie behind them.</param>
/// <param name="TransposedLength">Elements of all packed Wᵀ together, which the trainer keeps.</param>
internal sealed record ParameterStore(
    EquatableArray<BlockPlace> Places, EquatableArray<DenseWeights> Dense, EquatableArray<DenseWeights> Patches, int Length, int TrainedLength, int TransposedLength)
{
    public bool HasBuffers => Length > TrainedLength;

    /// <summary>All that have a packed Wᵀ.</summary>
    public IEnumerable<DenseWeights> Transposed => Dense.Concat(Patches).Where(weights => weights.TransposedOffset >= 0);

    /// <summary>Those of a window; those of a recurrent product are read as a window of one step's where their gradient is computed.</summary>
    public DenseWeights PatchesOf(ParameterBlock block) => Patches.FirstOrDefault(weights => weights.Block == block) ?? Dense.Of(block);

    /// <summary>Where a block, or a row of one, lies.</summary>
    public BlockPlace Of(ParameterBlock block)
    {
        ParameterBlock whole = block.Whole ?? block;
        BlockPlace found = Places.First(place => place.Block == whole);
        return block.Start == 0 ? found : found with { Offset = found.Offset + block.Start };
    }

    /// <summary>Places the blocks: each dense product's weights as its kernels read them, all else in canonical order.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="layout">Padding and alignment.</param>
    /// <param name="operations">Everything that reads parameters; the first product of a block decides.</param>
    /// <param name="forced">What is asked for in place of the cost model's choices.</param>
    public static ParameterStore Place(NetworkGraph graph, Layout layout, IReadOnlyList<Operation> operations, Forced forced)
    {
        operations = [.. operations.Flat()];
        List<BlockPlace> places = [];
        List<DenseWeights> dense = [];
        Dictionary<ParameterBlock, int> denseOf = [];
        ILookup<ParameterBlock, Gemm> products = operations.OfType<Gemm>().ToLookup(product => product.Weight);
        ILookup<ParameterBlock, Gemm> biased = operations.OfType<Gemm>().Where(product => product.Bias is not null).ToLookup(product => product.Bias!.Whole ?? product.Bias!);
        ILookup<ParameterBlock, Convolve> convolutions = operations.OfType<Convolve>().ToLookup(product => product.Weight);
        ILookup<ParameterBlock, Deconvolve> deconvolutions = operations.OfType<Deconvolve>().ToLookup(product => product.Weight);
        List<DenseWeights> patches = [];
        HashSet<ParameterBlock> readsTransposed =
            [.. operations.OfType<GemmTransposed>().Select(product => product.Weight), .. operations.OfType<ConvolveTransposed>().Select(product => product.Weight), .. operations.OfType<DeconvolveBackward>().Select(product => product.Weight)];
        int offset = 0;
        int transposed = 0;
        foreach (ParameterBlock block in graph.Parameters.Where(block => block.Role != ParameterRole.Buffer))
        {
            if (products[block].FirstOrDefault() is { } gemm)
            {
                DenseWeights weights = Pack(graph, layout, gemm, forced, offset, readsTransposed.Contains(block) ? transposed : -1);
                if (weights.TransposedOffset >= 0)
                    transposed = layout.Align(checked(transposed + weights.TransposedLength));
                denseOf.Add(block, dense.Count);
                dense.Add(weights);
                Add(block, weights.Length, weights, !weights.IsByOutput && weights.Outputs % weights.Panel > 0 ? (weights.Panel, weights.Inputs, weights.Outputs) : null);
                continue;
            }

            if (convolutions[block].FirstOrDefault() is { } convolution)
            {
                DenseWeights weights = Pack(graph, layout, convolution, offset, readsTransposed.Contains(block) ? transposed : -1);
                if (weights.TransposedOffset >= 0)
                    transposed = layout.Align(checked(transposed + weights.TransposedLength));
                patches.Add(weights);
                Add(block, weights.Length, weights, weights.Outputs % weights.Panel > 0 ? (weights.Panel, weights.Inputs, weights.Outputs) : null);
                continue;
            }

            if (deconvolutions[block].FirstOrDefault() is { } deconvolution)
            {
                DenseWeights weights = Pack(layout, deconvolution, offset, readsTransposed.Contains(block) ? transposed : -1);
                if (weights.TransposedOffset >= 0)
                    transposed = layout.Align(checked(transposed + weights.TransposedLength));
                patches.Add(weights);
                Add(block, weights.Length, weights, weights.Outputs % weights.Panel > 0 ? (weights.Panel, weights.Inputs, weights.Outputs) : null);
                continue;
            }

            // The first that adds it, of those whose weights are placed.
            int product = biased[block].Min(gemm => denseOf.TryGetValue(gemm.Weight, out int index) ? index : (int?)null) ?? -1;
            if (product >= 0)
            {
                int start = biased[block].First(gemm => denseOf[gemm.Weight] == product).Bias!.Start;
                dense[product] = dense[product] with { BiasOffset = offset + start, BiasStart = start };
            }

            AddRow(block);
        }

        int trained = offset;
        foreach (ParameterBlock block in graph.Parameters.Where(block => block.Role == ParameterRole.Buffer))
            AddRow(block);

        // A bias is placed after the weights that its product reads it with.
        IEnumerable<BlockPlace> canonical = places
            .Select(place => !denseOf.ContainsKey(place.Block) ? place : place with { Packing = dense[denseOf[place.Block]] })
            .OrderBy(place => place.Block.Offset);
        return new(new(canonical), new(dense), new(patches), offset, trained, transposed);

        void AddRow(ParameterBlock block)
        {
            int count = block.Shape.Count;
            int panel = layout.PanelWidth(count), length = layout.Stride(count);

            // A product reads whole panels of a bias that is a row of several.
            int reach = biased[block].Where(gemm => gemm.Bias!.Start > 0).Select(gemm => gemm.Bias!.Start + layout.Stride(gemm.Bias.Shape.Count)).DefaultIfEmpty(0).Max();
            Add(block, System.Math.Max(length, reach), null, count % panel > 0 || reach > length ? (panel, 1, count) : null);
        }

        void Add(ParameterBlock block, int length, DenseWeights? packing, (int Panel, int Inputs, int Outputs)? padding)
        {
            places.Add(new(block, offset, length, packing) { Padding = padding });
            offset = layout.Align(checked(offset + length));
        }
    }

    /// <summary>A panel holds outputs of one group only, or, where each channel is seen by itself, all channels.</summary>
    private static DenseWeights Pack(NetworkGraph graph, Layout layout, Convolve product, int offset, int transposedOffset)
    {
        int outputs = product.Output.Shape.Columns, rows = product.Weight.Shape.Count / outputs, own = outputs / product.Groups, taps = product.Window.Taps, inputs = rows / taps;
        bool isDepthwise = product.Groups > 1 && own == 1 && inputs == 1;
        int panel = isDepthwise ? layout.Stride(outputs) : layout.PanelWidth(own), inputPanel = isDepthwise ? panel : layout.PanelWidth(inputs);
        while (!isDepthwise && product.Groups > 1 && own % panel > 0)
            panel /= 2;
        if (KernelSelector.IsColumn(graph, layout, product))
            panel = 1;
        return new(
            product.Weight.Layer, rows, outputs, WeightOrder.Panels, panel, layout.Stride(outputs, panel), inputPanel, layout.Stride(inputs, inputPanel), offset, -1, isDepthwise ? -1 : transposedOffset)
        {
            Block = product.Weight,
            Taps = taps,
            Groups = product.Groups,
            IsDepthwise = isDepthwise,
        };
    }

    /// <summary>Forward, each tap's inputs are its rows.</summary>
    private static DenseWeights Pack(Layout layout, Deconvolve product, int offset, int transposedOffset)
    {
        int inputs = product.Weight.Shape.Columns, taps = product.Window.Taps, outputs = product.Weight.Shape.Rows / taps, panel = layout.PanelWidth(outputs), inputPanel = layout.PanelWidth(inputs);
        return new(
            product.Weight.Layer, taps * inputs, outputs, WeightOrder.Panels, panel, layout.Stride(outputs, panel), inputPanel, layout.Stride(inputs, inputPanel), offset, -1, transposedOffset)
        {
            Block = product.Weight,
            Taps = taps,
            IsSwapped = true,
        };
    }

    private static DenseWeights Pack(NetworkGraph graph, Layout layout, Gemm gemm, Forced forced, int offset, int transposedOffset)
    {
        int inputs = gemm.Input.Width;
        int outputs = gemm.Output.Width;
        DenseKernels kernels = KernelSelector.Choose(graph, layout, gemm, forced);
        return new(
            gemm.Weight.Layer,
            inputs,
            outputs,
            kernels.Order,
            layout.PanelWidth(outputs),
            layout.Stride(outputs),
            kernels.InputPanel,
            layout.Stride(inputs, kernels.InputPanel),
            offset,
            -1,
            kernels.Order == WeightOrder.Panels ? transposedOffset : -1)
        {
            Block = gemm.Weight,
            IsRecurrent = gemm.IsRecurrent,
            Sums = graph.IsReproducible ? SumOrder.Of(inputs, outputs) : null,
            Sample = kernels.Sample,
            ForwardTile = kernels.ForwardTile,
            GradientTile = kernels.GradientTile,
        };
    }
}
