using System;

namespace GeneratedNetworks.Testing;

/// <summary>Generated code is not as pinned. The message is the unified diff, and what to do about it.</summary>
public sealed class PinnedCodeException : Exception
{
    internal PinnedCodeException(string message)
        : base(message)
    {
    }
}
