using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;
using GeneratedNetworks.Tests.Compiled;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>All helpers of one target as the generator writes them, compiled and ready to be called over arrays.</summary>
internal sealed class Emitted
{
    private static readonly ConcurrentDictionary<string, Lazy<Unit>> Units = new();

    /// <summary>What compilations against one library start from, so that they share what it contains instead of each reading it again.</summary>
    private static readonly ConcurrentDictionary<string, CSharpCompilation> Empties = new();

    private readonly Type _type;

    private Emitted(Type type) => _type = type;

    /// <summary>The helpers of a target. Throws where their text has a warning.</summary>
    public static Emitted Of(TargetCase target) => new(UnitOf(target).Image.Value.GetType(ClassName(target), throwOnError: true)!);

    /// <summary>What the compiler says of the same text in a nullable project.</summary>
    public static IReadOnlyList<Diagnostic> NullableProblems(TargetCase target) => UnitOf(target).NullableProblems.Value;

    /// <summary>The helper over arrays: arguments in the helper's order, of which "ref" ones are updated, then the result.</summary>
    public Action<T[][], T[]> Function<T>(string helper) =>
        _type.GetMethod(helper + "OverArrays")!.CreateDelegate<Action<T[][], T[]>>();

    /// <summary>A one-argument helper.</summary>
    public T[] Apply<T>(string helper, T[] z)
    {
        var result = new T[z.Length];
        Function<T>(helper)([z], result);
        return result;
    }

    /// <summary>Any helper without state.</summary>
    public T[] Apply<T>(string helper, params T[][] arguments)
    {
        var result = new T[arguments[0].Length];
        Function<T>(helper)(arguments, result);
        return result;
    }

    public static CSharpCompilation Compile(string source, LanguageVersion language, IEnumerable<MetadataReference> references) =>
        Empties.GetOrAdd(
            string.Join('|', references.Select(reference => reference.Display)),
            _ => CSharpCompilation.Create(
                "Emitted",
                references: references,
                options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, checkOverflow: true,
                    generalDiagnosticOption: ReportDiagnostic.Error, concurrentBuild: false)))
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(language)));

    /// <summary>All helpers of a target and a method for each that calls it over arrays, with those of the other widths that call the same text.</summary>
    public static string Source(TargetCase target) => UnitOf(target).Source;

    private static string Write(TargetCase target)
    {
        var writer = new CSharpWriter();
        if (target.IsShared)
            writer.Line("using global::System.Runtime.Intrinsics;").Line();
        foreach (TargetCase member in Together(target))
        {
            string[] helpers = [.. member.Helpers];
            using (writer.Open($"public static class {ClassName(member)}"))
            {
                if (!member.IsShared)
                {
                    var library = new FunctionLibrary();
                    foreach (string helper in helpers)
                        library.Require(member.Target, helper);
                    library.Emit(writer);
                }
                foreach (string helper in helpers)
                    WriteOverArrays(writer, member, helper);
            }
        }
        if (!target.IsShared)
            return writer.ToString();
        string text = writer + Shared(target);
        return target.IsAccelerated ? text : InSoftware.Of(text);
    }

    /// <summary>The targets whose text is one: the widths that the processor has share it.</summary>
    private static IReadOnlyList<TargetCase> Together(TargetCase target) =>
        target == TargetCase.Plain || !target.IsShared || !target.IsAccelerated ? [target]
        : [.. TargetCase.All.Where(t => t.IsShared && t.IsAccelerated && t.IsSingle == target.IsSingle && t.IsReproducible == target.IsReproducible)];

    private static Unit UnitOf(TargetCase target)
    {
        TargetCase first = Together(target)[0];
        return Units.GetOrAdd(first.Name, _ => new Lazy<Unit>(() => new Unit(first))).Value;
    }

    private static string ClassName(TargetCase target) => "Emitted_" + target.Name;

    /// <summary>The file that the networks of an assembly share, with all functions and no kernel.</summary>
    private static string Shared(TargetCase target)
    {
        EquatableArray<string> all = new(target.Helpers), none = default;
        bool isPlain = target == TargetCase.Plain;
        return LibraryFile.Write("Emitted", [new LibraryUse(target.Target.Precision, target.IsReproducible ? Numerics.Reproducible : Numerics.Fast, none, isPlain ? none : all, isPlain ? all : none, none)]);
    }

    private static string Name(TargetCase target, string helper)
    {
        if (!target.IsShared)
            return helper;
        string shared = LibraryFile.BaseOf("Emitted", target.Target.Precision, target.IsReproducible ? Numerics.Reproducible : Numerics.Fast);
        return target == TargetCase.Plain ? $"{shared}.Plain.{helper}"
            : $"{shared}.{FunctionSet.ClassName}<{shared}.{WidthText.NameOf(target.VectorBits)}, {target.Target.TypeName}>.{helper}";
    }

    private static void WriteOverArrays(CSharpWriter writer, TargetCase target, string helper)
    {
        IReadOnlyList<string> parameters = FunctionLibrary.ParametersOf(helper);
        string type = target.Target.TypeName, element = target.Target.ElementName;
        using (writer.Open($"public static void {helper}OverArrays({element}[][] arguments, {element}[] result)"))
        using (writer.Open($"for (int i = 0; i < result.Length; i += {target.Target.Lanes})"))
        {
            for (int k = 0; k < parameters.Count; k++)
                writer.Line($"{type} a{k} = {Load(target, $"arguments[{k}]")};");
            string arguments = string.Join(", ", parameters.Select((p, k) => p.StartsWith("ref ", StringComparison.Ordinal) ? $"ref a{k}" : $"a{k}"));
            writer.Line($"{type} value = {Name(target, helper)}({arguments});");
            writer.Line(Store(target, "value", "result"));
            for (int k = 0; k < parameters.Count; k++)
            {
                if (parameters[k].StartsWith("ref ", StringComparison.Ordinal))
                    writer.Line(Store(target, $"a{k}", $"arguments[{k}]"));
            }
        }
    }

    private static string Load(TargetCase target, string array) =>
        target.VectorBits > 0 ? $"{target.Target.ClassName}.Create({array}, i)" : $"{array}[i]";

    private static string Store(TargetCase target, string value, string array) =>
        target.VectorBits > 0 ? $"{value}.CopyTo({array}, i);" : $"{array}[i] = {value};";

    /// <summary>One text, parsed once and compiled for both kinds of projects.</summary>
    private sealed class Unit
    {
        public Unit(TargetCase target)
        {
            Source = Write(target);
            CSharpCompilation compilation = Compile(Source, target.Language, target.References);
            Image = new(() => Load(compilation));
            NullableProblems = new(() =>
                [.. compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Enable)).GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning)]);
        }

        public string Source { get; }

        public Lazy<Assembly> Image { get; }

        public Lazy<IReadOnlyList<Diagnostic>> NullableProblems { get; }

        private static Assembly Load(CSharpCompilation compilation)
        {
            using var image = new MemoryStream();
            var result = compilation.Emit(image);
            if (!result.Success)
                throw new InvalidOperationException(string.Join("\n", result.Diagnostics));
            return Assembly.Load(image.ToArray());
        }
    }
}
