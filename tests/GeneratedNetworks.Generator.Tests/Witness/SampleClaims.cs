using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace GeneratedNetworks.Generator.Tests.Witness;

/// <summary>Compares what a header says of one sample with the statements of its methods.</summary>
internal sealed class SampleClaims(Witnessed network, HeaderClaims header, EmittedText text, Action<string, string> fault) : KernelWitness(network, text, fault)
{
    public void Check(WitnessedLayer layer, ChoiceClaim claim)
    {
        Dictionary<int, string> sections = [];
        foreach (int bits in IsSimd ? new[] { 512, 256, 128 } : [0])
        {
            if (Text.Find(bits > 0 ? $"Sample{bits}" : "Kernels", "ForwardSample") is { } method)
                sections.Add(bits, EmittedText.Section(method, layer.Name) ?? throw new FormatException($"No text of {layer.Name} at {bits} bits."));
        }

        int multiplyAdds = layer.Inputs * layer.Outputs;
        if (claim.Kernel == "as a batch of one")
        {
            Expect(sections.Count == 0, Line(claim), "it has text of its own");
            CheckNoSample(claim);
            return;
        }

        Dictionary<int, string> said = [];
        foreach (string part in Regex.Split(claim.Kernel, ", (?!two panels)"))
        {
            Match match = Regex.Match(part, @"^(written out|a loop(?: over \d+ sums at a time|, two panels at a time)?)( at (\d+) bits)?$");
            Expect(match.Success, Line(claim), $"'{part}' is no form");
            foreach (int bits in (int[])(match.Groups[3].Success ? [int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture)] : [.. sections.Keys]))
                said[bits] = match.Groups[1].Value;
        }

        Expect(said.Keys.Order().SequenceEqual(sections.Keys.Order()), Line(claim), $"there is text for {string.Join(", ", sections.Keys)} bits");
        foreach ((int bits, string section) in sections)
        {
            bool hasLoop = Regex.IsMatch(section, @"\b(for|while|do)\b");
            int lanes = bits == 0 ? 1 : bits / 8 / Network.ElementBytes;
            int products = Regex.Matches(section, @"MultiplyAdd\(| \* ").Count;
            if (said.GetValueOrDefault(bits) == "written out")
                Expect(!hasLoop && products >= (multiplyAdds + lanes - 1) / lanes, Line(claim), $"the text for {bits} bits has {(hasLoop ? "a loop" : $"{products} products")}");
            else
                Expect(hasLoop, Line(claim), $"the text for {bits} bits has no loop");
            if (said.GetValueOrDefault(bits)?.Contains("sums at a time", StringComparison.Ordinal) == true)
                Expect(Regex.Matches(section, @"\bfor \(").Count == 1 && Regex.IsMatch(section, @"\bfor \(int o = "), Line(claim), $"the text for {bits} bits loops over inputs");
        }

