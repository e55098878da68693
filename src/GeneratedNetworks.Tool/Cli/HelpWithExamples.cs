using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace GeneratedNetworks.Tool.Cli;

/// <summary>The usual help, then the command's examples.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    /// <summary>Lines break here on any terminal, so that help reads the same everywhere.</summary>
    private const int Width = 100;

    public override bool ClearsParseErrors => true;

    public static void Write(ParseResult result, TextWriter writer)
    {
        TextWriter before = result.InvocationConfiguration.Output;
        result.InvocationConfiguration.Output = writer;
        new HelpWithExamples().Invoke(result);
        result.InvocationConfiguration.Output = before;
    }

    public override int Invoke(ParseResult parseResult)
    {
        new HelpAction { MaxWidth = Width }.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not Verb verb)
            return Gennet.Done;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in verb.Examples)
            output.WriteLine("  " + example);
        output.WriteLine();
        return Gennet.Done;
    }
}
