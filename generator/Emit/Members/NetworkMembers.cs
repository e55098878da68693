using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>The public members of a network: sizes, constructors, parameters and <c>Forward</c>.</summary>
internal static class NetworkMembers
{
    /// <summary>What a reader meets before the passes.</summary>
    public static void Write(CSharpWriter writer, EmitContext context)
    {
        WriteSizes(writer, context);
        WriteConstructors(writer, context);
        WriteForward(writer, context);
        IdMembers.WriteNetwork(writer, context);
        LengthMembers.WriteNetwork(writer, context);
        StreamMembers.WriteNetwork(writer, context);
    }

    /// <summary>What can wait until after them.</summary>
    public static void WriteParameters(CSharpWriter writer, EmitContext context)
    {
        WriteParameterAccess(writer, context);
        InfoMembers.Write(writer, context);
        if (context.ImplementsNetwork)
            WriteInterface(writer, context);
        WriteField(writer, context);
    }

    private static void WriteSizes(CSharpWriter writer, EmitContext context)
    {
        NetworkGraph graph = context.Plan.Graph;
        Constant("Elements of one input sample.", "InputSize", graph.Input.Shape.Count);
        Constant("Elements of one output sample.", "OutputSize", graph.Output.Shape.Count);
        Constant("Trainable numbers in all, in canonical order.", "ParameterCount", graph.ParameterCount);
        if (context.HasInterfaces)
        {
            writer.Line("/// <summary>Name, shape and canonical offset of every parameter.</summary>");
            writer.Line($"{Attribute(context)}public static global::System.ReadOnlySpan<global::GeneratedNetworks.NetworkParameter> ParameterLayout => {EmitContext.Inner}.Layout;");
            writer.Line();
            writer.Line("/// <summary>Name, shape and place in a row of every input.</summary>");
            writer.Line($"{Attribute(context)}public static global::System.ReadOnlySpan<global::GeneratedNetworks.NetworkValue> InputLayout => {EmitContext.Inner}.Inputs;");
            writer.Line("/// <summary>The same of every output.</summary>");
            writer.Line($"{Attribute(context)}public static global::System.ReadOnlySpan<global::GeneratedNetworks.NetworkValue> OutputLayout => {EmitContext.Inner}.Outputs;");
            writer.Line();
        }

        if (context.Plan.Stream is { } stream)
        {
            Constant("Elements of one frame of inputs.", "FrameSize", graph.Frame!.Input.Shape.Count);
            Constant("Elements of one frame of outputs.", "OutputFrameSize", graph.Frame.Output.Shape.Count);
            Constant("Elements of what one stream remembers from frame to frame; all 0 is the start.", "MemorySize", stream.MemorySize);
            if (context.HasInterfaces)
            {
                writer.Line("/// <summary>Name, shape and place of every part of a stream's memory.</summary>");
                writer.Line($"{Attribute(context)}public static global::System.ReadOnlySpan<global::GeneratedNetworks.NetworkValue> MemoryLayout => {EmitContext.Inner}.Memories;");
                writer.Line();
            }
        }

        void Constant(string summary, string name, int value)
        {
            writer.Line($"/// <summary>{summary}</summary>");
            writer.Line($"{Attribute(context)}public const int {name} = {CSharpLiteral.Of(value)};");
            writer.Line();
        }
    }

    private static void WriteField(CSharpWriter writer, EmitContext context)
    {
        string type = context.Surface.IsBasic ? $"{EmitContext.Inner}.Storage" : context.IsSimd ? $"{EmitContext.Inner}.{MemoryUnits.Memory}" : context.Element + "[]";
        string length = CSharpLiteral.Of(context.Plan.ParameterLength);
        string value = context.Surface.IsBasic ? $"new {EmitContext.Inner}.Storage()"
            : context.IsStatic ? $"{EmitContext.Inner}.Load()"
            : context.IsSimd ? $"new {EmitContext.Inner}.{context.Use.Unit(MemoryUnits.Memory)}({length})"
            : $"new {context.Element}[{length}]";
        writer.Line(context.Surface.IsBasic ? "// The parameters, and scratch." : "// All parameters, padded, in the order in which the kernels read them.");
        writer.Line($"private {context.Static}readonly {type} {EmitContext.Field} = {value};");
        writer.Line();
    }

