using System;
using System.Collections.Generic;

namespace GeneratedNetworks;

/// <summary>One output's part of each row of outputs, or of targets. Its last axis holds what belongs together; each position along the others counts.</summary>
internal sealed class OutputPart
{
    private readonly int _offset;
    private readonly int _rowLength;

    private OutputPart(NetworkValue value, int index, int rowLength)
    {
        _offset = value.Offset;
        _rowLength = rowLength;
        Index = index;
        Length = value.Length;
        Classes = value.Shape.Count == 0 ? 1 : value.Shape[value.Shape.Count - 1];
        Steps = value.Shape.Count > 1 ? value.Shape[0] : 1;
    }

    /// <summary>Which output it is.</summary>
    public int Index { get; }

    /// <summary>Its values in a row.</summary>
    public int Length { get; }

    /// <summary>The extent of its last axis: values at a position.</summary>
    public int Classes { get; }

    /// <summary>The extent of its first axis where it has several, which is time in a network of sequences; otherwise 1.</summary>
    public int Steps { get; }

    /// <summary>How many positions a sample has.</summary>
    public int Positions => Length / Classes;

    /// <summary>Whether there is nothing else in a row.</summary>
    public bool IsWhole => Length == _rowLength;

    /// <summary>The output of a name, or where there is one output that one.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The output's name; null where there is one.</param>
    /// <param name="argument">What the caller calls the name.</param>
    /// <param name="parameter">Which parameter of the caller's it came in.</param>
    /// <exception cref="ArgumentException">There are several and none is named, or none has that name.</exception>
    public static OutputPart Of<T>(INetwork<T> network, string? name, string argument, string parameter)
        where T : struct
    {
        NetworkValue[] outputs = Layout(network);
        if (name is null)
        {
            return outputs.Length == 1
                ? new OutputPart(outputs[0], 0, network.OutputSize)
                : throw new ArgumentException($"The network has {outputs.Length} outputs, {Names(outputs)}: {argument} must say which one is measured, such as \"{outputs[0].Name}\".", parameter);
        }

        int index = Array.FindIndex(outputs, output => output.Name == name);
        return index >= 0
            ? new OutputPart(outputs[index], index, network.OutputSize)
            : throw new ArgumentException($"The network has no output '{name}'; there {(outputs.Length == 1 ? "is" : "are")} {Names(outputs)}.", parameter);
    }

    /// <summary>All outputs; a network that does not say so has one of one axis.</summary>
    public static NetworkValue[] Layout<T>(INetwork<T> network)
        where T : struct => network is INetworkLayout layout ? layout.OutputLayout.ToArray() : [new NetworkValue("y", 0, network.OutputSize)];

    /// <summary>This output's values of whole rows, one row's after another's: the rows themselves where there is nothing else in them.</summary>
    public ReadOnlySpan<T> Of<T>(ReadOnlySpan<T> rows)
    {
        if (IsWhole)
            return rows;
        T[] part = new T[rows.Length / _rowLength * Length];
        Copy(rows, part);
        return part;
    }

    /// <summary>The same into memory for as many rows.</summary>
    public void Copy<T>(ReadOnlySpan<T> rows, Span<T> part)
    {
        for (int from = _offset, to = 0; from < rows.Length; from += _rowLength, to += Length)
            rows.Slice(from, Length).CopyTo(part.Slice(to, Length));
    }

    /// <summary>Moves the steps that count together, in place; returns how many values they have.</summary>
    /// <param name="part">This output's values of as many samples as there are lengths.</param>
    /// <param name="lengths">How many steps of each sample count.</param>
    public int Compact<T>(Span<T> part, ReadOnlySpan<int> lengths)
    {
        int count = 0, step = Length / Steps;
        for (int i = 0; i < lengths.Length; i++)
        {
            Span<T> steps = part.Slice(i * Length, lengths[i] * step);
            steps.CopyTo(part.Slice(count));
            count += steps.Length;
        }

        return count;
    }

    private static string Names(IReadOnlyList<NetworkValue> outputs)
    {
        string text = $"'{outputs[0].Name}'";
        for (int i = 1; i < outputs.Count; i++)
            text += (i == outputs.Count - 1 ? " and " : ", ") + $"'{outputs[i].Name}'";
        return text;
    }
}
