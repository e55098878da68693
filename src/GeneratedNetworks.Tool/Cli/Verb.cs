using System.CommandLine;

namespace GeneratedNetworks.Tool.Cli;

/// <summary>A command with examples for its help.</summary>
internal class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;
}
