using System;

namespace Slice.ReproducibleSimd
{
    /// <summary>Handwritten digits learned in three epochs, and how long one of them takes.</summary>
    public static class Training
    {
        public static void Run(Action<string> write)
        {
            float[] pixels, classes;
            Handwriting.Read(out pixels, out classes);
            Handwritten n = new Handwritten(1);
            Handwritten.Trainer trainer = new Handwritten.Trainer(n, 2) { LearningRate = 0.005f };
            new Subject<float>(Kind<float>.Single, Handwritten.InputSize, Handwritten.OutputSize, Handwritten.ParameterCount)
            {
                Forward = (x, y) => n.Forward(x, y),
                GetParameters = p => n.GetParameters(p),
                Step = (x, t) => trainer.Step(x, t),
            }.Train(write, Profile.Name, "digits-training", pixels, classes, 3);
        }

        public static void Time(Action<string> write)
        {
            Digits n = new Digits(1);
            Digits.Trainer trainer = new Digits.Trainer(n) { LearningRate = 0.001f };
            float[] x = new Numbers(1).Inputs(Kind<float>.Single, Digits.InputSize), y = new float[Digits.OutputSize];
            float[] t = new Numbers(1).Targets(Kind<float>.Single, Target.OneOf, 1, Digits.OutputSize);
            double forward = Pace.Measure(() => n.Forward(x, y)), step = Pace.Measure(() => trainer.Step(x, t));
            write("time " + Profile.Name + " " + (long)(forward * 10) + " " + (long)(step * 10));
        }
    }
}
