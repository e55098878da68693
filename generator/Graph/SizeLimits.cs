using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;

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

    public static void Check(NetworkGraph graph, List<Issue> issues)
    {
        int limit = graph.Profile == EmitProfile.Basic ? MaximumBasicParameters : MaximumParameters;
        if (graph.ParameterCount > limit)
            Report("the number of parameters", limit);
        int widest = Math.Max(graph.Input.Shape.Count, graph.Nodes.Max(node => node.Output.Shape.Count));
        if (widest > MaximumWidth)
            Report("the widest layer", MaximumWidth);

        void Report(string what, int maximum) => issues.Add(Issue.Create(
            IssueIds.TooLargeForProfile,
            graph.Model.AttributeIndex,
            what,
            graph.Profile.ToString(),
            maximum.ToString(CultureInfo.InvariantCulture)));
    }
}
