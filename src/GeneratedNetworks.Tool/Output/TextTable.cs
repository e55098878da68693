namespace GeneratedNetworks.Tool.Output;

/// <summary>Columns of text, as wide as their widest cell: nothing is broken or cut, whatever the terminal.</summary>
/// <param name="columns">The headings; those that begin with &gt; belong to columns that align to the right, as numbers do.</param>
internal sealed class TextTable(params string[] columns)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(Printable.Line)]);

    /// <summary>Writes heading, rule, rows and, behind another rule, the last row where it is a total.</summary>
    public void Write(Terminal terminal, bool endsWithTotal = false)
    {
        string[] headings = [.. columns.Select(column => column.TrimStart('>'))];
        int[] widths = [.. headings.Select((heading, column) => _rows.Select(row => row[column].Length).Append(heading.Length).Max())];
        string rule = new('-', widths.Sum() + (Gap.Length * (widths.Length - 1)));
        terminal.Line(Row(headings, widths), Tint.Heading);
        terminal.Line(rule, Tint.Quiet);
        for (int i = 0; i < _rows.Count; i++)
        {
            bool isTotal = endsWithTotal && i == _rows.Count - 1;
            if (isTotal)
                terminal.Line(rule, Tint.Quiet);
            terminal.Line(Row(_rows[i], widths), isTotal ? Tint.Heading : Tint.None);
        }
    }

    private string Row(string[] cells, int[] widths) => string.Join(Gap, cells.Select((cell, column) => Cell(cell, column, widths[column]))).TrimEnd();

    private string Cell(string cell, int column, int width) => columns[column].StartsWith('>') ? cell.PadLeft(width) : cell.PadRight(width);
}
