using Spectre.Console;

namespace GeneratedNetworks.Tool.Output;

/// <summary>How a line stands out on a terminal; elsewhere all lines are alike.</summary>
internal enum Tint { None, Heading, Quiet, Good }

/// <summary>Where a command writes. Colours and progress appear on a terminal alone, and colours not where NO_COLOR is set.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool hasColours, bool hasProgress)
{
    /// <summary>Wider than any line: lines are never broken, so that tables stay tables.</summary>
    private const int Unbroken = 1 << 16;

    private readonly IAnsiConsole? _console = hasColours ? Create(output) : null;

    public TextWriter Output => output;

    public TextWriter Error => error;

    public static Terminal OfProcess()
    {
        bool noColours = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Terminal(Console.Out, Console.Error, !Console.IsOutputRedirected && !noColours, !Console.IsErrorRedirected && !noColours);
    }

    /// <summary>Writes one line to standard output.</summary>
    public void Line(string text = "", Tint tint = Tint.None)
    {
        string clean = Printable.Line(text);
        if (_console is null || tint == Tint.None || clean.Length == 0)
            output.WriteLine(clean);
        else
            _console.Write(new Text(clean + "\n", StyleOf(tint)));
    }

    /// <summary>Writes one line to standard error.</summary>
    public void Fail(string text) => error.WriteLine(Printable.Line(text));

    /// <summary>Does what takes time, with a word on what it is while it runs.</summary>
    public T Work<T>(string what, Func<T> work)
    {
        if (!hasProgress)
            return work();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        return console.Status().Start(Markup.Escape(Printable.Line(what)), _ => work());
    }

    private static IAnsiConsole Create(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = Unbroken;
        return console;
    }

    private static Style StyleOf(Tint tint) => tint switch
    {
        Tint.Heading => new Style(decoration: Decoration.Bold),
        Tint.Quiet => new Style(Color.Grey),
        _ => new Style(Color.Green),
    };
}
