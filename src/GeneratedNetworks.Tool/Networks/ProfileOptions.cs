using GeneratedNetworks.Generator.Model;
using EmitProfile = GeneratedNetworks.EmitProfile;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>What the generator may count on where no project says it: the least that a profile promises to compile with, and nothing of ours.</summary>
internal static class ProfileOptions
{
    private const int CSharp12 = 1200;
    private const int CSharp9 = 900;
    private const int CSharp7 = 703;

    /// <param name="profile">Never <see cref="EmitProfile.Auto"/>.</param>
    public static CompilerOptions Of(EmitProfile profile) => profile switch
    {
        EmitProfile.Simd => Options(CSharp12, hasSpan: true, hasVector512: true),
        EmitProfile.Scalar => Options(CSharp9, hasSpan: true),
        EmitProfile.Basic => Options(CSharp7, hasSpan: false),
        _ => throw new ArgumentOutOfRangeException(nameof(profile), profile, "No project is there to choose a profile by."),
    };

    private static CompilerOptions Options(int language, bool hasSpan, bool hasVector512 = false) =>
        new(language, hasSpan, hasVector512, SkipsLocalsInit: false, HasInterfaces: false);
}
