using GeneratedNetworks.Import;
using GeneratedNetworks.Import.Reading;

namespace GeneratedNetworks.Fuzz;

/// <summary>Opens an input by the independent reading and runs it on two samples: it is executed or refused.</summary>
internal static class ReadingTrial
{
    /// <param name="extension">Of the format.</param>
    /// <param name="content">The input.</param>
    public static Trial Run(string extension, byte[] content)
    {
        Meter meter = new();
        bool executed = false;
        string? failure = null;
        try
        {
            ModelReading reading = ModelReading.Open(new ModelSource("input" + extension, content, null));
            reading.Run(reading.Domain.Center);
            reading.Run(reading.Domain.Draw(new Random(1), 0), rounds: true, new ClampLog());
            executed = true;
        }
        catch (ModelFileException)
        {
            // A word on the file: as it should be.
        }
        catch (Exception exception)
        {
            failure = exception.ToString();
        }

        (TimeSpan time, long memory) = (meter.Time, meter.Memory);
        if (memory > Trial.MostMemory * Trial.Megabytes(content))
            failure ??= $"it allocated {memory >> 20} MB for {content.Length} bytes";
        return new Trial(executed, failure, time, memory);
    }
}
