using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>The parameters that a network takes from a file: for each, in canonical order, the tensor that holds it.</summary>
internal sealed record EmbeddedParameters(ModelFile File, EquatableArray<EmbeddedTensor> Tensors)
{
    /// <summary>What became a part of other parameters, in words; null where nothing did.</summary>
    public string? Folded { get; init; }

    /// <summary>What one assembly can hold in strings: its heap of them ends at 16 MB, and every string takes a few bytes more.</summary>
    public const int MaximumBytes = 16_000_000;

    /// <returns>Null where nothing is embedded, or when <paramref name="issues"/> received an error.</returns>
    public static EmbeddedParameters? Of(NetworkGraph graph, List<Issue> issues)
    {
        NetworkModel model = graph.Model;
        if ((model.Weights ?? model.Architecture) is not { File: { Error: null } file } reference)
            return null;
        if (WeightSource.Of(reference, file, graph, issues) is not { } source)
            return null;

        long bytes = (long)graph.ParameterCount * (graph.Precision == Precision.Double ? sizeof(double) : sizeof(float));
        if (bytes > MaximumBytes)
        {
            issues.Add(Issue.Create(IssueIds.EmbeddedTooLarge, reference.AttributeIndex, model.Type.Name, Text(bytes), Text(MaximumBytes)));
            return null;
        }

        List<EmbeddedTensor> tensors = [];
        int parameterIndex = 0;
        if (file.HasArchitecture && file.Tensors.Count != graph.Parameters.Count)
        {
            Report("its tensors", $"{Count(graph.Parameters.Count)} in the order of the layers ({NameList.Of(graph.Parameters.Select(parameter => parameter.Name))})",
                $"{Count(file.Tensors.Count)} ({NameList.Of(file.Tensors.Select(tensor => tensor.Name))})");
            return null;
        }

        bool isOutIn = source.IsOutIn;
        foreach (ParameterBlock parameter in graph.Parameters)
        {
            ModelTensor? tensor = file.HasArchitecture
                ? file.Tensors[parameterIndex]
                : file.Tensors.FirstOrDefault(candidate => candidate.Name == source.NameOf(parameter));
            parameterIndex++;
            if (tensor is null)
            {
                string hint = "; layers are named by Name, or Names says what the file calls them";
                string found = NameList.Of(file.Tensors.Select(other => other.Name)) + hint;
                Report($"tensor '{source.NameOf(parameter)}'", $"a tensor of that name, {Expected(parameter, isOutIn)}", found);
                return null;
            }

            // The first that does not fit says enough: a wrong order or architecture would give one error a layer.
            if (!Check(tensor, parameter, isOutIn))
                return null;
            tensors.Add(new EmbeddedTensor(tensor, parameter, isOutIn && parameter.IsWeight));
        }

        // A tensor without a parameter is a layer, or a bias, that the declaration forgot: the network would compute something else.
        if (!file.HasArchitecture && !reference.AllowsOtherTensors
            && file.Tensors.FirstOrDefault(other => !tensors.Any(taken => taken.Tensor.Name == other.Name)) is { } rest)
        {
            string parameters = "only " + NameList.Of(graph.Parameters.Select(parameter => parameter.Name));
            if (NormalizationOf(rest.Name) is { } normalization)
                ReportAdvice($"tensor '{rest.Name}'", normalization);
            else
                Report($"tensor '{rest.Name}'", "a parameter for it, or AllowOtherTensors = true", parameters);
            return null;
        }

        return new EmbeddedParameters(file, new(tensors));

        bool Check(ModelTensor tensor, ParameterBlock parameter, bool outIn)
        {
            string expected = Expected(parameter, outIn);
            if (!tensor.IsFloatingPoint)
                return Report($"tensor '{tensor.Name}'", expected + " of 32 or 64 bits, floating-point", tensor.ElementType);
            if (!tensor.Shape.SequenceEqual(ShapeInFile(parameter, outIn)))
            {
                return ShapeAdvice.Order(tensor, parameter, outIn) is { } order
                    ? Report($"tensor '{tensor.Name}'", expected, Describe(tensor.Shape) + order)
                    : ReportAdvice($"tensor '{tensor.Name}'", ShapeAdvice.Of(graph, tensor, parameter, outIn));
            }

            if (tensor.NotFinite is { } found)
                return Report($"tensor '{tensor.Name}'", "finite numbers", found);
            if (graph.Precision == Precision.Single && tensor.Largest > float.MaxValue)
                return Report($"tensor '{tensor.Name}'", "numbers within single precision", "one of magnitude " + tensor.Largest.ToString("G6", CultureInfo.InvariantCulture));
            return true;
        }

        // A network that was saved with a normalization, and lacks it here.
        string? NormalizationOf(string tensor)
        {
            string layer = tensor.Substring(0, Math.Max(0, tensor.LastIndexOf('.')));
            if (!file.Tensors.Any(other => other.Name == layer + ".deviation"))
                return null;
            bool isFirst = file.Tensors[0].Name.StartsWith(layer + ".", StringComparison.Ordinal);
            return $"the file's network {(isFirst ? "began with" : "had")} [Normalize], '{layer}': "
                + $"write [Normalize] {(isFirst ? "above the first layer" : "where it was")}, or AllowOtherTensors = true, which computes without it";
        }

        bool Report(string which, string expected, string found) => ReportAdvice(which, $"expected {expected}, found {found}");

        bool ReportAdvice(string which, string advice)
        {
            issues.Add(Issue.Create(IssueIds.WeightsMismatch, reference.AttributeIndex, file.Source, which, advice));
            return false;
        }
    }

    internal static IEnumerable<int> ShapeInFile(ParameterBlock parameter, bool isOutIn) =>
        isOutIn && parameter.IsWeight ? parameter.Shape.Dimensions.Reverse() : parameter.Shape.Dimensions;

    private static string Expected(ParameterBlock parameter, bool isOutIn) => Describe(ShapeInFile(parameter, isOutIn));

    internal static string Describe(IEnumerable<int> shape) => $"[{string.Join(", ", shape.Select(extent => Text(extent)))}]";

    private static string Count(int tensors) => tensors == 1 ? "1 tensor" : $"{Text(tensors)} tensors";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Where one parameter's values are.</summary>
/// <param name="Tensor">In the file.</param>
/// <param name="Parameter">In the network.</param>
/// <param name="IsTransposed">The file stores [out, in].</param>
internal sealed record EmbeddedTensor(ModelTensor Tensor, ParameterBlock Parameter, bool IsTransposed)
{
    /// <summary>One that holds other numbers than the file.</summary>
    public static EmbeddedTensor Of(ParameterBlock block, double[] values) => new(
        new ModelTensor(block.Name, "F64", block.Shape.Dimensions) { Elements = values, Largest = values.Length == 0 ? 0 : values.Max(Math.Abs) }, block, IsTransposed: false);

    /// <summary>The values in canonical order.</summary>
    public IEnumerable<double> Values
    {
        get
        {
            if (!IsTransposed)
            {
                for (int i = 0; i < Parameter.Shape.Count; i++)
                    yield return Tensor[i];
                yield break;
            }

            int inputs = Parameter.Shape.Dimensions[0];
            int outputs = Parameter.Shape.Dimensions[1];
            for (int i = 0; i < inputs; i++)
            {
                for (int o = 0; o < outputs; o++)
                    yield return Tensor[(o * inputs) + i];
            }
        }
    }
}
