using GeneratedNetworks.Fuzz;

namespace GeneratedNetworks.Import.Tests.Formats;

/// <summary>A slice of the fuzz run, the same on every machine: what is damaged is imported or refused, and costs little memory.</summary>
public sealed class FuzzTests
{
    private const int Seed = 20;
    private const int PerFormat = 400;

    public static TheoryData<string> Formats => [.. ModelFormat.All.Select(format => format.FileExtensions[0])];

    [Theory]
    [MemberData(nameof(Formats))]
    public void DamagedFilesAreImportedOrRefused(string extension)
    {
        ModelFormat format = ModelFormat.Of(extension)!;
        Mutator mutator = new(Seeds.Of(format), Seed);
        int imported = 0;
        for (int number = 0; number < PerFormat; number++)
        {
            Trial trial = Trial.Run(format, mutator.Make(number), checkTime: false);
            Assert.True(trial.Failure is null, $"--format {extension[1..]} --seed {Seed} --input {number}: {trial.Failure}");
            imported += trial.Imported ? 1 : 0;
        }

        // Both ends are reached: damage that does not matter, and damage that does.
        Assert.InRange(imported, 1, PerFormat - 1);
    }

    [Fact]
    public void AnInputIsMadeByItsNumberAlone()
    {
        Mutator mutator = new([[.. Enumerable.Range(0, 200).Select(value => (byte)value)], new byte[50]], Seed);
        Assert.All(Enumerable.Range(0, 100), number => Assert.Equal(mutator.Make(number), mutator.Make(number)));
        Assert.True(Enumerable.Range(0, 100).Select(number => Convert.ToHexString(mutator.Make(number))).Distinct().Count() > 90);
    }
}
