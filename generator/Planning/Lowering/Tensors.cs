using System.Globalization;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>Names and sizes the tensors that stand for the graph's values and their gradients.</summary>
internal sealed class Tensors(Layout layout)
{
    public Tensor Of(Value value, TensorRole role = TensorRole.Scratch) => Create(value.Name, value.Shape, role);

    public Tensor GradientOf(Value value, TensorRole role = TensorRole.Scratch) =>
        Create(value.Name + "Gradient", value.Shape, role) with { IsGradient = true };

    /// <summary>One of several gradients that add up to the value's.</summary>
    /// <param name="value">The value.</param>
    /// <param name="what">"Part" for what one reader gives, "Sum" for those of some readers together.</param>
    /// <param name="number">From 1.</param>
    public Tensor PartOf(Value value, string what, int number) =>
        Create(value.Name + "Gradient" + what + number.ToString(CultureInfo.InvariantCulture), value.Shape, TensorRole.Scratch) with { IsGradient = true };

    /// <summary>A tensor that a layer keeps for its backward pass.</summary>
    /// <param name="value">What the layer computes.</param>
    /// <param name="what">What it is, in upper case.</param>
    /// <param name="shape">Of one row.</param>
    public Tensor KeptBy(Value value, string what, Shape shape) => Create(value.Name + what, shape, TensorRole.Scratch);

    /// <summary>A part of a row of the caller's.</summary>
    /// <param name="value">What it holds.</param>
    /// <param name="role">Whose row.</param>
    /// <param name="offset">Where it starts.</param>
    /// <param name="row">Elements of the whole row.</param>
    public Tensor PartOf(Value value, TensorRole role, int offset, int row) => Of(value, role) with { Stride = row, Offset = offset };

    /// <summary>Targets of our own, rows without padding.</summary>
    public Tensor TargetsOf(Value value) => new(value.Name + "Targets", value.Shape, layout.ElementType, value.Shape.Count, TensorRole.Scratch);

    /// <summary>A tensor that serves the gradient of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="what">What it is, in upper case.</param>
    /// <param name="shape">Of one sample.</param>
    public Tensor Beside(Value value, string what, Shape shape) => Create(value.Name + "Gradient" + what, shape, TensorRole.Scratch) with { IsGradient = true };

    /// <summary>Rows of our own for what lies in the caller's.</summary>
    public Tensor CopyOf(Tensor tensor) => Create(tensor.Name, tensor.Shape, TensorRole.Scratch);

    private Tensor Create(string name, Shape shape, TensorRole role) =>
        new(name, shape, layout.ElementType, role == TensorRole.Scratch ? layout.Stride(shape.Count) : shape.Count, role);
}
