#!/usr/bin/env python3
"""Computes the polynomials behind the generated exp, log, log1p, Φ, sin, cos and tanh, and writes Coefficients.cs beside this file.

Each is a weighted minimax fit by Remez's exchange in 50 digits, whose coefficients are then rounded to the element type.
Needs python3 with mpmath. Run it again after a change; the result is the same on every machine.
"""
import os
import struct
from mpmath import mp, mpf, matrix, lu_solve, cos, exp, log, log1p, ncdf, pi, sin, sqrt, tanh

mp.dps = 50
LN2 = log(mpf(2))


def to_single(x):
    return mpf(struct.unpack("<f", struct.pack("<f", float(x)))[0])


def to_double(x):
    return mpf(float(x))


def remez(f, weight, low, high, powers):
    """Minimises max |weight·(f - Σ c·x^p)| on [low, high] over the coefficients of the given powers."""
    n = len(powers)
    low, high = mpf(low), mpf(high)
    mid, half = (low + high) / 2, (high - low) / 2
    points = [mid - half * (cos(pi * (2 * i + 1) / (2 * n + 2)) - mpf("0.001")) / mpf("1.002") for i in range(n + 1)]  # never 0
    grid = [mid - half * cos(pi * i / (40 * n)) for i in range(40 * n + 1)]
    grid = [x for x in grid if x != 0]
    values = [(x, f(x), weight(x)) for x in grid]
    coefficients = None
    for _ in range(40):
        a, b = matrix(n + 1, n + 1), matrix(n + 1, 1)
        for i, x in enumerate(points):
            for j, p in enumerate(powers):
                a[i, j] = x ** p
            a[i, n] = (-1) ** i / weight(x)
            b[i] = f(x)
        solution = lu_solve(a, b)
        coefficients = [solution[j] for j in range(n)]
        level = abs(solution[n])

        def error_at(fx, w, x):
            return w * (fx - sum(c * x ** p for c, p in zip(coefficients, powers)))

        errors = [(x, error_at(fx, w, x)) for x, fx, w in values]
        extrema = []
        for x, e in errors:  # the largest error of each run of one sign
            if extrema and (extrema[-1][1] > 0) == (e > 0):
                if abs(e) > abs(extrema[-1][1]):
                    extrema[-1] = (x, e)
            else:
                extrema.append((x, e))
        while len(extrema) > n + 1:  # drop the smaller end
            extrema.pop(0 if abs(extrema[0][1]) < abs(extrema[-1][1]) else -1)
        if len(extrema) < n + 1:
            return coefficients, max(abs(e) for _, e in errors)
        points = [x for x, _ in extrema]
        worst = max(abs(e) for _, e in extrema)
        if worst <= level * mpf("1.001"):
            break
    return coefficients, worst


def fit(f, weight, low, high, count, rounding):
    """Coefficients of 1, x, x², …, rounded, and the largest weighted error that is left.

    Either all are rounded together, or the first before the others are fitted, so that they make up for it: whichever errs less.
    """
    low, high = mpf(low), mpf(high)

    def error(coefficients):
        points = (low + (high - low) * i / 4001 for i in range(1, 4001))
        return max(abs(weight(x) * (f(x) - sum(c * x ** p for p, c in enumerate(coefficients)))) for x in points)

    together = [rounding(c) for c in remez(f, weight, low, high, range(count))[0]]
    first = together[0]
    others, _ = remez(lambda x: (f(x) - first) / x, lambda x: weight(x) * abs(x), low, high, range(count - 1))
    candidates = [together, [first] + [rounding(c) for c in others]]
    return min(((c, error(c)) for c in candidates), key=lambda pair: pair[1])


TANH_END = mpf("9.02")  # beyond, the nearest float is 1
TANH_EDGE = mpf(1) / 16  # all below is the first piece
TANH_FIRST = TANH_EDGE * mpf("0.75")  # the half octave whose place the first piece has
TANH_DEGREE = 6


