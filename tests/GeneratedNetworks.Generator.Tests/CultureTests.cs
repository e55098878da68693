using System.Globalization;
using System.Linq;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>The same input gives the same bytes, wherever the build runs.</summary>
public sealed class CultureTests
{
    private const string Source = GeneratorHarness.Usings + """
        namespace Iıİi;
        [GeneratedNetwork(4)]
        [Dense(8, Activation.LeakyRelu, Name = "INPUT_i")]
        [Dropout(0.25)]
        [Dense(3, Activation.Sigmoid)]
        [Training(Loss.BinaryCrossEntropy, Optimizer.AdamW)]
        public partial class Init { }

        [GeneratedNetwork(1500, 1000)] [Dense(0)] [Dropout(-0.5)] public partial class Wrong { }
        [GeneratedNetwork(2)] public partial class Iot { }
        """;

    [Theory]
    [InlineData("fi-FI")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void TextDoesNotDependOnTheCulture(string culture)
    {
        string[] expected = In(CultureInfo.InvariantCulture);
        Assert.Equal(expected, In(CultureInfo.GetCultureInfo(culture)));
        Assert.Contains(expected, text => text.Contains("-0.5", System.StringComparison.Ordinal));
    }

    private static string[] In(CultureInfo culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo beforeUI = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
            GeneratorRun run = GeneratorHarness.Run(Source);
            Assert.Null(run.Crash);
            return
            [
                .. run.Files.Select(file => file.Name + "\n" + file.Text),
                .. run.GeneratorDiagnostics.Select(diagnostic => diagnostic.ToString()),
            ];
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            CultureInfo.CurrentUICulture = beforeUI;
        }
    }
}