    private static void WriteConstructors(CSharpWriter writer, EmitContext context)
    {
        if (context.IsStatic)
            return;
        bool isEmbedded = EmbeddedWriter.IsNeeded(context);
        writer.Line(isEmbedded
            ? "/// <summary>Creates the network with the trained parameters that are embedded here.</summary>"
            : "/// <summary>Creates the network with parameters initialized from seed 0.</summary>");

        // In Basic the embedded parameters are the memory that a network starts with, so that there is no second copy of them.
        bool startsEmbedded = isEmbedded && context.Surface.IsBasic;
        string constructor = $"{Attribute(context)}public {context.TypeName}";
        writer.Line(startsEmbedded ? $"{constructor}() {{ }}"
            : isEmbedded ? $"{constructor}() {{ {EmitContext.Inner}.LoadEmbedded({context.Parameters()}); }}"
            : $"{constructor}() : this(0UL) {{ }}");
        writer.Line();
        writer.Line("/// <summary>Creates the network with parameters initialized from a seed: the same numbers on every runtime.</summary>");
        string clear = startsEmbedded ? ClearMemory(context, context.Parameters(), "0", CSharpLiteral.Of(context.Plan.ParameterLength)) + " " : string.Empty;
        writer.Line($"{constructor}(ulong seed) {{ {clear}{EmitContext.Inner}.Initialize(seed, {context.Parameters()}); }}");
        writer.Line();
    }

    private static void WriteForward(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        Dialect host = context.Host;
        bool hasSample = SampleMembers.HasForward(context);
        writer.Line(surface.IsBasic
            ? "/// <summary>Runs any number of samples through the network. One thread at a time: all calls share the network's scratch memory.</summary>"
            : "/// <summary>Runs any number of samples through the network. Many threads may do so at once, except while the network is changed.</summary>");
        writer.Line("/// <param name=\"inputs\">n·<see cref=\"InputSize\"/> elements, sample after sample. With none, nothing happens.</param>");
        writer.Line($"/// <param name=\"outputs\">Receives n·<see cref=\"OutputSize\"/> elements; may not overlap the inputs{(surface.IsBasic ? ": not the same array" : string.Empty)}.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, or the outputs overlap the inputs. Nothing has been written.</exception>");

        // The path of one sample is inlined here, and would be cleared here.
        if (hasSample)
            ScratchWriter.WriteNotCleared(writer, context);
        string scratch = surface.IsBasic ? $", {EmitContext.Field}.Scratch, 0" : string.Empty;
        using (writer.Open($"{Attribute(context)}public {context.Static}void Forward({surface.In("inputs")}, {surface.Out("outputs")})"))
        {
            string arguments = $"{host.Argument(surface.AtMemory(context.Parameters()))}, {host.Argument(surface.At("inputs"))}, {host.Argument(surface.At("outputs"))}{scratch}";
            if (hasSample)
            {
                // A way of its own, and no second look at how many samples there are: the smallest networks take no longer than that.
                using (writer.Open("if (inputs.Length == InputSize && outputs.Length == OutputSize)"))
                {
                    writer.Line(CheckWriter.NoOverlap(context, "outputs", "inputs"));
                    writer.Line($"{EmitContext.Inner}.ForwardSample({arguments});");
                    writer.Line("return;");
                }

                writer.Line();
            }

            writer.Line($"int samples = {CheckWriter.Samples(context)};");
            IdMembers.WriteCheck(writer, context);
            writer.Line(CheckWriter.NoOverlap(context, "outputs", "inputs"));
            writer.Line($"{EmitContext.Inner}.ForwardBatch({arguments}, samples{LengthMembers.None(context, hasScale: false)});");
        }

        writer.Line();
    }

