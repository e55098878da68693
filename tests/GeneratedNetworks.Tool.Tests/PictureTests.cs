using System.Globalization;
using System.Xml.Linq;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Networks;
using GeneratedNetworks.Tool.Output;
using GeneratedNetworks.Tool.Tests.Support;

namespace GeneratedNetworks.Tool.Tests;

/// <summary>Pictures of graphs: every value leads to those that read it, nothing lies upon anything else, and texts fit.</summary>
public sealed class PictureTests
{
    private static readonly Dictionary<string, ImportedModel> Models = new()
    {
        ["residual"] = Declared.Model([8, 8, 4],
        [
            "[Conv2D(4, 3, Activation.Relu, Padding = Padding.Same)]", "[Conv2D(4, 3, Padding = Padding.Same)]", "[Add(\"conv2\", \"x\", Activation = Activation.Relu)]",
            "[Conv2D(8, 3, Activation.Relu, Stride = 2, Padding = Padding.Same)]", "[Conv2D(8, 3, Padding = Padding.Same)]",
            "[Conv2D(8, 1, Stride = 2, From = \"add1\", Name = \"shortcut\")]", "[Add(\"conv4\", \"shortcut\", Activation = Activation.Relu)]", "[GlobalAveragePool]", "[Dense(10, Activation.Softmax)]",
        ]),
        ["dense block"] = Declared.Model([6, 6, 3],
        [
            "[Conv2D(4, 3, Padding = Padding.Same)]", "[Concat(\"x\", \"conv1\")]", "[Conv2D(4, 3, Padding = Padding.Same)]", "[Concat(\"x\", \"conv1\", \"conv2\")]",
            "[Conv2D(4, 3, Padding = Padding.Same)]", "[Concat(\"x\", \"conv1\", \"conv2\", \"conv3\")]", "[GlobalMaxPool]", "[Dense(2)]",
        ]),
        ["branches"] = Declared.WithParameters(
            new("a test", [14],
            [
                Declared.Layer("[Dense(4, Activation.Tanh, From = \"position\", Name = \"a_name_that_is_so_long_that_no_box_would_have_the_room_for_all_of_it_and_more\")]"),
                Declared.Layer("[Dense(4, From = \"speed\", Name = \"faster\")]"),
                Declared.Layer("[Conv1D(4, 3, Activation.Relu, Padding = Padding.Same, Dilation = 2, UseBias = false, From = \"sound\", Name = \"ears\")]"),
                Declared.Layer("[GlobalAveragePool]"),
                Declared.Layer("[Multiply(\"faster\", \"globalpool1\")]"),
                Declared.Layer("[Concat(\"multiply1\", \"a_name_that_is_so_long_that_no_box_would_have_the_room_for_all_of_it_and_more\", \"speed\", Activation = Activation.Tanh)]"),
                Declared.Layer("[Dense(2, Name = \"policy\")]"),
                Declared.Layer("[Dense(1, From = \"concat1\", Name = \"value\")]"),
            ],
            [])
            {
                Inputs = [new("position", [3]), new("speed", [3]), new("sound", [4, 2])],
                Outputs = [new("policy", [2]), new("value", [1]), new("faster", [4])],
            },
            null),
        ["one layer"] = Declared.Model([3], ["[Dense(2)]"]),
    };

