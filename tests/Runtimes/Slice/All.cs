using System;
#if SIMD
using System.Runtime.Intrinsics;
#endif

namespace Slice
{
    /// <summary>
    /// Networks of all kinds, run and trained in every profile that the target has. Writes a line for each, <c>bits PROFILE NETWORK HASH BLOCK:HASH ...</c>; of
    /// vectors, in bits, <c>width BITS</c>, and of times, in tenths of a nanosecond, <c>time PROFILE FORWARD STEP</c>.
    /// </summary>
    public static class All
    {
        public static void Run(string[] profiles, Action<string> write)
        {
#if SIMD
            write("width " + Width());
            Run(profiles, ReproducibleSimd.Profile.Name, write, ReproducibleSimd.Singles.Run, ReproducibleSimd.Doubles.Run, ReproducibleSimd.Training.Run, ReproducibleSimd.Windows.Run, ReproducibleSimd.Streams.Run);
#endif
            Run(profiles, ReproducibleScalar.Profile.Name, write, ReproducibleScalar.Singles.Run, ReproducibleScalar.Doubles.Run, ReproducibleScalar.Training.Run, ReproducibleScalar.Windows.Run, ReproducibleScalar.Streams.Run);
            Run(profiles, ReproducibleBasic.Profile.Name, write, ReproducibleBasic.Singles.Run, ReproducibleBasic.Doubles.Run, ReproducibleBasic.Training.Run, ReproducibleBasic.Windows.Run, ReproducibleBasic.Streams.Run);
            Run(profiles, FastScalar.Profile.Name, write, FastScalar.Singles.Run, FastScalar.Doubles.Run, FastScalar.Training.Run, FastScalar.Windows.Run, FastScalar.Streams.Run);
            Run(profiles, FastBasic.Profile.Name, write, FastBasic.Singles.Run, FastBasic.Doubles.Run, FastBasic.Training.Run, FastBasic.Windows.Run, FastBasic.Streams.Run);
        }

        public static void Time(Action<string> write)
        {
#if SIMD
            FastSimd.Training.Time(write);
            ReproducibleSimd.Training.Time(write);
#endif
            FastScalar.Training.Time(write);
            ReproducibleScalar.Training.Time(write);
            FastBasic.Training.Time(write);
            ReproducibleBasic.Training.Time(write);
        }

#if SIMD
        private static int Width()
        {
            return Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
        }
#endif

        private static void Run(string[] profiles, string profile, Action<string> write, params Action<Action<string>>[] parts)
        {
            if (profiles.Length > 0 && Array.IndexOf(profiles, profile) < 0)
                return;
            foreach (Action<Action<string>> part in parts)
                part(write);
        }
    }
}
