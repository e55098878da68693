using System;
using System.Text;

namespace Slice
{
    /// <summary>What one network computed, as FNV-1a of 64 bits: one hash of everything, and one of each block, to find where two runs part.</summary>
    public sealed class Record
    {
        private const ulong Start = 14695981039346656037UL;

        private readonly string _head;
        private readonly StringBuilder _blocks = new StringBuilder();
        private ulong _all = Start;

        public Record(string profile, string network)
        {
            _head = "bits " + profile + " " + network;
        }

        /// <summary>Whether every number was finite: the bits of what is none are nobody's promise.</summary>
        public bool IsFinite { get; private set; } = true;

        public void Add<T>(Kind<T> kind, string block, params T[] values)
        {
            ulong hash = Start;
            for (int i = 0; i < values.Length; i++)
            {
                double value = kind.To(values[i]);
                IsFinite &= value - value == 0;
                ulong bits = kind.Bits(values[i]);
                for (int b = 0; b < kind.Size; b++, bits >>= 8)
                {
                    hash = Mix(hash, (byte)bits);
                    _all = Mix(_all, (byte)bits);
                }
            }

            _blocks.Append(' ').Append(block).Append(':').Append(hash.ToString("x16"));
        }

        public override string ToString()
        {
            return _head + " " + _all.ToString("x16") + (IsFinite ? "" : " NOT-FINITE") + _blocks;
        }

        private static ulong Mix(ulong hash, byte value)
        {
            return unchecked((hash ^ value) * 1099511628211UL);
        }
    }
}
