using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>
/// Valid declarations, broken at random. Whatever the user is in the middle of typing, the generator neither fails nor adds errors of its own making:
/// each text has a GN diagnostic, an error in the user's own lines, or compiles.
/// </summary>
/// <remarks>MALFORMED_SEED runs another sequence; a failure names the seed and the text.</remarks>
public sealed class MalformedDeclarationTests(ITestOutputHelper output)
{
    private static readonly int Count = Thorough.IsWanted ? 200 : 80;

    private static readonly string[] Valid =
    [
        """
        [GeneratedNetwork(2)]
        [Dense(3, Activation.Tanh, Name = "hidden")]
        [Dense(1, Activation.Sigmoid)]
        [Training(Loss.BinaryCrossEntropy, Optimizer.Adam)]
        public sealed partial class Net { public Net.Trainer Trains; }
        """,
        """
        namespace Space.Inner
        {
            public static partial class Outer
            {
                [GeneratedNetwork(4, 3, Precision = Precision.Double)]
                [Dense(5, UseBias = false, Initializer = Initializer.HeNormal)]
                [Dropout(0.25)]
                [Activation(Activation.Relu)]
                [Dense(2, Activation.Softmax)]
                [Training(Loss.CrossEntropy, Reduction = Reduction.Sum, InputGradients = true)]
                internal partial class Net : IDisposable
                {
                    private readonly int _count = InputSize + OutputSize;
                    public void Forward(int x) { }
                    public void Dispose() => GC.KeepAlive(_count);
                }
            }
        }
        """,
        """
        namespace Space;
        [Obsolete("old"), GeneratedNetwork(8, Emit = EmitProfile.Scalar, Unroll = Unroll.None)]
        [Dense(2)]
        [Dense(2, Frozen = true)]
        partial class Net
        {
            public Net(string name) : this(1UL) { }
        }
        partial class Net { static int X; }
        [GeneratedNetwork(1)] [Dense(1)] partial class Second { }
        """,
    ];

    private static readonly string[] Pool =
    [
        "0", "-1", "2147483647", "1e300", "\"x\"", "null", "true", "Net", "Trainer", "InputSize", "Forward", "Activation",
        ".", ",", ";", "(", ")", "[", "]", "{", "}", "<T>", ":", "=", "//", "/*", "#if X\n",
        "static", "abstract", "record", "struct", "interface", "file", "partial", "class", "ref", "this", "base", "global::",
        "(Activation)77", "[Dense(1)]", "[Dropout(2)]", "[Activation(Activation.Softmax)]", "[Training(Loss.Huber)]", "[GeneratedNetwork]",
        "Name = \"hidden\"", "nameof(Net)",
    ];

    [Fact]
    public void NothingThatIsTypedBreaksTheBuildInGeneratedCode()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("MALFORMED_SEED"), out int given) ? given : 20;
        output.WriteLine($"MALFORMED_SEED={seed}");
        Random random = new(seed);
        int reported = 0;
        int rejected = 0;
        for (int i = 0; i < Count; i++)
        {
            string source = GeneratorHarness.Usings + Break(Valid[i % Valid.Length], random);
            GeneratorRun run = GeneratorHarness.Run(source);
            string context = $"MALFORMED_SEED={seed}, number {i}:\n{source}\n";

            Assert.True(run.Crash is null, $"{context}{run.Crash}");
            Assert.All(run.GeneratorDiagnostics, diagnostic => Assert.StartsWith("GN", diagnostic.Id, StringComparison.Ordinal));
            Diagnostic? inGenerated = run.CompilerErrors.FirstOrDefault(run.IsGenerated);
            if (inGenerated is not null)
                Assert.Fail(context + GeneratorRun.Describe(inGenerated));
            reported += run.GeneratorDiagnostics.IsEmpty ? 0 : 1;
            rejected += run.CompilerErrors.Count == 0 ? 0 : 1;
        }

        output.WriteLine($"{Count} texts: {reported} with a GN diagnostic, {rejected} with an error of the compiler's.");
        Assert.InRange(reported, Count / 20, Count);
        Assert.InRange(rejected, Count / 4, Count - 1);
    }

    /// <summary>One to three edits, either of tokens or of what attributes say.</summary>
    private static string Break(string source, Random random)
    {
        bool keepsSyntax = random.Next(2) == 0;
        int edits = 1 + random.Next(3);
        for (int i = 0; i < edits; i++)
            source = keepsSyntax ? BreakMeaning(source, random) : BreakTokens(source, random);
        return source;
    }

    /// <summary>Still C# by its grammar: an attribute left out, doubled or moved, a number, a name or a modifier changed.</summary>
    private static string BreakMeaning(string source, Random random)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(source).GetRoot();
        AttributeListSyntax[] attributes = [.. root.DescendantNodes().OfType<AttributeListSyntax>()];
        SyntaxToken[] tokens = [.. root.DescendantTokens()];
        switch (random.Next(6))
        {
            case 0 when attributes.Length > 0:
                AttributeListSyntax lost = Pick(attributes);
                return source.Remove(lost.SpanStart, lost.Span.Length);
            case 1 when attributes.Length > 0:
                AttributeListSyntax doubled = Pick(attributes);
                return source.Insert(Pick(attributes).SpanStart, doubled + " ");
            case 2:
                return Change(SyntaxKind.NumericLiteralToken, "0", "-3", "7", "65536", "2147483647", "0.5", "1", "'c'", "\"x\"", "double.NaN");
            case 3:
                return Change(
                    SyntaxKind.IdentifierToken,
                    "Softmax", "LogSoftmax", "Sigmoid", "Net", "Trainer", "InputSize", "Forward", "Kernels", "Simd", "Basic", "Name");
            case 4:
                return Change(SyntaxKind.PartialKeyword, "", "static partial", "abstract partial", "unsafe partial", "sealed partial");
            default:
                return Change(SyntaxKind.StringLiteralToken, "\"\"", "\"dense1\"", "\"1st\"", "null", "nameof(Net)", "\"HIDDEN\"");
        }

        T Pick<T>(T[] items) => items[random.Next(items.Length)];

        string Change(SyntaxKind kind, params string[] replacements)
        {
            SyntaxToken[] candidates = [.. tokens.Where(token => token.IsKind(kind))];
            return candidates.Length == 0 ? source : Put(source, Pick(candidates), Pick(replacements));
        }
    }

    /// <summary>A token left out, doubled, exchanged with the next, or another put beside it or in its place.</summary>
    private static string BreakTokens(string source, Random random)
    {
        List<SyntaxToken> tokens = [.. CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().Where(token => !token.FullSpan.IsEmpty)];
        if (tokens.Count < 2)
            return source;
        int at = random.Next(tokens.Count - 1);
        SyntaxToken token = tokens[at];
        string text = token.Text;
        return random.Next(5) switch
        {
            0 => Put(source, token, ""),
            1 => Put(source, token, text + " " + text),
            2 => Put(Put(source, tokens[at + 1], text), token, tokens[at + 1].Text),
            3 => Put(source, token, Pool[random.Next(Pool.Length)]),
            _ => Put(source, token, text + " " + Pool[random.Next(Pool.Length)]),
        };
    }

    private static string Put(string source, SyntaxToken token, string text) =>
        source.Remove(token.SpanStart, token.Span.Length).Insert(token.SpanStart, text);
}