    public static TheoryData<string> Names => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void NothingLiesUponAnythingElse(string name)
    {
        ImportedModel model = Models[name];
        NetworkSummary summary = NetworkSummary.Of(model);
        Assert.Null(summary.Problem);
        XElement svg = XElement.Parse(GraphSvg.Draw(name + ".onnx", InspectedNetwork.Of(null, Precision.Single, summary, null)));

        // To look at them.
        if (Environment.GetEnvironmentVariable("GENERATED_NETWORKS_PICTURES") is { } folder)
            svg.Save(Path.Combine(folder, name + ".svg"));
        Area canvas = new(0, 0, Number(svg, "width"), Number(svg, "height"));
        Area[] boxes = [.. Elements(svg, "rect").Where(rect => rect.Attribute("rx") is not null).Select(Area.Of)];
        Assert.Equal(summary.Inputs.Count + summary.Layers.Count + summary.Outputs.Count, boxes.Length);
        Assert.All(boxes, box => Assert.True(canvas.Contains(box)));
        for (int i = 0; i < boxes.Length; i++)
            Assert.All(boxes.Take(i), other => Assert.False(boxes[i].Touches(other)));

        // Every text in a box fits; texts beside arrows are the shapes.
        (Area Place, bool IsLabel)[] texts = [.. Elements(svg, "text").Skip(1).Select(text => (Area.OfText(text), text.Attribute("text-anchor") is not null))];
        Assert.All(texts.Where(text => !text.IsLabel), text => Assert.Single(boxes, box => box.Contains(text.Place)));
        Area[] labels = [.. texts.Where(text => text.IsLabel).Select(text => text.Place)];
        Assert.All(labels, label => Assert.DoesNotContain(boxes, box => box.Touches(label)));

        // Arrows begin below a box and end on another; no point between lies in a box or a shape.
        (double X, double Y)[][] paths = [.. Elements(svg, "path").Select(path => Points(path.Attribute("d")!.Value))];
        foreach ((double X, double Y)[] path in paths)
        {
            Assert.All(path, point => Assert.DoesNotContain(boxes, box => box.Holds(point)));
            Assert.All(path, point => Assert.DoesNotContain(labels, label => label.Holds(point)));
            Assert.All(path, point => Assert.True(canvas.Holds(point)));
        }

        // One tip for each value that a layer or an output reads, twice the same being one.
        int reads = summary.Layers.Sum(layer => layer.Reads.Select(read => read.Name).Distinct().Count()) + summary.Outputs.Count;
        (double X, double Y)[] tips = [.. Elements(svg, "path").Where(path => path.Attribute("marker-end") is not null).Select(path => Points(path.Attribute("d")!.Value)[^1])];
        Assert.Equal(reads, tips.Length);
        Assert.Equal(reads, tips.Distinct().Count());
        Assert.All(tips, tip => Assert.Single(boxes, box => box.Top - tip.Y is > 0 and < 2 && tip.X > box.Left && tip.X < box.Left + box.Width));
    }

    /// <summary>The layers of a chain stand in one column.</summary>
    [Fact]
    public void AChainIsAColumn()
    {
        NetworkSummary summary = NetworkSummary.Of(Declared.Model([4, 4, 1], ["[Conv2D(2, 3)]", "[MaxPool2D(2)]", "[Flatten]", "[Dense(3)]"]));
        XElement svg = XElement.Parse(GraphSvg.Draw("chain", InspectedNetwork.Of(null, Precision.Single, summary, null)));
        Assert.Single(Elements(svg, "rect").Where(rect => rect.Attribute("rx") is not null).Select(rect => Number(rect, "x")).Distinct());
        Assert.DoesNotContain(Elements(svg, "path"), path => path.Attribute("d")!.Value.Contains('C', StringComparison.Ordinal));
    }

    private static IEnumerable<XElement> Elements(XElement svg, string name) => svg.Elements().Where(element => element.Name.LocalName == name);

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    /// <summary>The points of "Mx,y Vy Cx,y x,y x,y", many along the curve.</summary>
    private static (double X, double Y)[] Points(string path)
    {
        double[] n = [.. path.Split(['M', 'V', 'C', ',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        List<(double X, double Y)> points = [.. Enumerable.Range(0, 21).Select(i => (n[0], n[1] + ((n[2] - n[1]) * i / 20)))];
        for (int i = 1; n.Length > 3 && i <= 40; i++)
        {
            double t = i / 40.0, s = 1 - t;
            points.Add((
                (s * s * s * n[0]) + (3 * s * s * t * n[3]) + (3 * s * t * t * n[5]) + (t * t * t * n[7]),
                (s * s * s * n[2]) + (3 * s * s * t * n[4]) + (3 * s * t * t * n[6]) + (t * t * t * n[8])));
        }

        return [.. points];
    }

    private readonly record struct Area(double Left, double Top, double Width, double Height)
    {
        public static Area Of(XElement rect) => new(Number(rect, "x"), Number(rect, "y"), Number(rect, "width"), Number(rect, "height"));

        /// <summary>As wide as Helvetica of that size shows it on average, and half as much again for what is bold.</summary>
        public static Area OfText(XElement text)
        {
            double width = text.Value.Length * (text.Attribute("font-weight") is null ? 6.6 : 7.4), x = Number(text, "x"), y = Number(text, "y");
            return new(text.Attribute("text-anchor") is null ? x - (width / 2) : x, y - 11, width, 14);
        }

        public bool Contains(Area other) => other.Left >= Left && other.Top >= Top && other.Left + other.Width <= Left + Width && other.Top + other.Height <= Top + Height;

        public bool Touches(Area other) => other.Left < Left + Width && Left < other.Left + other.Width && other.Top < Top + Height && Top < other.Top + other.Height;

        public bool Holds((double X, double Y) point) => point.X > Left && point.X < Left + Width && point.Y > Top && point.Y < Top + Height;
    }
}
