using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Model;
using Microsoft.CodeAnalysis;

namespace GeneratedNetworks.Generator;

/// <summary>What one network asks of the text that its assembly shares.</summary>
internal sealed record LibraryRequest(string Assembly, LibraryUse Use);

/// <summary>The shared text's contents as names: equal while no network needs anything that none needed before.</summary>
/// <param name="Assembly">The consumer's name; null where no network shares anything.</param>
/// <param name="Uses">One of each precision.</param>
internal sealed record LibraryText(string? Assembly, EquatableArray<LibraryUse> Uses)
{
    public static LibraryText Of(ImmutableArray<LibraryRequest> requests, CancellationToken cancellation)
    {
        _ = cancellation;
        return new(
            requests.FirstOrDefault()?.Assembly,
            new(LibraryUse.Groups(requests.Select(request => request.Use))));
    }

    public void AddSource(SourceProductionContext context)
    {
        if (Assembly is not null)
            context.AddSource(LibraryFile.HintName, LibraryFile.Write(Assembly, Uses));
    }
}
