using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Emit.Members;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>Writes the file of one network: header, sizes, storage, forward, trainer, and the kernels at the end.</summary>
internal static class NetworkEmitter
{
    public static string Emit(NetworkPlan plan, CancellationToken cancellation)
    {
        NetworkGraph graph = plan.Graph;
        TypeModel type = graph.Model.Type;
        EmitContext context = new(plan);
        CSharpWriter writer = new();
        Header.Write(writer, plan);
        writer.Line(context.Surface.IsBasic ? "#pragma warning disable" : "#nullable enable");
        if (!context.Surface.IsBasic)
            writer.Line("#pragma warning disable");
        writer.Line();

        Stack<IDisposable> blocks = new();
        if (type.Namespace.Length > 0)
            blocks.Push(writer.Open("namespace " + type.Namespace));
        if (context.Surface.Profile == EmitProfile.Simd)
        {
            writer.Line("using global::System.Runtime.CompilerServices;");
            writer.Line("using global::System.Runtime.Intrinsics;");
            writer.Line("using global::System.Runtime.Intrinsics.Arm;");
            writer.Line("using global::System.Runtime.Intrinsics.X86;");
            writer.Line();
        }

        foreach (string container in type.ContainingTypes)
            blocks.Push(writer.Open(container));
        if (!context.Surface.IsBasic)
            Header.WriteRemarks(writer, plan);
        string implements = context.ImplementsNetwork ? $" : global::GeneratedNetworks.INetwork<{context.Surface.Element}>" : string.Empty;
        blocks.Push(writer.Open($"{(type.IsStatic ? "static " : string.Empty)}partial class {type.Name}{implements}"));
        NetworkMembers.Write(writer, context);
        cancellation.ThrowIfCancellationRequested();
        if (plan.Training is not null)
            TrainerWriter.Write(writer, context);
        cancellation.ThrowIfCancellationRequested();
        if (!type.IsStatic)
        {
            InitializationWriter.Write(writer, context);
            writer.Line();
        }

        if (EmbeddedWriter.IsNeeded(context))
            EmbeddedWriter.Write(writer, context);
        context.Kernels.Write(writer);
        while (blocks.Count > 0)
            blocks.Pop().Dispose();
        return type.HidesShortNames ? NameQualifier.Qualify(writer.ToString()) : writer.ToString();
    }
}

/// <summary>What the parts of one file share.</summary>
internal sealed class EmitContext
{
    public EmitContext(NetworkPlan plan)
    {
        Plan = plan;
        Surface = new Surface(plan.Graph.Profile, plan.Graph.Precision);
        Kernels = new KernelSet(plan);
        DropoutLayers = [.. plan.Graph.Nodes.Where(node => node.Layer is Layers.DropoutLayer).Select(node => node.Layer.Name)];
    }

    public NetworkPlan Plan { get; }

    public Surface Surface { get; }

    public KernelSet Kernels { get; }

    /// <summary>Scalar functions in double that code outside the kernels calls.</summary>
    public Functions.FunctionLibrary Functions { get; } = new();

    /// <summary>The same for the trainer.</summary>
    public Functions.FunctionLibrary TrainerFunctions { get; } = new();

    public IReadOnlyList<string> DropoutLayers { get; }

    /// <summary>Whether a step of one sample updates each parameter as soon as its gradient is known.</summary>
    public bool HasSampleStep => Plan.Graph.Training is { Optimizer: Optimizer.Sgd } && Plan.Training!.Step != StepForm.Chunk;

    public bool HasInterfaces => !Surface.IsBasic && Plan.Graph.Model.Options.HasInterfaces;

    /// <summary>A static class holds the network itself and implements nothing.</summary>
    public bool IsStatic => Plan.Graph.Model.Type.IsStatic;

    public bool ImplementsNetwork => HasInterfaces && !IsStatic;

    /// <summary>What stands before the type of a member that reads parameters.</summary>
    public string Static => IsStatic ? "static " : string.Empty;

    public string Element => Surface.Element;

    public string TypeName => Plan.Graph.Model.Type.Name;

    public Functions.NumericTarget ScalarDouble => Kernels.Host.Target.ScalarDouble;
}
