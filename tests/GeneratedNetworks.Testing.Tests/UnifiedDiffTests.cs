using System;
using System.Linq;
using Xunit;

namespace GeneratedNetworks.Testing.Tests;

public class UnifiedDiffTests
{
    [Fact]
    public void Changes_far_apart_are_hunks_of_their_own()
    {
        string[] numbers = [.. Enumerable.Range(1, 20).Select(n => $"{n}\n")];
        string[] changed = [.. numbers];
        changed[0] = "";
        changed[10] = "eleven\n11\n";
        Assert.Equal(
            "--- a\n+++ b\n@@ -1,4 +1,3 @@\n-1\n 2\n 3\n 4\n@@ -8,6 +7,7 @@\n 8\n 9\n 10\n+eleven\n 11\n 12\n 13\n",
            UnifiedDiff.Of("a", "b", string.Concat(numbers), string.Concat(changed)));
    }

    [Fact]
    public void Equal_texts_have_none() => Assert.Empty(UnifiedDiff.Of("a", "b", "1\n2\n", "1\n2\n"));

    [Fact]
    public void Very_different_long_texts_are_replaced_as_a_whole()
    {
        string left = "same\n" + string.Concat(Enumerable.Range(0, 5000).Select(n => $"{n}\n")) + "end\n";
        string right = "same\n" + string.Concat(Enumerable.Range(0, 5000).Select(n => $"{n + 2500.5}\n".Replace(',', '.'))) + "end\n";
        string[] lines = UnifiedDiff.Of("a", "b", left, right).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("@@ -1,5002 +1,5002 @@", lines[2]);
        Assert.Equal(5000, lines.Count(line => line[0] == '-' && !line.StartsWith("---", StringComparison.Ordinal)));
        Assert.Equal(5000, lines.Count(line => line[0] == '+' && !line.StartsWith("+++", StringComparison.Ordinal)));
    }
}
