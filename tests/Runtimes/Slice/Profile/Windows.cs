using System;

namespace Slice.ReproducibleSimd
{
    /// <summary>What is run of images, signals and graphs.</summary>
    public static class Windows
    {
        public static void Run(Action<string> write)
        {
            RunResidual(write);
            RunMobile(write);
            RunSteps(write);
            RunDecoder(write);
            RunTwoHeads(write);
            RunResidualDouble(write);
            RunStepsDouble(write);
            Train(write);
        }

        private static void RunResidual(Action<string> write)
        {
            Residual n = new Residual(1);
            Residual.Trainer trainer = new Residual.Trainer(n, 2) { LearningRate = 0.01f };
            new Subject<float>(Kind<float>.Single, Residual.InputSize, Residual.OutputSize, Residual.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "residual", Target.OneOf);
        }

        private static void RunMobile(Action<string> write)
        {
            Mobile n = new Mobile(1);
            Mobile.Trainer trainer = new Mobile.Trainer(n, 2) { LearningRate = 0.005f, L2 = 0.01f, ClipNorm = 0.5f };
            new Subject<float>(Kind<float>.Single, Mobile.InputSize, Mobile.OutputSize, Mobile.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t, g),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "depthwise", Target.Real);
        }

        private static void RunSteps(Action<string> write)
        {
            Steps n = new Steps(1);
            Steps.Trainer trainer = new Steps.Trainer(n, 2) { LearningRate = 0.01f };
            new Subject<float>(Kind<float>.Single, Steps.InputSize, Steps.OutputSize, Steps.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t, g),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "signal", Target.Real);
        }

        private static void RunDecoder(Action<string> write)
        {
            Decoder n = new Decoder(1);
            Decoder.Trainer trainer = new Decoder.Trainer(n, 2) { LearningRate = 0.02f };
            new Subject<float>(Kind<float>.Single, Decoder.InputSize, Decoder.OutputSize, Decoder.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t, g),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "transposed", Target.Bits);
        }

        private static void RunTwoHeads(Action<string> write)
        {
            TwoHeads n = new TwoHeads(1);
            TwoHeads.Trainer trainer = new TwoHeads.Trainer(n, 2) { LearningRate = 0.01f };
            new Subject<float>(Kind<float>.Single, TwoHeads.InputSize, TwoHeads.OutputSize, TwoHeads.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "two-heads", Target.Real);
        }

        private static void RunResidualDouble(Action<string> write)
        {
            ResidualDouble n = new ResidualDouble(1);
            ResidualDouble.Trainer trainer = new ResidualDouble.Trainer(n, 2) { LearningRate = 0.01 };
            new Subject<double>(Kind<double>.Double, ResidualDouble.InputSize, ResidualDouble.OutputSize, ResidualDouble.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t, g),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "double-residual", Target.OneOf);
        }

        private static void RunStepsDouble(Action<string> write)
        {
            StepsDouble n = new StepsDouble(1);
            StepsDouble.Trainer trainer = new StepsDouble.Trainer(n, 2) { LearningRate = 0.001 };
            new Subject<double>(Kind<double>.Double, StepsDouble.InputSize, StepsDouble.OutputSize, StepsDouble.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t, g),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "double-signal", Target.Real);
        }

        /// <summary>An epoch of handwritten digits.</summary>
        private static void Train(Action<string> write)
        {
            float[] pixels, classes;
            Handwriting.Read(out pixels, out classes);
            Pictures n = new Pictures(1);
            Pictures.Trainer trainer = new Pictures.Trainer(n, 2) { LearningRate = 0.01f };
            new Subject<float>(Kind<float>.Single, Pictures.InputSize, Pictures.OutputSize, Pictures.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Step = (x, t) => trainer.Step(x, t),
            }.Train(write, Profile.Name, "image-training", pixels, classes, 1);
        }
    }
}
