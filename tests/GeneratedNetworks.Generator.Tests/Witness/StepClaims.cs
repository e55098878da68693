using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace GeneratedNetworks.Generator.Tests.Witness;

/// <summary>Compares what a header says of a step of one sample with the methods that it takes.</summary>
internal sealed class StepClaims(Witnessed network, HeaderClaims header, EmittedText text, Action<string, string> fault) : KernelWitness(network, text, fault)
{
    public void Check()
    {
        ChoiceClaim? claim = header.Choices.SingleOrDefault(choice => choice.Layer == "network");
        Microsoft.CodeAnalysis.CSharp.Syntax.MethodDeclarationSyntax? step = Text.Find("Gn", "StepSample");
        if (claim is null)
        {
            Expect(Network.Optimizer != "Sgd" || step is null || Network.HasDropout || Network.Layers.Any(layer => layer.Activation is "Gelu" or "Silu" or "Softmax" or "LogSoftmax"), "network", "a step of one sample has text that the header does not name");
            return;
        }

        Expect(Network.Optimizer == "Sgd" && claim.Pass == "step of one sample", Line(claim), $"the optimizer is {Network.Optimizer}");
        IReadOnlyList<EmittedCall> calls = step is null ? [] : EmittedText.Calls(step);
        int whole = calls.Count(call => call.Name == "TrainSample");
        int[] widths = [.. new[] { 512, 256, 128 }.Where(bits => Text.Find($"Sample{bits}", "TrainSample") is not null)];
        string expected = step is null ? "as a batch of one" : whole == 0 ? "a method per layer and pass" : widths.Length == 0 ? "one method" : $"one method, {string.Join(" and ", widths)} bits";
        Expect(claim.Kernel == expected, Line(claim), $"it is {expected}");
        if (whole > 0)
            Expect(whole == Math.Max(1, widths.Length), Line(claim), $"{whole} widths have it");
        int[] numbers = [.. HeaderClaims.Numbers(claim.Why)];
        long exact = Network.Layers.Sum(layer => (long)layer.Inputs * layer.Outputs), padded = Network.Layers.Sum(layer => (long)layer.Inputs * ((layer.Outputs + 63) / 64 * 64));
        bool isTrue = Regex.IsMatch(claim.Why, @"^more than \d+ layers$") ? Network.Layers.Count > numbers[0]
            : Regex.IsMatch(claim.Why, @"^more than \d+ multiply-adds$") ? padded > numbers[0]
            : Regex.IsMatch(claim.Why, @"^up to \d+ multiply-adds and \d+ layers$") && exact <= numbers[0] && Network.Layers.Count <= numbers[1];
        Expect(isTrue, Line(claim), "is no reason");
    }
}