        bool written = said.Values.All(form => form == "written out");
        switch (claim.Why)
        {
            case "as Unroll.Full asks":
                Expect(Network.Unroll == "Full" && written, Line(claim), "it does not");
                break;
            case "as Unroll.None asks":
                Expect(Network.Unroll == "None" && !said.ContainsValue("written out"), Line(claim), "it does not");
                break;
            case var why when why.StartsWith("a row of inputs is ", StringComparison.Ordinal):
                CheckDots(layer, claim, said);
                break;
            case var why when Regex.IsMatch(why, @"^its outputs take \d+ sums or more$"):
                Expect(said.Values.Any(form => form.Contains("sums at a time", StringComparison.Ordinal)) && layer.Outputs > HeaderClaims.Numbers(why).Single() / 2, Line(claim), "they do not");
                break;
            default:
                CheckThreshold(layer, claim, written);
                break;
        }
    }

    /// <summary>Dot products over inputs that fill up to so many vectors are written out, others are a loop; Unroll has no say.</summary>
    private void CheckDots(WitnessedLayer layer, ChoiceClaim claim, Dictionary<int, string> said)
    {
        Match match = Regex.Match(claim.Why, @"^a row of inputs is (up to|more than) (\d+) vectors( of (\d+) bits)?$");
        Expect(match.Success && IsSimd && Product(layer).Name is "Dots" or "DotColumn", Line(claim), "there are no dot products");
        foreach ((int bits, string form) in said)
        {
            // A row is of vectors of at most the widest that it fills.
            int panel = Product(layer).Types[0] switch { "W" => 512, "H" => 256, _ => 128 };
            int vectors = layer.Inputs * Network.ElementBytes * 8 / Math.Min(bits, panel);
            Expect((form == "written out") == (vectors <= int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)), Line(claim), $"it is {vectors} at {bits} bits");
        }

        Expect(match.Groups[1].Value == (said.ContainsValue("a loop") ? "more than" : "up to"), Line(claim), "it is the other");
    }

    private void CheckThreshold(WitnessedLayer layer, ChoiceClaim claim, bool written)
    {
        int[] numbers = [.. HeaderClaims.Numbers(claim.Why)];
        int padded = layer.Inputs * ((layer.Outputs + 63) / 64 * 64), exact = layer.Inputs * layer.Outputs;
        if (Regex.IsMatch(claim.Why, @"^up to \d+ inputs and \d+ multiply-adds$"))
            Expect(written && Network.Unroll == "Auto" && layer.Inputs <= numbers[0] && exact <= numbers[1], Line(claim), "there are more");
        else if (Regex.IsMatch(claim.Why, @"^with more than \d+ inputs a loop is as fast$"))
            Expect(!written && Network.Unroll == "Auto" && layer.Inputs > numbers[0], Line(claim), $"it has {layer.Inputs}");
        else if (Regex.IsMatch(claim.Why, @"^with more than \d+ multiply-adds a loop is as fast$"))
            Expect(!written && Network.Unroll == "Auto" && padded > numbers[0], Line(claim), $"it has {exact}");
        else if (Regex.IsMatch(claim.Why, @"^its \d+ multiply-adds exceed the \d+ that one method can hold$"))
            Expect(!written && Network.Unroll == "Full" && numbers[0] >= exact && numbers[0] > numbers[1], Line(claim), $"it has {exact}");
        else if (Regex.Match(claim.Why, @"^its (\d+) multiply-adds( of (\d+) bits)? exceed the (\d+) that gain from it$") is { Success: true } few)
            Expect(!written && numbers[0] > numbers[^1] && numbers[0] * (few.Groups[3].Success ? numbers[1] / 8 / Network.ElementBytes : 1) >= exact, Line(claim), $"it has {exact}");
        else if (Regex.IsMatch(claim.Why, @"^with the layers before it one method would hold more than \d+$"))
            Expect(!written && Network.Layers.Count > 1 && layer != Network.Layers[0], Line(claim), "there are none before it");
        else
            Fault(Line(claim), "is no reason");
    }

    private void CheckNoSample(ChoiceClaim claim)
    {
        int[] numbers = [.. HeaderClaims.Numbers(claim.Why)];
        long padded = Network.Layers.Sum(layer => (long)layer.Inputs * ((layer.Outputs + 63) / 64 * 64));
        bool isTrue = Regex.IsMatch(claim.Why, @"^more than \d+ layers$") ? Network.Layers.Count > numbers[0]
            : Regex.IsMatch(claim.Why, @"^more than \d+ multiply-adds$") ? padded > numbers[0]
            : claim.Why == "its layers are no chain of products" && Network.Layers.Any(layer => layer.Activation is not ("Identity" or "Relu"));
        Expect(isTrue, Line(claim), "is no reason");
    }

    public void CheckWidths()
    {
        int[] there = [.. new[] { 512, 256, 128 }.Where(bits => Text.HasType($"Sample{bits}"))];
        Expect(there.SequenceEqual(header.SampleWidths), $"One sample has text for {string.Join(", ", header.SampleWidths)} bits", $"there is text for {string.Join(", ", there)}");
        if (there.Length == 0)
            return;
        IReadOnlyList<EmittedCall> calls = EmittedText.Calls(Text.Get("Gn", "ForwardSample"));
        Expect(calls.Count(call => call.Name == "ForwardSample") == there.Length && calls.Any(call => call.Name == "ForwardBatch" && call.Arguments[^1] == "1"), "One sample", "the choice of a width has other branches");
    }
}
