using System;

namespace GeneratedNetworks;

/// <summary>The learning rate as a function of how far training has come.</summary>
/// <remarks>
/// It is asked before every step and must answer the same for the same place, so that a resumed run repeats what an unbroken one does. Those of this
/// class have the same bits on every runtime.
/// </remarks>
public abstract class LearningRateSchedule
{
    /// <summary>The rate for the next step.</summary>
    /// <param name="epoch">
    /// The epochs gone by, counting the finished batches of the current one as a fraction: 0 at the start, 2.5 half-way through the third.
    /// </param>
    public abstract double GetRate(double epoch);

    /// <summary>Always the same rate.</summary>
    /// <param name="rate">The rate, finite and not negative.</param>
    public static LearningRateSchedule Constant(double rate)
    {
        CheckRate(rate, nameof(rate));
        return new Function(_ => rate);
    }

    /// <summary>rate · factor^⌊epoch / every⌋.</summary>
    /// <param name="rate">The rate at the start, finite and not negative.</param>
    /// <param name="every">How many epochs each rate holds, positive.</param>
    /// <param name="factor">What it is multiplied with, finite and not negative.</param>
    public static LearningRateSchedule Step(double rate, int every, double factor)
    {
        CheckRate(rate, nameof(rate));
        CheckPositive(every, nameof(every));
        CheckRate(factor, nameof(factor));
        return new Function(epoch => rate * PortableMath.Power(factor, Math.Floor(epoch / every)));
    }

    /// <summary>rate · decay^epoch, falling with every step.</summary>
    /// <param name="rate">The rate at the start, finite and not negative.</param>
    /// <param name="decay">What is left of it after one epoch, finite and not negative.</param>
    public static LearningRateSchedule Exponential(double rate, double decay)
    {
        CheckRate(rate, nameof(rate));
        CheckRate(decay, nameof(decay));
        return new Function(epoch => rate * PortableMath.Power(decay, epoch));
    }

    /// <summary>
    /// floor + ½·(rate − floor)·(1 + cos(π·epoch / epochs)), then the floor. Source: Loshchilov and Hutter, arXiv:1608.03983, without restarts.
    /// </summary>
    /// <param name="rate">The rate at the start, finite and not negative.</param>
    /// <param name="epochs">When the floor is reached, positive.</param>
    /// <param name="floor">The rate at the end, finite and not negative.</param>
    public static LearningRateSchedule Cosine(double rate, double epochs, double floor = 0)
    {
        CheckRate(rate, nameof(rate));
        CheckPositive(epochs, nameof(epochs));
        CheckRate(floor, nameof(floor));
        return new Function(epoch => epoch >= epochs ? floor : floor + (0.5 * (rate - floor) * (1 + PortableMath.Cos(Math.PI * epoch / epochs))));
    }

    /// <summary>Rises in a straight line to the first rate of another schedule, which then takes over from its start.</summary>
    /// <param name="epochs">How long the rise takes, positive; it may be a fraction.</param>
    /// <param name="then">What follows.</param>
    /// <param name="startFactor">The share of the first rate to begin with, in [0, 1].</param>
    public static LearningRateSchedule WarmUp(double epochs, LearningRateSchedule then, double startFactor = 0.1)
    {
        CheckPositive(epochs, nameof(epochs));
        if (then is null)
            throw new ArgumentNullException(nameof(then));
        if (!(startFactor >= 0 && startFactor <= 1))
            throw new ArgumentOutOfRangeException(nameof(startFactor), startFactor, FormattableString.Invariant($"{nameof(startFactor)} is {startFactor}; it must lie in [0, 1]."));
        return new Function(epoch => epoch >= epochs
            ? then.GetRate(epoch - epochs)
            : then.GetRate(0) * (startFactor + ((1 - startFactor) * epoch / epochs)));
    }

    /// <summary>Any function of the epoch.</summary>
    /// <param name="rate">The function, as <see cref="GetRate"/> describes it.</param>
    public static LearningRateSchedule Custom(Func<double, double> rate) => new Function(rate ?? throw new ArgumentNullException(nameof(rate)));

    private static void CheckRate(double value, string name)
    {
        if (!(value >= 0) || double.IsInfinity(value))
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}; it must be finite and not negative."));
    }

    private static void CheckPositive(double value, string name)
    {
        if (!(value > 0) || double.IsInfinity(value))
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}; it must be finite and positive."));
    }

    private sealed class Function(Func<double, double> rate) : LearningRateSchedule
    {
        public override double GetRate(double epoch) => rate(epoch);
    }
}
