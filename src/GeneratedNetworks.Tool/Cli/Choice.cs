using System.CommandLine;
using System.CommandLine.Parsing;

namespace GeneratedNetworks.Tool.Cli;

/// <summary>Options whose values are names out of a list, in any case.</summary>
internal static class Choice
{
    /// <summary>An option that takes one of <paramref name="values"/>; where it is not given its value is the enum's first.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">For help.</param>
    /// <param name="kind">What a value is, for messages: "profile".</param>
    /// <param name="values">All that may be said.</param>
    public static Option<T> Option<T>(string name, string description, string kind, params T[] values)
        where T : struct, Enum => new(name)
        {
            Description = description,
            HelpName = string.Join('|', values.Select(Word)),
            CustomParser = result => Parse(result, result.Tokens[0].Value, kind, values, Word),
        };

    /// <summary>The value called <paramref name="said"/>, or an error that lists all.</summary>
    public static T Parse<T>(ArgumentResult result, string said, string kind, IReadOnlyList<T> values, Func<T, string>? word = null)
        where T : struct, Enum
    {
        foreach (T value in values)
        {
            if (string.Equals(value.ToString(), said, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        string[] names = [.. values.Select(word ?? (value => value.ToString()))];
        result.AddError($"'{said}' is no {kind}: say {string.Join(", ", names.SkipLast(1))} or {names[^1]}.");
        return default;
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
