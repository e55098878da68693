using System;

namespace Amp;

/// <summary>
/// The device to be learned, which a program of this kind would have as a recording: bass is cut, a tube clips one side harder than the other, its supply sags under
/// loud notes, and a loudspeaker takes the highs away.
/// </summary>
internal static class Amplifier
{
    private const double BassCut = 120, TrebleCut = 4_000;
    private const double Drive = 9, Sag = 4, Bias = 0.3, Level = 0.6;
    private const double SagRises = 0.005, SagFalls = 0.06;

    public static float[] Play(ReadOnlySpan<float> dry)
    {
        double highPass = 1 / (1 + (2 * Math.PI * BassCut / Guitar.Rate));
        double lowPass = 1 - Math.Exp(-2 * Math.PI * TrebleCut / Guitar.Rate);
        double rise = 1 - Math.Exp(-1 / (SagRises * Guitar.Rate)), fall = 1 - Math.Exp(-1 / (SagFalls * Guitar.Rate));
        double last = 0, cut = 0, load = 0, speaker = 0;
        float[] wet = new float[dry.Length];
        for (int i = 0; i < wet.Length; i++)
        {
            cut = highPass * (cut + dry[i] - last);
            last = dry[i];
            double level = Math.Abs(cut);
            load += (level > load ? rise : fall) * (level - load);
            double clipped = Math.Tanh((Drive / (1 + (Sag * load)) * cut) + Bias) - Math.Tanh(Bias);
            speaker += lowPass * (clipped - speaker);
            wet[i] = (float)(Level * speaker);
        }

        return wet;
    }
}
