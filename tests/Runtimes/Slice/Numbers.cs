using System;

namespace Slice
{
    /// <summary>Inputs and targets from a generator of its own: multiples of 2^-23, the same in both precisions and on every runtime.</summary>
    public sealed class Numbers
    {
        private uint _state;

        public Numbers(uint seed)
        {
            _state = seed;
        }

        public uint Next()
        {
            unchecked
            {
                _state = _state * 1664525u + 1013904223u;
            }

            return _state >> 8;
        }

        public T[] Inputs<T>(Kind<T> kind, int count)
        {
            T[] values = new T[count];
            for (int i = 0; i < count; i++)
                values[i] = kind.From((int)Next() / 8388608.0 - 1);
            return values;
        }

        public T[] Targets<T>(Kind<T> kind, Target target, int samples, int size)
        {
            if (target == Target.Real)
                return Inputs(kind, samples * size);
            T[] values = new T[samples * size];
            for (int i = 0; i < samples; i++)
            {
                if (target == Target.OneOf)
                    values[i * size + (int)(Next() >> 8) % size] = kind.From(1);
                else
                {
                    for (int k = 0; k < size; k++)
                        values[i * size + k] = kind.From(Next() >> 23);
                }
            }

            return values;
        }

        /// <summary>Puts what is in order into another one (Fisher and Yates).</summary>
        public void Shuffle(int[] order)
        {
            for (int i = order.Length - 1; i > 0; i--)
            {
                int k = (int)(Next() % (uint)(i + 1));
                int kept = order[i];
                order[i] = order[k];
                order[k] = kept;
            }
        }
    }

    public enum Target
    {
        Real,
        OneOf,
        Bits,
    }
}
