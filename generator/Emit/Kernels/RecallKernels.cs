using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>The frames that a causal window sees, from a ring of those before and the new one.</summary>
/// <param name="Kernel">How many.</param>
/// <param name="Dilation">From one to the next.</param>
/// <param name="Channels">Elements of one.</param>
/// <param name="Strides">From one stream to the next, of new frames, of memories and of what is seen.</param>
internal sealed record RecallKernel(string Name, string Comment, int Kernel, int Dilation, int Channels, (int Input, int Past, int Output) Strides) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters => [KernelParameter.In("x"), KernelParameter.Out("past"), KernelParameter.Out("y"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        int frames = (Kernel - 1) * Dilation;
        string channels = Number(Channels), count = Number(frames);
        Pointer x = dialect.Declare(writer, "rowX", dialect.Received("x")), past = dialect.Declare(writer, "rowPast", dialect.Received("past")), y = dialect.Declare(writer, "rowY", dialect.Received("y"));
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            string place = dialect.At(past, Number(frames * Channels));
            writer.Line($"int oldest = (int){place};");
            using (writer.Open($"for (int k = 0; k < {Number(Kernel - 1)}; k++)"))
            {
                writer.Line($"int frame = oldest + k * {Number(Dilation)};");
                writer.Line($"frame = frame >= {count} ? frame - {count} : frame;");
                writer.Line($"for (int c = 0; c < {channels}; c++)");
                writer.Line($"    {dialect.At(y, $"k * {channels} + c")} = {dialect.At(past, $"frame * {channels} + c")};");
            }

            using (writer.Open($"for (int c = 0; c < {channels}; c++)"))
            {
                writer.Line($"{dialect.At(past, $"oldest * {channels} + c")} = {dialect.At(x, "c")};");
                writer.Line($"{dialect.At(y, $"{Number((Kernel - 1) * Channels)} + c")} = {dialect.At(x, "c")};");
            }

            writer.Line($"{place} = oldest + 1 == {count} ? 0 : oldest + 1;");
            SampleRows.WritePadding(writer, dialect, y, Kernel * Channels, Strides.Output);
            dialect.Advance(writer, x, Number(Strides.Input));
            dialect.Advance(writer, past, Number(Strides.Past));
            dialect.Advance(writer, y, Number(Strides.Output));
        }
    }

    private static string Number(int value) => CSharpLiteral.Of(value);
}

/// <summary>The frames before a window, the oldest first, and the window's last ones in their place.</summary>
/// <param name="Frames">How many.</param>
/// <param name="Channels">Elements of one.</param>
/// <param name="Steps">Of the window.</param>
/// <param name="Strides">From one stream to the next, of memories and of windows.</param>
internal sealed record RecallWindowKernel(string Name, string Comment, int Frames, int Channels, int Steps, (int Past, int Output) Strides) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters => [KernelParameter.Out("past"), KernelParameter.Out("y"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        string all = CSharpLiteral.Of(Frames * Channels);
        Pointer past = dialect.Declare(writer, "rowPast", dialect.Received("past")), y = dialect.Declare(writer, "rowY", dialect.Received("y"));
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            string place = dialect.At(past, all);
            writer.Line($"int oldest = (int){place} * {CSharpLiteral.Of(Channels)};");
            writer.Line($"for (int i = 0; i < {all}; i++)");
            writer.Line($"    {dialect.At(y, "i")} = {dialect.At(past, $"(oldest + i < {all} ? oldest + i : oldest + i - {all})")};");
            writer.Line($"for (int i = 0; i < {all}; i++)");
            writer.Line($"    {dialect.At(past, "i")} = {dialect.At(y, $"{CSharpLiteral.Of(Steps * Channels)} + i")};");
            writer.Line($"{place} = 0;");
            dialect.Advance(writer, past, CSharpLiteral.Of(Strides.Past));
            dialect.Advance(writer, y, CSharpLiteral.Of(Strides.Output));
        }
    }
}
