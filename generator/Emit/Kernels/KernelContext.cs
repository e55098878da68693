using System;
using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>The class that a kernel is being written into: its dialect, its function library, and the methods kernels ask for beside themselves.</summary>
internal sealed class KernelContext(Dialect dialect)
{
    private readonly HashSet<string> _requested = new(StringComparer.Ordinal);

    public Dialect Dialect => dialect;

    public FunctionLibrary Functions { get; } = new();

    /// <summary>Methods still to be written, in the order in which they were asked for.</summary>
    public Queue<Action<CSharpWriter>> Pending { get; } = new();

    /// <summary>Asks once for a helper method of the given name.</summary>
    public void Request(string name, Action<CSharpWriter> write)
    {
        if (_requested.Add(name))
            Pending.Enqueue(write);
    }

    /// <summary>The name of an element-wise function on this dialect's vectors.</summary>
    public string Function(string helper) => Functions.Require(dialect.Target, helper);

    /// <summary>The name of the same function on single elements, for the tail of a row.</summary>
    public string ScalarFunction(string helper) => Functions.Require(dialect.Target with { VectorBits = 0 }, helper);

    /// <summary>The name of the same function on doubles.</summary>
    public string DoubleFunction(string helper) => Functions.Require(dialect.Target.ScalarDouble, helper);
}
