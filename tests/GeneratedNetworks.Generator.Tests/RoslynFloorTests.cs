using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>The generator runs on the oldest compiler that it promises to: Roslyn 4.3.1, which is also the one that Unity 6 has.</summary>
public sealed class RoslynFloorTests
{
    [Fact]
    public void RunsOnRoslyn431()
    {
        AssemblyLoadContext context = new OldRoslyn();
        Assembly common = context.LoadFromAssemblyName(new("Microsoft.CodeAnalysis"));
        Assembly csharp = context.LoadFromAssemblyName(new("Microsoft.CodeAnalysis.CSharp"));
        Assembly generator = context.LoadFromAssemblyPath(typeof(NetworkGenerator).Assembly.Location);
        Assert.Equal(new Version(4, 3, 0, 0), csharp.GetName().Version);

        const string Source = """
            using GeneratedNetworks;
            namespace Space
            {
                public partial class Outer { [GeneratedNetwork(2)] [Dense(1)] [Training(Loss.Huber)] public partial class Net { } }
                [GeneratedNetwork(2)] [Dense(1)] public partial class Ångström { }
                [GeneratedNetwork(2)] public partial class Wrong { public Wrong.Trainer t; }
            }
            """;
        Type treeType = csharp.GetType("Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree", true)!;
        object tree = Call(treeType, "ParseText", Source);
        Array trees = Array.CreateInstance(common.GetType("Microsoft.CodeAnalysis.SyntaxTree", true)!, 1);
        trees.SetValue(tree, 0);

        Type referenceType = common.GetType("Microsoft.CodeAnalysis.MetadataReference", true)!;
        string[] paths =
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)),
            typeof(GeneratedNetworkAttribute).Assembly.Location,
        ];
        Array references = Array.CreateInstance(referenceType, paths.Length);
        for (int i = 0; i < paths.Length; i++)
            references.SetValue(Call(referenceType, "CreateFromFile", paths[i]), i);

        object compilation = Call(csharp.GetType("Microsoft.CodeAnalysis.CSharp.CSharpCompilation", true)!, "Create", "Consumer", trees, references);
        object instance = Activator.CreateInstance(generator.GetType(typeof(NetworkGenerator).FullName!, true)!)!;
        Array generators = Array.CreateInstance(common.GetType("Microsoft.CodeAnalysis.IIncrementalGenerator", true)!, 1);
        generators.SetValue(instance, 0);
        object driver = Call(csharp.GetType("Microsoft.CodeAnalysis.CSharp.CSharpGeneratorDriver", true)!, "Create", generators);
        driver = driver.GetType().GetMethod("RunGenerators")!.Invoke(driver, [compilation, default(System.Threading.CancellationToken)])!;
        object result = driver.GetType().GetMethod("GetRunResult")!.Invoke(driver, null)!;

        Assert.Equal(
            ["GN0004"],
            Items(result, "Diagnostics").Select(diagnostic => (string)diagnostic.GetType().GetProperty("Id")!.GetValue(diagnostic)!));
        Assert.Equal(5, Items(result, "GeneratedTrees").Count());
        object run = Items(result, "Results").Single();
        Assert.Null(run.GetType().GetProperty("Exception")!.GetValue(run));
    }

    private static IEnumerable<object> Items(object owner, string property) =>
        ((IEnumerable)owner.GetType().GetProperty(property)!.GetValue(owner)!).Cast<object>();

    /// <summary>Calls the static overload that takes these arguments; missing ones get their defaults.</summary>
    private static object Call(Type type, string name, params object[] arguments)
    {
        MethodInfo method = type.GetMethods(BindingFlags.Public | BindingFlags.Static).First(candidate =>
            candidate.Name == name
            && candidate.GetParameters() is var list
            && list.Length >= arguments.Length
            && list.Zip(arguments).All(pair => pair.First.ParameterType.IsInstanceOfType(pair.Second))
            && list.Skip(arguments.Length).All(parameter => parameter.HasDefaultValue));
        return method.Invoke(null, [.. arguments, .. method.GetParameters().Skip(arguments.Length).Select(parameter => parameter.DefaultValue)])!;
    }

    private sealed class OldRoslyn() : AssemblyLoadContext("Roslyn 4.3.1")
    {
        protected override Assembly? Load(AssemblyName name) => name.Name is "Microsoft.CodeAnalysis" or "Microsoft.CodeAnalysis.CSharp"
            ? LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "references/roslyn", name.Name + ".dll"))
            : null;
    }
}
