using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>Lets a product write where a join wants its result to be, so that the join copies nothing of it.</summary>
/// <remarks>
/// It is so for values of one axis: the rows of the part lie as far apart as those of the whole, which products of register tiles take. A pass over elements
/// takes rows end to end, so that a part that any other operation reads or writes is copied.
/// </remarks>
internal static class JoinPlacement
{
    public static List<Operation> Place(IReadOnlyList<Operation> calls, Layout layout, ParameterStore parameters)
    {
        List<Operation> placed = [.. calls];
        if (layout.Profile != EmitProfile.Simd)
            return placed;
        ILookup<Tensor, Operation> readers = calls.SelectMany(call => call.Reads.Select(tensor => (tensor, call))).ToLookup(pair => pair.tensor, pair => pair.call);
        for (int at = 0; at < placed.Count; at++)
        {
            if (placed[at] is not Concatenate { Output: { IsScratch: true, Shape.Dimensions.Count: 1 } whole } join)
                continue;
            List<Tensor> inputs = [];
            int offset = 0;
            foreach (Tensor input in join.Inputs)
            {
                int writer = placed.FindIndex(call => call.Results.Contains(input));
                if (writer >= 0 && readers[input].Count() == 1 && placed[writer] is Gemm { IsRecurrent: false } gemm && gemm.Output is { IsScratch: true, Offset: 0, StepLength: null, Whole: null }
                    && !parameters.Dense.Of(gemm.Weight).IsByOutput)
                {
                    Tensor part = whole.Beside(input, offset);
                    placed[writer] = gemm with { Output = part };
                    inputs.Add(part);
                }
                else
                {
                    inputs.Add(input);
                }

                offset += input.Width;
            }

            placed[at] = join with { Inputs = new(inputs) };
        }

        return placed;
    }
}