def tanh_piece(low, high):
    """A centre c and the coefficients of tanh(c + d) in d, rounded to float, and the largest relative error.

    The centre is near the middle, where tanh is all but a float itself, so that the first coefficient adds no rounding error; that of the last piece is
    its end, so that it ends at 1. The degree is no higher than helps, the other coefficients are 0.
    """
    middle = (low + high) / 2
    near = (to_single(middle + (high - low) * mpf(k) / 8000) for k in range(-300, 301))
    centre = min(near, key=lambda c: abs(to_single(tanh(c)) / tanh(c) - 1)) if high < TANH_END else to_single(TANH_END)
    first = to_single(tanh(centre))
    candidates = []
    for degree in range(2, TANH_DEGREE + 1):
        others, _ = remez(lambda d: (tanh(centre + d) - first) / d, lambda d: abs(d) / tanh(centre + d), low - centre, high - centre, range(degree))
        coefficients = [first] + [to_single(c) for c in others]
        points = (low - centre + (high - low) * mpf(i) / 4001 for i in range(4002))
        error = max(abs(sum(c * d ** p for p, c in enumerate(coefficients)) / tanh(centre + d) - 1) for d in points)
        candidates.append((coefficients + [mpf(0)] * (TANH_DEGREE - degree), error))
    enough = max(mpf(2) ** -28, min(error for _, error in candidates) * mpf("1.1"))
    coefficients, error = next(candidate for candidate in candidates if candidate[1] <= enough)
    return centre, coefficients, error


def tanh_pieces():
    """Centres and coefficients of the 16 pieces, by the last four bits of a float's exponent and first fraction bit: half octaves.

    The first piece is all below 1/16, by the odd powers about 0, in the place that the half octave under 1/16 has.
    """
    def place(x):
        return struct.unpack("<I", struct.pack("<f", float(x)))[0] >> 22 & 15

    edge = TANH_EDGE
    odd, error = remez(lambda x: tanh(x) / x, lambda x: x / tanh(x), edge / 10 ** 6, edge, (0, 2, 4))
    rows = {place(TANH_FIRST): (mpf(0), [mpf(0), mpf(1), mpf(0), to_single(odd[1]), mpf(0), to_single(odd[2]), mpf(0)])}
    low, worst = edge, error
    while low < TANH_END:
        ratio = mpf(3) / 2 if place(low) % 2 == 0 else mpf(4) / 3
        centre, coefficients, error = tanh_piece(low, min(low * ratio, TANH_END))
        rows[place(low)] = (centre, coefficients)
        low, worst = low * ratio, max(worst, error)
    assert sorted(rows) == list(range(16))
    return [[rows[i][0] for i in range(16)]] + [[rows[i][1][p] for i in range(16)] for p in range(TANH_DEGREE + 1)], worst


def remez_quotient(f, weight, high, degree):
    """Minimises max |weight·(x·P(x²) / Q(x²) / f(x) - 1)| on (0, high], P and Q of the degree given, Q(0) = 1: both lists, and the error."""
    count = 2 * degree + 2
    points = [high * ((1 - cos(pi * (2 * i + 1) / (2 * count))) / 2) ** mpf("1.5") for i in range(count)]
    grid = [high * (mpf(i + 1) / 1500) ** 2 for i in range(1500)]
    best, level = None, mpf(0)
    for _ in range(40):
        for _ in range(8):  # the equations are linear but for level times Q: the last level stands in there
            a, b = matrix(count, count), matrix(count, 1)
            for i, x in enumerate(points):
                sign = (-1) ** i / weight(x)
                for j in range(degree + 1):
                    a[i, j] = x ** (2 * j + 1)
                for j in range(1, degree + 1):
                    a[i, degree + j] = -f(x) * x ** (2 * j) * (1 + sign * level)
                a[i, count - 1], b[i] = -sign * f(x), f(x)
            solution = lu_solve(a, b)
            level = solution[count - 1]
        p, q = [solution[j] for j in range(degree + 1)], [mpf(1)] + [solution[degree + j] for j in range(1, degree + 1)]

        def error_at(x):
            top, bottom = (sum(c * x ** (2 * j) for j, c in enumerate(values)) for values in (p, q))
            return weight(x) * (x * top / bottom / f(x) - 1)

        extrema = []
        for x, e in ((x, error_at(x)) for x in grid):  # the largest error of each run of one sign
            if not extrema or (extrema[-1][1] > 0) != (e > 0):
                extrema.append((x, e))
            elif abs(e) > abs(extrema[-1][1]):
                extrema[-1] = (x, e)
        worst = max(abs(e) for _, e in extrema)
        if best is None or worst < best[2]:
            best = p, q, worst
        if len(extrema) < count or worst < abs(level) * mpf("1.01"):
            break
        while len(extrema) > count:  # drop the smaller end
            extrema.pop(0 if abs(extrema[0][1]) < abs(extrema[-1][1]) else -1)
        points = [x for x, _ in extrema]
    return best


