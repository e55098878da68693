using System.Diagnostics;
using System.Text;
using GeneratedNetworks.Import;

namespace GeneratedNetworks.Fuzz;

/// <summary>What one input came to.</summary>
/// <param name="Imported">Whether it became a model; otherwise it was refused, or is a failure.</param>
/// <param name="Failure">What is wrong, or null.</param>
/// <param name="Time">For reading and, where it became a model, writing its text.</param>
/// <param name="Memory">What was allocated in that time, in bytes, whether or not it was kept.</param>
internal sealed record Trial(bool Imported, string? Failure, TimeSpan Time, long Memory)
{
    public static readonly TimeSpan MostTime = TimeSpan.FromSeconds(2);

    public const long MostMemory = 512L << 20;

    /// <param name="format">Whose reader.</param>
    /// <param name="content">The input.</param>
    /// <param name="checkTime">Whether a slow input is a failure: not where other programs run beside.</param>
    public static Trial Run(ModelFormat format, byte[] content, bool checkTime)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch watch = Stopwatch.StartNew();
        bool imported = false;
        string? failure = null;
        try
        {
            ImportedModel model = format.Read(new ModelSource("input" + format.FileExtensions[0], content, null));
            ModelText.Write(new Nowhere(), "input", model);
            imported = true;
        }
        catch (ModelFileException)
        {
            // A diagnostic for the user: as it should be.
        }
        catch (Exception exception)
        {
            failure = exception.ToString();
        }

        watch.Stop();
        long memory = GC.GetAllocatedBytesForCurrentThread() - before;
        if (checkTime && watch.Elapsed > MostTime)
            failure ??= $"it took {watch.Elapsed.TotalSeconds:f1} s";
        if (memory > MostMemory)
            failure ??= $"it allocated {memory >> 20} MB";
        return new Trial(imported, failure, watch.Elapsed, memory);
    }

    private sealed class Nowhere : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
        }

        public override void Write(string? value)
        {
        }
    }
}
