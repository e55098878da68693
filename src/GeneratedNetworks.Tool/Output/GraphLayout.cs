namespace GeneratedNetworks.Tool.Output;

/// <summary>
/// Places for the boxes of a graph without cycles, row below row, so that every arrow leads down. What skips rows is led past their boxes.
/// </summary>
/// <remarks>
/// In the manner of Sugiyama, Tagawa and Toda (1981): rows by the longest way from the top, the order within a row by the mean place of what it is connected
/// with, and places by least squares. A value that is read in several lower rows has one way down, from which its readers branch off.
/// </remarks>
internal sealed class GraphLayout
{
    /// <summary>Between boxes that stand side by side, or a box and what is led past it.</summary>
    private const int Gap = 28;

    /// <summary>What a way past a row takes of it.</summary>
    private const int WayWidth = 12;

    private const int OrderSweeps = 12;
    private const int PlaceSweeps = 24;

    private readonly List<Place>[] _rows;
    private readonly Place[] _boxes;

    /// <param name="reads">For each box those that it reads, all of lower number.</param>
    /// <param name="width">Of all boxes.</param>
    public GraphLayout(IReadOnlyList<IReadOnlyList<int>> reads, int width)
    {
        int[] rows = Rows(reads);
        _rows = [.. Enumerable.Range(0, rows.Max() + 1).Select(_ => new List<Place>())];
        _boxes = [.. rows.Select((row, box) => new Place(box, row, width))];
        foreach (Place box in _boxes)
            _rows[box.Row].Add(box);

        // From the highest reader of a value to the lowest, its way grows down.
        Place[] lowest = [.. _boxes];
        foreach ((int from, Place reader) in _boxes.SelectMany((reader, box) => reads[box].Distinct().Select(from => (from, reader))).OrderBy(pair => pair.reader.Row))
        {
            while (lowest[from].Row < reader.Row - 1)
            {
                Place way = new(null, lowest[from].Row + 1, WayWidth);
                _rows[way.Row].Add(way);
                Connect(lowest[from], way);
                lowest[from] = way;
            }

            Connect(lowest[from], reader);
        }

        Order();
        SetPlaces();
    }

    /// <summary>Boxes by number.</summary>
    public IReadOnlyList<Place> Boxes => _boxes;

    /// <summary>Rows from top to bottom, each from left to right.</summary>
    public IReadOnlyList<IReadOnlyList<Place>> InRows => _rows;

    /// <summary>From one row to the next.</summary>
    public IEnumerable<(Place From, Place To)> Ways => _rows.SelectMany(row => row).SelectMany(place => place.Below.Select(below => (place, below)));

    private static void Connect(Place from, Place to)
    {
        from.Below.Add(to);
        to.Above.Add(from);
    }

    /// <summary>As high as what a box reads allows; what reads nothing right above its first reader.</summary>
    private static int[] Rows(IReadOnlyList<IReadOnlyList<int>> reads)
    {
        int[] rows = new int[reads.Count];
        for (int box = 0; box < rows.Length; box++)
            rows[box] = reads[box].Count == 0 ? 0 : reads[box].Max(read => rows[read]) + 1;
        for (int box = 0; box < rows.Length; box++)
        {
            int[] readers = [.. Enumerable.Range(0, rows.Length).Where(reader => reads[reader].Contains(box))];
            if (reads[box].Count == 0 && readers.Length > 0)
                rows[box] = readers.Min(reader => rows[reader]) - 1;
        }

        return rows;
    }

    private void Order()
    {
        List<Place>[] best = Number();
        int fewest = Crossings();
        for (int sweep = 0; sweep < OrderSweeps && fewest > 0; sweep++)
        {
            bool down = sweep % 2 == 0;
            foreach (List<Place> row in down ? _rows : Enumerable.Reverse(_rows))
            {
                Place[] sorted = [.. row.OrderBy(place => (down ? place.Above : place.Below) is { Count: > 0 } others ? others.Average(other => other.Number) : place.Number)];
                row.Clear();
                row.AddRange(sorted);
                Number(row);
            }

            if (Crossings() is var crossings && crossings < fewest)
                (fewest, best) = (crossings, Number());
        }

        best.CopyTo(_rows, 0);
        Number();
    }

