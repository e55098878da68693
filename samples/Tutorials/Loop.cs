using GeneratedNetworks;

namespace Tutorials;

internal static class Loop
{
    /// <summary>Trains on all rows at once, as the tutorials do.</summary>
    public static void Train(ITrainer<double> trainer, double[] inputs, double[] targets, int steps)
    {
        for (int i = 0; i < steps; i++)
            trainer.Step(inputs, targets);
    }

    public static double[] Outputs(INetwork<double> network, double[] inputs)
    {
        double[] outputs = new double[inputs.Length / network.InputSize * network.OutputSize];
        network.Forward(inputs, outputs);
        return outputs;
    }

    public static double[] Parameters(INetwork<double> network)
    {
        double[] parameters = new double[network.ParameterCount];
        network.GetParameters(parameters);
        return parameters;
    }
}
