using System;
using GeneratedNetworks.Tests.Reference;

namespace GeneratedNetworks.Tests.Compiled;

/// <summary>Something that trains in double by plain descent: generated code of a profile or the naive reference, by name.</summary>
internal abstract class Machine
{
    public abstract double[] Parameters { get; }

    public abstract void Start(double[] parameters, double learningRate, double l2 = 0);

    public abstract double[] Forward(double[] inputs);

    public abstract double Loss(double[] inputs, double[] targets);

    public abstract void Step(double[] inputs, double[] targets);

    /// <param name="spec">The network.</param>
    /// <param name="engine">"Naive" or a profile.</param>
    public static Machine Create(NetworkSpec spec, string engine)
    {
        if (engine == "Naive")
            return new Naive(spec);
        NetworkSpec profiled = spec with { Profile = Enum.Parse<EmitProfile>(engine) };
        return new Generated(NetworkCompiler.Compile(profiled));
    }

    private sealed class Generated(TestNetwork network) : Machine
    {
        private readonly TestTrainer _trainer = network.CreateTrainer();

        public override double[] Parameters => network.GetParameters();

        public override void Start(double[] parameters, double learningRate, double l2 = 0)
        {
            network.SetParameters(parameters);
            _trainer["LearningRate"] = learningRate;
            _trainer["L2"] = l2;
        }

        public override double[] Forward(double[] inputs) => network.Forward(inputs);

        public override double Loss(double[] inputs, double[] targets) => _trainer.Loss(inputs, targets);

        public override void Step(double[] inputs, double[] targets) => _trainer.Step(inputs, targets);
    }

    private sealed class Naive(NetworkSpec spec) : Machine
    {
        private readonly NaiveTrainer _trainer = new(new NaiveNetwork(spec));

        public override double[] Parameters => _trainer.Network.Parameters;

        public override void Start(double[] parameters, double learningRate, double l2 = 0)
        {
            parameters.CopyTo(_trainer.Network.Parameters, 0);
            _trainer.LearningRate = learningRate;
            _trainer.L2 = l2;
        }

        public override double[] Forward(double[] inputs) => _trainer.Network.Forward(inputs);

        public override double Loss(double[] inputs, double[] targets) => _trainer.Network.Loss(inputs, targets);

        public override void Step(double[] inputs, double[] targets) => _trainer.Step(inputs, targets);
    }
}
