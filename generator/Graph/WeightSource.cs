using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>How a file's tensors are to be read: what it calls the layers, and which axis of a weight comes first.</summary>
internal sealed class WeightSource
{
    private static readonly char[] Separators = [',', ';'];

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private WeightSource(bool isOutIn) => IsOutIn = isOutIn;

    public bool IsOutIn { get; }

    /// <returns>Null when <paramref name="issues"/> received an error.</returns>
    public static WeightSource? Of(ModelReference reference, ModelFile file, NetworkGraph graph, List<Issue> issues)
    {
        if (reference.WeightOrder is { } value && !Enum.IsDefined(typeof(WeightOrder), value))
        {
            issues.Add(Issue.Create(IssueIds.UnknownEnumValue, reference.AttributeIndex, nameof(WeightOrder), value.ToString(CultureInfo.InvariantCulture)));
            return null;
        }

        WeightOrder? asked = (WeightOrder?)reference.WeightOrder;
        if (file.HasArchitecture && (asked is not null || reference.Names is not null))
            return Misused($"'{file.Source}' has layers and says itself where their parameters are: remove Order and Names");
        if (asked is not null && file.WeightOrder is { } stated && stated != asked)
            return Misused($"'{file.Source}' says that its weights are [{Axes(stated)}], and Order reads them as [{Axes(asked.Value)}]: remove Order");

        WeightSource source = new(!file.HasArchitecture && (asked ?? file.WeightOrder) == WeightOrder.OutIn);
        foreach (string pair in (reference.Names ?? string.Empty).Split(Separators).Where(pair => pair.Trim().Length > 0))
        {
            int equals = pair.IndexOf('=');
            string layer = equals < 0 ? string.Empty : pair.Substring(0, equals).Trim();
            if (equals < 0 || source._names.ContainsKey(layer))
                return Misused($"Names is a list of layer=name with each layer once, as in \"dense1=0, dense2=2\", and '{pair.Trim()}' does not fit");
            if (!graph.Parameters.Any(parameter => parameter.Layer == layer))
                return Misused($"Names speaks of '{layer}', and no layer with parameters is called so");
            source._names.Add(layer, pair.Substring(equals + 1).Trim());
        }

        return source;

        WeightSource? Misused(string why)
        {
            issues.Add(Issue.Create(IssueIds.ModelFileMisused, reference.AttributeIndex, why));
            return null;
        }
    }

    /// <summary>What the file calls a parameter.</summary>
    public string NameOf(ParameterBlock parameter) => (_names.TryGetValue(parameter.Layer, out string? name) ? name : parameter.Layer) + "." + parameter.Kind;

    private static string Axes(WeightOrder order) => order == WeightOrder.OutIn ? "out, in" : "in, out";
}
