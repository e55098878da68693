namespace GeneratedNetworks.Runtime.Tests;

public class ScheduleTests
{
    [Fact]
    public void Schedules_follow_their_formulas()
    {
        LearningRateSchedule constant = LearningRateSchedule.Constant(0.1);
        Assert.Equal([0.1, 0.1], Rates(constant, 0, 99.5));
        Assert.Equal([1, 1, 0.5, 0.5, 0.25], Rates(LearningRateSchedule.Step(1, 3, 0.5), 0, 2.99, 3, 5, 6));
        Assert.Equal([2, 2 * Math.Sqrt(0.25), 0.5], Rates(LearningRateSchedule.Exponential(2, 0.25), 0, 0.5, 1));
        Assert.Equal([1, 0.55, 0.1, 0.1], Rates(LearningRateSchedule.Cosine(1, 10, 0.1), 0, 5, 10, 20));
        Assert.Equal([0.1, 0.55, 1, 0.5], Rates(LearningRateSchedule.WarmUp(2, LearningRateSchedule.Exponential(1, 0.5)), 0, 1, 2, 3));
        Assert.Equal([0.0, 4], Rates(LearningRateSchedule.Custom(epoch => epoch * epoch), 0, 2));
    }

    /// <summary>Against the system's library, whose last digits differ from runtime to runtime, and by its bits, which do not here.</summary>
    [Fact]
    public void Powers_and_cosines_are_right_to_the_last_digits_and_the_same_everywhere()
    {
        Random random = new(5);
        for (int i = 0; i < 10000; i++)
        {
            double x = random.NextDouble() * 2, y = random.NextDouble() * 300, angle = random.NextDouble() * 2 * Math.PI;
            double power = Math.Pow(x, y);
            Assert.True(Math.Abs(PortableMath.Power(x, y) - power) <= (1e-13 * power) + 1e-300, $"{x}^{y}");
            Assert.Equal(Math.Cos(angle), PortableMath.Cos(angle), 1e-15);
        }

        Assert.Equal([1, 0, 1, 32, 0.125], new[] { PortableMath.Power(0, 0), PortableMath.Power(0, 0.5), PortableMath.Power(1, 7.25), PortableMath.Power(2, 5), PortableMath.Power(0.25, 1.5) });
        Assert.Equal([1, -1, 1], new[] { PortableMath.Cos(0), PortableMath.Cos(Math.PI), PortableMath.Cos(2 * Math.PI) });
        Assert.Equal("3FEEF0686A31984D 3FDF021DF40B2607", FormattableString.Invariant($"{BitConverter.DoubleToInt64Bits(PortableMath.Power(0.9, 0.32)):X16} {BitConverter.DoubleToInt64Bits(PortableMath.Cos(1.065)):X16}"));
    }

    [Fact]
    public void Arguments_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Constant(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Constant(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Step(1, 0, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Exponential(1, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Cosine(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.WarmUp(1, LearningRateSchedule.Constant(1), 2));
        Assert.Throws<ArgumentNullException>(() => LearningRateSchedule.WarmUp(1, null!));
        Assert.Throws<ArgumentNullException>(() => LearningRateSchedule.Custom(null!));
    }

    [Theory]
    [InlineData("rate is -1; it must be finite and not negative.", 0)]
    [InlineData("decay is \u221E; it must be finite and not negative.", 1)]
    [InlineData("epochs is 0; it must be finite and positive.", 2)]
    [InlineData("startFactor is 2; it must lie in [0, 1].", 3)]
    [InlineData("every is -3; it must be finite and positive.", 4)]
    public void An_argument_is_named_with_its_value(string message, int which)
    {
        Action[] faults =
        [
            () => LearningRateSchedule.Constant(-1),
            () => LearningRateSchedule.Exponential(1, double.PositiveInfinity),
            () => LearningRateSchedule.Cosine(1, 0),
            () => LearningRateSchedule.WarmUp(1, LearningRateSchedule.Constant(1), 2),
            () => LearningRateSchedule.Step(1, -3, 0.5),
        ];
        string invariant = message.Replace("\u221E", double.PositiveInfinity.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.StartsWith(invariant, Assert.Throws<ArgumentOutOfRangeException>(faults[which]).Message);
    }

    [Theory]
    [InlineData(-1, "-1")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(1e39, "1E+39")]
    public void A_schedules_fault_names_the_epoch(double rate, string text)
    {
        LinearTrainer<float> trainer = new(1, 1) { Rates = [] };
        FitOptions options = new() { Epochs = 5, BatchSize = 4, Schedule = LearningRateSchedule.Custom(epoch => epoch < 2.5 ? 1e-3 : rate) };
        Dataset<float> data = Samples.Linear<float>(16, 1, 1);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => { trainer.Fit(data, options); });
        Assert.Equal($"The Schedule gives the rate {text} in epoch 3, GetRate(2.5); a rate must be finite and not negative.", error.Message);
        Assert.Equal(10, trainer.Rates.Count);
    }

    [Fact]
    public void Fit_asks_before_every_step()
    {
        LinearTrainer<double> trainer = new(1, 1) { Rates = [] };
        FitOptions options = new() { Epochs = 2, BatchSize = 4, Schedule = LearningRateSchedule.Custom(epoch => 1e-3 * (1 + epoch)) };
        FitResult result = trainer.Fit(Samples.Linear<double>(10, 1, 1), options);
        Assert.Equal([1.0, 1.4, 1.8, 2.0, 2.4, 2.8], trainer.Rates.Select(r => Math.Round(r * 1e3, 10)));
        Assert.Equal(trainer.Rates[^1], result.History[1].LearningRate);
    }

    private static double[] Rates(LearningRateSchedule schedule, params double[] epochs) =>
        [.. epochs.Select(e => Math.Round(schedule.GetRate(e), 14))];
}
