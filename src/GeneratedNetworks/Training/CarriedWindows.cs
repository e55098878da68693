using System;
using System.Collections.Generic;
using GeneratedNetworks.CompilerServices;

namespace GeneratedNetworks;

/// <summary>A dataset's streams from their start to their end, window by window, each from the memory that the one before it left. Allocates nothing while it runs.</summary>
internal sealed class CarriedWindows<T>
    where T : struct
{
    private readonly ITrainer<T> _trainer;
    private readonly Dataset<T> _data;
    private readonly int _streams;
    private readonly int _memorySize;
    private readonly int _steps;
    private readonly T[] _memories;
    private readonly FramePart[] _inputs = [];
    private readonly FramePart[] _outputs = [];
    private readonly T[] _frames = [];
    private readonly T[] _answers = [];

    /// <param name="trainer">A trainer of streams.</param>
    /// <param name="data">Windows of streams that are known.</param>
    /// <param name="runs">Whether outputs are wanted as well as losses.</param>
    public CarriedWindows(ITrainer<T> trainer, Dataset<T> data, bool runs)
    {
        _trainer = trainer;
        _data = data;
        _streams = data.Streams!.Value;
        _memorySize = ((IStreamTrainer<T>)trainer).MemorySize;
        _memories = new T[checked(_streams * _memorySize)];
        if (!runs)
            return;
        IStreamNetwork<T> network = (IStreamNetwork<T>)trainer.Network;
        _steps = network.InputSize / network.FrameSize;
        _frames = new T[network.InputSize];
        _answers = new T[_steps * network.OutputFrameSize];
        _inputs = FramePart.OfInputs(network is INetworkLayout layout ? layout.InputLayout.ToArray() : [new NetworkValue("x", 0, network.InputSize)], _steps);
        _outputs = FramePart.OfOutputs(OutputPart.Layout(network), _steps, network.OutputFrameSize);
    }

    /// <summary>The sum over all batches of what the trainer says is a batch's loss, dropout off.</summary>
    public double SumOfLosses()
    {
        IStreamTrainer<T> trainer = (IStreamTrainer<T>)_trainer;
        Restart();
        double sum = 0;
        for (int first = 0; first < _data.Count; first += _streams)
        {
            sum += Real<T>.ToDouble(trainer.LossStreams(
                _data.Inputs.Slice(first * _data.InputSize, _streams * _data.InputSize), _data.Targets.Slice(first * _data.TargetSize, _streams * _data.TargetSize), _memories));
        }

        return sum;
    }

    /// <summary>Before the first window of each stream.</summary>
    public void Restart() => Array.Clear(_memories, 0, _memories.Length);

    /// <summary>The outputs of some windows, after all that are before them.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="outputs">A row for each.</param>
    public void Forward(int first, int count, Span<T> outputs)
    {
        IStreamNetwork<T> network = (IStreamNetwork<T>)_trainer.Network;
        for (int i = 0; i < count; i++)
        {
            int stream = (first + i) % _streams;
            ReadOnlySpan<T> window = _data.GetInputs(first + i);
            foreach (FramePart part in _inputs)
                part.ToFrames(window, _frames, _steps, network.FrameSize);
            network.ForwardStream(_frames, _answers, _memories.AsSpan(stream * _memorySize, _memorySize));
            foreach (FramePart part in _outputs)
                part.FromFrames(_answers, outputs.Slice(i * _data.TargetSize, _data.TargetSize), _steps, network.OutputFrameSize);
        }
    }
}
