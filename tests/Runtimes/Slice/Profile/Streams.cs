using System;

namespace Slice.ReproducibleSimd
{
    /// <summary>What is run of sequences.</summary>
    public static class Streams
    {
        public static void Run(Action<string> write)
        {
            RunGated(write);
            RunRecurrent(write);
            RunEndless(write);
        }

        private static void RunGated(Action<string> write)
        {
            Gated n = new Gated(1);
            Gated.Trainer trainer = new Gated.Trainer(n, 2) { LearningRate = 0.01f };
            new Subject<float>(Kind<float>.Single, Gated.InputSize, Gated.OutputSize, Gated.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t, g),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "gated", Target.OneOf);
        }

        private static void RunRecurrent(Action<string> write)
        {
            Recurrent n = new Recurrent(1);
            Recurrent.Trainer trainer = new Recurrent.Trainer(n, 2) { LearningRate = 0.005, L2 = 0.01, ClipNorm = 0.5 };
            new Subject<double>(Kind<double>.Double, Recurrent.InputSize, Recurrent.OutputSize, Recurrent.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t, g),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "double-recurrent", Target.Real);
        }

        /// <summary>Windows of three streams that go on from each other, rows of unequal length, and what the network then makes of a stream, frame by frame.</summary>
        private static void RunEndless(Action<string> write)
        {
            Kind<float> kind = Kind<float>.Single;
            Endless n = new Endless(1);
            Endless.Trainer trainer = new Endless.Trainer(n, 2) { LearningRate = 0.01f };
            Record record = new Record(Profile.Name, "stream");
            Numbers numbers = new Numbers(5);
            float[] parameters = new float[Endless.ParameterCount], memories = new float[3 * Endless.MemorySize];
            float[] losses = new float[5];
            for (int i = 0; i < losses.Length; i++)
                losses[i] = trainer.StepStreams(numbers.Inputs(kind, 3 * Endless.InputSize), numbers.Targets(kind, Target.Real, 3, Endless.OutputSize), memories);
            record.Add(kind, "windows", losses);
            record.Add(kind, "memories", memories);
            for (int i = 0; i < losses.Length; i++)
                losses[i] = trainer.StepLengths(numbers.Inputs(kind, 3 * Endless.InputSize), numbers.Targets(kind, Target.Real, 3, Endless.OutputSize), new int[] { 16, 1, 3 + i });
            record.Add(kind, "lengths", losses);
            n.GetParameters(parameters);
            record.Add(kind, "parameters", parameters);
            float[] memory = new float[Endless.MemorySize], outputs = new float[100], frames = numbers.Inputs(kind, 100 * Endless.FrameSize);
            n.ForwardStream(frames, outputs, memory);
            record.Add(kind, "frames", outputs);
            record.Add(kind, "memory", memory);
            write(record.ToString());
        }
    }
}
