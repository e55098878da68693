using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Tests.General;

/// <summary>The operations of a plan, those that consist of others and these as well.</summary>
internal static class EveryOperation
{
    public static IEnumerable<Operation> Of(IEnumerable<Operation> operations) => operations.SelectMany(operation => operation switch
    {
        Repetition repetition => Of(repetition.Parts).Prepend(operation),
        CellRow row => Of(row.Parts).Prepend(operation),
        ConvolveFrame frame => Of(frame.Parts).Prepend(operation),
        _ => [operation],
    });
}
