using System;
using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Networks;
using Microsoft.ML.OnnxRuntime;

namespace GeneratedNetworks.Benchmarks.Peers;

/// <summary>ONNX Runtime on one thread, with inputs and outputs bound once so that a call allocates and copies nothing.</summary>
internal sealed class OnnxRuntimePeer : IPeer
{
    public string Name => "ONNX Runtime";

    public string Description =>
        $"{OrtEnv.Instance().GetVersionString()}, in process, one thread, sequential, all graph optimisations, fixed batch, " +
        "pre-bound tensors (IoBinding)";

    public ICandidate? Create(NetworkCase network, Work work, int batch)
    {
        if (work != Work.Forward)
        {
            return null;
        }

        using SessionOptions options = new()
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        InferenceSession session = new(OnnxModel.Build(network, batch), options);
        Batch<float> data = network.Batch(batch);
        OrtValue input = OrtValue.CreateTensorValueFromMemory(data.Inputs, [batch, network.InputSize]);
        OrtValue output = OrtValue.CreateTensorValueFromMemory(data.Outputs, [batch, network.OutputSize]);
        OrtIoBinding binding = session.CreateIoBinding();
        binding.BindInput(OnnxModel.Input, input);
        binding.BindOutput(OnnxModel.Output, output);
        RunOptions run = new();
        return new LocalCandidate(calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                session.RunWithBinding(run, binding);
            }

            GC.KeepAlive(input);
            GC.KeepAlive(output);
        });
    }
}
