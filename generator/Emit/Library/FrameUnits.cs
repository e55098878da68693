using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>A causal convolution of one frame out of its memory.</summary>
internal static class FrameUnits
{
    public static string Name(bool isInlined) => "FrameProduct" + (isInlined ? Unit.InlinedName : "");

    public static IEnumerable<Unit> All => [Of(false), Of(true)];

    private static Unit Of(bool isInlined) =>
        new(Name(isInlined), $$"""
            // y = end(start + Σ over the frames that a causal window sees, the new one last) straight out of the ring, where the new one then takes the oldest one's place.
            {{(isInlined ? Unit.Inlined : Unit.Optimized)}} internal static void {{Name(isInlined)}}<W, V, E>(ref float x, int xStride, ref float past, int pastStride, ref float b, ref float start, ref float y, int yStride, int kernel, int dilation, int channels, int panel, int width, int rows) {{Unit.Where}} where E : struct, IEnds<V>
            {
                int frames = (kernel - 1) * dilation;
                nint step = panel;
                for (; rows > 0; rows--)
                {
                    ref float place = ref Unsafe.Add(ref past, frames * channels);
                    int oldest = (int)place;
                    for (int o = 0; o < width; o += W.Count)
                    {
                        ref float bk = ref Unsafe.Add(ref b, PanelOf(o, panel, kernel * channels)), so = ref Unsafe.Add(ref start, o), yo = ref Unsafe.Add(ref y, o);
                        V c0 = E.Start(ref so), c1 = W.Zero, c2 = W.Zero, c3 = W.Zero;
                        for (int frame = oldest, left = kernel; left > 0; left--)
                        {
                            ref float a = ref (left == 1 ? ref x : ref Unsafe.Add(ref past, frame * channels));
                            int k = channels;
                            for (; k >= 4; k -= 4)
                            {
                                c0 = W.MultiplyAdd(W.Create(a), W.Load(ref bk), c0); c1 = W.MultiplyAdd(W.Create(Unsafe.Add(ref a, 1)), W.Load(ref Unsafe.Add(ref bk, step)), c1);
                                c2 = W.MultiplyAdd(W.Create(Unsafe.Add(ref a, 2)), W.Load(ref Unsafe.Add(ref bk, 2 * step)), c2); c3 = W.MultiplyAdd(W.Create(Unsafe.Add(ref a, 3)), W.Load(ref Unsafe.Add(ref bk, 3 * step)), c3);
                                a = ref Unsafe.Add(ref a, 4); bk = ref Unsafe.Add(ref bk, 4 * step);
                            }
                            for (; k > 0; k--)
                            {
                                c0 = W.MultiplyAdd(W.Create(a), W.Load(ref bk), c0);
                                a = ref Unsafe.Add(ref a, 1); bk = ref Unsafe.Add(ref bk, step);
                            }
                            frame += dilation;
                            if (frame >= frames)
                                frame -= frames;
                        }
                        StoreOne<W, V, E>(W.Add(W.Add(c0, c1), W.Add(c2, c3)), ref yo, ref yo, width - o);
                    }
                    ref float to = ref Unsafe.Add(ref past, oldest * channels);
                    int c = 0;
                    for (; c <= channels - W.Count; c += W.Count)
                        W.Store(W.Load(ref Unsafe.Add(ref x, c)), ref Unsafe.Add(ref to, c));
                    for (; c < channels; c++)
                        Unsafe.Add(ref to, c) = Unsafe.Add(ref x, c);
                    place = oldest + 1 == frames ? 0 : oldest + 1;
                    x = ref Unsafe.Add(ref x, xStride); past = ref Unsafe.Add(ref past, pastStride); y = ref Unsafe.Add(ref y, yStride);
                }
            }
            """) { Units = ["PanelOf", "StoreOne"] };
}
