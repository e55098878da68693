using System;

namespace Slice
{
    /// <summary>A network and its trainer as delegates: profiles with spans and those with arrays have the same calls, but no type in common.</summary>
    public sealed class Subject<T>
    {
        private const int Samples = 45;

        private readonly Kind<T> _kind;
        private readonly int _inputs;
        private readonly int _outputs;
        private readonly int _parameters;

        public Subject(Kind<T> kind, int inputs, int outputs, int parameters)
        {
            _kind = kind;
            _inputs = inputs;
            _outputs = outputs;
            _parameters = parameters;
        }

        public Action<T[], T[]> Forward { get; set; }

        public Action<T[]> GetParameters { get; set; }

        public Func<T[], T[], T> Loss { get; set; }

        /// <summary>Of inputs, targets, and what takes the gradients of the inputs where a network has them.</summary>
        public Func<T[], T[], T[], T> Backward { get; set; }

        public Action<T[]> GetGradients { get; set; }

        public Func<T[], T[], T> Step { get; set; }

        /// <summary>Everything, one by one and in batches of 7 and 45, before and after training.</summary>
        public void Run(Action<string> write, string profile, string network, Target target)
        {
            Record record = new Record(profile, network);
            Numbers numbers = new Numbers((uint)(_inputs * 31 + _outputs));
            T[] x = numbers.Inputs(_kind, Samples * _inputs);
            T[] t = numbers.Targets(_kind, target, Samples, _outputs);
            T[] parameters = new T[_parameters];
            GetParameters(parameters);
            record.Add(_kind, "initial", parameters);
            Outputs(record, "", x);

            int[] batches = { 1, 7, Samples };
            foreach (int batch in batches)
            {
                T[] inputs = Part(x, 0, batch, _inputs), targets = Part(t, 0, batch, _outputs);
                T[] gradients = new T[_parameters], inputGradients = new T[batch * _inputs];
                record.Add(_kind, "loss" + batch, Loss(inputs, targets));
                record.Add(_kind, "backward" + batch, Backward(inputs, targets, inputGradients));
                GetGradients(gradients);
                record.Add(_kind, "gradients" + batch, gradients);
                record.Add(_kind, "input-gradients" + batch, inputGradients);
            }

            foreach (int batch in batches)
            {
                T[] losses = new T[batch == 1 ? 8 : 4];
                for (int i = 0; i < losses.Length; i++)
                {
                    int first = i * batch % (Samples - batch + 1);
                    losses[i] = Step(Part(x, first, batch, _inputs), Part(t, first, batch, _outputs));
                }

                record.Add(_kind, "steps" + batch, losses);
                GetParameters(parameters);
                record.Add(_kind, "parameters" + batch, parameters);
            }

            Outputs(record, "trained-", x);
            write(record.ToString());
        }

        /// <summary>Epochs over a set of samples that is shuffled anew each time, in batches of 32; the last one is shorter.</summary>
        public void Train(Action<string> write, string profile, string network, T[] x, T[] t, int epochs)
        {
            Record record = new Record(profile, network);
            int samples = x.Length / _inputs;
            int[] order = new int[samples];
            for (int i = 0; i < samples; i++)
                order[i] = i;
            Numbers numbers = new Numbers(1);
            T[] parameters = new T[_parameters];
            for (int epoch = 1; epoch <= epochs; epoch++)
            {
                numbers.Shuffle(order);
                T[] losses = new T[(samples + 31) / 32];
                for (int i = 0; i < losses.Length; i++)
                {
                    int batch = Math.Min(32, samples - 32 * i);
                    T[] inputs = new T[batch * _inputs], targets = new T[batch * _outputs];
                    for (int k = 0; k < batch; k++)
                    {
                        Array.Copy(x, order[32 * i + k] * _inputs, inputs, k * _inputs, _inputs);
                        Array.Copy(t, order[32 * i + k] * _outputs, targets, k * _outputs, _outputs);
                    }

                    losses[i] = Step(inputs, targets);
                }

                record.Add(_kind, "epoch" + epoch, losses);
            }

            GetParameters(parameters);
            record.Add(_kind, "parameters", parameters);
            T[] outputs = new T[samples * _outputs];
            Forward(x, outputs);
            record.Add(_kind, "outputs", outputs);
            write(record.ToString());
        }

        private void Outputs(Record record, string prefix, T[] x)
        {
            T[] all = new T[Samples * _outputs], one = new T[_outputs], seven = new T[7 * _outputs];
            for (int i = 0; i < Samples; i++)
            {
                Forward(Part(x, i, 1, _inputs), one);
                Array.Copy(one, 0, all, i * _outputs, _outputs);
            }

            record.Add(_kind, prefix + "forward1", all);
            Forward(Part(x, 0, 7, _inputs), seven);
            record.Add(_kind, prefix + "forward7", seven);
            Forward(x, all);
            record.Add(_kind, prefix + "forward45", all);
        }

        private static T[] Part(T[] all, int sample, int samples, int size)
        {
            T[] part = new T[samples * size];
            Array.Copy(all, sample * size, part, 0, part.Length);
            return part;
        }
    }
}
