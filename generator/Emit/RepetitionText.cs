using System;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>The loop over the steps of a sequence, as every profile has it.</summary>
internal static class RepetitionText
{
    /// <param name="writer">Where to.</param>
    /// <param name="repetition">What is repeated.</param>
    /// <param name="write">Writes an operation.</param>
    public static void Write(CSharpWriter writer, Repetition repetition, Action<Operation> write)
    {
        foreach (Operation operation in repetition.Before)
            write(operation);
        using (IDisposable? loop = repetition.Steps == 1 ? null : writer.Open(Loop(repetition)))
        {
            foreach (Operation operation in repetition.Body)
                write(operation);
        }

        foreach (Operation operation in repetition.After)
            write(operation);
    }

    /// <summary>The number of a step, within the loop.</summary>
    public static string StepOf(CellStep step) => step.Steps == 1 ? "0" : "step";

    /// <summary>The head of the loop; a step's number is called <c>step</c>.</summary>
    public static string Loop(Repetition repetition)
    {
        string steps = CSharpLiteral.Of(repetition.Steps);
        return repetition.IsReversed ? $"for (int step = {CSharpLiteral.Of(repetition.Steps - 1)}; step >= 0; step--)" : $"for (int step = 0; step < {steps}; step++)";
    }
}
