namespace GeneratedNetworks.Runtime.Tests;

/// <summary>What the README says of scaled one-hot targets, against central differences of its definitions, computed from Forward alone.</summary>
public sealed class ScaledTargetTests
{
    private const int Samples = 5;
    private const int Actions = 3;

    private static readonly double[] Inputs = [.. Enumerable.Range(0, Samples * 4).Select(i => Math.Sin(1 + (3.7 * i)))];
    private static readonly int[] Chosen = [0, 2, 1, 1, 0];

    /// <summary>∇ of the mean of advantage · log π(action), the policy gradient; advantages of both signs.</summary>
    [Fact]
    public void Advantage_times_one_hot_is_the_policy_gradient()
    {
        double[] advantages = [1.5, -0.8, 0, 2.25, -3];
        Compare(Scaled(sample => advantages[sample]), network =>
        {
            double sum = 0;
            for (int i = 0; i < Samples; i++)
                sum += advantages[i] * Math.Log(network.Predict(Inputs.AsSpan(4 * i, 4))[Chosen[i]]);
            return -sum / Samples;
        });
    }

    /// <summary>The mean over the samples of weight · −log p, as Keras' class_weight has it; PyTorch divides by the sum of the weights instead.</summary>
    [Fact]
    public void One_hot_times_a_factor_is_a_class_weight()
    {
        double[] weights = [1, 0.25, 7];
        double[] targets = Scaled(sample => weights[Chosen[sample]]);
        double[] mapped = Dataset<double>.FromLabels(4, Actions, Inputs, Chosen).MapTargets((target, column) => target * weights[column]).Targets.ToArray();
        Assert.Equal(targets, mapped);
        Compare(targets, network =>
        {
            double sum = 0;
            for (int i = 0; i < Samples; i++)
                sum -= weights[Chosen[i]] * Math.Log(network.Predict(Inputs.AsSpan(4 * i, 4))[Chosen[i]]);
            return sum / Samples;
        });
    }

    private static double[] Scaled(Func<int, double> factor)
    {
        double[] targets = new double[Samples * Actions];
        for (int i = 0; i < Samples; i++)
            targets[(Actions * i) + Chosen[i]] = factor(i);
        return targets;
    }

    /// <summary>The trainer's loss and gradients are those of a definition.</summary>
    private static void Compare(double[] targets, Func<MeanNet, double> definition)
    {
        const double Step = 1e-5;
        MeanNet network = new(seed: 3);
        MeanNet.Trainer trainer = new(network);
        Assert.Equal(definition(network), trainer.Backward(Inputs, targets), 1e-12);
        double[] gradients = new double[MeanNet.ParameterCount];
        trainer.GetGradients(gradients);
        Assert.Contains(gradients, gradient => Math.Abs(gradient) > 0.01);

        double[] parameters = new double[MeanNet.ParameterCount];
        network.GetParameters(parameters);
        for (int i = 0; i < parameters.Length; i++)
        {
            double kept = parameters[i];
            double expected = (At(kept + Step) - At(kept - Step)) / (2 * Step);
            Assert.Equal(expected, gradients[i], 1e-8);
            At(kept);

            double At(double value)
            {
                parameters[i] = value;
                network.SetParameters(parameters);
                return definition(network);
            }
        }
    }
}
