using GeneratedNetworks.Fuzz;

namespace GeneratedNetworks.Import.Tests.Formats;

/// <summary>A slice of the fuzz run, the same on every machine: what is damaged is imported or refused, and costs little memory.</summary>
public sealed class FuzzTests
{
    private const int Seed = 20;
    private const int PerFormat = 400;

    public static TheoryData<string> Formats => [.. Subject.Extensions];

    [Theory]
    [MemberData(nameof(Formats))]
    public void DamagedFilesAreImportedOrRefused(string extension)
    {
        Subject subject = Subject.Of(extension, Seed);
        int imported = 0;
        for (int number = 0; number < PerFormat; number++)
        {
            Trial trial = subject.Run(subject.Inputs.Make(number));
            Assert.True(trial.Failure is null, $"--format {extension[1..]} --seed {Seed} --input {number}: {trial.Failure}");
            imported += trial.Imported ? 1 : 0;
        }

        // Both ends are reached: damage that does not matter, and damage that does.
        Assert.InRange(imported, 1, PerFormat - 1);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void AnInputIsMadeByItsNumberAlone(string extension)
    {
        IInputs inputs = Subject.Of(extension, Seed).Inputs;
        IInputs again = Subject.Of(extension, Seed).Inputs;
        string[] made = [.. Enumerable.Range(0, 60).Select(number => Convert.ToHexString(inputs.Make(number)))];
        Assert.Equal(made.Reverse(), Enumerable.Range(0, 60).Reverse().Select(number => Convert.ToHexString(again.Make(number))));
        Assert.True(made.Distinct().Count() > 50);
    }
}
