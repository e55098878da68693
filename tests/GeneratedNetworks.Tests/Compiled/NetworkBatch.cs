using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Loader;
using System.Threading;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Tests.Compiled;

/// <summary>Networks of one profile that become one assembly, when the class of the first is asked for: one compilation for many is far faster than many.</summary>
internal sealed class NetworkBatch(EmitProfile profile, Func<string, string>? rewrite, Forced? forced)
{
    private readonly List<NetworkSpec> _specs = [];
    private Lazy<Type[]>? _types;

    /// <summary>The class that a network will have. All are added before any is asked for.</summary>
    public Lazy<Type> Add(NetworkSpec spec)
    {
        _types ??= new(Compile, LazyThreadSafetyMode.ExecutionAndPublication);
        int index = _specs.Count;
        _specs.Add(spec);
        return new(() => _types.Value[index]);
    }

    private Type[] Compile()
    {
        string source = string.Concat(_specs.Select((spec, i) => spec.ToSource($"Network{i}") + "\n"));
        byte[] image = NetworkCompiler.Emit(source, profile, rewrite, forced);
        AssemblyLoadContext context = new($"networks {profile}");
        ILookup<string?, Type> loaded = context.LoadFromStream(new MemoryStream(image)).GetTypes().ToLookup(type => type.FullName);
        return [.. _specs.Select((_, i) => loaded[$"Subjects.Network{i}"].Single())];
    }
}
