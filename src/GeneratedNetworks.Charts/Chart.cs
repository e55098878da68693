using System;
using System.Collections.Generic;
using ScottPlot;

namespace GeneratedNetworks.Charts;

/// <summary>A picture of a network or of its training.</summary>
public sealed class Chart
{
    internal Chart(Plot plot, int width, int height)
    {
        Plot = plot;
        Width = width;
        Height = height;
    }

    /// <summary>What is drawn, to be changed before it is saved.</summary>
    public Plot Plot { get; }

    /// <summary>The picture's width in pixels.</summary>
    public int Width { get; }

    /// <summary>The picture's height in pixels.</summary>
    public int Height { get; }

    /// <summary>Training loss by epoch, validation loss where there is one, and the best epoch.</summary>
    /// <param name="result">What training came to; at least one epoch.</param>
    /// <exception cref="ArgumentNullException"><paramref name="result"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no epoch.</exception>
    public static Chart Loss(FitResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return LossChart.Create(result);
    }

    /// <summary>
    /// Accuracy by epoch, of the training set and of the validation set where they were measured; R² where the loss is not one for classes.
    /// </summary>
    /// <param name="result">
    /// What training with <see cref="FitOptions.Validation"/>, <see cref="FitOptions.MeasureTraining"/> or both came to; at least one epoch.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="result"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no epoch, or neither was measured.</exception>
    public static Chart Accuracy(FitResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return AccuracyChart.Create(result);
    }

    /// <summary>How often samples of each class, a row each, were taken for each class, a column each.</summary>
    /// <param name="matrix">The counts.</param>
    /// <param name="classNames">The classes' names, such as <see cref="Dataset.ClassNames"/>; null for those of the matrix, or their numbers.</param>
    /// <exception cref="ArgumentNullException"><paramref name="matrix"/> is null.</exception>
    /// <exception cref="ArgumentException">There are more or fewer names than classes.</exception>
    public static Chart Confusion(ConfusionMatrix matrix, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return ConfusionChart.Create(matrix, classNames ?? matrix.ClassNames);
    }

    /// <summary>The weights of a layer as pictures: one for each unit of a dense layer, or for each kernel of a convolution.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="layer">The layer's name, such as <c>dense1</c>.</param>
    /// <param name="imageWidth">
    /// For a dense layer on images, their width; 0 for the side of a square where the inputs make one. Where they do not, the matrix of weights is one
    /// picture, a row for each input and a column for each unit.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There is no such layer, it has no weights, or the width does not divide its inputs.</exception>
    public static Chart Weights<T>(INetwork<T> network, string layer, int imageWidth = 0)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentOutOfRangeException.ThrowIfNegative(imageWidth);
        return WeightsChart.Create(network, layer, imageWidth);
    }

    /// <summary>The class that a network of two inputs gives each point of the plane, and samples in it.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">Two inputs; one output for two classes, or an output for each class.</param>
    /// <param name="data">The samples, at least one, of the network's sizes; the picture ends a little beyond them.</param>
    /// <remarks>A class is paler where its probability is lower. Outputs that are no probabilities are turned into some by a softmax.</remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The network has not two inputs, or the samples do not fit it.</exception>
    public static Chart DecisionBoundary<T>(INetwork<T> network, Dataset<T> data)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        return BoundaryChart.Create(network, data);
    }

    /// <summary>Images that a network took for another class, each with its class, what was read instead, and the output for that.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">An output for each class.</param>
    /// <param name="data">Gray images, row by row.</param>
    /// <param name="imageWidth">Their width in pixels, positive; divides the number of inputs.</param>
    /// <param name="most">The greatest number of images, positive.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The width does not divide the inputs, or the samples do not fit the network.</exception>
    public static Chart Mistakes<T>(INetwork<T> network, Dataset<T> data, int imageWidth, int most = 36)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(imageWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        return MistakesChart.Create(network, data, imageWidth, most);
    }

    /// <summary>Writes the picture to a file.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    public void SavePng(string path) => Plot.SavePng(path, Width, Height);

    /// <summary>The picture as the bytes of a PNG file.</summary>
    public byte[] ToPng() => Plot.GetImageBytes(Width, Height, ImageFormat.Png);
}
