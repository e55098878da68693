using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;

namespace GeneratedNetworks.Tests.Reference;

/// <summary>
/// The networks that the generator compiles, interpreted: one sample at a time, one loop per sum, everything in double. It shares no
/// code with the generator, and speed is of no concern.
/// </summary>
internal sealed class NaiveNetwork
{
    private readonly List<Operation> _operations = [];
    private readonly TrainingSpec? _training;

    public NaiveNetwork(NetworkSpec spec)
    {
        Spec = spec;
        _training = spec.Training;
        int width = spec.InputSize;
        int offset = 0;
        int denseCount = 0;
        foreach (LayerSpec layer in spec.Layers)
        {
            if (layer is DenseSpec dense)
            {
                denseCount++;
                Dense operation = new(dense, dense.Name ?? $"dense{denseCount}", width, dense.Units, offset);
                _operations.Add(operation);
                offset += operation.ParameterCount;
                width = dense.Units;
                if (dense.Activation != Activation.Identity)
                    _operations.Add(new Apply(dense.Activation));
            }
            else if (layer is ActivationSpec activation)
            {
                _operations.Add(new Apply(activation.Activation));
            }
        }

        Parameters = new double[offset];
        OutputSize = width;
    }

    private abstract record Operation;

    /// <summary>z = x·W + b, W being [in, out] row-major at <paramref name="Offset"/>, b behind it.</summary>
    private sealed record Dense(DenseSpec Spec, string Name, int Inputs, int Outputs, int Offset) : Operation
    {
        public int BiasOffset => Offset + (Inputs * Outputs);

        public int ParameterCount => (Inputs * Outputs) + (Spec.UseBias ? Outputs : 0);
    }

    private sealed record Apply(Activation Function) : Operation;

    public NetworkSpec Spec { get; }

    public double[] Parameters { get; }

    public int InputSize => Spec.InputSize;

    public int OutputSize { get; }

    private Activation OutputActivation => _operations.LastOrDefault() is Apply apply ? apply.Function : Activation.Identity;

    /// <summary>Canonical name, shape and offset of every parameter tensor.</summary>
    public IEnumerable<(string Name, int[] Shape, int Offset)> Layout()
    {
        foreach (Dense dense in _operations.OfType<Dense>())
        {
            yield return ($"{dense.Name}.weight", [dense.Inputs, dense.Outputs], dense.Offset);
            if (dense.Spec.UseBias)
                yield return ($"{dense.Name}.bias", [dense.Outputs], dense.BiasOffset);
        }
    }

    public bool IsBias(int parameter) =>
        _operations.OfType<Dense>().Any(dense => parameter >= dense.BiasOffset && parameter < dense.Offset + dense.ParameterCount);

    public bool IsFrozen(int parameter) =>
        _operations.OfType<Dense>().Any(dense => dense.Spec.Frozen && parameter >= dense.Offset && parameter < dense.Offset + dense.ParameterCount);

    public double[] Forward(double[] inputs) =>
        Samples(inputs, InputSize).SelectMany(sample => Trace(sample)[^1]).ToArray();

    /// <summary>The loss of a batch by the declared reduction.</summary>
    public double Loss(double[] inputs, double[] targets)
    {
        double[][] samples = Samples(inputs, InputSize);
        double[][] rows = Samples(targets, OutputSize);
        double sum = 0;
        for (int s = 0; s < samples.Length; s++)
            sum += SampleLoss(Trace(samples[s]), rows[s]);
        return sum * Scale(samples.Length);
    }

    /// <summary>The batch's gradients by parameters and by inputs, frozen layers 0.</summary>
    public Gradients Backward(double[] inputs, double[] targets)
    {
        double[][] samples = Samples(inputs, InputSize);
        double[][] rows = Samples(targets, OutputSize);
        return Accumulate(samples, Scale(samples.Length), (trace, s) => LossGradient(trace, rows[s]));
    }

    /// <summary>The same from the caller's ∂L/∂y, which is taken as it is.</summary>
    public Gradients BackwardFrom(double[] inputs, double[] outputGradients)
    {
        double[][] rows = Samples(outputGradients, OutputSize);
        return Accumulate(Samples(inputs, InputSize), 1, (_, s) => ((double[])rows[s].Clone(), _operations.Count));
    }

    /// <summary>How near the batch comes to a point where a derivative jumps. Exactly 0 is left out: it is exact in any precision.</summary>
    public double DistanceToKink(double[] inputs, double[] targets)
    {
        double nearest = double.PositiveInfinity;
        double[][] rows = Samples(targets, OutputSize);
        double[][] samples = Samples(inputs, InputSize);
        for (int s = 0; s < samples.Length; s++)
        {
            List<double[]> trace = Trace(samples[s]);
            for (int k = 0; k < _operations.Count; k++)
            {
                if (_operations[k] is Apply apply)
                {
                    foreach (double kink in NaiveActivation.Kinks(apply.Function))
                        nearest = trace[k].Select(z => Math.Abs(z - kink)).Where(distance => distance > 0).Append(nearest).Min();
                }
            }

            if (_training?.Loss == GeneratedNetworks.Loss.MeanAbsoluteError)
                nearest = trace[^1].Zip(rows[s], (y, t) => Math.Abs(y - t)).Where(distance => distance > 0).Append(nearest).Min();
        }

        return nearest;
    }

