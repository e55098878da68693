using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace GeneratedNetworks.Runtime.Tests;

public class SurfaceTests
{
    [Fact]
    public void Attributes_are_sealed_and_leave_no_trace_in_user_assemblies()
    {
        Type[] attributes = [.. typeof(LayerAttribute).Assembly.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(Attribute)) && !t.IsAbstract)];
        Assert.NotEmpty(attributes);
        Assert.All(attributes, type =>
        {
            Assert.True(type.IsSealed);
            Assert.Equal("GENERATEDNETWORKS_KEEP_ATTRIBUTES", type.GetCustomAttribute<ConditionalAttribute>()?.ConditionString);
            AttributeUsageAttribute usage = type.GetCustomAttribute<AttributeUsageAttribute>()!;
            Assert.Equal(AttributeTargets.Class, usage.ValidOn);
            Assert.False(usage.Inherited);
            Assert.Equal(type.IsSubclassOf(typeof(LayerAttribute)) || type == typeof(InputAttribute) || type == typeof(OutputAttribute), usage.AllowMultiple);
        });
    }

    [Fact]
    public void A_parameter_knows_its_length()
    {
        NetworkParameter parameter = new("dense1.weight", 7, 64, 32);
        Assert.Equal((2048, 7), (parameter.Length, parameter.Offset));
        Assert.Equal("dense1.weight [64, 32] at 7", parameter.ToString());
        Assert.Equal(1, new NetworkParameter("s", 0).Length);
        Assert.True(default(NetworkParameter).Shape.IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetworkParameter("a", -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetworkParameter("a", 0, 0));
        Assert.Throws<ArgumentNullException>(() => new NetworkParameter(null!, 0, 1));
        Assert.Throws<OverflowException>(() => new NetworkParameter("a", 0, 65536, 65536));
    }

    [Fact]
    public void Reports_read_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal(
                "max error 1.5e-09 at parameter 3 (analytic 0.25, numeric 0.250000002); 12 checked, 1 at kinks",
                new GradientCheck(1.5e-9, 3, 0.25, 0.2500000015, 12, 1).ToString());
            EpochReport report = new() { Epoch = 2, Epochs = 30, TrainingLoss = 0.5, ValidationLoss = 0.25, LearningRate = 0.1 };
            Assert.Equal("epoch  2/30: loss 0.5, validation 0.25, rate 0.1", report.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
