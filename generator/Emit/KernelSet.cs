using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>The kernels that a file needs, and the classes that hold them: one per vector width, and a front that picks the width.</summary>
internal sealed class KernelSet
{
    private readonly List<Kernel> _kernels = [];
    private readonly List<Dialect> _dialects;

    public KernelSet(NetworkPlan plan)
    {
        Precision precision = plan.Graph.Precision;
        bool estimate = plan.Graph.Model.Options.HasMultiplyAddEstimate;
        _dialects = plan.Graph.Profile switch
        {
            EmitProfile.Simd =>
            [
                new VectorDialect(precision, 512, estimate),
                new VectorDialect(precision, 256, estimate),
                new VectorDialect(precision, 128, estimate),
                new ScalarReferenceDialect(precision),
            ],
            EmitProfile.Scalar => [new SpanDialect(precision)],
            _ => [new ArrayDialect(precision)],
        };
    }

    /// <summary>How code outside the kernels names memory.</summary>
    public Dialect Host => _dialects[_dialects.Count - 1];

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

    public void Write(CSharpWriter writer)
    {
        if (_dialects.Count == 1)
        {
            WriteClass(writer, _dialects[0], _kernels);
            return;
        }

        writer.Line("// The width is a constant for the just-in-time compiler, which keeps one branch of each method below.");
        using (writer.Open("private static class Kernels"))
        {
            for (int i = 0; i < _kernels.Count; i++)
            {
                if (i > 0)
                    writer.Line();
                WriteDispatcher(writer, _kernels[i]);
            }
        }

        foreach (Dialect dialect in _dialects)
        {
            List<Kernel> kernels = [.. _kernels.Where(kernel => Runs(kernel, dialect))];
            if (kernels.Count == 0)
                continue;
            writer.Line();
            WriteClass(writer, dialect, kernels);
        }
    }

    /// <summary>A kernel whose rows are too short for any vector exists in the scalar text alone.</summary>
    private static bool Runs(Kernel kernel, Dialect dialect) => dialect.Lanes == 1 || dialect.Lanes <= kernel.MaximumLanes;

    private void WriteDispatcher(CSharpWriter writer, Kernel kernel)
    {
        string result = kernel.Returns == "void" ? string.Empty : "return ";
        writer.Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]");
        using (writer.Open($"internal static {kernel.Returns} {kernel.Name}({kernel.ParameterList(Host)})"))
        {
            string prefix = string.Empty;
            foreach (Dialect dialect in _dialects.Where(dialect => Runs(kernel, dialect)))
            {
                string call = $"{result}{dialect.ClassName}.{kernel.Name}({kernel.ForwardedArguments(Host)});";
                if (dialect.Lanes == 1)
                {
                    if (prefix.Length > 0)
                        writer.Line("else");
                    writer.Line((prefix.Length > 0 ? "    " : string.Empty) + call);
                }
                else
                {
                    writer.Line($"{prefix}if ({dialect.Target.ClassName}.IsHardwareAccelerated)");
                    writer.Line("    " + call);
                    prefix = "else ";
                }
            }
        }
    }

    private static void WriteClass(CSharpWriter writer, Dialect dialect, List<Kernel> kernels)
    {
        KernelContext context = new(dialect);
        using (writer.Open($"private static class {dialect.ClassName}"))
        {
            bool first = true;
            foreach (Kernel kernel in kernels)
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
