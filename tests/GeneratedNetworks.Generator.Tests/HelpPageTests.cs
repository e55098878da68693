using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using GeneratedNetworks.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>A help page's first example has the fault it explains, and its last one is free of any.</summary>
public sealed partial class HelpPageTests
{
    public static TheoryData<string> Ids => [.. DiagnosticDescriptors.All.Select(descriptor => descriptor.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task ExamplesDoWhatThePageSays(string id)
    {
        string[] examples = [.. Example().Matches(Repository.Read($"generator/Help/{id}.md")).Select(match => match.Groups["code"].Value)];
        Assert.Equal(2, examples.Length);
        bool isError = DiagnosticDescriptors.Of(id).DefaultSeverity == DiagnosticSeverity.Error;
        IEnumerable<string> faulty = await Report(examples[0], isError);
        IEnumerable<string> mended = await Report(examples[1], isError);
        Assert.Contains(id, faulty);
        Assert.DoesNotContain(id, mended);
        if (isError)
        {
            Assert.Single(faulty.Distinct());
            Assert.Empty(mended);
        }
    }

    private static async Task<IEnumerable<string>> Report(string example, bool errors)
    {
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Usings + example, TargetOf(example), null, [.. ModelTexts.Xor, .. ModelTexts.Large]);
        Assert.Null(run.Crash);
        return (errors ? run.GeneratorDiagnostics : await run.AnalyzeAsync()).Select(diagnostic => diagnostic.Id);
    }

    private static Target TargetOf(string example) =>
        example.Contains("<LangVersion>8<", StringComparison.Ordinal) ? Target.Net80 with { Language = LanguageVersion.CSharp8 }
        : example.Contains("<LangVersion>11<", StringComparison.Ordinal) ? Target.Net80 with { Language = LanguageVersion.CSharp11 }
        : example.Contains("// nanoFramework", StringComparison.Ordinal) ? Target.Nano
        : example.Contains("<TargetFramework>netstandard2.0<", StringComparison.Ordinal) ? Target.NetStandard20
        : Target.Net100;

    [GeneratedRegex("```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
