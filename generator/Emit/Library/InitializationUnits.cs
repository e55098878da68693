using System;
using System.Collections.Generic;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>The first parameters: numbers of one stream, in canonical order, computed in double so that they are the same on every runtime.</summary>
internal static class InitializationUnits
{
    public const string Uniform = "DrawUniform", Normal = "DrawNormal", Orthogonal = "DrawOrthogonal";

    /// <summary>Statements of the method that draws a matrix with orthogonal rows or columns, row by row, from a function that draws a normal number.</summary>
    public static string OrthogonalBody(string normal, System.Func<string, string> sqrt) => $$"""
        int n = rows < columns ? columns : rows, m = rows < columns ? rows : columns;
        double[] q = new double[n * m], drawn = new double[n * m];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < m; j++)
                q[j * n + i] = {{normal}};
        }
        for (int j = 0; j < m; j++)
        {
            for (int k = 0; k < 2 * j; k++)
            {
                int other = k % j * n;
                double product = 0;
                for (int i = 0; i < n; i++)
                    product += q[other + i] * q[j * n + i];
                for (int i = 0; i < n; i++)
                    q[j * n + i] -= product * q[other + i];
            }
            double squares = 0;
            for (int i = 0; i < n; i++)
                squares += q[j * n + i] * q[j * n + i];
            double length = {{sqrt("squares")}};
            for (int i = 0; i < n; i++)
                drawn[rows < columns ? j * n + i : i * m + j] = q[j * n + i] / length;
            for (int i = 0; i < n; i++)
                q[j * n + i] /= length;
        }
        return drawn;
        """;

    /// <summary>What it does.</summary>
    public const string OrthogonalComment = "A matrix with orthonormal rows, or columns where it has more rows, row by row: the factor Q of normal numbers, R's diagonal positive, by Gram and Schmidt's method, each vector made orthogonal twice (Giraud, Langou, Rozloznik 2005).";

    public static IEnumerable<Unit> All =>
    [
        new("NextUniform", """
            // The next number of SplitMix64 in [0, 1): the upper 53 bits.
            internal static double NextUniform(ref ulong state)
            {
                state = unchecked(state + 0x9E3779B97F4A7C15UL);
                return (Mix(state) >> 11) * (1.0 / 9007199254740992.0);
            }
            """) { Units = ["Mix"] },
        new("NextNormal", $$"""
            // The next standard normal number, by Box and Muller: √(-2 ln u)·cos 2πv with u in (0, 1].
            internal static double NextNormal(ref ulong state)
            {
                double radius = global::System.Math.Sqrt(-2 * Plain.Log(1 - NextUniform(ref state)));
                return radius * Plain.Cos({{CSharpLiteral.Of(2 * Math.PI)}} * NextUniform(ref state));
            }
            """) { Units = ["NextUniform"], DoubleFunctions = ["Log", "Cos"] },
        new(Orthogonal, $$"""
            // {{OrthogonalComment}}
            internal static double[] {{Orthogonal}}(ref ulong state, int rows, int columns)
            {
            {{Unit.Indented(1, OrthogonalBody("NextNormal(ref state)", x => $"global::System.Math.Sqrt({x})"))}}
            }
            """) { Units = ["NextNormal"] },
        Draw(Uniform, "uniformly up to scale", "(2 * NextUniform(ref state) - 1) * scale", "NextUniform"),
        Draw(Normal, "normally with deviation scale", "NextNormal(ref state) * scale", "NextNormal"),
    ];

    private static Unit Draw(string name, string how, string draw, string needs) => new(name, $$"""
        // Draws weights {{how}}, (i, o) at i·step + o / panel·panelLength + o mod panel.
        internal static void {{name}}(ref ulong state, ref float packed, int step, int panel, int panelLength, int inputs, int outputs, double scale)
        {
            for (int i = 0; i < inputs; i++)
            {
                for (int o = 0; o < outputs; o++)
                    Unsafe.Add(ref packed, i * step + o / panel * panelLength + o % panel) = (float)({{draw}});
            }
        }
        """) { Units = [needs] };
}
