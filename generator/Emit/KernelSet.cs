using System;
using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>The kernels of a network in a profile without vectors, where they are written for its shapes.</summary>
internal sealed class KernelSet(NetworkPlan plan)
{
    private readonly List<Kernel> _kernels = [];

    /// <summary>How code names memory.</summary>
    public Dialect Host { get; } = plan.Graph.Profile switch
    {
        EmitProfile.Simd => new ScalarReferenceDialect(plan.Graph.Precision, plan.Graph.IsReproducible),
        EmitProfile.Scalar => new SpanDialect(plan.Graph.Precision, plan.Graph.IsReproducible),
        _ => new ArrayDialect(plan.Graph.Precision, plan.Graph.IsReproducible),
    };

    /// <summary>Makes the kernel part of the file.</summary>
    /// <returns>What to call.</returns>
    public string Require(Kernel kernel)
    {
        int number = 1;
        string name = kernel.Name;
        while (true)
        {
            Kernel candidate = kernel with { Name = name };
            Kernel? existing = _kernels.Find(other => other.Name == name);
            if (existing is null)
                _kernels.Add(candidate);
            if (existing is null || existing.Equals(candidate))
                return "Kernels." + name;
            name = kernel.Name + CSharpLiteral.Of(++number);
        }
    }

    /// <summary>Writes the class that holds them, if there are any.</summary>
    public void Write(CSharpWriter writer)
    {
        if (_kernels.Count == 0)
            return;
        KernelContext context = new(Host);
        using (writer.Open("internal static class Kernels"))
        {
            bool first = true;
            foreach (Kernel kernel in _kernels)
            {
                if (!first)
                    writer.Line();
                first = false;
                kernel.Write(writer, context);
                while (context.Pending.Count > 0)
                {
                    writer.Line();
                    context.Pending.Dequeue()(writer);
                }
            }

            if (!context.Functions.IsEmpty)
            {
                writer.Line();
                context.Functions.Emit(writer);
            }
        }
    }
}
