using System.Text.Encodings.Web;
using System.Text.Json;
using GeneratedNetworks.Tool.Networks;

namespace GeneratedNetworks.Tool.Output;

/// <summary>Writes what was found in a file: tables for people, JSON for programs.</summary>
internal static class InspectionText
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Default,
    };

    public static void WriteJson(Terminal terminal, Inspection inspection) =>
        terminal.Output.Write(JsonSerializer.Serialize(inspection, Json).ReplaceLineEndings("\n") + "\n");

    public static void WriteTables(Terminal terminal, Inspection inspection)
    {
        terminal.Line($"{inspection.File}: {inspection.Format}");
        foreach (InspectedNetwork network in inspection.Networks)
        {
            terminal.Line();
            Write(terminal, network);
        }

        WriteCode(terminal, inspection);
        WriteRemarks(terminal, inspection);
        if (inspection.Networks.Count == 0 && inspection.Tensors.Count == 0)
            terminal.Line("There is no generated network in it. Networks are in the assembly of the project that declares them.");
        if (inspection.Networks.Count > 0 || inspection.Tensors.Count == 0)
            return;
        terminal.Line();
        WriteTensors(terminal, inspection.Tensors);
    }

    private static void Write(Terminal terminal, InspectedNetwork network)
    {
        if (network.Class is { } name)
        {
            string trainer = network.IsTrainable == true ? ", with a trainer" : "";
            string shapes = network is { Inputs: { } inputs, Outputs: { } outputs }
                ? $"{Numbers.Shapes(inputs)} → {Numbers.Shapes(outputs)}"
                : $"{Numbers.Shape(network.InputShape)} → {Numbers.Shape(network.OutputShape)}";
            terminal.Line($"{name}: {shapes}{trainer}", Tint.Heading);
        }

        if (network.Layers is { } layers)
        {
            WriteLayers(terminal, network, layers);
        }
        else
        {
            terminal.Line($"{Numbers.Count(network.Parameters)} parameters, {Numbers.Count(network.Bytes)} bytes; it does not say its layers.");
        }

        terminal.Line($"Bytes are those of the parameters in {network.Precision} precision; multiply-adds are those of one sample.", Tint.Quiet);
        if (network.Problem is { } problem)
            terminal.Line($"It cannot become a network: {problem}.");
    }

    private static void WriteLayers(Terminal terminal, InspectedNetwork network, IReadOnlyList<InspectedLayer> layers)
    {
        // In a chain every layer reads the one above it.
        bool isChain = network.IsChain();
        TextTable table = new([.. Columns("layer", "reads", "input", "output", ">parameters", ">multiply-adds", ">bytes")]);
        foreach (NamedShape input in network.Inputs!)
            table.Add([.. Columns($"{input.Name} (input)", "", "", Numbers.Shape(input.Shape), "", "", "")]);
        foreach (InspectedLayer layer in layers)
        {
            string kind = layer.Detail is null ? layer.Kind : $"{layer.Kind}, {layer.Detail}";
            table.Add([.. Columns(
                $"{layer.Name} ({kind})", string.Join(", ", layer.Reads.Select(read => read.Name)), Numbers.Shapes(layer.Reads), Numbers.Shape(layer.OutputShape),
                Numbers.CountOrNothing(layer.Parameters), Numbers.CountOrNothing(layer.MultiplyAdds), Numbers.CountOrNothing(layer.Bytes))]);
        }

        table.Add([.. Columns("total", "", "", "", Numbers.Count(network.Parameters), Numbers.Count(network.MultiplyAdds!.Value), Numbers.Count(network.Bytes))]);
        table.Write(terminal, endsWithTotal: true);
        if (!isChain && network.Outputs is { Count: > 0 } outputs)
            terminal.Line($"{(outputs.Count == 1 ? "Output" : "Outputs, one after another in a row")}: {string.Join(", ", outputs.Select(output => $"{output.Name} {Numbers.Shape(output.Shape)}"))}.");

        IEnumerable<string> Columns(params string[] cells) => isChain ? cells.Where((_, column) => column != 1) : cells;
    }

    /// <summary>What the networks of an assembly, and what they share, take in it.</summary>
    private static void WriteCode(Terminal terminal, Inspection inspection)
    {
        InspectedNetwork[] networks = [.. inspection.Networks.Where(network => network.Code is not null)];
        if (networks.Length == 0 || inspection.TotalCode is not { } total)
            return;
        TextTable table = new("code", ">methods", ">IL bytes", ">constant bytes");
        foreach (InspectedNetwork network in networks)
            Add(network.Class!, network.Code!);
        if (inspection.SharedCode is { } shared)
            Add("what networks share", shared);
        Add("all networks", total);
        terminal.Line();
        table.Write(terminal, endsWithTotal: true);
        terminal.Line("IL bytes are those of method bodies; constant bytes are those of the data that they read, embedded parameters above all.", Tint.Quiet);

        void Add(string name, CodeSize code) =>
            table.Add(name, Numbers.Count(code.Methods), Numbers.Count(code.IlBytes), Numbers.CountOrNothing(code.ConstantBytes));
    }

    /// <summary>What a model file says beside its layers.</summary>
    private static void WriteRemarks(Terminal terminal, Inspection inspection)
    {
        List<string> remarks = [];
        if (inspection.Input is { Scale: { } scale } input)
        {
            string range = input is { Least: { } least, Greatest: { } greatest } ? $", from {Numbers.Short(least)} to {Numbers.Short(greatest)}" : "";
            remarks.Add(
                $"The input '{input.Name}' is {input.Type} with scale {Numbers.Short(scale)} and zero point {Numbers.Short(input.ZeroPoint ?? 0)}; "
                + $"the network reads what its whole numbers stand for{range}.");
        }
        else if (inspection.Input is { } whole)
        {
            remarks.Add($"The input '{whole.Name}' is {whole.Type}; the network reads its whole numbers as they are.");
        }

        if (inspection.OtherOutputs.Count > 0)
        {
            remarks.Add(
                $"The network ends in '{inspection.Output}'; further outputs, for --outputs: {string.Join(", ", inspection.OtherOutputs.Select(name => $"'{name}'"))}.");
        }

        foreach (InspectedConstant constant in inspection.Constants)
        {
            string what = constant.Values is { } values
                ? string.Join(", ", values.Select(Numbers.Short))
                : $"{constant.Type}{string.Concat(constant.Shape.Select(extent => $" {Numbers.Count(extent)}"))}";
            remarks.Add($"constant '{constant.Name}' = {what}");
        }

        remarks.AddRange(inspection.Notes);
        if (remarks.Count > 0)
            terminal.Line();
        foreach (string remark in remarks)
            terminal.Line(Printable.Line(remark));
    }

    private static void WriteTensors(Terminal terminal, IReadOnlyList<InspectedTensor> tensors)
    {
        TextTable table = new("tensor", "shape", "type", ">elements", ">smallest", ">largest", ">mean", "");
        foreach (InspectedTensor tensor in tensors)
        {
            table.Add(
                tensor.Name, tensor.Shape.Count == 0 ? "scalar" : Numbers.Shape(tensor.Shape), tensor.Type, Numbers.Count(tensor.Elements),
                Number(tensor.Smallest), Number(tensor.Largest), Number(tensor.Mean),
                tensor.NotFinite == 0 ? "" : $"{Numbers.Count(tensor.NotFinite)} not finite");
        }

        table.Add("total", "", "", Numbers.Count(tensors.Sum(tensor => tensor.Elements)), "", "", "", "");
        table.Write(terminal, endsWithTotal: true);
        terminal.Line("A file of tensors alone: it knows of no layers.", Tint.Quiet);
    }

    private static string Number(double? value) => value is { } number ? Numbers.Short(number) : "";
}
