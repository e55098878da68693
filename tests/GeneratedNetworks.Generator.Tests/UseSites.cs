namespace GeneratedNetworks.Generator.Tests;

/// <summary>Code elsewhere in a user's project that counts on the whole generated surface of a class called <c>Net</c>.</summary>
internal static class UseSites
{
    private const string Instance = """

        public static class Elsewhere
        {
            public static void Use()
            {
                var net = new Net(5UL);
                net = new Net();
                System.Span<float> values = new float[Net.InputSize + Net.OutputSize + Net.ParameterCount];
                net.GetParameters(values);
                net.SetParameters(values);
                net.Forward(values, values);
                foreach (var parameter in Net.ParameterLayout)
                    System.GC.KeepAlive(parameter.Name);
                GeneratedNetworks.INetwork<float> network = net;
                System.GC.KeepAlive(network);
            }
        }
        """;

    private const string Training = """

        public sealed class Holder
        {
            public Net.Trainer Trainer = new Net.Trainer(new Net(), 3UL);
        }

        public static class Trains
        {
            public static float Use(Net.Trainer trainer)
            {
                System.Span<float> values = new float[1];
                System.Span<byte> state = new byte[trainer.StateSize];
                trainer.LearningRate = trainer.L1 + trainer.L2 + trainer.ClipNorm;
                trainer.BackwardFrom(values, values);
                trainer.GetGradients(values);
                trainer.SetGradients(values);
                trainer.Update();
                trainer.GetState(state);
                trainer.SetState(state);
                GeneratedNetworks.ITrainer<float> generic = trainer;
                GeneratedNetworks.IParallelTrainer<float> parallel = trainer;
                GeneratedNetworks.GradientCheck check = trainer.CheckGradients(values, values);
                System.GC.KeepAlive(check);
                System.GC.KeepAlive(generic);
                System.GC.KeepAlive(parallel);
                return trainer.Loss(values, values) + trainer.Backward(values, values) + trainer.Step(values, values);
            }
        }
        """;

    private const string Static = """

        public static class Elsewhere
        {
            public static void Use()
            {
                System.Span<float> values = new float[Net.InputSize + Net.OutputSize + Net.ParameterCount];
                Net.GetParameters(values);
                Net.Forward(values, values);
                foreach (var parameter in Net.ParameterLayout)
                    System.GC.KeepAlive(parameter.Name);
            }
        }
        """;

    public static string Of(bool training = false, bool isStatic = false) => isStatic ? Static : training ? Instance + Training : Instance;
}
