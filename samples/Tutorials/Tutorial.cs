using System.Collections.Generic;

namespace Tutorials;

/// <summary>One tutorial's network, trained by generated code and compared with what the tutorial prints.</summary>
internal abstract class Tutorial
{
    /// <summary>The reference run it is compared with, a file of tests/Golden.</summary>
    public abstract string Name { get; }

    public abstract string Network { get; }

    /// <summary>Trains, and gives each figure of the tutorial beside ours.</summary>
    public abstract IEnumerable<Figure> Run(Golden golden);
}
