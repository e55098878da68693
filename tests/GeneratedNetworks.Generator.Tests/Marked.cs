using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Source in which «…» marks where a diagnostic belongs.</summary>
internal sealed record Marked(string Text, TextSpan Span)
{
    public static Marked Parse(string source)
    {
        int start = source.IndexOf('«', StringComparison.Ordinal);
        int end = source.IndexOf('»', StringComparison.Ordinal) - 1;
        return new(source.Replace("«", "").Replace("»", ""), TextSpan.FromBounds(start, end));
    }

    public void AssertAt(Diagnostic diagnostic, string file)
    {
        Assert.Equal(file, diagnostic.Location.GetLineSpan().Path);
        TextSpan actual = diagnostic.Location.SourceSpan;
        Assert.Equal(Text.Substring(Span.Start, Span.Length), Text.Substring(actual.Start, actual.Length));
        Assert.Equal(Span, actual);
        Assert.Equal(SourceText.From(Text).Lines.GetLinePositionSpan(Span), diagnostic.Location.GetLineSpan().Span);
    }
}
