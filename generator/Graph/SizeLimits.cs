using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>What a profile can hold: arrays and spans count in <see cref="int"/>, and a <c>Basic</c> target has little memory.</summary>
internal static class SizeLimits
{
    /// <summary>Elements of one row of a value: a chunk of rows with its padding has to fit one array.</summary>
    public const int MaximumWidth = 1 << 24;

    /// <summary>Parameters: the arrays of parameters, gradients and moments, and the saved state in bytes, stay below 2³¹.</summary>
    public const int MaximumParameters = 1 << 26;

    /// <summary>Parameters of a <c>Basic</c> network: 16 MiB of single precision.</summary>
    public const int MaximumBasicParameters = 1 << 22;

    /// <summary>
    /// Bytes of a constant in an assembly of nanoFramework, and of all its constants and signatures together: length and place are numbers of 16 bits. Its
    /// tool writes longer ones without a word, and the program then ends without one.
    /// </summary>
    public const int NanoConstantBytes = ushort.MaxValue;

    /// <summary>What is left for signatures: a network with its trainer has 1,100 bytes of them, and there is the program around it.</summary>
    public const int NanoSignatureBytes = 4096;

    public static void Check(NetworkGraph graph, List<Issue> issues)
    {
        int limit = MostParameters(graph.Profile);
        if (graph.ParameterCount > limit)
            Report("the number of parameters", graph.ParameterCount, limit);
        int widest = Math.Max(graph.Input.Shape.Count, graph.Nodes.Max(node => node.Output.Shape.Count));
        if (widest > MaximumWidth)
            Report("the widest layer", widest, MaximumWidth);

        void Report(string what, int count, int maximum) => issues.Add(Issue.Create(
            IssueIds.TooLargeForProfile, graph.Model.AttributeIndex, $"{what}, {Text(count)},", graph.Profile.ToString(), Text(maximum)));
    }

    /// <summary>An input whose values no array can hold.</summary>
    public static Issue TooLargeInput(Shape shape, int attribute)
    {
        BigInteger count = shape.Dimensions.Aggregate(BigInteger.One, (product, size) => product * size);
        return Issue.Create(
            IssueIds.SizeOverflow, attribute, $"An input of {shape} has {Text(count)} values", Text(MaximumWidth), "Make it smaller, as by scaling a picture down");
    }

    /// <summary>Parameters of which no array can hold all.</summary>
    /// <param name="block">With which there are too many.</param>
    /// <param name="before">How many there are without it.</param>
    /// <param name="input">The network's, where no layer before this one has weights, so that its size alone decides; otherwise null.</param>
    /// <param name="profile">Which limit holds.</param>
    /// <param name="attribute">The layer's.</param>
    public static Issue TooManyParameters(ParameterBlock block, long before, Shape? input, EmitProfile profile, int attribute)
    {
        BigInteger count = block.Shape.Dimensions.Aggregate(BigInteger.One, (product, size) => product * size) + before;
        int limit = MostParameters(profile);
        string what = $"With '{block.Name}' of {block.Shape} the network has {Text(count)} parameters";
        return Issue.Create(IssueIds.SizeOverflow, attribute, what, Text(limit), SizeAdvice.Of(block, limit - before, input));
    }

    private static int MostParameters(EmitProfile profile) => profile == EmitProfile.Basic ? MaximumBasicParameters : MaximumParameters;

    internal static string Text(BigInteger number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
