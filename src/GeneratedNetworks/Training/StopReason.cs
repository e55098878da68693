namespace GeneratedNetworks;

/// <summary>Why training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were run.</summary>
    Completed,

    /// <summary>No better loss within the patience.</summary>
    EarlyStopped,

    /// <summary>The training loss, or a parameter, was not a finite number any more.</summary>
    Diverged,

    /// <summary><see cref="FitOptions.OnStep"/> called <see cref="FitStep.Stop"/>.</summary>
    Stopped,
}