def tanh_quotient():
    """tanh(z/2) = z/2·(1 + f) / (1 + e), f and e in powers of z² from the first on: rounded to float, and the relative error left in tanh(z).

    tanh(z) = 2t / (1 + t²) with t = tanh(z/2) takes over an error of t times (1 - t²) / (1 + t²): little where t is near 1.
    """
    p, q, error = remez_quotient(tanh, lambda x: (1 - tanh(x) ** 2) / (1 + tanh(x) ** 2), TANH_END / 2, 3)
    return [[to_single(c / 4 ** j) for j, c in enumerate(values) if j > 0] for values in (p, q)], error


def split(value, bits):
    """Two doubles or floats whose sum is the value, the first with at most `bits` significant bits."""
    mantissa, exponent = mp.frexp(value)
    high = mp.ldexp(mp.nint(mp.ldexp(mantissa, bits)), exponent - bits)
    return high, value - high


def series_safe(f, limit):
    """f away from 0, and its value just beside 0 in the place of 0 / 0."""
    edge = mpf(10) ** -12
    return lambda x: f(x) if abs(x) > edge else limit


EXP_HALF = LN2 / 2 * mpf("1.0005")
exp_tail = series_safe(lambda r: (exp(r) - 1 - r) / r ** 2, mpf(1) / 2)
log_tail = series_safe(lambda z: (log((1 + sqrt(z)) / (1 - sqrt(z))) / sqrt(z) - 2) / z, mpf(2) / 3)
log1p_tail = series_safe(lambda e: (log1p(e) - e) / e ** 2, -mpf(1) / 2)
sin_tail = series_safe(lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z, -mpf(1) / 6)
cos_tail = series_safe(lambda z: (cos(sqrt(z)) - 1 + z / 2) / z ** 2, mpf(1) / 24)
LOG_END = (sqrt(mpf(2)) - 1) ** 2 / (sqrt(mpf(2)) + 1) ** 2 * mpf("1.001")


log_normal_tail = series_safe(lambda a: log(2 * ncdf(-a)) / a, -sqrt(2 / pi))


def normal_weight(a):
    """Relative where a·Φ(-a) is over 1/8 and at 0, absolute elsewhere: what z·Φ(z) needs."""
    p = ncdf(-a)
    return a * max(2 * p, min(mpf(1), 8 * a * p))


# name, comment, function, weight, interval, counts for float and double (None: not used)
TABLE = [
    ("Exp", "(exp(r) - 1 - r) / r² on |r| ≤ ln(2) / 2", exp_tail, lambda r: r * r / exp(r), (-EXP_HALF, EXP_HALF), 5, 10),
    ("Log", "(log((1 + s) / (1 - s)) / s - 2) / z, z = s², on |s| ≤ (√2 - 1) / (√2 + 1)", log_tail, lambda z: z, (0, LOG_END), 3, 7),
    ("Log1P", "(log(1 + e) - e) / e² on 0 ≤ e ≤ 1", log1p_tail, lambda e: e * e / log1p(e) if e else mpf(0), (0, 1), 10, 21),
    ("LogNormalTail", "log(2 Φ(-a)) / a on 0 ≤ a ≤ 6 (float), 8.7 (double)", log_normal_tail, normal_weight, (0, (6, mpf("8.7"))), 10, 24),
    ("Sin", "(sin(r) / r - 1) / z, z = r², on |r| ≤ π / 4", sin_tail, lambda z: z, (0, (pi / 4) ** 2 * mpf("1.001")), None, 6),
    ("Cos", "(cos(r) - 1 + z / 2) / z², z = r², on |r| ≤ π / 4", cos_tail, lambda z: z * z, (0, (pi / 4) ** 2 * mpf("1.001")), None, 6),
]


def spelled(value, single):
    if value == int(value):
        return str(int(value))
    return f"{float(value):.9g}" if single else f"{float(value):.17g}"


