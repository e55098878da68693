using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>What the pipeline keeps between edits holds nothing of a compilation alive, and compares by value.</summary>
public sealed class ModelPurityTests
{
    private const string Source = GeneratorHarness.Usings + """
        namespace Space
        {
            public static partial class Outer
            {
                [GeneratedNetwork(4, 2, Precision = Precision.Double)]
                [Dense(8, Activation.Relu, Name = "hidden", Frozen = true)]
                [Dropout(0.25)]
                [Dense(3)]
                [Activation(Activation.Softmax)]
                [Training(Loss.CrossEntropy, Optimizer.AdamW, InputGradients = true)]
                public partial class Net { }
            }

            [GeneratedNetwork(2)] [Dense(0)] public partial class Wrong { public int InputSize => 1; }
        }
        """;

    private const BindingFlags OwnFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Theory]
    [InlineData(TrackingNames.Model)]
    [InlineData(TrackingNames.Plan)]
    public void NothingOfRoslynIsReachable(string step)
    {
        int visited = 0;
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        foreach (object value in Values(step))
            Visit(value, step);
        Assert.True(visited > 50, $"Only {visited} objects were reached.");

        void Visit(object? value, string path)
        {
            if (value is null || (!value.GetType().IsValueType && !seen.Add(value)))
                return;
            visited++;
            Assert.False(
                value is ISymbol or SyntaxNode or SyntaxTree or SyntaxToken or Compilation or SemanticModel or Location or AttributeData or Delegate,
                $"{path} is a {value.GetType()}");
            Assert.False(value.GetType().Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal), $"{path} is a {value.GetType()}");
            if (value is string || value.GetType().IsPrimitive || value.GetType().IsEnum)
                return;

            if (value is IEnumerable items)
            {
                foreach (object? item in items)
                    Visit(item, path + "[]");
            }

            for (Type? type = value.GetType(); type is not null; type = type.BaseType)
            {
                foreach (FieldInfo field in type.GetFields(OwnFields))
                {
                    if (!field.FieldType.IsPointer)
                        Visit(field.GetValue(value), $"{path}.{field.Name}");
                }
            }
        }
    }

    [Theory]
    [InlineData(TrackingNames.Model)]
    [InlineData(TrackingNames.Plan)]
    public void TwoRunsGiveEqualValues(string step)
    {
        object[] first = [.. Values(step)];
        object[] second = [.. Values(step)];
        Assert.Equal(2, first.Length);
        Assert.Equal(first, second);
        Assert.Equal(first.Select(value => value.GetHashCode()), second.Select(value => value.GetHashCode()));
        Assert.All(first.Zip(second), pair => Assert.NotSame(pair.First, pair.Second));
    }

    private static IEnumerable<object> Values(string step) =>
        GeneratorHarness.Run(Source).Result.Results.Single().TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Value);
}
