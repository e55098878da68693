using System.Text.RegularExpressions;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>Writes the short names out in full, for the rare class beside which one of them means something else.</summary>
internal static class NameQualifier
{
    private static readonly Regex Short = new(
        $@"(?<![\w.:@])(?:{string.Join("|", ShortNames.Namespaces.Keys)})(?=[.<])", RegexOptions.CultureInvariant);

    private const string Services = "global::System.Runtime.CompilerServices.";

    public static string Qualify(string text) => Short.Replace(text.Replace("[MethodImpl(MethodImplOptions.", $"[{Services}MethodImpl({Services}MethodImplOptions.").Replace("[InlineArray(", $"[{Services}InlineArray("), match => $"global::{ShortNames.Namespaces[match.Value]}.{match.Value}");
}
