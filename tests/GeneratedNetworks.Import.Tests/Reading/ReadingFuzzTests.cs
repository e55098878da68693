using System.Diagnostics;
using GeneratedNetworks.Fuzz;
using GeneratedNetworks.Import.Reading;

namespace GeneratedNetworks.Import.Tests.Reading;

/// <summary>Damaged files, the same on every machine: each is executed or refused, and costs little.</summary>
public sealed class ReadingFuzzTests
{
    private const int Seed = 21;
    private const int PerFormat = 400;
    private const long MostMemory = 64L << 20;

    public static TheoryData<string> Formats => [.. ModelFormat.All.Select(format => format.FileExtensions[0]).Where(ModelReading.Knows)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void DamagedFilesAreExecutedOrRefused(string extension)
    {
        ModelFormat format = ModelFormat.Of("input" + extension)!;
        Mutator mutator = new(Seeds.Of(format), Seed);
        int executed = 0;
        Stopwatch watch = Stopwatch.StartNew();
        for (int number = 0; number < PerFormat; number++)
        {
            byte[] content = mutator.Make(number);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                ModelReading reading = ModelReading.Open(new ModelSource("input" + extension, content, null));
                reading.Run(reading.Domain.Center);
                reading.Run(reading.Domain.Draw(new Random(1), 0), rounds: true, new ClampLog());
                executed++;
            }
            catch (ModelFileException)
            {
                // A word on the file: as it should be.
            }

            long memory = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(memory < MostMemory, $"{extension}, input {number}: {memory >> 20} MB for {content.Length} bytes");
        }

        // Both ends are reached: damage that does not matter, and damage that does.
        Assert.InRange(executed, 1, PerFormat - 1);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
    }
}
