using GeneratedNetworks.Tool.Cli;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>The class that a model becomes.</summary>
internal sealed record Declaration(string Name, string Namespace, Precision Precision, TrainingChoice? Training, bool IsStatic)
{
    /// <summary>Whether the order of every sum is fixed.</summary>
    public Numerics Numerics { get; init; }

    /// <summary>The class's name with its namespace.</summary>
    public string FullName => Namespace.Length > 0 ? $"{Namespace}.{Name}" : Name;

    /// <summary>How the user's half opens.</summary>
    public string Modifiers => IsStatic ? "public static partial class" : "public sealed partial class";
}
