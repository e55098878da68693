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

        Batch<float> data = network.Batch(batch);
        return Create(OnnxModel.Build(network, batch), (data.Inputs, [batch, network.InputSize]), (data.Outputs, [batch, network.OutputSize]));
    }

    /// <summary>A candidate that runs a model whose input and output are called as <see cref="OnnxModel"/> calls them.</summary>
    public static ICandidate Create(byte[] model, (float[] Numbers, long[] Shape) inputs, (float[] Numbers, long[] Shape) outputs)
    {
        using SessionOptions options = new()
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };

        // The batch of a file may be free: fixed, as the shapes are here.
        options.AddFreeDimensionOverrideByName("batch", inputs.Shape[0]);
        InferenceSession session = new(model, options);
        OrtValue input = OrtValue.CreateTensorValueFromMemory(inputs.Numbers, inputs.Shape);
        OrtValue output = OrtValue.CreateTensorValueFromMemory(outputs.Numbers, outputs.Shape);
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