    /// <summary>Numbers all places by their rows' order, and returns copies of these.</summary>
    private List<Place>[] Number()
    {
        foreach (List<Place> row in _rows)
            Number(row);
        return [.. _rows.Select(row => row.ToList())];
    }

    private static void Number(List<Place> row)
    {
        for (int i = 0; i < row.Count; i++)
            row[i].Number = i;
    }

    private int Crossings()
    {
        int crossings = 0;
        foreach (List<Place> row in _rows)
        {
            (int From, int To)[] ways = [.. row.SelectMany(place => place.Below.Select(below => (place.Number, below.Number)))];
            for (int i = 0; i < ways.Length; i++)
            {
                for (int j = 0; j < i; j++)
                    crossings += (ways[i].From - ways[j].From) * (ways[i].To - ways[j].To) < 0 ? 1 : 0;
            }
        }

        return crossings;
    }

    private void SetPlaces()
    {
        foreach (List<Place> row in _rows)
            Settle(row, place => (place.Number * (place.Width + Gap), 1));
        for (int sweep = 0; sweep < PlaceSweeps; sweep++)
        {
            bool down = sweep % 2 == 0;
            foreach (List<Place> row in down ? _rows : Enumerable.Reverse(_rows))
                Settle(row, place => Wish(place, down ? place.Above : place.Below));
        }

        // Whole numbers, and nothing left of 0.
        double left = _boxes.Min(box => box.X - (box.Width / 2.0));
        foreach (Place place in _rows.SelectMany(row => row))
            left = Math.Min(left, place.X - (place.Width / 2.0));
        foreach (Place place in _rows.SelectMany(row => row))
            place.X = Math.Round(place.X - left);
    }

    /// <summary>Where a place would be, and how much that matters: below or above boxes, if it is connected with some; ways are to be straight above all.</summary>
    private static (double X, double Weight) Wish(Place place, List<Place> others)
    {
        Place[] boxes = [.. others.Where(other => other.Box is not null)];
        if (others.Count == 0)
            return (place.X, 0.1);
        if (place.Box is not null)
            return ((boxes.Length > 0 ? boxes : [.. others]).Average(other => other.X), 4);

        // A way leaves the box that it comes from to its own side.
        return others.Any(other => other.Box is null) ? (others.First(other => other.Box is null).X, 2) : (place.X, 0.1);
    }

    /// <summary>The places of a row nearest to where they would be, by weighted least squares, in their order and without touching.</summary>
    private static void Settle(List<Place> row, Func<Place, (double X, double Weight)> wish)
    {
        // Without the distances between them places only must not fall, and where they would, neighbours take their common mean.
        List<(double Mean, double Weight, int Count)> blocks = [];
        double[] offsets = new double[row.Count];
        for (int i = 0; i < row.Count; i++)
        {
            offsets[i] = i == 0 ? 0 : offsets[i - 1] + ((row[i - 1].Width + row[i].Width) / 2.0) + Gap;
            (double x, double weight) = wish(row[i]);
            (double mean, double total, int count) = (x - offsets[i], weight, 1);
            while (blocks.Count > 0 && blocks[^1].Mean > mean)
            {
                (double before, double weightBefore, int countBefore) = blocks[^1];
                mean = ((mean * total) + (before * weightBefore)) / (total + weightBefore);
                (total, count) = (total + weightBefore, count + countBefore);
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add((mean, total, count));
        }

        int at = 0;
        foreach ((double mean, _, int count) in blocks)
        {
            for (int end = at + count; at < end; at++)
                row[at].X = mean + offsets[at];
        }
    }

    /// <summary>A box in a row, or a way past it.</summary>
    /// <param name="box">The box's number; null for a way.</param>
    /// <param name="row">Counted from the top.</param>
    /// <param name="width">What it takes of the row.</param>
    public sealed class Place(int? box, int row, int width)
    {
        public int? Box => box;

        public int Row => row;

        public int Width => width;

        /// <summary>Its middle.</summary>
        public double X { get; set; }

        public List<Place> Above { get; } = [];

        public List<Place> Below { get; } = [];

        /// <summary>Which of its row it is.</summary>
        internal int Number { get; set; }
    }
}
