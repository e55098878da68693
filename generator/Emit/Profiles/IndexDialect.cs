using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Profiles;

/// <summary>Plain C# without vectors: elements by index. Several sums at once still hide the latency of an addition.</summary>
internal abstract class IndexDialect(NumericTarget target) : Dialect(target)
{
    public override string ClassName => "Kernels";

    public override string? KernelAttribute => null;

    public override void Advance(CSharpWriter writer, Pointer pointer, string by) => writer.Line($"{pointer.Index} += {by};");

    public override string At(Pointer pointer, string offset = "0") => $"{pointer.Name}[{Plus(pointer.Index ?? "0", offset)}]";

    public override string Load(Pointer pointer, string offset = "0") => At(pointer, offset);

    public override string Store(Pointer pointer, string offset, string value) => $"{At(pointer, offset)} = {value};";

    public override Pointer Declare(CSharpWriter writer, string name, Pointer start, string offset = "0")
    {
        string index = name + "At";
        writer.Line($"int {index} = {Plus(start.Index ?? "0", offset)};");
        return new Pointer(start.Name, index);
    }
}

/// <summary>The <c>Scalar</c> profile: spans, C# 9, netstandard2.0.</summary>
internal sealed class SpanDialect(Precision precision, bool isReproducible = false)
    : IndexDialect(new NumericTarget(precision, 0, false) { IsReproducible = isReproducible })
{
    public override string Parameter(string name, bool writes) =>
        $"global::System.{(writes ? "Span" : "ReadOnlySpan")}<{Element}> {name}";

    public override Pointer Received(string name) => new(name);

    public override void Alias(CSharpWriter writer, string name, bool writes, Pointer source, string offset) =>
        writer.Line($"{Parameter(name, writes)} = {Argument(source, offset)};");

    public override string Argument(Pointer pointer, string offset = "0")
    {
        string start = Plus(pointer.Index ?? "0", offset);
        return start == "0" ? pointer.Name : $"{pointer.Name}.Slice({start})";
    }
}

/// <summary>The <c>Basic</c> profile: arrays, C# 7.3, no library to speak of.</summary>
internal sealed class ArrayDialect(Precision precision, bool isReproducible = false)
    : IndexDialect(new NumericTarget(precision, 0, true) { IsReproducible = isReproducible })
{
    public override string Parameter(string name, bool writes) => $"{Element}[] {name}, int {name}At";

    public override Pointer Received(string name) => new(name, name + "At");

    public override void Alias(CSharpWriter writer, string name, bool writes, Pointer source, string offset)
    {
        writer.Line($"{Element}[] {name} = {source.Name};");
        writer.Line($"int {name}At = {Plus(source.Index ?? "0", offset)};");
    }

    public override string Argument(Pointer pointer, string offset = "0") => $"{pointer.Name}, {Plus(pointer.Index ?? "0", offset)}";
}
