using System.Globalization;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>Which text the consumer's compiler and libraries can take.</summary>
/// <param name="Profile">Never <see cref="EmitProfile.Auto"/>. With an issue, the best that does work: the error surface is written in it.</param>
/// <param name="Issue">Why the request cannot be met, or null.</param>
internal sealed record ProfileChoice(EmitProfile Profile, Issue? Issue)
{
    private const int SimdVersion = 1200;
    private const int ScalarVersion = 900;
    private const int BasicVersion = 703;

    /// <summary>An unknown value of <paramref name="requested"/> counts as <see cref="EmitProfile.Auto"/>; shape inference reports it.</summary>
    public static ProfileChoice Resolve(EmitProfile requested, CompilerOptions options, int attributeIndex = -1)
    {
        EmitProfile best = Best(options);
        return requested switch
        {
            EmitProfile.Simd when !options.HasVector512 => Unavailable("System.Runtime.Intrinsics.Vector512 (.NET 8 or newer)", "target net8.0 or newer, or leave Emit out"),
            EmitProfile.Simd when options.LanguageVersion < SimdVersion => TooLow(EmitProfile.Simd, SimdVersion),
            EmitProfile.Scalar when !options.HasSpan => Unavailable("System.Span<T>", "add the package System.Memory, or leave Emit out"),
            EmitProfile.Scalar when options.LanguageVersion < ScalarVersion => TooLow(EmitProfile.Scalar, ScalarVersion),
            _ when options.LanguageVersion < BasicVersion => TooLow(EmitProfile.Basic, BasicVersion),
            EmitProfile.Simd or EmitProfile.Scalar or EmitProfile.Basic => new(requested, null),
            _ => new(best, null),
        };

        ProfileChoice Unavailable(string missing, string remedy) =>
            new(best, Issues.Issue.Create(IssueIds.ProfileUnavailable, attributeIndex, requested.ToString(), missing, remedy));

        ProfileChoice TooLow(EmitProfile profile, int needed) => new(best, Issues.Issue.Create(
            IssueIds.LanguageVersionTooLow, attributeIndex, profile.ToString(), Text(needed), Text(options.LanguageVersion)));
    }

    /// <summary>
    /// A note where the C# version alone keeps <see cref="EmitProfile.Auto"/> from a better profile that the libraries would allow; otherwise null.
    /// </summary>
    public static Issue? NoteOn(NetworkModel model)
    {
        if ((EmitProfile)model.Profile != EmitProfile.Auto)
            return null;
        return Best(model.Options) switch
        {
            EmitProfile.Basic when model.Options.HasSpan => Note(IssueIds.BasicByLanguageVersion),
            EmitProfile.Scalar when model.Options.HasVector512 => Note(IssueIds.ScalarByLanguageVersion),
            _ => null,
        };

        Issue Note(string id) => Issues.Issue.Create(id, model.AttributeIndex, model.Type.Name, Text(model.Options.LanguageVersion));
    }

    private static EmitProfile Best(CompilerOptions options) =>
        options.HasVector512 && options.LanguageVersion >= SimdVersion ? EmitProfile.Simd
        : options.HasSpan && options.LanguageVersion >= ScalarVersion ? EmitProfile.Scalar
        : EmitProfile.Basic;

    private static string Text(int version) => string.Format(CultureInfo.InvariantCulture, "{0}.{1}", version / 100, version % 100);
}
