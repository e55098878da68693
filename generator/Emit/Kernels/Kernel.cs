using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>One loop nest of the generated code, written against a <see cref="Dialect"/> so that every profile and vector width has the same text.</summary>
/// <param name="Name">The method's name: "Dense1Forward".</param>
/// <param name="Comment">What it computes.</param>
internal abstract record Kernel(string Name, string Comment)
{
    /// <summary>Its parameters in order.</summary>
    public abstract IReadOnlyList<KernelParameter> Parameters { get; }

    /// <summary>Vectors wider than this many elements cannot run it: its rows or panels are padded to no more.</summary>
    public abstract int MaximumLanes { get; }

    public virtual string Returns => "void";

    /// <summary>Writes the method's statements, and through <paramref name="context"/> the methods that it calls.</summary>
    public abstract void WriteBody(CSharpWriter writer, KernelContext context);

    /// <summary>Writes the whole method.</summary>
    public void Write(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        writer.Lines("// " + Comment.Replace("\n", "\n// "));
        if (dialect.KernelAttribute is { } attribute)
            writer.Line(attribute);
        using (writer.Open($"internal static {Returns} {Name}({ParameterList(dialect)})"))
            WriteBody(writer, context);
    }

    public string ParameterList(Dialect dialect) =>
        string.Join(", ", Parameters.Select(parameter => parameter.Type is null
            ? dialect.Parameter(parameter.Name, parameter.Writes)
            : parameter.Type == LengthText.Type ? LengthText.Parameter(dialect is ArrayDialect ? Model.EmitProfile.Basic : Model.EmitProfile.Scalar)
            : $"{(parameter.Type == KernelParameter.Element ? dialect.Element : parameter.Type)} {parameter.Name}"));

    /// <summary>The arguments with which a dispatcher hands its own parameters on.</summary>
    public string ForwardedArguments(Dialect dialect) =>
        string.Join(", ", Parameters.Select(parameter => parameter.Type is null ? dialect.Argument(dialect.Received(parameter.Name)) : parameter.Name));
}

/// <summary>A parameter: a place in memory where <paramref name="Type"/> is null, otherwise a value of that type.</summary>
internal sealed record KernelParameter(string Name, string? Type = null, bool Writes = false)
{
    /// <summary>Stands for the dialect's element type.</summary>
    public const string Element = "T";

    public static KernelParameter In(string name) => new(name);

    public static KernelParameter Out(string name) => new(name, null, true);

    public static KernelParameter Value(string type, string name) => new(name, type);
}
