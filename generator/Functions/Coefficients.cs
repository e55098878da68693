namespace GeneratedNetworks.Generator.Functions;

/// <summary>Minimax coefficients, lowest power first, and split constants. Written by coefficients.py; never edited by hand.</summary>
internal static class Coefficients
{
    /// <summary>(exp(r) - 1 - r) / r² on |r| ≤ ln(2) / 2; weighted error 4e-09.</summary>
    public static readonly double[] ExpSingle =
    [
        0.49999994, 0.166665196, 0.0416683927, 0.00836874638, 0.00138144777,
    ];

    /// <summary>(exp(r) - 1 - r) / r² on |r| ≤ ln(2) / 2; weighted error 1e-17.</summary>
    public static readonly double[] ExpDouble =
    [
        0.50000000000000111, 0.1666666666666641, 0.041666666666529732, 0.0083333333334950702, 0.00138888889437596, 0.00019841269505573798,
        2.4801492949639555e-05, 2.7557586977540287e-06, 2.7630306354881472e-07, 2.4999965953370417e-08,
    ];

    /// <summary>(log((1 + s) / (1 - s)) / s - 2) / z, z = s², on |s| ≤ (√2 - 1) / (√2 + 1); weighted error 2e-09.</summary>
    public static readonly double[] LogSingle =
    [
        0.666667759, 0.399774998, 0.298730075,
    ];

    /// <summary>(log((1 + s) / (1 - s)) / s - 2) / z, z = s², on |s| ≤ (√2 - 1) / (√2 + 1); weighted error 3e-18.</summary>
    public static readonly double[] LogDouble =
    [
        0.66666666666667351, 0.39999999999411062, 0.28571428743266947, 0.22222198475659588, 0.18183569755523482, 0.15313902820153333,
        0.14797512483452879,
    ];

    /// <summary>log(1 + e) / e on 0 ≤ e ≤ 1; weighted error 8e-09.</summary>
    public static readonly double[] Log1PSingle =
    [
        1, -0.499999821, 0.333325595, -0.24987267, 0.198907286, -0.161056295, 0.124183066, -0.0824400559, 0.0414768644, -0.0134069175,
        0.00203012349,
    ];

    /// <summary>log(1 + e) / e on 0 ≤ e ≤ 1; weighted error 6e-17.</summary>
    public static readonly double[] Log1PDouble =
    [
        1, -0.49999999999999856, 0.33333333333309206, -0.24999999998422381, 0.19999999945143504, -0.16666665493065091, 0.14285697422795623,
        -0.12499827569752164, 0.11109804276460243, -0.099924372397341185, 0.090567298614376873, -0.082105676481804321, 0.07336849078908679,
        -0.063029717535636007, 0.05028068152968114, -0.03575806661864829, 0.021708051597457909, -0.010743932513525076, 0.0041098491905290991,
        -0.0011299304454582919, 0.00019750372975508462, -1.6418063219298412e-05,
    ];

    /// <summary>log Φ(-a) on 0 ≤ a ≤ 6 (float), 8.7 (double); weighted error 2e-08.</summary>
    public static readonly double[] LogNormalTailSingle =
    [
        -0.693147182, -0.797884643, -0.318309188, -0.0363378152, 0.00478422735, 4.00036006e-05, -0.00022224999, 6.46193075e-05, -1.03300745e-05,
        9.36109643e-07, -3.75406657e-08,
    ];

    /// <summary>log Φ(-a) on 0 ≤ a ≤ 6 (float), 8.7 (double); weighted error 9e-17.</summary>
    public static readonly double[] LogNormalTailDouble =
    [
        -0.6931471805599454, -0.79788456080284953, -0.31830988618450246, -0.036335602344848991, 0.0047821116333693842, 3.6981422309264141e-05,
        -0.00021202838610584417, 5.2167248969012253e-05, -1.6314913816086115e-06, -2.828729498841679e-06, 9.0353628181049175e-07,
        -5.1653548947025195e-08, -6.190321474693245e-08, 2.9798104953241102e-08, -7.7527608208105704e-09, 1.2619817425382522e-09,
        -9.2558332520136812e-11, -1.4105323778428318e-11, 6.0193707371104598e-12, -1.098417575085559e-12, 1.3018204474477826e-13,
        -1.0591193824467835e-14, 5.7620148451623391e-16, -1.900517183868937e-17, 2.8843970318010985e-19,
    ];

    /// <summary>(sin(r) / r - 1) / z, z = r², on |r| ≤ π / 4; weighted error 7e-18.</summary>
    public static readonly double[] SinDouble =
    [
        -0.16666666666666632, 0.0083333333333223698, -0.00019841269829771284, 2.7557313678664733e-06, -2.5050755958522096e-08,
        1.5896666281554817e-10,
    ];

    /// <summary>(cos(r) - 1 + z / 2) / z², z = r², on |r| ≤ π / 4; weighted error 1e-18.</summary>
    public static readonly double[] CosDouble =
    [
        0.041666666666666602, -0.0013888888888874064, 2.4801587289443333e-05, -2.7557314340605562e-07, 2.0875721615287052e-09,
        -1.1359558852775209e-11,
    ];

    /// <summary>log2(e).</summary>
    public const double Log2E = 1.4426950408889634;

    /// <summary>√(2/π).</summary>
    public const double Sqrt2OverPi = 0.79788456080286541;

    /// <summary>1/√(2π).</summary>
    public const double InverseSqrt2Pi = 0.3989422804014327;

    /// <summary>2/π.</summary>
    public const double TwoOverPi = 0.63661977236758138;

    /// <summary>the first 15 bits of ln(2).</summary>
    public const double Ln2SingleHigh = 0.693145751953125;

    /// <summary>and the rest.</summary>
    public const double Ln2SingleLow = 1.428606765330187e-06;

    /// <summary>the first 41 bits of ln(2).</summary>
    public const double Ln2DoubleHigh = 0.6931471805601177;

    /// <summary>and the rest.</summary>
    public const double Ln2DoubleLow = -1.7239444525614835e-13;

    /// <summary>the first 48 bits of π/2.</summary>
    public const double HalfPiHigh = 1.5707963267948983;

    /// <summary>and the rest.</summary>
    public const double HalfPiLow = -1.7151244994428829e-15;
}
