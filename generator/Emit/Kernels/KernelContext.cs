using System;
using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>The class that a kernel is being written into: its dialect, its function library, and the methods kernels ask for beside themselves.</summary>
internal sealed class KernelContext
{
    private readonly HashSet<string> _requested;

    /// <param name="dialect">How its kernels name memory and numbers.</param>
    /// <param name="use">Receives what it takes from the text that the assembly shares; null in profiles that share none.</param>
    public KernelContext(Dialect dialect, LibraryUse.Builder? use = null)
    {
        Dialect = dialect;
        Use = use;
        Functions = use is null ? new FunctionLibrary() : new FunctionLibrary((target, helper) => Shared(use, target, helper));
        Pending = new Queue<Action<CSharpWriter>>();
        _requested = new HashSet<string>(StringComparer.Ordinal);
    }

    private KernelContext(KernelContext parent, Dialect dialect)
    {
        Dialect = dialect;
        Use = parent.Use;
        Functions = parent.Functions;
        Pending = parent.Pending;
        _requested = parent._requested;
    }

    public Dialect Dialect { get; }

    public LibraryUse.Builder? Use { get; }

    public FunctionLibrary Functions { get; }

    /// <summary>Methods still to be written, in the order in which they were asked for.</summary>
    public Queue<Action<CSharpWriter>> Pending { get; }

    /// <summary>The same class with vectors no wider than <paramref name="lanes"/> elements.</summary>
    public KernelContext Within(int lanes) => new(this, Dialect.Within(lanes));

    /// <summary>Asks once for a helper method of the given name.</summary>
    public void Request(string name, Action<CSharpWriter> write)
    {
        if (_requested.Add(name))
            Pending.Enqueue(write);
    }

    private static string Shared(LibraryUse.Builder use, NumericTarget target, string helper)
    {
        if (!target.IsVector && !target.IsSingle)
            return "Plain." + use.PlainFunction(helper);

        // The fused product is a member of every width.
        string width = WidthText.NameOf(target.VectorBits);
        return helper == "MultiplyAdd" ? use.Member(width + "." + helper) : $"{FunctionSet.ClassName}<{width}, {target.TypeName}>.{use.Function(helper)}";
    }

    /// <summary>The name of an element-wise function on this dialect's vectors.</summary>
    public string Function(string helper) => Functions.Require(Dialect.Target, helper);

    /// <summary>The name of the same function on single elements, for the tail of a row.</summary>
    public string ScalarFunction(string helper) => Functions.Require(Dialect.Target with { VectorBits = 0 }, helper);

    /// <summary>The name of the same function on doubles.</summary>
    public string DoubleFunction(string helper) => Functions.Require(Dialect.Target.ScalarDouble, helper);
}
