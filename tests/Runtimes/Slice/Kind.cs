using System;

namespace Slice
{
    /// <summary>What the harness must know of a network's numbers, single or double.</summary>
    public sealed class Kind<T>
    {
        public static readonly Kind<float> Single = new Kind<float>(v => (float)v, v => v, v => (ulong)(uint)BitConverter.ToInt32(BitConverter.GetBytes(v), 0), 4);
        public static readonly Kind<double> Double = new Kind<double>(v => v, v => v, v => (ulong)BitConverter.DoubleToInt64Bits(v), 8);

        private Kind(Func<double, T> from, Func<T, double> to, Func<T, ulong> bits, int size)
        {
            From = from;
            To = to;
            Bits = bits;
            Size = size;
        }

        public Func<double, T> From { get; private set; }

        public Func<T, double> To { get; private set; }

        public Func<T, ulong> Bits { get; private set; }

        public int Size { get; private set; }
    }
}
