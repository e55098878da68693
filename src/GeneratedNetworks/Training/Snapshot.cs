namespace GeneratedNetworks;

/// <summary>A network's parameters and its trainer's state, of one moment.</summary>
internal sealed class Snapshot<T>(ITrainer<T> trainer)
    where T : struct
{
    public T[] Parameters { get; } = new T[trainer.Network.ParameterCount];

    public byte[] State { get; } = new byte[trainer.StateSize];

    public double LearningRate { get; set; }

    public void Take()
    {
        trainer.Network.GetParameters(Parameters);
        trainer.GetState(State);
        LearningRate = Real<T>.ToDouble(trainer.LearningRate);
    }

    public void Restore()
    {
        trainer.Network.SetParameters(Parameters);
        trainer.SetState(State);
        trainer.LearningRate = Real<T>.FromDouble(LearningRate);
    }
}
