using GeneratedNetworks;

namespace Slice.ReproducibleSimd
{
    internal static class Profile
    {
        public const string Name = "ReproducibleSimd";
        public const EmitProfile Emit = EmitProfile.Simd;
        public const Numerics Numerics = GeneratedNetworks.Numerics.Reproducible;
    }
}
