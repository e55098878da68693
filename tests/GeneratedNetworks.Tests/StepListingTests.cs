using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>What the just-in-time compiler makes of the products inside steps, read in its listing: nothing in their loops waits for a call or goes through the stack.</summary>
public sealed partial class StepListingTests(ITestOutputHelper output)
{
    private const string Variable = "DOTNET_JitStdOutFile";

    [Fact]
    public void LoopsOfStepsCallNothingAndKeepTheirSumsInRegisters()
    {
        Assert.SkipUnless(Fma.IsSupported, "Listings are read for processors with fused products of 256 bits.");
        string listing = Path.GetTempFileName();
        try
        {
            ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
            start.ArgumentList.Add("-noLogo");
            start.ArgumentList.Add("-method");
            start.ArgumentList.Add($"{typeof(StepListingTests).FullName}.{nameof(FramesRun)}");
            start.Environment["DOTNET_JitDisasm"] = "GruStepSequenceRow LstmStepSequenceRow SimpleStepTanhSequenceRow FrameProduct";
            start.Environment[Variable] = listing;
            using Process process = Process.Start(start)!;
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, text);

            string[] methods = File.ReadAllText(listing).Split("; Assembly listing for method ", StringSplitOptions.RemoveEmptyEntries);
            foreach (string name in new[] { "GruStepSequenceRow", "LstmStepSequenceRow", "SimpleStepTanhSequenceRow", "FrameProduct" })
            {
                string[] loops = [.. methods.Where(method => method.Split('[')[0].EndsWith(':' + name, StringComparison.Ordinal)).SelectMany(Loops).Where(loop => loop.Contains("vfmadd", StringComparison.Ordinal))];
                output.WriteLine($"{name}: {loops.Length} loops of products");
                Assert.NotEmpty(loops);
                Assert.All(loops, loop => Assert.DoesNotContain("call ", loop, StringComparison.Ordinal));
                Assert.All(loops, loop => Assert.DoesNotMatch(VectorOnStack(), loop));
            }
        }
        finally
        {
            File.Delete(listing);
        }
    }

    /// <summary>What the other test lists, in a process of its own.</summary>
    [Fact]
    public void FramesRun()
    {
        WholeStream network = new(1);
        float[] outputs = new float[8];
        network.ForwardStream([0, 1, 0, -1, 0, 1, 0, -1], outputs, new float[WholeStream.MemorySize]);
        Assert.All(outputs, value => Assert.True(float.IsFinite(value)));
    }

    /// <summary>Runs of blocks that end in a jump back to the first of them and contain no other such.</summary>
    private static IEnumerable<string> Loops(string method)
    {
        List<(string Label, string Text)> blocks = [];
        foreach (string line in method.Split('\n'))
        {
            if (Label().Match(line) is { Success: true } match)
            {
                blocks.Add((match.Groups[1].Value, ""));
            }
            else if (blocks.Count > 0)
            {
                blocks[^1] = (blocks[^1].Label, blocks[^1].Text + line + "\n");
            }

            if (blocks.Count > 0 && Jump().Match(line) is { Success: true } jump && blocks.FindIndex(block => block.Label == jump.Groups[1].Value) is >= 0 and var first && blocks.Count - first <= 2)
            {
                yield return string.Concat(blocks.Skip(first).Select(block => block.Text));
            }
        }
    }

    [GeneratedRegex(@"^(G_M\d+_IG\d+):")]
    private static partial Regex Label();

    [GeneratedRegex(@"^\s+j\w+\s+(?:SHORT )?(G_M\d+_IG\d+)")]
    private static partial Regex Jump();

    [GeneratedRegex(@"[yz]mmword ptr \[r[sb]p|[yz]mm\d+, .*\[r[sb]p")]
    private static partial Regex VectorOnStack();
}
