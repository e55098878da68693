using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using GeneratedNetworks.Generator.Functions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>The text compiles without a warning wherever a network may be used.</summary>
public class CompilationTests
{
    public static TheoryData<string> Targets => [.. TargetCase.Names];

    [Theory, MemberData(nameof(Targets))]
    public void Every_helper_compiles_checked_with_warnings_as_errors(string name)
    {
        TargetCase target = TargetCase.Of(name);
        Emitted.Of(target); // throws where there is a warning
        if (!target.IsBasic) // C# 7.3 knows no nullable context
            Assert.Empty(Emitted.NullableProblems(target));
    }

    [Theory]
    [InlineData("floatBasic")]
    [InlineData("doubleBasic")]
    public void Basic_text_needs_nothing_beyond_nanoFrameworks_mscorlib(string name)
    {
        MetadataReference[] nano = [MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, "nano", "mscorlib.dll"))];
        string source = Emitted.Source(TargetCase.Of(name));
        Assert.DoesNotContain("System.Math", source);
        Assert.DoesNotContain("MethodImpl", source);
        Assert.DoesNotContain(Emitted.Compile(source, LanguageVersion.CSharp7_3, nano).GetDiagnostics(TestContext.Current.CancellationToken), d => d.Severity >= DiagnosticSeverity.Warning);
    }

    [Theory, MemberData(nameof(Targets))]
    public void The_text_is_in_ordinal_order_with_line_feeds_only(string name)
    {
        string source = Emitted.Source(TargetCase.Of(name));
        string[] methods = [.. Regex.Matches(source, @"(?:private|\] internal) static \S+ (\w+)\(").Select(m => m.Groups[1].Value)];
        Assert.Equal(methods.OrderBy(m => m, StringComparer.Ordinal), methods);
        Assert.DoesNotContain('\r', source);
    }

    [Fact]
    public void Requiring_a_helper_twice_or_through_another_writes_it_once()
    {
        TargetCase target = TargetCase.Of("doubleScalar");
        var library = new FunctionLibrary();
        library.Require(target.Target, "Sigmoid");
        library.Require(target.Target, "ExpOfNegative");
        library.Require(target.Target, "Sigmoid");
        var writer = new Generator.Text.CSharpWriter();
        library.Emit(writer);
        string[] methods = [.. Regex.Matches(writer.ToString(), @"private static \S+ (\w+)\(").Select(m => m.Groups[1].Value)];
        Assert.Equal(["ExpOfNegative", "ScaledExp", "Sigmoid"], methods);
        Assert.Throws<ArgumentException>(() => library.Require(target.Target, "NoSuchFunction"));
    }
}
