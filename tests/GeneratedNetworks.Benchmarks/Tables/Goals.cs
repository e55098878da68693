using System.Collections.Generic;

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>How many times faster than the named peer each shape must be, and the shares of the machine's limits.</summary>
internal static class Goals
{
    public static readonly IReadOnlyDictionary<string, double> Forward1 = Of(220, 90, 72, 43, 2.4);

    public static readonly IReadOnlyDictionary<string, double> Forward64 = Of(8, 2.5, 2.8, 1.8, 1.03);

    public static readonly IReadOnlyDictionary<string, double> Sgd1 = Of(5, 11, 24, 22, 14);

    public static readonly IReadOnlyDictionary<string, double> Sgd32 = Of(200, 50, 32, 25, 2.7);

    public static readonly IReadOnlyDictionary<string, double> Adam32 = Of(250, 60, 40, 30, 4);

    public static readonly IReadOnlyDictionary<string, double> Sgd128 = new Dictionary<string, double> { ["784-128-10"] = 1.4 };

    public const double NarrowForwardOfPeak = 0.70;

    public const double WideForwardOfBandwidth = 0.90;

    public const double WideStepOfPeak = 0.85;

    public const double DoubleOfSingle = 0.45;

    public const double ScalarOverNaive = 2;

    /// <summary>Times as long as Fast that Reproducible may take with vectors of 256 bits, from 64-32-10 on and where a network is smaller.</summary>
    public const double ReproducibleOfFast = 1.15, TinyReproducibleOfFast = 1.3;

    private static Dictionary<string, double> Of(double tiny, double small, double medium, double narrow, double wide) => new()
    {
        ["3-4-1"] = tiny,
        ["2-16-16-2"] = small,
        ["8-32-32-4"] = medium,
        ["64-32-10"] = narrow,
        ["784-128-10"] = wide,
    };

    /// <summary>Times faster than ONNX Runtime that the networks of the image table are to be, one sample.</summary>
    public const double SmallForward = 2.3, SignalForward = 2.6, KeywordForward = 1.2, MobileForward = 1.3, ResidualForward = 1;

    /// <summary>Times faster than libtorch that their steps of Adam are to be, <c>small</c> at a batch of 64, the others at 32.</summary>
    public const double SmallStep = 5, SignalStep = 2.5, KeywordStep = 2.5, ResidualStep = 1.5;

    /// <summary>Of a frame's time, what one stream of many may take.</summary>
    public const double StreamOfFrame = 0.85;

    /// <summary>Times faster than ONNX Runtime that windows of 16 recurrent units are to be.</summary>
    public const double Recurrent16Window = 4;

    /// <summary>Times faster than libtorch that steps of Adam through 64 steps are to be, of one sequence and of 32.</summary>
    public const double Gru16Step1 = 350, Lstm40Step1 = 80, Gru16Step32 = 22, Lstm40Step32 = 6;
}
