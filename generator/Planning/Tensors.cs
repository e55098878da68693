using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>Names and sizes the tensors that stand for the graph's values and their gradients.</summary>
internal sealed class Tensors(Layout layout)
{
    public Tensor Of(Value value, TensorRole role = TensorRole.Scratch) => Create(value.Name, value.Shape.Count, role);

    public Tensor GradientOf(Value value, TensorRole role = TensorRole.Scratch) =>
        Create(value.Name + "Gradient", value.Shape.Count, role) with { IsGradient = true };

    /// <summary>Products read the caller's rows where they are; everything else works on padded rows, so the input is copied first.</summary>
    public Tensor EnterScratch(PassBuilder pass, Tensor value, Node reader)
    {
        if (value.IsScratch || reader.Layer is DenseLayer)
            return value;
        Tensor copy = Create(value.Name, value.Width, TensorRole.Scratch);
        pass.Add(new CopyRows(value, copy));
        return copy;
    }

    private Tensor Create(string name, int width, TensorRole role) =>
        new(name, width, role == TensorRole.Scratch ? layout.Stride(width) : width, role);
}
