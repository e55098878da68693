using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>Forty steps of every optimiser on every target against the rule as PyTorch states it, in double.</summary>
public class OptimizerTests
{
    private const int Count = 32, Steps = 40;

    public static TheoryData<string> Optimizers => [.. OptimizerRule.All.Select(r => r.Name)];

    [Theory, MemberData(nameof(Optimizers))]
    public void Steps_follow_the_definition(string name)
    {
        OptimizerRule rule = OptimizerRule.All.Single(r => r.Name == name);
        foreach (TargetCase target in TargetCase.All)
        {
            var random = new Random(5);
            double[] expected = [.. Enumerable.Range(0, Count).Select(_ => random.NextDouble() * 2 - 1)];
            double[] first = new double[Count], second = new double[Count];
            double[][] state = [(double[])expected.Clone(), .. rule.Slots.Select(_ => new double[Count])];
            float[][] singles = [.. state.Select(s => Array.ConvertAll(s, x => (float)x))];
            for (int step = 1; step <= Steps; step++)
            {
                double[] gradient = [.. Enumerable.Range(0, Count).Select(i => i == 0 ? 0 : random.NextDouble() - 0.3)];
                Define(rule.Optimizer, step, gradient, expected, first, second);
                double[] scalars = PreparedScalars.Of(rule, step);
                if (target.IsSingle)
                    Step(target, rule, singles, Array.ConvertAll(gradient, x => (float)x), Array.ConvertAll(scalars, x => (float)x));
                else
                    Step(target, rule, state, gradient, scalars);
            }
            double[] got = target.IsSingle ? Array.ConvertAll(singles[0], x => (double)x) : state[0];
            for (int i = 0; i < Count; i++)
            {
                double error = Math.Abs(got[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i]));
                Assert.True(error <= (target.IsSingle ? 1e-5 : 1e-12), $"{target} {name}: parameter {i} is {got[i]:R}, not {expected[i]:R}");
            }
        }
    }

    private static void Step<T>(TargetCase target, OptimizerRule rule, T[][] state, T[] gradient, T[] scalars)
    {
        T[][] arguments = [state[0], gradient, .. state.Skip(1), .. scalars.Select(s => Enumerable.Repeat(s, Count).ToArray())];
        var result = new T[Count];
        Emitted.Of(target).Function<T>(rule.Helper)(arguments, result);
        result.CopyTo(state[0], 0);
    }

    private static void Define(Optimizer optimizer, int step, double[] gradient, double[] w, double[] m, double[] v)
    {
        for (int i = 0; i < w.Length; i++)
        {
            double g = gradient[i];
            switch (optimizer)
            {
                case Optimizer.Sgd:
                    w[i] -= 0.01 * g;
                    break;
                case Optimizer.Momentum:
                    m[i] = 0.9 * m[i] + g;
                    w[i] -= 0.01 * m[i];
                    break;
                case Optimizer.Nesterov:
                    m[i] = 0.9 * m[i] + g;
                    w[i] -= 0.01 * (g + 0.9 * m[i]);
                    break;
                case Optimizer.RmsProp:
                    v[i] = 0.99 * v[i] + 0.01 * g * g;
                    w[i] -= 0.01 * g / (Math.Sqrt(v[i]) + 1e-8);
                    break;
                default:
                    if (optimizer == Optimizer.AdamW)
                        w[i] *= 1 - 0.001 * 0.01;
                    m[i] = 0.9 * m[i] + (1 - 0.9) * g;
                    v[i] = 0.999 * v[i] + (1 - 0.999) * g * g;
                    double mean = m[i] / (1 - Math.Pow(0.9, step)), variance = v[i] / (1 - Math.Pow(0.999, step));
                    w[i] -= 0.001 * mean / (Math.Sqrt(variance) + 1e-8);
                    break;
            }
        }
    }

    /// <summary>The scalars' expressions, compiled and evaluated with the default settings.</summary>
    private static class PreparedScalars
    {
        private static readonly Dictionary<string, Func<double, double[]>> Compiled = [];

        public static double[] Of(OptimizerRule rule, int step)
        {
            lock (Compiled)
            {
                if (!Compiled.TryGetValue(rule.Name, out Func<double, double[]>? evaluate))
                    Compiled.Add(rule.Name, evaluate = Compile(rule));
                return evaluate(step);
            }
        }

        private static Func<double, double[]> Compile(OptimizerRule rule)
        {
            TargetCase target = TargetCase.Of("doubleBasic");
            var library = new FunctionLibrary();
            var text = new NumericText(target.Target, library);
            string[] expressions = [.. rule.Scalars.Select(s => s.Expression(text))];
            var writer = new CSharpWriter();
            using (writer.Open("public static class Prepared"))
            {
                library.Emit(writer);
                foreach (HyperParameter setting in rule.Settings)
                    writer.Line($"private const double {setting.Variable} = {CSharpLiteral.Of(setting.Default)};");
                writer.Line($"public static double[] Of(double step) => new double[] {{ {string.Join(", ", expressions)} }};");
            }
            using var image = new System.IO.MemoryStream();
            var result = Emitted.Compile(writer.ToString(), target.Language, target.References).Emit(image);
            Assert.True(result.Success, string.Join("\n", result.Diagnostics));
            return System.Reflection.Assembly.Load(image.ToArray()).GetType("Prepared")!.GetMethod("Of")!.CreateDelegate<Func<double, double[]>>();
        }
    }
}