    /// <summary>The values between operations: trace[k] goes into operation k, the last is the output.</summary>
    private List<double[]> Trace(double[] sample)
    {
        List<double[]> trace = [sample];
        foreach (Operation operation in _operations)
            trace.Add(operation is Dense dense ? Affine(dense, trace[^1]) : Map(((Apply)operation).Function, trace[^1]));
        return trace;
    }

    private double[] Affine(Dense dense, double[] x)
    {
        double[] z = new double[dense.Outputs];
        for (int o = 0; o < dense.Outputs; o++)
        {
            z[o] = dense.Spec.UseBias ? Parameters[dense.BiasOffset + o] : 0;
            for (int i = 0; i < dense.Inputs; i++)
                z[o] += x[i] * Parameters[dense.Offset + (i * dense.Outputs) + o];
        }

        return z;
    }

    private static double[] Map(Activation function, double[] z)
    {
        if (function == Activation.Softmax)
            return NaiveActivation.Softmax(z);
        if (function != Activation.LogSoftmax)
            return z.Select(value => NaiveActivation.Value(function, value)).ToArray();
        return NaiveActivation.LogSoftmax(z);
    }

    private double SampleLoss(List<double[]> trace, double[] t) => _training!.Loss switch
    {
        GeneratedNetworks.Loss.CrossEntropy => NaiveLoss.CrossEntropy(trace[^2], t),
        GeneratedNetworks.Loss.BinaryCrossEntropy => NaiveLoss.BinaryCrossEntropy(trace[^2], t),
        Loss loss => NaiveLoss.Value(loss, trace[^1], t),
    };

    /// <summary>The gradient where the backward walk starts, and behind how many operations that is: in front of the last one if fused.</summary>
    private (double[] Gradient, int Behind) LossGradient(List<double[]> trace, double[] t) => _training!.Loss switch
    {
        GeneratedNetworks.Loss.CrossEntropy => (NaiveLoss.CrossEntropyGradient(trace[^2], t), _operations.Count - 1),
        GeneratedNetworks.Loss.BinaryCrossEntropy => (NaiveLoss.BinaryCrossEntropyGradient(trace[^2], t), _operations.Count - 1),
        Loss loss => (NaiveLoss.Gradient(loss, trace[^1], t), _operations.Count),
    };

    private Gradients Accumulate(double[][] samples, double scale, Func<List<double[]>, int, (double[] Gradient, int Behind)> start)
    {
        double[] parameters = new double[Parameters.Length];
        List<double> inputs = [];
        for (int s = 0; s < samples.Length; s++)
        {
            List<double[]> trace = Trace(samples[s]);
            (double[] delta, int behind) = start(trace, s);
            delta = delta.Select(value => value * scale).ToArray();
            for (int k = behind - 1; k >= 0; k--)
            {
                delta = _operations[k] is Dense dense
                    ? AffineBackward(dense, trace[k], delta, parameters)
                    : MapBackward(((Apply)_operations[k]).Function, trace[k], delta);
            }

            inputs.AddRange(delta);
        }

        return new Gradients(parameters, inputs.ToArray());
    }

    /// <summary>dW += xᵀ·dz, db += dz, dx = dz·Wᵀ.</summary>
    private double[] AffineBackward(Dense dense, double[] x, double[] dz, double[] gradient)
    {
        double[] dx = new double[dense.Inputs];
        for (int i = 0; i < dense.Inputs; i++)
        {
            for (int o = 0; o < dense.Outputs; o++)
                dx[i] += dz[o] * Parameters[dense.Offset + (i * dense.Outputs) + o];
        }

        if (dense.Spec.Frozen)
            return dx;
        for (int o = 0; o < dense.Outputs; o++)
        {
            for (int i = 0; i < dense.Inputs; i++)
                gradient[dense.Offset + (i * dense.Outputs) + o] += x[i] * dz[o];
            if (dense.Spec.UseBias)
                gradient[dense.BiasOffset + o] += dz[o];
        }

        return dx;
    }

    private static double[] MapBackward(Activation function, double[] z, double[] dy)
    {
        if (NaiveActivation.IsElementwise(function))
            return z.Select((value, i) => dy[i] * NaiveActivation.Derivative(function, value)).ToArray();

        double[] p = NaiveActivation.Softmax(z);
        if (function == Activation.LogSoftmax)
            return p.Select((value, i) => dy[i] - (value * dy.Sum())).ToArray();
        double weighted = p.Select((value, i) => value * dy[i]).Sum();
        return p.Select((value, i) => value * (dy[i] - weighted)).ToArray();
    }

    private double Scale(int samples) => _training!.Reduction == Reduction.Mean ? 1.0 / samples : 1;

    private static double[][] Samples(double[] values, int size) => values.Chunk(size).ToArray();
}

internal sealed record Gradients(double[] Parameters, double[] Inputs);
