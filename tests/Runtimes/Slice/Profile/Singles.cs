using System;

namespace Slice.ReproducibleSimd
{
    /// <summary>What is run of the networks in single precision.</summary>
    public static class Singles
    {
        public static void Run(Action<string> write)
        {
            RunXor(write);
            RunQuad(write);
            RunDigits(write);
            RunMnist(write);
            RunPiecewise(write);
            RunExponential(write);
            RunSmooth(write);
            RunLogProbabilities(write);
            RunRanged(write);
            RunDropped(write);
            RunCurve(write);
            RunOdd(write);
            RunInitialized(write);
            RunSquare(write);
            RunLooped(write);
            RunUnrolled(write);
            RunFlat(write);
        }

        private static void RunXor(Action<string> write)
        {
            Xor n = new Xor(1);
            Xor.Trainer trainer = new Xor.Trainer(n, 2) { LearningRate = 0.5f };
            new Subject<float>(Kind<float>.Single, Xor.InputSize, Xor.OutputSize, Xor.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "2-4-1", Target.Bits);
        }

        private static void RunQuad(Action<string> write)
        {
            Quad n = new Quad(1);
            Quad.Trainer trainer = new Quad.Trainer(n, 2) { LearningRate = 0.05f };
            new Subject<float>(Kind<float>.Single, Quad.InputSize, Quad.OutputSize, Quad.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "8-32-32-4", Target.Real);
        }

        private static void RunDigits(Action<string> write)
        {
            Digits n = new Digits(1);
            Digits.Trainer trainer = new Digits.Trainer(n, 2) { LearningRate = 0.05f };
            new Subject<float>(Kind<float>.Single, Digits.InputSize, Digits.OutputSize, Digits.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "64-32-10", Target.OneOf);
        }

        private static void RunMnist(Action<string> write)
        {
            Mnist n = new Mnist(1);
            Mnist.Trainer trainer = new Mnist.Trainer(n, 2) { LearningRate = 0.01f };
            new Subject<float>(Kind<float>.Single, Mnist.InputSize, Mnist.OutputSize, Mnist.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "784-128-10", Target.OneOf);
        }

        private static void RunPiecewise(Action<string> write)
        {
            Piecewise n = new Piecewise(1);
            Piecewise.Trainer trainer = new Piecewise.Trainer(n, 2) { LearningRate = 0.05f, L1 = 0.001f, L2 = 0.01f };
            new Subject<float>(Kind<float>.Single, Piecewise.InputSize, Piecewise.OutputSize, Piecewise.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t, g),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "piecewise", Target.Real);
        }

        private static void RunExponential(Action<string> write)
        {
            Exponential n = new Exponential(1);
            Exponential.Trainer trainer = new Exponential.Trainer(n, 2) { LearningRate = 0.005f };
            new Subject<float>(Kind<float>.Single, Exponential.InputSize, Exponential.OutputSize, Exponential.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "exponential", Target.Real);
        }

        private static void RunSmooth(Action<string> write)
        {
            Smooth n = new Smooth(1);
            Smooth.Trainer trainer = new Smooth.Trainer(n, 2) { LearningRate = 0.02f, ClipNorm = 0.25f };
            new Subject<float>(Kind<float>.Single, Smooth.InputSize, Smooth.OutputSize, Smooth.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t, g),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "smooth", Target.Real);
        }

        private static void RunLogProbabilities(Action<string> write)
        {
            LogProbabilities n = new LogProbabilities(1);
            LogProbabilities.Trainer trainer = new LogProbabilities.Trainer(n, 2) { LearningRate = 0.01f };
            new Subject<float>(Kind<float>.Single, LogProbabilities.InputSize, LogProbabilities.OutputSize, LogProbabilities.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "20-33-6", Target.OneOf);
        }

        private static void RunRanged(Action<string> write)
        {
            Ranged n = new Ranged(1);
            float[] start = new float[Ranged.ParameterCount];
            n.GetParameters(start);
            for (int i = 0; i < 2 * Ranged.InputSize; i++)
                start[i] += i % 5 * 0.125f;
            n.SetParameters(start);
            Ranged.Trainer trainer = new Ranged.Trainer(n, 2) { LearningRate = 0.01f, L2 = 0.1f };
            new Subject<float>(Kind<float>.Single, Ranged.InputSize, Ranged.OutputSize, Ranged.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t, g),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "ranged", Target.Real);
        }

        private static void RunDropped(Action<string> write)
        {
            Dropped n = new Dropped(1);
            Dropped.Trainer trainer = new Dropped.Trainer(n, 2) { LearningRate = 0.01f, ClipNorm = 1 };
            new Subject<float>(Kind<float>.Single, Dropped.InputSize, Dropped.OutputSize, Dropped.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "dropout", Target.OneOf);
        }

        private static void RunCurve(Action<string> write)
        {
            Curve n = new Curve(1);
            Curve.Trainer trainer = new Curve.Trainer(n, 2) { LearningRate = 0.001f };
            new Subject<float>(Kind<float>.Single, Curve.InputSize, Curve.OutputSize, Curve.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "1-64-1", Target.Real);
        }

        private static void RunOdd(Action<string> write)
        {
            Odd n = new Odd(1);
            Odd.Trainer trainer = new Odd.Trainer(n, 2) { LearningRate = 0.001f, ClipNorm = 0.1f };
            new Subject<float>(Kind<float>.Single, Odd.InputSize, Odd.OutputSize, Odd.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "31-63-17-1", Target.Real);
        }

        private static void RunInitialized(Action<string> write)
        {
            Initialized n = new Initialized(1);
            Initialized.Trainer trainer = new Initialized.Trainer(n, 2) { LearningRate = 0.1f };
            new Subject<float>(Kind<float>.Single, Initialized.InputSize, Initialized.OutputSize, Initialized.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t, g),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "initializers", Target.Bits);
        }

        private static void RunSquare(Action<string> write)
        {
            Square n = new Square(1);
            Square.Trainer trainer = new Square.Trainer(n, 2) { LearningRate = 0.01f, WeightDecay = 0.1f };
            new Subject<float>(Kind<float>.Single, Square.InputSize, Square.OutputSize, Square.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "100-100-100", Target.Bits);
        }

        private static void RunLooped(Action<string> write)
        {
            Looped n = new Looped(1);
            Looped.Trainer trainer = new Looped.Trainer(n, 2) { LearningRate = 0.1f };
            new Subject<float>(Kind<float>.Single, Looped.InputSize, Looped.OutputSize, Looped.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "7-19-3", Target.Real);
        }

        private static void RunUnrolled(Action<string> write)
        {
            Unrolled n = new Unrolled(1);
            Unrolled.Trainer trainer = new Unrolled.Trainer(n, 2) { LearningRate = 0.01f };
            new Subject<float>(Kind<float>.Single, Unrolled.InputSize, Unrolled.OutputSize, Unrolled.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "6-10-10-2", Target.Real);
        }

        private static void RunFlat(Action<string> write)
        {
            Flat n = new Flat(1);
            Flat.Trainer trainer = new Flat.Trainer(n, 2) { LearningRate = 0.01f };
            new Subject<float>(Kind<float>.Single, Flat.InputSize, Flat.OutputSize, Flat.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t, g),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "300-5", Target.OneOf);
        }
    }
}