def array(values, single):
    lines, line = [], "       "
    for value in values:
        piece = " " + spelled(value, single) + ","
        if len(line) + len(piece) > 146:
            lines.append(line)
            line = "       "
        line += piece
    return "\n".join(["    ["] + lines + [line, "    ]"])


# Neighbors of tanh_quotient's values, drawn at random and kept if all floats up to TANH_END came closer: 3.94 ulp in place of 4.01.
ROUNDED_HALVES = ([0.0316188335, 0.00016312956, 9.13312803e-08], [0.114952169, 0.00140914647, 2.83843315e-06])


def main():
    out = [
        "namespace GeneratedNetworks.Generator.Functions;",
        "",
        "/// <summary>Minimax coefficients, lowest power first, and split constants. Written by coefficients.py; never edited by hand.</summary>",
        "internal static class Coefficients",
        "{",
    ]
    for name, comment, f, weight, (low, high), singles, doubles in TABLE:
        for single, count in ((True, singles), (False, doubles)):
            if count is None:
                continue
            end = high if not isinstance(high, tuple) else high[0 if single else 1]
            values, error = fit(f, weight, low, end, count, to_single if single else to_double)
            print(f"{name} {'single' if single else 'double'}: {float(error):.2g}")
            out += [f"    /// <summary>{comment}; weighted error {float(error):.1g}.</summary>",
                    f"    public static readonly double[] {name}{'Single' if single else 'Double'} =",
                    array(values, single) + ";", ""]
    pieces, error = tanh_pieces()
    print(f"Tanh pieces: {float(error):.2g}")
    out += ["    /// <summary>",
            "    /// tanh(c + d) on the half octaves from 1/16 to 9.02 and below 1/16: the centers c, then the coefficients of each power of d, by the last four bits",
            f"    /// of a float's exponent and first fraction bit; relative error {float(error):.1g}.",
            "    /// </summary>",
            "    public static readonly double[][] TanhPieces =", "    ["]
    out += ["    " + line for values in pieces for line in (array(values, True) + ",").split("\n")] + ["    ];", ""]
    halves, error = tanh_quotient()
    print(f"Tanh quotient: {float(error):.2g}")
    for name, letter, values in zip(("Numerator", "Denominator"), "fe", halves):
        out += [f"    /// <summary>{letter} / z² in tanh(z / 2) = z/2 (1 + f) / (1 + e), in powers of z², |z| ≤ 9.02; relative error of tanh(z) {float(error):.1g}.</summary>",
                f"    public static readonly double[] TanhHalf{name} =", array(values, True) + ";", ""]
    for name, letter, values in zip(("Numerator", "Denominator"), "fe", ROUNDED_HALVES):
        out += [f"    /// <summary>{letter} / z² as above, where each product is rounded before it is added: the last bits moved until tanh(z) was off by no more than 3.94 ulp.</summary>",
                f"    public static readonly double[] TanhHalf{name}Rounded =", array(values, True) + ";", ""]
    out += ["    /// <summary>2^(j/16), j from 0 to 15.</summary>", "    public static readonly double[] SixteenthPowers =",
            array([to_single(mpf(2) ** (mpf(j) / 16)) for j in range(16)], True) + ";", ""]
    constants = [
        ("Log2E", "log2(e)", 1 / LN2),
        ("Sqrt2OverPi", "√(2/π)", sqrt(2 / pi)),
        ("InverseSqrt2Pi", "1/√(2π)", 1 / sqrt(2 * pi)),
        ("TwoOverPi", "2/π", 2 / pi),
        ("TanhFirst", "where the half octave starts whose place in TanhPieces serves all below it", TANH_FIRST),
        ("TanhEnd", "from here on the float nearest to tanh is 1", TANH_END),
    ]
    for name, value, bits, single in (("Ln2Single", LN2, 15, True), ("Ln2Double", LN2, 41, False), ("HalfPi", pi / 2, 48, False)):
        high, low = split(value, bits)
        constants += [(name + "High", f"the first {bits} bits of {'ln(2)' if value is LN2 else 'π/2'}", high),
                      (name + "Low", "and the rest", to_single(low) if single else low)]
    for name, comment, value in constants:
        out += [f"    /// <summary>{comment}.</summary>", f"    public const double {name} = {spelled(value, False)};", ""]
    out[-1] = "}"
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Coefficients.cs")
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
