using System;
using System.IO;
using System.Text;
using System.Threading;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>What one test writes to the console, apart from what others write at the same time.</summary>
internal static class ConsoleCapture
{
    private static readonly AsyncLocal<TextWriter?> Current = new();

    static ConsoleCapture() => Console.SetOut(new Switch(Console.Out));

    /// <summary>Runs an action and returns what it wrote, lines ended by <c>\n</c>.</summary>
    public static string Of(Action action)
    {
        using StringWriter text = new() { NewLine = "\n" };
        Current.Value = text;
        try
        {
            action();
        }
        finally
        {
            Current.Value = null;
        }

        return text.ToString();
    }

    private sealed class Switch(TextWriter usual) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        private TextWriter Target => Current.Value ?? usual;

        public override void Write(char value) => Target.Write(value);

        public override void Write(string? value) => Target.Write(value);

        public override void WriteLine(string? value) => Target.WriteLine(value);

        public override void WriteLine() => Target.WriteLine();
    }
}
