using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>Sets the padding in some neighboring parameters of a layer to zero.</summary>
internal sealed record ClearPaddingKernel(string Name, string Comment) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Out("packed"), KernelParameter.Value("int", "first"), KernelParameter.Value("int", "count"), KernelParameter.Value("int", "panel"),
        KernelParameter.Value("int", "inputs"), KernelParameter.Value("int", "outputs"),
    ];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        using (writer.Open("for (int i = first; i < first + count; i++)"))
        {
            writer.Line("if (i / (inputs * panel) * panel + i % panel >= outputs)");
            writer.Line($"    {dialect.At(dialect.Received("packed"), "i - first")} = 0;");
        }
    }
}
