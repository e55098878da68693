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
    private const int Repetitions = 3;
    private const double Megabyte = 1 << 20;

    /// <summary>For each megabyte of the file, and for one that is smaller.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    /// <summary>For each megabyte of the file, and for one that is smaller.</summary>
    public const long MostMemory = 256L << 20;

    public static double Megabytes(byte[] content) => Math.Max(1, content.Length / Megabyte);

    /// <summary>Reads an input and, where the program is alone, holds its time against the bound; the least of three where another program may have interfered.</summary>
    public static Trial Timed(Func<byte[], Trial> run, byte[] content)
    {
        Trial trial = run(content);
        TimeSpan most = MostTime * Megabytes(content);
        for (int i = 1; i < Repetitions && trial.Failure is null && trial.Time > most; i++)
        {
            Trial again = run(content);
            trial = again.Time < trial.Time ? again : trial;
        }

        return trial.Failure is null && trial.Time > most ? trial with { Failure = $"it took {trial.Time.TotalSeconds:f1} s for {content.Length} bytes" } : trial;
    }

    /// <param name="format">Whose reader.</param>
    /// <param name="content">The input.</param>
    public static Trial Run(ModelFormat format, byte[] content)
    {
        Meter meter = new();
        bool imported = false;
        string? failure = null;
        try
        {
            ImportedModel model = format.Read(new ModelSource("input" + format.FileExtensions[0], content, null));
            ModelText.Write(new Nowhere(), "input", model);
            imported = true;
        }
        catch (ModelFileException exception)
        {
            // A diagnostic for the user, as it should be, in one line.
            if (exception.Message.Any(char.IsControl))
                failure = $"a message has several lines: {exception.Message}";
        }
        catch (Exception exception)
        {
            failure = exception.ToString();
        }

        (TimeSpan time, long memory) = (meter.Time, meter.Memory);
        if (memory > MostMemory * Megabytes(content))
            failure ??= $"it allocated {memory >> 20} MB for {content.Length} bytes";
        return new Trial(imported, failure, time, memory);
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
