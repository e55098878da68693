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
    private const int BoxHeight = 52;
    private const int ArrowHeight = 40;
    private const int NarrowestBox = 220;
    private const double CharacterWidth = 7.6;

    /// <param name="title">Above the graph.</param>
    /// <param name="input">The shape of one sample.</param>
    /// <param name="layers">In the order in which they run.</param>
    public static string Draw(string title, IReadOnlyList<int> input, IReadOnlyList<InspectedLayer> layers)
    {
        (string Name, string Detail, string Colour)[] boxes =
        [
            ("input", Numbers.Shape(input), "#eef2f7"),
            .. layers.Select(layer => (layer.Name, Describe(layer), Colour(layer.Kind))),
            ("output", $"{Numbers.Count(layers.Sum(layer => layer.Parameters))} parameters in all", "#eef2f7"),
        ];
        string[] shapes = [Numbers.Shape(input), .. layers.Select(layer => Numbers.Shape(layer.OutputShape))];
        int longest = boxes.SelectMany(box => new[] { box.Name.Length, box.Detail.Length }).Max();
        int boxWidth = Math.Max(NarrowestBox, (int)(longest * CharacterWidth) + 32);
        int width = Math.Max(boxWidth, (int)(title.Length * CharacterWidth * 1.1)) + (2 * Margin);
        int height = TitleHeight + (2 * Margin) + (boxes.Length * BoxHeight) + ((boxes.Length - 1) * ArrowHeight);
        int left = (width - boxWidth) / 2;
        int centre = width / 2;

        StringBuilder svg = new();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Of(width)}\" height=\"{Of(height)}\" viewBox=\"0 0 {Of(width)} {Of(height)}\"");
        Line(svg, "    font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\" font-size=\"13\" text-anchor=\"middle\">");
        Line(svg, "  <defs>");
        Line(svg, "    <marker id=\"tip\" markerWidth=\"9\" markerHeight=\"9\" refX=\"8\" refY=\"4.5\" orient=\"auto\">");
        Line(svg, "      <path d=\"M0,0 L9,4.5 L0,9 z\" fill=\"#5b6776\"/>");
        Line(svg, "    </marker>");
        Line(svg, "  </defs>");
        Line(svg, $"  <rect width=\"{Of(width)}\" height=\"{Of(height)}\" fill=\"#ffffff\"/>");
        Line(svg, $"  <text x=\"{Of(centre)}\" y=\"{Of(Margin + 12)}\" font-size=\"15\" font-weight=\"bold\" fill=\"#1f2933\">{Text(title)}</text>");
        int top = Margin + TitleHeight;
        for (int i = 0; i < boxes.Length; i++)
        {
            (string name, string detail, string colour) = boxes[i];
            string size = $"width=\"{Of(boxWidth)}\" height=\"{Of(BoxHeight)}\"";
            Line(svg, $"  <rect x=\"{Of(left)}\" y=\"{Of(top)}\" {size} rx=\"8\" fill=\"{colour}\" stroke=\"#5b6776\"/>");
            Line(svg, $"  <text x=\"{Of(centre)}\" y=\"{Of(top + 22)}\" font-weight=\"bold\" fill=\"#1f2933\">{Text(name)}</text>");
            Line(svg, $"  <text x=\"{Of(centre)}\" y=\"{Of(top + 40)}\" fill=\"#3e4c59\">{Text(detail)}</text>");
            top += BoxHeight;
            if (i == boxes.Length - 1)
                break;
            string arrow = $"x1=\"{Of(centre)}\" y1=\"{Of(top)}\" x2=\"{Of(centre)}\" y2=\"{Of(top + ArrowHeight - 1)}\"";
            Line(svg, $"  <line {arrow} stroke=\"#5b6776\" stroke-width=\"1.5\" marker-end=\"url(#tip)\"/>");
            Line(svg, $"  <text x=\"{Of(centre + 10)}\" y=\"{Of(top + 24)}\" text-anchor=\"start\" fill=\"#5b6776\">{Text(shapes[i])}</text>");
            top += ArrowHeight;
        }

        Line(svg, "</svg>");
        return svg.ToString();
    }

    private static string Describe(InspectedLayer layer) => string.Join(
        ", ", new[] { layer.Kind, layer.Detail, layer.Parameters == 0 ? null : Numbers.Count(layer.Parameters) + " parameters" }.OfType<string>());

    private static string Colour(string kind) => kind switch
    {
        "Dense" => "#dbe9ff",
        "Activation" => "#dff5e1",
        "Dropout" => "#fff3d6",
        _ => "#f3e8fb",
    };

    private static string Text(string text) => SecurityElement.Escape(Printable.Line(text))!;

    private static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder svg, string line) => svg.Append(line).Append('\n');
}
