using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace GeneratedNetworks.Benchmarks.Output;

/// <summary>A log-log line chart as SVG: time, in a unit, against multiply-adds per sample; one panel a kind of work.
/// A panel needs a line of two points.</summary>
internal sealed class Chart(string unit)
{
    private const int Columns = 3;

    private const int PanelWidth = 460, PanelHeight = 380, Left = 62, Right = 16, Top = 46, Bottom = 84, Margin = 20;

    private static readonly string[] Colours = ["#0b6e4f", "#c1440e", "#4361a8", "#8a5a00", "#7b3fa0", "#5c5c5c"];

    private readonly List<Panel> _panels = [];

    /// <summary>Adds a point to a line; panels and lines appear in the order of their first points.</summary>
    public void Add(string panel, string line, double multiplyAdds, double time)
    {
        if (!double.IsNaN(time))
        {
            Line(panel, line).Add((multiplyAdds, time));
        }
    }

    public void Write(string path)
    {
        StringBuilder text = new();
        Panel[] panels = [.. _panels.Where(static panel => panel.Lines.Any(static line => line.Points.Count > 1))];
        int width = Math.Clamp(panels.Length, 1, Columns) * PanelWidth, height = Math.Max(1, (panels.Length + Columns - 1) / Columns) * PanelHeight;
        text.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" ")
            .Append("font-family=\"system-ui, sans-serif\" font-size=\"12\">\n")
            .Append($"<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n");
        string[] names = [.. panels.SelectMany(static panel => panel.Lines.Select(static line => line.Name)).Distinct()];
        for (int i = 0; i < panels.Length; i++)
        {
            text.Append($"<g transform=\"translate({i % Columns * PanelWidth} {i / Columns * PanelHeight})\">\n");
            Draw(text, panels[i], names);
            text.Append("</g>\n");
        }

        File.WriteAllText(path, text.Append("</svg>\n").ToString());
    }

    private void Draw(StringBuilder text, Panel panel, string[] names)
    {
        (double X, double Y)[] points = [.. panel.Lines.SelectMany(static line => line.Points)];
        Axis x = new(points.Select(static point => point.X), Left, PanelWidth - Right);
        Axis y = new(points.Select(static point => point.Y), PanelHeight - Bottom, Top);
        Write(text, PanelWidth / 2, 22, panel.Title, "middle", "font-weight=\"600\"");
        Write(text, Left, Top - 8, unit, "start", "fill=\"#555555\"");
        Write(text, PanelWidth - Right, PanelHeight - Bottom + 32, "multiply-adds per sample", "end", "fill=\"#555555\"");
        foreach (int power in x.Powers)
        {
            Segment(text, x.At(Math.Pow(10, power)), Top, x.At(Math.Pow(10, power)), PanelHeight - Bottom);
            Write(text, x.At(Math.Pow(10, power)), PanelHeight - Bottom + 16, Power(power), "middle", "");
        }

        foreach (int power in y.Powers)
        {
            Segment(text, Left, y.At(Math.Pow(10, power)), PanelWidth - Right, y.At(Math.Pow(10, power)));
            Write(text, Left - 6, y.At(Math.Pow(10, power)) + 4, Power(power), "end", "");
        }

        for (int i = 0; i < panel.Lines.Count; i++)
        {
            (string name, List<(double X, double Y)> line) = panel.Lines[i];
            string colour = Colours[Array.IndexOf(names, name) % Colours.Length];
            string path = string.Join(' ', line.Select(point => $"{Text(x.At(point.X))},{Text(y.At(point.Y))}"));
            text.Append($"<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n");
            foreach ((double px, double py) in line)
            {
                text.Append($"<circle cx=\"{Text(x.At(px))}\" cy=\"{Text(y.At(py))}\" r=\"3\" fill=\"{colour}\"/>\n");
            }

            double legendX = Margin + (i % 3 * 146), legendY = PanelHeight - 34 + (i / 3 * 18);
            text.Append($"<rect x=\"{Text(legendX)}\" y=\"{Text(legendY - 9)}\" width=\"12\" height=\"10\" fill=\"{colour}\"/>\n");
            Write(text, legendX + 17, legendY, name, "start", "");
        }
    }

    private static void Segment(StringBuilder text, double x1, double y1, double x2, double y2) =>
        text.Append($"<line x1=\"{Text(x1)}\" y1=\"{Text(y1)}\" x2=\"{Text(x2)}\" y2=\"{Text(y2)}\" stroke=\"#dddddd\"/>\n");

    private static void Write(StringBuilder text, double x, double y, string value, string anchor, string style) =>
        text.Append($"<text x=\"{Text(x)}\" y=\"{Text(y)}\" text-anchor=\"{anchor}\" {style}>{Escape(value)}</text>\n");

    private static string Escape(string value) =>
        value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    /// <summary>0.1, 1, 10, 100, 1k, 10k, 100k, 1M, …</summary>
    private static string Power(int power) =>
        power >= 6 ? Text(Math.Pow(10, power - 6)) + "M"
        : power >= 3 ? Text(Math.Pow(10, power - 3)) + "k"
        : Math.Pow(10, power).ToString("0.######", CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private List<(double X, double Y)> Line(string title, string name)
    {
        Panel? panel = _panels.Find(panel => panel.Title == title);
        if (panel is null)
        {
            _panels.Add(panel = new(title, []));
        }

        int index = panel.Lines.FindIndex(line => line.Name == name);
        if (index < 0)
        {
            index = panel.Lines.Count;
            panel.Lines.Add((name, []));
        }

        return panel.Lines[index].Points;
    }

    private sealed record Panel(string Title, List<(string Name, List<(double X, double Y)> Points)> Lines);

    /// <summary>A decimal logarithmic axis that covers its values with whole powers of ten.</summary>
    private sealed class Axis
    {
        private readonly double _low, _scale, _start;

        public Axis(IEnumerable<double> values, double start, double end)
        {
            double[] logarithms = [.. values.Select(Math.Log10)];
            _low = Math.Floor(logarithms.Min());
            double high = Math.Max(_low + 1, Math.Ceiling(logarithms.Max()));
            _start = start;
            _scale = (end - start) / (high - _low);
            Powers = [.. Enumerable.Range((int)_low, (int)(high - _low) + 1)];
        }

        public int[] Powers { get; }

        public double At(double value) => _start + ((Math.Log10(value) - _low) * _scale);
    }
}
