using System;
using System.Linq;
using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;

namespace Browser;

/// <summary>What the page's script calls, and what it is called for.</summary>
[SupportedOSPlatform("browser")]
public static partial class Page
{
    private const int Columns = 120, Rows = 90;

    private static readonly Plane Plane = new(Columns, Rows);

    private static Lesson _lesson = new(seed: 1);

    /// <summary>Shows the lesson that the page opens with.</summary>
    public static void Main() => Show();

    /// <summary>Begins a lesson.</summary>
    [JSExport]
    internal static void Reset(int seed)
    {
        _lesson = new Lesson(seed);
        Show();
    }

    /// <summary>One frame: some steps, and what the network says after them.</summary>
    [JSExport]
    internal static void Learn(int steps)
    {
        _lesson.Learn(steps);
        Plane.Ask(_lesson);
        ShowAnswers(Plane.Pixels, Columns, _lesson.Steps, _lesson.Loss, _lesson.Accuracy());
    }

    private static void Show()
    {
        ShowPoints([.. _lesson.Points.Select(x => (double)x)], [.. _lesson.Labels.Select(label => (int)label)]);
        Learn(0);
    }

    [JSImport("showPoints", "page")]
    private static partial void ShowPoints(double[] points, int[] moons);

    // A view of the memory itself: nothing is copied on the way to the script.
    [JSImport("showAnswers", "page")]
    private static partial void ShowAnswers([JSMarshalAs<JSType.MemoryView>] Span<byte> pixels, int columns, int steps, double loss, double accuracy);
}
