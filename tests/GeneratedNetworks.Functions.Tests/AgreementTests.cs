using System;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using Xunit;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>One lane's result does not depend on the vector's width beyond the rounding of a fused product.</summary>
public class AgreementTests
{
    public static TheoryData<string> Activations => [.. ActivationFunction.All.Where(a => a.IsElementWise).Select(a => a.Name)];

    [Theory, MemberData(nameof(Activations))]
    public void Every_width_agrees_with_the_scalar(string function)
    {
        double[] z = [.. Enumerable.Range(0, 8192).Select(i => (i - 4096) * 0.0037)];
        float[] singles = Array.ConvertAll(z, x => (float)x);
        double[] scalar = Emitted.Of(TargetCase.Of("doubleScalar")).Apply(function, z);
        float[] scalarSingle = Emitted.Of(TargetCase.Of("floatScalar")).Apply(function, singles);
        foreach (TargetCase target in TargetCase.All)
        {
            double[] errors = target.IsSingle
                ? [.. Emitted.Of(target).Apply(function, singles).Zip(scalarSingle, (got, exact) => Ulp.Error(function, got, exact))]
                : [.. Emitted.Of(target).Apply(function, z).Zip(scalar, (got, exact) => Ulp.Error(function, got, exact, 0))];
            int worst = Array.IndexOf(errors, errors.Max());
            Assert.True(errors[worst] <= 4, $"{target} {function}({z[worst]:R}) is {errors[worst]:F1} units from the scalar");
        }
    }
}
