using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>
/// Windows of three runs of three and pools of two columns side by side, each in a form of its own: at every vector width what networks without vectors compute in double,
/// in outputs, gradients of parameters and gradients of inputs. Odd rows and columns leave single positions, and elements that no pool sees.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class PlaneTests
{
    private static readonly NetworkSpec[] Networks =
    [
        Of([7, 9, 1], "[Conv2D(8, 3, Activation.Relu)]", "[MaxPool2D(2)]"),
        Of([8, 8, 1], "[Conv2D(4, 3, Activation.Tanh)]", "[MaxPool2D(2)]"),
        Of([9, 7, 1], "[Conv2D(2, 3)]", "[MaxPool2D(2)]", "[Activation(Activation.Relu)]"),
        Of([6, 7, 1], "[Conv2D(16, 3, Activation.LeakyRelu, UseBias = false)]", "[MaxPool2D(new[] { 1, 2 })]"),
        Of([9, 10, 1], "[Conv2D(8, 3, Activation.Sigmoid, Stride = 2, Padding = Padding.Same)]"),
        Of([9, 8, 1], "[Conv2D(6, 3, Activation.Relu, Padding = Padding.Same)]", "[MaxPool2D(2)]", "[Conv2D(3, 3)]"),
        Of([7, 5, 3], "[Conv2D(5, new[] { 3, 1 }, Activation.Relu)]"),
        Of([6, 5, 1], "[Conv2D(3, 3, Activation.Tanh, Padding = Padding.Same)]", "[Conv2D(1, 3, Padding = Padding.Same)]"),
        Of([8, 7, 2], "[Conv2D(5, 2, Activation.Relu)]", "[MaxPool2D(2)]"),
        Of([11, 19], "[Conv1D(19, 2, Activation.Relu)]", "[MaxPool1D(2)]"),
    ];

    /// <summary>A width in bits, 0 for the text without vectors.</summary>
    public static MatrixTheoryData<int, Precision> Texts => new([0, 128, 256, 512], [Precision.Single, Precision.Double]);

    [Theory]
    [MemberData(nameof(Texts))]
    public void EveryWidthComputesWhatNoVectorsDo(int width, Precision precision)
    {
        TestNetwork[] networks = VectorWidthTests.Compile(width, precision, Networks);
        TestNetwork[] references = NetworkCompiler.Compile([.. Networks.Select(spec => spec.In(EmitProfile.Basic, Precision.Double))]);
        for (int i = 0; i < networks.Length; i++)
        {
            Samples samples = new(i + 1);
            double[] parameters = networks[i].Round(samples.Uniform(networks[i].ParameterCount, -0.5, 0.5));
            networks[i].SetParameters(parameters);
            references[i].SetParameters(parameters);
            TestTrainer trainer = networks[i].CreateTrainer(), reference = references[i].CreateTrainer();
            double tolerance = precision == Precision.Double ? 1e-12 : 2e-5;
            foreach (int batch in new[] { 1, 2, 13 })
            {
                string what = $"{Networks[i]} at {width} bits, {batch} samples: ";
                double[] inputs = networks[i].Round(samples.Uniform(batch * networks[i].Spec.InputSize, -1, 1)), targets = networks[i].Round(samples.Uniform(batch * 2, -1, 1));
                Approx.Equal(references[i].Forward(inputs), networks[i].Forward(inputs), tolerance, what + "outputs");
                reference.Backward(inputs, targets, out double[] expected);
                trainer.Backward(inputs, targets, out double[] actual);
                Approx.Equal(reference.GetGradients(), trainer.GetGradients(), tolerance, what + "gradients");
                Approx.Equal(expected, actual, tolerance, what + "gradients of inputs");
            }

            if (precision == Precision.Double)
            {
                GradientCheck check = trainer.CheckGradients(samples.Uniform(3 * networks[i].Spec.InputSize, -1, 1), samples.Uniform(3 * 2, -1, 1));
                Assert.True(check.MaxError <= 1e-6 && check.CheckedParameters > 0, $"{Networks[i]} at {width} bits: {check}");
            }
        }
    }

    private static NetworkSpec Of(int[] shape, params string[] layers) =>
        new NetworkSpec(shape, [.. layers.Select(layer => new SourceSpec(layer)), new DenseSpec(2)]).Train(Loss.MeanSquaredError, inputGradients: true);
}
