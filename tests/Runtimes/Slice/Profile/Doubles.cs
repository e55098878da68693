using System;

namespace Slice.ReproducibleSimd
{
    /// <summary>What is run of the networks in double precision.</summary>
    public static class Doubles
    {
        public static void Run(Action<string> write)
        {
            RunXorDouble(write);
            RunQuadDouble(write);
            RunDigitsDouble(write);
            RunPiecewiseDouble(write);
            RunExponentialDouble(write);
            RunSmoothDouble(write);
            RunRangedDouble(write);
            RunDroppedDouble(write);
        }

        private static void RunXorDouble(Action<string> write)
        {
            XorDouble n = new XorDouble(1);
            XorDouble.Trainer trainer = new XorDouble.Trainer(n, 2) { LearningRate = 0.5 };
            new Subject<double>(Kind<double>.Double, XorDouble.InputSize, XorDouble.OutputSize, XorDouble.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "double-2-4-1", Target.Bits);
        }

        private static void RunQuadDouble(Action<string> write)
        {
            QuadDouble n = new QuadDouble(1);
            QuadDouble.Trainer trainer = new QuadDouble.Trainer(n, 2) { LearningRate = 0.05 };
            new Subject<double>(Kind<double>.Double, QuadDouble.InputSize, QuadDouble.OutputSize, QuadDouble.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "double-8-32-32-4", Target.Real);
        }

        private static void RunDigitsDouble(Action<string> write)
        {
            DigitsDouble n = new DigitsDouble(1);
            DigitsDouble.Trainer trainer = new DigitsDouble.Trainer(n, 2) { LearningRate = 0.05 };
            new Subject<double>(Kind<double>.Double, DigitsDouble.InputSize, DigitsDouble.OutputSize, DigitsDouble.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "double-64-32-10", Target.OneOf);
        }

        private static void RunPiecewiseDouble(Action<string> write)
        {
            PiecewiseDouble n = new PiecewiseDouble(1);
            PiecewiseDouble.Trainer trainer = new PiecewiseDouble.Trainer(n, 2) { LearningRate = 0.05, L1 = 0.001, L2 = 0.01 };
            new Subject<double>(Kind<double>.Double, PiecewiseDouble.InputSize, PiecewiseDouble.OutputSize, PiecewiseDouble.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t, g),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "double-piecewise", Target.Real);
        }

        private static void RunExponentialDouble(Action<string> write)
        {
            ExponentialDouble n = new ExponentialDouble(1);
            ExponentialDouble.Trainer trainer = new ExponentialDouble.Trainer(n, 2) { LearningRate = 0.005 };
            new Subject<double>(Kind<double>.Double, ExponentialDouble.InputSize, ExponentialDouble.OutputSize, ExponentialDouble.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "double-exponential", Target.Real);
        }

        private static void RunSmoothDouble(Action<string> write)
        {
            SmoothDouble n = new SmoothDouble(1);
            SmoothDouble.Trainer trainer = new SmoothDouble.Trainer(n, 2) { LearningRate = 0.02, ClipNorm = 0.25 };
            new Subject<double>(Kind<double>.Double, SmoothDouble.InputSize, SmoothDouble.OutputSize, SmoothDouble.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t, g),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "double-smooth", Target.Real);
        }

        private static void RunRangedDouble(Action<string> write)
        {
            RangedDouble n = new RangedDouble(1);
            double[] start = new double[RangedDouble.ParameterCount];
            n.GetParameters(start);
            for (int i = 0; i < 2 * RangedDouble.InputSize; i++)
                start[i] += i % 5 * 0.125;
            n.SetParameters(start);
            RangedDouble.Trainer trainer = new RangedDouble.Trainer(n, 2) { LearningRate = 0.01 };
            new Subject<double>(Kind<double>.Double, RangedDouble.InputSize, RangedDouble.OutputSize, RangedDouble.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "double-ranged", Target.OneOf);
        }

        private static void RunDroppedDouble(Action<string> write)
        {
            DroppedDouble n = new DroppedDouble(1);
            DroppedDouble.Trainer trainer = new DroppedDouble.Trainer(n, 2) { LearningRate = 0.01, ClipNorm = 1 };
            new Subject<double>(Kind<double>.Double, DroppedDouble.InputSize, DroppedDouble.OutputSize, DroppedDouble.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Loss = (x, t) => trainer.Loss(x, t),
                Backward = (x, t, g) => trainer.Backward(x, t),
                GetGradients = g => trainer.GetGradients(g),
                Step = (x, t) => trainer.Step(x, t),
            }.Run(write, Profile.Name, "double-dropout", Target.OneOf);
        }
    }
}
