using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace GeneratedNetworks.Generator.Tests.Mistakes;

/// <summary>The answers to typical mistakes are those of the pages, to the letter. UPDATE_SNAPSHOTS=1 rewrites them, except where CI=true.</summary>
public sealed partial class MistakeTests
{
    private const int LowestRating = 7;

    private static readonly IReadOnlyList<AdditionalText> Files =
    [
        ModelTexts.Of("digits.onnx", ModelTexts.Model([64], ModelTexts.Dense("hidden", 64, 32, Activation.Relu), ModelTexts.Dense("output", 32, 10, Activation.Softmax))),
        ModelTexts.Of("trained.safetensors", ModelTexts.Tensors(
            ("dense1.weight", [64, 32]), ("dense1.bias", [32]), ("dense2.weight", [32, 10]), ("dense2.bias", [10])) with
        {
            Functions = [new("dense1", "Relu"), new("dense2", "Softmax")],
        }),
        .. ModelTexts.Xor.Where(file => Path.GetFileName(file.Path) is "torch.safetensors.nnmodel" or "broken.onnx.nnmodel"),
    ];

    private static readonly Lazy<CompiledPrograms> Programs =
        new(() => new CompiledPrograms([.. MistakePage.Run.Mistakes.Select(mistake => mistake.Code)], [MistakePage.Run.Shared]));

    public static TheoryData<string> BuildTitles => [.. MistakePage.Build.Mistakes.Select(mistake => mistake.Title)];

    public static TheoryData<string> RunTitles => [.. MistakePage.Run.Mistakes.Select(mistake => mistake.Title)];

    [Theory]
    [MemberData(nameof(BuildTitles))]
    public async Task TheBuildAnswers(string title)
    {
        Mistake mistake = MistakePage.Build.Mistakes.Single(mistake => mistake.Title == title);
        string answer = await Build(mistake);
        if (!Snapshot.IsUpdate)
            Assert.Equal(mistake.Answer, answer);
    }

    [Theory]
    [MemberData(nameof(RunTitles))]
    public void TheProgramAnswers(string title)
    {
        Mistake mistake = MistakePage.Run.Mistakes.Single(mistake => mistake.Title == title);
        string answer = Run(mistake);
        if (!Snapshot.IsUpdate)
            Assert.Equal(mistake.Answer, answer);
    }

    [Fact]
    public async Task AnswersAreAccepted()
    {
        if (!Snapshot.IsUpdate)
            return;
        Dictionary<Mistake, string> answers = [];
        foreach (Mistake mistake in MistakePage.Build.Mistakes)
            answers.Add(mistake, await Build(mistake));
        File.WriteAllText(MistakePage.Build.Path, MistakePage.Build.With(mistake => answers[mistake]));
        File.WriteAllText(MistakePage.Run.Path, MistakePage.Run.With(Run));
    }

    [Fact]
    public void ThereAreFortyAndNoneIsAnsweredBadly()
    {
        Mistake[] all = [.. MistakePage.Build.Mistakes, .. MistakePage.Run.Mistakes];
        Assert.True(all.Length >= 40, $"There are {all.Length} mistakes.");
        Assert.Equal(all.Length, all.Select(mistake => mistake.Title).Distinct().Count());
        Assert.Empty(all.Where(mistake => mistake.Rating is < LowestRating or > 10).Select(mistake => mistake.Title));

        // Whatever looks like an entry is one.
        int headings = Heading().Count(MistakePage.Build.Text) + Heading().Count(MistakePage.Run.Text);
        Assert.Equal(headings, all.Length);
    }

    private static string Run(Mistake mistake) => Programs.Value.Run(Array.IndexOf([.. MistakePage.Run.Mistakes], mistake));

    /// <summary>What the generator, the analyzer and the compiler say, in the order of the source.</summary>
    private static async Task<string> Build(Mistake mistake)
    {
        string[] setting = mistake.Setting.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Target target = setting is [var name, ..] && name != "no-files" ? Target.Named(name) : Target.Net100;
        if (setting is [_, var version])
            target = target with { Language = LanguageVersionFacts.TryParse(version, out LanguageVersion language) ? language : throw new InvalidDataException(version) };
        GeneratorRun run = GeneratorHarness.Run(
            GeneratorHarness.Usings + mistake.Code, target, null, setting.Contains("no-files") ? [] : Files);
        Assert.Null(run.Crash);
        Assert.DoesNotContain(run.CompilerDiagnostics, run.IsGenerated);
        ImmutableArray<Diagnostic> analyzed = await run.AnalyzeAsync();
        IEnumerable<string> lines = run.GeneratorDiagnostics
            .Concat(run.CompilerErrors)
            .Concat(analyzed.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning))
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)
            .Select(Line);
        return string.Join("\n", lines);
    }

    private static string Line(Diagnostic diagnostic)
    {
        LinePosition place = diagnostic.Location.GetLineSpan().StartLinePosition;
        int line = place.Line + 1 - GeneratorHarness.Usings.Count(character => character == '\n');
        string severity = diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning";
        string where = FormattableString.Invariant($"({line},{place.Character + 1})");
        return $"{where}: {severity} {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
    }

    [GeneratedRegex("^### ", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
