using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>A padded row that one part of a training step leaves in locals for the next: a store that the next load waits for costs more than the work between.</summary>
/// <param name="Dialect">Of the vectors.</param>
/// <param name="Vectors">Locals, or expressions.</param>
/// <param name="IsUniform">A row of one element, which every lane of its vector holds: what follows needs neither mask nor broadcast.</param>
internal sealed record HeldRow(Dialect Dialect, IReadOnlyList<string> Vectors, bool IsUniform = false)
{
    /// <summary>Vectors of a row up to which it is held.</summary>
    public const int MostVectors = 4;

    public static HeldRow Of(Dialect dialect, string name, int vectors) => new(
        dialect, [.. Enumerable.Range(0, vectors).Select(v => vectors == 1 ? name : $"{name}{CSharpLiteral.Of(v)}")]);

    /// <summary>The statement that declares the locals.</summary>
    public string Declaration => $"{Dialect.Target.TypeName} {string.Join(", ", Vectors)};";

    /// <summary>The same row in vectors of a wider dialect; where it ends early, zeros follow.</summary>
    public HeldRow In(Dialect wide, int vectors)
    {
        int each = wide.Lanes / Dialect.Lanes;
        IEnumerable<string> joined = Enumerable.Range(0, vectors).Select(v =>
            Join(Dialect.Target.VectorBits, [.. Enumerable.Range(v * each, each).Select(piece => piece < Vectors.Count ? Vectors[piece] : Dialect.Zero)]));
        return new HeldRow(wide, [.. joined]);
    }

    /// <summary>Element <paramref name="k"/> in every lane of another dialect; elements are asked for one after the other.</summary>
    public string Spread(CSharpWriter writer, KernelContext context, Dialect into, int k)
    {
        string vector = Vectors[k / Dialect.Lanes];
        if (IsUniform && Dialect.Lanes == into.Lanes)
            return vector;
        return Dialect.Lanes == into.Lanes && SpreadElements.Pays(into)
            ? SpreadElements.Write(writer, context, into, vector, k, "quarter")
            : into.Broadcast($"{Dialect.Target.ClassName}.GetElement({vector}, {CSharpLiteral.Of(k % Dialect.Lanes)})");
    }

    /// <summary>Vectors side by side as one, as many as a power of two.</summary>
    public static string Join(int bits, IReadOnlyList<string> parts)
    {
        for (bits *= 2; parts.Count > 1; bits *= 2)
        {
            string type = "Vector" + CSharpLiteral.Of(bits);
            parts = [.. Enumerable.Range(0, parts.Count / 2).Select(pair => $"{type}.Create({parts[2 * pair]}, {parts[(2 * pair) + 1]})")];
        }

        return parts[0];
    }
}

/// <summary>A backward kernel that can have its row of dz from locals, and leave that of dx in locals.</summary>
internal interface IHoldsRows
{
    /// <summary>Whether dz may come that way.</summary>
    bool Takes(KernelContext context, HeldRow dz);

    /// <summary>The locals for dx, or null where it has to go through memory.</summary>
    HeldRow? Leaves(KernelContext context, string name);

    /// <summary>Writes the statements.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="context">The kernel class.</param>
    /// <param name="dz">Null: it lies in memory.</param>
    /// <param name="dx">Null: it goes to memory.</param>
    void WriteBody(CSharpWriter writer, KernelContext context, HeldRow? dz, HeldRow? dx);
}
