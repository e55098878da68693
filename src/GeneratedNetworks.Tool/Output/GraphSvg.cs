using System.Globalization;
using System.Security;
using System.Text;
using GeneratedNetworks.Tool.Networks;

namespace GeneratedNetworks.Tool.Output;

/// <summary>A network as a picture: boxes from top to bottom, and on the arrows between them the shapes that flow.</summary>
internal static class GraphSvg
{
    private const int Margin = 24;
    private const int TitleHeight = 34;
    private const int HeadHeight = 34;
    private const int LineHeight = 18;

    /// <summary>Below a box, beside its arrow, stands the shape; arrows turn below that.</summary>
    private const int StemHeight = 26;

    private const int TurnHeight = 34;
    private const int NarrowestBox = 220;
    private const int LongestLine = 44;
    private const double CharacterWidth = 7.6;
    private const double WideCharacterWidth = 13.5;
    private const double BoldWidth = 1.1;

    /// <param name="title">Above the graph.</param>
    /// <param name="network">One whose layers are known.</param>
    public static string Draw(string title, InspectedNetwork network)
    {
        (List<Box> boxes, List<int[]> reads) = Boxes(network);
        double longest = boxes.Max(box => Math.Max(box.Lines.Max(Width), Width(box.Name) * BoldWidth));
        int boxWidth = (int)Math.Max(NarrowestBox, Math.Max(longest + 32, boxes.Max(box => 2 * (Width(box.Shape) + 16))));
        GraphLayout layout = new(reads, boxWidth);
        string heading = Fit(network.Outputs!.Count > 1 ? $"{title}: {Numbers.Count(network.Parameters)} parameters" : title, 2 * LongestLine);
        double widest = layout.InRows.SelectMany(row => row).Max(place => place.X + (place.Width / 2.0));
        int width = (2 * Margin) + (int)Math.Ceiling(Math.Max(widest, Width(heading) * BoldWidth));
        double shift = (width - widest) / 2;
        int[] tops = Tops(layout, boxes);
        int height = tops[^1] + Margin - StemHeight - TurnHeight;

        StringBuilder svg = new();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Of(width)}\" height=\"{Of(height)}\" viewBox=\"0 0 {Of(width)} {Of(height)}\"");
        Line(svg, "    font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\" font-size=\"13\" text-anchor=\"middle\">");
        Line(svg, "  <defs>");
        Line(svg, "    <marker id=\"tip\" markerWidth=\"9\" markerHeight=\"9\" refX=\"8\" refY=\"4.5\" orient=\"auto\">");
        Line(svg, "      <path d=\"M0,0 L9,4.5 L0,9 z\" fill=\"#5b6776\"/>");
        Line(svg, "    </marker>");
        Line(svg, "  </defs>");
        Line(svg, $"  <rect width=\"{Of(width)}\" height=\"{Of(height)}\" fill=\"#ffffff\"/>");
        Line(svg, $"  <text x=\"{Of(width / 2)}\" y=\"{Of(Margin + 12)}\" font-size=\"15\" font-weight=\"bold\" fill=\"#1f2933\">{Text(heading)}</text>");
        foreach ((GraphLayout.Place from, GraphLayout.Place to) in layout.Ways)
            WriteWay(svg, boxes, tops, from, to, shift);
        foreach (GraphLayout.Place place in layout.Boxes)
            Write(svg, boxes[place.Box!.Value], tops[place.Row], (int)Math.Round(place.X + shift), boxWidth, place.Below.Count > 0);
        Line(svg, "</svg>");
        return svg.ToString();
    }

    /// <summary>Inputs, layers and outputs, and for each which of those before it it reads.</summary>
    private static (List<Box> Boxes, List<int[]> Reads) Boxes(InspectedNetwork network)
    {
        List<Box> boxes = [];
        List<int[]> reads = [];
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        foreach (NamedShape input in network.Inputs!)
        {
            string shape = Numbers.Shape(input.Shape);
            Add(input.Name, new(network.Inputs.Count == 1 ? "input" : Fit(input.Name), [network.Inputs.Count == 1 ? shape : "input, " + shape], "#eef2f7", shape), []);
        }

        foreach (InspectedLayer layer in network.Layers!)
            Add(layer.Name, new(Fit(layer.Name), Describe(layer), Colour(layer.Kind), Numbers.Shape(layer.OutputShape)), layer.Reads);
        foreach (NamedShape output in network.Outputs!)
        {
            string detail = network.Outputs.Count == 1 ? $"{Numbers.Count(network.Parameters)} parameters in all" : Fit(output.Name);
            Add(null, new("output", [detail], "#eef2f7", ""), [output]);
        }

        return (boxes, reads);

        void Add(string? name, Box box, IEnumerable<NamedShape> read)
        {
            reads.Add([.. read.Select(value => numbers[value.Name])]);
            if (name is not null)
                numbers[name] = boxes.Count;
            boxes.Add(box);
        }
    }

    /// <summary>Where each row begins, and behind the last one where another would.</summary>
    private static int[] Tops(GraphLayout layout, List<Box> boxes)
    {
        List<int> tops = [Margin + TitleHeight];
        foreach (IReadOnlyList<GraphLayout.Place> row in layout.InRows)
            tops.Add(tops[^1] + row.Max(place => place.Box is { } box ? boxes[box].Height : 0) + StemHeight + TurnHeight);
        return [.. tops];
    }

    /// <summary>Straight down past the row, then over to the place below.</summary>
    private static void WriteWay(StringBuilder svg, List<Box> boxes, int[] tops, GraphLayout.Place from, GraphLayout.Place to, double shift)
    {
        int start = from.Box is { } box ? tops[from.Row] + boxes[box].Height : tops[from.Row];
        int end = tops[to.Row], turn = end - TurnHeight;
        string tip = to.Box is null ? "" : " marker-end=\"url(#tip)\"";
        if (tip.Length > 0)
            end--;
        int x = (int)Math.Round(from.X + shift), target = (int)Math.Round(to.X + shift + Port(from, to));
        string path = x == target
            ? $"M{Of(x)},{Of(start)} V{Of(end)}"
            : $"M{Of(x)},{Of(start)} V{Of(turn)} C{Of(x)},{Of(turn + (TurnHeight / 2))} {Of(target)},{Of(turn + (TurnHeight / 2))} {Of(target)},{Of(end)}";
        Line(svg, $"  <path d=\"{path}\" fill=\"none\" stroke=\"#5b6776\" stroke-width=\"1.5\"{tip}/>");
    }

    /// <summary>How far from a box's middle an arrow ends, where several do.</summary>
    private static double Port(GraphLayout.Place from, GraphLayout.Place to)
    {
        if (to.Box is null || to.Above.Count == 1)
            return 0;
        int number = to.Above.OrderBy(above => above.X).ToList().IndexOf(from);
        return (number - ((to.Above.Count - 1) / 2.0)) * Math.Min(36, to.Width / (to.Above.Count + 1.0));
    }

    private static void Write(StringBuilder svg, Box box, int top, int centre, int width, bool isRead)
    {
        Line(svg, $"  <rect x=\"{Of(centre - (width / 2))}\" y=\"{Of(top)}\" width=\"{Of(width)}\" height=\"{Of(box.Height)}\" rx=\"8\" fill=\"{box.Colour}\" stroke=\"#5b6776\"/>");
        Line(svg, $"  <text x=\"{Of(centre)}\" y=\"{Of(top + 22)}\" font-weight=\"bold\" fill=\"#1f2933\">{Text(box.Name)}</text>");
        for (int i = 0; i < box.Lines.Count; i++)
            Line(svg, $"  <text x=\"{Of(centre)}\" y=\"{Of(top + 40 + (i * LineHeight))}\" fill=\"#3e4c59\">{Text(box.Lines[i])}</text>");
        if (isRead)
            Line(svg, $"  <text x=\"{Of(centre + 10)}\" y=\"{Of(top + box.Height + 18)}\" text-anchor=\"start\" fill=\"#5b6776\">{Text(box.Shape)}</text>");
    }

    /// <summary>Kind, detail and parameters, in as many lines as that takes.</summary>
    private static List<string> Describe(InspectedLayer layer)
    {
        string[] words = [layer.Kind, .. layer.Detail?.Split(", ") ?? [], .. layer.Parameters == 0 ? [] : new[] { Numbers.Count(layer.Parameters) + " parameters" }];
        List<string> lines = [words[0]];
        foreach (string word in words.Skip(1).Select(word => Fit(word)))
        {
            if (lines[^1].Length + word.Length + 2 <= LongestLine)
                lines[^1] += ", " + word;
            else
                lines.Add(word);
        }

        return lines;
    }

    private static string Colour(string kind) => kind switch
    {
        "Dense" => "#dbe9ff",
        "Activation" or "Clip" or "PRelu" => "#dff5e1",
        "Dropout" => "#fff3d6",
        "Add" or "Multiply" or "Concat" => "#ffe3d6",
        _ when kind.Contains("Conv", StringComparison.Ordinal) => "#d5eef4",
        _ when kind.Contains("Pool", StringComparison.Ordinal) => "#e6e4fb",
        _ => "#f3e8fb",
    };

    private static string Fit(string text, int length = LongestLine) => text.Length <= length ? text : text[..(length - 1)] + "…";

    /// <summary>A guess at the widest that a text is shown.</summary>
    private static double Width(string text) => text.Sum(character => character < 0x1100 || character == '…' ? CharacterWidth : WideCharacterWidth);

    private static string Text(string text) => SecurityElement.Escape(Printable.Line(text))!;

    private static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder svg, string line) => svg.Append(line).Append('\n');

    /// <param name="Name">In bold.</param>
    /// <param name="Lines">Below that.</param>
    /// <param name="Colour">Of the box.</param>
    /// <param name="Shape">What comes out of it.</param>
    private sealed record Box(string Name, IReadOnlyList<string> Lines, string Colour, string Shape)
    {
        public int Height => HeadHeight + (LineHeight * Lines.Count);
    }
}
