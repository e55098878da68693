using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Model;
using Microsoft.CodeAnalysis;

namespace GeneratedNetworks.Generator;

/// <summary>What one network asks of the text that its assembly shares.</summary>
internal sealed record LibraryRequest(CompilerOptions Options, LibraryUse Use);

/// <summary>The shared text's contents as names: equal while no network needs anything that none needed before.</summary>
/// <param name="Options">What the consumer's compiler and library know; null where no network shares anything.</param>
/// <param name="Uses">One of each precision.</param>
internal sealed record LibraryText(CompilerOptions? Options, EquatableArray<LibraryUse> Uses)
{
    public static LibraryText Of(ImmutableArray<LibraryRequest> requests, CancellationToken cancellation)
    {
        _ = cancellation;
        return new(
            requests.FirstOrDefault()?.Options,
            new(LibraryUse.Groups(requests.Select(request => request.Use))));
    }

    public void AddSource(SourceProductionContext context)
    {
        if (Options is not null)
            context.AddSource(LibraryFile.HintName, LibraryFile.Write(Options.Assembly, Options, Uses));
    }
}