    private static void WriteParameterAccess(CSharpWriter writer, EmitContext context)
    {
        Surface surface = context.Surface;
        Dialect host = context.Host;
        writer.Line("/// <summary>Copies all parameters out in canonical order: layer by layer, weight [in, out] row by row, then bias.</summary>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The length is not <see cref=\"ParameterCount\"/>.</exception>");
        using (writer.Open($"{Attribute(context)}public {context.Static}void GetParameters({surface.Out("destination")})"))
        {
            writer.Line(CheckWriter.Parameters(context, "destination"));
            writer.Line($"{EmitContext.Inner}.{StorageMembers.Canonical(context, host.Argument(surface.AtMemory(context.Parameters())), host.Argument(surface.At("destination")), toCanonical: true)}");
        }

        writer.Line();
        if (context.IsStatic)
            return;
        writer.Line("/// <summary>Sets all parameters from canonical order. A trainer's optimizer state stays as it is.</summary>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The length is not <see cref=\"ParameterCount\"/>.</exception>");
        using (writer.Open($"{Attribute(context)}public void SetParameters({surface.In("source")})"))
        {
            writer.Line(CheckWriter.Parameters(context, "source"));
            writer.Line("// Padding goes back to zero too: it may hold NaN after a training run that diverged.");
            writer.Line(ClearMemory(context, context.Parameters(), "0", CSharpLiteral.Of(context.Plan.ParameterLength)));
            writer.Line($"{EmitContext.Inner}.{StorageMembers.Canonical(context, host.Argument(surface.AtMemory(context.Parameters())), host.Argument(surface.At("source")), toCanonical: false)}");
        }

        writer.Line();
    }

    /// <summary>A statement that sets a part of our own memory to zero.</summary>
    public static string ClearMemory(EmitContext context, string memory, string start, string length) => context.IsSimd
        ? $"{memory}.Clear({start}, {length});"
        : $"global::System.Array.Clear({memory}, {start}, {length});";

    private static void WriteInterface(CSharpWriter writer, EmitContext context)
    {
        string network = $"global::GeneratedNetworks.INetwork<{context.Element}>";
        writer.Line($"int {network}.InputSize => InputSize;");
        writer.Line($"int {network}.OutputSize => OutputSize;");
        writer.Line($"int {network}.ParameterCount => ParameterCount;");
        writer.Line($"global::System.ReadOnlySpan<global::GeneratedNetworks.NetworkParameter> {network}.ParameterLayout => {EmitContext.Inner}.Layout;");
        writer.Line($"global::System.ReadOnlySpan<global::GeneratedNetworks.NetworkValue> global::GeneratedNetworks.INetworkLayout.InputLayout => {EmitContext.Inner}.Inputs;");
        writer.Line($"global::System.ReadOnlySpan<global::GeneratedNetworks.NetworkValue> global::GeneratedNetworks.INetworkLayout.OutputLayout => {EmitContext.Inner}.Outputs;");
        writer.Line($"global::GeneratedNetworks.NetworkInfo {network}.Info => {EmitContext.Inner}.Info;");
        if (context.Streams)
        {
            string stream = StreamInterface(context);
            writer.Line($"int {stream}.FrameSize => FrameSize;");
            writer.Line($"int {stream}.OutputFrameSize => OutputFrameSize;");
            writer.Line($"int {stream}.MemorySize => MemorySize;");
            writer.Line($"global::System.ReadOnlySpan<global::GeneratedNetworks.NetworkValue> {stream}.MemoryLayout => {EmitContext.Inner}.Memories;");
        }

        writer.Line();
    }

    /// <summary>What a network that streams implements, which includes what each does.</summary>
    public static string StreamInterface(EmitContext context) => $"global::GeneratedNetworks.IStreamNetwork<{context.Element}>";

    /// <summary>Stands before a member, and never before the class, half of which is the user's.</summary>
    public static string Attribute(EmitContext context) => context.Surface.IsBasic
        ? string.Empty
        : $"[global::System.CodeDom.Compiler.GeneratedCode(\"GeneratedNetworks\", \"{NetworkVersion.Text}\")] ";
}
