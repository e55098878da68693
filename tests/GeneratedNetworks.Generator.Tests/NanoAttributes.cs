using System;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>The public attributes as a nanoFramework user declares them, in C# 7.3 and without a package; read off the published ones.</summary>
internal static class NanoAttributes
{
    public static readonly string Text = Write();

    private static string Write()
    {
        Type[] published = typeof(GeneratedNetworkAttribute).Assembly.GetExportedTypes();
        Type[] attributes = [.. published.Where(type => typeof(Attribute).IsAssignableFrom(type))];
        StringBuilder text = new("namespace GeneratedNetworks\n{\n");
        foreach (Type type in published.Where(type => type.IsEnum && attributes.SelectMany(a => a.GetProperties()).Any(p => (Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType) == type)))
            text.Append($"    public enum {type.Name} {{ {string.Join(", ", Enum.GetNames(type))} }}\n");
        foreach (Type type in attributes)
            WriteAttribute(text, type);
        return text.Append("}\n").ToString();
    }

    private static void WriteAttribute(StringBuilder text, Type type)
    {
        bool isRepeatable = type.GetCustomAttribute<AttributeUsageAttribute>() is { AllowMultiple: true };
        text.Append($"    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple = {(isRepeatable ? "true" : "false")})]\n");
        text.Append($"    public {(type.IsAbstract ? "abstract" : "sealed")} class {type.Name} : {type.BaseType!.FullName}\n    {{\n");
        foreach (ConstructorInfo constructor in type.GetConstructors())
            text.Append($"        public {type.Name}({string.Join(", ", constructor.GetParameters().Select(Parameter))}) {{ }}\n");
        BindingFlags declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (PropertyInfo property in type.GetProperties(declared).Where(property => property.CanWrite))
            text.Append($"        public {property.PropertyType.FullName} {property.Name} {{ get; set; }}\n");
        text.Append("    }\n");
    }

    private static string Parameter(ParameterInfo parameter)
    {
        string prefix = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        string value = parameter.HasDefaultValue ? $" = {Literal(parameter)}" : "";
        return $"{prefix}{parameter.ParameterType.FullName} {parameter.Name}{value}";
    }

    private static string Literal(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        double.NegativeInfinity => "double.NegativeInfinity",
        double.PositiveInfinity => "double.PositiveInfinity",
        IConvertible number =>
            $"({parameter.ParameterType.FullName}){number.ToDouble(CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture)}",
        object other => throw new NotSupportedException($"{parameter.Name}: {other.GetType().Name}"),
    };
}
