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
        string[] kernels = ["GruStepSequenceRow", "LstmStepSequenceRow", "SimpleStepTanhSequenceRow", "FrameProduct"];
        string[] methods = Listing(nameof(FramesRun), string.Join(' ', kernels), "1");
        foreach (string name in kernels)
        {
            string[] loops = [.. Named(methods, name).SelectMany(Loops).Where(IsProduct)];
            output.WriteLine($"{name}: {loops.Length} loops of products");
            Assert.NotEmpty(loops);
            Assert.All(loops, loop => Assert.DoesNotContain("call ", loop, StringComparison.Ordinal));
            Assert.All(loops, loop => Assert.DoesNotMatch(VectorOnStack(), loop));
        }
    }

    /// <summary>Networks with as many inlined kernels as the planner allows: nothing of them is left to be called.</summary>
    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    public void InlinedKernelsAreInlinedInWhole(string wideVectors)
    {
        string[] methods = Listing(nameof(InlinedFramesRun), "FrameChunk ForwardChunk TrainingForward", wideVectors);
        foreach (string name in new[] { "FrameChunk", "ForwardChunk", "TrainingForward" })
        {
            string[] bodies = [.. Named(methods, name)];
            output.WriteLine($"{name}: {bodies.Length} methods, {bodies.Sum(body => Call().Count(body))} calls");
            Assert.Equal(name == "FrameChunk" ? 4 : 3, bodies.Count(body => body.Contains("vfmadd", StringComparison.Ordinal)));
            Assert.All(bodies.SelectMany(body => Call().Matches(body)), call => Assert.DoesNotMatch(Part(), call.Value));
            Assert.All(bodies.SelectMany(Loops).Where(IsProduct), loop => Assert.DoesNotMatch(VectorOnStack(), loop));
        }
    }

    /// <summary>What the first test lists, in a process of its own.</summary>
    [Fact]
    public void FramesRun()
    {
        WholeStream network = new(1);
        float[] outputs = new float[8];
        network.ForwardStream([0, 1, 0, -1, 0, 1, 0, -1], outputs, new float[WholeStream.MemorySize]);
        Assert.All(outputs, value => Assert.True(float.IsFinite(value)));
    }

    /// <summary>What the second test lists.</summary>
    [Fact]
    public void InlinedFramesRun()
    {
        float[] outputs = new float[2];
        TwoLstms two = new(1);
        two.ForwardStream([0, 1], outputs, new float[TwoLstms.MemorySize]);
        _ = new TwoLstms.Trainer(two).Step(new float[TwoLstms.InputSize], new float[TwoLstms.OutputSize]);
        two.Forward(new float[TwoLstms.InputSize], new float[TwoLstms.OutputSize]);
        GruOfConvolutions mixed = new(1);
        mixed.ForwardStream([0, 1], outputs, new float[GruOfConvolutions.MemorySize]);
        _ = new GruOfConvolutions.Trainer(mixed).Step(new float[GruOfConvolutions.InputSize], new float[GruOfConvolutions.OutputSize]);
        mixed.Forward(new float[GruOfConvolutions.InputSize], new float[GruOfConvolutions.OutputSize]);
        EightConvolutions eight = new(1);
        eight.ForwardStream([0, 1], outputs, new float[EightConvolutions.MemorySize]);
        Assert.All(outputs, value => Assert.True(float.IsFinite(value)));
        double[] doubles = new double[2];
        TwoDoubleLstms wide = new(1);
        wide.ForwardStream([0, 1], doubles, new double[TwoDoubleLstms.MemorySize]);
        _ = new TwoDoubleLstms.Trainer(wide).Step(new double[TwoDoubleLstms.InputSize], new double[TwoDoubleLstms.OutputSize]);
        wide.Forward(new double[TwoDoubleLstms.InputSize], new double[TwoDoubleLstms.OutputSize]);
        Assert.All(doubles, value => Assert.True(double.IsFinite(value)));
    }

    /// <summary>What the just-in-time compiler writes of some methods while a test of this class runs in another process.</summary>
    private static string[] Listing(string test, string names, string wideVectors)
    {
        Assert.SkipUnless(Fma.IsSupported, "Listings are read for processors with fused products of 256 bits.");
        string listing = Path.GetTempFileName();
        try
        {
            ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
            start.ArgumentList.Add("-noLogo");
            start.ArgumentList.Add("-method");
            start.ArgumentList.Add($"{typeof(StepListingTests).FullName}.{test}");
            start.Environment["DOTNET_JitDisasm"] = names;
            start.Environment["DOTNET_EnableAVX512"] = wideVectors;
            start.Environment[Variable] = listing;
            using Process process = Process.Start(start)!;
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, text);
            return File.ReadAllText(listing).Split("; Assembly listing for method ", StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            File.Delete(listing);
        }
    }

    private static IEnumerable<string> Named(IEnumerable<string> methods, string name) => methods.Where(method => Name().Match(method).Groups[1].Value == name);

    private static bool IsProduct(string loop) => loop.Contains("vfmadd", StringComparison.Ordinal);

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

    [GeneratedRegex(@"^[^(]*:(\w+)[\[(]")]
    private static partial Regex Name();

    [GeneratedRegex(@"call\s.*")]
    private static partial Regex Call();

    /// <summary>Operations of a width of vectors, and functions over them: what kernels consist of.</summary>
    [GeneratedRegex(@"\+(W\d+|Map`\d)\S*:\w+[\[(]|:PanelOf|:StoreOne")]
    private static partial Regex Part();

    [GeneratedRegex(@"^(G_M\d+_IG\d+):")]
    private static partial Regex Label();

    [GeneratedRegex(@"^\s+j\w+\s+(?:SHORT )?(G_M\d+_IG\d+)")]
    private static partial Regex Jump();

    [GeneratedRegex(@"[yz]mmword ptr \[r[sb]p|[yz]mm\d+, .*\[r[sb]p")]
    private static partial Regex VectorOnStack();
}
