using System.CommandLine;
using System.CommandLine.Help;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Commands;
using GeneratedNetworks.Tool.Output;

namespace GeneratedNetworks.Tool.Cli;

/// <summary>The command line as a whole: its verbs, and what becomes of their errors.</summary>
internal static class Gennet
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    /// <summary>Runs one command line.</summary>
    /// <returns>0; 1 for a failed check or an unusable file; 2 for wrong usage.</returns>
    public static int Run(IReadOnlyList<string> arguments, Terminal terminal)
    {
        try
        {
            return Parse(arguments, terminal);
        }
        catch (ToolException exception)
        {
            terminal.Fail("gennet: " + exception.Message);
            return exception.ExitCode;
        }
        catch (Exception exception) when (exception is ModelFileException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            terminal.Fail("gennet: " + exception.Message);
            return Failed;
        }
        catch (OutOfMemoryException)
        {
            terminal.Fail("gennet: this needs more memory than there is.");
            return Failed;
        }
        catch (Exception exception)
        {
            terminal.Fail($"gennet: a fault of this program: {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}");
            return Failed;
        }
    }

    private static int Parse(IReadOnlyList<string> arguments, Terminal terminal)
    {
        // Files may be called @anything: a response file is not worth a second meaning of that.
        ParseResult result = Create(terminal).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (arguments.Count == 0)
        {
            HelpWithExamples.Write(result, terminal.Error);
            return WrongUsage;
        }

        if (result.Errors.Count > 0)
        {
            string verb = result.CommandResult == result.RootCommandResult ? "" : " " + result.CommandResult.Command.Name;
            string error = UnknownVerb(result) ?? result.Errors[0].Message.TrimEnd();
            terminal.Fail($"gennet{verb}: {error} Try 'gennet{verb} --help'.");
            return WrongUsage;
        }

        return result.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = terminal.Output,
            Error = terminal.Error,
        });
    }

    /// <summary>What is wrong where the first word is no verb; null where it is one.</summary>
    private static string? UnknownVerb(ParseResult result)
    {
        if (result.CommandResult != result.RootCommandResult || result.UnmatchedTokens is not [var word, ..])
            return null;
        string[] verbs = [.. result.RootCommandResult.Command.Subcommands.Select(verb => verb.Name)];
        string kind = word.StartsWith('-') ? "option" : "verb";
        return $"'{word}' is no {kind}; the verbs are {string.Join(", ", verbs.SkipLast(1))} and {verbs[^1]}.";
    }

    private static Command Create(Terminal terminal)
    {
        // A command of a fixed name: System.CommandLine's root command is called like whatever file was started.
        Verb root = new(
            "gennet",
            "Looks into neural networks and turns them into C#.",
            "gennet inspect digits.onnx",
            "gennet emit digits.onnx --profile scalar -o Generated");
        root.Subcommands.Add(new InspectCommand(terminal));
        root.Subcommands.Add(new ImportCommand(terminal));
        root.Subcommands.Add(new PackCommand(terminal));
        root.Subcommands.Add(new EmitCommand(terminal));
        root.Subcommands.Add(new ExportCommand(terminal));
        root.Subcommands.Add(new CheckCommand(terminal));
        root.Options.Add(new HelpOption { Recursive = true, Action = new HelpWithExamples() });
        root.Options.Add(new VersionOption("--version", "-v") { Action = new VersionAction() });
        return root;
    }
}
