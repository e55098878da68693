using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Emit;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using Xunit;

namespace GeneratedNetworks.Generator.Tests.General;

/// <summary>Every operation that there is can be planned and emitted, in every profile; what emission does not know, it refuses.</summary>
public sealed class OperationTests
{
    private static readonly string[] Networks =
    [
        "Scale\nAddRows\nDense units=4 activation=Tanh Name=\"a\"\nDense units=4 activation=Relu Name=\"b\"\nSum from=\"a\",\"b\"\nDropout rate=0.5\nDense units=3",
        "Dense units=4 Name=\"a\"\nDense units=4 Name=\"b\" From=\"x\"\nMultiply from=\"a\",\"b\"\nConcat from=\"multiply1\",\"a\"\nDense units=2",
        "Reshape shape=2,3,1\nMaxPool2D size=2 Stride=1\nAveragePool2D size=1 CountPadding=true\nDense units=6\nReshape shape=3,2\nLayerNorm\nPRelu\nPRelu Shared=true\n"
            + "LayerNorm UseScale=false LastAxes=2\nLayerNorm UseOffset=false\nLayerNorm UseScale=false UseOffset=false\nMaxPool1D size=2\nDense units=2",
        "Conv1D filters=4 kernel=2 activation=Tanh Padding=Same\nDense units=3 PerStep=true\nConv1D filters=2 kernel=2 Padding=Causal\nDense units=2",
        "Conv1DTranspose filters=3 kernel=3 Stride=2\nConv1DTranspose filters=2 kernel=2 Padding=Same\nDense units=2",
        "BatchNorm\nBatchNorm Frozen=true\nDense units=2",
        "SimpleRnn units=3 activation=Relu ReturnSequences=true\nGru units=3 ReturnSequences=true\nGru units=2 ReturnSequences=true ResetAfter=false\nLstm units=4 CellClip=1\nDense units=2",
        "Activation activation=Silu\nDense units=8 activation=Sigmoid\nDense units=3 activation=Softmax",
        "Dense units=8 activation=Gelu\nDropout rate=0.25\nClip minimum=-1 maximum=3\nNormalize\nDense units=40 activation=Softsign\nDense units=3 activation=LogSoftmax",
    ];

    /// <summary>Several operations in one kernel, which only vectors have.</summary>
    private static readonly Type[] OfVectors = [typeof(CellRow), typeof(ConvolveFrame)];

    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    [InlineData(EmitProfile.Basic)]
    internal void EmissionKnowsThemAll(EmitProfile profile)
    {
        HashSet<Type> emitted = [];
        foreach (string network in Networks)
        {
            NetworkPlan plan = GeneralNetwork.Plan(profile, [2, 3], network, inputGradients: true);
            NetworkEmitter.Emit(plan, CancellationToken.None);
            TrainingPlan training = plan.Training!;
            emitted.UnionWith(All(plan).Select(operation => operation.GetType()));
        }

        // A table reads an input of one axis, and memory is what streams have.
        foreach (string network in new[] { "Embedding vocabulary=7 dimensions=3\nGru units=3 ReturnSequences=true\nConv1D filters=2 kernel=3 Padding=Causal Dilation=2\nLstm units=2\nDense units=2" })
        {
            NetworkPlan plan = GeneralNetwork.Plan(profile, [6], network, inputGradients: true, streaming: true);
            NetworkEmitter.Emit(plan, CancellationToken.None);
            emitted.UnionWith(All(plan).Concat(EveryOperation.Of(plan.Stream!.Frame.Calls)).Select(operation => operation.GetType()));
        }

        static IEnumerable<Operation> All(NetworkPlan plan)
        {
            TrainingPlan training = plan.Training!;
            Operation[] operations = [.. plan.Inference.Calls, .. training.Forward, training.Loss, .. training.FromOutputGradients, .. training.Backward];
            return EveryOperation.Of(operations);
        }

        Assert.Equal(
            typeof(Operation).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Operation)) && !type.IsAbstract && (profile == EmitProfile.Simd || !OfVectors.Contains(type))).Select(type => type.Name).Order(),
            emitted.Select(type => type.Name).Order());
    }

    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    [InlineData(EmitProfile.Basic)]
    internal void EmissionRefusesWhatItDoesNotKnow(EmitProfile profile)
    {
        NetworkPlan plan = GeneralNetwork.Plan(profile, [2, 3], Networks[0]);
        Tensor x = plan.Inference.Calls[0].Reads.First();
        NetworkPlan odd = plan with { Inference = plan.Inference with { Calls = new([.. plan.Inference.Calls, new Unknown(x)]) } };
        NotSupportedException refused = Assert.Throws<NotSupportedException>(() => NetworkEmitter.Emit(odd, CancellationToken.None));
        Assert.Contains(nameof(Unknown), refused.Message, StringComparison.Ordinal);
    }

    private sealed record Unknown(Tensor Input) : Operation
    {
        public override IEnumerable<Tensor> Reads => [Input];
    }
}
