using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using Xunit;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>The tables have a row for every member of their enum, in its order, and the helpers that they name.</summary>
public class TableTests
{
    [Fact]
    public void Every_activation_has_its_row_and_helpers()
    {
        Assert.Equal(Enum.GetValues<Activation>(), ActivationFunction.All.Select(a => a.Activation));
        foreach (ActivationFunction activation in ActivationFunction.All)
        {
            Assert.Same(activation, ActivationFunction.Of(activation.Activation));
            Assert.Equal(activation.Kinks.Order(), activation.Kinks);
            if (!activation.IsElementWise)
            {
                Assert.Throws<InvalidOperationException>(() => activation.ForwardHelper);
                continue;
            }
            Assert.Equal(["z"], FunctionLibrary.ParametersOf(activation.ForwardHelper));
            string saved = activation.Uses == DerivativeUses.Input ? "z" : "y";
            Assert.Equal(["dy", saved], FunctionLibrary.ParametersOf(activation.BackwardHelper));
        }
    }

    [Fact]
    public void Automatic_initialisation_follows_the_activation()
    {
        Assert.Equal(
            [
                Activation.Relu, Activation.LeakyRelu, Activation.Elu, Activation.Gelu, Activation.GeluTanh, Activation.Silu, Activation.Mish,
                Activation.HardSwish, Activation.Relu6,
            ],
            ActivationFunction.All.Where(a => a.Family == InitializationFamily.He).Select(a => a.Activation));
        Assert.Equal([Activation.Selu], ActivationFunction.All.Where(a => a.Family == InitializationFamily.LeCun).Select(a => a.Activation));
    }

    [Fact]
    public void Regions_count_the_kinks_to_the_left()
    {
        Assert.Equal("0", ActivationFunction.Of(Activation.Tanh).RegionExpression("z"));
        Assert.Equal("(z > -3 ? 1 : 0) + (z > 3 ? 1 : 0)", ActivationFunction.Of(Activation.HardSwish).RegionExpression("z"));
        Assert.Equal("(d > -1 ? 1 : 0) + (d > 1 ? 1 : 0)", LossFunction.Of(Loss.Huber).RegionExpression("d"));
    }

    [Fact]
    public void Every_loss_has_its_row_and_helpers()
    {
        Assert.Equal(Enum.GetValues<Loss>(), LossFunction.All.Select(l => l.Loss));
        foreach (LossFunction loss in LossFunction.All)
        {
            string first = loss.Takes == LossArgument.PreActivation ? "z" : "y";
            Assert.Equal([first, "t"], FunctionLibrary.ParametersOf(loss.ValueHelper));
            Assert.Equal([first, "t"], FunctionLibrary.ParametersOf(loss.GradientHelper));
        }
        Assert.True(LossFunction.Of(Loss.CrossEntropy).Fits(Activation.LogSoftmax));
        Assert.False(LossFunction.Of(Loss.CrossEntropy).Fits(Activation.Sigmoid));
        Assert.False(LossFunction.Of(Loss.BinaryCrossEntropy).Fits(Activation.Softmax));
        Assert.True(LossFunction.Of(Loss.Huber).Fits(Activation.Softmax));
    }

    [Fact]
    public void Every_optimizer_has_its_row_and_a_helper_with_its_slots_and_scalars()
    {
        Assert.Equal(Enum.GetValues<Optimizer>(), OptimizerRule.All.Select(r => r.Optimizer));
        foreach (OptimizerRule rule in OptimizerRule.All)
        {
            IEnumerable<string> expected = ["w", "g", .. rule.Slots.Select(s => "ref " + s), .. rule.Scalars.Select(s => s.Name)];
            Assert.Equal(expected, FunctionLibrary.ParametersOf(rule.Helper));
        }
        Assert.Equal(0.01, OptimizerRule.Of(Optimizer.RmsProp).Settings.Single(s => s.Name == "LearningRate").Default);
        Assert.Equal(0.001, OptimizerRule.Of(Optimizer.AdamW).Settings.Single(s => s.Name == "LearningRate").Default);
        Assert.Equal("learningRate", OptimizerRule.Of(Optimizer.Sgd).Settings[0].Variable);
    }
}
