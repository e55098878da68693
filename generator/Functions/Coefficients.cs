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
        0.666667759, 0.399775684, 0.298714221,
    ];

    /// <summary>(log((1 + s) / (1 - s)) / s - 2) / z, z = s², on |s| ≤ (√2 - 1) / (√2 + 1); weighted error 3e-18.</summary>
    public static readonly double[] LogDouble =
    [
        0.66666666666667351, 0.39999999999409319, 0.28571428743699401, 0.22222198427189982, 0.18183572469133896, 0.15313828762178594,
        0.14798297084131859,
    ];

    /// <summary>(log(1 + e) - e) / e² on 0 ≤ e ≤ 1; weighted error 2e-08.</summary>
    public static readonly double[] Log1PSingle =
    [
        -0.499999881, 0.333327144, -0.249888405, 0.198994532, -0.161345199, 0.124780484, -0.0832183138, 0.0420975275, -0.0136836665,
        0.00208297116,
    ];

    /// <summary>(log(1 + e) - e) / e² on 0 ≤ e ≤ 1; weighted error 3e-17.</summary>
    public static readonly double[] Log1PDouble =
    [
        -0.499999999999999, 0.33333333333313436, -0.24999999998598349, 0.19999999949315037, -0.16666665556164029, 0.14285698076140232,
        -0.12499832422612919, 0.11109830983780683, -0.099925486182344286, 0.090570872179374554, -0.082114579756473294, 0.073385782995467025,
        -0.063055860954002257, 0.050311211228003437, -0.035785163044365458, 0.021725799390471267, -0.010752052444257948, 0.0041121487259784114,
        -0.0011301886074873014, 0.00019745817734291744, -1.6404799503694529e-05,
    ];

    /// <summary>log(2 Φ(-a)) / a on 0 ≤ a ≤ 6 (float), 8.7 (double); weighted error 3e-08.</summary>
    public static readonly double[] LogNormalTailSingle =
    [
        -0.797884583, -0.318309575, -0.0363366753, 0.0047823987, 4.17394658e-05, -0.000223270938, 6.49941212e-05, -1.04134206e-05, 9.46350781e-07,
        -3.80728515e-08,
    ];

    /// <summary>log(2 Φ(-a)) / a on 0 ≤ a ≤ 6 (float), 8.7 (double); weighted error 8e-17.</summary>
    public static readonly double[] LogNormalTailDouble =
    [
        -0.79788456080285497, -0.31830988618436051, -0.036335602346569289, 0.0047821116452623456, 3.6981369645151277e-05, -0.00021202822549728936,
        5.216689474593428e-05, -1.6309065323068952e-06, -2.8294707875430334e-06, 9.0427105772180951e-07, -5.2230922740869148e-08,
        -6.1540038408292035e-08, 2.9614050962327508e-08, -7.6773418813257902e-09, 1.2369760577636385e-09, -8.5864792511067171e-11,
        -1.5543837775808942e-11, 6.2651822814717907e-12, -1.1313104973696861e-12, 1.3354926406402317e-13, -1.0845444745741775e-14,
        5.8952902480666283e-16, -1.9437814356089251e-17, 2.9498417274082547e-19,
    ];

    /// <summary>(sin(r) / r - 1) / z, z = r², on |r| ≤ π / 4; weighted error 3e-18.</summary>
    public static readonly double[] SinDouble =
    [
        -0.16666666666666632, 0.0083333333333224721, -0.00019841269829835558, 2.7557313697247141e-06, -2.5050758467539813e-08,
        1.589679470369088e-10,
    ];

    /// <summary>(cos(r) - 1 + z / 2) / z², z = r², on |r| ≤ π / 4; weighted error 7e-20.</summary>
    public static readonly double[] CosDouble =
    [
        0.041666666666666602, -0.0013888888888874457, 2.4801587289653864e-05, -2.7557314394228603e-07, 2.0875728165906244e-09,
        -1.1359868049534874e-11,
    ];

    /// <summary>
    /// tanh(c + d) on the half octaves from 1/16 to 9.02 and below 1/16: the centers c, then the coefficients of each power of d, by the last four bits
    /// of a float's exponent and first fraction bit; relative error 4e-08.
    /// </summary>
    public static readonly double[][] TanhPieces =
    [
        [
            2.46399999, 3.4993751, 4.99650002, 6.96374989, 9.02000046, 0, 0.0781171843, 0.110300779, 0.157140628, 0.219890624, 0.312718749,
            0.438734382, 0.626281261, 0.872656226, 1.24249995, 1.75362504,
        ],
        [
            0.985622168, 0.998175621, 0.999908566, 0.999998212, 1, 0, 0.0779586732, 0.10985563, 0.155859843, 0.216413811, 0.302908421, 0.412594825,
            0.555486262, 0.702721179, 0.846167088, 0.941786706,
        ],
        [
            0.0285490025, 0.00364549807, 0.000183115742, 3.58142802e-06, 2.37108225e-07, 1, 0.993922472, 0.987931728, 0.97570771, 0.953165054,
            0.908246517, 0.829765558, 0.691435039, 0.506182969, 0.284001142, 0.11303775,
        ],
        [
            -0.0281380266, -0.00363882002, -0.000183017284, -3.57611793e-06, 4.42576109e-08, 0, -0.0774850547, -0.108530037, -0.152073532,
            -0.206277639, -0.275115043, -0.342356443, -0.384082496, -0.35570547, -0.240312785, -0.106457368,
        ],
        [
            0.0182152502, 0.00241475529, 0.000119729244, 2.34210688e-06, 0, -0.333332866, -0.325241297, -0.317365348, -0.301533192, -0.272981942,
            -0.219416514, -0.135367513, -0.0171300676, 0.0812317505, 0.10869211, 0.0625873357,
        ],
        [
            -0.00858443324, -0.00119886047, -6.00510248e-05, -1.18827188e-06, 0, 0, 0.0515487045, 0.0710769147, 0.097520031, 0.127151489, 0.157777861,
            0.169596404, 0.137500554, 0.0614852868, -0.0118364394, -0.0234612562,
        ],
        [
            0.00303695234, 0.000490868406, 2.86291106e-05, 5.60364413e-07, 0, 0.133017704, 0, 0, 0.106219843, 0, 0.0459683575, 0, -0.0546107665,
            -0.0587294735, -0.0203660186, 0.00353073771,
        ],
        [
            -0.000697124866, -0.000157695817, -9.3831859e-06, -1.73169596e-07, 0, 0, 0, 0, 0, 0, 0, 0, -0.0218176749, 0.0128574474, 0.0151159503,
            0.00210271729,
        ],
    ];

    /// <summary>f / z² in tanh(z / 2) = z/2 (1 + f) / (1 + e), in powers of z², |z| ≤ 9.02; relative error of tanh(z) 1e-09.</summary>
    public static readonly double[] TanhHalfNumerator =
    [
        0.031618841, 0.00016312956, 9.13312235e-08,
    ];

    /// <summary>e / z² in tanh(z / 2) = z/2 (1 + f) / (1 + e), in powers of z², |z| ≤ 9.02; relative error of tanh(z) 1e-09.</summary>
    public static readonly double[] TanhHalfDenominator =
    [
        0.114952177, 0.00140914682, 2.83843133e-06,
    ];

    /// <summary>f / z² as above, where each product is rounded before it is added: the last bits moved until tanh(z) was off by no more than 3.94 ulp.</summary>
    public static readonly double[] TanhHalfNumeratorRounded =
    [
        0.0316188335, 0.00016312956, 9.13312803e-08,
    ];

    /// <summary>e / z² as above, where each product is rounded before it is added: the last bits moved until tanh(z) was off by no more than 3.94 ulp.</summary>
    public static readonly double[] TanhHalfDenominatorRounded =
    [
        0.114952169, 0.00140914647, 2.83843315e-06,
    ];

    /// <summary>2^(j/16), j from 0 to 15.</summary>
    public static readonly double[] SixteenthPowers =
    [
        1, 1.04427373, 1.09050775, 1.13878858, 1.18920708, 1.24185777, 1.29683959, 1.35425556, 1.41421354, 1.47682619, 1.54221082, 1.61049032,
        1.68179286, 1.75625217, 1.8340081, 1.91520655,
    ];

    /// <summary>log2(e).</summary>
    public const double Log2E = 1.4426950408889634;

    /// <summary>√(2/π).</summary>
    public const double Sqrt2OverPi = 0.79788456080286541;

    /// <summary>1/√(2π).</summary>
    public const double InverseSqrt2Pi = 0.3989422804014327;

    /// <summary>2/π.</summary>
    public const double TwoOverPi = 0.63661977236758138;

    /// <summary>where the half octave starts whose place in TanhPieces serves all below it.</summary>
    public const double TanhFirst = 0.046875;

    /// <summary>from here on the float nearest to tanh is 1.</summary>
    public const double TanhEnd = 9.0199999999999996;

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
