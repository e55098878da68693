using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Spectre.Console;

namespace GeneratedNetworks.Benchmarks.Output;

/// <summary>The tables of one run: printed as they come, and written as Markdown at the end.</summary>
internal sealed class Report
{
    private readonly List<string> _preface = [];
    private readonly List<ReportTable> _tables = [];
    private readonly IAnsiConsole _console;

    public Report()
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
        {
            _console.Profile.Width = 160;
        }
    }

    public void Say(string line)
    {
        _preface.Add(line);
        _console.WriteLine(line);
    }

    public void Add(ReportTable table)
    {
        _tables.Add(table);
        Table grid = new() { Title = new TableTitle(Markup.Escape(table.Title)), Border = TableBorder.Rounded };
        for (int i = 0; i < table.Columns.Length; i++)
        {
            TableColumn column = new(Markup.Escape(table.Columns[i]));
            grid.AddColumn(i == 0 ? column.LeftAligned() : column.RightAligned());
        }

        foreach (string[] row in table.Rows)
        {
            grid.AddRow([.. row.Select(Markup.Escape)]);
        }

        _console.Write(grid);
        if (table.Note.Length > 0)
        {
            _console.WriteLine(table.Note);
        }

        _console.WriteLine();
    }

    /// <summary>The last line: how many goals were met.</summary>
    public void Close()
    {
        int goals = _tables.Sum(static table => table.Goals);
        if (goals > 0)
        {
            Say($"{_tables.Sum(static table => table.Met)} of {goals} goals met.");
        }
    }

    public void WriteMarkdown(string path)
    {
        StringBuilder text = new();
        foreach (string line in _preface)
        {
            text.Append("- ").Append(line).Append('\n');
        }

        foreach (ReportTable table in _tables)
        {
            text.Append("\n### ").Append(table.Title).Append("\n\n");
            if (table.Note.Length > 0)
            {
                text.Append(table.Note).Append("\n\n");
            }

            Row(text, table.Columns);
            Row(text, [.. table.Columns.Select(static (_, i) => i == 0 ? "---" : "---:")]);
            foreach (string[] row in table.Rows)
            {
                Row(text, row);
            }
        }

        File.WriteAllText(path, text.ToString());
        _console.WriteLine($"Markdown: {Path.GetFullPath(path)}");
    }

    private static void Row(StringBuilder text, string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
