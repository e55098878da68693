using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Tutorials;

/// <summary>A reference run of tests/Golden: data, first weights, settings, and what comes of them.</summary>
internal sealed class Golden
{
    private readonly JsonElement _root;

    private Golden(JsonElement root) => _root = root;

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Golden");

    public double[] Inputs => Numbers("inputs");

    public double[] Targets => Numbers("targets");

    public static Golden Load(string name)
    {
        using FileStream stream = File.OpenRead(Path.Combine(Folder, name + ".json"));
        using JsonDocument document = JsonDocument.Parse(stream);
        return new Golden(document.RootElement.Clone());
    }

    public double Number(params string[] path) => At(path).GetDouble();

    public int Integer(params string[] path) => At(path).GetInt32();

    /// <summary>All numbers below a place, row by row.</summary>
    public double[] Numbers(params string[] path) => [.. Leaves(At(path)).Select(leaf => leaf.GetDouble())];

    /// <summary>The same as they are written in the file.</summary>
    public string[] Texts(params string[] path) => [.. Leaves(At(path)).Select(leaf => leaf.GetRawText())];

    public string[] Strings(params string[] path) => [.. At(path).EnumerateArray().Select(item => item.GetString()!)];

    /// <summary>Parameters in the canonical order: layer by layer, weight [in, out], then the bias if there is one.</summary>
    public double[] Parameters(params string[] path) =>
    [
        .. At([.. path, "layers"]).EnumerateArray().SelectMany(layer => Leaves(layer.GetProperty("W")).Concat(Leaves(layer.GetProperty("b"))))
            .Select(leaf => leaf.GetDouble()),
    ];

    private static IEnumerable<JsonElement> Leaves(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Leaves),
        JsonValueKind.Null => [],
        _ => [element],
    };

    private JsonElement At(string[] path) => path.Aggregate(_root, (element, name) => element.GetProperty(name));
}
